"""Offers sentences to Assist for the walkers that are set up, once Assist is there."""

import logging
from collections.abc import Iterable
from functools import partial
from typing import Final

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.setup import async_when_setup
from homeassistant.util.hass_dict import HassKey

from ..coordinator import RetroStepConfigEntry
from ..core.spoken import phrasebook
from ..core.spoken.phrasebook import Phrasebook, language_of
from ..core.spoken.question import Question
from .agent import CONVERSATION, PIPELINES, Heard, async_languages, async_listen
from .answering import Asked, async_answer

_LOGGER = logging.getLogger(__name__)


class Assist:
    """Keeps what Assist understands in step with who walks.

    A bare "stop" may mean anything in a house: it is ours only while a guided session goes on.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Wait for Assist; nothing is read or registered before."""
        self._hass = hass
        self._walkers: dict[str, RetroStepConfigEntry] = {}
        self._books: dict[str, Phrasebook] = {}
        self._is_there = False
        self._is_deaf = False
        self._unlisten: list[CALLBACK_TYPE] = []
        self._unlisten_stop: list[CALLBACK_TYPE] = []
        async_when_setup(hass, CONVERSATION, self._async_assist_is_there)
        async_when_setup(hass, PIPELINES, self._async_languages_may_differ)
        hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, self._async_config_changed)

    async def async_book(self, language: str | None) -> Phrasebook:
        """Give the phrasebook for a language tag; reads the tables when they are needed first."""
        books = await self._async_books()
        return language_of(language or self._hass.config.language, books)

    async def _async_books(self) -> dict[str, Phrasebook]:
        if not self._books:
            self._books = await self._hass.async_add_executor_job(phrasebook.read)
        return self._books

    async def _async_assist_is_there(self, hass: HomeAssistant, component: str) -> None:
        await self._async_books()
        self._is_there = True
        self._async_listen_anew()

    async def _async_languages_may_differ(self, hass: HomeAssistant, component: str) -> None:
        self._async_listen_anew()

    @callback
    def _async_config_changed(self, event: Event) -> None:
        if "language" in event.data:
            self._async_listen_anew()

    @callback
    def async_add(self, entry: RetroStepConfigEntry) -> None:
        """Understand questions about a walker until the entry is unloaded."""
        self._walkers[entry.entry_id] = entry
        entry.async_on_unload(partial(self._async_remove, entry.entry_id))
        entry.async_on_unload(entry.runtime_data.async_add_listener(self._async_heed_sessions))
        self._async_listen_anew()

    @callback
    def _async_remove(self, entry_id: str) -> None:
        del self._walkers[entry_id]
        self._async_listen_anew()

    @callback
    def _async_listen_anew(self) -> None:
        """Register the sentences for the walkers there are now."""
        _end(self._unlisten)
        _end(self._unlisten_stop)
        if self._is_there and self._walkers:
            called = phrasebook.names_of({one: entry.title for one, entry in self._walkers.items()})
            for question in Question:
                if question is not Question.STOP_NOW:
                    self._async_listen(self._unlisten, question)
                for name, entry_ids in called.items():
                    self._async_listen(self._unlisten, question, name, entry_ids)
        self._async_heed_sessions()

    @callback
    def _async_heed_sessions(self) -> None:
        """Understand a bare "stop" while a guided session goes on, and leave it to others else."""
        is_wanted = self._is_there and any(
            entry.runtime_data.guided_sessions.session.active for entry in self._walkers.values()
        )
        if not is_wanted:
            _end(self._unlisten_stop)
        elif not self._unlisten_stop:
            self._async_listen(self._unlisten_stop, Question.STOP_NOW)

    @callback
    def _async_listen(
        self,
        unlisten: list[CALLBACK_TYPE],
        question: Question,
        name: str | None = None,
        entry_ids: Iterable[str] = (),
    ) -> None:
        spoken = {language_of(tag, self._books).language for tag in async_languages(self._hass)}
        every = [one for tag in sorted(spoken) for one in self._books[tag].sentences(question, name)]
        if not every or self._is_deaf:
            return
        answer = partial(self._async_answer, question, tuple(entry_ids))
        if (end := async_listen(self._hass, [*dict.fromkeys(every)], answer)) is None:
            self._is_deaf = True
            _LOGGER.warning(
                "This Home Assistant takes no sentences from integrations; voice questions are off"
            )
            return
        unlisten.append(end)

    async def _async_answer(self, question: Question, named: tuple[str, ...], heard: Heard) -> str:
        book = await self.async_book(heard.language)
        asked = Asked(question, book, CONVERSATION, heard.context, named, heard.minutes)
        return await async_answer(self._hass, asked)


def _end(unlisten: list[CALLBACK_TYPE]) -> None:
    while unlisten:
        unlisten.pop()()


ASSIST: Final[HassKey[Assist]] = HassKey("retrostep_assist")


@callback
def async_setup_assist(hass: HomeAssistant) -> None:
    """Prepare for Assist, which may never come."""
    hass.data[ASSIST] = Assist(hass)
