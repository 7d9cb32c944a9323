"""The actions that answer a reminder."""

from datetime import timedelta
from typing import Final

import voluptuous as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.core import HomeAssistant, ServiceCall, callback

from ..const import DOMAIN
from .common import WALKER_FIELD, async_walker, bounded, whole

ACTION_SNOOZE: Final = "snooze"
ACTION_DISMISS: Final = "dismiss"
ATTR_MINUTES: Final = "minutes"
SNOOZE_MAX_MIN: Final = 24 * 60

DISMISS_SCHEMA = vol.Schema(WALKER_FIELD)
SNOOZE_SCHEMA = vol.Schema(
    {
        **WALKER_FIELD,
        vol.Optional(ATTR_MINUTES): vol.All(whole, vol.Range(min=1, max=SNOOZE_MAX_MIN)),
    }
)


@callback
def async_setup_reminder_actions(hass: HomeAssistant) -> None:
    """Register the actions."""
    hass.services.async_register(DOMAIN, ACTION_SNOOZE, _async_snooze, schema=bounded(SNOOZE_SCHEMA))
    hass.services.async_register(DOMAIN, ACTION_DISMISS, _async_dismiss, schema=bounded(DISMISS_SCHEMA))


async def _async_snooze(call: ServiceCall) -> None:
    """Remind a walker no earlier than after the minutes given, else those of the settings."""
    minutes = call.data.get(ATTR_MINUTES)
    entry = await async_walker(call, POLICY_CONTROL)
    entry.runtime_data.reminders.async_snooze(timedelta(minutes=minutes) if minutes else None)


async def _async_dismiss(call: ServiceCall) -> None:
    """End the reminder of a walker until the walker got up."""
    entry = await async_walker(call, POLICY_CONTROL)
    entry.runtime_data.reminders.async_dismiss()
