"""Whether the wall clock is right, as far as a clock that only runs can tell.

A wall clock is a guess: a board without a battery starts somewhere, a time server sets it later, somebody
sets it by hand. Beside it runs a steady clock that nobody can set. As long as both run alike nothing is said;
where they part the wall clock has jumped, and a new segment of time begins. A segment whose clock proves
wrong has dated what happened in it wrongly by a known time, so that can be put right.

Proof that a segment was wrong is
- a later segment that agrees with an earlier one: what lies between them was wrong;
- a first segment since the start that was set forward: it began before a moment known to have passed, or
  it ran so shortly that a time server had its turn only then (an hour, and a day if it was off by days);
- a segment that ran as shortly and was set back to a moment after everything known before it. It may still
  be the new one that is wrong, so that one is not believed yet.

A jump forward proves nothing by itself: a machine that was paused looks the same, and what it dated is right.
Times are seconds since 1970; nothing here reads a clock.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, ClassVar, Final

JUMP_S: Final = 30
"""Time servers adjust a clock gently by less; more at once is a jump."""
AGREE_S: Final = 90
"""Two segments that are so close have the same clock: what is measured is a few seconds off each time."""
SHORT_S: Final = 3_600
"""A time server is asked within minutes of the start, or of the network's."""
DAY_S: Final = 86_400
"""A clock that ran for so long without a jump is believed; a machine is seldom paused for longer."""
SEGMENTS_MAX: Final = 32
"""So many are compared; what was before keeps its dates."""


@dataclass(slots=True)
class _Segment:
    """A stretch of time without a jump."""

    number: int
    offset_s: float
    """The wall clock minus the steady one."""
    began_s: float
    """By its own wall clock, as `ended_s`."""
    steady_s: float
    ended_s: float = 0
    proven: bool = False
    """It began with a jump that proved another segment wrong."""
    by_s: int = 0
    """How far what it dated has to be moved, as far as is known."""
    is_certain: bool = False
    """That it was wrong stands, also when a clock is wrong by as much once more."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A segment that proved wrong, or (`by_s` 0) right after all.

    `by_s` counts from what its clock said, whatever was corrected before.
    """

    segment: int
    by_s: int
    began_s: float
    ended_s: float

    def minute(self, dated: int) -> int:
        """Give the epoch minute of what was dated in the segment and reached us in it.

        What a wrong clock can't have dated stays: it has its date from before.
        """
        return dated + round(self.by_s / 60) if self.is_own(dated * 60) else dated

    def is_own(self, dated_s: float) -> bool:
        """Say whether what reached us in the segment was dated by its clock."""
        if self.by_s < 0:
            # Pods date by the new clock what they still held, so dates begin where the right clock was.
            return dated_s > self.began_s + self.by_s
        return self.began_s - 60 <= dated_s <= self.ended_s


@dataclass(frozen=True, slots=True)
class Jump:
    """The clock moved by so much at once; what is known of earlier segments since."""

    by_s: float
    segment: int
    """The one that begins with it."""
    corrections: tuple[Correction, ...]


