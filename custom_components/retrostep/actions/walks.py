"""Actions that correct by hand what was counted."""

from datetime import timedelta
from typing import Final

import voluptuous as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import service
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..coordinator import RetroStepConfigEntry
from ..core.ledger.corrections import ToldWalk, WalkChange, WalkError, WalkFailure
from ..core.reports.answers import counts_answer, walk_answer
from .common import (
    WALKER_FIELD,
    async_walker,
    beginning,
    bounded,
    ending,
    moment,
    number,
    walkers_zone,
    whole,
)
from .history import ATTR_END, ATTR_START

ACTION_ADD_WALK = "add_walk"
ACTION_REMOVE_WALK = "remove_walk"

ATTR_MINUTES = "minutes"
ATTR_BACKWARD_STEPS = "backward_steps"
ATTR_BACKWARD_METRES = "backward_metres"
ATTR_FORWARD_STEPS = "forward_steps"
ATTR_FORWARD_METRES = "forward_metres"
ATTR_WALK = "walk"

REMOVED_AT_ONCE_MAX: Final = timedelta(days=7)

_STEPS = vol.All(whole, vol.Range(min=0, max=100_000))
_METRES = vol.All(number, vol.Range(min=0, max=100_000))

ADD_SCHEMA: Final = vol.Schema(
    {
        **WALKER_FIELD,
        vol.Required(ATTR_START): moment,
        vol.Required(ATTR_MINUTES): vol.All(number, vol.Range(min=0.1, max=1_440)),
        vol.Optional(ATTR_BACKWARD_STEPS): _STEPS,
        vol.Optional(ATTR_BACKWARD_METRES): _METRES,
        vol.Optional(ATTR_FORWARD_STEPS, default=0): _STEPS,
        vol.Optional(ATTR_FORWARD_METRES, default=0): _METRES,
    }
)
REMOVE_SCHEMA: Final = vol.Schema(
    {
        **WALKER_FIELD,
        vol.Optional(ATTR_WALK): vol.All(whole, vol.Range(min=1)),
        vol.Optional(ATTR_START): moment,
        vol.Optional(ATTR_END): moment,
    }
)


@callback
def async_setup_walk_actions(hass: HomeAssistant) -> None:
    """Register the corrections; only an administrator may take steps away."""
    hass.services.async_register(
        DOMAIN,
        ACTION_ADD_WALK,
        _async_add_walk,
        schema=bounded(ADD_SCHEMA),
        supports_response=SupportsResponse.OPTIONAL,
    )
    service.async_register_admin_service(
        hass,
        DOMAIN,
        ACTION_REMOVE_WALK,
        _async_remove_walk,
        schema=bounded(REMOVE_SCHEMA),
        supports_response=SupportsResponse.OPTIONAL,
    )


async def _async_add_walk(call: ServiceCall) -> ServiceResponse:
    """Add a walk no pod counted."""
    entry, now = await async_walker(call, POLICY_CONTROL), dt_util.utcnow()
    coordinator = entry.runtime_data
    ledger = coordinator.ledger
    duration_s = round(call.data[ATTR_MINUTES] * 60)
    told = ToldWalk(
        duration_s,
        backward_steps=call.data.get(ATTR_BACKWARD_STEPS),
        backward_m=call.data.get(ATTR_BACKWARD_METRES),
        forward_steps=call.data[ATTR_FORWARD_STEPS],
        forward_m=call.data[ATTR_FORWARD_METRES],
    )
    try:
        start = beginning(ledger, call.data[ATTR_START], now)
        change = ledger.add_walk(start, duration_s, told.counts(ledger.settled_total()), now)
    except WalkError as err:
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key=err.reason) from err
    assert change.walk
    try:
        await coordinator.store.save(ledger.as_dict())
    except OSError as err:
        # Not on disk, so not counted: who tries again must not have it twice.
        coordinator.async_corrected(ledger.take_back_walk(change.walk.number))
        coordinator.store.async_save_later(ledger.as_dict)
        raise _not_saved(entry, err) from err
    coordinator.async_corrected(change)
    return {"walker": entry.title, **walk_answer(change.walk, walkers_zone(ledger, now))}


async def _async_remove_walk(call: ServiceCall) -> ServiceResponse:
    """Take away a walk that was added by hand, or everything that was counted in a span."""
    entry = await async_walker(call, POLICY_CONTROL)
    try:
        change = _remove(entry, call)
    except WalkError as err:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key=err.reason,
            translation_placeholders={
                "since": dt_util.as_local(entry.runtime_data.ledger.minutes_since).date().isoformat(),
                "walk": str(call.data.get(ATTR_WALK, "")),
            },
        ) from err
    coordinator = entry.runtime_data
    coordinator.async_corrected(change)
    try:
        await coordinator.store.save(coordinator.ledger.as_dict())
    except OSError as err:
        # What was taken away stays away: asking once more takes nothing twice.
        coordinator.store.async_save_later(coordinator.ledger.as_dict)
        raise _not_saved(entry, err) from err
    return {"walker": entry.title, "removed": counts_answer(change.counts)}


def _remove(entry: RetroStepConfigEntry, call: ServiceCall) -> WalkChange:
    """Take away what a call names; raises WalkError."""
    ledger, now = entry.runtime_data.ledger, dt_util.utcnow()
    is_span = ATTR_START in call.data and ATTR_END in call.data
    if (ATTR_WALK in call.data) == (ATTR_START in call.data or ATTR_END in call.data) or not (
        is_span or ATTR_WALK in call.data
    ):
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="walk_or_span")
    if ATTR_WALK in call.data:
        return ledger.take_back_walk(call.data[ATTR_WALK])
    start, end = beginning(ledger, call.data[ATTR_START], now), ending(ledger, call.data[ATTR_END], now)
    if end - start > REMOVED_AT_ONCE_MAX:
        raise WalkError(WalkFailure.REMOVAL_TOO_LONG)
    return ledger.remove_walk(start, end, now)


def _not_saved(entry: RetroStepConfigEntry, error: OSError) -> HomeAssistantError:
    return HomeAssistantError(
        translation_domain=DOMAIN,
        translation_key="correction_not_saved",
        translation_placeholders={"walker": entry.title, "detail": str(error)},
    )
