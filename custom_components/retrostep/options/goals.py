"""The forms for the walker's goal: first the plan, then the fields it has of its own."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult

from ..core.goals.goal import GoalKind
from ..core.goals.growth import PlanSpec
from ..core.goals.plan import CUSTOM_USUAL, GoalSettings, Plan
from ..core.ledger.day_calendar import WEEKDAYS
from ..length_units import async_length_unit
from .goal_form import CONF_KIND, CONF_VALUE, STEP_CUSTOM, STEP_FIXED, check_value, typed, written
from .programmes import ProgrammeOptions


class GoalOptions(ProgrammeOptions):
    """Say what to do every day."""

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
            elif plan is Plan.PROGRAMME:
                return await self.async_step_goal_programme()
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
            if kind is not self._kind and user_input[CONF_VALUE] == written(self._kind, before, unit):
                # What the other kind of goal was proposed says nothing of this one.
                errors["base"] = "look_again"
                self._kind, user_input = kind, None
            else:
                value = typed(kind, user_input[CONF_VALUE], unit, settings.values[kind])
                check_value(CONF_VALUE, kind, value, errors)
                if not errors:
                    return self._async_keep_goal({CONF_KIND: kind.value, kind.value: value})
        shown = user_input or {
            CONF_KIND: self._kind.value,
            CONF_VALUE: written(self._kind, settings.values[self._kind], unit),
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
                written(self._kind, value, unit) for value in (proposed.start, proposed.target)
            ):
                errors["base"] = "look_again"
                self._kind, user_input = kind, None
            else:
                before = _plan_of(settings, kind)
                spec = PlanSpec(
                    kind,
                    typed(kind, user_input["start"], unit, before.start),
                    typed(kind, user_input["target"], unit, before.target),
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
            "start": written(self._kind, proposed.start, unit),
            "target": written(self._kind, proposed.target, unit),
            "weeks": proposed.weeks,
        }
        return self._async_ask(STEP_CUSTOM, shown, errors)


def _plan_of(settings: GoalSettings, kind: GoalKind) -> PlanSpec:
    """Give the walker's own plan if it counts this kind, else the usual one."""
    return settings.custom if settings.custom.kind is kind else CUSTOM_USUAL[kind]


def _check_plan(spec: PlanSpec, errors: dict[str, str]) -> None:
    """Say at its field what is wrong with the walker's own plan."""
    check_value("start", spec.kind, spec.start, errors)
    check_value("target", spec.kind, spec.target, errors)
    if not errors and spec.target < spec.start:
        errors["target"] = "target_below_start"
    elif not errors and not spec.grows:
        errors["start"] = "cannot_grow"
