"""Which walker an action is for."""

from typing import TYPE_CHECKING, Final

import voluptuous as vol
from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import ServiceCall, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import service

from .const import DOMAIN

if TYPE_CHECKING:
    from .coordinator import RetroStepConfigEntry

WALKER_FIELD: Final = {vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string}


@callback
def async_walker(call: ServiceCall) -> RetroStepConfigEntry:
    """Give the entry of the walker an action is for; raise ServiceValidationError if that is not clear."""
    entry: RetroStepConfigEntry = service.async_get_config_entry(
        call.hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
    )
    return entry
