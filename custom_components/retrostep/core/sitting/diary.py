"""How long a walker sat, day by day: corrected while steps may still arrive late, kept for two years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final, NamedTuple

from ..clock import Checkpoints, Clocked, Jump

SIT_MIN_S: Final = 5 * 60
"""A shorter time without steps is standing about, not sitting."""

SIT_MAX_S: Final = 24 * 3_600
"""Nobody sits for longer: a clock was set between the start and the end, or walks in it are yet to be told.

Till then such a sit counts nothing; what late steps leave of it does.
"""

DAYS_KEPT: Final = 800
DAYS_OPEN: Final = 3
"""Steps that arrive later change what was sat on these days."""

DAYS_SPARE: Final = 4
"""So many more stay open when days are missing between them: a clock may have leapt, and come back."""
NOTES_MAX: Final = 1_000
"""Of so many sits it is known under which clock they were sat: weeks."""


class Sit(NamedTuple):
    """Start and end in epoch seconds, and whether getting up ended it (else the pod was put off or lost)."""

    start: int
    end: int
    broken: bool


class _OpenDay(NamedTuple):
    """A day by its ordinal number, with its start and end in epoch seconds."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SittingDay:
    """What one of the walker's days holds; `breaks`: how often the walker got up from a sit."""

    date: date
    sitting_s: int = 0
    longest_s: int = 0
    breaks: int = 0


@dataclass(frozen=True, slots=True)
class _Note:
    """A sit written down, or (`broken` None) struck out, in a segment of the clock."""

    segment: int
    start: int
    end: int
    broken: bool | None


