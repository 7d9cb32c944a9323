"""Goals, streaks and the activity event, as Home Assistant shows them."""

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_capture_events

from .flow_helpers import open_options
from .helpers import MakeWalker, pass_time, reach, settle, state, this_minute

if TYPE_CHECKING:
    from collections.abc import Callable

    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import Event, HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from custom_components.retrostep.storage import WalkerStore

    from .fake_pod import FakePod

PROGRESS = "sensor.ann_daily_goal_progress"
ACTIVITY = "event.ann_activity"
FIXED = {"goals": {"plan": "fixed", "kind": "steps", "steps": 100}}


@pytest.fixture(autouse=True)
async def noon(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be noon in Berlin."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-11-18 11:00:30+00:00")


@pytest.fixture
def told(hass: HomeAssistant) -> Callable[[], list[str]]:
    """Give the types of the activity events so far."""
    events: list[Event[Any]] = async_capture_events(hass, "state_changed")

    def types() -> list[str]:
        shown = [event.data for event in events if event.data["entity_id"] == ACTIVITY]
        changed = [
            (data["new_state"].state, data["new_state"].attributes["event_type"])
            for data in shown
            if data["new_state"]
            and data["new_state"].attributes.get("event_type")
            # An entity that comes back shows what it told last.
            and data["old_state"]
            and data["old_state"].state != "unavailable"
        ]
        return [kind for _, kind in changed]

    return types


@pytest.fixture
async def ann(hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker) -> MockConfigEntry:
    """Ann with a goal of 100 steps and a pod in reach."""
    entry = make_walker(pod, options=FIXED)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    await reach(hass, pod)
    return entry


