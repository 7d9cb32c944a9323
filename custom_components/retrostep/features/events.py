"""What happened to a walker, for event entities and whoever else wants to hear of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect, async_dispatcher_send
from homeassistant.util.signal_type import SignalType

from ..const import DOMAIN

# Keys of the event entities that events belong to.
ACTIVITY: Final = "activity"
REMINDER: Final = "reminder"
GUIDED_SESSION: Final = "guided_session"


@dataclass(frozen=True, slots=True)
class FeatureEvent:
    """Something that happened: the key of the event entity it belongs to, its type, what else is known."""

    key: str
    event_type: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


class Events:
    """Collects what happens and publishes it when the entities already show what follows from it.

    What is published while nobody listens is gone: features add nothing before they are started.
    Home Assistant's dispatcher hands events out: a listener that raises is logged and silences nobody.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Start with nothing that waits, for the walker of an entry."""
        self._hass = hass
        self._entry_id = entry_id
        self._waiting: list[FeatureEvent] = []

    @callback
    def async_subscribe(self, key: str, listener: Callable[[FeatureEvent], None]) -> CALLBACK_TYPE:
        """Have a callback hear of the events of a key; call what is returned to end it."""
        return async_dispatcher_connect(self._hass, self._signal(key), listener)

    @callback
    def async_add(self, key: str, event_type: str, **attributes: Any) -> None:
        """Note something; it is published with the next `async_publish`."""
        self._waiting.append(FeatureEvent(key, event_type, attributes))

    @callback
    def async_publish(self) -> None:
        """Publish what waits, in the order it happened."""
        waiting, self._waiting = self._waiting, []
        for event in waiting:
            self._send(event)

    @callback
    def async_publish_at_once(self, key: str, event_type: str, **attributes: Any) -> None:
        """Publish something that the entities show already; what waits for them goes on waiting."""
        self._send(FeatureEvent(key, event_type, attributes))

    def _send(self, event: FeatureEvent) -> None:
        async_dispatcher_send(self._hass, self._signal(event.key), event)

    def _signal(self, key: str) -> SignalType[FeatureEvent]:
        return SignalType(f"{DOMAIN}_{self._entry_id}_{key}")
