"""Shows a guided session on the walker's phones while it goes on.

Phones with the companion app get a live notification with a bar and a clock, which replaces itself and is
removed at the end; older apps show the same as a notification. Other notify entities can neither replace nor
remove a text, so they get one when the session starts.
"""

import asyncio
from typing import Any, Final

from homeassistant.components.notify.const import ATTR_DATA, ATTR_MESSAGE, ATTR_TITLE, SERVICE_SEND_MESSAGE
from homeassistant.components.notify.const import DOMAIN as NOTIFY_DOMAIN
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations

from ..const import DOMAIN, SECTION_REMINDERS
from ..core.goals.goal import Goal, GoalKind
from ..core.guided_sessions.live import LiveView, Shown
from ..core.guided_sessions.result import SessionMoment
from ..core.guided_sessions.routine import Unit
from ..core.sitting.settings import ReminderSettings
from ..walker import async_settings
from .calls import Unreached, async_call_failure
from .goal_texts import async_amount, async_common
from .host import Host
from .reminder_notifier import CLEAR_NOTIFICATION
from .reminder_targets import Target, async_targets

TITLE: Final = "live_title"
STAGE: Final = "live_stage"
PART: Final = "live_part"
# What nobody removed goes away by itself, where the app can do that.
TIMEOUT_S: Final = 30 * 60
ICON: Final = "mdi:walk"


class LiveNotification:
    """Sends what phones show, one thing after the other: none may arrive after it was removed."""

    def __init__(self, host: Host) -> None:
        """Prepare to show sessions on the phones that get the reminders."""
        self._host = host
        self._hass: HomeAssistant = host.hass
        self._entry = host.config_entry
        self._tag = f"{DOMAIN}_session_{self._entry.entry_id}"
        self._live = LiveView()
        self._unreached = Unreached(f"The session of {self._entry.title}")
        self._turn = asyncio.Lock()

    @callback
    def async_take(self, moment: SessionMoment) -> None:
        """Send what is new, or remove it when the session is over."""
        if not moment.view.active:
            self._async_clear()
            return
        if self._turn.locked():
            # A phone that is slow gets the newest when it is done with the last.
            return
        is_first = not self._live.is_shown
        if shown := self._live.take(moment):
            self._entry.async_create_background_task(
                self._hass, self._async_show(shown, is_first=is_first), "RetroStep live notification"
            )

    @callback
    def async_clock_jumped(self, by_s: float) -> None:
        """Go on as if the clock had not been set."""
        self._live.clock_jumped(by_s)

    @callback
    def async_end(self) -> None:
        """Remove what is shown."""
        self._async_clear()

    @callback
    def _async_clear(self) -> None:
        if self._live.is_shown:
            self._live.clear()
            # Not of the entry: its tasks end with it.
            self._hass.async_create_background_task(self._async_remove(), "RetroStep live notification")

    # What is sent

    async def _async_show(self, shown: Shown, *, is_first: bool) -> None:
        async with self._turn:
            if not self._live.is_shown:
                return
            text = {ATTR_TITLE: async_common(self._hass, TITLE), ATTR_MESSAGE: self._message(shown)}
            phones = {**text, ATTR_DATA: self._data(shown)}
            await self._async_send(text if is_first else None, phones)

    async def _async_remove(self) -> None:
        async with self._turn:
            await self._async_send(None, {ATTR_MESSAGE: CLEAR_NOTIFICATION, ATTR_DATA: {"tag": self._tag}})

    async def _async_send(self, others: dict[str, Any] | None, phones: dict[str, Any]) -> None:
        """Send to all phones at once, and to other notify entities if there is something for them."""
        settings = ReminderSettings.of(async_settings(self._entry, SECTION_REMINDERS))
        await asyncio.gather(
            *(
                self._async_send_to(target, phones if target.is_phone else others)
                for target in async_targets(self._host, settings)
                if target.is_phone or others
            )
        )

    async def _async_send_to(self, target: Target, data: dict[str, Any] | None) -> None:
        action, told = (
            (target.address, {**(data or {})})
            if target.is_phone
            else (SERVICE_SEND_MESSAGE, {ATTR_ENTITY_ID: target.address, **(data or {})})
        )
        failure = await async_call_failure(self._hass, target.address, NOTIFY_DOMAIN, action, told)
        self._unreached.note(target.address, failure)

    def _data(self, shown: Shown) -> dict[str, Any]:
        """Give what the companion app draws: a bar of the whole session, a clock of the stage."""
        clock = {"chronometer": True, "when": shown.ends_at} if shown.ends_at is not None else {}
        return {
            "tag": self._tag,
            "live_update": True,
            "alert_once": True,
            "progress": shown.progress,
            "progress_max": 100,
            "critical_text": f"{shown.progress}%",
            "notification_icon": ICON,
            "timeout": TIMEOUT_S,
            # An older app shows it as a notification, which need not make a sound each time.
            "push": {"interruption-level": "passive"},
            **clock,
        }

    def _message(self, shown: Shown) -> str:
        texts = async_get_cached_translations(self._hass, self._hass.config.language, "entity", DOMAIN)
        place = f"component.{DOMAIN}.entity.sensor.guided_session_stage"
        stage = async_common(self._hass, STAGE).format(
            stage=texts.get(f"{place}.state.{shown.stage}", shown.stage), number=shown.number, of=shown.of
        )
        if shown.waiting:
            why = texts.get(f"{place}.state_attributes.waiting.state.{shown.waiting}", shown.waiting)
            return f"{stage}: {why}"
        if shown.unit == Unit.SECONDS and shown.ends_at is not None:
            return stage
        return f"{stage}: {self._part(shown)}"

    def _part(self, shown: Shown) -> str:
        """Write how much of a stage is done: "12 of 60 steps", "0:45 of 2:00"."""
        if shown.unit == Unit.SECONDS:
            done, target = (f"{s // 60}:{s % 60:02}" for s in (shown.done, shown.target))
        else:
            kind = GoalKind.STEPS if shown.unit == Unit.STEPS else GoalKind.METRES
            target = async_amount(self._hass, Goal(kind, shown.target))
            done = (
                async_amount(self._hass, Goal(kind, shown.done))
                if kind is GoalKind.METRES
                else str(shown.done)
            )
        return async_common(self._hass, PART).format(value=done, goal=target)
