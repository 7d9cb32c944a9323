"""Keeps how sessions felt. It is health data: no entity and no event tells of it."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, override

from homeassistant.components.notify.const import ATTR_DATA, ATTR_MESSAGE, ATTR_TITLE
from homeassistant.components.notify.const import DOMAIN as NOTIFY_DOMAIN
from homeassistant.core import callback
from homeassistant.exceptions import ServiceValidationError

from ..const import DOMAIN, SECTION_FEELINGS, SECTION_REMINDERS
from ..core.clock import Clocked, Jump
from ..core.feelings.ratings import Rating, Ratings
from ..core.ledger.sessions import Session
from ..core.sitting.settings import ReminderSettings
from ..walker import async_settings
from .feature import Feature
from .goal_texts import async_common
from .host import Host
from .reminder_targets import async_targets

PAUSE_TITLE: Final = "pause_title"
PAUSE: Final = "pause_suggested"
# Nobody means the session of the day before yesterday without saying so.
LAST_WITHIN: Final = timedelta(hours=24)


class Feelings(Feature):
    """How the sessions of one walker felt."""

    part: ClassVar[str] = SECTION_FEELINGS

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.store = host.archive.part(self.part)
        self.ratings = Ratings()

    async def async_rate(
        self, at: datetime | None, effort: int | None, pain: int | None
    ) -> tuple[Rating, str | None]:
        """Rate the session that went on at a moment, else the last one; returns the rating and a suggestion.

        Raises ServiceValidationError if there is no such session.
        """
        was_rising = self.ratings.pain_is_rising
        rating = self.ratings.rate(self._session(at), effort, pain)
        # What can't be written now waits, and a repair says so.
        with suppress(OSError):
            await self.store.save(self.ratings.as_dict())
        if not self.ratings.pain_is_rising:
            return rating, None
        suggestion = async_common(self.hass, PAUSE)
        if not was_rising:
            self._async_suggest(suggestion)
        return rating, suggestion

    def _session(self, at: datetime | None) -> Session:
        now = self.host.now()
        if at is None:
            last = self.host.sessions.last
            found = [last.session] if last and last.session.end > now - LAST_WITHIN else []
        else:
            found = [each for each in self.host.sessions.all() if each.start <= at < each.end]
        if not found:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="no_session_to_rate",
                translation_placeholders={"walker": self.entry.title},
            )
        return found[-1]

    @callback
    def _async_suggest(self, message: str) -> None:
        """Tell the walker's own phones only: what Home Assistant itself shows, every user may read."""
        chosen = ReminderSettings.of(async_settings(self.entry, SECTION_REMINDERS))
        text = {ATTR_TITLE: async_common(self.hass, PAUSE_TITLE), ATTR_MESSAGE: message}
        data = {ATTR_DATA: {"tag": f"{DOMAIN}_{self.part}_{self.entry.entry_id}", "group": DOMAIN}}
        for target in async_targets(self.host, chosen):
            if target.is_phone:
                self.entry.async_create_background_task(
                    self.hass,
                    self.hass.services.async_call(NOTIFY_DOMAIN, target.address, {**text, **data}),
                    "RetroStep suggestion",
                )

    @override
    async def async_load(self) -> None:
        document = await self.store.async_load()
        if document is not None:
            self.ratings = Ratings.from_dict(document)

    @property
    @override
    def clocked(self) -> list[Clocked]:
        return [self.ratings]

    @callback
    @override
    def async_clock_jumped(self, jump: Jump, now: datetime) -> None:
        self.ratings.clock_jumped(jump)
        self.store.async_save_later(self.ratings.as_dict)

    @callback
    @override
    def summary(self, now: datetime) -> dict[str, Any]:
        if not (rated := self.ratings.all()):
            return {}
        last = rated[-1]
        suggestion = async_common(self.hass, PAUSE) if self.ratings.pain_is_rising else None
        return {"effort": last.effort, "pain": last.pain, "suggestion": suggestion}

    @override
    async def async_close(self) -> None:
        await self.store.async_close(self.ratings.as_dict())
