"""The form that makes a walker proposes what fits who looks at it, and makes what was filled in."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.config_entries import SOURCE_ZEROCONF
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

from custom_components.retrostep.const import DOMAIN

from .fake_pod import FakePod
from .flow_helpers import heard, macs_of, start, submit
from .helpers import MakeWalker, settle
from .phones import add_phone

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockUser
    from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

FLOW = "/api/config/config_entries/flow"

type Post = Callable[..., Awaitable[dict[str, Any]]]


def proposed(flow: Any) -> dict[str, Any]:
    """Give what the fields of a form begin with."""
    fields = flow["data_schema"]
    fields = fields.schema if hasattr(fields, "schema") else fields
    if isinstance(fields, list):
        return {
            one["name"]: one["description"]["suggested_value"]
            for one in fields
            if "suggested_value" in (one.get("description") or {})
        }
    return {
        str(key): key.description["suggested_value"]
        for key in fields
        if key.description and "suggested_value" in key.description
    }


@pytest.fixture
async def household(hass: HomeAssistant, hass_admin_user: MockUser) -> dict[str, str]:
    """Ann, who is signed in, and Bob, each with a phone; gives the phones' devices by name."""
    names = ("Ann", "Bob")
    people: list[dict[str, Any]] = [
        {"id": name, "name": name, "device_trackers": [f"device_tracker.{name.lower()}"]} for name in names
    ]
    people[0]["user_id"] = hass_admin_user.id
    assert await async_setup_component(hass, "person", {"person": people})
    phones = {name: await add_phone(hass, name, number) for number, name in enumerate(names)}
    for name, phone in phones.items():
        er.async_get(hass).async_get_or_create(
            "device_tracker",
            "mobile_app",
            f"tracker-{name}",
            config_entry=next(
                one for one in hass.config_entries.async_entries("mobile_app") if one.title == name
            ),
            device_id=phone,
            object_id_base=name,
        )
    await settle(hass)
    return phones


