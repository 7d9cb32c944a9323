"""Plans: goals that grow with the walker.

A plan week is seven days on which the plan is not paused. After a week in which the goal was met on
five days (or on all days but the rest days, if there are fewer) the goal grows, otherwise it holds.
`weeks` is the pace: so many good weeks lead from start to target in even proportions. No growth is
more than a quarter, however short the pace; then it takes some weeks more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ..ledger.day_calendar import WEEKDAYS
from .goal import RANGES, Goal, GoalKind
from .growth import PlanSpec
from .programme import CONF_PROGRAMME, Programme, read_programme

WEEKS_MAX: Final = 52

# Two minutes of a session, less the time in which a walker turns round.
SHORT_SESSION_S: Final = 90


class Plan(StrEnum):
    """The plans to choose from."""

    FIXED = "fixed"
    GENTLE_START = "gentle_start"
    SHORT_AND_OFTEN = "short_and_often"
    FIRST_200_METRES = "first_200_metres"
    CUSTOM = "custom"
    PROGRAMME = "programme"


# Doses of the articles this product follows (docs: walking backward): begin with 2 to 3 minutes and build
# up to 10 to 15; five sessions of 2 minutes; 100 to 200 m a day, very slow at the beginning.
PRESETS: Final[Mapping[Plan, PlanSpec]] = {
    Plan.GENTLE_START: PlanSpec(GoalKind.MINUTES, 3, 12, 6),
    Plan.SHORT_AND_OFTEN: PlanSpec(GoalKind.SESSIONS, 5, 5, 1, SHORT_SESSION_S),
    Plan.FIRST_200_METRES: PlanSpec(GoalKind.METRES, 50, 200, 8),
}


@dataclass(frozen=True, slots=True)
class GoalSettings:
    """What the walker chose; `spec` is None for a fixed goal and a program. Weekdays count from Monday = 0.

    `programme` is None unless one is the plan. `values` are the fixed goals of all kinds and `custom` the
    walker's own plan, whether they hold or not.
    """

    plan: Plan
    fixed: Goal
    spec: PlanSpec | None
    values: Mapping[GoalKind, float]
    custom: PlanSpec
    rest_days: frozenset[int]
    paused: bool
    programme: Programme | None = None

    @property
    def kind(self) -> GoalKind:
        """What the goal counts."""
        return (self.spec or self.programme or self.fixed).kind


CUSTOM_USUAL: Final[Mapping[GoalKind, PlanSpec]] = {
    GoalKind.STEPS: PlanSpec(GoalKind.STEPS, 200, 800, 8),
    GoalKind.MINUTES: PRESETS[Plan.GENTLE_START],
    GoalKind.METRES: PRESETS[Plan.FIRST_200_METRES],
    GoalKind.SESSIONS: PlanSpec(GoalKind.SESSIONS, 4, 6, 4),
}


def read_settings(section: Mapping[str, Any]) -> GoalSettings:
    """Make settings of what the options hold; what is missing is as usual."""
    kind = GoalKind(section.get("kind", GoalKind.MINUTES))
    plan = Plan(section.get("plan", Plan.GENTLE_START))
    values = {each: section.get(each.value, RANGES[each].usual) for each in GoalKind}
    own = section.get("custom")
    if own is not None and own["kind"] == kind:
        custom = PlanSpec(kind, own["start"], own["target"], own["weeks"])
    else:
        custom = CUSTOM_USUAL[kind]
    return GoalSettings(
        plan=plan,
        fixed=Goal(kind, values[kind]),
        spec=custom if plan is Plan.CUSTOM else PRESETS.get(plan),
        values=values,
        custom=custom,
        rest_days=frozenset(WEEKDAYS.index(name) for name in section.get("rest_days", ())),
        paused=section.get("paused", False),
        programme=read_programme(section.get(CONF_PROGRAMME)) if plan is Plan.PROGRAMME else None,
    )
