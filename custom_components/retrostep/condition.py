"""Conditions for automations: thin layers over a walker's entities."""

from typing import ClassVar, cast, override

from homeassistant.const import PERCENTAGE, STATE_OFF, STATE_ON, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.condition import (
    Condition,
    EntityConditionBase,
    make_entity_numerical_condition,
    make_entity_state_condition,
)

from .entity import async_with_key


class WalkerCondition(EntityConditionBase):
    """Looks at one kind of entity of walkers."""

    _key: ClassVar[str]
    # As for triggers: what moves all day is diagnostic.
    _primary_entities_only: ClassVar[bool] = False

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Leave out everything that is not of this kind."""
        return async_with_key(self._hass, super().entity_filter(entities), self._key)


def _is(key: str, *, on: bool) -> type[Condition]:
    """Make a condition for a binary sensor that is on or off."""
    base = make_entity_state_condition(Platform.BINARY_SENSOR, STATE_ON if on else STATE_OFF)
    return cast("type[Condition]", type("WalkerIsCondition", (WalkerCondition, base), {"_key": key}))


def _compares(key: str) -> type[Condition]:
    """Make a condition for a percentage."""
    base = make_entity_numerical_condition({Platform.SENSOR: DomainSpec()}, PERCENTAGE)
    return cast("type[Condition]", type("WalkerComparesCondition", (WalkerCondition, base), {"_key": key}))


CONDITIONS: dict[str, type[Condition]] = {
    "is_sedentary": _is("sitting_too_long", on=True),
    "is_not_sedentary": _is("sitting_too_long", on=False),
    "is_goal_reached": _is("goal_reached", on=True),
    "is_goal_not_reached": _is("goal_reached", on=False),
    "is_goal_progress": _compares("daily_goal_progress"),
    "is_walking_backward": _is("walking_backward", on=True),
    "is_not_walking_backward": _is("walking_backward", on=False),
    "is_worn": _is("worn", on=True),
    "is_not_worn": _is("worn", on=False),
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions of walkers."""
    return CONDITIONS
