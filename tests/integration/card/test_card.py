"""What the card is told."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.retrostep.card import view
from custom_components.retrostep.card.websocket import COMMAND_SUBSCRIBE, FEEDS, PAUSE_S

from ..helpers import STEPS_TODAY, pass_time, reach, settle, walked_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
    from pytest_homeassistant_custom_component.typing import WebSocketGenerator

    from ..fake_pod import FakePod
    from ..helpers import MakeWalker


class Card:
    """A card in somebody's browser."""

    def __init__(self, client: Any) -> None:
        self.client = client

    async def walkers(self) -> list[dict[str, Any]]:
        """Wait for the next message."""
        message = await self.client.receive_json()
        assert message["type"] == "event", message
        walkers: list[dict[str, Any]] = message["event"]["walkers"]
        return walkers


@pytest.fixture
async def card(hass: HomeAssistant, walker: MockConfigEntry, hass_ws_client: WebSocketGenerator) -> Card:
    """A card that has just subscribed."""
    return await subscribed(await hass_ws_client(hass))


async def subscribed(client: Any) -> Card:
    """Subscribe a card."""
    await client.send_json_auto_id({"type": COMMAND_SUBSCRIBE})
    assert (await client.receive_json())["success"]
    return Card(client)


# What the card is told


@pytest.mark.usefixtures("as_delivered")
async def test_a_card_is_told_who_walks_and_which_entities_show_it(
    card: Card, walker: MockConfigEntry, pod: FakePod
) -> None:
    [ann] = await card.walkers()

    assert (ann["name"], ann["slug"], ann["loaded"]) == ("Ann", "ann", True)
    assert ann["entry_id"] == walker.entry_id
    assert ann["device_id"]
    assert ann["entities"]["sensor.backward_steps_today"] == STEPS_TODAY
    assert "sensor.forward_steps_total" not in ann["entities"], "it is disabled"
    assert [one["name"] for one in ann["pods"]] == [pod.name]
    assert pod.mac not in str(ann).lower()
    assert ann["last_session"] is None
    assert {hour["backward"] for hour in ann["hours"]} == {0}


async def test_why_the_goal_is_what_it_is_can_be_written_in_any_language(card: Card) -> None:
    [ann] = await card.walkers()

    assert ann["explanation"] == {
        "key": "plan_waits",
        "values": {
            "goal": {"kind": "minutes", "value": 3},
            "next": {"kind": "minutes", "value": 3.75},
            "week": 1,
            "met": 0,
            "needed": 5,
            "day": (dt_util.now().date() + timedelta(days=7)).isoformat(),
        },
    }


