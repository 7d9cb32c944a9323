"""The form for what may come into the way of a session."""

from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.const import Platform
from homeassistant.helpers.selector import EntitySelectorConfig, EntityWithDeviceFilterSelectorConfig

from ..const import SECTION_COACH
from ..core.guided_sessions.coaching import CONF_DOORS, CONF_LIGHTS, CONF_PRESENCE, CONF_VACUUMS
from ..features.surroundings import async_to_entity_id, async_to_kept
from ..walker import async_settings, async_with_settings
from .selectors import ShortEntitySelector

DOMAINS: Final[Mapping[str, str]] = {
    CONF_DOORS: Platform.BINARY_SENSOR,
    CONF_VACUUMS: Platform.VACUUM,
    CONF_PRESENCE: Platform.BINARY_SENSOR,
    CONF_LIGHTS: Platform.LIGHT,
}
FORM: Final[Mapping[vol.Marker, Any]] = {
    vol.Optional(name): ShortEntitySelector(
        EntitySelectorConfig(filter=EntityWithDeviceFilterSelectorConfig(domain=[domain]), multiple=True)
    )
    for name, domain in DOMAINS.items()
}


class ClearPathOptions(OptionsFlow):
    """Ask what may come into the way."""

    async def async_step_clear_path(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for doors, vacuums, presence and lights."""
        kept = async_settings(self.config_entry, SECTION_COACH)
        if user_input is not None:
            named = {
                name: [async_to_kept(self.hass, one) for one in user_input.get(name, [])] for name in DOMAINS
            }
            return self.async_create_entry(
                data=async_with_settings(self.config_entry, SECTION_COACH, {**kept, **named})
            )
        shown = {
            name: [
                entity_id for one in kept.get(name, []) if (entity_id := async_to_entity_id(self.hass, one))
            ]
            for name in DOMAINS
        }
        return self.async_show_form(
            step_id="clear_path",
            data_schema=self.add_suggested_values_to_schema(vol.Schema(dict(FORM)), shown),
        )
