"""What is gone from the house is reported until it is back, and can be taken out of the settings."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.config_entries import SOURCE_IGNORE, ConfigEntryDisabler, ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.retrostep.const import CONF_PERSON, CONF_WALKER_SLUG, DOMAIN

from .helpers import settle

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from homeassistant.helpers import issue_registry as ir
    from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

    from .fake_pod import FakePod
    from .helpers import MakeWalker

type Flow = dict[str, Any]


class Repairs:
    """The page of Home Assistant where issues are fixed."""

    def __init__(self, make_client: ClientSessionGenerator, registry: ir.IssueRegistry) -> None:
        self.make_client = make_client
        self.registry = registry
        self.client: Any = None

    def issue(self, key: str) -> ir.IssueEntry | None:
        """Give the one issue of a kind that is shown."""
        found = [
            issue
            for issue in self.registry.issues.values()
            if issue.active and issue.domain == DOMAIN and issue.translation_key == key
        ]
        assert len(found) <= 1
        return found[0] if found else None

    async def open(self, key: str) -> Flow:
        """Begin to fix an issue."""
        issue = self.issue(key)
        assert issue
        # The web server of the tests takes no new paths once it runs: the walker has to be there first.
        self.client = self.client or await self.make_client()
        data = {"handler": DOMAIN, "issue_id": issue.issue_id}
        response = await self.client.post("/api/repairs/issues/fix", json=data)
        flow: Flow = await response.json()
        return flow

    async def answer(self, flow: Flow, **given: str) -> Flow:
        """Give what is asked for."""
        response = await self.client.post(f"/api/repairs/issues/fix/{flow['flow_id']}", json=given)
        answered: Flow = await response.json()
        return answered

    async def confirm(self, key: str) -> None:
        """Fix an issue by agreeing to what is offered."""
        flow = await self.open(key)
        assert flow["step_id"] == "confirm"
        assert (await self.answer(flow))["type"] == "create_entry"

    async def choose(self, key: str, choice: str) -> Flow:
        """Fix an issue by one of the ways that are offered."""
        flow = await self.open(key)
        assert flow["type"] == "menu"
        return await self.answer(flow, next_step_id=choice)


@pytest.fixture
async def repairs(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, issue_registry: ir.IssueRegistry
) -> Repairs:
    assert await async_setup_component(hass, "repairs", {})
    assert await async_setup_component(hass, "http", {})
    return Repairs(hass_client, issue_registry)


# Pods


async def test_a_pod_that_esphome_lost_is_reported_until_it_is_back(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    assert not repairs.issue("pod_gone")
    await hass.config_entries.async_remove(pod.entry.entry_id)
    await settle(hass)
    issue = repairs.issue("pod_gone")
    assert issue
    assert issue.translation_placeholders == {"pod": "Left shoe", "walker": "Ann"}

    pod.adopt(action=False)
    await settle(hass)
    assert not repairs.issue("pod_gone")


@pytest.mark.parametrize("change", ["ignored", "other firmware"])
async def test_a_pod_that_is_ignored_or_became_something_else_is_gone(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs, change: str
) -> None:
    if change == "ignored":
        await hass.config_entries.async_remove(pod.entry.entry_id)
        MockConfigEntry(domain="esphome", unique_id=pod.mac, source=SOURCE_IGNORE).add_to_hass(hass)
        await hass.config_entries.async_reload(walker.entry_id)
    else:
        dr.async_get(hass).async_update_device(pod.device.id, model="bathroom_scale")
    await settle(hass)

    assert repairs.issue("pod_gone")


async def test_a_pod_that_never_connected_is_gone_with_its_esphome_entry(
    hass: HomeAssistant, make_walker: MakeWalker, pod: FakePod, repairs: Repairs
) -> None:
    dr.async_get(hass).async_remove_device(pod.device.id)
    entry = make_walker(pod)
    assert await hass.config_entries.async_setup(entry.entry_id)
    assert not repairs.issue("pod_gone")
    await hass.config_entries.async_remove(pod.entry.entry_id)
    await settle(hass)

    assert repairs.issue("pod_gone")


async def test_a_pod_that_is_gone_can_be_taken_off_its_walker(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    await hass.config_entries.async_remove(pod.entry.entry_id)
    await settle(hass)
    await repairs.confirm("pod_gone")
    await settle(hass)

    assert not walker.subentries
    assert walker.state is ConfigEntryState.LOADED
    assert not repairs.issue("pod_gone")


async def test_a_pod_that_is_gone_is_reported_after_a_restart_too(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker, repairs: Repairs
) -> None:
    entry = make_walker(pod)
    await hass.config_entries.async_remove(pod.entry.entry_id)
    assert await hass.config_entries.async_setup(entry.entry_id)
    assert repairs.issue("pod_gone")

    assert await hass.config_entries.async_unload(entry.entry_id)
    pod.adopt(action=False)
    assert await hass.config_entries.async_setup(entry.entry_id)
    assert not repairs.issue("pod_gone")


async def disable(hass: HomeAssistant, pod: FakePod, what: str) -> None:
    if what == "entry":
        await hass.config_entries.async_set_disabled_by(pod.entry.entry_id, ConfigEntryDisabler.USER)
    else:
        dr.async_get(hass).async_update_device(pod.device.id, disabled_by=dr.DeviceEntryDisabler.USER)
    await settle(hass)


@pytest.mark.parametrize("what", ["entry", "device"])
async def test_a_disabled_pod_can_be_enabled_again(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs, what: str
) -> None:
    await disable(hass, pod, what)
    assert not repairs.issue("pod_gone")
    await repairs.choose("pod_disabled", "enable")
    await settle(hass)

    device = dr.async_get(hass).async_get(pod.device.id)
    assert device
    assert (pod.entry.disabled_by, device.disabled_by) == (None, None)
    assert not repairs.issue("pod_disabled")


async def test_a_disabled_pod_can_be_taken_off_its_walker(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    await disable(hass, pod, "entry")
    await repairs.choose("pod_disabled", "remove")
    await settle(hass)

    assert not walker.subentries
    assert not repairs.issue("pod_disabled")


async def test_a_pod_that_went_while_its_fix_was_open_needs_none(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    await disable(hass, pod, "entry")
    flow = await repairs.open("pod_disabled")
    await hass.config_entries.async_remove(pod.entry.entry_id)
    await hass.config_entries.async_remove(walker.entry_id)

    assert (await repairs.answer(flow, next_step_id="enable"))["type"] == "create_entry"
    assert not repairs.issue("pod_gone")


# The person


@pytest.fixture
async def ann(hass: HomeAssistant, persons: dict[str, str]) -> MockConfigEntry:
    """Ann, who is a person of Home Assistant."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Ann",
        unique_id=persons["person.ann"],
        data={CONF_PERSON: persons["person.ann"], CONF_WALKER_SLUG: "ann"},
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    return entry