async def test_each_day_has_its_own_goal(
    hass: HomeAssistant, card: Card, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    await card.walkers()
    walked_minute(pod, back=40)
    await reach(hass, pod)
    await pass_time(hass, freezer, seconds=PAUSE_S + 1)

    messages = [(await card.walkers())[0]]
    while not messages[-1]["days"][-1]["backward"]:
        messages.append((await card.walkers())[0])
    days = messages[-1]["days"]

    (today,) = days
    assert today["backward"] == 40
    assert messages[-1]["since"] == today["date"], "there is no day before the walker"
    goal = today["goal"]
    assert goal["kind"] == "minutes"
    assert goal["value"] > goal["done"]
    assert not goal["met"]


async def test_days_a_pod_counted_before_there_was_a_walker_are_shown(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, hass_ws_client: WebSocketGenerator
) -> None:
    walked_minute(pod, back=40, ago_min=3 * 24 * 60)
    await reach(hass, pod)
    [ann] = await (await subscribed(await hass_ws_client(hass))).walkers()

    assert [day["backward"] for day in ann["days"]] == [40, 0, 0, 0]
    assert ann["since"] == ann["days"][0]["date"]
    assert ann["days"][0]["goal"] is None, "nobody had a goal before the first day"


async def test_hours_and_last_session_come_when_minutes_have_come(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, hass_ws_client: WebSocketGenerator
) -> None:
    walked_minute(pod, back=40)
    await reach(hass, pod)
    [ann] = await (await subscribed(await hass_ws_client(hass))).walkers()

    assert ann["hours"][0]["start"] == ann["today"]["start"]
    assert sum(hour["backward"] for hour in ann["hours"]) == 40
    assert ann["last_session"]["steps"] == 40


async def test_many_changes_are_one_message_and_no_change_is_none(
    hass: HomeAssistant, card: Card, walker: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    await card.walkers()
    for _ in range(5):
        walker.runtime_data.show()
    hass.config_entries.async_update_entry(walker, options={"goals": {"steps": 500}})
    await pass_time(hass, freezer, seconds=PAUSE_S + 1)
    await card.client.send_json_auto_id({"type": "ping"})

    seen = [await card.client.receive_json()]
    while seen[-1]["type"] != "pong":
        seen.append(await card.client.receive_json())
    assert len(seen) <= 2


async def test_a_renamed_entity_is_found_again(hass: HomeAssistant, card: Card) -> None:
    await card.walkers()
    er.async_get(hass).async_update_entity(STEPS_TODAY, new_entity_id="sensor.renamed")
    await settle(hass)

    [ann] = await card.walkers()
    assert ann["entities"]["sensor.backward_steps_today"] == "sensor.renamed"


async def test_walkers_come_and_go(
    hass: HomeAssistant, card: Card, walker: MockConfigEntry, make_walker: MakeWalker
) -> None:
    assert len(await card.walkers()) == 1
    bob = make_walker(slug="bob")
    assert await hass.config_entries.async_setup(bob.entry_id)
    await settle(hass)
    names = await _until(card, lambda walkers: len(walkers) == 2 and walkers[1]["loaded"], hass)
    assert names == ["Ann", "Bob"]

    await hass.config_entries.async_remove(walker.entry_id)
    await settle(hass)
    assert await _until(card, lambda walkers: len(walkers) == 1, hass) == ["Bob"]


async def _until(card: Card, so: Any, hass: HomeAssistant) -> list[str]:
    """Wait for the message in which it is so; give the names of its walkers."""
    for _ in range(10):
        async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=PAUSE_S + 1))
        await settle(hass)
        walkers = await card.walkers()
        if so(walkers):
            return [one["name"] for one in walkers]
    raise AssertionError("it never was so")


