"""Sensors of goals and streaks."""

from collections.abc import Callable
from typing import Any

from homeassistant.const import PERCENTAGE, UnitOfTime
from homeassistant.core import HomeAssistant

from ..coordinator import WalkerData
from ..core.goals.goal import GoalKind
from ..features.goal_texts import async_unit
from ..length_units import to_house
from .description import WalkerSensorEntityDescription

# It tells nothing that the progress does not tell sooner.
REMAINING_PAUSE_S = 60


def _shown(data: WalkerData, amount: float) -> float:
    """Give an amount of today's goal in its unit in the house, without a point where it is whole."""
    shown = to_house(amount, data.length_unit) if data.goal.kind is GoalKind.METRES else amount
    return int(shown) if shown == int(shown) else shown


def _unit(amount_fn: Callable[[WalkerData], float]) -> Callable[[HomeAssistant, WalkerData], str]:
    """Give the unit of an amount in words of the house; it changes with the kind of goal."""

    def unit(hass: HomeAssistant, data: WalkerData) -> str:
        # The unit that the amount was written in, which may be older than that of the house.
        if data.goal.kind is GoalKind.METRES:
            return data.length_unit
        return async_unit(hass, data.goal.kind, amount_fn(data))

    return unit


def _goal(data: WalkerData) -> float:
    return _shown(data, data.goal.goal)


def _remaining(data: WalkerData) -> float:
    return _shown(data, data.goal.remaining)


def _progress_attributes(data: WalkerData) -> dict[str, Any]:
    """Tell what the goal is and why; for automations, so in metres in every house."""
    goal = data.goal
    stage = goal.plan_view or goal.programme
    return {
        "kind": goal.kind.value,
        "unit": goal.unit,
        "goal": goal.goal,
        "done": goal.done,
        "remaining": goal.remaining,
        "plan": goal.settings.plan.value,
        "week": stage.week if stage else None,
        "paused": goal.paused,
        "rest_day": goal.rest_day,
        "explanation": goal.explanation.text,
    }


GOAL_SENSORS: tuple[WalkerSensorEntityDescription, ...] = (
    WalkerSensorEntityDescription(
        key="daily_goal_progress",
        native_unit_of_measurement=PERCENTAGE,
        value_fn=lambda data: data.goal.progress_pct,
        attributes_fn=_progress_attributes,
    ),
    WalkerSensorEntityDescription(
        key="daily_goal",
        entity_registry_enabled_default=False,
        unit_fn=_unit(_goal),
        value_fn=_goal,
    ),
    WalkerSensorEntityDescription(
        key="goal_remaining",
        entity_registry_enabled_default=False,
        pause_s=REMAINING_PAUSE_S,
        unit_fn=_unit(_remaining),
        value_fn=_remaining,
    ),
    WalkerSensorEntityDescription(
        key="goal_streak",
        native_unit_of_measurement=UnitOfTime.DAYS,
        value_fn=lambda data: data.goal.streak,
    ),
    WalkerSensorEntityDescription(
        key="best_streak",
        native_unit_of_measurement=UnitOfTime.DAYS,
        entity_registry_enabled_default=False,
        value_fn=lambda data: data.goal.best,
    ),
    WalkerSensorEntityDescription(
        key="goal_days_this_week",
        native_unit_of_measurement=UnitOfTime.DAYS,
        entity_registry_enabled_default=False,
        value_fn=lambda data: data.goal.days_met_this_week,
    ),
)