async def delete_ann(hass: HomeAssistant) -> None:
    er.async_get(hass).async_remove("person.ann")
    await settle(hass)


async def test_a_walker_whose_person_was_deleted_can_go_on_as_a_guest(
    hass: HomeAssistant, ann: MockConfigEntry, repairs: Repairs
) -> None:
    assert not repairs.issue("person_gone")
    before = ann.unique_id
    await delete_ann(hass)
    await repairs.choose("person_gone", "guest")
    await settle(hass)

    assert (ann.title, ann.data[CONF_PERSON], ann.data[CONF_WALKER_SLUG]) == ("Ann", None, "ann")
    assert ann.unique_id != before
    assert not repairs.issue("person_gone")
    assert ann.state is ConfigEntryState.LOADED


async def test_a_walker_whose_person_was_deleted_can_become_another_person(
    hass: HomeAssistant, ann: MockConfigEntry, persons: dict[str, str], repairs: Repairs
) -> None:
    await delete_ann(hass)
    form = await repairs.choose("person_gone", "other_person")
    assert form["type"] == "form"
    refused = await repairs.answer(form, person="person.nobody")
    assert refused["errors"] == {"person": "person_not_found"}
    done = await repairs.answer(form, person="person.jorg_muller")
    await settle(hass)

    assert done["type"] == "create_entry"
    assert (ann.title, ann.data[CONF_PERSON]) == ("Jörg Müller", persons["person.jorg_muller"])
    assert ann.unique_id == persons["person.jorg_muller"]
    assert ann.data[CONF_WALKER_SLUG] == "ann"
    assert not repairs.issue("person_gone")


