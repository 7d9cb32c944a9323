"""Corrections by hand: walks told, and stretches of time whose steps count nothing."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import Any, Final, NamedTuple

from .counts import ZERO, Counts
from .day_calendar import DayCalendar, epoch_minute, minute_start
from .page import EPOCH_MIN_FIRST

DURATION_S_MAX: Final = 24 * 3_600
WALKED_A_DAY_S_MAX: Final = 16 * 3_600
"""Of a day walks added by hand may fill so much: the rest is sleep."""
WALKS_A_DAY_MAX: Final = 100
OVERLAP_S: Final = 60
"""A walk starts with a whole minute, so it may begin in the one in which another ended."""


class WalkFailure(StrEnum):
    """Why a correction can't be made, as the key of the text that says so."""

    WALK_EMPTY = auto()
    WALK_IN_FUTURE = auto()
    WALK_TOO_LONG = auto()
    WALK_TOO_OLD = auto()
    WALK_IMPLAUSIBLE = auto()
    WALK_OVERLAPS = auto()
    WALK_DAY_FULL = auto()
    WALK_UNKNOWN = auto()
    SPAN_EMPTY = auto()
    SPAN_IN_FUTURE = auto()
    REMOVAL_TOO_LONG = auto()
    REMOVAL_TOO_OLD = auto()


class WalkError(Exception):
    """A correction that can't be made."""

    def __init__(self, reason: WalkFailure) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk added by hand, spread evenly over its minutes."""

    number: int
    minute: int
    duration_s: int
    counts: Counts

    @property
    def start(self) -> datetime:
        """The minute the walk starts in."""
        return minute_start(self.minute)

    @property
    def start_s(self) -> int:
        """Epoch second the walk starts."""
        return self.minute * 60

    @property
    def end_s(self) -> int:
        """Epoch second after the walk."""
        return self.start_s + self.duration_s

    def seconds_in(self, first_s: int, end_s: int) -> int:
        """Give how many of its seconds lie in first_s <= t < end_s."""
        return max(0, min(self.end_s, end_s) - max(self.start_s, first_s))

    def portions(self) -> list[tuple[int, Counts]]:
        """Give what each of its minutes counts; the portions sum to the whole."""
        minutes = max(1, -(-self.duration_s // 60))
        whole = self.counts.as_tuple()
        upto = [Counts(*(n * i // minutes for n in whole)) for i in range(minutes + 1)]
        return [(self.minute + i, upto[i + 1] - upto[i]) for i in range(minutes)]

    def as_list(self) -> list[Any]:
        """Write it down."""
        return [self.number, self.minute, self.duration_s, list(self.counts.as_tuple())]

    @classmethod
    def from_list(cls, kept: list[Any]) -> Walk:
        """Read what `as_list` wrote."""
        number, minute, duration_s, counts = kept
        return cls(number, minute, duration_s, Counts(*counts))


@dataclass(frozen=True, slots=True)
class WalkChange:
    """What a correction changed: the counts added or removed and the UTC hours concerned."""

    counts: Counts
    changed_hours: frozenset[datetime]
    walk: Walk | None = None


class Stretch(NamedTuple):
    """The epoch minutes first <= m < end."""

    first: int
    end: int


class Corrections:
    """The walks added by hand, and the stretches of time in which what pods counted counts nothing."""

    def __init__(self, document: Mapping[str, Any] | None = None) -> None:
        """Start with none, or with what `as_dict` wrote."""
        kept = document or {"walks": [], "removed": [], "walk_number": 0}
        walks = [Walk.from_list(entry) for entry in kept["walks"]]
        self._walks = {walk.number: walk for walk in walks}
        self._removed: list[Stretch] = []
        for first, end in kept["removed"]:
            self.remove(first, end)
        self._number: int = kept["walk_number"]
        # What was lent to an hour, and what pods told of it since.
        hour, *sums = kept.get("lent", (0,))
        self._lent_hour: int = hour
        self._lent, self._told = (Counts(*part) for part in [*sums, (), ()][:2])

    def as_dict(self) -> dict[str, Any]:
        """Write it down."""
        return {
            "walks": [walk.as_list() for walk in self._walks.values()],
            "removed": [list(stretch) for stretch in self._removed],
            "walk_number": self._number,
            "lent": [self._lent_hour, list(self._lent), list(self._told)],
        }

    def add(
        self, start: datetime, duration_s: int, counts: Counts, now: datetime, calendar: DayCalendar
    ) -> Walk:
        """Take a walk in; raises WalkError if there can't have been one, or not beside those there are."""
        if min(counts.as_tuple()) < 0 or counts.steps == 0:
            raise WalkError(WalkFailure.WALK_EMPTY)
        if not 0 < duration_s <= DURATION_S_MAX:
            raise WalkError(WalkFailure.WALK_TOO_LONG)
        if start.timestamp() + duration_s > now.timestamp():
            raise WalkError(WalkFailure.WALK_IN_FUTURE)
        if epoch_minute(start) < EPOCH_MIN_FIRST:
            raise WalkError(WalkFailure.WALK_TOO_OLD)
        walk = Walk(self._number + 1, epoch_minute(start), duration_s, counts)
        self._refuse_beside_others(walk, calendar)
        self._number += 1
        self._walks[self._number] = walk
        return walk

    def _refuse_beside_others(self, walk: Walk, calendar: DayCalendar) -> None:
        """Refuse a walk at the time of another, and one that makes a day of the walker's too full."""
        if any(other.seconds_in(walk.start_s, walk.end_s) >= OVERLAP_S for other in self._walks.values()):
            raise WalkError(WalkFailure.WALK_OVERLAPS)
        minute = walk.minute
        while minute * 60 < walk.end_s:
            day = calendar.span_at(minute)
            first_s, end_s = day.first * 60, day.end * 60
            walks = [one for one in (*self._walks.values(), walk) if one.seconds_in(first_s, end_s)]
            walked_s = sum(one.seconds_in(first_s, end_s) for one in walks)
            if len(walks) > WALKS_A_DAY_MAX or walked_s > WALKED_A_DAY_S_MAX:
                raise WalkError(WalkFailure.WALK_DAY_FULL)
            minute = day.end

    def take_back(self, number: int) -> Walk:
        """Let go of a walk; raises WalkError."""
        if number not in self._walks:
            raise WalkError(WalkFailure.WALK_UNKNOWN)
        return self._walks.pop(number)

    def remove(self, first: int, end: int) -> None:
        """Have the minutes first <= m < end of pods count nothing, for good.

        A pod may bring rows of that time however late. Stretches that touch are one, so that there are only
        as many as a person left walks between.
        """
        touching = [one for one in self._removed if one.first <= end and first <= one.end]
        lows, highs = zip((first, end), *touching, strict=True)
        others = [one for one in self._removed if one not in touching]
        self._removed = sorted([*others, Stretch(min(lows), max(highs))])

    def take_back_removal(self, first: int, end: int) -> None:
        """Have the minutes first <= m < end count again; what was in them before does not."""
        parts = [
            part
            for one in self._removed
            for part in (Stretch(one.first, min(one.end, first)), Stretch(max(one.first, end), one.end))
            if part.first < part.end
        ]
        self._removed = sorted(parts)

    def is_removed(self, minute: int) -> bool:
        """Say whether what pods counted in a minute counts nothing."""
        index = bisect_right(self._removed, minute, key=lambda stretch: stretch.first) - 1
        return index >= 0 and minute < self._removed[index].end

    def lend(self, hour: int, counts: Counts) -> None:
        """Note that an hour was credited with what pods may still tell of it."""
        self._lent_hour, self._lent, self._told = hour, counts, ZERO

    def beyond_lent(self, minute: int, counts: Counts) -> Counts:
        """Give what a minute of a pod changes in its hour; of one that was lent to only what is more counts.

        Less than nothing if a minute goes: then what was lent holds again.
        """
        if minute // 60 != self._lent_hour:
            return counts
        before = self._lent.floor(self._told)
        self._told += counts
        return self._lent.floor(self._told) - before

    def walks(self) -> list[Walk]:
        """Give the walks by their start."""
        return sorted(self._walks.values(), key=lambda walk: (walk.minute, walk.number))

    def removed(self) -> list[tuple[datetime, datetime]]:
        """Give the stretches that count nothing, ascending."""
        return [(minute_start(first), minute_start(end)) for first, end in self._removed]


