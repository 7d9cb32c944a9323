"""What a feature may know of the walker it belongs to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ..core.clock import ClockWatch
from ..core.history.session_index import SessionIndex
from ..core.ledger.ledger import Ledger
from ..pods.pod import Pod
from ..storage import WalkerArchive
from .events import Events


class Host(Protocol):
    """A walker as its features see it; features read all of this and change nothing but `events`."""

    @property
    def hass(self) -> HomeAssistant:
        """Home Assistant."""

    @property
    def config_entry(self) -> ConfigEntry:
        """The walker's entry."""

    @property
    def archive(self) -> WalkerArchive:
        """What is kept of the walker; each feature has a part of it."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the walker's days from the next one on."""

    @property
    def ledger(self) -> Ledger:
        """Everything that was counted."""

    @property
    def sessions(self) -> SessionIndex:
        """The sessions of the ledger."""

    @property
    def pods(self) -> Mapping[str, Pod]:
        """The walker's pods by MAC."""

    @property
    def events(self) -> Events:
        """What happened, on its way to whoever wants to hear of it."""

    @property
    def clock(self) -> ClockWatch:
        """What is known of Home Assistant's clock."""

    def now(self) -> datetime:
        """Give the time; a jump of the clock since the last look is dealt with first."""

    def synced_since(self, moment: datetime) -> bool:
        """Say whether every pod has reported all it knows since a moment."""

    def show(self) -> None:
        """Ask that features take over what is new and that it is shown: soon, and never within this call."""