class SittingDiary(Clocked):
    """Sits of the last days and the figures of all days."""

    _OF_THE_CLOCK = ("_segment", "_notes", "_checkpoints", "_wrong_by")

    def __init__(self, kept: Mapping[str, Any] | None = None) -> None:
        """Start empty, or with what `as_dict` gave."""
        self._read(kept or {})
        self._notes: list[_Note] = []
        self._segment = 0
        self._checkpoints = Checkpoints(self.as_dict())
        # By segment of the clock.
        self._wrong_by: dict[int, int] = {}

    def _read(self, document: Mapping[str, Any]) -> None:
        """Take over what `as_dict` gave."""
        self._sits = [Sit(*sit) for sit in document.get("sits", [])]
        self._open = [_OpenDay(*day) for day in document.get("open", [])]
        self._settled: dict[int, tuple[int, int, int]] = {
            day: (sitting_s, longest_s, breaks)
            for day, sitting_s, longest_s, breaks in document.get("settled", [])
        }

    def as_dict(self) -> dict[str, Any]:
        """Write it down."""
        return {
            "sits": [list(sit) for sit in self._sits],
            "open": [list(day) for day in self._open],
            "settled": [[day, *figures] for day, figures in self._settled.items()],
        }

    # -- what comes in ------------------------------------------------------------------------

    def begin_day(self, day: date, start: datetime, end: datetime) -> None:
        """Open one of the walker's days; asked again for the same day it does nothing."""
        number = day.toordinal()
        if number in self._settled or any(known.number == number for known in self._open):
            return
        self._open = sorted([*self._open, _OpenDay(number, _epoch(start), _epoch(end))])
        has_leapt = any(later.number - earlier.number > 1 for earlier, later in pairwise(self._open))
        while len(self._open) > DAYS_OPEN + (DAYS_SPARE if has_leapt else 0):
            first = self._open.pop(0)
            figures = _figures(first, self._believed)
            self._settled[first.number] = (figures.sitting_s, figures.longest_s, figures.breaks)
        first_s, last_s = self._open[0].start, self._open[-1].end
        # One too long that ends on no day known is of a wrong clock: no walk will be told of it.
        self._sits = [
            sit for sit in self._sits if sit.end >= first_s and (_is_believed(sit) or sit.end <= last_s)
        ]
        for old in sorted(self._settled)[: -(DAYS_KEPT - DAYS_OPEN)]:
            del self._settled[old]

    def clock_jumped(self, jump: Jump) -> None:
        """Put right what was written under a clock that proved wrong."""
        back = self._checkpoints.back(jump, self.as_dict())
        for correction in jump.corrections:
            self._wrong_by[correction.segment] = correction.by_s
        if back:
            written, since = back
            self._read(written)
            for note in self._notes:
                if note.segment >= since:
                    self._enter(note, self._wrong_by.get(note.segment, 0))
        self._segment = jump.segment
        self._checkpoints.go_on(jump, self.as_dict())

    def _note(self, start: datetime, end: datetime, *, broken: bool | None) -> None:
        note = _Note(self._segment, _epoch(start), _epoch(end), broken)
        self._notes.append(note)
        if len(self._notes) > NOTES_MAX:
            self._checkpoints.forget(self._notes.pop(0).segment)
        self._enter(note, 0)

    def _enter(self, note: _Note, by_s: int) -> None:
        """Do what was noted, at another time if the clock was wrong."""
        start, end = note.start + by_s, note.end + by_s
        if note.broken is None:
            self._sits = [sit for sit in self._sits if sit.start != start]
        else:
            self._put(start, end, broken=note.broken)

    def add(self, start: datetime, end: datetime, *, broken: bool) -> None:
        """Write down a sit that is over."""
        self._note(start, end, broken=broken)

    def take_back(self, start: datetime) -> None:
        """Strike out the sit that began then: it goes on."""
        self._note(start, start, broken=None)

    def walked(self, start: datetime, end: datetime) -> None:
        """Learn late that a time was walked: the sit it lies in becomes two."""
        first, last = _epoch(start), _epoch(end)
        for sit in [sit for sit in self._sits if sit.start < last and first < sit.end]:
            self._sits.remove(sit)
            self._put(sit.start, max(sit.start, first), broken=True)
            self._put(min(sit.end, last), sit.end, broken=sit.broken)

    def _put(self, start: int, end: int, *, broken: bool) -> None:
        if end - start >= SIT_MIN_S:
            self._sits.append(Sit(start, end, broken))

    # -- what is known ------------------------------------------------------------------------

    @property
    def _believed(self) -> list[Sit]:
        return [sit for sit in self._sits if _is_believed(sit)]

    @property
    def earliest(self) -> datetime | None:
        """Since when late steps are of use."""
        return datetime.fromtimestamp(self._open[0].start, UTC) if self._open else None

    def sits(self) -> list[Sit]:
        """Give the single sits that are still known, ascending."""
        return sorted(self._believed)

    def days(self, first: date, last: date, sit: timedelta, now: datetime) -> list[SittingDay]:
        """Give the days that something is known of, ascending, both ends included.

        `sit`: how long the walker has been sitting at `now`.
        """
        going_on = Sit(_epoch(now - sit), _epoch(now), broken=False)
        sits = self._believed
        if going_on.end - going_on.start >= SIT_MIN_S:
            sits.append(going_on)
        wanted = range(first.toordinal(), last.toordinal() + 1)
        settled = [
            SittingDay(date.fromordinal(day), *figures)
            for day, figures in self._settled.items()
            if day in wanted
        ]
        return settled + [_figures(day, sits) for day in self._open if day.number in wanted]


def _is_believed(sit: Sit) -> bool:
    return sit.end - sit.start <= SIT_MAX_S


def _figures(day: _OpenDay, sits: list[Sit]) -> SittingDay:
    """Sum up the parts of sits that lie in a day."""
    parts = [
        (min(sit.end, day.end) - max(sit.start, day.start), sit.broken and day.start <= sit.end < day.end)
        for sit in sits
    ]
    lengths = [length for length, _ in parts if length > 0]
    breaks = sum(broken for _, broken in parts)
    return SittingDay(date.fromordinal(day.number), sum(lengths), max(lengths, default=0), breaks)


def _epoch(moment: datetime) -> int:
    return int(moment.timestamp())
