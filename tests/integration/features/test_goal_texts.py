"""Why the goal is what it is reads well in every language and in the units of the house."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.helpers import entity_registry as er
from homeassistant.util.unit_system import METRIC_SYSTEM

from custom_components.retrostep.core.goals.goal import Goal, GoalKind
from custom_components.retrostep.core.goals.view import Explanation
from custom_components.retrostep.features.goal_texts import async_explain

from ..helpers import pass_time, reach, settle, state, this_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod
    from ..helpers import MakeWalker

WAITS = Explanation(
    "plan_waits",
    {
        "goal": Goal(GoalKind.MINUTES, 3.75),
        "next": Goal(GoalKind.MINUTES, 4.5),
        "week": 2,
        "met": 0,
        "needed": 1,
        "day": date(2026, 12, 1),
    },
)


async def speak(hass: HomeAssistant, entry: MockConfigEntry, language: str) -> None:
    """Have the house speak another language."""
    hass.config.language = language
    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", {"Week 2: 3.75 min a day.", "0 of 1.", "the goal grows to 4.5 min on December 1."}),
        ("de", {"Woche 2: 3,75 min am Tag.", "0 von 1.", "steigt es auf 4,5 min (ab 1. Dezember)."}),
        ("fr", {"Semaine 2 : 3,75 min par jour.", "0 sur 1.", "passe à 4,5 min le 1 décembre."}),
        ("zh-Hans", {"3.75 分钟。", "0/1。", "12月1日增加到 4.5 分钟。"}),
    ],
)
async def test_numbers_and_dates_are_written_as_the_language_writes_them(
    hass: HomeAssistant, walker: MockConfigEntry, language: str, written: set[str]
) -> None:
    await speak(hass, walker, language)
    told = async_explain(hass, WAITS)

    assert all(part in told for part in written), told


@pytest.mark.parametrize(
    ("goal", "written"),
    [
        (Goal(GoalKind.STEPS, 1), "1 step"),
        (Goal(GoalKind.STEPS, 2), "2 steps"),
        (Goal(GoalKind.MINUTES, 1), "1 min"),
        (Goal(GoalKind.METRES, 62.5), "62.5 m"),
        (Goal(GoalKind.SESSIONS, 1), "1 session"),
        (Goal(GoalKind.SESSIONS, 3), "3 sessions"),
    ],
)
@pytest.mark.usefixtures("walker")
async def test_one_is_no_plural(hass: HomeAssistant, goal: Goal, written: str) -> None:
    assert async_explain(hass, Explanation("fixed", {"goal": goal})) == f"{written} a day."


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [("steps", 300, "Schritte"), ("minutes", 5, "min"), ("sessions", 3, "Runden"), ("sessions", 1, "Runde")],
)
async def test_the_unit_of_a_goal_speaks_the_language_of_the_house(
    hass: HomeAssistant, make_walker: MakeWalker, kind: str, value: int, written: str
) -> None:
    entry = make_walker(options={"goals": {"plan": "fixed", "kind": kind, kind: value}})
    assert await hass.config_entries.async_setup(entry.entry_id)
    await speak(hass, entry, "de")
    for key in ("daily_goal", "goal_remaining"):
        shown = hass.states.get(f"sensor.ann_{key}")
        assert shown
        assert (shown.state, shown.attributes["unit_of_measurement"]) == (str(value), written)


# A house that counts in miles


async def test_a_distance_is_shown_in_feet_and_kept_in_metres(
    hass: HomeAssistant, in_feet: MockConfigEntry
) -> None:
    assert state(hass, "number.ann_goal_metres") == "328"
    assert state(hass, "sensor.ann_daily_goal") == "328"
    progress = hass.states.get("sensor.ann_daily_goal_progress")
    daily = hass.states.get("sensor.ann_daily_goal")
    assert progress
    assert daily
    assert daily.attributes["unit_of_measurement"] == "ft"
    assert (progress.attributes["goal"], progress.attributes["unit"]) == (100, "m")
    assert progress.attributes["explanation"] == "328 ft a day."


async def test_a_distance_is_typed_in_feet(hass: HomeAssistant, in_feet: MockConfigEntry) -> None:
    async def set_to(feet: float) -> Any:
        data = {"entity_id": "number.ann_goal_metres", "value": feet}
        await hass.services.async_call("number", "set_value", data, blocking=True)
        return in_feet.options["goals"]["metres"]

    assert await set_to(328) == 100, "what is typed as it is shown changes nothing"
    assert await set_to(500) == 152.4
    assert state(hass, "number.ann_goal_metres") == "500"
    assert await set_to(16) == 5, "the least goal, which is no whole number of feet"


@pytest.mark.usefixtures("in_feet")
async def test_the_unit_follows_when_the_house_changes_its_own(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await hass.config.async_update(unit_system="metric")
    await pass_time(hass, freezer, seconds=11)

    assert hass.config.units is METRIC_SYSTEM
    assert state(hass, "number.ann_goal_metres") == "100"
    assert state(hass, "sensor.ann_daily_goal") == "100"
    registered = er.async_get(hass).async_get("number.ann_goal_metres")
    assert registered
    assert registered.unit_of_measurement == "m"


async def test_goals_and_distances_have_one_unit_and_nothing_kept_changes(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker
) -> None:
    options = {"goals": {"plan": "fixed", "kind": "metres", "metres": 100}}
    walker = make_walker(pod, options=options)
    assert await hass.config_entries.async_setup(walker.entry_id)
    pod.walk(back=100, back_dm=500, back_s=60)
    pod.close_minute(this_minute() - 5)
    await reach(hass, pod)
    kept = walker.runtime_data.ledger.as_dict()
    er.async_get(hass).async_update_entity_options(
        "sensor.ann_backward_distance_total", "sensor", {"unit_of_measurement": "km"}
    )

    def units() -> list[str]:
        keys = ("daily_goal", "backward_distance_today", "speed", "backward_distance_total")
        found = [hass.states.get(f"sensor.ann_{key}") for key in keys]
        return [one.attributes["unit_of_measurement"] for one in found if one]

    assert units() == ["m", "m", "km/h", "km"]
    await hass.config.async_update(unit_system="us_customary")
    await settle(hass)
    assert units() == ["ft", "ft", "mph", "km"], "a unit that a person chose stays"
    assert round(float(state(hass, "sensor.ann_backward_distance_today"))) == 164
    assert await hass.config_entries.async_reload(walker.entry_id)
    await settle(hass)
    assert units() == ["ft", "ft", "mph", "km"]
    assert walker.options == options
    assert walker.runtime_data.ledger.as_dict()["pods"] == kept["pods"]
    await hass.config.async_update(unit_system="metric")
    await settle(hass)
    assert units() == ["m", "m", "km/h", "km"]
