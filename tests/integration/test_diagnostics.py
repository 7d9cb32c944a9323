"""Diagnostics help to find a fault and do not tell who walks, where, or with which things of the house."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import get_diagnostics_for_config_entry

from custom_components.retrostep.const import CONF_MAC, CONF_PERSON, CONF_WALKER_SLUG, DOMAIN

from .conftest import pod_subentry
from .guided_sessions import start
from .helpers import reach, settle, walked_minute

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from homeassistant.core import HomeAssistant
    from homeassistant.helpers import issue_registry as ir
    from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

    from .fake_pod import FakePod
    from .helpers import MakeWalker

type Download = Callable[[MockConfigEntry], Awaitable[dict[str, Any]]]


@pytest.fixture
async def download(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Download:
    """What a person does who downloads the diagnostics of a walker."""
    assert await async_setup_component(hass, "diagnostics", {})

    async def get(entry: MockConfigEntry) -> dict[str, Any]:
        found: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)
        return found

    return get


async def test_diagnostics_tell_the_state_of_the_ledger_and_of_the_pods(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, download: Download
) -> None:
    pod.walk(back=10)
    pod.close_minute(0)
    pod.connect()
    await settle(hass)

    found = await download(walker)

    assert found["ledger"]["settled_total"][0] == 10
    (of_pod,) = found["pods"]
    assert of_pod["acknowledged"] == 1
    assert of_pod["reachable"] is True
    assert "sensor: Backward steps" in of_pod["entities"]
    assert of_pod["last_fetch"]["outcome"] == "ok"


async def test_diagnostics_work_without_the_pod(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, download: Download
) -> None:
    await hass.config_entries.async_remove(pod.entry.entry_id)
    await settle(hass)

    found = await download(walker)

    assert found["pods"] == [
        {
            "in_esphome": False,
            "entities": [],
            "other_entities": 0,
            "reachable": False,
            "live": None,
            "acknowledged": None,
            "complete_at": None,
            "last_fetch": None,
        }
    ]
    assert found["issues"] == ["pod_gone"]


async def test_diagnostics_tell_of_goal_sitting_and_guided_session(
    hass: HomeAssistant, make_walker: MakeWalker, pod: FakePod, download: Download
) -> None:
    entry = make_walker(pod, options={"goals": {"plan": "fixed", "kind": "steps", "steps": 20}})
    assert await hass.config_entries.async_setup(entry.entry_id)
    walked_minute(pod, back=10)
    await reach(hass, pod)
    await start(hass, routine="intervals")
    await settle(hass)

    found = await download(entry)

    assert (found["goal"]["goal"], found["goal"]["done"], found["goal"]["streak"]) == (20, 10, 0)
    assert found["goal"]["explanation"]
    assert found["sitting"]["state"]
    assert found["sitting"]["threshold_min"] == 45
    assert (found["guide"]["active"], found["guide"]["routine"]) == (True, "intervals")
    assert found["guide"]["three_metres"]["count"] == 0


def leaves(node: Any) -> Iterator[str]:
    """Give every key and every value of a document as text."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from leaves(value)
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value)
    else:
        yield str(node)


