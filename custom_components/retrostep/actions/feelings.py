"""The action that says how a session felt."""

from datetime import datetime
from typing import Final

import voluptuous as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..core.feelings.ratings import SCALE_MAX
from ..core.reports.answers import rating_answer
from .common import WALKER_FIELD, async_walker, bounded, moment, walkers_zone, whole

ACTION_RATE_SESSION: Final = "rate_session"
ATTR_EFFORT: Final = "effort"
ATTR_PAIN: Final = "pain"
ATTR_SESSION: Final = "session"

_SCALE: Final = vol.All(whole, vol.Range(min=0, max=SCALE_MAX))


def _point_in_time(value: object) -> datetime:
    """Accept a date and time; a day alone names no session."""
    if not isinstance(found := moment(value), datetime):
        raise vol.Invalid(f"No time of the day: {value}")
    return found


RATE_SCHEMA: Final = vol.Schema(
    {
        **WALKER_FIELD,
        vol.Optional(ATTR_EFFORT): _SCALE,
        vol.Optional(ATTR_PAIN): _SCALE,
        vol.Optional(ATTR_SESSION): _point_in_time,
    }
)


@callback
def async_setup_feeling_actions(hass: HomeAssistant) -> None:
    """Register the action."""
    hass.services.async_register(
        DOMAIN,
        ACTION_RATE_SESSION,
        _async_rate,
        schema=vol.All(bounded(RATE_SCHEMA), cv.has_at_least_one_key(ATTR_EFFORT, ATTR_PAIN)),
        supports_response=SupportsResponse.OPTIONAL,
    )


async def _async_rate(call: ServiceCall) -> ServiceResponse:
    """Keep how a session felt; tell what is kept of it, and what is suggested."""
    entry = await async_walker(call, POLICY_CONTROL)
    zone = walkers_zone(entry.runtime_data.ledger, dt_util.utcnow())
    at: datetime | None = call.data.get(ATTR_SESSION)
    if at is not None and at.tzinfo is None:
        at = at.replace(tzinfo=zone)
    rating, suggestion = await entry.runtime_data.feelings.async_rate(
        at, call.data.get(ATTR_EFFORT), call.data.get(ATTR_PAIN)
    )
    return {**rating_answer(rating, zone), "suggestion": suggestion}
