"""What all entities of a walker share, and which of them a trigger or a condition means."""

from abc import abstractmethod
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, override

from homeassistant.const import Platform
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import WalkerCoordinator

# Of all entities only the steps of today follow every stride; this keeps the recorder small.
CALM_S = 10


@dataclass(frozen=True, kw_only=True)
class WalkerEntityDescription(EntityDescription):
    """Describes an entity of a walker; it changes at most once in `pause_s` seconds."""

    pause_s: int = CALM_S


class WalkerEntity(CoordinatorEntity[WalkerCoordinator]):
    """Shows one thing of a walker: at once after a pause, else when the pause is over."""

    _attr_has_entity_name = True
    _platform: ClassVar[Platform]
    entity_description: WalkerEntityDescription

    def __init__(self, coordinator: WalkerCoordinator, description: WalkerEntityDescription) -> None:
        super().__init__(coordinator)
        entry = coordinator.config_entry
        self.entity_description = description
        self.entity_id = f"{self._platform}.{coordinator.slug}_{description.key}"
        self._attr_unique_id = f"{entry.entry_id}_{description.key}"
        self._attr_translation_key = description.key
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, entry.entry_id)},
            name=entry.title,
            manufacturer="RetroStep",
            model="Walker",
            entry_type=DeviceEntryType.SERVICE,
        )
        self._written: Hashable = None
        self._written_urgent: Hashable = None
        self._end_pause: CALLBACK_TYPE | None = None

    @property
    @abstractmethod
    def shown(self) -> Hashable:
        """Everything whose change makes a new state."""

    @property
    def urgent(self) -> Hashable:
        """Everything whose change is shown at once, whatever pause there is."""
        return None

    @property
    @override
    def available(self) -> bool:
        """The ledger is always there, whether a pod is in reach or not."""
        return True

    @override
    async def async_added_to_hass(self) -> None:
        """Remember what is written first."""
        await super().async_added_to_hass()
        self._written, self._written_urgent = self.shown, self.urgent

    @override
    async def async_will_remove_from_hass(self) -> None:
        """End the pause."""
        await super().async_will_remove_from_hass()
        if self._end_pause:
            self._end_pause()

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        if self.shown == self._written:
            return
        if self._end_pause:
            if self.urgent == self._written_urgent:
                return
            self._end_pause()
        self._written, self._written_urgent = self.shown, self.urgent
        self.async_write_ha_state()
        if pause_s := self.entity_description.pause_s:
            self._end_pause = async_call_later(self.hass, pause_s, self._async_pause_over)

    @callback
    def _async_pause_over(self, now: datetime) -> None:
        self._end_pause = None
        self._handle_coordinator_update()


@callback
def async_with_key(hass: HomeAssistant, entities: Iterable[str], key: str) -> set[str]:
    """Keep the walkers' entities of one kind, whatever they were renamed to."""
    registry = er.async_get(hass)
    return {
        entity_id
        for entity_id in entities
        if (entry := registry.async_get(entity_id))
        and entry.platform == DOMAIN
        and entry.translation_key == key
    }
