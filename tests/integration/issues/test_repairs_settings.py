"""What settings or files name and the house has no more is reported, and can be taken out."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.components.notify import async_reload
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from ..helpers import settle
from ..phones import add_phone

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant

    from ..helpers import MakeWalker
    from ..repairs_page import Repairs


# What the settings of the reminders name

SETTINGS = {
    "seat": ("binary_sensor", "seat_gone"),
    "schedule": ("schedule", "schedule_gone"),
    "zones": ("zone", "zones_gone"),
    "busy": ("calendar", "busy_gone"),
    "notify": ("notify", "notify_gone"),
}


def kept(setting: str, *ids: str) -> dict[str, Any]:
    """Give the options that name something in one setting."""
    return {"reminders": {setting: ids[0] if setting in ("seat", "schedule") else list(ids)}}


@pytest.fixture
async def without_seat(hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs) -> MockConfigEntry:
    """A walker whose settings name a chair that the house has not."""
    entry = make_walker(options=kept("seat", "binary_sensor.chair"))
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    assert repairs.issue("seat_gone")
    return entry


@pytest.mark.parametrize("setting", SETTINGS)
async def test_an_entity_that_is_gone_is_reported_and_taken_out_of_the_settings(
    hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs, setting: str
) -> None:
    domain, key = SETTINGS[setting]
    registry = er.async_get(hass)
    registered = registry.async_get_or_create(domain, "demo", "1", suggested_object_id="old")
    entry = make_walker(options=kept(setting, registered.id))
    assert await hass.config_entries.async_setup(entry.entry_id)
    assert not repairs.issue(key)
    registry.async_remove(registered.entity_id)
    await settle(hass)
    issue = repairs.issue(key)
    assert issue
    assert issue.translation_placeholders == {"walker": "Ann", "entity": f"{domain}.old"}

    await repairs.confirm(key)
    await settle(hass)
    assert entry.options["reminders"][setting] == (None if setting in ("seat", "schedule") else [])
    assert not repairs.issue(key)


async def test_only_what_is_gone_is_taken_out(
    hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs
) -> None:
    registry = er.async_get(hass)
    meeting, film = (registry.async_get_or_create("calendar", "demo", name).id for name in ("1", "2"))
    entry = make_walker(options=kept("busy", meeting, film))
    assert await hass.config_entries.async_setup(entry.entry_id)
    registry.async_remove(str(er.async_resolve_entity_id(registry, meeting)))
    await settle(hass)
    await repairs.confirm("busy_gone")

    assert entry.options["reminders"]["busy"] == [film]


async def test_a_renamed_entity_is_not_gone_and_one_that_is_back_is_no_issue(
    hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs
) -> None:
    registry = er.async_get(hass)
    seat = registry.async_get_or_create("binary_sensor", "demo", "1", suggested_object_id="chair")
    entry = make_walker(options=kept("seat", seat.id))
    assert await hass.config_entries.async_setup(entry.entry_id)
    registry.async_update_entity(seat.entity_id, new_entity_id="binary_sensor.armchair")
    await settle(hass)
    assert not repairs.issue("seat_gone")

    registry.async_remove("binary_sensor.armchair")
    await settle(hass)
    assert repairs.issue("seat_gone")
    registry.async_get_or_create("binary_sensor", "demo", "1")
    await settle(hass)
    assert not repairs.issue("seat_gone")


async def test_an_entity_without_a_place_in_the_registry_counts_once_home_assistant_has_started(
    hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs
) -> None:
    hass.set_state(CoreState.starting)
    entry = make_walker(options=kept("busy", "input_boolean.meeting"))
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    assert not repairs.issue("busy_gone")

    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await settle(hass)
    issue = repairs.issue("busy_gone")
    assert issue
    assert issue.translation_placeholders["entity"] == "input_boolean.meeting"
    hass.states.async_set("input_boolean.meeting", "off")
    await settle(hass)
    assert not repairs.issue("busy_gone")
    hass.states.async_set("input_boolean.meeting", "on")
    hass.states.async_remove("input_boolean.meeting")
    await settle(hass)
    assert repairs.issue("busy_gone")


@pytest.mark.parametrize("phase", [CoreState.not_running, CoreState.starting])
async def test_while_home_assistant_starts_nothing_is_missed(
    hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs, phase: CoreState
) -> None:
    """What other integrations bring is not there yet, whatever changes meanwhile."""
    hass.set_state(phase)
    entry = make_walker(options=kept("seat", "binary_sensor.chair"))
    assert await hass.config_entries.async_setup(entry.entry_id)
    registry = er.async_get(hass)
    registry.async_remove(registry.async_get_or_create("light", "demo", "1").entity_id)
    await settle(hass)
    assert not repairs.issue("seat_gone")
    hass.config_entries.async_update_entry(entry, options=kept("seat", "binary_sensor.armchair"))
    await settle(hass)
    assert not repairs.issue("seat_gone")

    hass.states.async_set("binary_sensor.armchair", "off")
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await settle(hass)
    assert not repairs.issue("seat_gone")
    hass.config_entries.async_update_entry(entry, options=kept("seat", "binary_sensor.chair"))
    await settle(hass)
    assert repairs.issue("seat_gone")


async def test_a_setting_changed_by_hand_ends_its_issue(
    hass: HomeAssistant, without_seat: MockConfigEntry, repairs: Repairs
) -> None:
    hass.config_entries.async_update_entry(without_seat, options={"reminders": {"seat": None}})
    await settle(hass)

    assert not repairs.issue("seat_gone")


async def test_a_phone_that_is_gone_is_reported_and_taken_out(
    hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs
) -> None:
    app = MockConfigEntry(domain="mobile_app")
    app.add_to_hass(hass)
    phone = dr.async_get(hass).async_get_or_create(
        config_entry_id=app.entry_id, identifiers={("mobile_app", "1")}
    )
    entry = make_walker(options=kept("phones", phone.id))
    assert await hass.config_entries.async_setup(entry.entry_id)
    assert not repairs.issue("phones_gone")
    dr.async_get(hass).async_remove_device(phone.id)
    await settle(hass)
    await repairs.confirm("phones_gone")

    assert entry.options["reminders"]["phones"] == []


async def test_a_phone_without_notifications_is_reported_until_its_app_allows_them(
    hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs
) -> None:
    phone = await add_phone(hass, "Ann's Phone", allowed=False)
    entry = make_walker(options=kept("phones", phone))
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    issue = repairs.issue("phones_silent")
    assert issue
    assert issue.translation_placeholders == {"walker": "Ann", "phone": "Ann's Phone"}
    assert not issue.is_fixable

    (app,) = hass.config_entries.async_entries("mobile_app")
    allowed = {"push_token": "token", "push_url": "https://push.invalid/send"}
    hass.config_entries.async_update_entry(app, data={**app.data, "app_data": allowed})
    await async_reload(hass, "mobile_app")
    await settle(hass)
    assert not repairs.issue("phones_silent")


async def test_home_is_always_there(hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs) -> None:
    entry = make_walker(options=kept("zones", "zone.home"))
    assert await hass.config_entries.async_setup(entry.entry_id)

    assert not repairs.issue("zones_gone")


async def test_issues_of_settings_go_with_the_walker(
    hass: HomeAssistant, without_seat: MockConfigEntry, repairs: Repairs
) -> None:
    flow = await repairs.open("seat_gone")
    await hass.config_entries.async_remove(without_seat.entry_id)

    assert not repairs.issue("seat_gone")
    assert (await repairs.answer(flow))["type"] == "create_entry"
