"""What lives from a walker's ledger: goals, reminders, guided sessions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..core.clock import Clocked, Jump
from ..walker import async_settings, async_with_settings
from .host import Host


class Feature:
    """Takes over what is new in one walker's ledger and adds to what the entities show.

    A feature reads its host's ledger and pods and never changes them. Its settings are one section of
    the entry's options; its memory, if it needs one, is the part of that name of the walker's archive.
    """

    part: ClassVar[str]
    """Name of its section in the options and of its part of what is kept."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.hass: HomeAssistant = host.hass
        self.entry: ConfigEntry = host.config_entry

    @property
    def settings(self) -> Mapping[str, Any]:
        """Its section of the options."""
        return async_settings(self.entry, self.part)

    @callback
    def async_change_settings(self, **changes: Any) -> None:
        """Change some of its settings; `async_settings_changed` is called, the walker is not set up anew."""
        options = async_with_settings(self.entry, self.part, {**self.settings, **changes})
        self.hass.config_entries.async_update_entry(self.entry, options=options)

    async def async_load(self) -> None:
        """Read its memory; the ledger is there, the pods are not.

        Whatever is raised for what can't be read stops the walker with a repair.
        """

    @property
    def clocked(self) -> list[Clocked]:
        """What of it remembers segments of the clock, always in this order."""
        return []

    @callback
    def async_start(self) -> None:
        """Begin to watch the clock and entities; what it subscribes to ends with `entry.async_on_unload`."""

    @callback
    def async_update(self, now: datetime) -> None:
        """Take over a change of the ledger or of the pods, before the entities show it."""

    @callback
    def async_clock_jumped(self, jump: Jump, now: datetime) -> None:
        """Go on as if the clock had not been set; `now` is what it says after the jump."""

    @callback
    def async_settings_changed(self) -> None:
        """Take over changed settings."""

    @callback
    def summary(self, now: datetime) -> Mapping[str, Any]:
        """Give what the action `get_summary` says of it, as plain data; empty: nothing."""
        return {}

    async def async_close(self) -> None:
        """Write its memory down; the walker is unloaded."""
