"""What a ledger tells about goals."""

from typing import TYPE_CHECKING

from .goals import Goal, GoalKind, counted

if TYPE_CHECKING:
    from datetime import date

    from .ledger import DayTotals, Ledger


class LedgerFacts:
    """A ledger, asked at one moment: `open_day` is the day that is open, with what is seen live."""

    def __init__(self, ledger: Ledger, open_day: DayTotals) -> None:
        """Look at a ledger."""
        self._ledger = ledger
        self._open_day = open_day

    def exists(self, day: date) -> bool:
        """Say whether there is such a day; a journey may skip a date."""
        totals = self._totals(day)
        return totals.start < totals.end

    def done(self, day: date, goal: Goal) -> float | None:
        """Give what was done for a goal on a day; None: its minutes are gone."""
        totals = self._totals(day)
        if goal.kind is not GoalKind.SESSIONS:
            return counted(goal.kind, totals.counts, 0)
        if not goal.session_s:
            return self._ledger.session_count(day)
        if not self._ledger.has_minutes_of(day):
            return None
        sessions = self._ledger.sessions(totals.start, totals.end)
        return sum(session.walking_s >= goal.session_s for session in sessions)

    def _totals(self, day: date) -> DayTotals:
        return self._open_day if day == self._open_day.date else self._ledger.day(day)