async def walk(hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, steps: int) -> None:
    """Take steps in the open minute, two a second."""
    for _ in range(steps // 10):
        pod.walk(back=10, back_dm=25, back_s=5)
        pod.publish()
        await pass_time(hass, freezer, seconds=5)


async def close_minute(hass: HomeAssistant, pod: FakePod) -> None:
    """End the pod's minute and let Home Assistant fetch it."""
    pod.close_minute(this_minute())
    pod.now_s = int(dt_util.utcnow().timestamp())
    pod.set("sensor", "Unsynced minutes", len(pod.rows))
    await settle(hass)


async def test_progress_says_what_the_goal_is_and_why(hass: HomeAssistant, walker: MockConfigEntry) -> None:
    found = hass.states.get(PROGRESS)
    assert found
    assert found.state == "0"
    assert {key: found.attributes[key] for key in ("kind", "unit", "goal", "done", "remaining", "plan")} == {
        "kind": "minutes",
        "unit": "min",
        "goal": 3,
        "done": 0,
        "remaining": 3,
        "plan": "gentle_start",
    }
    assert (found.attributes["week"], found.attributes["paused"], found.attributes["rest_day"]) == (
        1,
        False,
        False,
    )
    assert found.attributes["explanation"] == (
        "Week 1: 3 min a day. Days reached so far: 0 of 5. "
        "Reach them all and it grows to 3.75 min on 25 November."
    )


async def test_a_walk_reaches_the_goal_and_everything_is_told_once(
    hass: HomeAssistant,
    ann: MockConfigEntry,
    pod: FakePod,
    freezer: FrozenDateTimeFactory,
    told: Callable[[], list[str]],
) -> None:
    await walk(hass, freezer, pod, 120)
    await close_minute(hass, pod)
    await pass_time(hass, freezer, minutes=4)
    await hass.config_entries.async_reload(ann.entry_id)
    await settle(hass)
    await pass_time(hass, freezer, minutes=4)

    assert told() == [
        "session_started",
        "half_goal",
        "goal_reached",
        "streak_extended",
        "session_ended",
    ]
    assert state(hass, "binary_sensor.ann_goal_reached") == "on"
    assert state(hass, PROGRESS) == "120"
    assert state(hass, "sensor.ann_goal_streak") == "1"
    assert state(hass, "sensor.ann_goal_remaining") == "0"


async def test_a_started_session_is_told_within_a_minute(
    hass: HomeAssistant,
    ann: MockConfigEntry,
    pod: FakePod,
    freezer: FrozenDateTimeFactory,
    told: Callable[[], list[str]],
) -> None:
    await walk(hass, freezer, pod, 20)
    assert told() == ["session_started"]


async def test_a_streak_lost_while_home_assistant_was_off_for_days_is_told_once(
    hass: HomeAssistant,
    ann: MockConfigEntry,
    pod: FakePod,
    freezer: FrozenDateTimeFactory,
    told: Callable[[], list[str]],
) -> None:
    await walk(hass, freezer, pod, 120)
    await close_minute(hass, pod)
    await hass.config_entries.async_unload(ann.entry_id)
    freezer.move_to("2026-11-22 09:00:00+00:00")
    await hass.config_entries.async_setup(ann.entry_id)
    await settle(hass)
    await reach(hass, pod)
    for _ in range(4):
        await pass_time(hass, freezer, minutes=6)

    assert told().count("streak_lost") == 1
    assert state(hass, "sensor.ann_goal_streak") == "0"


async def test_a_streak_waits_for_a_pod_that_is_out_of_reach_at_midnight(
    hass: HomeAssistant,
    ann: MockConfigEntry,
    pod: FakePod,
    freezer: FrozenDateTimeFactory,
    told: Callable[[], list[str]],
) -> None:
    await walk(hass, freezer, pod, 120)
    await close_minute(hass, pod)
    freezer.move_to("2026-11-19 11:00:00+00:00")
    await pass_time(hass, freezer, seconds=1)
    pod.disconnect()
    freezer.move_to("2026-11-20 06:00:00+00:00")
    await pass_time(hass, freezer, seconds=31)
    assert state(hass, "sensor.ann_goal_streak") == "1"

    pod.walk(back=100)
    pod.close_minute(this_minute() - 12 * 60)
    await reach(hass, pod)
    await pass_time(hass, freezer, minutes=6)

    assert state(hass, "sensor.ann_goal_streak") == "2"
    assert "streak_lost" not in told()
    found = hass.states.get(ACTIVITY)
    assert found
    assert (found.attributes["day"], found.attributes["late"]) == ("2026-11-19", True)


async def test_a_streak_does_not_wait_for_ever(
    hass: HomeAssistant,
    ann: MockConfigEntry,
    pod: FakePod,
    freezer: FrozenDateTimeFactory,
    told: Callable[[], list[str]],
) -> None:
    await walk(hass, freezer, pod, 120)
    await close_minute(hass, pod)
    pod.disconnect()
    freezer.move_to("2026-11-20 10:59:00+00:00")
    await pass_time(hass, freezer, seconds=31)
    assert "streak_lost" not in told()
    await pass_time(hass, freezer, minutes=2)
    assert told().count("streak_lost") == 1


async def test_what_happened_is_written_down_before_it_is_told(
    hass: HomeAssistant,
    ann: MockConfigEntry,
    pod: FakePod,
    freezer: FrozenDateTimeFactory,
    told: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    may_write = asyncio.Event()
    written: list[dict[str, Any]] = []

    async def save(self: WalkerStore, document: dict[str, Any]) -> None:
        await may_write.wait()
        written.append(document)

    monkeypatch.setattr(ann.runtime_data.goals.store, "save", save.__get__(ann.runtime_data.goals.store))
    pod.walk(back=60)
    pod.publish()
    await hass.async_block_till_done()
    assert told() == []

    may_write.set()
    await settle(hass)
    assert told() == ["half_goal", "session_started"]
    assert "half_goal" in written[0]["journal"]["told"]["2026-11-18"]


async def test_what_cannot_be_written_down_is_told_when_it_can(
    hass: HomeAssistant,
    ann: MockConfigEntry,
    pod: FakePod,
    freezer: FrozenDateTimeFactory,
    told: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail(document: dict[str, Any]) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as full:
        full.setattr(ann.runtime_data.goals.store, "save", fail)
        await walk(hass, freezer, pod, 60)
        assert told() == []
        assert caplog.text.count("disk full") == 1

    await walk(hass, freezer, pod, 10)
    assert sorted(told()) == ["half_goal", "session_started"]


# Settings


async def test_the_goal_is_chosen_by_entities(hass: HomeAssistant, ann: MockConfigEntry) -> None:
    async def call(domain: str, action: str, entity: str, **data: Any) -> None:
        target = {"entity_id": f"{domain}.ann_{entity}"}
        await hass.services.async_call(domain, action, {**target, **data}, blocking=True)
        await settle(hass)

    coordinator = ann.runtime_data
    await call("number", "set_value", "goal_steps", value=500)
    assert state(hass, "number.ann_goal_steps") == "500"
    assert coordinator.data.goal.goal == 500

    await call("select", "select_option", "goal_plan", option="first_200_metres")
    assert (state(hass, "select.ann_goal_kind"), coordinator.data.goal.goal) == ("metres", 50)

    await call("select", "select_option", "goal_kind", option="sessions")
    assert (state(hass, "select.ann_goal_plan"), coordinator.data.goal.goal) == ("fixed", 3)

    await call("switch", "turn_on", "plan_paused")
    assert coordinator.data.goal.paused
    await call("switch", "turn_off", "plan_paused")
    assert not coordinator.data.goal.paused

    await call("select", "select_option", "goal_plan", option="gentle_start")
    await call("button", "press", "restart_plan")
    assert coordinator.data.goal.plan_view.week == 1
    assert ann.runtime_data is coordinator


SECTIONS = {
    "fixed": {"steps": 300, "minutes": 5, "metres": 100, "sessions": 3},
    "custom": {"start": 3, "target": 12, "weeks": 6},
}
GOAL = {"plan": "fixed", "kind": "steps", "rest_days": [], "paused": False, **SECTIONS}


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


# Memory


async def test_two_walkers_have_goals_of_their_own_and_a_removed_one_leaves_none(
    hass: HomeAssistant, ann: MockConfigEntry, make_walker: MakeWalker, hass_storage: dict[str, Any]
) -> None:
    bob = make_walker(slug="bob", options={"goals": {"plan": "short_and_often"}})
    assert await hass.config_entries.async_setup(bob.entry_id)
    await settle(hass)
    assert (ann.runtime_data.data.goal.goal, bob.runtime_data.data.goal.goal) == (100, 5)

    await hass.config_entries.async_unload(bob.entry_id)
    assert f"retrostep.{bob.entry_id}.goals" in hass_storage
    await hass.config_entries.async_remove(bob.entry_id)
    assert f"retrostep.{bob.entry_id}.goals" not in hass_storage


@pytest.mark.parametrize(
    ("document", "reason"),
    [({"version": 2}, "goals_too_new"), ({"version": 1, "book": {}}, "goals_unreadable")],
)
async def test_a_damaged_or_newer_file_is_left_alone(
    hass: HomeAssistant,
    make_walker: MakeWalker,
    hass_storage: dict[str, Any],
    document: dict[str, Any],
    reason: str,
) -> None:
    entry = make_walker()
    key = f"retrostep.{entry.entry_id}.goals"
    hass_storage[key] = {"version": 1, "minor_version": 1, "key": key, "data": document}
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.error_reason_translation_key == reason
    assert hass_storage[key]["data"] == document
