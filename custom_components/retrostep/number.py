"""Settings of a walker that are numbers."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from math import isfinite
from typing import override

from homeassistant.components.number import (
    NumberDeviceClass,
    NumberEntity,
    NumberEntityDescription,
    NumberMode,
)
from homeassistant.const import EntityCategory, Platform, UnitOfLength, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import DOMAIN
from .coordinator import RetroStepConfigEntry, WalkerCoordinator, WalkerData
from .core.goals.goal import RANGES, GoalKind
from .entity import WalkerEntity, WalkerEntityDescription
from .length_units import async_length_unit, to_house, to_metres

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class WalkerNumberEntityDescription(WalkerEntityDescription, NumberEntityDescription):
    """Describes a number; `set_fn` changes the setting behind it."""

    value_fn: Callable[[WalkerData], float]
    set_fn: Callable[[WalkerCoordinator, float], None]
    is_whole: bool = True
    pause_s: int = 0


def _fixed_goal(
    kind: GoalKind, unit: str | None = None, device_class: NumberDeviceClass | None = None
) -> WalkerNumberEntityDescription:
    """Describe the fixed goal of a kind; it is kept while a plan or another kind holds."""
    allowed = RANGES[kind]
    return WalkerNumberEntityDescription(
        key=f"goal_{kind.value}",
        entity_registry_enabled_default=False,
        entity_category=EntityCategory.CONFIG,
        device_class=device_class,
        native_unit_of_measurement=unit,
        native_min_value=allowed.low,
        native_max_value=allowed.high,
        native_step=allowed.step,
        is_whole=kind in (GoalKind.STEPS, GoalKind.SESSIONS),
        mode=NumberMode.BOX,
        value_fn=lambda data: data.goal.settings.values[kind],
        set_fn=lambda walker, value: walker.goals.async_set_fixed(kind, value),
    )


NUMBERS: tuple[WalkerNumberEntityDescription, ...] = (
    _fixed_goal(GoalKind.STEPS),
    _fixed_goal(GoalKind.MINUTES, UnitOfTime.MINUTES, NumberDeviceClass.DURATION),
    _fixed_goal(GoalKind.METRES, UnitOfLength.METERS, NumberDeviceClass.DISTANCE),
    _fixed_goal(GoalKind.SESSIONS),
    WalkerNumberEntityDescription(
        key="sitting_threshold",
        entity_registry_enabled_default=False,
        entity_category=EntityCategory.CONFIG,
        device_class=NumberDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        native_min_value=1,
        native_max_value=240,
        native_step=1,
        mode=NumberMode.BOX,
        value_fn=lambda data: data.sitting.threshold_min,
        set_fn=lambda walker, value: walker.reminders.async_change_settings(threshold_min=int(value)),
    ),
    WalkerNumberEntityDescription(
        key="reminder_repeat",
        entity_registry_enabled_default=False,
        entity_category=EntityCategory.CONFIG,
        device_class=NumberDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        native_min_value=1,
        native_max_value=120,
        native_step=1,
        mode=NumberMode.BOX,
        value_fn=lambda data: data.sitting.repeat_min,
        set_fn=lambda walker, value: walker.reminders.async_change_settings(repeat_min=int(value)),
    ),
)


async def async_setup_entry(
    hass: HomeAssistant, entry: RetroStepConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Set up the numbers of a walker."""
    async_add_entities(
        (WalkerLength if description.device_class is NumberDeviceClass.DISTANCE else WalkerNumber)(
            entry.runtime_data, description
        )
        for description in NUMBERS
    )


class WalkerNumber(WalkerEntity, NumberEntity):
    """A number the person may change."""

    _platform = Platform.NUMBER
    entity_description: WalkerNumberEntityDescription

    @property
    @override
    def shown(self) -> Hashable:
        """The number."""
        return self.native_value

    @property
    @override
    def native_value(self) -> float:
        """Return the number."""
        return self.entity_description.value_fn(self.coordinator.data)

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Change the setting; nothing is cut off without a word.

        Home Assistant lets "nan" through, which is neither too small nor too large.
        """
        if not isfinite(value):
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="not_a_number")
        if self.entity_description.is_whole and not value.is_integer():
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="not_a_whole_number",
                translation_placeholders={"field": str(self.name), "detail": f"{value:g}"},
            )
        self.entity_description.set_fn(self.coordinator, value)


class WalkerLength(WalkerNumber):
    """A length in the unit of the house; Home Assistant converts sensors to it by itself, not numbers."""

    @property
    @override
    def native_unit_of_measurement(self) -> UnitOfLength:
        """Return metres or feet."""
        return async_length_unit(self.hass)

    @property
    @override
    def native_min_value(self) -> float:
        """Return the least length."""
        return self._in_the_house(self.entity_description.native_min_value)

    @property
    @override
    def native_max_value(self) -> float:
        """Return the greatest length."""
        return self._in_the_house(self.entity_description.native_max_value)

    @property
    @override
    def native_step(self) -> float | None:
        """Return by how much it changes: feet by one, as lengths kept in metres are no round ones."""
        in_metres = self.native_unit_of_measurement is UnitOfLength.METERS
        return self.entity_description.native_step if in_metres else 1

    @property
    @override
    def native_value(self) -> float:
        """Return the length."""
        return self._in_the_house(super().native_value)

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Change the setting, which is kept in metres."""
        allowed = self.entity_description
        metres = to_metres(value, self.native_unit_of_measurement, super().native_value)
        metres = min(max(metres, allowed.native_min_value or metres), allowed.native_max_value or metres)
        await super().async_set_native_value(metres)

    def _in_the_house(self, metres: float | None) -> float:
        return to_house(metres or 0, self.native_unit_of_measurement)
