"""Goals, streaks and the activity event, as Home Assistant shows them."""

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_capture_events

from ..helpers import MakeWalker, copy_kept, keep, kept, pass_time, reach, settle, state, this_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import Event, HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod

PROGRESS = "sensor.ann_daily_goal_progress"
ACTIVITY = "event.ann_activity"
FIXED = {"goals": {"plan": "fixed", "kind": "steps", "steps": 100}}


pytestmark = pytest.mark.usefixtures("noon")


class Ann:
    """Ann with a goal of 100 steps and a pod in reach, in a Home Assistant whose clock a test moves."""

    def __init__(
        self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, entry: MockConfigEntry
    ) -> None:
        self.hass = hass
        self.freezer = freezer
        self.pod = pod
        self.entry = entry
        self._events: list[Event[Any]] = async_capture_events(hass, "state_changed")

    @property
    def told(self) -> list[str]:
        """The types of the activity events so far."""
        changes = [event.data for event in self._events if event.data["entity_id"] == ACTIVITY]
        return [
            change["new_state"].attributes["event_type"]
            for change in changes
            if change["new_state"]
            and change["new_state"].attributes.get("event_type")
            # An entity that comes back shows what it told last.
            and change["old_state"]
            and change["old_state"].state != "unavailable"
        ]

    async def walk(self, steps: int) -> None:
        """Take steps in the open minute, two a second."""
        for _ in range(steps // 10):
            self.pod.walk(back=10, back_dm=25, back_s=5)
            self.pod.publish()
            await self.pass_time(seconds=5)

    async def reach_the_goal(self) -> None:
        """Walk 120 steps, end the pod's minute and let Home Assistant fetch it."""
        await self.walk(120)
        self.pod.close_minute(this_minute())
        self.pod.now_s = int(dt_util.utcnow().timestamp())
        self.pod.set("sensor", "Unsynced minutes", len(self.pod.rows))
        await settle(self.hass)

    async def pass_time(self, **time: float) -> None:
        """Let time pass."""
        await pass_time(self.hass, self.freezer, **time)

    async def sleep_until(self, moment: str) -> None:
        """Let days pass at once."""
        self.freezer.move_to(moment)
        await self.pass_time(seconds=31)


@pytest.fixture
async def ann(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, make_walker: MakeWalker
) -> Ann:
    entry = make_walker(pod, options=FIXED)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    await reach(hass, pod)
    return Ann(hass, freezer, pod, entry)


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
        "Reach them all, and the goal grows to 3.75 min on November 25."
    )


