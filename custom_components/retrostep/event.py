"""What happened to a walker, as events to automate with."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import RetroStepConfigEntry
from .core.goals.activity import ActivityKind
from .core.guided_sessions.result import EventKind
from .core.sitting.models import ReminderEvent
from .entity import WalkerEntity, WalkerEntityDescription
from .features.events import ACTIVITY, GUIDED_SESSION, REMINDER, FeatureEvent

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class WalkerEventEntityDescription(WalkerEntityDescription, EventEntityDescription):
    """Describes events of a walker; the events with its key are its events."""

    event_types: list[str]


EVENTS: tuple[WalkerEventEntityDescription, ...] = (
    WalkerEventEntityDescription(key=ACTIVITY, event_types=[str(kind) for kind in ActivityKind]),
    WalkerEventEntityDescription(key=REMINDER, event_types=[str(event) for event in ReminderEvent]),
    WalkerEventEntityDescription(
        key=GUIDED_SESSION,
        entity_registry_enabled_default=False,
        event_types=[str(kind) for kind in EventKind],
    ),
)


async def async_setup_entry(
    hass: HomeAssistant, entry: RetroStepConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Set up the events of a walker."""
    async_add_entities(WalkerEvent(entry.runtime_data, description) for description in EVENTS)


class WalkerEvent(WalkerEntity, EventEntity):
    """Shows each event at once."""

    _platform = Platform.EVENT
    entity_description: WalkerEventEntityDescription

    @property
    @override
    def shown(self) -> Hashable:
        """Nothing the walker's data hold: events are told by themselves."""
        return None

    @override
    async def async_added_to_hass(self) -> None:
        """Begin to listen."""
        await super().async_added_to_hass()
        self.async_on_remove(
            self.coordinator.events.async_subscribe(self.entity_description.key, self._async_happened)
        )

    @callback
    def _async_happened(self, event: FeatureEvent) -> None:
        self._trigger_event(event.event_type, dict(event.attributes))
        self.async_write_ha_state()
