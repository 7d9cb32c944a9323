"""Settings of a walker that are numbers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, override

from homeassistant.components.number import (
    NumberDeviceClass,
    NumberEntity,
    NumberEntityDescription,
    NumberMode,
)
from homeassistant.const import EntityCategory, Platform, UnitOfLength, UnitOfTime

from .entity import WalkerEntity, WalkerEntityDescription
from .goals import RANGES, GoalKind

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from homeassistant.core import HomeAssistant
    from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

    from .coordinator import RetroStepConfigEntry, WalkerCoordinator, WalkerData

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class WalkerNumberEntityDescription(WalkerEntityDescription, NumberEntityDescription):
    """Describes a number; `set_fn` changes the setting behind it."""

    value_fn: Callable[[WalkerData], float | None]
    set_fn: Callable[[WalkerCoordinator, float], None]
    pause_s: int = 0


def _fixed_goal(kind: GoalKind, unit: str | None = None) -> WalkerNumberEntityDescription:
    """Describe the fixed goal of a kind; it is kept while a plan or another kind holds."""
    allowed = RANGES[kind]
    return WalkerNumberEntityDescription(
        key=f"goal_{kind.value}",
        entity_category=EntityCategory.CONFIG,
        native_unit_of_measurement=unit,
        native_min_value=allowed.low,
        native_max_value=allowed.high,
        native_step=allowed.step,
        mode=NumberMode.BOX,
        value_fn=lambda data: data.goal.settings.values[kind],
        set_fn=lambda walker, value: walker.goals.async_set_fixed(kind, value),
    )


NUMBERS: tuple[WalkerNumberEntityDescription, ...] = (
    _fixed_goal(GoalKind.STEPS),
    _fixed_goal(GoalKind.MINUTES, UnitOfTime.MINUTES),
    _fixed_goal(GoalKind.METRES, UnitOfLength.METERS),
    _fixed_goal(GoalKind.SESSIONS),
    WalkerNumberEntityDescription(
        key="sitting_threshold",
        entity_category=EntityCategory.CONFIG,
        device_class=NumberDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        native_min_value=1,
        native_max_value=240,
        native_step=1,
        value_fn=lambda data: data.sitting.threshold_min,
        set_fn=lambda walker, value: walker.reminders.async_change_settings(threshold_min=int(value)),
    ),
    WalkerNumberEntityDescription(
        key="reminder_repeat",
        entity_category=EntityCategory.CONFIG,
        device_class=NumberDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        native_min_value=1,
        native_max_value=120,
        native_step=1,
        value_fn=lambda data: data.sitting.repeat_min,
        set_fn=lambda walker, value: walker.reminders.async_change_settings(repeat_min=int(value)),
    ),
)


async def async_setup_entry(
    hass: HomeAssistant, entry: RetroStepConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Set up the numbers of a walker."""
    async_add_entities(WalkerNumber(entry.runtime_data, description) for description in NUMBERS)


class WalkerNumber(WalkerEntity, NumberEntity):
    """A number the person may change."""

    entity_description: WalkerNumberEntityDescription

    def __init__(self, coordinator: WalkerCoordinator, description: WalkerNumberEntityDescription) -> None:
        super().__init__(coordinator, Platform.NUMBER, description)

    @property
    @override
    def shown(self) -> Hashable:
        """The number."""
        return self.native_value

    @property
    @override
    def native_value(self) -> float | None:
        """Return the number."""
        return self.entity_description.value_fn(self.coordinator.data)

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Change the setting."""
        self.entity_description.set_fn(self.coordinator, value)
