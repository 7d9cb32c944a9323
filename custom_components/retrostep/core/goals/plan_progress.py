"""A plan on its way: which week it is in, what it asks for, and whether a week let it grow."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from .goal import DayStatus, Goal, GoalDay
from .growth import DAYS_NEEDED, WEEK_DAYS, PlanSpec, week_days


@dataclass(frozen=True, slots=True)
class WeekResult:
    """On how many days of a plan week the goal was met, of how many needed."""

    met: int
    needed: int

    @property
    def good(self) -> bool:
        """Whether the plan grows after it."""
        return self.met >= self.needed


def judge_week(days: Iterable[GoalDay]) -> WeekResult:
    """Judge a week's days; rest days and stubs lower what is needed, paused days are not part of the week."""
    asked = [day for day in days if day.status is DayStatus.ACTIVE and not day.stub]
    return WeekResult(sum(day.counts for day in asked), max(1, min(DAYS_NEEDED, len(asked))))


@dataclass(frozen=True, slots=True)
class LastWeek:
    """The week before the current one, `first` to the day before `end`; late steps may still let it grow."""

    first: date
    end: date
    result: WeekResult
    grown: bool


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """A plan since its start; `first` is the first day of week number `week`, `growths` the good weeks."""

    spec: PlanSpec
    value: float
    first: date
    week: int = 1
    growths: int = 0
    last: LastWeek | None = None

    @classmethod
    def begin(cls, spec: PlanSpec, day: date) -> PlanProgress:
        """Begin a plan."""
        return cls(spec, spec.start, day)

    @property
    def goal(self) -> Goal:
        """What the plan asks for now."""
        return Goal(self.spec.kind, self.value, self.spec.session_s)

    def reach(self, day: date, days: Iterable[GoalDay]) -> PlanProgress:
        """Come to a day; `days` are those before it. If a week is over, the next one begins with the day."""
        if day < self.first:
            # The clock was wrong for a while: the week begins with what is true now.
            return replace(self, first=day, last=None)
        lived = week_days(days, self.first, day)
        if len(lived) < WEEK_DAYS:
            return self
        result = judge_week(lived)
        after = self._grow() if result.good else self
        last = LastWeek(self.first, day, result, result.good)
        return replace(after, first=day, week=self.week + 1, last=last)

    def repair(self, days: Iterable[GoalDay]) -> PlanProgress:
        """Let the plan grow after all if steps that arrived late made the last week a good one."""
        if self.last is None or self.last.grown:
            return self
        result = judge_week(week_days(days, self.last.first, self.last.end))
        if result == self.last.result:
            return self
        after = self._grow() if result.good else self
        return replace(after, last=replace(self.last, result=result, grown=result.good))

    def _grow(self) -> PlanProgress:
        value = self.spec.grown(self.value, self.growths)
        return replace(self, value=value, growths=self.growths + 1)

    def as_dict(self) -> dict[str, Any]:
        """Write it down."""
        last = self.last
        return {
            "spec": self.spec.as_list(),
            "value": self.value,
            "first": self.first.isoformat(),
            "week": self.week,
            "growths": self.growths,
            "last": last
            and [
                last.first.isoformat(),
                last.end.isoformat(),
                last.result.met,
                last.result.needed,
                last.grown,
            ],
        }

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> PlanProgress:
        """Read what `as_dict` wrote."""
        last = None
        if kept["last"]:
            first, end, met, needed, grown = kept["last"]
            last = LastWeek(
                date.fromisoformat(first), date.fromisoformat(end), WeekResult(met, needed), grown
            )
        return cls(
            PlanSpec.from_list(kept["spec"]),
            kept["value"],
            date.fromisoformat(kept["first"]),
            kept["week"],
            kept["growths"],
            last,
        )
