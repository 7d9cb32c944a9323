"""Says the cues of a guided session aloud: on a speaker, an Assist satellite, or the walker's phones.

A speaker that fails stops nothing and is named once: in the log, and in Home Assistant's notifications until
it can be reached again. Within the quiet hours of the reminders nothing is said.
"""

import asyncio
import logging
from datetime import datetime
from typing import Any, Final

from homeassistant.components import persistent_notification
from homeassistant.components.notify.const import ATTR_DATA, ATTR_MESSAGE
from homeassistant.components.notify.const import DOMAIN as NOTIFY_DOMAIN
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.translation import async_get_translations

from ..const import DOMAIN, SECTION_REMINDERS
from ..core.goals.goal import Goal, GoalKind
from ..core.guided_sessions.coaching import CoachSettings
from ..core.guided_sessions.cues import Cue, CueKind, CuePlan
from ..core.guided_sessions.path import Role
from ..core.guided_sessions.result import SessionMoment
from ..core.guided_sessions.routine import Direction, Unit
from ..core.markdown import as_text
from ..core.sitting.settings import ReminderSettings
from ..walker import async_settings
from .calls import Unreached, async_call_failure
from .companion import async_in_the_way
from .goal_texts import async_amount, async_common
from .host import Host
from .phones import async_phone_action, async_phone_maker
from .reminder_targets import async_phones
from .surroundings import async_to_entity_id

_LOGGER = logging.getLogger(__name__)

SATELLITE: Final = "assist_satellite"
TTS_DOMAIN: Final = "tts"
# What the companion app on Android takes for "say this".
PHONE_SAYS: Final = "TTS"
# The companion app of this maker's phones would show it as a text.
CAN_NOT_SPEAK: Final = "Apple"

NOT_FOUND: Final = "not found"
FAILED: Final = "cue_failed"
FAILED_TITLE: Final = "cue_failed_title"
DIRECTIONS: Final = {Direction.BACKWARD: "cue_backward", Direction.FORWARD: "cue_forward"}
SECONDS: Final = "time_seconds"
MINUTE: Final = "time_minute"
MINUTES: Final = "time_minutes"
# Texts of a cue by its reason, where it has several.
REASONS: Final = {
    CueKind.WAITING: ("stopped", "direction_backward", "direction_forward", "away"),
    CueKind.ENDED: ("user", "pause", "away"),
}


def text_key(kind: CueKind, reason: str | None = None) -> str:
    """Give the key of a cue's text."""
    return f"cue_{kind}_{reason}" if reason else f"cue_{kind}"