async def test_a_walk_reaches_the_goal_and_everything_is_told_once(hass: HomeAssistant, ann: Ann) -> None:
    await ann.reach_the_goal()
    await ann.pass_time(minutes=4)
    await hass.config_entries.async_reload(ann.entry.entry_id)
    await settle(hass)
    await ann.pass_time(minutes=4)

    assert ann.told == [
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


async def test_a_started_session_is_told_within_a_minute(hass: HomeAssistant, ann: Ann) -> None:
    await ann.walk(20)
    assert ann.told == ["session_started"]


async def test_a_streak_lost_while_home_assistant_was_off_for_days_is_told_once(
    hass: HomeAssistant, ann: Ann
) -> None:
    await ann.reach_the_goal()
    await hass.config_entries.async_unload(ann.entry.entry_id)
    ann.freezer.move_to("2026-11-22 09:00:00+00:00")
    await hass.config_entries.async_setup(ann.entry.entry_id)
    await settle(hass)
    await reach(hass, ann.pod)
    for _ in range(4):
        await ann.pass_time(minutes=6)

    assert ann.told.count("streak_lost") == 1
    assert state(hass, "sensor.ann_goal_streak") == "0"


async def test_a_streak_waits_for_a_pod_that_is_out_of_reach_at_midnight(
    hass: HomeAssistant, ann: Ann
) -> None:
    await ann.reach_the_goal()
    await ann.sleep_until("2026-11-19 11:00:00+00:00")
    ann.pod.disconnect()
    await ann.sleep_until("2026-11-20 06:00:00+00:00")
    assert state(hass, "sensor.ann_goal_streak") == "1"

    ann.pod.walk(back=100)
    ann.pod.close_minute(this_minute() - 12 * 60)
    await reach(hass, ann.pod)
    await ann.pass_time(minutes=6)

    assert state(hass, "sensor.ann_goal_streak") == "2"
    assert "streak_lost" not in ann.told
    found = hass.states.get(ACTIVITY)
    assert found
    assert (found.attributes["day"], found.attributes["late"]) == ("2026-11-19", True)


async def test_a_streak_does_not_wait_for_ever(hass: HomeAssistant, ann: Ann) -> None:
    await ann.reach_the_goal()
    ann.pod.disconnect()
    await ann.sleep_until("2026-11-20 10:59:00+00:00")
    assert "streak_lost" not in ann.told
    await ann.pass_time(minutes=2)
    assert ann.told.count("streak_lost") == 1


async def test_what_happened_is_written_down_before_it_is_told(
    hass: HomeAssistant, ann: Ann, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_write = asyncio.Event()
    written: list[dict[str, Any]] = []

    async def save(document: dict[str, Any]) -> None:
        await may_write.wait()
        written.append(document)

    monkeypatch.setattr(ann.entry.runtime_data.goals.store, "save", save)
    ann.pod.walk(back=60)
    ann.pod.publish()
    await hass.async_block_till_done()
    assert ann.told == []

    may_write.set()
    await settle(hass)
    assert ann.told == ["half_goal", "session_started"]
    assert "half_goal" in written[0]["journal"]["published"]["2026-11-18"]


async def test_what_cannot_be_written_down_is_told_when_it_can(
    ann: Ann, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(document: dict[str, Any]) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as full:
        full.setattr(ann.entry.runtime_data.goals.store, "save", fail)
        await ann.walk(60)
        assert ann.told == []
        assert caplog.text.count("disk full") == 1

    await ann.walk(10)
    assert sorted(ann.told) == ["half_goal", "session_started"]


# Settings


async def test_the_goal_is_chosen_by_entities(hass: HomeAssistant, ann: Ann) -> None:
    async def call(domain: str, action: str, entity: str, **data: Any) -> None:
        target = {"entity_id": f"{domain}.ann_{entity}"}
        await hass.services.async_call(domain, action, {**target, **data}, blocking=True)
        await settle(hass)

    coordinator = ann.entry.runtime_data
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
    assert ann.entry.runtime_data is coordinator


# Memory


async def test_two_walkers_have_goals_of_their_own_and_a_removed_one_leaves_none(
    hass: HomeAssistant, ann: Ann, make_walker: MakeWalker
) -> None:
    bob = make_walker(slug="bob", options={"goals": {"plan": "short_and_often"}})
    assert await hass.config_entries.async_setup(bob.entry_id)
    await settle(hass)
    assert (ann.entry.runtime_data.data.goal.goal, bob.runtime_data.data.goal.goal) == (100, 5)

    await hass.config_entries.async_unload(bob.entry_id)
    assert "goals" in kept(hass, bob.entry_id)
    await hass.config_entries.async_remove(bob.entry_id)
    assert not copy_kept(hass, bob.entry_id)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"version": 3}, "storage_too_new"),
        ({"version": 2, "goal_days": {}}, "storage_damaged"),
        ({"version": 1, "book": {}}, "storage_damaged"),
        ({"version": 0}, "storage_damaged"),
    ],
)
async def test_a_damaged_or_newer_file_is_left_alone(
    hass: HomeAssistant,
    make_walker: MakeWalker,
    document: dict[str, Any],
    reason: str,
) -> None:
    entry = make_walker()
    keep(hass, entry.entry_id, "goals", document)
    before = copy_kept(hass, entry.entry_id)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.error_reason_translation_key == reason
    assert copy_kept(hass, entry.entry_id) == before
