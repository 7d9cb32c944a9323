"""What a session and the 3 m walk ask of pods: the metronome, the button, the time."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from pytest_homeassistant_custom_component.common import async_capture_events, async_mock_service

from custom_components.retrostep.const import DOMAIN

from ..guided_sessions import pass_seconds, press, start, stop, walk_backward
from ..helpers import attributes, reach, settle, state

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod
    from ..helpers import MakeWalker

WALK = "sensor.ann_walk_3m_time"
STAGES = [{"direction": "backward", "steps": 10}, {"direction": "forward", "minutes": 1}]


@pytest.fixture(autouse=True)
def _clock(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-11-18 09:00:00+01:00")


@pytest.fixture
def ticking_pod(pod: FakePod) -> FakePod:
    """Give Ann's pod a metronome."""
    pod.register("switch", "Metronome")
    pod.register("number", "Metronome rate")
    return pod


@pytest.fixture
def timing_pod(pod: FakePod) -> FakePod:
    """Give Ann's pod what the 3 m walk needs."""
    pod.register("button", "Start 3 m walk")
    pod.register("sensor", "3 m walk time")
    pod.register("sensor", "3 m walk")
    return pod


async def show_3m(hass: HomeAssistant, fake: FakePod, time: object, text: str | None = None) -> None:
    """Have a pod show a time of the 3 m walk and, if given, how the walk goes."""
    fake.set("sensor", "3 m walk time", time)
    if text:
        fake.set("sensor", "3 m walk", text)
    await hass.async_block_till_done()


async def walk_3m(hass: HomeAssistant, fake: FakePod) -> None:
    """Have a pod come into reach with a walk of 5 s."""
    await reach(hass, fake)
    await show_3m(hass, fake, 5.0)


def switched(hass: HomeAssistant, calls: list[Any], fake: FakePod) -> list[str]:
    """Give what was done to the pod's metronome, in order."""
    mine = fake.entity_id("switch", "Metronome")
    return [
        call.data["service"]
        for call in calls
        if call.data["domain"] == "switch" and call.data["service_data"].get("entity_id") == mine
    ]


# The metronome


async def test_the_metronome_ticks_on_the_way_backward_only(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ticking_pod: FakePod, make_walker: MakeWalker
) -> None:
    entry = make_walker(ticking_pod, options={"guide": {"metronome": True, "metronome_rate": 300}})
    assert await hass.config_entries.async_setup(entry.entry_id)
    calls = async_capture_events(hass, "call_service")
    await reach(hass, ticking_pod)
    rate = ticking_pod.entity_id("number", "Metronome rate")
    hass.states.async_set(rate, "60", {"min": 30, "max": 200})
    await start(hass, stages=STAGES)
    await settle(hass)

    assert switched(hass, calls, ticking_pod) == ["turn_on"]
    (told,) = [call.data["service_data"] for call in calls if call.data["service"] == "set_value"]
    assert told == {"entity_id": rate, "value": 200}

    await walk_backward(hass, freezer, ticking_pod, 10)
    await settle(hass)
    assert switched(hass, calls, ticking_pod) == ["turn_on", "turn_off"]


async def test_the_metronome_is_silent_unless_asked_for(
    hass: HomeAssistant, ticking_pod: FakePod, walker: MockConfigEntry
) -> None:
    calls = async_capture_events(hass, "call_service")
    await reach(hass, ticking_pod)
    await start(hass, stages=STAGES)
    await settle(hass)
    assert switched(hass, calls, ticking_pod) == []

    await stop(hass)
    await start(hass, stages=STAGES, metronome=True)
    await settle(hass)
    assert switched(hass, calls, ticking_pod) == ["turn_on"]
    await stop(hass)
    await settle(hass)
    assert switched(hass, calls, ticking_pod) == ["turn_on", "turn_off"]


