"""What a ledger knows about goals."""

from collections.abc import Iterable
from datetime import date

from ..history.session_index import SessionIndex
from ..ledger.ledger import Ledger
from ..ledger.totals import DayTotals
from .activity import RECORD_AFTER_DAYS, DaySteps
from .goal import COUNTED, Goal


class LedgerFacts:
    """A ledger, asked at one moment: `open_day` is the day that is open, with what is seen live."""

    def __init__(self, ledger: Ledger, sessions: SessionIndex, open_day: DayTotals) -> None:
        """Look at a ledger and its sessions."""
        self._ledger = ledger
        self._sessions = sessions
        self._open_day = open_day

    def exists(self, day: date) -> bool:
        """Say whether there is such a day; a journey may skip a date."""
        totals = self._totals(day)
        return totals.start < totals.end

    def is_stub(self, day: date) -> bool:
        """Say whether the calendar shortened a day and nobody walked on it."""
        calendar = self._ledger.calendar
        return calendar.is_shortened(calendar.span_of(day)) and not self._totals(day).counts.steps

    def done(self, day: date, goal: Goal) -> float | None:
        """Give what was done for a goal on a day; None: its minutes are gone."""
        totals = self._totals(day)
        if (count := COUNTED.get(goal.kind)) is not None:
            return count(totals.counts)
        if not goal.session_s:
            return self._sessions.count_of_day(day, totals.start, totals.end)
        if totals.start < self._ledger.minutes_since:
            return None
        sessions = self._sessions.between(totals.start, totals.end)
        return sum(session.walking_s >= goal.session_s for session in sessions)

    def steps(self, days: Iterable[date]) -> dict[date, DaySteps]:
        """Give the backward steps of days beside the most of any day before each."""
        wanted = set(days)
        found = {}
        best = walked_days = 0
        for kept in [*self._ledger.days(last=self._open_day.date), self._open_day]:
            totals = self._open_day if kept.date == self._open_day.date else kept
            steps = totals.counts.back
            if totals.date in wanted:
                best_before = best if walked_days >= RECORD_AFTER_DAYS else None
                found[totals.date] = DaySteps(steps, best_before)
            if totals.date != self._open_day.date:
                best = max(best, steps)
                walked_days += steps > 0
        return found

    def _totals(self, day: date) -> DayTotals:
        return self._open_day if day == self._open_day.date else self._ledger.day(day)
