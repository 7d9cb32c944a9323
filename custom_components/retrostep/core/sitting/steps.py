"""Which steps of a pod were walked just now, by its running totals."""

from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from ..ledger.running_totals import JUST_NOW_STEPS_MAX, RunningTotals

SETTLE: Final = timedelta(seconds=5)
"""A pod that comes into reach reports its totals one by one; what they are ahead was walked before."""


class PodSteps:
    """Steps of one pod in the last minute or so.

    Steps of several pods are never added, so each pod has its own.
    """

    def __init__(self) -> None:
        """Start without a connection."""
        self._seen = RunningTotals()
        self._in_reach_since: datetime | None = None
        self._recent: deque[tuple[datetime, int, int]] = deque()

    def take(self, totals: Mapping[str, int] | None, now: datetime) -> bool:
        """Take the running totals `back` and `fwd` (None: out of reach); returns whether it walked."""
        if totals is None:
            self._in_reach_since = None
            self._seen.forget()
            return False
        if self._in_reach_since is None:
            self._in_reach_since = now
        settled = now - self._in_reach_since >= SETTLE
        moved = {"back": 0, "fwd": 0}
        for name in moved:
            rise = self._seen.rise(totals, name)
            if settled and 0 < rise <= JUST_NOW_STEPS_MAX:
                moved[name] = rise
        if not any(moved.values()):
            return False
        self._recent.append((now, moved["back"], moved["back"] + moved["fwd"]))
        return True

    def clock_jumped(self, by: timedelta) -> None:
        """Go on as if the clock had not been set."""
        if self._in_reach_since:
            self._in_reach_since += by
        self._recent = deque((at + by, back, steps) for at, back, steps in self._recent)

    def back(self, since: datetime) -> int:
        """Give the backward steps since a moment."""
        return sum(back for at, back, _ in self._recent if at > since)

    def steps(self, since: datetime) -> int:
        """Give the steps in any direction since a moment."""
        return sum(steps for at, _, steps in self._recent if at > since)

    def first(self, since: datetime) -> datetime:
        """Give when the first of the steps since a moment were reported."""
        return next(at for at, _, _ in self._recent if at > since)

    def forget(self, before: datetime) -> None:
        """Let go of what is too old."""
        while self._recent and self._recent[0][0] <= before:
            self._recent.popleft()
