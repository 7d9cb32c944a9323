"""A pod that sleeps, or has its radio off, is not lost: it told what it knew and will tell more."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.exceptions import HomeAssistantError
from pytest_homeassistant_custom_component.common import async_mock_service

from ..helpers import STEPS_TODAY, MakeWalker, pass_time, reach, settle, state, this_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant, ServiceCall
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod

SITTING = "sensor.ann_sitting_state"
SITTING_TIME = "sensor.ann_sitting_time"
WORN = "binary_sensor.ann_worn"
WALKING = "binary_sensor.ann_walking_backward"
SPEED = "sensor.ann_speed"
ALWAYS = {"quiet_from": "00:00:00", "quiet_to": "00:00:00"}


@pytest.fixture(autouse=True)
async def noon(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be noon in Berlin."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-11-18 11:00:00+00:00")


@pytest.fixture
async def ann(hass: HomeAssistant, make_walker: MakeWalker, pod: FakePod) -> MockConfigEntry:
    """Ann, who is reminded at any time; her pod saves power and is in reach."""
    pod.save_power()
    entry = make_walker(
        pod, options={"reminders": ALWAYS, "goals": {"plan": "fixed", "kind": "steps", "steps": 100}}
    )
    assert await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, pod)
    return entry


async def pass_minutes(hass: HomeAssistant, freezer: FrozenDateTimeFactory, minutes: int) -> None:
    """Let time pass minute by minute, as a house sees it."""
    for _ in range(minutes):
        await pass_time(hass, freezer, minutes=1)


async def nap(hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, minutes: int) -> None:
    """Let the pod sleep, minute by minute, and come back into reach."""
    pod.sleep()
    await pass_minutes(hass, freezer, minutes)
    await reach(hass, pod)
    await pass_time(hass, freezer, seconds=8)


async def test_nothing_of_the_walker_is_unavailable_while_the_pod_sleeps(
    hass: HomeAssistant, ann: MockConfigEntry, pod: FakePod
) -> None:
    pod.walk(back=30)
    pod.publish()
    await settle(hass)
    pod.sleep()
    await settle(hass)

    assert state(hass, STEPS_TODAY) == "30"
    assert state(hass, WORN) == STATE_ON
    # A button of a pod that sleeps could do nothing.
    ours = [
        found for found in hass.states.async_all() if ".ann_" in found.entity_id and found.domain != "button"
    ]
    assert [found.entity_id for found in ours if found.state == STATE_UNAVAILABLE] == []


async def test_what_a_pod_that_sleeps_showed_last_of_a_walk_is_no_news(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    every_entity: None,
    ann: MockConfigEntry,
    pod: FakePod,
) -> None:
    await pass_time(hass, freezer, seconds=10)
    pod.set("binary_sensor", "Walking backward", STATE_ON)
    pod.set("sensor", "Speed", 0.6)
    await settle(hass)
    assert state(hass, WALKING) == STATE_ON
    assert float(state(hass, SPEED)) > 0
    pod.sleep()
    await hass.config_entries.async_reload(ann.entry_id)
    await settle(hass)
    assert state(hass, WALKING) == STATE_UNKNOWN, "for hours, if it stays away"
    assert state(hass, SPEED) == STATE_UNKNOWN
    pod.set("binary_sensor", "Walking backward", STATE_OFF)
    await settle(hass)
    assert state(hass, WALKING) == STATE_OFF


async def test_a_pod_that_sleeps_counts_as_worn_for_half_an_hour(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ann: MockConfigEntry, pod: FakePod
) -> None:
    pod.sleep()
    await pass_minutes(hass, freezer, 15)
    await hass.config_entries.async_reload(ann.entry_id)
    await pass_minutes(hass, freezer, 14)
    assert state(hass, WORN) == STATE_ON
    await pass_minutes(hass, freezer, 2)
    assert state(hass, WORN) == STATE_UNKNOWN
    await reach(hass, pod)
    await pass_time(hass, freezer, seconds=10)
    assert state(hass, WORN) == STATE_ON


async def test_who_sits_with_a_sleeping_pod_is_reminded_in_time(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ann: MockConfigEntry, pod: FakePod
) -> None:
    for _ in range(2):
        await nap(hass, freezer, pod, 15)
        assert state(hass, SITTING) == "sitting"
    assert state(hass, SITTING_TIME) == "30"
    pod.sleep()
    await pass_minutes(hass, freezer, 15)
    assert state(hass, SITTING) == "due"


async def test_a_pod_that_does_not_wake_when_it_should_reminds_nobody(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ann: MockConfigEntry, pod: FakePod
) -> None:
    pod.sleep()
    await pass_minutes(hass, freezer, 31)
    assert state(hass, SITTING) == "unknown"
    await pass_minutes(hass, freezer, 30)
    assert state(hass, SITTING) == "unknown"


async def test_a_pod_that_was_put_off_says_so_once_and_sleeps_on(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ann: MockConfigEntry, pod: FakePod
) -> None:
    await nap(hass, freezer, pod, 15)
    pod.set("binary_sensor", "Worn", STATE_OFF)
    await settle(hass)
    pod.sleep()
    await settle(hass)
    assert state(hass, SITTING) == "not_worn"
    assert state(hass, WORN) == STATE_OFF


async def test_a_walk_told_after_it_was_walked_ends_the_sit_when_it_was_walked(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ann: MockConfigEntry, pod: FakePod
) -> None:
    await nap(hass, freezer, pod, 15)
    pod.sleep()
    await pass_time(hass, freezer, minutes=10)
    pod.walk(back=40, fwd=20)
    pod.close_minute(this_minute() - 5)
    await reach(hass, pod)
    for _ in range(2):
        await pass_time(hass, freezer, seconds=30)

    assert state(hass, STEPS_TODAY) == "40"
    assert state(hass, SITTING) == "sitting"
    # Its entity, which changes once a minute, may follow a minute later.
    assert ann.runtime_data.data.sitting.sitting_min == 5


# What pods sound


@pytest.fixture
def presses(hass: HomeAssistant, ann: MockConfigEntry, pod: FakePod) -> list[ServiceCall]:
    """Give the pod its sounds; what is pressed of it."""
    for button in ("Remind", "Goal tune"):
        pod.register("button", button)
    return async_mock_service(hass, "button", "press")


def pressed(pod: FakePod, presses: list[ServiceCall]) -> list[str]:
    """Name the buttons that were pressed, in order."""
    names = {pod.entity_id("button", name): name for name in ("Remind", "Goal tune")}
    return [names[call.data["entity_id"]] for call in presses]


async def test_pods_play_a_tune_when_the_goal_is_reached(
    hass: HomeAssistant, presses: list[ServiceCall], ann: MockConfigEntry, pod: FakePod
) -> None:
    pod.walk(back=99)
    pod.publish()
    await settle(hass)
    assert pressed(pod, presses) == []
    pod.walk(back=4)
    pod.publish()
    await settle(hass)
    assert pressed(pod, presses) == ["Goal tune"]
    pod.walk(back=50)
    pod.publish()
    await settle(hass)
    assert pressed(pod, presses) == ["Goal tune"]


async def test_pods_buzz_when_a_reminder_is_due_and_when_it_is_repeated(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    presses: list[ServiceCall],
    ann: MockConfigEntry,
    pod: FakePod,
) -> None:
    await pass_minutes(hass, freezer, 46)
    assert pressed(pod, presses) == ["Remind"]
    await pass_minutes(hass, freezer, 15)
    assert pressed(pod, presses) == ["Remind", "Remind"]


async def test_a_pod_that_sleeps_or_fails_stays_silent(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    presses: list[ServiceCall],
    ann: MockConfigEntry,
    pod: FakePod,
) -> None:
    await pass_minutes(hass, freezer, 30)
    pod.sleep()
    await pass_minutes(hass, freezer, 20)
    assert state(hass, SITTING) == "due"
    assert presses == []
    failing: list[Any] = async_mock_service(
        hass, "button", "press", raise_exception=HomeAssistantError("gone")
    )
    await reach(hass, pod)
    await pass_minutes(hass, freezer, 15)
    assert len(failing) == 1
    assert state(hass, SITTING) == "due"
