"""What the card and the dashboard show beyond entity states, pushed to whoever subscribed."""

from datetime import datetime
from typing import Any

import voluptuous as vol
from homeassistant.components.websocket_api import async_register_command
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.decorators import websocket_command
from homeassistant.config_entries import SIGNAL_CONFIG_ENTRY_CHANGED
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_call_later

from ..const import DOMAIN
from ..walker import async_walker_entries
from .view import walker_view

COMMAND_SUBSCRIBE = f"{DOMAIN}/subscribe"

# Steps of now come with the entities; hours and days of the card need not follow every stride.
PAUSE_S = 5


@callback
def async_setup_websocket(hass: HomeAssistant) -> None:
    """Register the command."""
    async_register_command(hass, _subscribe)


@callback
@websocket_command({vol.Required("type"): COMMAND_SUBSCRIBE})
def _subscribe(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Publish all walkers the user may see, now and whenever something changes."""
    subscription = Subscription(hass, connection, msg["id"])
    connection.subscriptions[msg["id"]] = subscription.async_stop
    connection.send_result(msg["id"])
    subscription.async_start()


class Subscription:
    """Publishes all walkers to one subscriber: sends `{"walkers": [walker_view, …]}` when it changed."""

    def __init__(self, hass: HomeAssistant, connection: ActiveConnection, message_id: int) -> None:
        self._hass = hass
        self._connection = connection
        self._id = message_id
        self._sent: object = None
        self._end_pause: CALLBACK_TYPE | None = None
        self._waiting = False
        self._unsubscribe: list[CALLBACK_TYPE] = []
        self._unsubscribe_walkers: list[CALLBACK_TYPE] = []

    @callback
    def async_start(self) -> None:
        """Send what is known, and from now on what changes."""
        bus = self._hass.bus
        self._unsubscribe = [
            async_dispatcher_connect(self._hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._async_entry_changed),
            bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, self._async_changed),
            bus.async_listen(dr.EVENT_DEVICE_REGISTRY_UPDATED, self._async_changed),
        ]
        self._async_subscribe_walkers()
        self._async_send()

    @callback
    def async_stop(self) -> None:
        """End it."""
        for stop in (*self._unsubscribe, *self._unsubscribe_walkers):
            stop()
        if self._end_pause:
            self._end_pause()

    @callback
    def _async_subscribe_walkers(self) -> None:
        """Hear of the walkers that are loaded now."""
        for stop in self._unsubscribe_walkers:
            stop()
        self._unsubscribe_walkers = [
            entry.runtime_data.async_add_listener(self._async_changed)
            for entry in self._hass.config_entries.async_loaded_entries(DOMAIN)
        ]

    @callback
    def _async_entry_changed(self, change: object, entry: Any) -> None:
        if entry.domain == DOMAIN:
            self._async_subscribe_walkers()
            self._async_changed()

    @callback
    def _async_changed(self, event: object = None) -> None:
        """Send at once, or when the pause after the last message is over."""
        if self._end_pause:
            self._waiting = True
            return
        self._end_pause = async_call_later(self._hass, PAUSE_S, self._async_pause_over)
        self._async_send()

    @callback
    def _async_pause_over(self, now: datetime) -> None:
        self._end_pause = None
        if self._waiting:
            self._waiting = False
            self._async_changed()

    @callback
    def _async_send(self) -> None:
        """Send what the user may see, unless it is what was sent last."""
        views = (
            walker_view(self._hass, entry, self._connection.user)
            for entry in async_walker_entries(self._hass)
        )
        message = {"walkers": [view for view in views if view is not None]}
        if message != self._sent:
            self._sent = message
            self._connection.send_event(self._id, message)
