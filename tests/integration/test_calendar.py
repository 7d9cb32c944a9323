"""A walker's calendar: past sessions and the goals of days, for who wants one."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.helpers import entity_registry as er
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM

from .flow_helpers import open_options
from .helpers import MakeWalker, attributes, reach, settle, state, walked_minute

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from .fake_pod import FakePod

CALENDAR = "calendar.ann_walking"
DAY_MIN = 24 * 60
OPTIONS = {"calendar": {"show": True}, "goals": {"plan": "fixed", "kind": "steps", "steps": 50}}

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
async def ann(hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker) -> MockConfigEntry:
    """Ann with a calendar, who walked the day before yesterday, yesterday and today."""
    entry = make_walker(pod, options=OPTIONS)
    for ago_min, steps in ((2 * DAY_MIN, 60), (DAY_MIN, 50), (30, 20)):
        pod.walk(back=steps, back_dm=steps * 5, back_s=45)
        walked_minute(pod, back=0, ago_min=ago_min)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, pod)
    return entry


async def events(hass: HomeAssistant, start: str, end: str) -> list[dict[str, Any]]:
    """Ask the calendar as an automation does."""
    answer: Any = await hass.services.async_call(
        "calendar",
        "get_events",
        {"entity_id": CALENDAR, "start_date_time": start, "end_date_time": end},
        blocking=True,
        return_response=True,
    )
    found: list[dict[str, Any]] = answer[CALENDAR]["events"]
    return found


async def test_who_wants_no_calendar_has_none_and_home_assistant_loads_none(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    assert hass.states.get(CALENDAR) is None
    assert "calendar" not in hass.config.components


async def test_sessions_and_goals_of_days_stand_in_the_order_of_time(
    hass: HomeAssistant, ann: MockConfigEntry
) -> None:
    found = await events(hass, "2026-11-16 00:00:00", "2026-11-19 00:00:00")

    assert [(event["start"], event["summary"]) for event in found] == [
        ("2026-11-16", "Goal reached: 60 steps"),
        ("2026-11-16T12:00:05+01:00", "Backward walk: 60 steps"),
        ("2026-11-17", "Goal reached: 50 steps"),
        ("2026-11-17T12:00:05+01:00", "Backward walk: 50 steps"),
        ("2026-11-18", "Goal: 50 steps"),
        ("2026-11-18T11:30:05+01:00", "Backward walk: 20 steps"),
    ]
    assert found[1]["description"] == "30 m · 0.8 min"
    assert found[1]["end"] == "2026-11-16T12:00:51+01:00"


async def test_a_day_that_ended_short_of_its_goal_says_how_much_was_done(
    hass: HomeAssistant, ann: MockConfigEntry, freezer: Any
) -> None:
    freezer.move_to("2026-11-19 11:00:00+00:00")
    ann.runtime_data.show()
    await settle(hass)
    found = await events(hass, "2026-11-18 00:00:00", "2026-11-19 00:00:00")

    assert found[0]["summary"] == "20 steps (goal: 50 steps)"


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        # A session counts if any of it lies within; the end does not belong to the span.
        ("2026-11-17 12:00:30", "2026-11-17 12:00:31", 2),
        ("2026-11-17 12:00:51", "2026-11-17 13:00:00", 1),
        ("2026-11-17 11:00:00", "2026-11-17 12:00:05", 1),
        ("2026-11-17 00:00:00", "2026-11-18 00:00:00", 2),
        ("2026-11-15 00:00:00", "2026-11-16 00:00:00", 0),
        ("2026-12-15 00:00:00", "2026-12-16 00:00:00", 0),
        ("1970-01-02 00:00:00", "9999-12-31 23:00:00", 6),
    ],
)
async def test_a_span_holds_what_touches_it(
    hass: HomeAssistant, ann: MockConfigEntry, start: str, end: str, count: int
) -> None:
    assert len(await events(hass, start, end)) == count


async def test_its_state_is_todays_goal(hass: HomeAssistant, ann: MockConfigEntry, pod: FakePod) -> None:
    assert state(hass, CALENDAR) == "on"
    assert attributes(hass, CALENDAR)["message"] == "Goal: 50 steps"
    assert attributes(hass, CALENDAR)["all_day"]

    pod.walk(back=40, back_dm=200, back_s=30)
    pod.publish()
    await settle(hass)
    assert attributes(hass, CALENDAR)["message"] == "Goal reached: 60 steps"


async def test_a_rest_day_asks_for_nothing_and_has_no_goal(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker
) -> None:
    wednesday = {**OPTIONS, "goals": {**OPTIONS["goals"], "rest_days": ["wed"]}}
    entry = make_walker(pod, options=wednesday)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)

    assert state(hass, CALENDAR) == "off"
    assert await events(hass, "2026-11-18 00:00:00", "2026-11-19 00:00:00") == []


async def test_the_days_a_program_plans_lie_ahead_until_it_is_paused(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker
) -> None:
    # Today is a Wednesday.
    program = {"name": "stroke", "weekdays": ["mon", "wed", "fri"], "start": "2026-11-18"}
    entry = make_walker(pod, options={**OPTIONS, "goals": {"plan": "programme", "programme": program}})
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)

    found = await events(hass, "2026-11-18 00:00:00", "2026-11-25 00:00:00")
    days = ["2026-11-18", "2026-11-20", "2026-11-23"]
    assert [(each["start"], each["summary"]) for each in found] == [(day, "Goal: 30 min") for day in days]
    later = await events(hass, "2026-11-25 00:00:00", "2027-03-01 00:00:00")
    assert len(found) + len(later) == 12
    assert later[-1]["start"] == "2026-12-14"

    entry.runtime_data.goals.async_change_settings(paused=True)
    await settle(hass)
    assert await events(hass, "2026-11-18 00:00:00", "2027-03-01 00:00:00") == []


async def test_distances_are_in_the_unit_of_the_house(hass: HomeAssistant, ann: MockConfigEntry) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    found = await events(hass, "2026-11-16 12:00:00", "2026-11-16 13:00:00")

    assert found[1]["description"] == "98 ft · 0.8 min"


async def test_the_form_gives_a_calendar_and_takes_it_away(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    for wanted in (True, False):
        flow = await open_options(hass, walker, "calendar")
        result = await hass.config_entries.options.async_configure(flow["flow_id"], {"show": wanted})
        assert result["type"] == "create_entry"
        await settle(hass)
        assert (hass.states.get(CALENDAR) is not None) is wanted
    assert er.async_get(hass).async_get(CALENDAR) is None
    assert await hass.config_entries.async_unload(walker.entry_id)
