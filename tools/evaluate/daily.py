"""False steps in daily life: each activity alone, for hours, with the rate that the count can't exclude."""

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict, dataclass

from tools.gait.daily import built, unseen
from tools.gait.daily.activities import ACTIVITIES, Activity, daily
from tools.gait.daily.law import Law

from .core import strides_of
from .interval import upper_bound

_LAWS = {"built": built.LAWS, "unseen": unseen.LAWS}
_RECORDING_S = 1800.0
_LONG_HOURS = 40.0


@dataclass(frozen=True, slots=True)
class Day:
    """One activity for some hours."""

    activity: str
    hours: float
    false_steps: int
    most_per_hour: float  # false steps allowed
    by_law: dict[str, int]

    @property
    def bound_per_hour(self) -> float:
        """Upper 95 % bound of false steps an hour."""
        return upper_bound(self.false_steps) / self.hours

    @property
    def passed(self) -> bool:
        """Whether that bound is within what is allowed."""
        return self.bound_per_hour <= self.most_per_hour


def live(activity: Activity, laws: tuple[Law, ...], hours: float, *, known: bool, seed: int) -> Day:
    """Live an activity for at least so many hours, each law in turn, and count."""
    by_law: Counter[str] = Counter()
    lived_s, number = 0.0, 0
    while lived_s < hours * 3600.0:
        law = laws[number % len(laws)]
        recording = daily(activity, law, seed + number, min(_RECORDING_S, hours * 3600.0 / len(laws)))
        by_law[law.name] += 2 * sum(stride.counted for stride in strides_of(recording, known=known))
        lived_s += recording.duration_s
        number += 1
    return Day(activity.name, lived_s / 3600.0, by_law.total(), activity.most_per_hour, dict(by_law))


def as_row(day: Day) -> str:
    """Return an activity's line of the table."""
    return (
        f"{day.activity:18}{day.hours:8.1f}{day.false_steps:12}{day.bound_per_hour:14.3f}"
        f"{day.most_per_hour:9.1f}  {'pass' if day.passed else 'FAIL'}"
    )


def main() -> int:
    """Run the command line; exit 1 if an activity misses its limit."""
    parser = argparse.ArgumentParser(prog="script/daily-life", description=__doc__)
    parser.add_argument("--hours", type=float, default=2.0, help="of each activity (default 2)")
    parser.add_argument("--long", action="store_true", help=f"{_LONG_HOURS:g} hours of each")
    parser.add_argument("--laws", choices=sorted(_LAWS), default="unseen", help="how the foot is set")
    parser.add_argument("--only", action="append", choices=[a.name for a in ACTIVITIES], default=[])
    parser.add_argument("--mount", choices=("known", "auto"), default="known")
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    args = parser.parse_args()
    missed = False
    if not args.json:
        print(f"{'':18}{'hours':>8}{'false steps':>12}{'95 % below/h':>14}{'allowed':>9}")
    for activity in ACTIVITIES:
        if args.only and activity.name not in args.only:
            continue
        day = live(
            activity,
            _LAWS[args.laws],
            _LONG_HOURS if args.long else args.hours,
            known=args.mount == "known",
            seed=args.seed,
        )
        missed = missed or not day.passed
        print(
            json.dumps(asdict(day) | {"bound_per_hour": day.bound_per_hour}) if args.json else as_row(day),
            flush=True,
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
