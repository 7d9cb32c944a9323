"""Home Assistant's clock as a walker lives by it: watched by one that nobody can set."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from time import monotonic

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from .core.clock import ClockWatch, Jump

# How soon a jump is seen when nothing else happens.
LOOK_INTERVAL = timedelta(seconds=30)


class WalkerClock:
    """Tells the time; a jump since the last look is dealt with first."""

    def __init__(self, on_jump: Callable[[Jump, datetime], None]) -> None:
        self.watch = ClockWatch()
        self._on_jump: Callable[[Jump, datetime], None] = on_jump
        self._is_watched = False

    async def async_read(self, read: Callable[[], Awaitable[None]]) -> None:
        """Read what is kept, once more if the clock was set meanwhile: some of it goes by the time."""
        watch = ClockWatch()
        watch.look(dt_util.utcnow().timestamp(), monotonic())
        await read()
        while watch.look(dt_util.utcnow().timestamp(), monotonic()):
            await read()

    @callback
    def async_start(self, hass: HomeAssistant, known_s: float) -> CALLBACK_TYPE:
        """Begin to watch, now that everything is read; call what is returned to end it.

        `known_s`: a moment that had passed before.
        """
        self.watch = ClockWatch(known_s)
        self._is_watched = True
        self.async_now()
        return async_track_time_interval(hass, self._async_look, LOOK_INTERVAL)

    @callback
    def async_now(self) -> datetime:
        """Give the time."""
        now = dt_util.utcnow()
        if self._is_watched and (jump := self.watch.look(now.timestamp(), monotonic())):
            self._on_jump(jump, now)
        return now

    @callback
    def _async_look(self, now: datetime) -> None:
        self.async_now()
