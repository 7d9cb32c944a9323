"""The demo's half year: the same each time, and taken over as any pod's minutes are."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from custom_components.retrostep.core.goals.goal_days import GoalDays
from custom_components.retrostep.core.history.history import History
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.core.storage.layout import LEDGER
from custom_components.retrostep.storage import FolderFiles
from tools.stage import past

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = "entry"
ZONE = ZoneInfo("Europe/Berlin")


def furnished(folder: Path, now: datetime) -> Path:
    """Give the storage of a Home Assistant whose only walker has not walked yet."""
    entries = {"data": {"entries": [{"entry_id": ENTRY, "options": {}}]}}
    (folder / "core.config_entries").write_text(json.dumps(entries), encoding="utf-8")
    kept = folder / "retrostep" / ENTRY
    kept.mkdir(parents=True)
    ledger = Ledger(ZONE)
    archive = Archive(FolderFiles(kept), ENTRY)
    archive.load()
    goals = {"goal_days": GoalDays().as_dict()}
    archive.commit({LEDGER: ledger.as_dict(), "goals": goals}, int(now.timestamp()))
    return folder


def test_half_a_year_is_the_same_life_on_whatever_day_it_ends() -> None:
    first, later = (past.days_before(day) for day in (date(2026, 11, 30), date(2027, 3, 28)))
    assert [steps for _, steps in first] == [steps for _, steps in later]
    steps = [steps for _, steps in first]
    assert tuple(steps[-6:]) == past.LAST_DAYS
    assert len(steps) == 182
    assert sum(steps[-60:]) > 1.5 * sum(steps[:60]), "nobody gets better"
    assert 20 < steps.count(0) < 50, "people have days off"


def test_the_ledger_takes_it_over_with_sessions_and_the_goals_of_its_days(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    today = now.astimezone(ZONE).date()
    storage = furnished(tmp_path, now)
    past.remember(storage, ENTRY, today, ZONE)
    parts = Archive(FolderFiles(storage / "retrostep" / ENTRY), ENTRY).load()
    assert parts
    ledger = Ledger.from_dict(parts[LEDGER])
    walked = dict(past.days_before(today))
    assert {day.date: day.counts.back for day in ledger.days() if day.counts.back} == {
        day: steps for day, steps in walked.items() if steps
    }
    yesterday = today - timedelta(days=1)
    history = History(ledger)
    history.refresh(now)
    (day,) = history.days(yesterday, yesterday, now)
    assert day.sessions == 3
    goals = {day.day: day for day in GoalDays.from_dict(parts["goals"]["goal_days"]).days()}
    assert (goals[yesterday].goal.value, goals[yesterday].met) == (past.GOAL_STEPS, True)
    assert goals[today - timedelta(days=past.DAYS)].goal.value == past.FIRST_GOAL_STEPS
    entries = json.loads((storage / "core.config_entries").read_text(encoding="utf-8"))
    assert entries["data"]["entries"][0]["options"] == {"goals": past.GOALS}
