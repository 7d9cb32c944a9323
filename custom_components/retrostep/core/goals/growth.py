"""How a goal grows from week to week, and what a week of a plan or a program is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import floor
from typing import Any, Final

from .goal import DayStatus, GoalDay, GoalKind

WEEK_DAYS: Final = 7
DAYS_NEEDED: Final = 5
GROWTH_MAX: Final = 1.25

# Round values a person can remember; the widest that still leaves room for two steps in a quarter.
_GRAINS: Final[Mapping[GoalKind, tuple[float, ...]]] = {
    GoalKind.STEPS: (100, 50, 10, 5, 1),
    GoalKind.MINUTES: (1, 0.5, 0.25),
    GoalKind.METRES: (100, 50, 10, 5, 1),
    GoalKind.SESSIONS: (1,),
}


@dataclass(frozen=True, slots=True)
class PlanSpec:
    """From where to where in how many good weeks; of sessions only those of `session_s` seconds count."""

    kind: GoalKind
    start: float
    target: float
    weeks: int
    session_s: int = 0

    def as_list(self) -> list[Any]:
        """Write it down."""
        return [self.kind.value, self.start, self.target, self.weeks, self.session_s]

    @classmethod
    def from_list(cls, kept: list[Any]) -> PlanSpec:
        """Read what `as_list` wrote."""
        kind, start, target, weeks, session_s = kept
        return cls(GoalKind(kind), start, target, weeks, session_s)

    def grown(self, value: float, growths: int) -> float:
        """Give the value after one more good week than `growths`, coming from `value`."""
        if value >= self.target:
            return self.target
        share = min(1, (growths + 1) / self.weeks)
        ideal = self.start * (self.target / self.start) ** share
        grain = next((grain for grain in _GRAINS[self.kind] if grain <= value / 8), _GRAINS[self.kind][-1])
        wanted = self.target if share == 1 else round(ideal / grain) * grain
        most = value * GROWTH_MAX
        if wanted > most:
            wanted = floor(most / grain) * grain
        return min(self.target, max(value, wanted))

    @property
    def grows(self) -> bool:
        """Whether there is a way from the start to the target in steps of at most a quarter."""
        return self.start >= self.target or self.grown(self.start, self.weeks) > self.start


def week_days(days: Iterable[GoalDay], first: date, end: date | None = None) -> list[GoalDay]:
    """Give the days of a plan week: those from `first` on, before `end`, on which it was not paused."""
    return [
        day
        for day in days
        if first <= day.day and (end is None or day.day < end) and day.status is not DayStatus.PAUSED
    ]
