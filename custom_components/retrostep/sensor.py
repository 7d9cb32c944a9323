"""What a walker has walked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import Platform, UnitOfLength, UnitOfTime

from .entity import WalkerEntity, WalkerEntityDescription

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import datetime

    from homeassistant.core import HomeAssistant
    from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

    from .coordinator import RetroStepConfigEntry, WalkerCoordinator, WalkerData

PARALLEL_UPDATES = 0

# A new time of the last step every few seconds helps nobody.
LAST_STEP_PAUSE_S = 60


@dataclass(frozen=True, kw_only=True)
class WalkerSensorEntityDescription(WalkerEntityDescription, SensorEntityDescription):
    """Describes a sensor; `per_day` ones begin anew with the walker's day."""

    value_fn: Callable[[WalkerData], int | float | datetime | None]
    per_day: bool = False


SENSORS: tuple[WalkerSensorEntityDescription, ...] = (
    WalkerSensorEntityDescription(
        key="backward_steps_today",
        state_class=SensorStateClass.TOTAL,
        per_day=True,
        pause_s=0,
        value_fn=lambda data: data.today.counts.back,
    ),
    WalkerSensorEntityDescription(
        key="backward_steps_total",
        state_class=SensorStateClass.TOTAL_INCREASING,
        value_fn=lambda data: data.total.back,
    ),
    WalkerSensorEntityDescription(
        key="backward_distance_today",
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=0,
        per_day=True,
        value_fn=lambda data: data.today.counts.back_dm / 10,
    ),
    WalkerSensorEntityDescription(
        key="backward_minutes_today",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=1,
        per_day=True,
        value_fn=lambda data: round(data.today.counts.back_s / 60, 2),
    ),
    WalkerSensorEntityDescription(
        key="forward_steps_today",
        state_class=SensorStateClass.TOTAL,
        per_day=True,
        value_fn=lambda data: data.today.counts.fwd,
    ),
    WalkerSensorEntityDescription(
        key="forward_steps_total",
        state_class=SensorStateClass.TOTAL_INCREASING,
        entity_registry_enabled_default=False,
        value_fn=lambda data: data.total.fwd,
    ),
    WalkerSensorEntityDescription(
        key="sessions_today",
        state_class=SensorStateClass.TOTAL,
        per_day=True,
        value_fn=lambda data: data.sessions_today,
    ),
    WalkerSensorEntityDescription(
        key="last_step",
        device_class=SensorDeviceClass.TIMESTAMP,
        pause_s=LAST_STEP_PAUSE_S,
        value_fn=lambda data: data.last_step,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant, entry: RetroStepConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Set up the sensors of a walker."""
    async_add_entities(WalkerSensor(entry.runtime_data, description) for description in SENSORS)


class WalkerSensor(WalkerEntity, SensorEntity):
    """A number or a time of a walker."""

    entity_description: WalkerSensorEntityDescription

    def __init__(self, coordinator: WalkerCoordinator, description: WalkerSensorEntityDescription) -> None:
        super().__init__(coordinator, Platform.SENSOR, description)

    @property
    @override
    def shown(self) -> Hashable:
        """The value, and the day it belongs to."""
        return self.native_value, self.last_reset

    @property
    @override
    def native_value(self) -> int | float | datetime | None:
        """Return the value."""
        return self.entity_description.value_fn(self.coordinator.data)

    @property
    @override
    def last_reset(self) -> datetime | None:
        """Return the start of the walker's day for what begins anew with it."""
        return self.coordinator.data.today.start if self.entity_description.per_day else None
