"""The forms of the goal: a plan and days off, then what the plan has of its own, in the unit of the house."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.data_entry_flow import FlowResultType

from ..flow_helpers import open_options
from ..helpers import MakeWalker, settle

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

PLAN = {"plan": "fixed", "rest_days": [], "paused": False}


@pytest.fixture
async def ann(hass: HomeAssistant, make_walker: MakeWalker) -> MockConfigEntry:
    """Ann, with a goal of 100 steps."""
    entry = make_walker(options={"goals": {"plan": "fixed", "kind": "steps", "steps": 100}})
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    return entry


async def fill_in(hass: HomeAssistant, flow: Any, **fields: Any) -> Any:
    """Fill in one of the forms."""
    result = await hass.config_entries.options.async_configure(flow["flow_id"], fields)
    await settle(hass)
    return result


async def chosen(hass: HomeAssistant, entry: MockConfigEntry, plan: str, **more: Any) -> Any:
    """Choose a plan; gives what comes next."""
    flow = await open_options(hass, entry, "goal")
    assert [str(field) for field in flow["data_schema"].schema] == ["plan", "rest_days", "paused"]
    return await fill_in(hass, flow, **{**PLAN, "plan": plan, **more})


def suggested(flow: Any) -> dict[str, Any]:
    """Give what a form begins with."""
    return {str(key): key.description["suggested_value"] for key in flow["data_schema"].schema}


@pytest.mark.parametrize("plan", ["gentle_start", "short_and_often", "first_200_metres"])
async def test_a_plan_with_nothing_of_its_own_asks_nothing_more(
    hass: HomeAssistant, ann: MockConfigEntry, plan: str
) -> None:
    result = await chosen(hass, ann, plan)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert ann.runtime_data.data.goal.settings.plan.value == plan
    assert ann.options["goals"]["steps"] == 100, "the fixed goal is kept for later"


async def test_a_fixed_goal_has_a_type_and_a_number(hass: HomeAssistant, ann: MockConfigEntry) -> None:
    form = await chosen(hass, ann, "fixed")
    assert (form["step_id"], suggested(form)) == ("goal_fixed", {"kind": "steps", "value": 100})

    result = await fill_in(hass, form, kind="minutes", value=7.5)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    view = ann.runtime_data.data.goal
    assert (view.kind.value, view.goal) == ("minutes", 7.5)
    assert ann.options["goals"]["steps"] == 100


async def test_a_custom_plan_has_start_target_and_weeks(hass: HomeAssistant, ann: MockConfigEntry) -> None:
    form = await chosen(hass, ann, "custom", rest_days=["sun"])
    assert suggested(form) == {"kind": "steps", "start": 200, "target": 800, "weeks": 8}

    await fill_in(hass, form, kind="steps", start=100, target=400, weeks=10)
    view = ann.runtime_data.data.goal
    plan = view.settings.plan.value
    assert (plan, view.kind.value, view.goal, view.plan_view.target) == ("custom", "steps", 100, 400)
    assert ann.options["goals"]["rest_days"] == ["sun"]
    assert suggested(await chosen(hass, ann, "custom"))["target"] == 400


async def test_numbers_of_another_type_are_shown_before_they_are_kept(
    hass: HomeAssistant, ann: MockConfigEntry
) -> None:
    form = await chosen(hass, ann, "fixed")
    again = await fill_in(hass, form, kind="sessions", value=100)
    assert again["errors"] == {"base": "look_again"}
    assert suggested(again) == {"kind": "sessions", "value": 3}
    await fill_in(hass, again, kind="sessions", value=3)
    assert ann.runtime_data.data.goal.goal == 3

    form = await chosen(hass, ann, "custom")
    again = await fill_in(hass, form, **{**suggested(form), "kind": "metres"})
    assert again["errors"] == {"base": "look_again"}
    assert suggested(again) == {"kind": "metres", "start": 50, "target": 200, "weeks": 8}
    await fill_in(hass, again, **suggested(again))
    assert ann.options["goals"]["custom"]["kind"] == "metres"


async def test_a_week_needs_a_day_without_rest(hass: HomeAssistant, ann: MockConfigEntry) -> None:
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    result = await chosen(hass, ann, "fixed", rest_days=days)
    assert result["errors"] == {"rest_days": "only_rest_days"}


@pytest.mark.parametrize(
    ("plan", "fields", "errors"),
    [
        ("fixed", {"kind": "steps", "value": 9}, {"value": "out_of_range"}),
        ("fixed", {"kind": "sessions", "value": 2.5}, {"value": "only_whole"}),
        (
            "custom",
            {"kind": "steps", "start": 300, "target": 200, "weeks": 6},
            {"target": "target_below_start"},
        ),
        (
            "custom",
            {"kind": "steps", "start": 3, "target": 11_000, "weeks": 6},
            {"start": "out_of_range", "target": "out_of_range"},
        ),
        ("custom", {"kind": "steps", "start": 20.5, "target": 400, "weeks": 6}, {"start": "only_whole"}),
        ("custom", {"kind": "sessions", "start": 2, "target": 6, "weeks": 6}, {"start": "cannot_grow"}),
    ],
)
async def test_a_goal_that_makes_no_sense_is_refused_at_its_field(
    hass: HomeAssistant, ann: MockConfigEntry, plan: str, fields: dict[str, Any], errors: dict[str, str]
) -> None:
    form = await chosen(hass, ann, plan)
    result = await fill_in(hass, form, **fields)
    assert result["errors"] == errors
    assert suggested(result) == fields, "what was typed stays"
    if "out_of_range" in errors.values():
        assert (result["description_placeholders"]["low"], result["description_placeholders"]["high"]) == (
            "10",
            "10000",
        )
    good = {"value": 300} if plan == "fixed" else {"start": 100, "target": 400, "weeks": 6}
    assert (await fill_in(hass, result, kind="steps", **good))["type"] is FlowResultType.CREATE_ENTRY


async def test_the_forms_of_the_goal_ask_in_feet(hass: HomeAssistant, in_feet: MockConfigEntry) -> None:
    form = await chosen(hass, in_feet, "fixed")
    assert form["description_placeholders"]["length_unit"] == "ft"
    assert suggested(form) == {"kind": "metres", "value": 328}
    await fill_in(hass, form, kind="metres", value=328)
    assert in_feet.options["goals"]["metres"] == 100, "as exact as it was"

    form = await chosen(hass, in_feet, "custom")
    await fill_in(hass, form, kind="metres", start=164, target=1000, weeks=8)
    kept = in_feet.options["goals"]["custom"]
    assert (kept["start"], kept["target"]) == (50, 304.8)
    assert suggested(await chosen(hass, in_feet, "custom"))["target"] == 1000
