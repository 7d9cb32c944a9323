"""The forms of a program: which one, its days and its start; a dose that makes no sense is refused."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.exceptions import ServiceValidationError

from custom_components.retrostep.core.goals.published_programmes import PUBLISHED
from custom_components.retrostep.diagnostics import async_get_config_entry_diagnostics

from ..helpers import MakeWalker, settle
from .test_goals import chosen, fill_in, suggested

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

# A Monday.
TODAY = "2026-11-30"
DAYS = ["mon", "wed", "fri"]
OWN = {"kind": "minutes", "first": 5, "last": 8, "weeks": 6}


@pytest.fixture
async def ann(
    hass: HomeAssistant, make_walker: MakeWalker, freezer: FrozenDateTimeFactory
) -> MockConfigEntry:
    """Ann, with a goal of 100 steps, on a Monday."""
    freezer.move_to(f"{TODAY}T12:00:00+00:00")
    entry = make_walker(options={"goals": {"plan": "fixed", "kind": "steps", "steps": 100}})
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    return entry


async def program(hass: HomeAssistant, ann: MockConfigEntry, name: str, **fields: Any) -> Any:
    """Choose a program; gives what comes next."""
    form = await chosen(hass, ann, "programme")
    assert form["step_id"] == "goal_programme"
    return await fill_in(hass, form, **{"name": name, "weekdays": DAYS, "start": TODAY, **fields})


async def test_a_published_program_shows_what_is_known_before_it_begins(
    hass: HomeAssistant, ann: MockConfigEntry
) -> None:
    form = await program(hass, ann, "knee")
    about = form["description_placeholders"]
    assert form["step_id"] == "goal_programme_published"
    assert (about["minutes"], about["times"], about["weeks"]) == ("10", "3", "6")
    assert "68 people with knee osteoarthritis" in about["about"]
    assert about["source"] == "https://doi.org/10.1186/s12891-019-2537-9"
    assert ann.options["goals"]["plan"] == "fixed", "nothing holds before it was read"

    result = await fill_in(hass, form)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    view = ann.runtime_data.data.goal
    assert (view.kind.value, view.goal, view.rest_day) == ("minutes", 10, False)
    assert view.explanation.text == "Week 1 of 6: 10 min today. Done this week: 0 of 3."


async def test_every_published_program_has_its_study(hass: HomeAssistant, ann: MockConfigEntry) -> None:
    for name, study in PUBLISHED.items():
        form = await program(hass, ann, name.value, weekdays=DAYS[: study.times])
        about = form["description_placeholders"]
        assert (about["source"], f" {study.people} " in about["about"]) == (study.source, True)


async def test_an_own_program_has_a_dose_of_its_own(hass: HomeAssistant, ann: MockConfigEntry) -> None:
    form = await program(hass, ann, "own", weekdays=["tue", "sat"])
    assert suggested(form) == {"kind": "minutes", "first": 5, "last": 5, "weeks": 6}
    await fill_in(hass, form, **OWN)
    view = ann.runtime_data.data.goal
    assert (view.goal, view.rest_day, view.programme.next_day.isoformat()) == (5, True, "2026-12-01")
    assert ann.options["goals"]["steps"] == 100, "the fixed goal is kept for later"

    again = await chosen(hass, ann, "programme")
    assert suggested(again) == {"name": "own", "weekdays": ["tue", "sat"], "start": TODAY}


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"weekdays": []}, {"weekdays": "no_planned_days"}),
        ({"weekdays": ["mon", "tue"]}, {"weekdays": "other_number_of_days"}),
        ({"start": "2026-11-29"}, {"start": "start_not_ahead"}),
        ({"start": "2036-01-01"}, {"start": "start_not_ahead"}),
    ],
)
async def test_days_and_starts_that_make_no_sense_are_refused_at_the_field(
    hass: HomeAssistant, ann: MockConfigEntry, fields: dict[str, Any], error: dict[str, str]
) -> None:
    form = await program(hass, ann, "knee", **fields)
    assert (form["step_id"], form["errors"]) == ("goal_programme", error)
    assert form["description_placeholders"]["times"] == "3"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"first": 200, "last": 200}, {"first": "out_of_range", "last": "out_of_range"}),
        ({"first": 8, "last": 5}, {"last": "target_below_start"}),
        ({"first": 5, "last": 60}, {"last": "grows_too_fast"}),
        ({"kind": "sessions", "first": 1.5, "last": 2}, {"first": "only_whole"}),
        ({"kind": "metres", "first": 5, "last": 5}, {"base": "look_again"}),
    ],
)
async def test_doses_that_make_no_sense_are_refused_at_the_field(
    hass: HomeAssistant, ann: MockConfigEntry, fields: dict[str, Any], error: dict[str, str]
) -> None:
    form = await program(hass, ann, "own")
    form = await fill_in(hass, form, **{**OWN, **fields})
    assert (form["step_id"], form["errors"]) == ("goal_programme_own", error)
    assert ann.options["goals"]["plan"] == "fixed"


@pytest.mark.parametrize("weeks", [None, 0, 53, 2.5, 1e9])
async def test_a_program_without_an_end_is_refused(
    hass: HomeAssistant, ann: MockConfigEntry, weeks: float | None
) -> None:
    form = await program(hass, ann, "own")
    fields = {key: value for key, value in {**OWN, "weeks": weeks}.items() if value is not None}
    with pytest.raises(InvalidData) as refused:
        await fill_in(hass, form, **fields)
    assert refused.value.schema_errors.keys() == {"weeks"}


async def test_a_program_that_runs_may_be_changed_without_another_start(
    hass: HomeAssistant, ann: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await fill_in(hass, await program(hass, ann, "own"), **OWN)
    freezer.move_to("2026-12-03T12:00:00+00:00")
    form = await program(hass, ann, "own", weekdays=["thu"])
    assert form["step_id"] == "goal_programme_own"


async def test_the_button_restarts_a_program_today(
    hass: HomeAssistant, ann: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await fill_in(hass, await program(hass, ann, "own"), **OWN)
    freezer.move_to("2026-12-03T12:00:00+00:00")
    ann.runtime_data.show()
    await settle(hass)
    ann.runtime_data.goals.async_restart_plan()
    await settle(hass)
    assert ann.runtime_data.data.goal.programme.programme.start.isoformat() == "2026-12-03"


async def test_a_program_nobody_set_up_can_not_be_selected(hass: HomeAssistant, ann: MockConfigEntry) -> None:
    goals = ann.runtime_data.goals
    with pytest.raises(ServiceValidationError, match="No program is set up yet"):
        goals.async_choose_plan(type(goals.view.settings.plan)("programme"))


async def test_the_summary_says_how_the_program_is_followed(
    hass: HomeAssistant, ann: MockConfigEntry
) -> None:
    await fill_in(hass, await program(hass, ann, "knee"))
    summary = ann.runtime_data.goals.summary(ann.runtime_data.now())["programme"]
    assert summary["name"] == "knee"
    assert (summary["planned"], summary["done"], summary["missed"], summary["made_up"]) == (1, 0, 0, 0)
    assert (summary["start"], summary["end"], summary["next_day"]) == (TODAY, "2027-01-10", "2026-12-02")


async def test_diagnostics_do_not_say_which_program_somebody_follows(
    hass: HomeAssistant, ann: MockConfigEntry
) -> None:
    await fill_in(hass, await program(hass, ann, "stroke"))
    told = await async_get_config_entry_diagnostics(hass, ann)
    assert told["goal"]["programme"] == {"state": "running", "week": 1}
    assert "stroke" not in str(told)