async def test_a_walker_that_can_not_be_loaded_is_named(
    hass: HomeAssistant, walker: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    assert await hass.config_entries.async_unload(walker.entry_id)
    [ann] = await (await subscribed(await hass_ws_client(hass))).walkers()

    assert (ann["name"], ann["loaded"]) == ("Ann", False)
    assert "days" not in ann


async def test_nobody_is_told_of_a_walker_whose_steps_they_may_not_see(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: MockUser,
) -> None:
    hass_admin_user.groups = []
    hass_admin_user.mock_policy({"entities": {"entity_ids": {"light.kitchen": True}}})
    client = await hass_ws_client(hass)
    assert await (await subscribed(client)).walkers() == []

    assert await hass.config_entries.async_unload(walker.entry_id)
    assert await (await subscribed(client)).walkers() == []


def may_read(user: MockUser, *entity_ids: str) -> None:
    """Let a user read some entities and nothing else."""
    user.groups = []
    user.mock_policy({"entities": {"entity_ids": {one: {"read": True} for one in entity_ids}}})


async def told(hass: HomeAssistant, hass_ws_client: WebSocketGenerator) -> dict[str, Any]:
    """Give what a card that has just subscribed is told of Ann."""
    [ann] = await (await subscribed(await hass_ws_client(hass))).walkers()
    return ann


def fields(ann: dict[str, Any]) -> set[str]:
    """Give the names of the fields of a walker, of a day and of an hour."""
    return {*ann, *ann.get("days", [{}])[-1], *ann.get("hours", [{}])[-1]}


ABOUT_NOBODYS_STEPS = {"entry_id", "slug", "name", "device_id", "loaded", "entities", "pods", "date", "start"}


@pytest.fixture
async def walked(hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod) -> MockConfigEntry:
    """Ann, who has walked today."""
    walked_minute(pod, back=40)
    await reach(hass, pod)
    return walker


async def test_every_field_belongs_to_an_entity_and_goes_with_the_right_to_read_it(
    hass: HomeAssistant,
    walked: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: MockUser,
) -> None:
    whole = fields(await told(hass, hass_ws_client))
    assert whole == ABOUT_NOBODYS_STEPS | view.FIELDS.keys()
    everything = {
        f"{platform}.ann_{name}" for platform, name in (key.split(".") for key in view.FIELDS.values())
    }
    for entity_id in everything:
        hidden = {name for name, key in view.FIELDS.items() if key.replace(".", ".ann_") == entity_id}
        may_read(hass_admin_user, *everything - {entity_id})
        seen = fields(await told(hass, hass_ws_client))
        assert not seen & hidden, entity_id
        if entity_id != STEPS_TODAY:
            assert seen == whole - hidden, entity_id


async def test_who_may_read_one_sensor_is_told_of_nothing_else(
    hass: HomeAssistant,
    walked: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: MockUser,
) -> None:
    may_read(hass_admin_user, STEPS_TODAY)
    ann = await told(hass, hass_ws_client)
    assert list(ann["entities"]) == ["sensor.backward_steps_today"]
    assert ann["days"][-1].keys() == {"date", "backward"}
    assert ann["hours"][-1].keys() == {"start", "backward"}
    assert not {"last_session", "explanation"} & ann.keys()
    assert [one["entities"] for one in ann["pods"]] == [{}]

    may_read(hass_admin_user, "sensor.ann_sitting_state")
    ann = await told(hass, hass_ws_client)
    assert list(ann["entities"]) == ["sensor.sitting_state"]
    assert fields(ann) <= ABOUT_NOBODYS_STEPS


async def test_a_walker_whose_sensor_was_disabled_still_shows(
    hass: HomeAssistant,
    walked: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: MockUser,
) -> None:
    er.async_get(hass).async_update_entity(STEPS_TODAY, disabled_by=er.RegistryEntryDisabler.USER)
    await settle(hass)
    may_read(hass_admin_user, STEPS_TODAY)
    ann = await told(hass, hass_ws_client)
    assert ann["entities"] == {}
    assert ann["days"][-1]["backward"] == 40


async def test_a_subscription_ends(hass: HomeAssistant, card: Card, walker: MockConfigEntry) -> None:
    await card.walkers()
    listeners = len(walker.runtime_data._listeners)
    await card.client.send_json_auto_id({"type": "unsubscribe_events", "subscription": 1})
    assert (await card.client.receive_json())["success"]

    assert len(walker.runtime_data._listeners) == listeners - 1


# Many cards


async def test_what_many_subscribers_see_is_put_together_once(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await reach(hass, pod)
    client = await hass_ws_client(hass)
    first = await subscribed(client)
    await first.walkers()
    await pass_time(hass, freezer, seconds=PAUSE_S + 1)
    views: list[object] = []

    def counted(*arguments: Any) -> Any:
        views.append(arguments)
        return view.walker_view(*arguments)

    monkeypatch.setattr("custom_components.retrostep.card.websocket.walker_view", counted)
    for _ in range(50):
        card = await subscribed(client)
        await card.walkers()
    views.clear()
    walked_minute(pod, back=40)
    pod.publish()
    await settle(hass)

    seen = [(await first.walkers())[0]["days"][-1]["backward"] for _ in range(51)]

    assert seen == [40] * 51
    assert len(views) == 1


async def test_who_ends_the_last_subscription_leaves_nothing_behind(
    hass: HomeAssistant, walker: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    for _ in range(2):
        card = await subscribed(client)
        await card.walkers()
    for subscription in (1, 2):
        assert hass.data[FEEDS]
        await client.send_json_auto_id({"type": "unsubscribe_events", "subscription": subscription})
        assert (await client.receive_json())["success"]
    assert not hass.data[FEEDS]


async def test_a_card_that_comes_while_others_wait_sees_what_is_new(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, hass_ws_client: WebSocketGenerator
) -> None:
    await reach(hass, pod)
    client = await hass_ws_client(hass)
    first = await subscribed(client)
    await first.walkers()
    for _ in range(2):
        pod.walk(back=20)
        pod.publish()
        await settle(hass)
    assert (await first.walkers())[0]["days"][-1]["backward"] == 20

    other = await subscribed(await hass_ws_client(hass))
    assert (await other.walkers())[0]["days"][-1]["backward"] == 40
    assert (await first.walkers())[0]["days"][-1]["backward"] == 40
