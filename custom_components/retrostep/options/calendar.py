"""The form for the walker's calendar."""

from typing import Any

import voluptuous as vol
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers.selector import BooleanSelector

from ..const import CONF_SHOW, SECTION_CALENDAR
from ..walker import async_settings, async_wants_calendar, async_with_settings


class CalendarOptions(OptionsFlow):
    """Ask whether there shall be a calendar."""

    async def async_step_calendar(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask whether sessions and goals are shown in a calendar."""
        if user_input is not None:
            kept = {**async_settings(self.config_entry, SECTION_CALENDAR), **user_input}
            return self.async_create_entry(
                data=async_with_settings(self.config_entry, SECTION_CALENDAR, kept)
            )
        shown = async_wants_calendar(self.config_entry)
        schema = vol.Schema({vol.Required(CONF_SHOW, default=shown): BooleanSelector()})
        return self.async_show_form(step_id="calendar", data_schema=schema)
