"""Publishes what happened, each thing once: it is written down first, then published."""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from homeassistant.core import callback

from ..core.goals.activity import Activity, ActivityKind, Journal
from ..core.goals.session_activity import SessionNews
from ..storage import WalkerStore
from .events import ACTIVITY
from .host import Host

_LOGGER = logging.getLogger(__name__)


def session_activity(news: SessionNews, day_at: Callable[[datetime], date]) -> Activity:
    """Make an activity of a session's news; it belongs to the day it began on."""
    start, end = (datetime.fromtimestamp(second, UTC) for second in (news.start_s, news.end_s))
    data: dict[str, Any] = {"start": start.isoformat()}
    if news.ended:
        data["end"] = end.isoformat()
        data["duration_s"] = news.end_s - news.start_s
    if news.counts:
        data["steps"] = news.counts.back
        data["distance_m"] = news.counts.back_dm / 10
    kind = ActivityKind.SESSION_ENDED if news.ended else ActivityKind.SESSION_STARTED
    return Activity(kind, day_at(start), news.late, data, news.start_s)


class ActivityOutbox:
    """Keeps and writes the journal, then publishes; a crash in between loses an event, never repeats one."""

    def __init__(self, host: Host, store: WalkerStore, document: Callable[[], dict[str, Any]]) -> None:
        self.journal = Journal()
        self._host = host
        self._entry = host.config_entry
        self._store = store
        self._document = document
        self._unsent: list[Activity] = []
        self._is_sending = False
        self._failed = False

    @callback
    def async_send(self, activities: list[Activity]) -> None:
        """Publish soon; the journal holds these already."""
        self._unsent += activities
        if self._unsent and not self._is_sending:
            self._is_sending = True
            self._entry.async_create_background_task(
                self._host.hass, self._async_send(), f"RetroStep events of {self._entry.title}"
            )

    async def _async_send(self) -> None:
        try:
            while self._unsent:
                await self._async_send_next()
        finally:
            self._is_sending = False

    async def _async_send_next(self) -> None:
        """Write down what is due and publish the first of it, unless the walker was unloaded meanwhile.

        Each is written for itself: automations tell events apart by their time, so they must not coincide.
        """
        try:
            await self._store.save(self._document())
        except OSError as err:
            if not self._failed:
                _LOGGER.warning("What %s did could not be written down: %s", self._entry.title, err)
            self._failed = True
            self._forget_unsent()
            self._store.async_save_later(self._document)
            return
        self._failed = False
        # Unloaded meanwhile: nothing is left to publish.
        if self._unsent:
            activity = self._unsent.pop(0)
            self._host.events.async_publish_at_once(
                ACTIVITY,
                str(activity.kind),
                day=activity.day.isoformat(),
                late=activity.late,
                **activity.data,
            )

    @callback
    def async_stop(self) -> None:
        """Publish nothing more; what was not published is published after the next start."""
        self._forget_unsent()

    def _forget_unsent(self) -> None:
        for activity in self._unsent:
            self.journal.take_back(activity)
        self._unsent.clear()
