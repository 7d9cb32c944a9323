"""What a walker has walked."""

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Any, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorStateClass,
)
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, EntityCategory, Platform, UnitOfLength, UnitOfTime
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import DOMAIN
from .coordinator import RetroStepConfigEntry
from .entity import WalkerEntity
from .sensors.description import WalkerSensorEntityDescription, since_today
from .sensors.goals import GOAL_SENSORS
from .sensors.guided_sessions import GUIDED_SESSION_SENSORS
from .sensors.history import HISTORY_SENSORS
from .sensors.sitting import SITTING_SENSORS

PARALLEL_UPDATES = 0

# A new time of the last step every few seconds helps nobody.
LAST_STEP_PAUSE_S = 60
# Where Home Assistant keeps the unit of a sensor that nobody chose another for.
UNIT_OPTIONS = "sensor.private"
NONE_YET = "none"
# It tells nothing that the steps of today do not tell with each stride.
TOTAL_PAUSE_S = 20


SENSORS: tuple[WalkerSensorEntityDescription, ...] = (
    WalkerSensorEntityDescription(
        key="backward_steps_today",
        state_class=SensorStateClass.TOTAL,
        since_fn=since_today,
        pause_s=0,
        value_fn=lambda data: data.today.counts.back,
    ),
    WalkerSensorEntityDescription(
        key="backward_steps_total",
        state_class=SensorStateClass.TOTAL,
        pause_s=TOTAL_PAUSE_S,
        value_fn=lambda data: data.total.back,
    ),
    WalkerSensorEntityDescription(
        key="backward_distance_today",
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=0,
        since_fn=since_today,
        value_fn=lambda data: data.today.counts.back_dm / 10,
    ),
    WalkerSensorEntityDescription(
        key="backward_minutes_today",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=1,
        since_fn=since_today,
        value_fn=lambda data: round(data.today.counts.back_s / 60, 2),
    ),
    WalkerSensorEntityDescription(
        key="forward_steps_today",
        state_class=SensorStateClass.TOTAL,
        since_fn=since_today,
        value_fn=lambda data: data.today.counts.fwd,
    ),
    WalkerSensorEntityDescription(
        key="forward_steps_total",
        state_class=SensorStateClass.TOTAL,
        entity_registry_enabled_default=False,
        value_fn=lambda data: data.total.fwd,
    ),
    WalkerSensorEntityDescription(
        key="sessions_today",
        state_class=SensorStateClass.TOTAL,
        since_fn=since_today,
        value_fn=lambda data: data.sessions_today,
    ),
    WalkerSensorEntityDescription(
        key="last_step",
        none_yet=True,
        entity_category=EntityCategory.DIAGNOSTIC,
        device_class=SensorDeviceClass.TIMESTAMP,
        pause_s=LAST_STEP_PAUSE_S,
        value_fn=lambda data: data.last_step,
    ),
    WalkerSensorEntityDescription(
        key="last_contact",
        none_yet=True,
        entity_registry_enabled_default=False,
        entity_category=EntityCategory.DIAGNOSTIC,
        device_class=SensorDeviceClass.TIMESTAMP,
        pause_s=LAST_STEP_PAUSE_S,
        value_fn=lambda data: data.last_contact,
    ),
    *GOAL_SENSORS,
    *HISTORY_SENSORS,
    *SITTING_SENSORS,
    *GUIDED_SESSION_SENSORS,
)


async def async_setup_entry(
    hass: HomeAssistant, entry: RetroStepConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Set up the sensors of a walker."""
    coordinator, registry = entry.runtime_data, er.async_get(hass)
    there = [description for description in SENSORS if description.exists_fn(coordinator.data)]
    for description in SENSORS:
        unique_id = f"{entry.entry_id}_{description.key}"
        entity_id = registry.async_get_entity_id(Platform.SENSOR, DOMAIN, unique_id)
        if entity_id and description not in there:
            registry.async_remove(entity_id)
    async_add_entities(WalkerSensor(coordinator, description) for description in there)


class WalkerSensor(WalkerEntity, SensorEntity):
    """A number or a time of a walker."""

    _platform = Platform.SENSOR
    entity_description: WalkerSensorEntityDescription

    @override
    async def async_added_to_hass(self) -> None:
        """Begin to follow the units of the house, as goals do."""
        await super().async_added_to_hass()
        self._async_take_units_of_the_house()
        self.async_on_remove(
            self.hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, self._async_take_units_of_the_house)
        )

    @callback
    def _async_take_units_of_the_house(self, event: Event | None = None) -> None:
        """Show what Home Assistant would show of a new sensor; a unit that a person chose stays.

        Home Assistant decides once, when it first sees a sensor: goals would change to feet, distances not.
        """
        if self.registry_entry is None:
            return
        usual = (self.get_initial_entity_options() or {}).get(UNIT_OPTIONS)
        if self.registry_entry.options.get(UNIT_OPTIONS) != usual:
            er.async_get(self.hass).async_update_entity_options(self.entity_id, UNIT_OPTIONS, usual)

    @property
    @override
    def shown(self) -> Hashable:
        """The value with its unit, the day or week it belongs to, and what is told besides."""
        value: Hashable = self.native_value
        description = self.entity_description
        if description.step and isinstance(value, int):
            value = (value // description.step, self.urgent)
        return value, self.native_unit_of_measurement, self.last_reset, self.extra_state_attributes

    @property
    @override
    def urgent(self) -> Hashable:
        """What ends a pause when it changes."""
        urgent_fn = self.entity_description.urgent_fn
        return urgent_fn(self.coordinator.data) if urgent_fn else None

    @property
    @override
    def native_value(self) -> int | float | str | datetime | None:
        """Return the value."""
        value = self.entity_description.value_fn(self.coordinator.data)
        return NONE_YET if value is None and self.entity_description.none_yet else value

    @property
    @override
    def device_class(self) -> SensorDeviceClass | None:
        """Return what kind of value it is; that there is none yet is a word, whatever will come."""
        return None if self.native_value == NONE_YET else self.entity_description.device_class

    @property
    @override
    def native_unit_of_measurement(self) -> str | None:
        """Return the unit, which may change with what is shown."""
        unit_fn = self.entity_description.unit_fn
        return unit_fn(self.hass, self.coordinator.data) if unit_fn else super().native_unit_of_measurement

    @property
    @override
    def last_reset(self) -> datetime | None:
        """Return the start of the walker's day or week for what begins anew with it."""
        since_fn = self.entity_description.since_fn
        return since_fn(self.coordinator.data) if since_fn else None

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """Return what is told besides the value."""
        attributes_fn = self.entity_description.attributes_fn
        return attributes_fn(self.coordinator.data) if attributes_fn else None