class ClockWatch:
    """Watches the wall clock from one start of the process on."""

    def __init__(self, known_s: float = 0) -> None:
        """Begin to watch; `known_s`: a moment that had passed before the start."""
        self._known_s = known_s
        self._segments: list[_Segment] = []
        self._steady_s = 0.0

    def look(self, wall_s: float, steady_s: float) -> Jump | None:
        """Compare both clocks; gives a jump when there was one since the last look."""
        offset_s, self._steady_s = wall_s - steady_s, steady_s
        if not self._segments:
            self._segments.append(_Segment(0, offset_s, wall_s, steady_s))
            return None
        last = self._segments[-1]
        by_s = offset_s - last.offset_s
        if abs(by_s) <= JUMP_S:
            # Small steps in one direction must not add up to a jump.
            last.offset_s = offset_s
            return None
        last.ended_s = last.offset_s + steady_s
        new = _Segment(last.number + 1, offset_s, wall_s, steady_s)
        self._segments = [*self._segments[1 - SEGMENTS_MAX :], new]
        # Finer than that no machine reads two clocks at once.
        return Jump(round(by_s, 3), new.number, self._judge())

    @property
    def segment(self) -> int:
        """Number of the segment that goes on, from 0."""
        return self._segments[-1].number if self._segments else 0

    @property
    def is_believed(self) -> bool:
        """Whether the clock has proved right, or ran for a day without a jump."""
        return bool(self._segments) and (self._segments[-1].proven or self._ran_s >= DAY_S)

    @property
    def is_set_back(self) -> bool:
        """Whether the clock was set back and is not yet believed."""
        return self._last_by_s < 0 and not self.is_believed

    @property
    def has_leapt(self) -> bool:
        """Whether the clock went forward by more than a day at once and is not yet believed."""
        return self._last_by_s > DAY_S and not self.is_believed

    @property
    def _last_by_s(self) -> float:
        """By how much the last jump moved the clock."""
        if len(self._segments) < 2:
            return 0
        return self._segments[-1].offset_s - self._segments[-2].offset_s

    @property
    def _ran_s(self) -> float:
        return self._steady_s - self._segments[-1].steady_s

    def _judge(self) -> tuple[Correction, ...]:
        """Judge the segments before the one that has just begun."""
        new, before = self._segments[-1], self._segments[:-1]
        agreeing = [
            n
            for n, one in enumerate(before)
            if abs(one.offset_s - new.offset_s) <= AGREE_S and not one.is_certain
        ]
        judged: list[_Segment] = []
        if agreeing:
            judged = before[agreeing[-1] :]
        elif self._last_was_wrong():
            judged = before[-1:]
        new.proven = bool(agreeing) or (bool(judged) and new.offset_s > before[-1].offset_s)
        corrections = []
        for segment in judged:
            is_right = bool(agreeing) and segment is judged[0]
            by_s = 0 if is_right else round(new.offset_s - segment.offset_s)
            segment.is_certain = by_s != 0 and (bool(agreeing) or self._began_early(segment))
            if segment.by_s != by_s:
                segment.by_s = by_s
                corrections.append(Correction(segment.number, by_s, segment.began_s, segment.ended_s))
        return tuple(corrections)

    def _last_was_wrong(self) -> bool:
        """Say whether the segment that ended was wrong and not the one that has just begun."""
        segment, new = self._segments[-2:]
        ran_s = new.steady_s - segment.steady_s
        by_s = new.offset_s - segment.offset_s
        soon_s = SHORT_S if abs(by_s) < DAY_S else DAY_S
        if by_s < 0:
            right = [one.ended_s for one in self._segments[:-2] if not one.by_s]
            return ran_s <= soon_s and new.began_s >= max([self._known_s, *right])
        return self._began_early(segment) or (not segment.number and ran_s <= soon_s)

    def _began_early(self, segment: _Segment) -> bool:
        """Say whether a segment began before a moment known to have passed, and the new one is past that.

        If the new one is before it too, a clock that was ahead, and that nobody saw come back, said so.
        """
        known_s = self._known_s - AGREE_S
        return not segment.number and segment.began_s < known_s <= self._segments[-1].began_s


class Clocked:
    """What remembers under which segment of the clock it learned what; that is not written down.

    Whoever reads later what was written can go on with it, as long as the same watch goes on.
    """

    _OF_THE_CLOCK: ClassVar[tuple[str, ...]]
    """The attributes that hold it."""

    def clock_memory(self) -> dict[str, Any]:
        """Give what is remembered; it stays as it is now."""
        return {name: deepcopy(getattr(self, name)) for name in self._OF_THE_CLOCK}

    def go_on_with(self, memory: Mapping[str, Any]) -> None:
        """Remember what another one did that held just the same."""
        for name, kept in memory.items():
            setattr(self, name, deepcopy(kept))


CHECKPOINTS_MAX: Final = 8
"""So many jumps back it can be undone what a wrong clock did."""


class Checkpoints[Kept]:
    """What was known when segments of the clock began and ended, to go back to when one proves wrong."""

    def __init__(self, kept: Kept) -> None:
        """Begin with what is known at the start."""
        self._began: dict[int, Kept] = {0: kept}
        self._ended: dict[int, Kept] = {}

    def back(self, jump: Jump, kept: Kept) -> tuple[Kept, int] | None:
        """Give what to go back to after a jump, and the first segment that is not in it; None: nothing.

        `kept` is what was known until the jump.
        """
        self._ended[jump.segment - 1] = kept
        if not jump.corrections:
            return None
        first = min(jump.corrections, key=lambda correction: correction.segment)
        # A segment that was right after all stands as it ended.
        known, missing = (self._began, 0) if first.by_s else (self._ended, 1)
        found = known.get(first.segment)
        return None if found is None else (found, first.segment + missing)

    def go_on(self, jump: Jump, kept: Kept) -> None:
        """Remember what is known as the new segment begins."""
        self._began[jump.segment] = kept
        self._forget_before(jump.segment - CHECKPOINTS_MAX)

    def forget(self, segment: int) -> None:
        """Let go of what was known in a segment and before: what happened since can't be told apart."""
        self._forget_before(segment + 1)

    def _forget_before(self, segment: int) -> None:
        self._began = {number: kept for number, kept in self._began.items() if number >= segment}
        self._ended = {number: kept for number, kept in self._ended.items() if number >= segment}
