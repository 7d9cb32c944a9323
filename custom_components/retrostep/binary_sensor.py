"""What a walker is doing right now."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import RetroStepConfigEntry, WalkerData
from .entity import WalkerEntity, WalkerEntityDescription

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class WalkerBinarySensorEntityDescription(WalkerEntityDescription, BinarySensorEntityDescription):
    """Describes a binary sensor of a walker."""

    value_fn: Callable[[WalkerData], bool | None]


BINARY_SENSORS: tuple[WalkerBinarySensorEntityDescription, ...] = (
    WalkerBinarySensorEntityDescription(
        key="walking_backward",
        entity_category=EntityCategory.DIAGNOSTIC,
        device_class=BinarySensorDeviceClass.MOVING,
        value_fn=lambda data: data.walking_backward,
    ),
    WalkerBinarySensorEntityDescription(
        key="goal_reached",
        value_fn=lambda data: data.goal.met,
    ),
    WalkerBinarySensorEntityDescription(
        key="worn",
        value_fn=lambda data: data.worn,
    ),
    WalkerBinarySensorEntityDescription(
        key="guided_session",
        entity_registry_enabled_default=False,
        entity_category=EntityCategory.DIAGNOSTIC,
        device_class=BinarySensorDeviceClass.RUNNING,
        pause_s=0,
        value_fn=lambda data: data.guided_session.active,
    ),
    WalkerBinarySensorEntityDescription(
        key="long_strides",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda data: data.last_session.long_strides if data.last_session else None,
    ),
    WalkerBinarySensorEntityDescription(
        key="sitting_too_long",
        entity_category=EntityCategory.DIAGNOSTIC,
        pause_s=1,
        value_fn=lambda data: data.sitting.too_long,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant, entry: RetroStepConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Set up the binary sensors of a walker."""
    async_add_entities(WalkerBinarySensor(entry.runtime_data, description) for description in BINARY_SENSORS)


class WalkerBinarySensor(WalkerEntity, BinarySensorEntity):
    """Something that is so or not; unknown while no pod of the walker tells."""

    _platform = Platform.BINARY_SENSOR
    entity_description: WalkerBinarySensorEntityDescription

    @property
    @override
    def shown(self) -> Hashable:
        """The state."""
        return self.is_on

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether it is so."""
        return self.entity_description.value_fn(self.coordinator.data)
