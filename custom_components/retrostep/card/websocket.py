"""What the card and the dashboard show beyond entity states, pushed to whoever subscribed."""

from datetime import datetime
from typing import Any

import voluptuous as vol
from homeassistant.auth.models import User
from homeassistant.components.websocket_api import async_register_command
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.decorators import websocket_command
from homeassistant.components.websocket_api.messages import construct_event_message
from homeassistant.config_entries import SIGNAL_CONFIG_ENTRY_CHANGED
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.json import json_bytes
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..walker import async_walker_entries
from .view import walker_view

COMMAND_SUBSCRIBE = f"{DOMAIN}/subscribe"

# Steps of now come with the entities; hours and days of the card need not follow every stride.
PAUSE_S = 5

# What is published to whom, by the id of the user.
FEEDS: HassKey[dict[str, Feed]] = HassKey(f"{DOMAIN}_feeds")


@callback
def async_setup_websocket(hass: HomeAssistant) -> None:
    """Register the command."""
    async_register_command(hass, _subscribe)


@callback
@websocket_command({vol.Required("type"): COMMAND_SUBSCRIBE})
def _subscribe(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Publish all walkers the user may see, now and whenever something changes."""
    feeds = hass.data.setdefault(FEEDS, {})
    if (feed := feeds.get(connection.user.id)) is None:
        feed = feeds[connection.user.id] = Feed(hass, connection.user)
    connection.subscriptions[msg["id"]] = feed.async_subscribe(connection, msg["id"])
    connection.send_result(msg["id"])
    feed.async_show(connection, msg["id"])


class Feed:
    """Publishes all walkers to the subscribers of one user: `{"walkers": [walker_view, …]}` when it changed.

    However many subscribers there are, in one browser or in several, what they see is put together once.
    """

    def __init__(self, hass: HomeAssistant, user: User) -> None:
        self._hass = hass
        self._user = user
        self._subscribers: set[tuple[ActiveConnection, int]] = set()
        self._sent: bytes | None = None
        self._end_pause: CALLBACK_TYPE | None = None
        self._waiting = False
        self._unsubscribe: list[CALLBACK_TYPE] = []
        self._unsubscribe_walkers: list[CALLBACK_TYPE] = []

    @callback
    def async_subscribe(self, connection: ActiveConnection, message_id: int) -> CALLBACK_TYPE:
        """Publish to one more subscriber; gives what ends it."""
        if not self._subscribers:
            self._async_start()
        subscriber = (connection, message_id)
        self._subscribers.add(subscriber)

        @callback
        def unsubscribe() -> None:
            self._subscribers.discard(subscriber)
            if not self._subscribers:
                self._async_stop()

        return unsubscribe

    @callback
    def async_show(self, connection: ActiveConnection, message_id: int) -> None:
        """Send what is known now to a new subscriber, and to all others if it is new."""
        if self._sent is None or self._waiting or not self._end_pause:
            self._waiting = False
            self._async_send(but=(connection, message_id))
        assert self._sent
        connection.send_message(construct_event_message(message_id, self._sent))

    @callback
    def _async_start(self) -> None:
        """Hear of what changes."""
        bus = self._hass.bus
        self._unsubscribe = [
            async_dispatcher_connect(self._hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._async_entry_changed),
            bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, self._async_changed),
            bus.async_listen(dr.EVENT_DEVICE_REGISTRY_UPDATED, self._async_changed),
        ]
        self._async_subscribe_walkers()

    @callback
    def _async_stop(self) -> None:
        """Hear of nothing any more; the next subscriber begins anew."""
        self._hass.data[FEEDS].pop(self._user.id, None)
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
    def _async_send(self, but: tuple[ActiveConnection, int] | None = None) -> None:
        """Send what the user may see to all `but` one, unless it is what was sent last."""
        views = (walker_view(self._hass, entry, self._user) for entry in async_walker_entries(self._hass))
        message = json_bytes({"walkers": [view for view in views if view is not None]})
        if message == self._sent:
            return
        self._sent = message
        for connection, message_id in self._subscribers:
            if (connection, message_id) != but:
                connection.send_message(construct_event_message(message_id, message))
