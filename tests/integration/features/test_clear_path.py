"""Something comes into the way of a guided session."""

from time import CLOCK_MONOTONIC, clock_gettime
from typing import TYPE_CHECKING

import pytest
from homeassistant.components import persistent_notification
from homeassistant.core import callback
from homeassistant.exceptions import ServiceValidationError
from pytest_homeassistant_custom_component.common import async_mock_service

from ..guided_sessions import pass_seconds, start, stop, walk_backward
from ..helpers import MakeWalker, attributes, reach, settle

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant, ServiceCall
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod

STAGE = "sensor.ann_guided_session_stage"
EVENT = "event.ann_guided_session"
STAGES = [{"direction": "backward", "steps": 60}]
DOOR, VACUUM, LIGHT = "binary_sensor.front_door", "vacuum.robbi", "light.hallway"
COACH = {
    "doors": [DOOR],
    "vacuums": [VACUUM],
    "lights": [LIGHT],
    "speaker": "media_player.hallway",
    "tts": "tts.piper",
}


@pytest.fixture(autouse=True)
async def _house(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-11-18 09:00:00+01:00")
    hass.states.async_set(DOOR, "off", {"friendly_name": "Front door"})
    hass.states.async_set(VACUUM, "docked", {"friendly_name": "Robbi"})
    hass.states.async_set(LIGHT, "on", {"friendly_name": "Hallway light"})


@pytest.fixture
def spoken(hass: HomeAssistant) -> list[ServiceCall]:
    return async_mock_service(hass, "tts", "speak")


@pytest.fixture
async def ann(
    hass: HomeAssistant,
    pod: FakePod,
    make_walker: MakeWalker,
    spoken: list[ServiceCall],
) -> MockConfigEntry:
    """Ann, who named a door, a vacuum, a light and a speaker; her pod has a buzzer."""
    pod.register("button", "Remind")
    entry = make_walker(pod, options={"coach": COACH})
    assert await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, pod)
    return entry


@pytest.fixture
def pressed(hass: HomeAssistant, ann: MockConfigEntry) -> list[ServiceCall]:
    """Presses of buttons."""
    return async_mock_service(hass, "button", "press")


def shown(hass: HomeAssistant) -> list[str]:
    """Give the texts of Home Assistant's notifications."""
    return [
        one["message"] for one in persistent_notification._async_get_or_create_notifications(hass).values()
    ]


def waiting(hass: HomeAssistant) -> str | None:
    reason: str | None = attributes(hass, STAGE)["waiting"]
    return reason


async def test_a_clear_path_is_never_promised(hass: HomeAssistant, ann: MockConfigEntry) -> None:
    answer = await start(hass, stages=STAGES)

    assert answer["path"]["in_the_way"] == answer["path"]["not_seen"] == []
    assert "can't see the floor" in answer["path"]["limits"]
    assert "clear" not in answer["path"]["limits"]
    assert waiting(hass) is None


