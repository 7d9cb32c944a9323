"""False steps in daily life: each activity alone, for hours, with the rate that the count can't exclude."""

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tools import ROOT
from tools.gait.daily import built, drawn, unseen
from tools.gait.daily.activities import ACTIVITIES, Activity, daily
from tools.gait.daily.law import Law

from .core import strides_of
from .daily_page import write_section
from .day import Day, added

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DOCS = ROOT / "docs"
_RECORDING_S = 1800.0
_LONG_HOURS = 40.0


def _in_turn(laws: Sequence[Law]) -> Callable[[int], Law]:
    return lambda number: laws[number % len(laws)]


LAWS: Final[dict[str, Callable[[int], Law]]] = {
    "built": _in_turn(built.LAWS),
    "unseen": _in_turn(unseen.LAWS),
    "drawn": drawn.law,
}
"""The law of each number."""


def live(
    activity: Activity, law_of: Callable[[int], Law], hours: float, *, known: bool, seed: int, part_s: float
) -> Day:
    """Live an activity for at least so many hours, `part_s` by each law from number `seed` on, and count."""
    by_law: Counter[str] = Counter()
    lived_s, number = 0.0, seed
    while lived_s < hours * 3600.0:
        law = law_of(number)
        recording = daily(activity, law, number, part_s)
        steps = 2 * sum(stride.counted for stride in strides_of(recording, known=known))
        if steps:
            by_law[law.name] += steps
        lived_s += recording.duration_s
        number += 1
    return Day(
        activity.name,
        lived_s / 3600.0,
        by_law.total(),
        activity.most_per_hour,
        number - seed,
        "known" if known else "auto",
        dict(by_law),
    )


def as_row(day: Day) -> str:
    """Return an activity's line of the table."""
    return (
        f"{day.activity:18}{day.hours:8.1f}{day.false_steps:12}{day.bound_per_hour:14.3f}"
        f"{day.most_per_hour:9.1f}  {day.verdict}"
    )


def main() -> int:
    """Run the command line; exit 1 if an activity misses its limit."""
    parser = argparse.ArgumentParser(prog="script/daily-life", description=__doc__)
    parser.add_argument("--hours", type=float, default=2.0, help="of each activity (default 2)")
    parser.add_argument("--long", action="store_true", help=f"{_LONG_HOURS:g} hours of each")
    parser.add_argument("--laws", choices=LAWS, default="drawn", help="how the foot is set (default drawn)")
    parser.add_argument("--only", action="append", choices=[a.name for a in ACTIVITIES], default=[])
    parser.add_argument("--mount", choices=("known", "auto"), default="known")
    parser.add_argument("--seed", type=int, default=1000, help="number of the first law (default 1000)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--lived", type=Path, action="append", default=[], help="such lines of before")
    parser.add_argument("--write-docs", action="store_true", help="write the table in docs/accuracy.md")
    args = parser.parse_args()
    lines = [line for path in args.lived for line in path.read_text(encoding="utf-8").splitlines()]
    days = added(Day(**json.loads(line)) for line in lines)
    if not args.json:
        print(f"{'':18}{'hours':>8}{'false steps':>12}{'95 % below/h':>14}{'allowed':>9}")
    for day in days:
        print(_say(day, as_json=args.json))
    lived = {(day.activity, day.mount) for day in days}
    for activity in ACTIVITIES:
        if (args.only and activity.name not in args.only) or (activity.name, args.mount) in lived:
            continue
        day = live(
            activity,
            LAWS[args.laws],
            _LONG_HOURS if args.long else args.hours,
            known=args.mount == "known",
            seed=args.seed,
            part_s=_RECORDING_S,
        )
        days.append(day)
        print(_say(day, as_json=args.json), flush=True)
    if args.write_docs:
        write_section(_DOCS / "accuracy.md", days)
    return int(not all(day.passed for day in days))


def _say(day: Day, *, as_json: bool) -> str:
    return json.dumps(asdict(day)) if as_json else as_row(day)


if __name__ == "__main__":
    sys.exit(main())
