"""Goals: what a walker sets out to do on a day, and how much of it is done.

A goal counts backward steps, minutes walked backward, metres walked backward or sessions. Values are
in the unit of their kind; nothing here knows a clock or a language.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from ..ledger.counts import Counts

# What a value may be off by because seconds and decimetres are divided.
_EPSILON: Final = 1e-9


class GoalKind(StrEnum):
    """What a goal counts."""

    STEPS = "steps"
    MINUTES = "minutes"
    METRES = "metres"
    SESSIONS = "sessions"


UNITS: Final[Mapping[GoalKind, str]] = {
    GoalKind.STEPS: "steps",
    GoalKind.MINUTES: "min",
    GoalKind.METRES: "m",
    GoalKind.SESSIONS: "sessions",
}


AMOUNTS: Final[Mapping[GoalKind, tuple[str, str]]] = {
    GoalKind.STEPS: ("amount_step", "amount_steps"),
    GoalKind.MINUTES: ("amount_min", "amount_min"),
    GoalKind.METRES: ("amount_m", "amount_m"),
    GoalKind.SESSIONS: ("amount_session", "amount_sessions"),
}
"""The keys of the texts of an amount of one and of several, where a unit has a plural."""


@dataclass(frozen=True, slots=True)
class Range:
    """What a goal of one kind may be: from `low` to `high` in steps of `step`; `usual` is proposed."""

    low: float
    high: float
    step: float
    usual: float


RANGES: Final[Mapping[GoalKind, Range]] = {
    # A minute of backward walking is about 90 steps or 40 m; nobody should walk for more than two hours.
    GoalKind.STEPS: Range(10, 10_000, 10, 300),
    GoalKind.MINUTES: Range(1, 120, 0.5, 5),
    GoalKind.METRES: Range(5, 5_000, 5, 100),
    GoalKind.SESSIONS: Range(1, 20, 1, 3),
}


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be done on a day; of sessions only those with `session_s` seconds of walking count."""

    kind: GoalKind
    value: float
    session_s: int = 0

    @property
    def unit(self) -> str:
        """Unit of the value."""
        return UNITS[self.kind]

    def is_met_by(self, done: float) -> bool:
        """Say whether this much is enough."""
        return done >= self.value - _EPSILON

    def is_half_met_by(self, done: float) -> bool:
        """Say whether this much is half of it."""
        return done >= self.value / 2 - _EPSILON

    def as_list(self) -> list[Any]:
        """Write it down."""
        return [self.kind.value, self.value, self.session_s]

    @classmethod
    def from_list(cls, kept: list[Any]) -> Goal:
        """Read what `as_list` wrote."""
        kind, value, session_s = kept
        return cls(GoalKind(kind), value, session_s)


COUNTED: Final[Mapping[GoalKind, Callable[[Counts], float]]] = {
    GoalKind.STEPS: lambda counts: counts.back,
    GoalKind.MINUTES: lambda counts: counts.back_s / 60,
    GoalKind.METRES: lambda counts: counts.back_dm / 10,
}
"""What a day holds in the unit of a kind of goal; sessions are no sum of counts."""


class DayStatus(StrEnum):
    """Whether a day asks for its goal; what is walked counts on every day."""

    ACTIVE = "active"
    PAUSED = "paused"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class GoalDay:
    """A day with the goal that held on it.

    `settled`: nothing more is expected for it; a day that has ended waits a while for late steps.
    `stub`: a journey or a moved day start left a rest of a day on which nobody walked; it asks for nothing.
    """

    day: date
    goal: Goal
    status: DayStatus
    done: float = 0
    settled: bool = False
    stub: bool = False

    @property
    def met(self) -> bool:
        """Whether enough was done, also on a day that asked for nothing."""
        return self.goal.is_met_by(self.done)

    @property
    def asks(self) -> bool:
        """Whether something is to be done on the day."""
        return self.status is DayStatus.ACTIVE and not self.stub

    @property
    def counts(self) -> bool:
        """Whether the day makes a streak longer."""
        return self.met and self.status is DayStatus.ACTIVE
