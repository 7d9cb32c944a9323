"""Home Assistant's clock as a walker lives by it: watched by one that nobody can set."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN
from .core.clock import Clocked, ClockWatch, Jump

# How soon a jump is seen when nothing else happens.
LOOK_INTERVAL = timedelta(seconds=30)
# A walker that was made so shortly ago was dated by the very clock that is to be judged.
JUST_MADE = timedelta(minutes=1)

type Memory = Mapping[str, Any]
"""What `Clocked.clock_memory` gives."""


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What a walker knew of the clock when it was unloaded."""

    stamp: str
    """Of what was written at the same time."""
    watch: ClockWatch
    memories: list[Memory]


_REMEMBERED: Final[HassKey[dict[str, _Remembered]]] = HassKey(f"{DOMAIN}_clock")


@callback
def async_forget_clock(hass: HomeAssistant, entry_id: str) -> None:
    """Keep nothing for a walker who is removed."""
    hass.data.get(_REMEMBERED, {}).pop(entry_id, None)


class WalkerClock:
    """Tells the time; a jump since the last look is dealt with first.

    The clock that nobody can set runs on while a walker is set up anew, so what is known of both does, too.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str, on_jump: Callable[[Jump, datetime], None]) -> None:
        self.watch = ClockWatch()
        self._remembered = hass.data.setdefault(_REMEMBERED, {})
        self._entry_id = entry_id
        self._on_jump: Callable[[Jump, datetime], None] = on_jump
        self._is_watched = self._goes_on = False

    async def async_read(self, read: Callable[[], Awaitable[None]]) -> None:
        """Read what is kept, once more if the clock was set meanwhile: some of it goes by the time."""
        watch = ClockWatch()
        watch.look(dt_util.utcnow().timestamp(), monotonic())
        await read()
        while watch.look(dt_util.utcnow().timestamp(), monotonic()):
            await read()

    @callback
    def async_go_on(self, stamp: str, clocked: Sequence[Clocked]) -> None:
        """Go on where the last set-up ended, if what was read (`stamp`) is what that wrote."""
        kept = self._remembered.get(self._entry_id)
        self._goes_on = kept is not None and kept.stamp == stamp
        if kept is None or not self._goes_on:
            return
        self.watch = kept.watch
        for one, memory in zip(clocked, kept.memories, strict=True):
            one.go_on_with(memory)

    @callback
    def async_end(self) -> None:
        """Watch no longer: what the clock does from now on is for the next set-up."""
        self._is_watched = False

    @callback
    def async_remember(self, stamp: str, memories: Sequence[Memory]) -> None:
        """Keep what is known for the next set-up; `stamp`: of what was written with it."""
        self._remembered[self._entry_id] = _Remembered(stamp, self.watch, list(memories))

    @callback
    def async_start(self, hass: HomeAssistant, known_s: float, made: datetime) -> CALLBACK_TYPE:
        """Begin to watch, now that everything is read; call what is returned to end it.

        `known_s`: a moment that had passed before; `made`: when the walker was made.
        """
        self._remembered.pop(self._entry_id, None)
        if not self._goes_on:
            is_new = timedelta(0) <= dt_util.utcnow() - made < JUST_MADE
            self.watch = ClockWatch(known_s if is_new else max(known_s, made.timestamp()))
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
