"""Years of someone's walking, as they are kept."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from custom_components.retrostep.core.goals.activity import Journal
from custom_components.retrostep.core.goals.goal import DayStatus, Goal, GoalKind
from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import parse_page

from .ledger import LOG, START, ZONE

if TYPE_CHECKING:
    from collections.abc import Iterator

MAC: Final = "aa:bb:cc:dd:ee:01"
WALKED_MINUTES_A_DAY: Final = 60


class Life:
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
            "goals": {
                "version": 2,
                "goal_days": {"progress": None, "days": list(self._days)},
                "journal": Journal().as_dict(),
            },
            "reminders": {"version": 2, "diary": {"sits": sits, "open": [], "settled": self._sat[-800:]}},
        }
