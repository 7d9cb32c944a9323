"""Some weeks of a walker with a pod: what is kept changes as it does at home, late rows included."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import parse_page
from custom_components.retrostep.core.storage.versions import Parts

START: Final = datetime(2026, 3, 2, 6, tzinfo=UTC)
MAC: Final = "aa:bb:cc:dd:ee:01"
# Of some days the pod tells only later: their block is filed by then.
LATE: Final = {(9, 3), (12, 8), (17, 2)}


@dataclass
class Life:
    """A walker; `live` gives what is to be committed, moment by moment."""

    ledger: Ledger = field(default_factory=lambda: Ledger(ZoneInfo("Europe/Berlin")))
    goal_days: list[list[Any]] = field(default_factory=list)
    seq: int = 0
    total: Counts = ZERO

    def live(self, days: int, commits_a_day: int = 4) -> Iterator[tuple[int, Parts]]:
        """Walk and give the time and what changed by then."""
        for day in range(days):
            midnight = START + timedelta(days=day)
            for part in range(commits_a_day):
                at = midnight + timedelta(hours=3 * part)
                minutes = [int(at.timestamp()) // 60 - 3 + i for i in range(2)]
                minutes += [
                    int((START + timedelta(days=about)).timestamp()) // 60 + 600 + day
                    for when, about in LATE
                    if when == day and part == 2
                ]
                self.walk(minutes, at)
                yield int(at.timestamp()), {"ledger": self.ledger.as_dict(), "goals": self.goals(at)}

    def walk(self, minutes: list[int], now: datetime) -> None:
        """Have the pod tell some minutes."""
        rows = []
        for minute in minutes:
            counts = Counts(20 + minute % 7, 30, 0, 100, 150, 20, 22)
            self.seq += 1
            self.total += counts
            rows.append([self.seq, minute, *counts.as_tuple(), 3, 55, 60 + self.seq % 97])
        page: dict[str, Any] = {
            "v": 1,
            "log": 5,
            "oldest": max(1, self.seq - 1_000),
            "next": self.seq + 1,
            "more": False,
        }
        page |= {"now": int(now.timestamp()), "total": list(self.total.as_tuple()), "m": rows}
        self.ledger.merge(MAC, parse_page(page), now)

    def goals(self, at: datetime) -> dict[str, Any]:
        """Give a goals document whose last day changes."""
        today = at.date().isoformat()
        if self.goal_days and self.goal_days[-1][0] == today:
            self.goal_days.pop()
        self.goal_days.append([today, ["steps", 500.0], "active", float(self.seq), False])
        return {"goal_days": {"days": [list(row) for row in self.goal_days]}, "journal": {}}
