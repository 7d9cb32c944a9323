"""What the card is told, and how dashboards come to load it."""

from datetime import timedelta
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.components.frontend import DATA_EXTRA_MODULE_URL, UrlManager
from homeassistant.components.lovelace.const import LOVELACE_DATA
from homeassistant.const import EVENT_HOMEASSISTANT_STOP, Platform
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_fire_time_changed, patch_yaml_files

from custom_components.retrostep.card import resources as frontend_resources
from custom_components.retrostep.card.websocket import COMMAND_SUBSCRIBE, PAUSE_S
from custom_components.retrostep.const import DOMAIN
from tests.conftest import VERSION

from ..helpers import STEPS_TODAY, pass_time, reach, settle, walked_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
    from pytest_homeassistant_custom_component.typing import ClientSessionGenerator, WebSocketGenerator

    from ..fake_pod import FakePod
    from ..helpers import MakeWalker
    from ..repairs_page import Repairs


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


async def test_a_card_is_told_who_walks_and_which_entities_show_it(
    card: Card, walker: MockConfigEntry, pod: FakePod
) -> None:
    [ann] = await card.walkers()

    assert (ann["name"], ann["slug"], ann["loaded"]) == ("Ann", "ann", True)
    assert ann["entry_id"] == walker.entry_id
    assert ann["device_id"]
    assert ann["entities"]["sensor.backward_steps_today"] == STEPS_TODAY
    assert "sensor.forward_steps_total" not in ann["entities"], "it is disabled"
    assert [one["mac"] for one in ann["pods"]] == [pod.mac]
    assert ann["last_session"] is None
    assert ann["hours"] == []


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


