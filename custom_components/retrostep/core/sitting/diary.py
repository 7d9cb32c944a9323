"""How long a walker sat, day by day: corrected while steps may still arrive late, kept for two years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

SIT_MIN_S: Final = 5 * 60
"""A shorter time without steps is standing about, not sitting."""

DAYS_KEPT: Final = 800
DAYS_OPEN: Final = 3
"""Steps that arrive later change what was sat on these days."""

type Sit = tuple[int, int, bool]
"""Start and end in epoch seconds, and whether getting up ended it (else the pod was put off or lost)."""


@dataclass(frozen=True, slots=True)
class SittingDay:
    """What one of the walker's days holds; `breaks`: how often the walker got up from a sit."""

    date: date
    sitting_s: int = 0
    longest_s: int = 0
    breaks: int = 0


class SittingDiary:
    """Sits of the last days and the figures of all days."""

    def __init__(self, kept: Mapping[str, Any] | None = None) -> None:
        """Start empty, or with what `as_dict` gave."""
        document = kept or {}
        self._sits: list[Sit] = [(start, end, broken) for start, end, broken in document.get("sits", [])]
        self._open: list[tuple[int, int, int]] = [(d, a, b) for d, a, b in document.get("open", [])]
        self._settled: dict[int, tuple[int, int, int]] = {
            day: (sitting_s, longest_s, breaks)
            for day, sitting_s, longest_s, breaks in document.get("settled", [])
        }

    def as_dict(self) -> dict[str, Any]:
        """Write it down."""
        return {
            "sits": [list(sit) for sit in self._sits],
            "open": [list(span) for span in self._open],
            "settled": [[day, *figures] for day, figures in self._settled.items()],
        }

    # -- what comes in ------------------------------------------------------------------------

    def begin_day(self, day: date, start: datetime, end: datetime) -> None:
        """Open one of the walker's days; asked again for the same day it does nothing."""
        number = day.toordinal()
        if self._open and self._open[-1][0] > number + 1:
            # No journey leads further back: the clock was ahead for a while. Nothing of that holds.
            self._open = [span for span in self._open if span[0] < number]
            self._settled = {known: figures for known, figures in self._settled.items() if known < number}
            self._sits = [sit for sit in self._sits if sit[1] <= _epoch(end)]
        if self._open and self._open[-1][0] >= number:
            return
        self._open.append((number, _epoch(start), _epoch(end)))
        while len(self._open) > DAYS_OPEN:
            first, begin, until = self._open.pop(0)
            figures = _figures(first, begin, until, self._sits)
            self._settled[first] = (figures.sitting_s, figures.longest_s, figures.breaks)
        self._sits = [sit for sit in self._sits if sit[1] > self._open[0][1]]
        for old in list(self._settled)[: -(DAYS_KEPT - DAYS_OPEN)]:
            del self._settled[old]

    def add(self, start: datetime, end: datetime, *, broken: bool) -> None:
        """Write down a sit that is over."""
        self._put(_epoch(start), _epoch(end), broken=broken)

    def take_back(self, start: datetime) -> None:
        """Strike out the sit that began then: it goes on."""
        self._sits = [sit for sit in self._sits if sit[0] != _epoch(start)]

    def walked(self, start: datetime, end: datetime) -> None:
        """Learn late that a time was walked: the sit it lies in becomes two."""
        first, last = _epoch(start), _epoch(end)
        for sit in [sit for sit in self._sits if sit[0] < last and first < sit[1]]:
            self._sits.remove(sit)
            self._put(sit[0], max(sit[0], first), broken=True)
            self._put(min(sit[1], last), sit[1], broken=sit[2])

    def _put(self, start: int, end: int, *, broken: bool) -> None:
        if end - start >= SIT_MIN_S:
            self._sits.append((start, end, broken))

    # -- what is known ------------------------------------------------------------------------

    @property
    def earliest(self) -> datetime | None:
        """Since when late steps are of use."""
        return datetime.fromtimestamp(self._open[0][1], UTC) if self._open else None

    def days(self, first: date, last: date, sit: timedelta, now: datetime) -> list[SittingDay]:
        """Give the days that something is known of, ascending, both ends included.

        `sit`: how long the walker has been sitting at `now`.
        """
        going_on: Sit = (_epoch(now - sit), _epoch(now), False)
        sits = [*self._sits, going_on] if going_on[1] - going_on[0] >= SIT_MIN_S else self._sits
        wanted = range(first.toordinal(), last.toordinal() + 1)
        settled = [
            SittingDay(date.fromordinal(day), *figures)
            for day, figures in self._settled.items()
            if day in wanted
        ]
        return settled + [_figures(day, begin, end, sits) for day, begin, end in self._open if day in wanted]


def _figures(day: int, begin: int, end: int, sits: list[Sit]) -> SittingDay:
    """Sum up the parts of sits that lie in a day."""
    parts = [
        (min(until, end) - max(start, begin), broken and begin <= until < end)
        for start, until, broken in sits
    ]
    lengths = [length for length, _ in parts if length > 0]
    breaks = sum(broken for _, broken in parts)
    return SittingDay(date.fromordinal(day), sum(lengths), max(lengths, default=0), breaks)


def _epoch(moment: datetime) -> int:
    return int(moment.timestamp())
