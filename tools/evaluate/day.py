"""Hours of an activity in which nobody walks, and what they can exclude."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .interval import upper_bound

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Day:
    """One activity for some hours."""

    activity: str
    hours: float
    false_steps: int
    most_per_hour: float  # false steps allowed
    parts: int  # each by another law
    mount: str
    by_law: dict[str, int]  # the laws under which there were some

    @property
    def bound_per_hour(self) -> float:
        """Upper 95 % bound of false steps an hour."""
        return upper_bound(self.false_steps) / self.hours

    @property
    def passed(self) -> bool:
        """Whether that bound is within what is allowed."""
        return self.bound_per_hour <= self.most_per_hour

    @property
    def verdict(self) -> str:
        """Say so; hours too few to show it are no failure."""
        if self.passed:
            return "pass"
        return "not shown" if self.false_steps <= self.most_per_hour * self.hours else "FAIL"


def added(days: Iterable[Day]) -> list[Day]:
    """Put the days of one activity and mounting together, in the order in which they first come."""
    sums: dict[tuple[str, str], Day] = {}
    for day in days:
        key = day.activity, day.mount
        if key in sums:
            one = sums[key]
            sums[key] = replace(
                one,
                hours=one.hours + day.hours,
                false_steps=one.false_steps + day.false_steps,
                parts=one.parts + day.parts,
                by_law=dict(Counter(one.by_law) + Counter(day.by_law)),
            )
        else:
            sums[key] = day
    return list(sums.values())