@pytest.fixture
async def post(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Post:
    """Do what the pages of Home Assistant do with a flow."""
    assert await async_setup_component(hass, "config", {})
    # Before a client comes: the web server of tests takes no address after that.
    assert await async_setup_component(hass, DOMAIN, {})
    client = await hass_client()

    async def ask(flow_id: str = "", **user_input: Any) -> dict[str, Any]:
        if flow_id and not user_input:
            answer = await client.get(f"{FLOW}/{flow_id}")
        else:
            body = user_input if flow_id else {"handler": DOMAIN}
            answer = await client.post(f"{FLOW}/{flow_id}" if flow_id else FLOW, json=body)
        assert answer.status == 200, await answer.text()
        await settle(hass)
        result: dict[str, Any] = await answer.json()
        return result

    return ask


# Who it is


async def test_a_discovered_pod_is_proposed_to_the_person_who_opens_its_card(
    hass: HomeAssistant, household: dict[str, str], post: Post
) -> None:
    pod = FakePod(hass)
    begun = await start(hass, SOURCE_ZEROCONF, heard(pod))
    assert proposed(begun) == {}, "nobody looks yet, and there are two people"
    pod.adopt()

    opened = await post(begun["flow_id"])
    assert proposed(opened) == {
        "person": "person.ann",
        "short_name": "ann",
        "phones": [household["Ann"]],
    }

    done = await post(begun["flow_id"], **proposed(opened))
    assert done["type"] == "create_entry"
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    assert entry.title == "Ann"
    assert macs_of(entry) == {pod.mac}
    assert "reminders" not in entry.options, "Ann's own phones are the usual"


async def test_the_only_person_is_proposed_when_nobody_looks(hass: HomeAssistant, pod: FakePod) -> None:
    assert await async_setup_component(hass, "person", {"person": [{"id": "1", "name": "Ann"}]})
    assert proposed(await start(hass)) == {"person": "person.ann", "short_name": "ann"}


async def test_a_person_who_walks_already_is_not_proposed(
    hass: HomeAssistant, household: dict[str, str], post: Post
) -> None:
    await submit(hass, await start(hass), person="person.ann")
    assert proposed(await post()) == {
        "person": "person.bob",
        "short_name": "bob",
        "phones": [household["Bob"]],
    }


async def test_short_name_and_phone_follow_who_was_chosen_and_are_shown_first(
    hass: HomeAssistant, household: dict[str, str], post: Post
) -> None:
    form = await post()
    again = await post(form["flow_id"], **proposed(form) | {"person": "person.bob"})

    assert again["errors"] == {"base": "look_again"}
    assert proposed(again) == {"person": "person.bob", "short_name": "bob", "phones": [household["Bob"]]} | {
        key: proposed(again)[key] for key in ("goal", "dashboard") if key in proposed(again)
    }
    done = await post(form["flow_id"], **proposed(again))
    assert done["type"] == "create_entry"
    assert hass.config_entries.async_entries(DOMAIN)[0].data["walker_slug"] == "bob"


async def test_a_short_name_that_no_form_showed_is_shown_first(
    hass: HomeAssistant, household: dict[str, str], post: Post
) -> None:
    form = await post()
    again = await post(form["flow_id"], guest_name="Zoë  Smith")
    assert again["errors"] == {"base": "look_again"}
    assert proposed(again)["short_name"] == "zoe_smith"

    done = await post(form["flow_id"], **proposed(again))
    assert done["title"] == "Zoë Smith"


async def test_a_short_name_of_ones_own_stays_whoever_is_chosen(
    hass: HomeAssistant, household: dict[str, str], post: Post
) -> None:
    form = await post()
    fields = {"person": "person.bob", "short_name": "bobby", "phones": [household["Ann"], household["Bob"]]}
    done = await post(form["flow_id"], **fields)

    assert done["type"] == "create_entry"
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    assert entry.data["walker_slug"] == "bobby"
    assert entry.options["reminders"] == {"phones": [household["Ann"], household["Bob"]]}


async def test_a_phone_that_is_taken_out_of_the_form_is_not_notified(
    hass: HomeAssistant, household: dict[str, str], post: Post
) -> None:
    form = await post()
    fields = {name: value for name, value in proposed(form).items() if name != "phones"}
    await post(form["flow_id"], **fields)

    (entry,) = hass.config_entries.async_entries(DOMAIN)
    assert entry.options["reminders"] == {"send": False}


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, {"person": "nobody_chosen"}),
        ({"guest_name": "  "}, {"person": "nobody_chosen"}),
        ({"person": "person.ann", "guest_name": "Eve"}, {"guest_name": "person_or_guest"}),
        ({"guest_name": "E" * 61}, {"guest_name": "name_too_long"}),
        ({"guest_name": "Cat"}, {"guest_name": "name_taken"}),
        ({"guest_name": "Eve", "short_name": "cat"}, {"short_name": "short_name_taken"}),
        ({"guest_name": "Eve", "short_name": "Eve"}, {"short_name": "short_name_wrong"}),
        ({"guest_name": "Eve", "short_name": "e__e"}, {"short_name": "short_name_wrong"}),
        ({"guest_name": "Eve", "short_name": "e" * 36}, {"short_name": "short_name_wrong"}),
    ],
)
async def test_what_can_not_be_is_refused_at_its_field(
    hass: HomeAssistant,
    persons: dict[str, str],
    make_walker: MakeWalker,
    fields: dict[str, str],
    errors: dict[str, str],
) -> None:
    make_walker(slug="cat")
    flow = await start(hass)

    result = await submit(hass, flow, **fields)
    assert result["errors"] == errors

    result = await submit(hass, flow, person="person.ann")
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_a_guest_has_a_name_and_a_short_name(hass: HomeAssistant) -> None:
    result = await submit(hass, await start(hass), guest_name=" Aunt  Eve ")
    assert result["title"] == "Aunt Eve"
    assert result["data"] == {"person": None, "walker_slug": "aunt_eve"}


async def test_a_long_name_makes_a_short_name(hass: HomeAssistant) -> None:
    result = await submit(hass, await start(hass), guest_name="Eve " * 15)
    assert result["data"]["walker_slug"] == "eve_eve_eve_eve_eve_eve_eve_eve"


# The goal


@pytest.mark.parametrize("goal", ["gentle_start", "short_and_often", "first_200_metres"])
async def test_the_chosen_goal_is_the_plan(hass: HomeAssistant, goal: str) -> None:
    result = await submit(hass, await start(hass), guest_name="Eve", goal=goal)
    assert result["result"].options == {"goals": {"plan": goal}}
    assert hass.states.get("sensor.eve_daily_goal_progress")


# A guest later on


async def test_a_walker_becomes_a_guest_only_with_a_name(
    hass: HomeAssistant, persons: dict[str, str], pod: FakePod
) -> None:
    entry = (await submit(hass, await start(hass), person="person.ann"))["result"]
    flow = await start(hass, "reconfigure", entry_id=entry.entry_id)
    assert proposed(flow) == {"person": "person.ann"}
    result = await submit(hass, flow)
    assert result["errors"] == {"person": "nobody_chosen"}

    result = await submit(hass, flow, guest_name="Eve")
    assert result["reason"] == "reconfigure_successful"
    assert (entry.title, entry.data["person"], entry.data["walker_slug"]) == ("Eve", None, "ann")


async def test_a_guest_can_be_renamed_and_stays_who_it_is(hass: HomeAssistant) -> None:
    entry = (await submit(hass, await start(hass), guest_name="Eve"))["result"]
    before = entry.unique_id
    flow = await start(hass, "reconfigure", entry_id=entry.entry_id)
    assert proposed(flow) == {"guest_name": "Eve"}

    await submit(hass, flow, guest_name="Eva")
    assert (entry.title, entry.unique_id) == ("Eva", before)
