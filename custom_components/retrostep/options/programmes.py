"""The forms for a program: which one, on which days and from when; then its dose or what is known of it."""

from datetime import date, timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.util import dt as dt_util

from ..const import SECTION_GOALS
from ..core.goals.goal import RANGES, GoalKind
from ..core.goals.programme import (
    CONF_FIRST,
    CONF_KIND,
    CONF_LAST,
    CONF_NAME,
    CONF_PROGRAMME,
    CONF_START,
    CONF_WEEKDAYS,
    CONF_WEEKS,
    Programme,
    read_programme,
)
from ..core.goals.published_programmes import PUBLISHED, ProgrammeName
from ..features.goal_texts import async_about_programme
from ..length_units import async_length_unit
from ..walker import async_settings, async_zone
from .goal_form import STEP_OWN, STEP_PROGRAMME, STEP_PUBLISHED, GoalForm, check_value, typed, written

# Whoever plans further ahead meant another year.
START_WITHIN: Final = timedelta(days=366)
# On which days of the week so many times are proposed: with a day in between.
_SPREAD: Final = {2: ["tue", "thu"], 3: ["mon", "wed", "fri"]}
_WEEKS_USUAL: Final = 6


class ProgrammeOptions(GoalForm):
    """Say which program to follow."""

    _programme: dict[str, Any]

    async def async_step_goal_programme(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the program, its days of the week and its start."""
        kept = self._async_kept()
        today = dt_util.now(await async_zone(self.hass, self.config_entry)).date()
        errors: dict[str, str] = {}
        study = None
        if user_input is not None:
            name = ProgrammeName(user_input[CONF_NAME])
            study = PUBLISHED.get(name)
            start = date.fromisoformat(user_input[CONF_START])
            if not user_input[CONF_WEEKDAYS]:
                errors[CONF_WEEKDAYS] = "no_planned_days"
            elif study and len(user_input[CONF_WEEKDAYS]) != study.times:
                errors[CONF_WEEKDAYS] = "other_number_of_days"
            is_new = kept is None or kept.start != start
            if is_new and not today <= start <= today + START_WITHIN:
                errors[CONF_START] = "start_not_ahead"
            if not errors:
                self._programme = user_input
                return await (
                    self.async_step_goal_programme_published()
                    if study
                    else self.async_step_goal_programme_own()
                )
        shown = user_input or {
            CONF_NAME: (kept.name if kept else ProgrammeName.KNEE).value,
            CONF_WEEKDAYS: self._async_kept_options().get(CONF_WEEKDAYS, _SPREAD[3]),
            CONF_START: (kept.start if kept else today).isoformat(),
        }
        times = study.times if study else 0
        return self._async_ask(STEP_PROGRAMME, shown, errors, {"times": str(times)})

    async def async_step_goal_programme_published(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show what is known of a program that was studied, before it is chosen."""
        if user_input is not None:
            return self._async_keep_goal({CONF_PROGRAMME: self._programme})
        name = ProgrammeName(self._programme[CONF_NAME])
        study = PUBLISHED[name]
        placeholders = {
            "about": async_about_programme(self.hass, name),
            "source": study.source,
            "minutes": f"{study.minutes:g}",
            "times": str(study.times),
            "weeks": str(study.weeks),
        }
        return self._async_ask(STEP_PUBLISHED, {}, {}, placeholders)

    async def async_step_goal_programme_own(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask how much each time, growing to how much, for how many weeks."""
        unit, kept = async_length_unit(self.hass), self._async_kept()
        own = kept if kept and kept.name is ProgrammeName.OWN else None
        errors: dict[str, str] = {}
        kind = own.kind if own else GoalKind.MINUTES
        if user_input is not None:
            before, kind = kind, GoalKind(user_input[CONF_KIND])
            ends = (user_input[CONF_FIRST], user_input[CONF_LAST])
            if kind is not before and ends == self._ends(own, before):
                # What was proposed for the other kind says nothing of this one.
                errors["base"] = "look_again"
                user_input = None
            else:
                usual = RANGES[kind].usual
                first = typed(kind, ends[0], unit, own.first if own else usual)
                last = typed(kind, ends[1], unit, own.last if own else usual)
                dose = {CONF_FIRST: first, CONF_LAST: last, CONF_WEEKS: user_input[CONF_WEEKS]}
                kept_as = {**self._programme, CONF_KIND: kind.value, **dose}
                programme = read_programme(kept_as)
                assert programme, "the form takes only what can be read"
                _check_dose(programme, errors)
                if not errors:
                    return self._async_keep_goal({CONF_PROGRAMME: kept_as})
        ends = self._ends(own, kind)
        shown = user_input or {
            CONF_KIND: kind.value,
            CONF_FIRST: ends[0],
            CONF_LAST: ends[1],
            CONF_WEEKS: own.weeks if own else _WEEKS_USUAL,
        }
        return self._async_ask(STEP_OWN, shown, errors)

    def _ends(self, own: Programme | None, kind: GoalKind) -> tuple[float, float]:
        """Give the amounts that are proposed for a kind, in the unit of the house."""
        unit, usual = async_length_unit(self.hass), RANGES[kind].usual
        first, last = (own.first, own.last) if own and own.kind is kind else (usual, usual)
        return written(kind, first, unit), written(kind, last, unit)

    def _async_kept_options(self) -> dict[str, Any]:
        kept: dict[str, Any] = async_settings(self.config_entry, SECTION_GOALS).get(CONF_PROGRAMME, {})
        return kept

    def _async_kept(self) -> Programme | None:
        return read_programme(self._async_kept_options() or None)


def _check_dose(programme: Programme, errors: dict[str, str]) -> None:
    """Say at its field what is wrong with a dose."""
    check_value(CONF_FIRST, programme.kind, programme.first, errors)
    check_value(CONF_LAST, programme.kind, programme.last, errors)
    if not errors and programme.last < programme.first:
        errors[CONF_LAST] = "target_below_start"
    elif not errors and not programme.arrives:
        errors[CONF_LAST] = "grows_too_fast"
