"""What is said aloud in a guided session, and when: short cues, never one on the heels of another.

- At most one cue in `GAP_S`. What comes sooner waits; of two that wait, the more important one is said and
  the other one never: a cue is about now.
- What waited for longer than it is worth is not said at all.
- "Stop" does not wait: something is in the way.
- A cue about an amount is said when it is crossed, so that a restart repeats nothing.

Nothing here knows Home Assistant or reads a clock; times are seconds since 1970.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .result import EventKind, SessionEvent, SessionView, Waiting
from .routine import PACE_STEPS, Direction, Unit

GAP_S: Final = 8
"""Seconds from the start of one cue to the next: a cue of ten words takes three or four."""
LAST_STEPS: Final = 10

# How much of a stage is left when ten steps are; a backward stride of 1.1 m has two.
_LAST: Final[Mapping[Unit, float]] = {
    Unit.STEPS: LAST_STEPS,
    Unit.SECONDS: LAST_STEPS * PACE_STEPS,
    Unit.METRES: LAST_STEPS * 0.55,
}
# In a shorter stage nobody needs to hear that half of it is over.
_HALF_FROM: Final[Mapping[Unit, float]] = {Unit.STEPS: 40, Unit.SECONDS: 60, Unit.METRES: 20}


class CueKind(StrEnum):
    """What a cue is about."""

    START = "start"
    TURN = "turn"
    HALF = "half"
    LAST_STEPS = "last_steps"
    WAITING = "waiting"
    RESUMED = "resumed"
    STOP = "stop"
    GO = "go"
    DONE = "done"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Worth:
    """How important a cue is, and for how many seconds it may wait."""

    rank: int
    life_s: float


WORTH: Final[Mapping[CueKind, Worth]] = {
    CueKind.HALF: Worth(1, 4),
    CueKind.LAST_STEPS: Worth(2, 2),
    CueKind.RESUMED: Worth(3, 6),
    CueKind.WAITING: Worth(4, 30),
    CueKind.START: Worth(5, 30),
    CueKind.TURN: Worth(5, 20),
    CueKind.DONE: Worth(6, 60),
    CueKind.ENDED: Worth(6, 60),
    CueKind.GO: Worth(5, 30),
    CueKind.STOP: Worth(7, 60),
}


@dataclass(frozen=True, slots=True)
class Cue:
    """Something to say: a stage to walk, why the session waits or ended, how many steps were walked.

    `in_the_way`: role and name of the first thing that is.
    """

    kind: CueKind
    direction: Direction | None = None
    unit: Unit | None = None
    target: float = 0
    reason: str | None = None
    steps: int = 0
    in_the_way: tuple[str, str] | None = None


class CuePlan:
    """Decides which cue is said when; for one session after the other."""

    def __init__(self) -> None:
        self._said_at: float | None = None
        self._waiting: tuple[Cue, float] | None = None
        self._before = SessionView()

    def clock_jumped(self, by_s: float) -> None:
        """Go on as if the clock had not been set."""
        if self._said_at is not None:
            self._said_at += by_s
        if self._waiting:
            cue, since = self._waiting
            self._waiting = (cue, since + by_s)

    def take(self, events: Iterable[SessionEvent], view: SessionView, now: float) -> Cue | None:
        """Take what happened and how the session is now; gives what is to be said at once."""
        for cue in [*self._of_events(list(events)), *self._of_amounts(view)]:
            self._offer(cue, now)
        self._before = view
        return self._next(now)

    def due_in(self, now: float) -> float | None:
        """Give the seconds until what waits may be said; None: nothing waits."""
        if self._waiting is None or self._said_at is None:
            return None
        return max(0.0, self._said_at + GAP_S - now)

    # -- inside -------------------------------------------------------------------------------

    @staticmethod
    def _of_events(events: list[SessionEvent]) -> Iterable[Cue]:
        starts = any(event.kind is EventKind.SESSION_STARTED for event in events)
        for event in events:
            told = event.attributes
            match event.kind:
                case EventKind.STAGE_STARTED:
                    kind = CueKind.START if starts else CueKind.TURN
                    yield Cue(kind, Direction(told["direction"]), Unit(told["unit"]), told["target"])
                case EventKind.WAITING if told["reason"] == Waiting.PATH:
                    role, name = told["in_the_way"][0]
                    yield Cue(CueKind.STOP, in_the_way=(role, name))
                case EventKind.WAITING:
                    yield Cue(CueKind.WAITING, Direction(told["direction"]), reason=told["reason"])
                case EventKind.RESUMED if told.get("reason") == Waiting.PATH:
                    yield Cue(CueKind.GO, Direction(told["direction"]), Unit(told["unit"]), told["remaining"])
                case EventKind.RESUMED:
                    yield Cue(CueKind.RESUMED)
                case EventKind.FINISHED:
                    yield Cue(CueKind.DONE, steps=told["backward_steps"])
                case EventKind.STOPPED:
                    yield Cue(CueKind.ENDED, reason=told["reason"])

    def _of_amounts(self, view: SessionView) -> Iterable[Cue]:
        """Give the cues about amounts that were crossed since the session was looked at last."""
        before = self._before
        is_same = (view.started_at, view.number) == (before.started_at, before.number)
        if not is_same or not view.active or view.waiting or view.unit is None or not view.target:
            return
        unit, was, done = Unit(view.unit), before.done or 0, view.done or 0
        if view.target >= _HALF_FROM[unit] and was < view.target / 2 <= done < view.target:
            yield Cue(CueKind.HALF)
        last_from = view.target - _LAST[unit]
        is_long = view.target >= 3 * _LAST[unit]
        if view.direction == Direction.BACKWARD and is_long and was < last_from <= done < view.target:
            yield Cue(CueKind.LAST_STEPS)

    def _offer(self, cue: Cue, now: float) -> None:
        if self._waiting:
            other = self._waiting[0]
            if cue.kind is CueKind.RESUMED and other.kind is CueKind.WAITING:
                # Nobody heard that it waited.
                self._waiting = None
                return
            if WORTH[other.kind].rank > WORTH[cue.kind].rank:
                return
        self._waiting = (cue, now)

    def _next(self, now: float) -> Cue | None:
        if self._waiting is None:
            return None
        cue, since = self._waiting
        if now - since > WORTH[cue.kind].life_s:
            self._waiting = None
            return None
        is_too_soon = self._said_at is not None and 0 <= now - self._said_at < GAP_S
        if is_too_soon and cue.kind is not CueKind.STOP:
            return None
        self._waiting, self._said_at = None, now
        return cue
