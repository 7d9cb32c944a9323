"""A past for the demo's walker, which a new Home Assistant can't know: half a year of a believable life.

A former pod has walked it, so that there are sessions, hours, and months to look at. It is the same life
whenever the demo begins: it ends yesterday.
"""

import json
import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import batched
from typing import TYPE_CHECKING, Final

from custom_components.retrostep.core.goals.goal_days import GoalDays
from custom_components.retrostep.core.goals.plan import read_settings
from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import MinuteRow, Page
from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.core.storage.layout import LEDGER
from custom_components.retrostep.storage import FolderFiles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from custom_components.retrostep.core.goals.goal import Goal

DAYS: Final = 182
LAST_DAYS: Final = (96, 140, 62, 128, 150, 124)
"""Backward steps of the six days before today, yesterday last: the week that pictures show."""
GOAL_STEPS: Final = 120
GOALS: Final = {"plan": "fixed", "kind": "steps", "steps": GOAL_STEPS}
FIRST_GOAL_STEPS: Final = 40
FORMER_POD: Final = "02:00:00:52:53:01"
_LOG: Final = 1
_PAGE_ROWS: Final = 200
_STEPS_A_MINUTE: Final = 60
_HOURS: Final = (7, 12, 18)


def steps_of(days_ago: int) -> int:
    """Give the backward steps of a day: more every week, less on weekends, none on holiday or in bed."""
    if days_ago <= len(LAST_DAYS):
        return LAST_DAYS[-days_ago]
    luck = random.Random(days_ago)
    on_holiday, in_bed = 104 <= days_ago < 115, 47 <= days_ago < 51
    if on_holiday or in_bed or luck.random() < 0.1:
        return 0
    usual = goal_of(days_ago) * luck.uniform(0.75, 1.4)
    return round(usual * (0.6 if days_ago % 7 < 2 else 1) / 2) * 2


def goal_of(days_ago: int) -> int:
    """Give the goal of a day, which was raised by ten every three weeks."""
    raised = (DAYS - days_ago) // 21
    return min(GOAL_STEPS, FIRST_GOAL_STEPS + 10 * raised)


def days_before(today: date) -> list[tuple[date, int]]:
    """Give the days before with their steps, oldest first."""
    return [(today - timedelta(days=ago), steps_of(ago)) for ago in range(DAYS, 0, -1)]


def rows_of(today: date, zone: ZoneInfo) -> list[MinuteRow]:
    """Give the minutes in which the former pod counted, oldest first: to and fro, up to three times a day."""
    rows: list[MinuteRow] = []
    for day, steps in days_before(today):
        walks = min(len(_HOURS), 1 + steps // 60) if steps else 0
        for number, hour in enumerate(_HOURS[:walks]):
            minute = int(datetime.combine(day, time(hour, day.day), zone).timestamp()) // 60
            share = steps * (number + 1) // walks - steps * number // walks
            for counts in _minutes(share):
                rows.append(MinuteRow(len(rows) + 1, minute, counts, *_seconds(counts)))
                minute += 1
    return rows


def _minutes(steps: int) -> Iterator[Counts]:
    """Walk there, so many steps backward, and away again: half a meter and 0.7 s each."""
    around = Counts(0, 30, 0, 0, 180, 0, 20)
    yield around
    while steps > 0:
        back = min(steps, _STEPS_A_MINUTE)
        yield Counts(back, 0, 0, back * 5, 0, back * 7 // 10, 0)
        steps -= back
    yield around


def _seconds(counts: Counts) -> tuple[int, int, int]:
    """Give the first and last second of walking backward, and the longest stride."""
    return (2, 2 + counts.back_s, 104) if counts.back else (-1, -1, 0)


class _Walked:
    """What was done on the days before, as the goals ask for it."""

    def __init__(self, today: date) -> None:
        self._steps = dict(days_before(today))

    def exists(self, day: date) -> bool:  # noqa: ARG002
        return True

    def is_stub(self, day: date) -> bool:  # noqa: ARG002
        return False

    def done(self, day: date, goal: Goal) -> float | None:  # noqa: ARG002
        return self._steps.get(day, 0)


def remember(storage: Path, entry_id: str, today: date, zone: ZoneInfo) -> None:
    """Write the past into the storage of a stopped Home Assistant, with a goal of steps."""
    entries = storage / "core.config_entries"
    settings_of_all = json.loads(entries.read_text(encoding="utf-8"))
    (walker,) = [entry for entry in settings_of_all["data"]["entries"] if entry["entry_id"] == entry_id]
    walker["options"] = {**walker["options"], "goals": GOALS}
    entries.write_text(json.dumps(settings_of_all), encoding="utf-8")
    archive = Archive(FolderFiles(storage / "retrostep" / entry_id), entry_id)
    parts = archive.load() or {}
    now = datetime.now(UTC)
    ledger = Ledger.from_dict(parts[LEDGER])
    _merge(ledger, rows_of(today, zone), now)
    goals = parts["goals"]
    goal_days = GoalDays()
    walked = _Walked(today)
    for ago in range(DAYS, 0, -1):
        day = today - timedelta(days=ago)
        settings = read_settings({**GOALS, "steps": goal_of(ago)})
        goal_days.update(settings, day, walked, settled_before=day)
    # Days on which today's first goal would have been reached are in the file already.
    days = {day[0]: day for day in [*goals["goal_days"]["days"], *goal_days.as_dict()["days"]]}
    goals["goal_days"]["days"] = [days[day] for day in sorted(days)]
    archive.commit({LEDGER: ledger.as_dict(), "goals": goals}, int(now.timestamp()))


def _merge(ledger: Ledger, rows: list[MinuteRow], now: datetime) -> None:
    """Have the ledger take over what the former pod counted, page by page."""
    total = ZERO
    for page in batched(rows, _PAGE_ROWS, strict=False):
        total = sum((row.counts for row in page), total)
        last = page[-1].seq
        ledger.merge(
            FORMER_POD,
            Page(
                log=_LOG,
                oldest=1,
                next_seq=last + 1,
                more=last < len(rows),
                now_s=int(now.timestamp()),
                total=total,
                rows=page,
            ),
            now,
        )