async def test_who_named_nothing_is_told_nothing(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    assert "path" not in await start(hass, stages=STAGES)


@pytest.mark.parametrize(
    ("entity_id", "state", "said"),
    [
        (DOOR, "on", "Front door is open"),
        (VACUUM, "cleaning", "Robbi isn't docked"),
        (LIGHT, "off", "Hallway light is off"),
    ],
)
async def test_what_is_in_the_way_before_a_session_is_named_and_the_session_waits(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    pod: FakePod,
    ann: MockConfigEntry,
    spoken: list[ServiceCall],
    entity_id: str,
    state: str,
    said: str,
) -> None:
    hass.states.async_set(entity_id, state, {"friendly_name": said.partition(" is")[0]})
    answer = await start(hass, stages=STAGES)
    await walk_backward(hass, freezer, pod, 10)

    assert answer["path"]["in_the_way"] == [said]
    assert waiting(hass) == "path"
    assert attributes(hass, STAGE)["done"] == 0
    assert [call.data["message"] for call in spoken] == [f"Stop. {said}."]
    (notification,) = shown(hass)
    assert said in notification
    assert "Start anyway" in notification
    assert "can't see the floor" in notification


async def test_what_can_not_be_seen_is_named_and_is_not_in_the_way(
    hass: HomeAssistant, ann: MockConfigEntry
) -> None:
    hass.states.async_set(DOOR, "unavailable", {"friendly_name": "Front door"})
    hass.states.async_remove(VACUUM)
    answer = await start(hass, stages=STAGES)

    assert answer["path"]["not_seen"] == ["Front door", "vacuum.robbi"]
    assert waiting(hass) is None
    # Who pressed a button gets no answer.
    (notification,) = shown(hass)
    assert "Front door reports nothing" in notification
    assert "waits" not in notification
    hass.states.async_set(DOOR, "off", {"friendly_name": "Front door"})
    hass.states.async_set(VACUUM, "docked")
    await settle(hass)
    assert shown(hass) == []


async def test_the_calls_go_out_within_a_second_of_the_sensor(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    pod: FakePod,
    ann: MockConfigEntry,
) -> None:
    """From the state to the actions of speaker and pod, by a clock that the test does not hold."""
    at: dict[str, float] = {}

    @callback
    def call(call: ServiceCall) -> None:
        at[f"{call.domain}.{call.service}"] = clock_gettime(CLOCK_MONOTONIC)

    hass.services.async_register("tts", "speak", call)
    hass.services.async_register("button", "press", call)
    await start(hass, stages=STAGES)
    await walk_backward(hass, freezer, pod, 2)
    at.clear()

    began = clock_gettime(CLOCK_MONOTONIC)
    hass.states.async_set(DOOR, "on", {"friendly_name": "Front door"})
    held_after = clock_gettime(CLOCK_MONOTONIC) - began
    assert ann.runtime_data.guided_sessions.session.is_held
    await settle(hass)

    assert at.keys() == {"tts.speak", "button.press"}
    took = {name: moment - began for name, moment in at.items()}
    print(f"held after {held_after * 1000:.1f} ms,", {k: f"{v * 1000:.1f} ms" for k, v in took.items()})
    assert held_after > 0
    assert max(took.values()) < 1


async def test_what_comes_into_the_way_holds_the_session_until_it_is_gone(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    pod: FakePod,
    ann: MockConfigEntry,
    spoken: list[ServiceCall],
    pressed: list[ServiceCall],
) -> None:
    await start(hass, stages=STAGES)
    await walk_backward(hass, freezer, pod, 21)
    done = ann.runtime_data.guided_sessions.session.view().done
    hass.states.async_set(VACUUM, "cleaning", {"friendly_name": "Robbi"})
    await settle(hass)

    assert waiting(hass) == "path"
    told = attributes(hass, EVENT)
    assert (told["event_type"], told["reason"]) == ("guided_session_waiting", "path")
    assert told["in_the_way"] == [["vacuum", "Robbi"]]
    assert [call.data["entity_id"] for call in pressed] == [pod.entity_id("button", "Remind")]
    await walk_backward(hass, freezer, pod, 10)
    assert ann.runtime_data.guided_sessions.session.view().done == done
    # Another thing is no news while it waits, and one that is left keeps it waiting.
    hass.states.async_set(DOOR, "on", {"friendly_name": "Front door"})
    hass.states.async_set(VACUUM, "docked", {"friendly_name": "Robbi"})
    await settle(hass)
    assert waiting(hass) == "path"
    assert ["Front door" in text for text in shown(hass)] == [True]

    hass.states.async_set(DOOR, "off", {"friendly_name": "Front door"})
    await settle(hass)
    await pass_seconds(hass, freezer, 8)
    assert waiting(hass) is None
    assert shown(hass) == []
    assert [call.data["message"] for call in spoken] == [
        "Let's go. Walk backward for 60 steps.",
        "Stop. Robbi isn't docked.",
        "Continuing. Walk backward for 40 steps.",
    ]
    assert len(pressed) == 1


async def test_a_session_may_start_anyway(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, ann: MockConfigEntry
) -> None:
    hass.states.async_set(DOOR, "on", {"friendly_name": "Front door"})
    await start(hass, stages=STAGES, start_anyway=True)
    await walk_backward(hass, freezer, pod, 10)
    assert waiting(hass) is None
    assert attributes(hass, STAGE)["done"] > 0

    # What was accepted counts again once it was clear.
    for state in ("off", "on"):
        hass.states.async_set(DOOR, state, {"friendly_name": "Front door"})
        await settle(hass)
    assert waiting(hass) == "path"


async def test_one_that_waits_may_go_on_anyway(hass: HomeAssistant, ann: MockConfigEntry) -> None:
    hass.states.async_set(DOOR, "on", {"friendly_name": "Front door"})
    first = await start(hass, stages=STAGES)
    with pytest.raises(ServiceValidationError):
        await start(hass, stages=STAGES)
    answer = await start(hass, start_anyway=True)

    assert answer["stages"] == first["stages"]
    assert waiting(hass) is None
    assert shown(hass) == []
    # Nothing waits any more: there is a session already.
    with pytest.raises(ServiceValidationError):
        await start(hass, start_anyway=True)


async def test_nothing_is_watched_after_a_session(
    hass: HomeAssistant, ann: MockConfigEntry, pressed: list[ServiceCall]
) -> None:
    hass.states.async_set(DOOR, "on", {"friendly_name": "Front door"})
    await start(hass, stages=STAGES)
    await settle(hass)
    pressed.clear()
    await stop(hass)
    await settle(hass)
    assert shown(hass) == []
    for state in ("off", "on"):
        hass.states.async_set(DOOR, state)
        await settle(hass)

    assert pressed == []
    assert shown(hass) == []


@pytest.mark.parametrize("door", ["off", "on"])
async def test_after_a_restart_it_looks_again(
    hass: HomeAssistant, pod: FakePod, ann: MockConfigEntry, door: str, freezer: FrozenDateTimeFactory
) -> None:
    hass.states.async_set(DOOR, "on", {"friendly_name": "Front door"})
    await start(hass, stages=STAGES)
    assert await hass.config_entries.async_unload(ann.entry_id)
    hass.states.async_set(DOOR, door, {"friendly_name": "Front door"})
    assert await hass.config_entries.async_setup(ann.entry_id)
    await reach(hass, pod)
    await pass_seconds(hass, freezer, 2)

    assert waiting(hass) == ("path" if door == "on" else None)


async def test_who_names_nothing_any_more_waits_for_nothing(
    hass: HomeAssistant, ann: MockConfigEntry
) -> None:
    hass.states.async_set(DOOR, "on", {"friendly_name": "Front door"})
    await start(hass, stages=STAGES)
    hass.config_entries.async_update_entry(ann, options={"coach": {}})
    await settle(hass)

    assert ann.runtime_data.guided_sessions.session.active
    assert waiting(hass) is None


async def test_the_pod_does_not_buzz_at_who_only_stops(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    pod: FakePod,
    ann: MockConfigEntry,
    pressed: list[ServiceCall],
) -> None:
    await start(hass, stages=STAGES)
    await walk_backward(hass, freezer, pod, 5)
    pod.set("binary_sensor", "Walking backward", "off")
    await pass_seconds(hass, freezer, 15)
    await settle(hass)

    assert waiting(hass) == "stopped"
    assert pressed == []