async def test_a_pod_without_a_metronome_walks_without(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    await start(hass, stages=STAGES, metronome=True)
    await walk_backward(hass, freezer, pod, 11)

    assert state(hass, "sensor.ann_guided_session_stage") == "forward"


async def test_a_metronome_that_cannot_be_reached_is_tried_again_and_stops_nothing(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ticking_pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, ticking_pod)
    failing = async_mock_service(hass, "switch", "turn_on", raise_exception=HomeAssistantError("away"))
    await start(hass, stages=STAGES, metronome=True)
    await settle(hass)
    await pass_seconds(hass, freezer, 5)
    assert len(failing) == 1
    working = async_mock_service(hass, "switch", "turn_on")
    await pass_seconds(hass, freezer, 30)
    await settle(hass)

    assert len(working) == 1
    assert state(hass, "sensor.ann_guided_session_stage") == "backward"


async def test_a_pod_that_left_while_ticking_is_silenced_when_it_returns(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ticking_pod: FakePod, walker: MockConfigEntry
) -> None:
    calls = async_capture_events(hass, "call_service")
    await reach(hass, ticking_pod)
    await start(hass, stages=STAGES, metronome=True)
    await settle(hass)
    ticking_pod.disconnect()
    await stop(hass)
    await settle(hass)
    assert switched(hass, calls, ticking_pod) == ["turn_on"]

    assert await hass.config_entries.async_reload(walker.entry_id)
    await reach(hass, ticking_pod)
    await settle(hass)
    assert switched(hass, calls, ticking_pod) == ["turn_on", "turn_off"]


# The 3 m walk


async def test_the_button_has_the_pod_time_the_next_three_metres(
    hass: HomeAssistant, timing_pod: FakePod, walker: MockConfigEntry
) -> None:
    calls = async_capture_events(hass, "call_service")
    await reach(hass, timing_pod)
    await press(hass, "start_3m_walk")

    pressed = [call.data["service_data"]["entity_id"] for call in calls if call.data["service"] == "press"]
    assert pressed == ["button.ann_start_3m_walk", timing_pod.entity_id("button", "Start 3 m walk")]


async def test_a_pod_with_a_buzzer_gives_the_signal_to_start(
    hass: HomeAssistant, timing_pod: FakePod, walker: MockConfigEntry
) -> None:
    signal = timing_pod.register("button", "Start signal")
    calls = async_capture_events(hass, "call_service")
    await reach(hass, timing_pod)
    await press(hass, "start_3m_walk")

    pressed = [call.data["service_data"]["entity_id"] for call in calls if call.data["service"] == "press"]
    assert pressed[1:] == [timing_pod.entity_id("button", "Start 3 m walk"), signal]


async def test_a_walk_is_timed_also_if_the_signal_fails(
    hass: HomeAssistant, timing_pod: FakePod, walker: MockConfigEntry
) -> None:
    timing_pod.register("button", "Start signal")
    pressed: list[str] = []

    async def press_of_pod(hass: HomeAssistant, pod: object, name: str) -> bool:
        pressed.append(name)
        if name == "Start signal":
            raise HomeAssistantError("away")
        return True

    await reach(hass, timing_pod)
    with patch("custom_components.retrostep.features.guided_sessions.async_press", press_of_pod):
        await press(hass, "start_3m_walk")

    assert pressed == ["Start 3 m walk", "Start signal"]


async def test_without_a_pod_in_reach_nobody_can_time_it(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    assert state(hass, "button.ann_start_3m_walk") == STATE_UNAVAILABLE
    with pytest.raises(ServiceValidationError, match="can time the 3 m walk"):
        await walker.runtime_data.guided_sessions.async_start_three_metres()


async def test_the_button_of_a_pod_out_of_reach_is_not_pressed(
    hass: HomeAssistant, timing_pod: FakePod, other_pod: FakePod, make_walker: MakeWalker
) -> None:
    near = other_pod.register("button", "Start 3 m walk")
    entry = make_walker(timing_pod, other_pod)
    assert await hass.config_entries.async_setup(entry.entry_id)
    presses = async_capture_events(hass, "call_service")
    for fake in (timing_pod, other_pod):
        await reach(hass, fake)
    timing_pod.sleep()
    await settle(hass)
    await press(hass, "start_3m_walk")

    pressed = [call.data["service_data"]["entity_id"] for call in presses if call.data["service"] == "press"]
    assert pressed == ["button.ann_start_3m_walk", near]
    other_pod.sleep()
    await settle(hass)
    assert state(hass, "button.ann_start_3m_walk") == STATE_UNAVAILABLE
    with pytest.raises(ServiceValidationError, match="can time the 3 m walk"):
        await entry.runtime_data.guided_sessions.async_start_three_metres()


async def test_a_time_comes_with_its_date_the_best_and_the_one_before(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, timing_pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, timing_pod)
    assert state(hass, WALK) == "unknown"
    for seconds in (5.31, 4.87, 5.02):
        await show_3m(hass, timing_pod, "unknown", "Ready: walk backward")
        assert attributes(hass, WALK)["status"] == "ready"
        freezer.tick(timedelta(days=1))
        await show_3m(hass, timing_pod, seconds, "Done")

    assert float(state(hass, WALK)) == 5.02
    told = attributes(hass, WALK)
    assert (told["best"], told["previous"], told["walks"]) == (4.87, 4.87, 3)
    assert told["best_at"].isoformat() == "2026-11-20T08:00:00+00:00"
    assert told["measured_at"].isoformat() == "2026-11-21T08:00:00+00:00"
    assert (told["state_class"], told["device_class"], told["unit_of_measurement"]) == (
        "measurement", "duration", "s",
    )  # fmt: skip


async def test_three_trials_come_with_their_best_mean_speed_and_rest(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, timing_pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, timing_pod)
    for trial, seconds in enumerate((5.0, 4.0, 6.0), 1):
        await show_3m(hass, timing_pod, "unknown", "Ready: walk backward")
        await show_3m(hass, timing_pod, seconds, "Done")
        told = attributes(hass, WALK)
        assert told["trial"] == trial
        assert (told["rest_until"] is None) == (trial == 3)
        freezer.tick(timedelta(seconds=60))

    assert (told["set_best"], told["set_mean"], told["set_speed"], told["speed"]) == (4.0, 5.0, 0.6, 0.5)
    assert (told["usual"], told["smallest_change"], told["change"]) == (None, None, None)


async def test_the_summary_tells_the_last_guided_session_and_the_3m_walk(
    hass: HomeAssistant, timing_pod: FakePod, walker: MockConfigEntry
) -> None:
    async def summary() -> Any:
        return await hass.services.async_call(DOMAIN, "get_summary", {}, blocking=True, return_response=True)

    await reach(hass, timing_pod)
    assert "guide" not in await summary()
    await press(hass, "start_session")
    await press(hass, "stop_session")
    await show_3m(hass, timing_pod, 5.0)

    told = (await summary())["guide"]
    assert (told["last_session"]["reason"], told["last_session"]["completed"]) == ("user", False)
    walk = told["three_metres"]
    assert (walk["last_s"], walk["best_s"], walk["count"], walk["trend"]) == (5.0, 5.0, 1, None)
    assert [(each["trials"], each["mean_mps"]) for each in walk["sets"]] == [([5.0], 0.6)]


async def test_the_same_time_again_is_another_walk_if_the_pod_waited_for_one(
    hass: HomeAssistant, timing_pod: FakePod, walker: MockConfigEntry
) -> None:
    await walk_3m(hass, timing_pod)
    await show_3m(hass, timing_pod, "unknown", "Ready: walk backward")
    await show_3m(hass, timing_pod, 5.0, "Done")

    assert attributes(hass, WALK)["walks"] == 2


async def test_a_pod_that_returns_with_its_last_time_has_not_walked_again(
    hass: HomeAssistant, timing_pod: FakePod, walker: MockConfigEntry
) -> None:
    await walk_3m(hass, timing_pod)
    timing_pod.disconnect()
    await show_3m(hass, timing_pod, "unavailable")
    assert float(state(hass, WALK)) == 5.0
    assert await hass.config_entries.async_reload(walker.entry_id)
    await walk_3m(hass, timing_pod)

    assert attributes(hass, WALK)["walks"] == 1


async def test_a_walk_that_was_given_up_says_so_and_changes_no_time(
    hass: HomeAssistant, timing_pod: FakePod, walker: MockConfigEntry
) -> None:
    await walk_3m(hass, timing_pod)
    await show_3m(hass, timing_pod, "unknown", "Stopped: a step forward")

    assert (float(state(hass, WALK)), attributes(hass, WALK)["status"]) == (5.0, "step_forward")
