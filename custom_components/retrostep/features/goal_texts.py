"""Writes down why the goal is what it is, in the language and the units of the house.

Home Assistant's translations know neither plurals nor numbers nor dates: all three are put together here
from texts of their own.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from homeassistant.const import UnitOfLength
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations

from ..const import DOMAIN
from ..core.goals.goal import AMOUNTS, Goal, GoalKind
from ..core.goals.published_programmes import PUBLISHED, ProgrammeName
from ..core.goals.view import Explanation
from ..length_units import async_length_unit, to_house

DECIMAL_MARK: Final = "decimal_mark"
DATE: Final = "date"
MONTHS: Final = tuple(f"month_{number}" for number in range(1, 13))
AMOUNT_FEET: Final = "amount_ft"
ABOUT_PROGRAMME: Final[Mapping[ProgrammeName, str]] = {
    ProgrammeName.KNEE: "about_knee",
    ProgrammeName.STROKE: "about_stroke",
    ProgrammeName.BOYS: "about_boys",
    ProgrammeName.PRACTICE: "about_practice",
}
_EXPLANATION: Final = "sensor.daily_goal_progress.state_attributes.explanation.state"


class _Texts:
    """The texts of a language, by default that of the house."""

    def __init__(self, hass: HomeAssistant, language: str | None = None) -> None:
        self._hass = hass
        self._language = language or hass.config.language

    def of(self, category: str, path: str) -> str:
        texts = async_get_cached_translations(self._hass, self._language, category, DOMAIN)
        return texts.get(f"component.{DOMAIN}.{category}.{path}", path)

    def common(self, key: str) -> str:
        return self.of("common", key)


@callback
def async_explain(hass: HomeAssistant, explanation: Explanation) -> str:
    """Write an explanation."""
    texts = _Texts(hass)
    unit = async_length_unit(hass)
    written = {name: _write(texts, value, unit) for name, value in explanation.placeholders.items()}
    return texts.of("entity", f"{_EXPLANATION}.{explanation.key}").format_map(written)


@callback
def async_common(hass: HomeAssistant, key: str, language: str | None = None) -> str:
    """Return a text that several places share, by default in the language of the house.

    Another language must have been loaded.
    """
    return _Texts(hass, language).common(key)


@callback
def async_amount(hass: HomeAssistant, amount: Goal, language: str | None = None) -> str:
    """Write an amount of what goals count: "24 steps", distances in the unit of the house."""
    return _amount(_Texts(hass, language), amount, async_length_unit(hass))


@callback
def async_about_programme(hass: HomeAssistant, name: ProgrammeName) -> str:
    """Write who was studied with a program and what it was compared with."""
    return async_common(hass, ABOUT_PROGRAMME[name]).format(people=PUBLISHED[name].people)


@callback
def async_unit(hass: HomeAssistant, kind: GoalKind, shown: float) -> str:
    """Return the unit beside an amount that is no distance, singular for one."""
    one, several = AMOUNTS[kind]
    return _Texts(hass).common(one if shown == 1 else several).format(value="").strip()


def _write(texts: _Texts, value: Goal | date | int, unit: UnitOfLength) -> str:
    match value:
        case Goal():
            return _amount(texts, value, unit)
        case date():
            return texts.common(DATE).format(day=value.day, month=texts.common(MONTHS[value.month - 1]))
        case _:
            return str(value)


def _amount(texts: _Texts, goal: Goal, unit: UnitOfLength) -> str:
    one, several = AMOUNTS[goal.kind]
    value = goal.value
    if goal.kind is GoalKind.METRES and unit is UnitOfLength.FEET:
        value, several = to_house(value, unit), AMOUNT_FEET
    number = f"{round(value, 2):g}".replace(".", texts.common(DECIMAL_MARK))
    return texts.common(one if value == 1 else several).format(value=number)
