"""What is shown and announced of a guided session."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .coach_result import Result


class Waiting(StrEnum):
    """Why a stage does not go on."""

    STOPPED = "stopped"
    DIRECTION = "direction"
    AWAY = "away"


class EndReason(StrEnum):
    """Why a session is over."""

    COMPLETED = "completed"
    PAUSE = "pause"
    AWAY = "away"
    USER = "user"


class EventKind(StrEnum):
    """What an announcement can be about."""

    SESSION_STARTED = "session_started"
    STAGE_STARTED = "stage_started"
    STAGE_DONE = "stage_done"
    WAITING = "waiting"
    RESUMED = "resumed"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class CoachEvent:
    """Something to announce."""

    kind: EventKind
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GuideView:
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
