"""What the things that go with a guided session are to it, and what it is to them."""

from typing import Protocol

from homeassistant.core import HomeAssistant, callback

from ..core.guided_sessions.path import Role
from ..core.guided_sessions.result import SessionEvent, SessionMoment
from ..core.guided_sessions.session import GuidedSession
from .goal_texts import async_common


class Leading(Protocol):
    """What leads the sessions."""

    session: GuidedSession

    def async_announce(self, events: list[SessionEvent], now_s: float) -> None:
        """Announce what happened."""


class Companion(Protocol):
    """One thing that goes with a session."""

    def async_take(self, moment: SessionMoment) -> None:
        """Take a moment of a session: one a second, and whenever something happens."""

    def async_clock_jumped(self, by_s: float) -> None:
        """Go on as if the clock had not been set."""

    def async_end(self) -> None:
        """Leave nothing behind: settings change, or the walker is unloaded."""


def path_key(role: Role) -> str:
    """Give the key of the text that says how something is in the way."""
    return f"path_{role}"


@callback
def async_in_the_way(hass: HomeAssistant, role: Role, name: str, language: str | None = None) -> str:
    """Say how something is in the way, by default in the language of the house."""
    return async_common(hass, path_key(role), language).format(name=name)
