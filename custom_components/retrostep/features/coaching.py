"""What goes with a guided session if somebody wants it; nothing of it is loaded before."""

from typing import TYPE_CHECKING, Any

from homeassistant.core import callback

from ..const import SECTION_COACH
from ..core.guided_sessions.coaching import CoachSettings
from ..core.guided_sessions.result import SessionEvent, SessionMoment
from ..walker import async_settings
from .companion import Companion, Leading
from .host import Host

if TYPE_CHECKING:
    from .clear_path import ClearPath


class Coaching:
    """Has what the walker chose go with each session; what fails stops nothing."""

    def __init__(self, host: Host, leading: Leading) -> None:
        self._host = host
        self._leading = leading
        self._path: ClearPath | None = None
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
            self._async_make(chosen)

    @callback
    def _async_make(self, chosen: CoachSettings) -> None:
        """Make what was chosen; importing it here keeps the start of all others as it was."""
        if chosen.watched:
            from .clear_path import ClearPath  # noqa: PLC0415

            self._path = ClearPath(self._host, chosen, self._leading)
            self._companions.append(self._path)
        else:
            # Nobody would let it go on.
            now_s = self._host.now().timestamp()
            if events := self._leading.session.release(now_s):
                self._leading.async_announce(events, now_s)
        if chosen.speaks:
            from .spoken_cues import SpokenCues  # noqa: PLC0415

            self._companions.append(SpokenCues(self._host, chosen))
        if chosen.live:
            from .live_notification import LiveNotification  # noqa: PLC0415

            self._companions.append(LiveNotification(self._host))

    @callback
    def async_begin(self, now_s: float, *, anyway: bool) -> list[SessionEvent]:
        """Look for what is in the way of a session that starts; gives what happens besides."""
        return self._path.async_begin(now_s, anyway=anyway) if self._path else []

    @callback
    def async_accept(self) -> None:
        """Go on although something is in the way."""
        if self._path:
            self._path.async_accept()

    @callback
    def async_report(self) -> dict[str, Any] | None:
        """Say what is in the way and what can't be seen; None: nothing is watched."""
        return self._path.async_report() if self._path else None

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
        self._companions, self._path = [], None
