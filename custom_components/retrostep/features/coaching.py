"""What goes with a guided session if somebody wants it; nothing of it is loaded before."""

from collections.abc import Callable
from typing import Protocol

from homeassistant.core import callback

from ..const import SECTION_COACH
from ..core.guided_sessions.coaching import CoachSettings
from ..core.guided_sessions.result import SessionMoment
from ..walker import async_settings
from .host import Host


class Companion(Protocol):
    """One thing that goes with a session."""

    def async_take(self, moment: SessionMoment) -> None:
        """Take a moment of a session: one a second, and whenever something happens."""

    def async_clock_jumped(self, by_s: float) -> None:
        """Go on as if the clock had not been set."""

    def async_end(self) -> None:
        """Leave nothing behind: settings change, or the walker is unloaded."""


class Coaching:
    """Has what the walker chose go with each session; what fails stops nothing."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._chosen: CoachSettings | None = None
        self._companions: list[Companion] = []

    @callback
    def async_start(self) -> None:
        """Begin, and end when the walker is unloaded."""
        self.async_settings_changed()
        self._host.config_entry.async_on_unload(self._async_end)

    @callback
    def async_settings_changed(self) -> None:
        """Take over changed settings."""
        chosen = CoachSettings.of(async_settings(self._host.config_entry, SECTION_COACH))
        if chosen != self._chosen:
            self._async_end()
            self._chosen = chosen
            self._companions = [make() for make in _companions(self._host, chosen)]

    @callback
    def async_take(self, moment: SessionMoment) -> None:
        """Hand on a moment of a session."""
        for companion in self._companions:
            companion.async_take(moment)

    @callback
    def async_clock_jumped(self, by_s: float) -> None:
        """Go on as if the clock had not been set."""
        for companion in self._companions:
            companion.async_clock_jumped(by_s)

    @callback
    def _async_end(self) -> None:
        for companion in self._companions:
            companion.async_end()
        self._companions = []


def _companions(host: Host, chosen: CoachSettings) -> list[Callable[[], Companion]]:
    """Give how to make what was chosen; importing it here keeps the start of all others as it was."""
    found: list[Callable[[], Companion]] = []
    if chosen.speaks:
        from .spoken_cues import SpokenCues  # noqa: PLC0415

        found.append(lambda: SpokenCues(host, chosen))
    if chosen.live:
        from .live_notification import LiveNotification  # noqa: PLC0415

        found.append(lambda: LiveNotification(host))
    return found
