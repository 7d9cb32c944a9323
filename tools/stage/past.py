"""A past for the demo's walker, which a new Home Assistant can't know: a week, a goal and a streak to see."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from custom_components.retrostep.core.goals.goal_days import GoalDays
from custom_components.retrostep.core.goals.plan import read_settings
from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.storage import FolderFiles

if TYPE_CHECKING:
    from pathlib import Path

    from custom_components.retrostep.core.goals.goal import Goal

    from .client import Client

WALKED = (96, 140, 62, 128, 150, 124)
"""Backward steps of the six days before today, yesterday last."""
GOAL_STEPS = 120
GOALS = {"plan": "fixed", "kind": "steps", "steps": GOAL_STEPS}


async def add_walks(client: Client, entry_id: str, today: date) -> None:
    """Have, added by hand, the walks of the days before."""
    for day, steps in days_before(today):
        start = datetime.combine(day, time(18)).isoformat()
        walk = {"start": start, "minutes": 3, "backward_steps": steps}
        await client.act("retrostep", "add_walk", config_entry_id=entry_id, **walk)


def days_before(today: date) -> list[tuple[date, int]]:
    """Give the days before with their steps, oldest first."""
    return [(today - timedelta(days=len(WALKED) - i), steps) for i, steps in enumerate(WALKED)]


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


def remember_goals(storage: Path, entry_id: str, today: date) -> None:
    """Write a goal of steps into the storage of a stopped Home Assistant; it held on the days before, too."""
    entries = storage / "core.config_entries"
    settings_of_all = json.loads(entries.read_text(encoding="utf-8"))
    (walker,) = [entry for entry in settings_of_all["data"]["entries"] if entry["entry_id"] == entry_id]
    walker["options"] = {**walker["options"], "goals": GOALS}
    entries.write_text(json.dumps(settings_of_all), encoding="utf-8")
    archive = Archive(FolderFiles(storage / "retrostep" / entry_id), entry_id)
    goals = (archive.load() or {})["goals"]
    settings = read_settings(GOALS)
    goal_days = GoalDays()
    for day, _ in days_before(today):
        goal_days.update(settings, day, _Walked(today), settled_before=day)
    # Days on which today's first goal would have been reached are in the file already.
    days = {day[0]: day for day in [*goals["goal_days"]["days"], *goal_days.as_dict()["days"]]}
    goals["goal_days"]["days"] = [days[day] for day in sorted(days)]
    archive.commit({"goals": goals}, int(datetime.now(UTC).timestamp()))