@pytest.mark.parametrize("choice", ["guest", "other_person"])
async def test_a_walker_that_went_while_the_fix_was_open_stays_gone(
    hass: HomeAssistant, ann: MockConfigEntry, repairs: Repairs, choice: str
) -> None:
    await delete_ann(hass)
    flow = await repairs.open("person_gone")
    await hass.config_entries.async_remove(ann.entry_id)

    assert (await repairs.answer(flow, next_step_id=choice))["reason"] == "walker_gone"
    assert not repairs.issue("person_gone")


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


async def test_a_setting_changed_by_hand_ends_its_issue(
    hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs
) -> None:
    entry = make_walker(options=kept("seat", "binary_sensor.chair"))
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    assert repairs.issue("seat_gone")
    hass.config_entries.async_update_entry(entry, options={"reminders": {"seat": None}})
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


async def test_home_is_always_there(hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs) -> None:
    entry = make_walker(options=kept("zones", "zone.home"))
    assert await hass.config_entries.async_setup(entry.entry_id)

    assert not repairs.issue("zones_gone")


async def test_issues_of_settings_go_with_the_walker(
    hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs
) -> None:
    entry = make_walker(options=kept("seat", "binary_sensor.chair"))
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    flow = await repairs.open("seat_gone")
    await hass.config_entries.async_remove(entry.entry_id)

    assert not repairs.issue("seat_gone")
    assert (await repairs.answer(flow))["type"] == "create_entry"


# What is on disk


@pytest.mark.parametrize(
    ("part", "document", "key"),
    [
        ("", {"version": 99}, "storage_too_new"),
        ("", {"version": 1, "pods": "gone"}, "storage_damaged"),
        (".goals", {"version": 99}, "storage_too_new"),
        (".goals", {}, "storage_damaged"),
    ],
)
async def test_files_that_cannot_be_used_are_reported_until_they_can(
    hass: HomeAssistant,
    make_walker: MakeWalker,
    repairs: Repairs,
    hass_storage: dict[str, Any],
    *,
    part: str,
    document: dict[str, Any],
    key: str,
) -> None:
    entry = make_walker()
    file = f"{DOMAIN}.{entry.entry_id}{part}"
    hass_storage[file] = {"version": 1, "minor_version": 1, "key": file, "data": document}
    assert not await hass.config_entries.async_setup(entry.entry_id)
    issue = repairs.issue(key)
    assert issue
    assert issue.translation_placeholders == {"walker": "Ann"}
    assert not issue.is_fixable

    del hass_storage[file]
    await hass.config_entries.async_reload(entry.entry_id)
    assert entry.state is ConfigEntryState.LOADED
    assert not repairs.issue(key)


@pytest.mark.parametrize("part", ["", ".goals", ".reminders", ".guide"])
async def test_a_file_of_a_newer_home_for_files_is_reported_whichever_it_is(
    hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs, hass_storage: dict[str, Any], part: str
) -> None:
    entry = make_walker()
    file = f"{DOMAIN}.{entry.entry_id}{part}"
    hass_storage[file] = {"version": 99, "minor_version": 1, "key": file, "data": {}}

    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert repairs.issue("storage_too_new")
    await hass.config_entries.async_remove(entry.entry_id)
    assert not repairs.issue("storage_too_new")
