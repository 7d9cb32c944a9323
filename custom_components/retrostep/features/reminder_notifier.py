"""Brings reminders to phones and other notify targets, and takes what is pressed on a phone.

Phones with the companion app get buttons and have the notification removed when the reminder is over;
other notify entities get the text. What can't be reached never holds up a reminder.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final, Protocol

import voluptuous as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.components.notify.const import ATTR_DATA, ATTR_MESSAGE, ATTR_TITLE, SERVICE_SEND_MESSAGE
from homeassistant.components.notify.const import DOMAIN as NOTIFY_DOMAIN
from homeassistant.const import ATTR_ENTITY_ID, STATE_UNAVAILABLE
from homeassistant.core import Event, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util

from ..const import DOMAIN, MOBILE_APP_DOMAIN, SECTION_REMINDERS
from ..core.sitting.models import ReminderEvent, SittingView
from ..core.sitting.settings import ReminderSettings
from ..walker import async_may
from .events import REMINDER, FeatureEvent
from .host import Host
from .phones import async_phone_action, async_phone_entity, async_phone_user
from .surroundings import async_to_entity_id

_LOGGER = logging.getLogger(__name__)

# What the companion app fires when a button of a notification is pressed, and what removes one.
EVENT_PHONE_ACTION: Final = "mobile_app_notification_action"
CLEAR_NOTIFICATION: Final = "clear_notification"

TEXTS: Final = "common"
TITLE: Final = "reminder_title"
MESSAGES: Final = tuple(f"reminder_{number}" for number in range(1, 8))
AGAIN: Final = tuple(f"reminder_again_{number}" for number in range(1, 4))
BACKWARD: Final = "reminder_backward"
SNOOZE: Final = "reminder_snooze"
DONE: Final = "reminder_done"
# Home Assistant's translations know no plural.
MINUTE: Final = "time_minute"
MINUTES: Final = "time_minutes"

# Push services give up after 10 s; this only guards against one that never ends.
SEND_TIMEOUT_S: Final = 30

# What a target that can't be reached raises: Home Assistant refuses, or the connection fails.
# Anything else is a fault of a program, and is told as one.
EXPECTED_FAILURES: Final = (HomeAssistantError, vol.Invalid, OSError)

SHOWN: Final = frozenset({ReminderEvent.DUE, ReminderEvent.REPEATED})


class Reminding(Protocol):
    """What is known of a walker's reminders, and what a button of a notification does."""

    chosen: ReminderSettings
    view: SittingView

    def async_snooze(self) -> None:
        """Remind later."""

    def async_done(self) -> None:
        """Take the walker's word for having got up."""


