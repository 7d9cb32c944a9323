"""What was seen live of one pod and has no minute row yet.

A pod's live totals count since its log began, its minute rows sum to the total at the last row. What
the live totals are ahead is the open minute. It is kept by the minute it was seen in, until
rows account for it: so it belongs to a day before it is dated, and a row that arrives before or
after the live value changes the sum not at all.
"""

from collections.abc import Mapping
from operator import add
from typing import Any, Final

from .counts import COUNTS, ZERO, Counts
from .running_totals import HELD_BACK_STEPS_MAX, RunningTotals

AT_ONCE_MAX: Final = (*[HELD_BACK_STEPS_MAX] * 3, 6_000, 6_000, 200, 200)
"""What the pod may hold back, count by count.

More than that at once is the total of another age, or minutes that wait for a time: rows will tell.
"""


class LivePod:
    """The live totals of one pod and what they are ahead of its rows, by minute."""

    def __init__(self, document: Mapping[str, Any] | None = None) -> None:
        """Start with nothing seen, or with what `as_dict` kept."""
        kept = document or {}
        self._seen = RunningTotals(kept.get("seen"))
        self._ahead: dict[int, list[int]] = {int(m): list(row) for m, row in kept.get("ahead", {}).items()}
        # Names whose last value is from an earlier connection: the next one is a new start.
        self._stale: set[str] = set(self._seen)
        # All rows of this connection are merged: live total - row total is exactly the open minute.
        self._settled = False
        # The totals are known to come from the pod as it is now, not from before a reboot.
        self._reconnected = False

    def as_dict(self) -> dict[str, Any]:
        """Write it down."""
        return {"seen": self._seen.as_dict(), "ahead": {str(m): list(row) for m, row in self._ahead.items()}}

    def minutes(self) -> Mapping[int, list[int]]:
        """Give what is ahead of the rows by the minute it was seen in."""
        return self._ahead

    def redate(self, moves: Mapping[int, int]) -> None:
        """Move what was seen in minutes under a clock that proved wrong to others."""
        moved: dict[int, list[int]] = {}
        for minute, row in self._ahead.items():
            target = moves.get(minute, minute)
            moved[target] = [*map(add, row, moved.get(target, ZERO.as_tuple()), strict=True)]
        self._ahead = moved

    def lost(self) -> None:
        """Note that the pod is out of reach: what it says next may include much that was not seen."""
        self._stale = set(self._seen)
        self._settled = False
        self._reconnected = True

    def forget(self) -> None:
        """Start anew."""
        self._seen.forget()
        self._ahead.clear()
        self.lost()

    def update(self, totals: Mapping[str, int], rows_total: Counts, minute: int) -> Counts:
        """Take new live totals; returns how far each moved on since the last value of this connection."""
        moved = [0] * len(COUNTS)
        for index, name in enumerate(COUNTS):
            if name not in totals:
                continue
            value, row_total = totals[name], rows_total.as_tuple()[index]
            if value < 0:
                continue
            rise = self._seen.rise(totals, name)
            if self._settled and not self._plausible(index, value - row_total, minute):
                self.lost()
            if rise < 0:
                # The pod counts from less than before: it was reset, or its log is new.
                if name not in self._stale:
                    self.lost()
                self._reconnected = True
            step = 0 if name in self._stale else rise
            wanted = value - row_total if self._settled else self._sum(index) + step
            if self._plausible(index, wanted, minute):
                self._extend(index, wanted, minute)
                moved[index] = step
            self._stale.discard(name)
        return Counts(*moved)

    def rows_arrived(self, rows_total: Counts, minute: int, *, complete: bool, new_log: bool) -> None:
        """Let rows account for what was ahead; `rows_total` is the pod's total at its last merged row.

        `complete`: the pod has no further rows, nor any that wait for a time; `new_log`: it counts
        from zero since.
        """
        if new_log:
            self._seen.keep(set(self._seen) - self._stale if self._reconnected else set())
            self._stale.clear()
            self._reconnected = False
        settled = complete
        for index, (name, row_total) in enumerate(zip(COUNTS, rows_total.as_tuple(), strict=True)):
            ahead = max(0, self._seen[name] - row_total)
            self._shorten(index, ahead)
            if not complete or name in self._stale:
                continue
            if self._plausible(index, ahead, minute):
                self._extend(index, ahead, minute)
            else:
                settled = False
        self._ahead = {m: row for m, row in self._ahead.items() if any(row)}
        self._settled = self._settled or settled

    def _sum(self, index: int) -> int:
        return sum(row[index] for row in self._ahead.values())

    def _plausible(self, index: int, wanted: int, minute: int) -> bool:
        """Say whether the sum may grow to `wanted` in this minute: not at once, and not little by little."""
        seen = self._ahead[minute][index] if minute in self._ahead else 0
        return wanted - self._sum(index) + seen <= AT_ONCE_MAX[index]

    def _extend(self, index: int, wanted: int, minute: int) -> None:
        """Bring the sum of one count up to `wanted` by what is seen in this minute."""
        missing = wanted - self._sum(index)
        if missing > 0:
            self._ahead.setdefault(minute, list(ZERO.as_tuple()))[index] += missing

    def _shorten(self, index: int, wanted: int) -> None:
        """Bring the sum of one count down to `wanted`; rows account for the oldest minutes first."""
        excess = self._sum(index) - wanted
        for minute in sorted(self._ahead):
            part = min(max(excess, 0), self._ahead[minute][index])
            self._ahead[minute][index] -= part
            excess -= part
