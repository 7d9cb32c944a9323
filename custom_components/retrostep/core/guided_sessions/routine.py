"""What a guided session asks for: stages, routines made of them, what a walker set, reading written stages.

Nothing here knows Home Assistant or reads a clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from math import isfinite
from typing import Any, Final


class Direction(StrEnum):
    """Which way a stage is walked."""

    FORWARD = "forward"
    BACKWARD = "backward"


class Kind(StrEnum):
    """What a stage is for; only `BACKWARD` is walked backward."""

    WARM_UP = "warm_up"
    BACKWARD = "backward"
    FORWARD = "forward"
    COOL_DOWN = "cool_down"


class Unit(StrEnum):
    """What a stage's target counts."""

    SECONDS = "seconds"
    STEPS = "steps"
    METRES = "metres"


PACE_STEPS: Final = 0.6
"""Seconds a step takes: a backward stride of 1.34 s has two; forward they are a little shorter."""
PACE_METRES: Final = 1.2
"""Seconds a metre takes: half the healthy adults walk backward at 0.85 m/s or faster."""

SECONDS_PER_UNIT: Final[Mapping[Unit, float]] = {
    Unit.SECONDS: 1.0,
    Unit.STEPS: PACE_STEPS,
    Unit.METRES: PACE_METRES,
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of a routine: walk one way until `target` of `unit` is reached."""

    kind: Kind
    unit: Unit
    target: float

    @property
    def direction(self) -> Direction:
        """Which way it is walked."""
        return Direction.BACKWARD if self.kind is Kind.BACKWARD else Direction.FORWARD

    @property
    def expected_s(self) -> float:
        """How long it takes at an easy pace; weighs stages of different units against each other."""
        return self.target * SECONDS_PER_UNIT[self.unit]

    def as_list(self) -> list[Any]:
        """Write it down."""
        return [self.kind.value, self.unit.value, self.target]

    @classmethod
    def from_list(cls, kept: list[Any]) -> Stage:
        """Read what `as_list` wrote."""
        kind, unit, target = kept
        return cls(Kind(kind), Unit(unit), target)


@dataclass(frozen=True, slots=True)
class Lengths:
    """What the walker chose for the routines; minutes of 0 leave a stage out.

    The defaults follow the advice the product was made for: warm up by walking forward for 2 to 3 minutes,
    walk backward for 2 minutes at a slow steady pace, alternate both for 10 to 15 minutes, cool down.
    """

    warm_up_min: float = 2
    backward_min: float = 2
    forward_min: float = 1
    repeats: int = 5
    cool_down_min: float = 2
    distance_m: float = 100


class Routine(StrEnum):
    """The routines to choose from; `FIT` is as long as what is left of today's goal."""

    FIT = "fit"
    INTERVALS = "intervals"
    SHORT = "short"
    DISTANCE = "distance"
    CUSTOM = "custom"


# What a walker sets, and what holds until then.
CONF_ROUTINE: Final = "routine"
CONF_PAUSE_MIN: Final = "pause_min"
CONF_METRONOME: Final = "metronome"
CONF_METRONOME_RATE: Final = "metronome_rate"
DEFAULT_ROUTINE: Final = Routine.FIT
DEFAULT_PAUSE_MIN: Final = 5
# Steps a minute of a backward stride of 1.34 s, the usual one of healthy adults.
DEFAULT_METRONOME_RATE: Final = 90


def stages_of(routine: Routine, lengths: Lengths) -> tuple[Stage, ...]:
    """Give the stages of a routine; those of `CUSTOM` are the walker's own, those of `FIT` are not fixed."""

    def minutes(kind: Kind, length_min: float) -> list[Stage]:
        return [Stage(kind, Unit.SECONDS, length_min * 60)] if length_min > 0 else []

    backward = minutes(Kind.BACKWARD, lengths.backward_min)
    warm_up = minutes(Kind.WARM_UP, lengths.warm_up_min)
    cool_down = minutes(Kind.COOL_DOWN, lengths.cool_down_min)
    match routine:
        case Routine.INTERVALS:
            interval = [*backward, *minutes(Kind.FORWARD, lengths.forward_min)]
            return (*warm_up, *interval * lengths.repeats, *cool_down)
        case Routine.SHORT:
            return tuple(backward)
        case Routine.DISTANCE:
            return (*warm_up, Stage(Kind.BACKWARD, Unit.METRES, lengths.distance_m), *cool_down)
        case Routine.CUSTOM | Routine.FIT:
            return ()


# Reading stages that people write

STAGES_MAX: Final = 50
KIND: Final = "kind"
DIRECTION: Final = "direction"

# Name of the field: its unit, how many of that it stands for, least and most of it.
TARGETS: Final[Mapping[str, tuple[Unit, float, float, float]]] = {
    "minutes": (Unit.SECONDS, 60, 0.1, 60),
    "seconds": (Unit.SECONDS, 1, 5, 3_600),
    "steps": (Unit.STEPS, 1, 2, 10_000),
    "metres": (Unit.METRES, 1, 1, 5_000),
}


class StageFailure(StrEnum):
    """Why stages can't be walked, as the key of the text that says so."""

    STAGES_NOT_A_LIST = auto()
    STAGES_MISSING = auto()
    STAGES_TOO_MANY = auto()
    STAGE_NOT_AN_OBJECT = auto()
    STAGE_UNKNOWN_FIELD = auto()
    STAGE_DIRECTION = auto()
    STAGE_KIND = auto()
    STAGE_NO_TARGET = auto()
    STAGE_TWO_TARGETS = auto()
    STAGE_NOT_A_NUMBER = auto()
    NOT_A_WHOLE_NUMBER = auto()
    STAGE_OUT_OF_RANGE = auto()


class StageError(Exception):
    """Stages that can't be walked.

    `field` names the place like "stages[2].steps"; `detail` says what was there or what is allowed.
    """

    def __init__(self, reason: StageFailure, field: str, detail: str = "") -> None:
        super().__init__(f"{field}: {reason} {detail}")
        self.reason = reason
        self.field = field
        self.detail = detail


def read_stages(given: object) -> tuple[Stage, ...]:
    """Read stages like `{"direction": "backward", "minutes": 2}`; raises StageError.

    Each names one of minutes, seconds, steps or metres; `kind` (`warm_up` or `cool_down`) may stand instead
    of a direction, as both are walked forward.
    """
    if not isinstance(given, list):
        raise StageError(StageFailure.STAGES_NOT_A_LIST, "stages", str(given))
    if not given:
        raise StageError(StageFailure.STAGES_MISSING, "stages")
    if len(given) > STAGES_MAX:
        raise StageError(StageFailure.STAGES_TOO_MANY, "stages", str(STAGES_MAX))
    return tuple(_read_stage(stage, f"stages[{index}]") for index, stage in enumerate(given))


def _read_stage(given: object, place: str) -> Stage:
    if not isinstance(given, dict):
        raise StageError(StageFailure.STAGE_NOT_AN_OBJECT, place, str(given))
    for name in given:
        if name not in (KIND, DIRECTION, *TARGETS):
            raise StageError(StageFailure.STAGE_UNKNOWN_FIELD, f"{place}.{name}", str(name))
    kind = _read_kind(given, place)
    named = [name for name in TARGETS if name in given]
    if not named:
        raise StageError(StageFailure.STAGE_NO_TARGET, place)
    if len(named) > 1:
        raise StageError(StageFailure.STAGE_TWO_TARGETS, f"{place}.{named[1]}", named[0])
    name = named[0]
    unit, per_field, least, most = TARGETS[name]
    value = given[name]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise StageError(StageFailure.STAGE_NOT_A_NUMBER, f"{place}.{name}", str(value))
    if not least <= value <= most:
        raise StageError(StageFailure.STAGE_OUT_OF_RANGE, f"{place}.{name}", f"{least:g} … {most:g}")
    if unit is Unit.STEPS and value != int(value):
        raise StageError(StageFailure.NOT_A_WHOLE_NUMBER, f"{place}.{name}", str(value))
    return Stage(kind, unit, float(value * per_field))


def _read_kind(given: Mapping[str, Any], place: str) -> Kind:
    if KIND in given:
        try:
            kind = Kind(given[KIND])
        except ValueError:
            raise StageError(StageFailure.STAGE_KIND, f"{place}.{KIND}", str(given[KIND])) from None
        expected = Direction.BACKWARD if kind is Kind.BACKWARD else Direction.FORWARD
        if given.get(DIRECTION, expected) != expected:
            raise StageError(StageFailure.STAGE_DIRECTION, f"{place}.{DIRECTION}", str(given[DIRECTION]))
        return kind
    try:
        return Kind(Direction(given.get(DIRECTION, "")))
    except ValueError:
        raise StageError(
            StageFailure.STAGE_DIRECTION, f"{place}.{DIRECTION}", str(given.get(DIRECTION, ""))
        ) from None