class Notifier:
    """Notifies the chosen targets of what becomes of a walker's reminder."""

    def __init__(self, host: Host, reminders: Reminding) -> None:
        """Prepare to notify."""
        self._host = host
        self._reminders = reminders
        self._hass = host.hass
        self._entry = host.config_entry
        self._tag = f"{DOMAIN}_{SECTION_REMINDERS}_{self._entry.entry_id}"
        self._failed: set[str] = set()
        # One after the other: a notification must not arrive after it was removed.
        self._turn = asyncio.Lock()

    @callback
    def async_start(self) -> None:
        """Notify, and hear what is pressed, until the walker is unloaded."""
        unload = self._entry.async_on_unload
        unload(self._host.events.async_subscribe(REMINDER, self._async_happened))
        unload(self._hass.bus.async_listen(EVENT_PHONE_ACTION, self._async_pressed))

    @callback
    def _async_pressed(self, event: Event[dict[str, Any]]) -> None:
        for name, press in ((SNOOZE, self._reminders.async_snooze), (DONE, self._reminders.async_done)):
            if event.data.get("action") == f"{self._tag}_{name}":
                self._entry.async_create_background_task(
                    self._hass, self._async_press(event.context.user_id, press), f"RetroStep button {name}"
                )

    async def _async_press(self, user_id: str | None, press: Callable[[], None]) -> None:
        """Do what a button says, for those who are notified and those who may control the walker.

        Any phone that is signed in can say that it was pressed.
        """
        if user_id and user_id not in {async_phone_user(self._hass, phone) for phone in self._phones()}:
            user = await self._hass.auth.async_get_user(user_id)
            if user is None or not async_may(self._hass, user, self._entry, POLICY_CONTROL):
                _LOGGER.warning("A button of a reminder of %s was not theirs to press", self._entry.title)
                return
        press()

    @callback
    def _async_happened(self, event: FeatureEvent) -> None:
        phones, entities = self._targets()
        if not phones and not entities:
            return
        kind = ReminderEvent(event.event_type)
        self._entry.async_create_background_task(
            self._hass, self._async_notify(kind, phones, entities), f"RetroStep reminder {kind}"
        )

    async def _async_notify(self, kind: ReminderEvent, phones: list[str], entities: list[str]) -> None:
        async with self._turn:
            if kind in SHOWN:
                await self._async_show(kind, phones, entities)
            else:
                await self._async_clear(phones)

    # Who is told

    def _targets(self) -> tuple[list[str], list[str]]:
        """Give the companion apps' notify actions and the other notify entities that are there now."""
        entities = [entity_id for entity_id in self._chosen_entities() if not self._phone_of(entity_id)]
        actions = []
        for device_id in self._phones():
            if action := async_phone_action(self._hass, device_id):
                actions.append(action)
            elif entity_id := async_phone_entity(self._hass, device_id):
                # No action of its own, as another phone of the same name has it: without buttons.
                entities.append(entity_id)
        return actions, entities

    def _phones(self) -> list[str]:
        """Give the device ids of the phones that are notified, by whichever way they were chosen."""
        # By its notify entity it is the same phone, but its action knows buttons.
        by_entity = (self._phone_of(entity_id) for entity_id in self._chosen_entities())
        return list(dict.fromkeys([*self._reminders.chosen.phones, *filter(None, by_entity)]))

    def _chosen_entities(self) -> list[str]:
        kept = (async_to_entity_id(self._hass, one) for one in self._reminders.chosen.notify)
        return [entity_id for entity_id in kept if entity_id is not None]

    def _phone_of(self, entity_id: str) -> str | None:
        entry = er.async_get(self._hass).async_get(entity_id)
        return entry.device_id if entry and entry.platform == MOBILE_APP_DOMAIN else None

    # What they are told

    async def _async_show(self, kind: ReminderEvent, phones: list[str], entities: list[str]) -> None:
        title, message, snooze, done = await self._async_texts(kind)
        buttons = [
            {"action": f"{self._tag}_{SNOOZE}", "title": snooze},
            {"action": f"{self._tag}_{DONE}", "title": done},
        ]
        data = {"tag": self._tag, "group": DOMAIN, "actions": buttons}
        await self._async_send(
            [(phone, {ATTR_TITLE: title, ATTR_MESSAGE: message, ATTR_DATA: data}) for phone in phones],
            [(entity_id, {ATTR_TITLE: title, ATTR_MESSAGE: message}) for entity_id in entities],
        )

    async def _async_clear(self, phones: list[str]) -> None:
        data = {ATTR_MESSAGE: CLEAR_NOTIFICATION, ATTR_DATA: {"tag": self._tag}}
        await self._async_send([(phone, data) for phone in phones], [])

    async def _async_send(
        self, phones: list[tuple[str, dict[str, Any]]], entities: list[tuple[str, dict[str, Any]]]
    ) -> None:
        """Send to all targets at once: none waits for another, and none is left out because of another.

        Raises ExceptionGroup with what no target may raise, after all were told.
        """
        sent = await asyncio.gather(
            *(self._async_send_to(phone, phone, data) for phone, data in phones),
            *(
                self._async_send_to(entity_id, SERVICE_SEND_MESSAGE, {ATTR_ENTITY_ID: entity_id, **data})
                for entity_id, data in entities
            ),
            return_exceptions=True,
        )
        if faults := [fault for fault in sent if isinstance(fault, Exception)]:
            raise ExceptionGroup(f"Reminder of {self._entry.title}", faults)

    async def _async_send_to(self, target: str, action: str, data: dict[str, Any]) -> None:
        """Send to one target; say once that it can't be reached, and once that it can again."""
        failure: str | None = None
        state = self._hass.states.get(target)
        if state and state.state == STATE_UNAVAILABLE:
            # Home Assistant would leave it out without a word.
            failure = STATE_UNAVAILABLE
        else:
            try:
                async with asyncio.timeout(SEND_TIMEOUT_S):
                    await self._hass.services.async_call(NOTIFY_DOMAIN, action, data, blocking=True)
            except EXPECTED_FAILURES as err:
                failure = str(err) or type(err).__name__
        if failure is None and target in self._failed:
            self._failed.discard(target)
            _LOGGER.info("Reminders of %s reach %s again", self._entry.title, target)
        elif failure is not None and target not in self._failed:
            self._failed.add(target)
            _LOGGER.warning("The reminder of %s did not reach %s: %s", self._entry.title, target, failure)

    async def _async_texts(self, kind: ReminderEvent) -> tuple[str, str, str, str]:
        """Give title, message and the names of the buttons in Home Assistant's language."""
        texts = await async_get_translations(self._hass, self._hass.config.language, TEXTS, {DOMAIN})
        view, chosen = self._reminders.view, self._reminders.chosen
        keys = MESSAGES if kind is ReminderEvent.DUE else AGAIN
        # Varied, and the same all over a day's tries: no two in a row are alike.
        number = dt_util.utcnow().toordinal() + view.breaks_today + view.reminders_given
        message = texts[_key(keys[number % len(keys)])]
        if chosen.sitting.backward_only:
            message = f"{message} {texts[_key(BACKWARD)]}"
        minutes = view.sitting_min or 0
        time = texts[_key(MINUTE if minutes == 1 else MINUTES)].format(minutes=minutes)
        filled = message.format(time=time, steps=chosen.sitting.backward_steps)
        snooze = texts[_key(SNOOZE)].format(minutes=int(chosen.snooze.total_seconds() // 60))
        return texts[_key(TITLE)], filled, snooze, texts[_key(DONE)]


def _key(name: str) -> str:
    return f"component.{DOMAIN}.{TEXTS}.{name}"
