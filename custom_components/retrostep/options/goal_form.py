"""What the forms of goals, plans and programs share: their fields, units and bounds."""

from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.const import UnitOfLength
from homeassistant.helpers.selector import BooleanSelector, SelectSelectorConfig, SelectSelectorMode

from ..const import SECTION_GOALS
from ..core.goals.goal import RANGES, GoalKind
from ..core.goals.plan import WEEKS_MAX, GoalSettings, Plan, read_settings
from ..core.goals.programme import CONF_FIRST, CONF_LAST, CONF_NAME, CONF_START, CONF_WEEKDAYS, CONF_WEEKS
from ..core.goals.published_programmes import ProgrammeName
from ..core.ledger.day_calendar import WEEKDAYS
from ..length_units import async_length_unit, to_house, to_metres
from ..walker import async_settings, async_with_settings
from .selectors import DaySelector, ShortSelectSelector, number_box

CONF_KIND: Final = "kind"
CONF_VALUE: Final = "value"
STEP_FIXED: Final = "goal_fixed"
STEP_CUSTOM: Final = "goal_custom"
STEP_PROGRAMME: Final = "goal_programme"
STEP_OWN: Final = "goal_programme_own"
STEP_PUBLISHED: Final = "goal_programme_published"
# After these something is asked still.
_NOT_LAST: Final = ("goal", STEP_PROGRAMME)


def _choice(key: str, options: list[str], *, multiple: bool = False) -> ShortSelectSelector:
    return ShortSelectSelector(
        SelectSelectorConfig(
            options=options, multiple=multiple, mode=SelectSelectorMode.LIST, translation_key=key
        )
    )


# Kinds of which there are no parts.
_WHOLE: Final = (GoalKind.STEPS, GoalKind.SESSIONS)
# A value is in the unit of the kind beside it, feet included; what it may be is said when it is checked.
_ANY_VALUE: Final = number_box(0.25, 20_000, 0.25)
_KIND: Final = _choice("goal_kind", [kind.value for kind in GoalKind])
_WEEKDAYS: Final = _choice("weekday", list(WEEKDAYS), multiple=True)

FIELDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "goal": {
        "plan": _choice("goal_plan", [plan.value for plan in Plan]),
        "rest_days": _WEEKDAYS,
        "paused": BooleanSelector(),
    },
    STEP_FIXED: {CONF_KIND: _KIND, CONF_VALUE: _ANY_VALUE},
    STEP_CUSTOM: {
        CONF_KIND: _KIND,
        "start": _ANY_VALUE,
        "target": _ANY_VALUE,
        "weeks": number_box(1, WEEKS_MAX),
    },
    STEP_PROGRAMME: {
        CONF_NAME: _choice("goal_programme", [name.value for name in ProgrammeName]),
        CONF_WEEKDAYS: _WEEKDAYS,
        CONF_START: DaySelector(),
    },
    STEP_OWN: {
        CONF_KIND: _KIND,
        CONF_FIRST: _ANY_VALUE,
        CONF_LAST: _ANY_VALUE,
        CONF_WEEKS: number_box(1, WEEKS_MAX),
    },
    STEP_PUBLISHED: {},
}


class GoalForm(OptionsFlow):
    """Asks in steps what to do every day; `_chosen` is what the steps before said."""

    _chosen: Mapping[str, Any]
    _kind: GoalKind

    def _async_goal_settings(self) -> GoalSettings:
        return read_settings(async_settings(self.config_entry, SECTION_GOALS))

    def _async_ask(
        self,
        step_id: str,
        shown: Mapping[str, Any],
        errors: dict[str, str],
        placeholders: Mapping[str, str] | None = None,
    ) -> ConfigFlowResult:
        unit = async_length_unit(self.hass)
        kind = GoalKind(shown.get(CONF_KIND, GoalKind.STEPS))
        allowed = RANGES[kind]
        schema = vol.Schema({vol.Required(name): field for name, field in FIELDS[step_id].items()})
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(schema, shown),
            description_placeholders={
                "length_unit": unit.value,
                "low": f"{written(kind, allowed.low, unit):g}",
                "high": f"{written(kind, allowed.high, unit):g}",
                **(placeholders or {}),
            },
            errors=errors,
            last_step=step_id not in _NOT_LAST,
        )

    def _async_keep_goal(self, own: Mapping[str, Any]) -> ConfigFlowResult:
        """Keep the plan with the fields of its own; those of other plans stay as they were."""
        kept = async_settings(self.config_entry, SECTION_GOALS)
        part = {**kept, **self._chosen, **own}
        return self.async_create_entry(data=async_with_settings(self.config_entry, SECTION_GOALS, part))


def written(kind: GoalKind, value: float, unit: UnitOfLength) -> float:
    """Write a value in the unit of the house."""
    return to_house(value, unit) if kind is GoalKind.METRES else value


def typed(kind: GoalKind, value: float, unit: UnitOfLength, kept: float) -> float:
    """Read a value that was typed in the unit of the house."""
    return to_metres(value, unit, kept) if kind is GoalKind.METRES else value


def check_value(name: str, kind: GoalKind, value: float, errors: dict[str, str]) -> None:
    """Say at its field why a goal of this kind can't have this value."""
    allowed = RANGES[kind]
    if not allowed.low <= value <= allowed.high:
        errors[name] = "out_of_range"
    elif kind in _WHOLE and not float(value).is_integer():
        errors[name] = "only_whole"
