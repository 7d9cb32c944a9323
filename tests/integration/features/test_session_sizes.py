"""A guided session fits today's goal, and the first one begins after the safety notes were read."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import issue_registry as ir
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.retrostep.card.sessions import COMMAND_CHOICES
from custom_components.retrostep.const import DOMAIN
from custom_components.retrostep.features.guided_sessions import SAFETY

from ..guided_sessions import press, start, stop
from ..helpers import MakeWalker, attributes, reach, settle, state, walked_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockUser
    from pytest_homeassistant_custom_component.typing import WebSocketGenerator

    from ..fake_pod import FakePod
    from ..repairs_page import Repairs

STAGE = "sensor.ann_guided_session_stage"
START = "button.ann_start_session"


@pytest.fixture(autouse=True)
def _clock(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-11-18 20:00:00+00:00")


def backward(answer: dict[str, Any]) -> list[float]:
    return [stage["target"] for stage in answer["stages"] if stage["direction"] == "backward"]


# It fits


@pytest.mark.parametrize(
    ("goals", "walked", "stages"),
    [
        ({}, 0, [90, 90]),
        ({"plan": "fixed", "kind": "minutes", "minutes": 2}, 0, [120]),
        ({"plan": "fixed", "kind": "minutes", "minutes": 60}, 0, [120] * 5),
        ({"plan": "fixed", "kind": "steps", "steps": 120}, 0, [120]),
        ({"plan": "fixed", "kind": "steps", "steps": 120}, 40, [80]),
        ({"plan": "fixed", "kind": "steps", "steps": 120}, 110, [50]),
        ({"plan": "fixed", "kind": "steps", "steps": 120}, 130, [120]),
        ({"plan": "fixed", "kind": "metres", "metres": 150}, 0, [75, 75]),
        ({"plan": "fixed", "kind": "sessions", "sessions": 4}, 0, [120]),
        ({"plan": "short_and_often"}, 0, [120]),
        ({"plan": "fixed", "kind": "minutes", "minutes": 60, "paused": True}, 0, [120]),
    ],
)
async def test_a_session_is_as_long_as_what_is_left_of_todays_goal(
    hass: HomeAssistant,
    pod: FakePod,
    make_walker: MakeWalker,
    goals: dict[str, Any],
    walked: int,
    stages: list[float],
) -> None:
    entry = make_walker(pod, options={"goals": goals} if goals else {})
    assert await hass.config_entries.async_setup(entry.entry_id)
    if walked:
        walked_minute(pod, back=walked)
    await reach(hass, pod)
    assert backward(await start(hass)) == stages
    assert attributes(hass, STAGE)["routine"] == "fit"


async def test_a_short_session_that_would_not_count_is_made_to_count(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker
) -> None:
    """A plan of sessions says how long one has to be."""
    options = {"goals": {"plan": "short_and_often"}, "guide": {"backward_min": 1}}
    entry = make_walker(pod, options=options)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, pod)
    assert sum(backward(await start(hass))) == 90


async def test_who_chose_a_routine_has_it(hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker) -> None:
    entry = make_walker(pod, options={"guide": {"routine": "intervals"}})
    assert await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, pod)
    assert backward(await start(hass)) == [120] * 5
    await stop(hass)
    assert backward(await start(hass, routine="fit")) == [90, 90]


async def test_minutes_can_be_asked_for_and_nothing_besides(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    for besides in ({"routine": "short"}, {"stages": [{"direction": "backward", "minutes": 1}]}):
        with pytest.raises(ServiceValidationError) as refused:
            await start(hass, minutes=4, **besides)
        assert refused.value.translation_key == "minutes_and_routine"
    assert backward(await start(hass, minutes=4, routine="fit")) == [120, 120]
    await stop(hass)
    assert backward(await start(hass, minutes=0.5 + 0.5)) == [60]


# The safety notes come first


def issue(hass: HomeAssistant, entry: MockConfigEntry) -> ir.IssueEntry | None:
    return ir.async_get(hass).async_get_issue(DOMAIN, f"safety_notes_{entry.entry_id}")


async def press_unread(hass: HomeAssistant) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await hass.services.async_call("button", "press", {"entity_id": START}, blocking=True)
    assert refused.value.translation_key == "safety_notes_unread"


async def test_nothing_begins_before_the_notes_were_read_where_repairs_are(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry, repairs: Repairs
) -> None:
    await reach(hass, pod)
    assert issue(hass, walker) is None, "nobody is bothered who starts no session"
    await press_unread(hass)
    assert state(hass, STAGE) == "idle"

    flow = await repairs.open("safety_notes")
    notes = flow["description_placeholders"]["notes"].splitlines()
    assert len(notes) == len(SAFETY)
    assert notes[0].startswith("- Walking backward is exercise, not treatment. Ask a professional first")
    await repairs.answer(flow)
    assert issue(hass, walker) is None
    await hass.services.async_call("button", "press", {"entity_id": START}, blocking=True)
    await settle(hass)
    assert state(hass, STAGE) == "warm_up"


async def test_that_they_were_read_is_remembered(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    await press(hass, "start_session")
    await press(hass, "stop_session")
    assert await hass.config_entries.async_reload(walker.entry_id)
    await reach(hass, pod)
    await hass.services.async_call("button", "press", {"entity_id": START}, blocking=True)
    await settle(hass)
    assert state(hass, STAGE) == "warm_up"


async def test_an_action_says_that_they_were_read(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)

    async def ask(**data: Any) -> None:
        await hass.services.async_call(DOMAIN, "start_session", data, blocking=True)

    for unread in ({}, {"read_safety_notes": False}):
        with pytest.raises(ServiceValidationError) as refused:
            await ask(**unread)
        assert refused.value.translation_key == "safety_notes_unread"
    assert issue(hass, walker)
    await ask(read_safety_notes=True)
    await settle(hass)
    assert state(hass, STAGE) == "warm_up"
    assert issue(hass, walker) is None


async def test_the_notes_of_a_walker_who_is_gone_are_not_asked_for(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry, repairs: Repairs
) -> None:
    await reach(hass, pod)
    await press_unread(hass)
    flow = await repairs.open("safety_notes")
    await hass.config_entries.async_unload(walker.entry_id)
    assert (await repairs.answer(flow))["reason"] == "walker_gone"
    assert (await repairs.open("safety_notes"))["reason"] == "walker_gone"
    await hass.config_entries.async_remove(walker.entry_id)
    assert issue(hass, walker) is None


# What the card asks


async def choices(hass: HomeAssistant, make: WebSocketGenerator, entry_id: str) -> dict[str, Any]:
    client = await make(hass)
    await client.send_json_auto_id({"type": COMMAND_CHOICES, "entry_id": entry_id})
    answer: dict[str, Any] = await client.receive_json()
    return answer


async def test_the_card_offers_sizes_and_shows_the_notes_while_they_are_unread(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    await reach(hass, pod)
    told = (await choices(hass, hass_ws_client, walker.entry_id))["result"]
    assert told["choices"] == [
        {"routine": "fit", "unit": "seconds", "backward": 180, "seconds": 480},
        {"routine": "short", "unit": "seconds", "backward": 120, "seconds": 120},
        {"routine": "intervals", "unit": "seconds", "backward": 600, "seconds": 1140},
        {"routine": "distance", "unit": "metres", "backward": 100, "seconds": 360},
    ]
    assert [note["key"] for note in told["notes"]] == [*SAFETY]
    assert all(note["text"] for note in told["notes"])
    await press(hass, "start_session")
    assert (await choices(hass, hass_ws_client, walker.entry_id))["result"]["notes"] == []


async def test_what_is_the_same_is_offered_once_and_the_walkers_own_first(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker, hass_ws_client: WebSocketGenerator
) -> None:
    goals = {"plan": "fixed", "kind": "steps", "steps": 20}
    entry = make_walker(pod, options={"goals": goals, "guide": {"routine": "distance"}})
    assert await hass.config_entries.async_setup(entry.entry_id)
    walked_minute(pod, back=30)
    await reach(hass, pod)
    assert state(hass, "binary_sensor.ann_goal_reached") == "on"
    told = (await choices(hass, hass_ws_client, entry.entry_id))["result"]["choices"]
    assert [choice["routine"] for choice in told] == ["distance", "short", "intervals"], "nothing is left"


async def test_who_may_not_start_a_session_is_offered_none(
    hass: HomeAssistant,
    pod: FakePod,
    walker: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: MockUser,
) -> None:
    for entry_id in ("nobody", pod.entry.entry_id):
        answer = await choices(hass, hass_ws_client, entry_id)
        assert answer["error"]["code"] == "not_found"
    hass_admin_user.groups = []
    hass_admin_user.mock_policy({"entities": {"domains": {"sensor": {"read": True}}}})
    answer = await choices(hass, hass_ws_client, walker.entry_id)
    assert answer["error"]["code"] == "unauthorized"
