"""Brings reminders to phones and other notify targets, and takes what is pressed on a phone.

Phones with the companion app get buttons and have the notification removed when the reminder is over;
other notify entities get the text. Where there is neither, or none can be reached, the reminder is shown in
Home Assistant itself. What can't be reached never holds up a reminder.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.components import persistent_notification
from homeassistant.components.notify.const import ATTR_DATA, ATTR_MESSAGE, ATTR_TITLE, SERVICE_SEND_MESSAGE
from homeassistant.components.notify.const import DOMAIN as NOTIFY_DOMAIN
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import Event, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util

from ..const import DOMAIN, SECTION_REMINDERS
from ..core.markdown import as_text
from ..core.sitting.models import ReminderEvent, SittingView
from ..core.sitting.settings import ReminderSettings
from ..walker import async_may
from .calls import Unreached, async_call_failure
from .events import REMINDER, FeatureEvent
from .host import Host
from .phones import async_phone_user
from .reminder_targets import Target, async_phones, async_targets

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
TEST: Final = "reminder_test"
TEST_TITLE: Final = "reminder_test_title"
TEST_SENT: Final = "reminder_test_sent"
TEST_FAILED: Final = "reminder_test_failed"
NO_PHONE: Final = "reminder_no_phone"
# Where a phone is chosen.
SETTINGS_PAGE: Final = f"/config/integrations/integration/{DOMAIN}"

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
        self._unreached = Unreached(f"The reminder of {self._entry.title}")
        self._is_out = False
        # One after the other: a notification must not arrive after it was removed.
        self._turn = asyncio.Lock()

    @callback
    def async_start(self) -> None:
        """Notify, and hear what is pressed, until the walker is unloaded."""
        unload = self._entry.async_on_unload
        unload(self._host.events.async_subscribe(REMINDER, self._async_happened))
        unload(self._hass.bus.async_listen(EVENT_PHONE_ACTION, self._async_pressed))
        unload(self._async_clear_here)

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
        phones = async_phones(self._host, self._reminders.chosen)
        if user_id and user_id not in {async_phone_user(self._hass, phone) for phone in phones}:
            user = await self._hass.auth.async_get_user(user_id)
            if user is None or not async_may(self._hass, user, self._entry, POLICY_CONTROL):
                _LOGGER.warning("A button of a reminder of %s was not theirs to press", self._entry.title)
                return
        press()

    @callback
    def _async_happened(self, event: FeatureEvent) -> None:
        kind, chosen = ReminderEvent(event.event_type), self._reminders.chosen
        # What was shown is removed even if nothing is sent any more.
        if not chosen.send and (kind in SHOWN or not self._is_out):
            return
        self._is_out = kind in SHOWN
        targets = async_targets(self._host, chosen)
        self._entry.async_create_background_task(
            self._hass, self._async_notify(kind, targets), f"RetroStep reminder {kind}"
        )

    async def _async_notify(self, kind: ReminderEvent, targets: list[Target]) -> None:
        async with self._turn:
            if kind in SHOWN:
                await self._async_show(kind, targets)
            else:
                self._async_clear_here()
                await self._async_clear(targets)

    async def async_test(self) -> None:
        """Send a test to wherever reminders go, and say where that is.

        Raises ServiceValidationError if nothing shall be sent, HomeAssistantError with what wasn't reached.
        """
        if not self._reminders.chosen.send:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="reminders_not_sent")
        texts = await self._async_language()
        targets = async_targets(self._host, self._reminders.chosen)
        message = texts[_key(TEST)].format(walker=self._entry.title)
        data = {"tag": f"{self._tag}_test", "group": DOMAIN}
        async with self._turn:
            failed = await self._async_send(targets, texts[_key(TEST_TITLE)], message, data)
        sent = [target for target in targets if target not in failed]
        said = [
            texts[_key(key)].format(targets=_names(reached))
            for key, reached in ((TEST_SENT, sent), (TEST_FAILED, failed))
            if reached
        ]
        if not sent:
            said.append(self._no_phone(texts))
        self._async_show_here(texts[_key(TEST_TITLE)], "\n\n".join(said), f"{self._tag}_test")
        if failed:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="reminder_not_reached",
                translation_placeholders={"phone": ", ".join(target.name for target in failed)},
            )

    # What they are told

    async def _async_show(self, kind: ReminderEvent, targets: list[Target]) -> None:
        texts = await self._async_language()
        title, message, snooze, done = self._texts(kind, texts)
        buttons = [
            {"action": f"{self._tag}_{SNOOZE}", "title": snooze},
            {"action": f"{self._tag}_{DONE}", "title": done},
        ]
        data = {"tag": self._tag, "group": DOMAIN, "actions": buttons}
        failed = await self._async_send(targets, title, message, data)
        if len(failed) == len(targets):
            self._async_show_here(title, f"{message}\n\n{self._no_phone(texts)}", self._tag)
        else:
            self._async_clear_here()

    async def _async_clear(self, targets: list[Target]) -> None:
        phones = [target for target in targets if target.is_phone]
        await self._async_send(phones, None, CLEAR_NOTIFICATION, {"tag": self._tag})

    @callback
    def _async_show_here(self, title: str, message: str, notification_id: str) -> None:
        """Show it in Home Assistant; one that is there already is replaced."""
        title = f"{title} · {self._entry.title}"
        persistent_notification.async_create(self._hass, message, title, notification_id)

    @callback
    def _async_clear_here(self) -> None:
        persistent_notification.async_dismiss(self._hass, self._tag)

    async def _async_send(
        self, targets: list[Target], title: str | None, message: str, data: dict[str, Any]
    ) -> list[Target]:
        """Send to all targets at once: none waits for another, and none is left out because of another.

        `data` is what phones get besides. Gives the targets that were not reached. Raises ExceptionGroup
        with what no target may raise, after all were told.
        """
        text = {ATTR_MESSAGE: message, **({ATTR_TITLE: title} if title else {})}
        sent = await asyncio.gather(
            *(
                self._async_send_to(target.address, target.address, {**text, ATTR_DATA: data})
                if target.is_phone
                else self._async_send_to(
                    target.address, SERVICE_SEND_MESSAGE, {ATTR_ENTITY_ID: target.address, **text}
                )
                for target in targets
            ),
            return_exceptions=True,
        )
        if faults := [fault for fault in sent if isinstance(fault, Exception)]:
            raise ExceptionGroup(f"Reminder of {self._entry.title}", faults)
        return [target for target, reached in zip(targets, sent, strict=True) if not reached]

    async def _async_send_to(self, target: str, action: str, data: dict[str, Any]) -> bool:
        """Send to one target; returns whether it was reached.

        That it can't be reached is said once, and once that it can again.
        """
        failure = await async_call_failure(self._hass, target, NOTIFY_DOMAIN, action, data)
        self._unreached.note(target, failure)
        return failure is None

    async def _async_language(self) -> Mapping[str, str]:
        """Give the texts in Home Assistant's language."""
        return await async_get_translations(self._hass, self._hass.config.language, TEXTS, {DOMAIN})

    def _no_phone(self, texts: Mapping[str, str]) -> str:
        """Say that a reminder is shown here as it reaches no phone, and where to choose one."""
        return texts[_key(NO_PHONE)].format(walker=as_text(self._entry.title), url=SETTINGS_PAGE)

    def _texts(self, kind: ReminderEvent, texts: Mapping[str, str]) -> tuple[str, str, str, str]:
        """Give title, message and the names of the buttons."""
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


def _names(targets: list[Target]) -> str:
    return ", ".join(as_text(target.name) for target in targets)
