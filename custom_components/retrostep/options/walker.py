"""The walker's settings: a menu, and the forms of its day and body; others have files of their own."""

from typing import Any, Final
from zoneinfo import available_timezones

import voluptuous as vol
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.const import UnitOfMass
from homeassistant.helpers.selector import (
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
from homeassistant.util.unit_conversion import MassConverter

from ..const import CONF_DAY_START, CONF_TIME_ZONE, CONF_WEIGHT_KG, DEFAULT_DAY_START, SECTION_BODY
from ..walker import async_settings, async_with_settings
from .calendar import CalendarOptions
from .clear_path import ClearPathOptions
from .coaching import CoachingOptions
from .goals import GoalOptions
from .guided_sessions import GuidedSessionOptions
from .reminders import ReminderOptions
from .selectors import ClockSelector, number_box


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
                vol.Required(CONF_DAY_START, default=DEFAULT_DAY_START.isoformat()): ClockSelector(),
                vol.Optional(CONF_TIME_ZONE): SelectSelector(
                    SelectSelectorConfig(options=sorted(zones), mode=SelectSelectorMode.DROPDOWN)
                ),
            }
        )
        return self.async_show_form(
            step_id="day",
            data_schema=self.add_suggested_values_to_schema(schema, self.config_entry.options),
        )


CONF_WEIGHT: Final = "weight"
# From a child to the heaviest person that scales are made for.
WEIGHT_KG_MIN: Final = 10
WEIGHT_KG_MAX: Final = 300


class BodyOptions(OptionsFlow):
    """Ask for the weight, in the unit of the house."""

    async def async_step_body(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the weight; without one nothing is said of energy."""
        unit = self.hass.config.units.mass_unit
        if unit != UnitOfMass.POUNDS:
            unit = UnitOfMass.KILOGRAMS
        kept = dict(async_settings(self.config_entry, SECTION_BODY))
        if user_input is not None:
            kept.pop(CONF_WEIGHT_KG, None)
            if (weight := user_input.get(CONF_WEIGHT)) is not None:
                kept[CONF_WEIGHT_KG] = round(MassConverter.convert(weight, unit, UnitOfMass.KILOGRAMS), 2)
            return self.async_create_entry(data=async_with_settings(self.config_entry, SECTION_BODY, kept))
        low, high = (
            round(MassConverter.convert(kg, UnitOfMass.KILOGRAMS, unit))
            for kg in (WEIGHT_KG_MIN, WEIGHT_KG_MAX)
        )
        suggested = {}
        if CONF_WEIGHT_KG in kept:
            weight = MassConverter.convert(kept[CONF_WEIGHT_KG], UnitOfMass.KILOGRAMS, unit)
            suggested[CONF_WEIGHT] = round(weight, 1)
        return self.async_show_form(
            step_id="body",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema({vol.Optional(CONF_WEIGHT): number_box(low, high, 0.1, unit)}), suggested
            ),
        )


class WalkerOptionsFlow(
    GoalOptions,
    DayOptions,
    BodyOptions,
    CalendarOptions,
    ClearPathOptions,
    CoachingOptions,
    GuidedSessionOptions,
    ReminderOptions,
):
    """Offer all settings of a walker."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask which settings to change."""
        return self.async_show_menu(
            step_id="init",
            menu_options=[
                "goal",
                "reminders",
                "guided_sessions",
                "coaching",
                "clear_path",
                "calendar",
                "day",
                "body",
            ],
        )