class SpokenCues:
    """Says what a session's plan of cues says."""

    def __init__(self, host: Host, chosen: CoachSettings) -> None:
        """Prepare to speak as the walker chose."""
        self._host = host
        self._hass: HomeAssistant = host.hass
        self._entry = host.config_entry
        self._chosen = chosen
        self._plan = CuePlan()
        self._unreached = Unreached(f"The cue of {self._entry.title}")
        self._later: CALLBACK_TYPE | None = None

    @callback
    def async_take(self, moment: SessionMoment) -> None:
        """Say what is due, now or when the last cue is over."""
        cue = self._plan.take(moment.events, moment.view, moment.now_s)
        if cue and not self._is_quiet():
            self._entry.async_create_background_task(
                self._hass, self._async_say(cue), f"RetroStep {cue.kind}"
            )
        self._async_forget_later()
        if (due_in := self._plan.due_in(moment.now_s)) is not None:
            # After its last moment a session has no seconds any more.
            self._later = async_call_later(self._hass, due_in, self._async_due(moment))

    @callback
    def async_clock_jumped(self, by_s: float) -> None:
        """Go on as if the clock had not been set."""
        self._plan.clock_jumped(by_s)

    @callback
    def async_end(self) -> None:
        """Say nothing any more."""
        self._async_forget_later()

    def _async_due(self, moment: SessionMoment) -> Any:
        @callback
        def due(now: datetime) -> None:
            self._later = None
            self.async_take(SessionMoment((), moment.view, self._host.now().timestamp()))

        return due

    @callback
    def _async_forget_later(self) -> None:
        if self._later:
            self._later()
            self._later = None

    def _is_quiet(self) -> bool:
        times = ReminderSettings.of(async_settings(self._entry, SECTION_REMINDERS)).times
        return times.is_quiet(self._host.now(), self._host.zone)

    # What is said

    async def _async_say(self, cue: Cue) -> None:
        language = self._chosen.language or self._hass.config.language
        await async_get_translations(self._hass, language, "common", {DOMAIN})
        text = self.text(cue)
        _LOGGER.debug("%s: %s", self._entry.title, text)
        if not (calls := self._calls(text)):
            self._async_note(self._chosen.speaker or PHONE_SAYS, NOT_FOUND)
        await asyncio.gather(*(self._async_call(*call) for call in calls))

    def text(self, cue: Cue) -> str:
        """Write a cue in the walker's language, which must have been loaded."""
        reason = cue.reason
        if cue.kind is CueKind.WAITING and reason == "direction":
            reason = f"direction_{cue.direction}"
        steps = Goal(GoalKind.STEPS, cue.steps)
        return self._common(text_key(cue.kind, reason)).format_map(
            {
                "stage": self._stage(cue) if cue.direction and cue.unit else "",
                "value": async_amount(self._hass, steps, self._chosen.language),
                "what": self._what(*cue.in_the_way) if cue.in_the_way else "",
            }
        )

    def _what(self, role: str, name: str) -> str:
        return async_in_the_way(self._hass, Role(role), name, self._chosen.language)

    def _stage(self, cue: Cue) -> str:
        assert cue.direction
        return self._common(DIRECTIONS[cue.direction]).format(value=self._amount(cue))

    def _amount(self, cue: Cue) -> str:
        match cue.unit:
            case Unit.STEPS:
                return async_amount(self._hass, Goal(GoalKind.STEPS, cue.target), self._chosen.language)
            case Unit.METRES:
                return async_amount(self._hass, Goal(GoalKind.METRES, cue.target), self._chosen.language)
            case _ if cue.target % 60:
                return self._common(SECONDS).format(value=round(cue.target))
            case _:
                minutes = round(cue.target / 60)
                return self._common(MINUTE if minutes == 1 else MINUTES).format(minutes=minutes)

    def _common(self, key: str) -> str:
        return async_common(self._hass, key, self._chosen.language)

    # Where it is said

    def _calls(self, text: str) -> list[tuple[str, str, str, dict[str, Any]]]:
        """Give target, domain, action and data of each call."""
        found: list[tuple[str, str, str, dict[str, Any]]] = []
        chosen = self._chosen
        if chosen.speaker and (speaker := async_to_entity_id(self._hass, chosen.speaker)):
            if speaker.startswith(f"{SATELLITE}."):
                data = {ATTR_ENTITY_ID: speaker, "message": text, "preannounce": False}
                found.append((speaker, SATELLITE, "announce", data))
            elif chosen.tts and (engine := async_to_entity_id(self._hass, chosen.tts)):
                data = {ATTR_ENTITY_ID: engine, "media_player_entity_id": speaker, "message": text}
                if chosen.language and chosen.language != self._hass.config.language:
                    data["language"] = chosen.language
                found.append((speaker, TTS_DOMAIN, "speak", data))
        if chosen.speak_on_phone:
            said = {ATTR_MESSAGE: PHONE_SAYS, ATTR_DATA: {"tts_text": text, "ttl": 0, "priority": "high"}}
            found += [(action, NOTIFY_DOMAIN, action, said) for action in self._phones()]
        return found

    def _phones(self) -> list[str]:
        settings = ReminderSettings.of(async_settings(self._entry, SECTION_REMINDERS))
        return [
            action
            for phone in async_phones(self._host, settings)
            if async_phone_maker(self._hass, phone) != CAN_NOT_SPEAK
            if (action := async_phone_action(self._hass, phone))
        ]

    async def _async_call(self, target: str, domain: str, action: str, data: dict[str, Any]) -> None:
        self._async_note(target, await async_call_failure(self._hass, target, domain, action, data))

    @callback
    def _async_note(self, target: str, failure: str | None) -> None:
        """Note whether a speaker was reached: that it wasn't is said once, and once that it was again."""
        notification = f"{DOMAIN}_{FAILED}_{self._entry.entry_id}"
        if not self._unreached.note(target, failure):
            return
        if failure is None:
            persistent_notification.async_dismiss(self._hass, notification)
        else:
            said = async_common(self._hass, FAILED).format(
                name=as_text(self._name(target)), error=as_text(failure)
            )
            title = async_common(self._hass, FAILED_TITLE)
            persistent_notification.async_create(self._hass, said, title, notification)

    def _name(self, target: str) -> str:
        state = self._hass.states.get(target)
        return state.name if state else target
