"""The form for the walker's day."""

from typing import Any
from zoneinfo import available_timezones

import voluptuous as vol
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers.selector import (
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TimeSelector,
)

from .const import CONF_DAY_START, CONF_TIME_ZONE, DEFAULT_DAY_START


class DayOptions(OptionsFlow):
    """Say when and where the walker's day begins."""

    async def async_step_day(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the time zone and the start of the day."""
        if user_input is not None:
            kept = {
                key: value
                for key, value in self.config_entry.options.items()
                if key not in (CONF_TIME_ZONE, CONF_DAY_START)
            }
            return self.async_create_entry(data={**kept, **user_input})
        zones = await self.hass.async_add_executor_job(available_timezones)
        schema = vol.Schema(
            {
                vol.Required(CONF_DAY_START, default=DEFAULT_DAY_START.isoformat()): TimeSelector(),
                vol.Optional(CONF_TIME_ZONE): SelectSelector(
                    SelectSelectorConfig(options=sorted(zones), mode=SelectSelectorMode.DROPDOWN)
                ),
            }
        )
        return self.async_show_form(
            step_id="day",
            data_schema=self.add_suggested_values_to_schema(schema, self.config_entry.options),
        )
