"""What became of a guided session."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .coach_meter import Walked
from .coach_routine import Kind, Routine, Stage, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    reason: str
    stages: tuple[StageResult, ...]
    backward: Walked
    forward: Walked

    def summary(self) -> dict[str, Any]:
        """Give it in numbers for announcements and attributes."""
        return {
            "routine": self.routine.value,
            "completed": self.reason == "completed",
            "reason": self.reason,
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
            "reason": self.reason,
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
            reason=kept["reason"],
            stages=tuple(StageResult.from_list(stage) for stage in kept["stages"]),
            backward=Walked(*kept["backward"]),
            forward=Walked(*kept["forward"]),
        )
