"""What the card asks before a guided session: how long it may be, and which safety notes to read first."""

from collections.abc import Iterable
from typing import Any

import voluptuous as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.components.websocket_api import async_register_command
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.const import ERR_NOT_FOUND, ERR_UNAUTHORIZED
from homeassistant.components.websocket_api.decorators import websocket_command
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback

from ..const import DOMAIN
from ..coordinator import RetroStepConfigEntry
from ..core.guided_sessions.routine import Kind, Routine, Stage
from ..walker import async_may

COMMAND_CHOICES = f"{DOMAIN}/session_choices"


@callback
def async_setup_session_choices(hass: HomeAssistant) -> None:
    """Register the command."""
    async_register_command(hass, _choices)


@callback
@websocket_command({vol.Required("type"): COMMAND_CHOICES, vol.Required("entry_id"): str})
def _choices(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Give the routines as they would be started now, and the safety notes while they are unread.

    Who may not start a session is told neither.
    """
    entry: RetroStepConfigEntry | None = hass.config_entries.async_get_entry(msg["entry_id"])
    if entry is None or entry.domain != DOMAIN or entry.state is not ConfigEntryState.LOADED:
        connection.send_error(msg["id"], ERR_NOT_FOUND, "No such walker")
        return
    if not async_may(hass, connection.user, entry, POLICY_CONTROL):
        connection.send_error(msg["id"], ERR_UNAUTHORIZED, "Unauthorized")
        return
    sessions = entry.runtime_data.guided_sessions
    notes = {} if sessions.has_read_safety else sessions.safety
    connection.send_result(
        msg["id"],
        {
            "choices": [_choice(routine, stages) for routine, stages in sessions.choices().items()],
            "notes": [{"key": key, "text": text} for key, text in notes.items()],
        },
    )


def _choice(routine: Routine, stages: Iterable[Stage]) -> dict[str, Any]:
    """Describe a routine: how much of it leads backward, and how long all of it takes."""
    backward = [stage for stage in stages if stage.kind is Kind.BACKWARD]
    return {
        "routine": routine.value,
        "unit": backward[0].unit.value,
        "backward": sum(stage.target for stage in backward),
        "seconds": round(sum(stage.expected_s for stage in stages)),
    }
