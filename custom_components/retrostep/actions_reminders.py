"""The actions that answer a reminder."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import voluptuous as vol
from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import service

from .const import DOMAIN

if TYPE_CHECKING:
    from .coordinator import RetroStepConfigEntry
    from .reminders import Reminders

ACTION_SNOOZE: Final = "snooze"
ACTION_DISMISS: Final = "dismiss"
ATTR_MINUTES: Final = "minutes"
SNOOZE_MAX_MIN: Final = 24 * 60

DISMISS_SCHEMA = vol.Schema({vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string})
SNOOZE_SCHEMA = vol.Schema(
    {
        vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string,
        vol.Optional(ATTR_MINUTES): vol.All(vol.Coerce(int), vol.Range(min=1, max=SNOOZE_MAX_MIN)),
    }
)


@callback
def async_setup_reminder_actions(hass: HomeAssistant) -> None:
    """Register the actions."""
    hass.services.async_register(DOMAIN, ACTION_SNOOZE, _async_snooze, schema=SNOOZE_SCHEMA)
    hass.services.async_register(DOMAIN, ACTION_DISMISS, _async_dismiss, schema=DISMISS_SCHEMA)


def _reminders(call: ServiceCall) -> Reminders:
    entry: RetroStepConfigEntry = service.async_get_config_entry(
        call.hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
    )
    return entry.runtime_data.reminders


async def _async_snooze(call: ServiceCall) -> None:
    """Remind a walker no earlier than after the minutes given, else those of the settings."""
    minutes = call.data.get(ATTR_MINUTES)
    _reminders(call).async_snooze(timedelta(minutes=minutes) if minutes else None)


async def _async_dismiss(call: ServiceCall) -> None:
    """End the reminder of a walker until the walker got up."""
    _reminders(call).async_dismiss()