async def test_diagnostics_hold_nothing_private_anywhere(
    hass: HomeAssistant, persons: dict[str, str], pod: FakePod, download: Download
) -> None:
    """Every setting is given a value that nothing else has, and none may be found again."""
    registry = er.async_get(hass)
    named = {
        setting: registry.async_get_or_create(domain, "demo", setting, suggested_object_id=f"anns_{setting}")
        for setting, domain in {
            "seat": "binary_sensor",
            "schedule": "schedule",
            "zones": "zone",
            "busy": "calendar",
            "notify": "notify",
        }.items()
    }
    app = MockConfigEntry(domain="mobile_app", data={"device_name": "Ann's phone"})
    app.add_to_hass(hass)
    phone = dr.async_get(hass).async_get_or_create(
        config_entry_id=app.entry_id, identifiers={("mobile_app", "1")}, name="Ann's phone"
    )
    reminders = {
        setting: entry.id if setting in ("seat", "schedule") else [entry.id]
        for setting, entry in named.items()
    }
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Annabel",
        unique_id=persons["person.ann"],
        data={CONF_PERSON: persons["person.ann"], CONF_WALKER_SLUG: "annabel"},
        options={
            "time_zone": "Europe/Lisbon",
            "body": {"weight_kg": 71.3},
            "coach": {
                "speaker": "media_player.anns_radio",
                "doors": ["binary_sensor.anns_door"],
                "live": True,
            },
            "reminders": {**reminders, "phones": [phone.id], "busy": [named["busy"].id, "calendar.work"]},
        },
        subentries_data=[pod_subentry(pod)],
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    pod.failure = f"{pod.name} at 192.0.2.7 is out of reach"
    await reach(hass, pod)
    registry.async_remove(named["zones"].entity_id)
    await settle(hass)

    found = list(leaves(await download(entry)))

    private = {
        "annabel",
        persons["person.ann"],
        "person.ann",
        "lisbon",
        "71.3",
        "phone.",
        phone.id,
        "ann's phone",
        *(one.id for one in named.values()),
        *(f"anns_{setting}" for setting in named),
        "calendar.work",
        "anns_radio",
        "anns_door",
        pod.mac,
        pod.mac.replace(":", ""),
        pod.name,
        pod.node,
        pod.node.replace("-", "_"),
        "192.0.2.7",
        entry.entry_id,
    }
    for text in found:
        for secret in private:
            assert secret.lower() not in text.lower()
    # What is left out is still counted, and what is wrong is still told.
    told = await download(entry)
    assert len(told["options"]["reminders"]["busy"]) == 2
    assert told["options"]["reminders"]["seat"] == "**REDACTED**"
    assert told["options"]["coach"] == {"speaker": "**REDACTED**", "doors": ["**REDACTED**"], "live": True}
    assert told["settings_gone"] == {"zones": 1, "busy": 1}
    assert told["issues"] == ["busy_gone", "phones_silent", "zones_gone"]
    assert told["entry"][CONF_PERSON] == told["entry"][CONF_WALKER_SLUG] == "**REDACTED**"
    assert CONF_MAC not in told["entry"]


@pytest.mark.usefixtures("noon")
async def test_issues_of_a_download_name_neither_pod_nor_walker(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    make_walker: MakeWalker,
    pod: FakePod,
    issue_registry: ir.IssueRegistry,
) -> None:
    """Home Assistant puts every issue into a download: its id, and of those it keeps all that is in them."""
    assert await async_setup_component(hass, "diagnostics", {})
    own = pod.register("sensor", "Granny's bedroom")
    options = {"reminders": {"seat": "binary_sensor.anns_chair"}}
    entry = make_walker(pod, options=options)
    assert await hass.config_entries.async_setup(entry.entry_id)
    for _ in range(4):
        walked_minute(pod, back=10)
    pod.oldest = pod.rows[-1][0]
    await reach(hass, pod)
    await hass.config_entries.async_remove(pod.entry.entry_id)
    await settle(hass)
    found = {issue.translation_key for issue in issue_registry.issues.values()}
    assert {"minutes_lost", "pod_gone", "seat_gone"} <= found

    client = await hass_client()
    response = await client.get(f"/api/diagnostics/config_entry/{entry.entry_id}")
    whole = await response.json()
    text = json.dumps([whole["issues"], whole["data"]]).lower()
    assert "minutes_lost" in text
    private = {pod.mac, pod.mac.replace(":", ""), pod.name, pod.node, '"ann', "granny", own, "anns_chair"}
    assert [secret for secret in private if secret.lower() in text] == []


async def test_what_a_person_added_to_a_pod_is_counted_and_not_named(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, download: Download
) -> None:
    (before,) = (await download(walker))["pods"]
    pod.register("sensor", "Granny's bedroom")
    await settle(hass)
    (of_pod,) = (await download(walker))["pods"]
    assert "granny" not in str(of_pod).lower()
    assert of_pod["other_entities"] == before["other_entities"] + 1
    assert "sensor: Backward steps" in of_pod["entities"]
