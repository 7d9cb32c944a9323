"""Settings of a walker that are on or off."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import RetroStepConfigEntry, WalkerCoordinator, WalkerData
from .entity import WalkerEntity, WalkerEntityDescription

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class WalkerSwitchEntityDescription(WalkerEntityDescription, SwitchEntityDescription):
    """Describes a switch; `set_fn` changes the setting behind it."""

    value_fn: Callable[[WalkerData], bool | None]
    set_fn: Callable[[WalkerCoordinator, bool], None]
    pause_s: int = 0


SWITCHES: tuple[WalkerSwitchEntityDescription, ...] = (
    WalkerSwitchEntityDescription(
        key="plan_paused",
        entity_category=EntityCategory.CONFIG,
        value_fn=lambda data: data.goal.settings.paused,
        set_fn=lambda walker, on: walker.goals.async_change_settings(paused=on),
    ),
    WalkerSwitchEntityDescription(
        key="reminders",
        entity_category=EntityCategory.CONFIG,
        value_fn=lambda data: data.sitting.enabled,
        set_fn=lambda walker, on: walker.reminders.async_change_settings(enabled=on),
    ),
)


async def async_setup_entry(
    hass: HomeAssistant, entry: RetroStepConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Set up the switches of a walker."""
    async_add_entities(WalkerSwitch(entry.runtime_data, description) for description in SWITCHES)


class WalkerSwitch(WalkerEntity, SwitchEntity):
    """Something the person may switch on and off."""

    _platform = Platform.SWITCH
    entity_description: WalkerSwitchEntityDescription

    @property
    @override
    def shown(self) -> Hashable:
        """On or off."""
        return self.is_on

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether it is on."""
        return self.entity_description.value_fn(self.coordinator.data)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Switch it on."""
        self.entity_description.set_fn(self.coordinator, True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch it off."""
        self.entity_description.set_fn(self.coordinator, False)
