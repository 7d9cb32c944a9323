"""The walker's sessions at hand: found once, and again only from where minutes changed.

What is asked on each stride (the last session, how many today) reads this index and never searches minutes.
"""

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final

from ..ledger.ledger import SESSION_MAX_MIN, Ledger
from ..ledger.sessions import Session

USUAL_OF_SESSIONS: Final = 20
"""So many sessions before one say what is usual: days of short ones, weeks of long ones."""
USUAL_FROM_SESSIONS: Final = 5
"""With fewer nothing is usual yet."""
LONG_STRIDE: Final = 1.2
"""A longest stride beyond this share of the usual one is long.

Our own choice: a pod measures a stride to some 1-3 % (docs/accuracy.md), so a fifth is the walker's doing.
"""

_SESSION_MAX: Final = timedelta(minutes=SESSION_MAX_MIN)


@dataclass(frozen=True, slots=True)
class LastSession:
    """The newest session beside what is usual for the walker; `usual_cm` None: not known yet."""

    session: Session
    usual_cm: float | None

    @property
    def long_strides(self) -> bool | None:
        """Whether its longest stride was much longer than usual: small steps are the advice."""
        if self.usual_cm is None or not self.session.longest_cm:
            return None
        return self.session.longest_cm > LONG_STRIDE * self.usual_cm


class SessionIndex:
    """All sessions of the minutes a ledger keeps, ascending."""

    def __init__(self, ledger: Ledger) -> None:
        """Start empty; `refresh` fills it."""
        self._ledger = ledger
        self._sessions: list[Session] = []
        self._last: LastSession | None = None

    def refresh(self, now: datetime, changed_hours: Collection[datetime] | None = None) -> None:
        """Find the sessions anew that changed hours of the ledger may have changed; None: all of them."""
        since = self._ledger.minutes_since
        if changed_hours is not None:
            since = max(since, min(changed_hours, default=now) - _SESSION_MAX)
        kept = self.between(self._ledger.minutes_since, since)
        # Pods' clocks may run ahead a little.
        self._sessions = kept + self._ledger.sessions(since, now + _SESSION_MAX)
        last = self._sessions[-1] if self._sessions else None
        self._last = LastSession(last, usual_stride_cm(self._sessions[:-1])) if last else None

    @property
    def last(self) -> LastSession | None:
        """The newest session; one that still goes on is it too."""
        return self._last

    def all(self) -> list[Session]:
        """Give all sessions of the minutes kept."""
        return list(self._sessions)

    def between(self, start: datetime, end: datetime) -> list[Session]:
        """Give the sessions that start in start <= t < end, of the minutes kept."""
        first, stop = (
            bisect_left(self._sessions, t, key=lambda session: session.start) for t in (start, end)
        )
        return self._sessions[first:stop]

    def count(self, start: datetime, end: datetime) -> int:
        """Count the sessions that start in start <= t < end, of the minutes kept."""
        return len(self.between(start, end))

    def count_of_day(self, day: date, start: datetime, end: datetime) -> int:
        """Count the sessions that begin on a day, also where its minutes are gone."""
        if start < self._ledger.minutes_since:
            return self._ledger.session_count(day)
        return self.count(start, end)


def usual_stride_cm(sessions: Collection[Session]) -> float | None:
    """Give the walker's usual longest stride: the median of the last sessions' longest strides.

    A median, so that one leap or one session on a treadmill changes nothing.
    """
    longest = [session.longest_cm for session in sessions if session.longest_cm][-USUAL_OF_SESSIONS:]
    return median(longest) if len(longest) >= USUAL_FROM_SESSIONS else None
