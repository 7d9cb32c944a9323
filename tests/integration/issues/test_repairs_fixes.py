"""A pod or a person that is gone from the house is reported until it is back, and can be fixed."""

from typing import TYPE_CHECKING

import pytest
from homeassistant.config_entries import SOURCE_IGNORE, ConfigEntryDisabler, ConfigEntryState
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.retrostep.const import CONF_PERSON, CONF_WALKER_SLUG, DOMAIN

from ..helpers import settle

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant

    from ..fake_pod import FakePod
    from ..helpers import MakeWalker
    from ..repairs_page import Repairs


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
