"""The form of the goal: a plan, the fixed goals, days off, in the unit of the house."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.data_entry_flow import FlowResultType

from ..flow_helpers import open_options, suggested
from ..helpers import MakeWalker, settle

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

SECTIONS = {
    "fixed": {"steps": 300, "minutes": 5, "metres": 100, "sessions": 3},
    "custom": {"start": 3, "target": 12, "weeks": 6},
}
GOAL = {"plan": "fixed", "kind": "steps", "rest_days": [], "paused": False, **SECTIONS}


@pytest.fixture
async def ann(hass: HomeAssistant, make_walker: MakeWalker) -> MockConfigEntry:
    """Ann, with a goal of 100 steps."""
    entry = make_walker(options={"goals": {"plan": "fixed", "kind": "steps", "steps": 100}})
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    return entry


async def test_the_goal_is_chosen_in_the_settings(hass: HomeAssistant, ann: MockConfigEntry) -> None:
    flow = await open_options(hass, ann, "goal")
    custom = {"start": 100, "target": 400, "weeks": 10}
    result = await hass.config_entries.options.async_configure(
        flow["flow_id"], {**GOAL, "plan": "custom", "rest_days": ["sun"], "custom": custom}
    )
    await settle(hass)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    view = ann.runtime_data.data.goal
    plan = view.settings.plan.value
    assert (plan, view.kind.value, view.goal, view.plan_view.target) == ("custom", "steps", 100, 400)

    flow = await open_options(hass, ann, "goal")
    result = await hass.config_entries.options.async_configure(flow["flow_id"], GOAL)
    await settle(hass)
    assert ann.runtime_data.data.goal.goal == 300
    assert ann.options["goals"]["custom"]["target"] == 400


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"rest_days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}, {"rest_days": "only_rest_days"}),
        (
            {"plan": "custom", "custom": {"start": 300, "target": 200, "weeks": 6}},
            {"custom": "target_below_start"},
        ),
        (
            {"plan": "custom", "custom": {"start": 3, "target": 12, "weeks": 6}},
            {"custom": "not_of_this_kind"},
        ),
        (
            {"plan": "custom", "custom": {"start": 20.5, "target": 400, "weeks": 6}},
            {"custom": "only_whole"},
        ),
        (
            {"plan": "custom", "kind": "sessions", "custom": {"start": 2, "target": 6, "weeks": 6}},
            {"custom": "cannot_grow"},
        ),
    ],
)
async def test_a_goal_that_makes_no_sense_is_refused_at_its_field(
    hass: HomeAssistant, ann: MockConfigEntry, changes: dict[str, Any], errors: dict[str, str]
) -> None:
    flow = await open_options(hass, ann, "goal")
    result = await hass.config_entries.options.async_configure(flow["flow_id"], {**GOAL, **changes})
    assert result["errors"] == errors
    result = await hass.config_entries.options.async_configure(flow["flow_id"], GOAL)
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_the_form_of_the_goal_asks_in_feet(hass: HomeAssistant, in_feet: MockConfigEntry) -> None:
    flow = await open_options(hass, in_feet, "goal")
    assert flow["description_placeholders"] == {"length_unit": "ft"}
    fixed = {"steps": 300, "minutes": 5, "metres": 328, "sessions": 3}
    given = {"plan": "custom", "kind": "metres", "rest_days": [], "paused": False, "fixed": fixed}
    custom = {"start": 164, "target": 1000, "weeks": 8}
    await hass.config_entries.options.async_configure(flow["flow_id"], {**given, "custom": custom})
    await settle(hass)

    kept = in_feet.options["goals"]
    assert kept["metres"] == 100
    assert (kept["custom"]["start"], kept["custom"]["target"]) == (50, 304.8)
    flow = await open_options(hass, in_feet, "goal")
    assert suggested(flow, "custom") == custom
    assert suggested(flow, "fixed") == fixed
