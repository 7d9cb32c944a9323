"""A guided session as Home Assistant shows it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.retrostep.const import DOMAIN
from custom_components.retrostep.features.guided_sessions import SAFETY

from ..guided_sessions import pass_seconds, press, start, stop, walk_backward
from ..helpers import attributes, copy_kept, keep, kept, reach, settle, state

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from homeassistant.helpers import issue_registry as ir
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod
    from ..helpers import MakeWalker

STAGE = "sensor.ann_guided_session_stage"
ENDS = "sensor.ann_guided_session_time_left"
PROGRESS = "sensor.ann_guided_session_progress"
GUIDED = "binary_sensor.ann_guided_session"
EVENT = "event.ann_guided_session"


@pytest.fixture(autouse=True)
def _clock(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-11-18 09:00:00+01:00")


def heard(events: list[Any]) -> list[str]:
    """Give what the event entity told, in order."""
    return [
        event.data["new_state"].attributes["event_type"]
        for event in events
        if event.data["entity_id"] == EVENT and event.data["new_state"].attributes.get("event_type")
    ]


async def test_the_button_starts_the_usual_routine(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    assert (state(hass, STAGE), state(hass, GUIDED), state(hass, ENDS)) == ("idle", "off", "unknown")

    await press(hass, "start_session")

    assert (state(hass, STAGE), state(hass, GUIDED)) == ("warm_up", "on")
    stage = attributes(hass, STAGE)
    assert (stage["number"], stage["of"], stage["direction"]) == (1, 5, "forward")
    assert (stage["unit"], stage["target"], stage["done"]) == ("seconds", 120, 0)
    assert (stage["next_stage"], stage["next_target"]) == ("backward", 90)
    assert stage["routine"] == "fit"


async def test_a_session_of_steps_is_followed_to_its_end(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, walker: MockConfigEntry
) -> None:
    events = async_capture_events(hass, "state_changed")
    await reach(hass, pod)
    await start(hass, stages=[{"direction": "backward", "steps": 20}, {"direction": "backward", "steps": 4}])
    await walk_backward(hass, freezer, pod, 24)

    assert heard(events) == [
        "guided_session_started",
        "stage_started", "stage_done", "stage_started", "stage_done",
        "guided_session_finished",
    ]  # fmt: skip
    assert (state(hass, STAGE), state(hass, GUIDED)) == ("idle", "off")
    told = attributes(hass, EVENT)
    assert told["completed"]
    assert told["backward_steps"] == 24
    last = attributes(hass, PROGRESS)["last_session"]
    assert [stage["done"] for stage in last["stages"]] == [20, 4]


async def test_the_stage_tells_what_became_of_the_last_session_until_the_next_begins(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    assert attributes(hass, STAGE)["last_session"] is None
    await start(hass, stages=[{"direction": "backward", "steps": 20}])
    await walk_backward(hass, freezer, pod, 20)
    told = attributes(hass, STAGE)["last_session"]
    assert (told["completed"], told["backward_steps"]) == (True, 20)
    await start(hass, stages=[{"direction": "backward", "steps": 20}])
    assert attributes(hass, STAGE)["last_session"] is None


async def test_the_end_of_a_stage_by_time_is_a_time_that_stands_still(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, walker: MockConfigEntry
) -> None:
    events = async_capture_events(hass, "state_changed")
    await reach(hass, pod)
    await start(hass, stages=[{"direction": "backward", "minutes": 2}])
    begin = dt_util.utcnow()
    await walk_backward(hass, freezer, pod, 60)

    ends = datetime.fromisoformat(state(hass, ENDS))
    assert abs(ends - begin - timedelta(minutes=2)) < timedelta(seconds=6)
    assert attributes(hass, STAGE)["done"] == pytest.approx(60, abs=12)
    assert int(state(hass, PROGRESS)) == pytest.approx(50, abs=10)
    for entity_id in (STAGE, ENDS, PROGRESS):
        written = [event for event in events if event.data["entity_id"] == entity_id]
        assert len(written) <= 10, entity_id


async def test_a_walker_who_stops_is_waited_for(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    await start(hass, stages=[{"direction": "backward", "minutes": 2}])
    await walk_backward(hass, freezer, pod, 30)
    pod.set("binary_sensor", "Walking backward", "off")
    await pass_seconds(hass, freezer, 15)

    assert attributes(hass, STAGE)["waiting"] == "stopped"
    assert state(hass, ENDS) == "unknown"
    assert attributes(hass, EVENT)["event_type"] == "guided_session_waiting"

    await walk_backward(hass, freezer, pod, 5)
    assert attributes(hass, STAGE)["waiting"] is None
    assert attributes(hass, EVENT)["event_type"] == "guided_session_resumed"


async def test_a_pause_that_is_too_long_ends_the_session(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, make_walker: MakeWalker
) -> None:
    entry = make_walker(pod, options={"guide": {"pause_min": 1}})
    assert await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, pod)
    await press(hass, "start_session")
    await pass_seconds(hass, freezer, 61)

    assert state(hass, STAGE) == "idle"
    assert attributes(hass, EVENT)["event_type"] == "guided_session_stopped"
    assert attributes(hass, EVENT)["reason"] == "pause"


async def test_stopping_tells_what_was_done(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    await start(hass, routine="short")
    await walk_backward(hass, freezer, pod, 30)
    answer = await stop(hass)

    assert (answer["completed"], answer["reason"]) == (False, "user")
    (stage,) = answer["stages"]
    assert stage["asked"] == 120
    assert stage["done"] == pytest.approx(30, abs=3)
    assert state(hass, GUIDED) == "off"


async def test_the_stop_button_ends_the_session(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    await press(hass, "start_session")
    await press(hass, "stop_session")

    assert state(hass, GUIDED) == "off"


async def test_a_restart_in_the_middle_of_a_session_goes_on(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    await start(hass, stages=[{"direction": "backward", "steps": 60}])
    await walk_backward(hass, freezer, pod, 20)

    assert await hass.config_entries.async_unload(walker.entry_id)
    pod.walk(back=20, back_dm=100)
    freezer.tick(timedelta(seconds=20))
    pod.publish()
    assert await hass.config_entries.async_setup(walker.entry_id)
    await settle(hass)
    await walk_backward(hass, freezer, pod, 12)

    assert state(hass, STAGE) == "backward"
    assert attributes(hass, STAGE)["done"] >= 40
    await walk_backward(hass, freezer, pod, 12)
    assert state(hass, STAGE) == "idle"
    assert attributes(hass, PROGRESS)["last_session"]["completed"]


async def test_a_session_that_version_1_wrote_down_goes_on(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    await start(hass, stages=[{"direction": "backward", "steps": 60}])
    assert await hass.config_entries.async_unload(walker.entry_id)
    guide = kept(hass, walker.entry_id)["guide"]
    keep(hass, walker.entry_id, "guide", guide | {"version": 1, "coach": guide.pop("session")})
    assert await hass.config_entries.async_setup(walker.entry_id)
    await settle(hass)

    assert state(hass, STAGE) == "backward"


async def test_a_pod_out_of_reach_is_waited_for_and_catches_up(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    await start(hass, stages=[{"direction": "backward", "steps": 60}, {"direction": "backward", "steps": 60}])
    await walk_backward(hass, freezer, pod, 20)
    pod.disconnect()
    await pass_seconds(hass, freezer, 20)
    assert attributes(hass, STAGE)["waiting"] == "away"

    pod.walk(back=60, back_dm=300)
    await reach(hass, pod)
    await pass_seconds(hass, freezer, 1)
    assert (attributes(hass, STAGE)["number"], attributes(hass, STAGE)["done"]) == (2, 20)


# Starting


async def test_whoever_starts_a_session_is_told_what_to_mind(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry
) -> None:
    events = async_capture_events(hass, "state_changed")
    await reach(hass, pod)
    answer = await start(hass, routine="intervals")

    assert len(answer["safety"]) == len(SAFETY)
    assert "Ask a professional" in answer["safety"][0]
    assert answer["expected_minutes"] == 19
    assert answer["stages"][1] == {
        "stage": "backward", "direction": "backward", "unit": "seconds", "target": 120,
    }  # fmt: skip
    (started,) = [
        event.data["new_state"].attributes
        for event in events
        if event.data["entity_id"] == EVENT
        and event.data["new_state"].attributes.get("event_type") == "guided_session_started"
    ]
    assert started["safety"] == answer["safety"]


async def test_a_stage_is_told_as_exactly_as_it_is_walked(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    stages = [{"direction": "backward", "metres": 12.5}, {"direction": "forward", "minutes": 0.1}]
    answer = await start(hass, stages=stages)
    assert [stage["target"] for stage in answer["stages"]] == [12.5, 6]


@pytest.mark.parametrize(
    ("stages", "field"),
    [
        ("walk", "stages"),
        ([], "stages"),
        ([{"direction": "backward", "minutes": 1}] * 51, "stages"),
        (["backward"], "stages[0]"),
        ([{"direction": "backward", "minutes": 1}, {"direction": "up", "minutes": 1}], "stages[1].direction"),
        ([{"minutes": 1}], "stages[0].direction"),
        ([{"kind": "sprint", "minutes": 1}], "stages[0].kind"),
        ([{"kind": "warm_up", "direction": "backward", "minutes": 1}], "stages[0].direction"),
        ([{"direction": "backward"}], "stages[0]"),
        ([{"direction": "backward", "minutes": 1, "steps": 3}], "stages[0].steps"),
        ([{"direction": "backward", "steps": "many"}], "stages[0].steps"),
        ([{"direction": "backward", "steps": True}], "stages[0].steps"),
        ([{"direction": "backward", "metres": 0}], "stages[0].metres"),
        ([{"direction": "backward", "minutes": float("nan")}], "stages[0].minutes"),
        ([{"direction": "backward", "hours": 1}], "stages[0].hours"),
    ],
)
async def test_stages_that_cannot_be_walked_are_refused_with_the_field_named(
    stages: Any, field: str, hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    with pytest.raises(ServiceValidationError) as refused:
        await start(hass, stages=stages)

    assert str(refused.value).startswith(f"{field}:")
    assert state(hass, GUIDED) == "off"


async def test_a_routine_of_ones_own_needs_stages(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    with pytest.raises(ServiceValidationError, match=r"^stages:"):
        await start(hass, routine="custom")
    with pytest.raises(ServiceValidationError, match="not both"):
        await start(hass, routine="short", stages=[{"direction": "backward", "minutes": 1}])


async def test_one_session_at_a_time(hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry) -> None:
    await reach(hass, pod)
    with pytest.raises(ServiceValidationError, match="no guided session running"):
        await stop(hass)
    assert state(hass, "button.ann_stop_session") == STATE_UNAVAILABLE
    await press(hass, "start_session")
    assert state(hass, "button.ann_start_session") == STATE_UNAVAILABLE
    assert state(hass, "button.ann_stop_session") != STATE_UNAVAILABLE
    with pytest.raises(ServiceValidationError, match="already"):
        await start(hass)


async def test_a_walker_without_a_pod_cannot_be_led(hass: HomeAssistant, make_walker: MakeWalker) -> None:
    entry = make_walker()
    assert await hass.config_entries.async_setup(entry.entry_id)
    with pytest.raises(ServiceValidationError, match="no step pod yet"):
        await start(hass)
    assert state(hass, "button.ann_start_session") == STATE_UNAVAILABLE


async def test_two_walkers_are_led_at_once_and_named_by_their_entry(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    pod: FakePod,
    other_pod: FakePod,
    walker: MockConfigEntry,
    make_walker: MakeWalker,
) -> None:
    other = make_walker(other_pod, slug="ben")
    assert await hass.config_entries.async_setup(other.entry_id)
    await reach(hass, pod)
    await reach(hass, other_pod)
    with pytest.raises(ServiceValidationError):
        await start(hass, routine="short")
    await start(hass, config_entry_id=walker.entry_id, stages=[{"direction": "backward", "steps": 10}])
    await start(hass, config_entry_id=other.entry_id, stages=[{"direction": "backward", "steps": 10}])
    await walk_backward(hass, freezer, pod, 10)

    assert state(hass, STAGE) == "idle"
    assert state(hass, "sensor.ben_guided_session_stage") == "backward"


async def test_the_walkers_own_lengths_are_walked(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker
) -> None:
    options = {"guide": {"warm_up_min": 0, "backward_min": 3, "forward_min": 0.5, "repeats": 2.0}}
    entry = make_walker(pod, options=options)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, pod)
    answer = await start(hass, routine="intervals")

    assert [stage["target"] for stage in answer["stages"]] == [180, 30, 180, 30, 120]


async def test_damaged_sessions_stop_the_walker_and_are_reported(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker, issue_registry: ir.IssueRegistry
) -> None:
    entry = make_walker(pod)
    keep(hass, entry.entry_id, "guide", {"version": 2, "session": {"last": 5}})
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert issue_registry.async_get_issue(DOMAIN, f"storage_damaged_{entry.entry_id}")


async def test_removing_a_walker_removes_what_is_known_of_its_sessions(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    await press(hass, "start_session")
    assert await hass.config_entries.async_unload(walker.entry_id)
    assert "guide" in kept(hass, walker.entry_id)
    await hass.config_entries.async_remove(walker.entry_id)

    assert not copy_kept(hass, walker.entry_id)
