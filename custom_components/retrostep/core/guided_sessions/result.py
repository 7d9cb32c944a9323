"""What is shown and announced of a guided session, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .meter import Walked
from .routine import Kind, Routine, Stage, Unit


@dataclass(frozen=True, slots=True)
class StageResult:
    """What a stage asked for and what was done of it, in its unit."""

    kind: Kind
    unit: Unit
    asked: int
    done: int
    completed: bool

    @classmethod
    def of(cls, stage: Stage, done: float, *, completed: bool) -> StageResult:
        """Write down the end of a stage."""
        return cls(stage.kind, stage.unit, round(stage.target), round(done), completed)

    def as_list(self) -> list[Any]:
        """Write it down."""
        return [self.kind.value, self.unit.value, self.asked, self.done, self.completed]

    @classmethod
    def from_list(cls, kept: list[Any]) -> StageResult:
        """Read what `as_list` wrote."""
        kind, unit, asked, done, completed = kept
        return cls(Kind(kind), Unit(unit), asked, done, completed)


@dataclass(frozen=True, slots=True)
class Result:
    """A session that is over; times are seconds since 1970, walking is that of the whole session."""

    routine: Routine
    started_at: int
    ended_at: int
    reason: EndReason
    stages: tuple[StageResult, ...]
    backward: Walked
    forward: Walked

    def summary(self) -> dict[str, Any]:
        """Give it in numbers for announcements and attributes."""
        return {
            "routine": self.routine.value,
            "completed": self.reason is EndReason.COMPLETED,
            "reason": self.reason.value,
            "stages_done": sum(stage.completed for stage in self.stages),
            "stages": len(self.stages),
            "backward_steps": round(self.backward.steps),
            "backward_metres": round(self.backward.dm / 10, 1),
            "backward_seconds": round(self.backward.s),
            "forward_steps": round(self.forward.steps),
            "forward_metres": round(self.forward.dm / 10, 1),
            "forward_seconds": round(self.forward.s),
        }

    def stage_list(self) -> list[dict[str, Any]]:
        """Give what was asked and done, stage by stage."""
        return [
            {
                "stage": stage.kind.value,
                "unit": stage.unit.value,
                "asked": stage.asked,
                "done": stage.done,
                "completed": stage.completed,
            }
            for stage in self.stages
        ]

    def as_dict(self) -> dict[str, Any]:
        """Write it down."""
        return {
            "routine": self.routine.value,
            "started_at": self.started_at,
            "ended_at": self.ended_at,
            "reason": self.reason.value,
            "stages": [stage.as_list() for stage in self.stages],
            "backward": [self.backward.steps, self.backward.dm, self.backward.s],
            "forward": [self.forward.steps, self.forward.dm, self.forward.s],
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Result:
        """Read what `as_dict` wrote."""
        return cls(
            routine=Routine(kept["routine"]),
            started_at=kept["started_at"],
            ended_at=kept["ended_at"],
            reason=EndReason(kept["reason"]),
            stages=tuple(StageResult.from_list(stage) for stage in kept["stages"]),
            backward=Walked(*kept["backward"]),
            forward=Walked(*kept["forward"]),
        )


class Waiting(StrEnum):
    """Why a stage does not go on."""

    STOPPED = "stopped"
    DIRECTION = "direction"
    AWAY = "away"
    PATH = "path"


class EndReason(StrEnum):
    """Why a session is over."""

    COMPLETED = "completed"
    PAUSE = "pause"
    AWAY = "away"
    USER = "user"


class EventKind(StrEnum):
    """What an announcement can be about."""

    SESSION_STARTED = "guided_session_started"
    STAGE_STARTED = "stage_started"
    STAGE_DONE = "stage_done"
    WAITING = "guided_session_waiting"
    RESUMED = "guided_session_resumed"
    FINISHED = "guided_session_finished"
    STOPPED = "guided_session_stopped"


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """Something to announce."""

    kind: EventKind
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SessionView:
    """What is shown of a session; `done`, `target` and `remaining` are in `unit`.

    `ends_at`: when the stage ends if the walker goes on, only for stages by time and while they walk.
    """

    active: bool = False
    stage: str = "idle"
    number: int | None = None
    of: int | None = None
    direction: str | None = None
    unit: str | None = None
    target: int | None = None
    done: int | None = None
    remaining: int | None = None
    next_stage: str | None = None
    next_target: int | None = None
    next_unit: str | None = None
    waiting: str | None = None
    ends_at: int | None = None
    progress: int | None = None
    routine: str | None = None
    started_at: int | None = None
    metronome: bool = False
    last: Result | None = None


@dataclass(frozen=True, slots=True)
class SessionMoment:
    """What just happened in a session and how it is now; seconds since 1970."""

    events: tuple[SessionEvent, ...]
    view: SessionView
    now_s: float