async def test_each_of_the_last_seven_days_has_its_own_goal(
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

    assert len(days) == 7
    assert days[-1]["backward"] == 40
    goal = days[-1]["goal"]
    assert goal["kind"] == "minutes"
    assert goal["value"] > goal["done"]
    assert not goal["met"]
    assert days[0]["goal"] is None, "nobody had a goal before the first day"


async def test_hours_and_last_session_come_when_minutes_have_come(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, hass_ws_client: WebSocketGenerator
) -> None:
    walked_minute(pod, back=40)
    await reach(hass, pod)
    [ann] = await (await subscribed(await hass_ws_client(hass))).walkers()

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


async def test_a_subscription_ends(hass: HomeAssistant, card: Card, walker: MockConfigEntry) -> None:
    await card.walkers()
    listeners = len(walker.runtime_data._listeners)
    await card.client.send_json_auto_id({"type": "unsubscribe_events", "subscription": 1})
    assert (await card.client.receive_json())["success"]

    assert len(walker.runtime_data._listeners) == listeners - 1


# How dashboards load it


@pytest.fixture
async def dashboards(hass: HomeAssistant) -> None:
    """A Home Assistant with dashboards, whose own pages are not built."""
    assert await async_setup_component(hass, "http", {})
    hass.data[DATA_EXTRA_MODULE_URL] = UrlManager(lambda *_: None, [])
    assert await async_setup_component(hass, "lovelace", {})


def urls(hass: HomeAssistant) -> list[str]:
    """Addresses of all resources."""
    return [item["url"] for item in hass.data[LOVELACE_DATA].resources.async_items()]


async def test_dashboards_load_the_card_of_this_version(
    hass: HomeAssistant, dashboards: None, make_walker: MakeWalker, hass_client: ClientSessionGenerator
) -> None:
    for slug in ("ann", "bob"):
        assert await hass.config_entries.async_setup(make_walker(slug=slug).entry_id) or True
    await settle(hass)

    [url] = urls(hass)
    assert url.startswith(f"{frontend_resources.CARD_PATH}?v={VERSION}-")
    answer = await (await hass_client()).get(url)
    assert answer.status == 200
    assert await answer.read() == (frontend_resources.FOLDER / frontend_resources.CARD_FILE).read_bytes()
    assert "max-age" in answer.headers["Cache-Control"]


async def test_an_older_address_is_renewed_and_doubles_go(
    hass: HomeAssistant, dashboards: None, make_walker: MakeWalker
) -> None:
    resources = hass.data[LOVELACE_DATA].resources
    for url in (f"{frontend_resources.CARD_PATH}?v=0.0.1", frontend_resources.CARD_PATH, "/local/other.js"):
        await resources.async_create_item({"res_type": "module", "url": url})
    await hass.config_entries.async_setup(make_walker().entry_id)
    await settle(hass)

    mine, other = urls(hass)
    assert mine.startswith(f"{frontend_resources.CARD_PATH}?v={VERSION}-")
    assert other == "/local/other.js"


async def test_the_card_stays_when_the_last_walker_goes_and_leaves_when_home_assistant_stops(
    hass: HomeAssistant, dashboards: None, make_walker: MakeWalker, hass_client: ClientSessionGenerator
) -> None:
    entry = make_walker()
    await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    await hass.config_entries.async_remove(entry.entry_id)
    [url] = urls(hass)
    assert (await (await hass_client()).get(url)).status == 200

    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await settle(hass)
    assert urls(hass) == [], "without a walker nothing would serve it next time"


async def test_the_card_stays_over_a_stop_while_there_is_a_walker(
    hass: HomeAssistant, dashboards: None, make_walker: MakeWalker
) -> None:
    await hass.config_entries.async_setup(make_walker().entry_id)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await settle(hass)
    assert len(urls(hass)) == 1


async def test_the_card_is_there_for_a_walker_that_can_not_be_loaded(
    hass: HomeAssistant, dashboards: None, make_walker: MakeWalker, hass_storage: dict[str, Any]
) -> None:
    entry = make_walker()
    file = f"{DOMAIN}.{entry.entry_id}"
    hass_storage[file] = {"version": 1, "minor_version": 1, "key": file, "data": {"version": 99}}
    assert not await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    assert len(urls(hass)) == 1


# What browsers keep


@pytest.fixture
async def replaced(
    dashboards: None, walker: MockConfigEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A folder of the card's files that an update may change while Home Assistant runs."""
    folder = tmp_path / "frontend"
    copytree(frontend_resources.FOLDER, folder)
    monkeypatch.setattr(frontend_resources, "FOLDER", folder)
    return folder


async def test_bytes_that_their_address_does_not_name_are_not_kept(
    hass: HomeAssistant, replaced: Path, hass_client_no_auth: ClientSessionGenerator
) -> None:
    client = await hass_client_no_auth()
    german = next(replaced.glob("retrostep-de-*.js"))
    url = hass.data[frontend_resources._CARD].url

    for address in (url, f"/retrostep/{german.name}"):
        kept = await client.get(address)
        assert kept.status == 200
        assert "max-age=2678400" in kept.headers["Cache-Control"]
    (replaced / frontend_resources.CARD_FILE).write_text("new")
    german.write_text("new")
    for address in (url, f"/retrostep/{german.name}", frontend_resources.CARD_PATH):
        changed = await client.get(address)
        assert await changed.text() == "new"
        assert changed.headers["Cache-Control"] == "no-cache"
        again = await client.get(address, headers={"If-None-Match": changed.headers["ETag"]})
        assert (again.status, await again.read()) == (304, b"")


@pytest.mark.parametrize("name", ["retrostep-de-00000000.js", "manifest.json", "*.js"])
async def test_what_is_no_file_of_the_card_is_missing_until_it_is_one(
    replaced: Path, hass_client_no_auth: ClientSessionGenerator, name: str
) -> None:
    missing = await (await hass_client_no_auth()).get(f"/retrostep/{name}")
    assert (missing.status, missing.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize("listed", [False, True])
async def test_where_resources_are_yaml_the_person_is_told_what_to_add(
    hass: HomeAssistant, make_walker: MakeWalker, listed: bool
) -> None:
    assert await async_setup_component(hass, "http", {})
    hass.data[DATA_EXTRA_MODULE_URL] = UrlManager(lambda *_: None, [])
    content = (frontend_resources.FOLDER / frontend_resources.CARD_FILE).read_bytes()
    url = f"{frontend_resources.CARD_PATH}?v={VERSION}-{frontend_resources._digest(content)}"
    resources = [{"url": url, "type": "module"}] if listed else []
    config = {"resource_mode": "yaml", "resources": resources}
    assert await async_setup_component(hass, "lovelace", {"lovelace": config})
    entry = make_walker()
    await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)

    issue = ir.async_get(hass).async_get_issue(DOMAIN, frontend_resources.ISSUE_YAML_RESOURCES)
    assert (issue is None) == listed
    assert hass.data[DATA_EXTRA_MODULE_URL].urls == {url}
    if issue:
        assert issue.translation_placeholders == {"url": url}

    await hass.config_entries.async_remove(entry.entry_id)
    assert ir.async_get(hass).async_get_issue(DOMAIN, frontend_resources.ISSUE_YAML_RESOURCES) is None
    assert hass.data[DATA_EXTRA_MODULE_URL].urls == {url}, "dashboards show that nobody walks"


async def test_the_resources_are_read_again_when_the_person_added_the_card(
    hass: HomeAssistant,
    make_walker: MakeWalker,
    repairs: Repairs,
) -> None:
    hass.data[DATA_EXTRA_MODULE_URL] = UrlManager(lambda *_: None, [])
    assert await async_setup_component(hass, "lovelace", {"lovelace": {"resource_mode": "yaml"}})
    await hass.config_entries.async_setup(make_walker().entry_id)
    await settle(hass)
    issue = repairs.issue("yaml_resources")
    assert issue
    assert issue.translation_placeholders
    url = issue.translation_placeholders["url"]
    files = {hass.config.path("configuration.yaml"): "lovelace: {resource_mode: yaml}"}
    with patch_yaml_files(files):
        flow = await repairs.open("yaml_resources")
        assert (await repairs.answer(flow))["errors"] == {"base": "still_so"}
        files[hass.config.path("configuration.yaml")] = "lovelace: ["
        assert (await repairs.answer(flow))["errors"] == {"base": "not_read"}
        resources = f"[{{url: '{url}', type: module}}]"
        files[hass.config.path("configuration.yaml")] = (
            f"lovelace: {{resource_mode: yaml, resources: {resources}}}"
        )
        assert (await repairs.answer(flow))["type"] == "create_entry"

    assert not repairs.issue("yaml_resources")


async def test_without_dashboards_steps_are_counted_all_the_same(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    assert hass.states.get(STEPS_TODAY)
    assert Platform.SENSOR in {entity.domain for entity in er.async_get(hass).entities.values()}
