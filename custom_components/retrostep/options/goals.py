"""The form for the walker's goal."""

from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.const import UnitOfLength, UnitOfTime
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    NumberSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)

from ..const import SECTION_GOALS
from ..core.goals.goal import RANGES, GoalKind
from ..core.goals.plan import CUSTOM_USUAL, WEEKS_MAX, GoalSettings, Plan, PlanSpec, read_settings
from ..core.ledger.day_calendar import WEEKDAYS
from ..length_units import async_length_unit, to_house, to_metres
from ..walker import async_settings, async_with_settings
from .selectors import ShortSelectSelector, length_selector, number_box

SECTION_FIXED: Final = "fixed"
SECTION_CUSTOM: Final = "custom"


def _amount(kind: GoalKind, unit: str | None = None) -> NumberSelector:
    allowed = RANGES[kind]
    return number_box(allowed.low, allowed.high, allowed.step, unit)


def _choice(key: str, options: list[str], *, multiple: bool = False) -> ShortSelectSelector:
    mode = SelectSelectorMode.LIST if multiple else SelectSelectorMode.DROPDOWN
    return ShortSelectSelector(
        SelectSelectorConfig(options=options, multiple=multiple, mode=mode, translation_key=key)
    )


# Kinds of which there are no parts.
_WHOLE: Final = (GoalKind.STEPS, GoalKind.SESSIONS)
# The ends of a custom plan count what the kind of goal counts: any value of any kind fits the fields.
_ANY_VALUE: Final = number_box(1, max(allowed.high for allowed in RANGES.values()), 0.25)

FIELDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "": {
        "plan": _choice("goal_plan", [plan.value for plan in Plan]),
        "kind": _choice("goal_kind", [kind.value for kind in GoalKind]),
        "rest_days": _choice("weekday", list(WEEKDAYS), multiple=True),
        "paused": BooleanSelector(),
    },
    SECTION_FIXED: {
        GoalKind.STEPS.value: _amount(GoalKind.STEPS),
        GoalKind.MINUTES.value: _amount(GoalKind.MINUTES, UnitOfTime.MINUTES),
        GoalKind.METRES.value: _amount(GoalKind.METRES, UnitOfLength.METERS),
        GoalKind.SESSIONS.value: _amount(GoalKind.SESSIONS),
    },
    SECTION_CUSTOM: {
        "start": _ANY_VALUE,
        "target": _ANY_VALUE,
        "weeks": number_box(1, WEEKS_MAX),
    },
}


class GoalOptions(OptionsFlow):
    """Say what to do every day."""

    async def async_step_goal(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the plan, the fixed goals and the days off."""
        kept = async_settings(self.config_entry, SECTION_GOALS)
        unit = async_length_unit(self.hass)
        settings = read_settings(kept)
        errors: dict[str, str] = {}
        shown = _shown(settings, unit)
        if user_input is not None:
            shown = user_input
            if len(user_input.get("rest_days", ())) == len(WEEKDAYS):
                errors["rest_days"] = "only_rest_days"
            spec = _spec(user_input, settings, unit) if Plan(user_input["plan"]) is Plan.CUSTOM else None
            if spec:
                _check_plan(spec, errors)
            if not errors:
                part = {**kept, **_to_keep(user_input, settings, spec, unit)}
                return self.async_create_entry(
                    data=async_with_settings(self.config_entry, SECTION_GOALS, part)
                )
        return self.async_show_form(
            step_id="goal",
            data_schema=self.add_suggested_values_to_schema(_schema(shown, unit), shown),
            description_placeholders={"length_unit": unit.value},
            errors=errors,
        )


def _shown(settings: GoalSettings, unit: UnitOfLength) -> dict[str, Any]:
    """Give what the form begins with, in the units of the house."""
    custom = settings.custom
    return {
        "plan": settings.plan.value,
        "kind": settings.kind.value,
        "rest_days": [WEEKDAYS[number] for number in sorted(settings.rest_days)],
        "paused": settings.paused,
        SECTION_FIXED: {
            kind.value: to_house(value, unit) if kind is GoalKind.METRES else value
            for kind, value in settings.values.items()
        },
        SECTION_CUSTOM: {
            **{
                end: to_house(value, unit) if custom.kind is GoalKind.METRES else value
                for end, value in (("start", custom.start), ("target", custom.target))
            },
            "weeks": custom.weeks,
        },
    }


def _schema(shown: Mapping[str, Any], unit: UnitOfLength) -> vol.Schema:
    """Put the form together; the section that matters is open."""
    open_section = {Plan.FIXED: SECTION_FIXED, Plan.CUSTOM: SECTION_CUSTOM}.get(Plan(shown["plan"]))
    schema: dict[vol.Marker, Any] = {vol.Required(name): field for name, field in FIELDS[""].items()}
    metres = RANGES[GoalKind.METRES]
    lengths = {GoalKind.METRES.value: length_selector(metres.low, metres.high, metres.step, unit)}
    for name in (SECTION_FIXED, SECTION_CUSTOM):
        fields = {vol.Required(key): lengths.get(key, field) for key, field in FIELDS[name].items()}
        schema[vol.Required(name)] = section(vol.Schema(fields), {"collapsed": name != open_section})
    return vol.Schema(schema)


def _spec(user_input: Mapping[str, Any], settings: GoalSettings, unit: UnitOfLength) -> PlanSpec:
    """Give the walker's own plan."""
    custom, kind = user_input[SECTION_CUSTOM], GoalKind(user_input["kind"])
    start, target = custom["start"], custom["target"]
    if kind is GoalKind.METRES:
        before = settings.custom if settings.custom.kind is kind else CUSTOM_USUAL[kind]
        start, target = to_metres(start, unit, before.start), to_metres(target, unit, before.target)
    return PlanSpec(kind, start, target, custom["weeks"])


def _check_plan(spec: PlanSpec, errors: dict[str, str]) -> None:
    """Say what is wrong with the walker's own plan."""
    allowed = RANGES[spec.kind]
    if spec.target < spec.start:
        errors[SECTION_CUSTOM] = "target_below_start"
    elif not allowed.low <= spec.start <= spec.target <= allowed.high:
        errors[SECTION_CUSTOM] = "not_of_this_kind"
    elif spec.kind in _WHOLE and not (float(spec.start).is_integer() and float(spec.target).is_integer()):
        errors[SECTION_CUSTOM] = "only_whole"
    elif not spec.grows:
        errors[SECTION_CUSTOM] = "cannot_grow"


def _to_keep(
    user_input: Mapping[str, Any], settings: GoalSettings, spec: PlanSpec | None, unit: UnitOfLength
) -> dict[str, Any]:
    """Give what to keep of the form; the walker's own plan only if it was chosen."""
    keep: dict[str, Any] = {name: user_input[name] for name in FIELDS[""]}
    keep |= user_input[SECTION_FIXED]
    metres = GoalKind.METRES
    keep[metres.value] = to_metres(keep[metres.value], unit, settings.values[metres])
    if spec:
        keep["custom"] = {
            "kind": spec.kind.value,
            "start": spec.start,
            "target": spec.target,
            "weeks": spec.weeks,
        }
    return keep