STEP_DM: Final = 5.85
"""Half of the median backward stride of healthy adults, 1.17 m; used until the walker's own is known."""
OWN_STEPS: Final = 100
"""From so many steps on the walker's own mean step is used."""
STEPS_A_MINUTE_MAX: Final = 300
METRES_A_MINUTE_MAX: Final = 300
"""More than that nobody runs; the same bounds as for what a pod may say of a minute."""


@dataclass(frozen=True, slots=True)
class ToldWalk:
    """A walk as told; None: not told. Of backward steps and metres one is enough."""

    duration_s: int
    backward_steps: int | None = None
    backward_m: float | None = None
    forward_steps: int = 0
    forward_m: float = 0

    def counts(self, so_far: Counts) -> Counts:
        """Give its counts; raises WalkError if it is empty or implausible.

        What of the backward steps and metres was not told is estimated with the walker's own mean step
        `so_far`; the time is shared out by steps.
        """
        step_dm = so_far.back_dm / so_far.back if so_far.back >= OWN_STEPS and so_far.back_dm else STEP_DM
        back, back_dm = self.backward_steps, self.backward_m and self.backward_m * 10
        if back is None:
            back = round((back_dm or 0) / step_dm)
        if back_dm is None:
            back_dm = back * step_dm
        steps = back + self.forward_steps
        if not steps:
            raise WalkError(WalkFailure.WALK_EMPTY)
        minutes = self.duration_s / 60
        metres = back_dm / 10 + self.forward_m
        if steps > STEPS_A_MINUTE_MAX * minutes or metres > METRES_A_MINUTE_MAX * minutes:
            raise WalkError(WalkFailure.WALK_IMPLAUSIBLE)
        back_s = round(self.duration_s * back / steps)
        return Counts(
            back=back,
            fwd=self.forward_steps,
            back_dm=round(back_dm),
            fwd_dm=round(self.forward_m * 10),
            back_s=back_s,
            fwd_s=self.duration_s - back_s,
        )
