"""What a walker costs the memory card by age, and how long it takes to read a walker after years."""

import tempfile
import time
import tracemalloc
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, override

from custom_components.retrostep.core.goals.goal import DayStatus, Goal, GoalKind
from custom_components.retrostep.core.goals.goal_days import GoalDays
from custom_components.retrostep.core.history.history import History
from custom_components.retrostep.core.history.statistics_rows import EVERYTHING, Healing, hourly_rows
from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import parse_page
from custom_components.retrostep.core.sitting.diary import SittingDiary
from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.pods.sync import ROUND_EVERY_S, ROUNDS_AT_ONCE
from custom_components.retrostep.storage import FolderFiles

from .ledger import LOG, START, ZONE
from .row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

WALKER: Final = "walker"
MAC: Final = "aa:bb:cc:dd:ee:01"
WALKED_MINUTES_A_DAY: Final = 60
# What happens in an hour besides minutes: a session begins and ends, half a goal, a goal, a streak, a record.
EVENTS: Final = 6
AGES: Final = {"1 day": 1, "1 year": 365, "5 years": 5 * 365}
WALKERS: Final = 20


class _Counted(FolderFiles):
    """A folder that counts what is written into it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.bytes = 0

    @override
    def write(self, name: str, content: bytes) -> None:
        super().write(name, content)
        self.bytes += len(content)


class _Life:
    """Someone who walks an hour a day with one pod, has a goal each day and sits."""

    def __init__(self) -> None:
        self.ledger = Ledger(ZONE)
        self._days: list[list[Any]] = []
        self._sat: list[list[int]] = []
        self._seq = 0
        self._total = ZERO

    def walk(self, minutes: list[int], now: datetime) -> None:
        """Have the pod report minutes."""
        rows = []
        for minute in minutes:
            counts = Counts(24 + minute % 7, 60, 2, 130, 420, 14, 33)
            self._seq += 1
            self._total += counts
            rows.append([self._seq, minute, *counts.as_tuple(), 3, 55, 60 + minute % 90])
        page: dict[str, Any] = {"v": 1, "log": LOG, "oldest": max(1, self._seq - 600), "next": self._seq + 1}
        page |= {"more": False, "now": int(now.timestamp()), "total": list(self._total.as_tuple()), "m": rows}
        self.ledger.merge(MAC, parse_page(page), now)

    def live(self, days: int) -> Iterator[tuple[int, int]]:
        """Live some days; gives the number of each and when it ends."""
        for day in range(days):
            midnight = START + timedelta(days=day)
            first = int(midnight.timestamp()) // 60 + 600
            self.walk(list(range(first, first + WALKED_MINUTES_A_DAY)), midnight + timedelta(hours=12))
            date, goal = midnight.date(), Goal(GoalKind.STEPS, 1_000)
            self._days.append([date.isoformat(), goal.as_list(), DayStatus.ACTIVE.value, 1_600.0, True])
            self._sat.append([date.toordinal(), 20_000 + day, 3_600, 7])
            yield day, int((midnight + timedelta(hours=20)).timestamp())

    def parts(self) -> dict[str, Any]:
        """Give what is kept."""
        sits = [[self._seq * 60 + i * 4_000, self._seq * 60 + i * 4_000 + 3_000, True] for i in range(30)]
        return {
            "ledger": self.ledger.as_dict(),
            "goals": {"version": 2, "goal_days": {"progress": None, "days": list(self._days)}, "journal": {}},
            "reminders": {"version": 2, "diary": {"sits": sits, "open": [], "settled": self._sat[-800:]}},
        }


def walked_hour(archive: Archive, files: _Counted, life: _Life, days: int) -> tuple[int, int]:
    """Walk an hour; gives commits and bytes."""
    begin = START + timedelta(days=days, hours=9)
    first = int(begin.timestamp()) // 60
    # One round a minute at first, then as often as is allowed, then what happened.
    rounds = sorted(
        {min(60 * (i + 1), 3_600) for i in range(ROUNDS_AT_ONCE)}
        | set(range(60 * ROUNDS_AT_ONCE, 3_660, ROUND_EVERY_S // 2))
    )
    files.bytes = commits = done = 0
    budget = float(ROUNDS_AT_ONCE)
    last = 0
    for at in rounds:
        budget = min(ROUNDS_AT_ONCE, budget + (at - last) / ROUND_EVERY_S)
        last = at
        if budget < 1 or at // 60 <= done:
            continue
        budget -= 1
        now = begin + timedelta(seconds=at)
        life.walk(list(range(first + done, first + at // 60)), now)
        done = at // 60
        commits += archive.commit(life.parts(), int(now.timestamp()))
    for event in range(EVENTS):
        parts = life.parts()
        parts["goals"]["journal"] = {"told": event}
        commits += archive.commit(parts, int((begin + timedelta(hours=1)).timestamp()))
    return commits, files.bytes


def rows() -> list[Row]:
    """Measure; gives the rows of the performance table."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for age, days in AGES.items():
            files = _Counted(Path(folder) / age)
            archive, life = Archive(files, WALKER), _Life()
            archive.load()
            # Of the years only the last months are written day by day; what was filed before looks the same.
            for day, now_s in life.live(days):
                if day == 0 or day > days - 30:
                    archive.commit(life.parts(), now_s)
            commits, written = walked_hour(archive, files, life, days)
            found.append(Row(f"commits in a walked hour after {age}", commits, "", 60))
            found.append(Row(f"written in a walked hour after {age}", written / 1e6, "MB", 1))
        found += _start(files)
    return found


def _start(files: FolderFiles) -> list[Row]:
    """Measure reading what five years left, in time of the processor: what the event loop is held up for."""

    def read() -> tuple[Ledger, GoalDays]:
        parts = Archive(files, WALKER).load() or {}
        return Ledger.from_dict(parts["ledger"]), GoalDays.from_dict(parts["goals"]["goal_days"])

    began = time.process_time()
    ledger, _ = read()
    read_ms = 1_000 * (time.process_time() - began)
    parts = Archive(files, WALKER).load() or {}
    recorded = hourly_rows(ledger.hours(), ledger.hours_base())
    began = time.process_time()
    GoalDays.from_dict(parts["goals"]["goal_days"])
    SittingDiary(parts["reminders"]["diary"])
    history, now = History(ledger), START + timedelta(days=AGES["5 years"], hours=21)
    history.refresh(now)
    history.week(ledger.today(now))
    Healing(ledger).rows_to_send(recorded, EVERYTHING, ())
    loop_ms = 1_000 * (time.process_time() - began)
    began = time.process_time()
    ledger.as_dict()
    snapshot_ms = 1_000 * (time.process_time() - began)
    tracemalloc.start()
    walkers = []
    for _ in range(WALKERS):
        archive = Archive(files, WALKER)
        kept = archive.load() or {}
        walkers.append(
            (archive, Ledger.from_dict(kept["ledger"]), GoalDays.from_dict(kept["goals"]["goal_days"]))
        )
    memory = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return [
        Row("reading five years, in a thread", read_ms, "ms"),
        Row("of it in the event loop", loop_ms, "ms", 50),
        Row("a snapshot of the ledger, in the event loop", snapshot_ms, "ms", 10),
        Row(f"{len(walkers)} walkers of five years in memory", memory, "MB", 100),
    ]
