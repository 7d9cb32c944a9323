"""The forms for the walker's goal: first the plan, then the fields it has of its own."""

from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.const import UnitOfLength
from homeassistant.helpers.selector import BooleanSelector, SelectSelectorConfig, SelectSelectorMode

from ..const import SECTION_GOALS
from ..core.goals.goal import RANGES, GoalKind
from ..core.goals.growth import PlanSpec
from ..core.goals.plan import CUSTOM_USUAL, WEEKS_MAX, GoalSettings, Plan, read_settings
from ..core.ledger.day_calendar import WEEKDAYS
from ..length_units import async_length_unit, to_house, to_metres
from ..walker import async_settings, async_with_settings
from .selectors import ShortSelectSelector, number_box

CONF_KIND: Final = "kind"
CONF_VALUE: Final = "value"
STEP_FIXED: Final = "goal_fixed"
STEP_CUSTOM: Final = "goal_custom"


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

FIELDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "goal": {
        "plan": _choice("goal_plan", [plan.value for plan in Plan]),
        "rest_days": _choice("weekday", list(WEEKDAYS), multiple=True),
        "paused": BooleanSelector(),
    },
    STEP_FIXED: {CONF_KIND: _KIND, CONF_VALUE: _ANY_VALUE},
    STEP_CUSTOM: {
        CONF_KIND: _KIND,
        "start": _ANY_VALUE,
        "target": _ANY_VALUE,
        "weeks": number_box(1, WEEKS_MAX),
    },
}


class GoalOptions(OptionsFlow):
    """Say what to do every day."""

    _chosen: Mapping[str, Any]
    _kind: GoalKind

    async def async_step_goal(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the plan and the days off."""
        settings = self._async_goal_settings()
        errors: dict[str, str] = {}
        if user_input is not None:
            self._chosen, self._kind = user_input, settings.kind
            if len(user_input["rest_days"]) == len(WEEKDAYS):
                errors["rest_days"] = "only_rest_days"
            elif (plan := Plan(user_input["plan"])) is Plan.FIXED:
                return await self.async_step_goal_fixed()
            elif plan is Plan.CUSTOM:
                return await self.async_step_goal_custom()
            else:
                return self._async_keep_goal({})
        shown = user_input or {
            "plan": settings.plan.value,
            "rest_days": [WEEKDAYS[number] for number in sorted(settings.rest_days)],
            "paused": settings.paused,
        }
        return self._async_ask("goal", shown, errors)

    async def async_step_goal_fixed(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for a goal that stays the same."""
        settings, unit = self._async_goal_settings(), async_length_unit(self.hass)
        errors: dict[str, str] = {}
        if user_input is not None:
            kind = GoalKind(user_input[CONF_KIND])
            before = settings.values[self._kind]
            if kind is not self._kind and user_input[CONF_VALUE] == _shown(self._kind, before, unit):
                # What the other kind of goal was proposed says nothing of this one.
                errors["base"] = "look_again"
                self._kind, user_input = kind, None
            else:
                value = _typed(kind, user_input[CONF_VALUE], unit, settings.values[kind])
                _check_value(CONF_VALUE, kind, value, errors)
                if not errors:
                    return self._async_keep_goal({CONF_KIND: kind.value, kind.value: value})
        shown = user_input or {
            CONF_KIND: self._kind.value,
            CONF_VALUE: _shown(self._kind, settings.values[self._kind], unit),
        }
        return self._async_ask(STEP_FIXED, shown, errors)

    async def async_step_goal_custom(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for a plan of one's own: from where to where in how many weeks."""
        settings, unit = self._async_goal_settings(), async_length_unit(self.hass)
        errors: dict[str, str] = {}
        if user_input is not None:
            kind, proposed = GoalKind(user_input[CONF_KIND]), _plan_of(settings, self._kind)
            ends = (user_input["start"], user_input["target"])
            if kind is not self._kind and ends == tuple(
                _shown(self._kind, value, unit) for value in (proposed.start, proposed.target)
            ):
                errors["base"] = "look_again"
                self._kind, user_input = kind, None
            else:
                before = _plan_of(settings, kind)
                spec = PlanSpec(
                    kind,
                    _typed(kind, user_input["start"], unit, before.start),
                    _typed(kind, user_input["target"], unit, before.target),
                    user_input["weeks"],
                )
                _check_plan(spec, errors)
                if not errors:
                    plan = {"start": spec.start, "target": spec.target, "weeks": spec.weeks}
                    return self._async_keep_goal(
                        {CONF_KIND: kind.value, "custom": {CONF_KIND: kind.value, **plan}}
                    )
        proposed = _plan_of(settings, self._kind)
        shown = user_input or {
            CONF_KIND: self._kind.value,
            "start": _shown(self._kind, proposed.start, unit),
            "target": _shown(self._kind, proposed.target, unit),
            "weeks": proposed.weeks,
        }
        return self._async_ask(STEP_CUSTOM, shown, errors)

    def _async_goal_settings(self) -> GoalSettings:
        return read_settings(async_settings(self.config_entry, SECTION_GOALS))

    def _async_ask(self, step_id: str, shown: Mapping[str, Any], errors: dict[str, str]) -> ConfigFlowResult:
        unit = async_length_unit(self.hass)
        kind = GoalKind(shown.get(CONF_KIND, GoalKind.STEPS))
        allowed = RANGES[kind]
        schema = vol.Schema({vol.Required(name): field for name, field in FIELDS[step_id].items()})
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(schema, shown),
            description_placeholders={
                "length_unit": unit.value,
                "low": f"{_shown(kind, allowed.low, unit):g}",
                "high": f"{_shown(kind, allowed.high, unit):g}",
            },
            errors=errors,
            last_step=step_id != "goal",
        )

    def _async_keep_goal(self, own: Mapping[str, Any]) -> ConfigFlowResult:
        """Keep the plan with the fields of its own; those of other plans stay as they were."""
        kept = async_settings(self.config_entry, SECTION_GOALS)
        part = {**kept, **self._chosen, **own}
        return self.async_create_entry(data=async_with_settings(self.config_entry, SECTION_GOALS, part))


def _plan_of(settings: GoalSettings, kind: GoalKind) -> PlanSpec:
    """Give the walker's own plan if it counts this kind, else the usual one."""
    return settings.custom if settings.custom.kind is kind else CUSTOM_USUAL[kind]


def _shown(kind: GoalKind, value: float, unit: UnitOfLength) -> float:
    """Write a value in the unit of the house."""
    return to_house(value, unit) if kind is GoalKind.METRES else value


def _typed(kind: GoalKind, value: float, unit: UnitOfLength, kept: float) -> float:
    """Read a value that was typed in the unit of the house."""
    return to_metres(value, unit, kept) if kind is GoalKind.METRES else value


def _check_value(name: str, kind: GoalKind, value: float, errors: dict[str, str]) -> None:
    """Say at its field why a goal of this kind can't have this value."""
    allowed = RANGES[kind]
    if not allowed.low <= value <= allowed.high:
        errors[name] = "out_of_range"
    elif kind in _WHOLE and not float(value).is_integer():
        errors[name] = "only_whole"


def _check_plan(spec: PlanSpec, errors: dict[str, str]) -> None:
    """Say at its field what is wrong with the walker's own plan."""
    _check_value("start", spec.kind, spec.start, errors)
    _check_value("target", spec.kind, spec.target, errors)
    if not errors and spec.target < spec.start:
        errors["target"] = "target_below_start"
    elif not errors and not spec.grows:
        errors["start"] = "cannot_grow"
