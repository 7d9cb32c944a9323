"""The form for guided sessions."""

from typing import Any, Final

import voluptuous as vol
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.const import UnitOfLength, UnitOfTime
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
)

from .coach_routine import Lengths, Routine
from .guide import (
    CONF_METRONOME,
    CONF_METRONOME_RATE,
    CONF_PAUSE_MIN,
    CONF_ROUTINE,
    DEFAULT_METRONOME_RATE,
    DEFAULT_PAUSE_MIN,
    DEFAULT_ROUTINE,
    Guide,
)


def _number(least: float, most: float, step: float, unit: str | None = None) -> NumberSelector:
    config = NumberSelectorConfig(min=least, max=most, step=step, mode=NumberSelectorMode.BOX)
    if unit:
        config["unit_of_measurement"] = unit
    return NumberSelector(config)


_DEFAULTS: Final = Lengths()
_MINUTES: Final = UnitOfTime.MINUTES

FORM: Final = {
    "session": {
        vol.Required(CONF_ROUTINE, default=DEFAULT_ROUTINE.value): SelectSelector(
            SelectSelectorConfig(
                options=[routine.value for routine in Routine if routine is not Routine.CUSTOM],
                translation_key="routine",
            )
        ),
        vol.Required(CONF_PAUSE_MIN, default=DEFAULT_PAUSE_MIN): _number(1, 60, 1, _MINUTES),
    },
    "lengths": {
        vol.Required("warm_up_min", default=_DEFAULTS.warm_up_min): _number(0, 15, 0.5, _MINUTES),
        vol.Required("backward_min", default=_DEFAULTS.backward_min): _number(0.5, 15, 0.5, _MINUTES),
        vol.Required("forward_min", default=_DEFAULTS.forward_min): _number(0, 15, 0.5, _MINUTES),
        vol.Required("repeats", default=_DEFAULTS.repeats): _number(1, 20, 1),
        vol.Required("cool_down_min", default=_DEFAULTS.cool_down_min): _number(0, 15, 0.5, _MINUTES),
        vol.Required("distance_m", default=_DEFAULTS.distance_m): _number(10, 5000, 10, UnitOfLength.METERS),
    },
    "pace": {
        vol.Required(CONF_METRONOME, default=False): BooleanSelector(),
        vol.Required(CONF_METRONOME_RATE, default=DEFAULT_METRONOME_RATE): _number(30, 200, 1),
    },
}


class CoachOptions(OptionsFlow):
    """Ask how guided sessions shall be."""

    async def async_step_coach(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the usual routine, its lengths and the metronome."""
        if user_input is not None:
            settings = {key: value for part in user_input.values() for key, value in part.items()}
            return self.async_create_entry(data={**self.config_entry.options, Guide.part: settings})
        kept = self.config_entry.options.get(Guide.part, {})
        schema = vol.Schema(
            {
                vol.Required(name): section(vol.Schema(fields), {"collapsed": name != "session"})
                for name, fields in FORM.items()
            }
        )
        return self.async_show_form(
            step_id="coach",
            data_schema=self.add_suggested_values_to_schema(schema, dict.fromkeys(FORM, kept)),
        )
