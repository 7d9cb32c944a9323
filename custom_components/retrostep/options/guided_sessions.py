"""The form for guided sessions."""

from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.const import UnitOfLength, UnitOfTime
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    SelectSelector,
    SelectSelectorConfig,
)

from ..const import SECTION_GUIDE
from ..core.guided_sessions.routine import (
    CONF_METRONOME,
    CONF_METRONOME_RATE,
    CONF_PAUSE_MIN,
    CONF_ROUTINE,
    DEFAULT_METRONOME_RATE,
    DEFAULT_PAUSE_MIN,
    DEFAULT_ROUTINE,
    Lengths,
    Routine,
)
from ..length_units import async_length_unit, to_house, to_metres
from ..walker import async_settings, async_with_settings
from .selectors import length_selector, number_box

DISTANCE: Final = "distance_m"
DISTANCE_M_MIN: Final = 10
DISTANCE_M_MAX: Final = 5000

_DEFAULTS: Final = Lengths()
_MINUTES: Final = UnitOfTime.MINUTES

FORM: Final[Mapping[str, Mapping[vol.Marker, Any]]] = {
    "session": {
        vol.Required(CONF_ROUTINE, default=DEFAULT_ROUTINE.value): SelectSelector(
            SelectSelectorConfig(
                options=[routine.value for routine in Routine if routine is not Routine.CUSTOM],
                translation_key="routine",
            )
        ),
        vol.Required(CONF_PAUSE_MIN, default=DEFAULT_PAUSE_MIN): number_box(1, 60, 1, _MINUTES),
    },
    "lengths": {
        vol.Required("warm_up_min", default=_DEFAULTS.warm_up_min): number_box(0, 15, 0.5, _MINUTES),
        vol.Required("backward_min", default=_DEFAULTS.backward_min): number_box(0.5, 15, 0.5, _MINUTES),
        vol.Required("forward_min", default=_DEFAULTS.forward_min): number_box(0, 15, 0.5, _MINUTES),
        vol.Required("repeats", default=_DEFAULTS.repeats): number_box(1, 20),
        vol.Required("cool_down_min", default=_DEFAULTS.cool_down_min): number_box(0, 15, 0.5, _MINUTES),
        vol.Required(DISTANCE, default=_DEFAULTS.distance_m): length_selector(
            DISTANCE_M_MIN, DISTANCE_M_MAX, 10, UnitOfLength.METERS
        ),
    },
    "pace": {
        vol.Required(CONF_METRONOME, default=False): BooleanSelector(),
        vol.Required(CONF_METRONOME_RATE, default=DEFAULT_METRONOME_RATE): number_box(30, 200),
    },
}


class GuidedSessionOptions(OptionsFlow):
    """Ask how guided sessions shall be."""

    async def async_step_guided_sessions(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the usual routine, its lengths and the metronome."""
        kept = async_settings(self.config_entry, SECTION_GUIDE)
        unit = async_length_unit(self.hass)
        distance_m: float = kept.get(DISTANCE, _DEFAULTS.distance_m)
        if user_input is not None:
            settings = {key: value for part in user_input.values() for key, value in part.items()}
            settings[DISTANCE] = to_metres(settings[DISTANCE], unit, distance_m)
            return self.async_create_entry(
                data=async_with_settings(self.config_entry, SECTION_GUIDE, settings)
            )
        schema = vol.Schema(
            {
                vol.Required(name): section(
                    vol.Schema({key: _in_the_house(key, field, unit) for key, field in fields.items()}),
                    {"collapsed": name != "session"},
                )
                for name, fields in FORM.items()
            }
        )
        shown = {**kept, DISTANCE: to_house(distance_m, unit)}
        return self.async_show_form(
            step_id="guided_sessions",
            data_schema=self.add_suggested_values_to_schema(schema, dict.fromkeys(FORM, shown)),
        )


def _in_the_house(key: vol.Marker, field: Any, unit: UnitOfLength) -> Any:
    """Give the field of a form, a length in the unit of the house."""
    return length_selector(DISTANCE_M_MIN, DISTANCE_M_MAX, 10, unit) if key == DISTANCE else field
