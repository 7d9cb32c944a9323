"""A walker is made by hand or from a discovered pod; a pod belongs to one walker only."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from homeassistant.config_entries import SOURCE_IGNORE, SOURCE_ZEROCONF
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.retrostep.const import DOMAIN

from .fake_pod import FakePod
from .flow_helpers import heard, macs_of, start, submit

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant

ANN = "person.ann"
JORG = "person.jorg_muller"

MakeWalker = Callable[..., MockConfigEntry]


# By hand


async def test_a_person_becomes_a_walker_with_pods(
    hass: HomeAssistant, persons: dict[str, str], pod: FakePod, other_pod: FakePod
) -> None:
    flow = await start(hass)
    assert flow["type"] is FlowResultType.FORM
    assert flow["step_id"] == "user"

    result = await submit(hass, flow, person=ANN, pods=[pod.mac, other_pod.mac])

    assert result["type"] is FlowResultType.CREATE_ENTRY
    entry = result["result"]
    assert entry.title == "Ann"
    assert entry.unique_id == persons[ANN]
    assert entry.data == {"person": persons[ANN], "walker_slug": "ann"}
    assert entry.options == {"goals": {"plan": "gentle_start"}}
    assert macs_of(entry) == {pod.mac, other_pod.mac}
    assert hass.states.get("sensor.ann_backward_steps_today")


async def test_a_walker_can_be_made_before_there_is_any_pod(
    hass: HomeAssistant, persons: dict[str, str]
) -> None:
    flow = await start(hass)
    assert flow["step_id"] == "without_pod"
    assert flow["data_schema"]
    assert "pods" not in flow["data_schema"].schema
    places = flow["description_placeholders"] or {}
    assert places["docs"].endswith("/docs/what-a-pod-costs.md")
    assert places["esphome"] == "/config/integrations/dashboard/add?domain=esphome"

    result = await submit(hass, flow, person=ANN)

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert not result["result"].subentries


async def test_the_only_free_pod_is_chosen_beforehand(hass: HomeAssistant, pod: FakePod) -> None:
    result = await submit(hass, await start(hass), guest_name="Bob")

    assert macs_of(result["result"]) == {pod.mac}


async def test_a_name_another_walker_had_first_gets_a_number_in_its_slug(
    hass: HomeAssistant, persons: dict[str, str], make_walker: MakeWalker
) -> None:
    make_walker(slug="ann")
    result = await submit(hass, await start(hass), person=ANN)

    assert result["data"]["walker_slug"] == "ann_2"


async def test_of_two_forms_sent_at_once_only_one_gets_the_short_name(hass: HomeAssistant) -> None:
    """Entities and statistics go by the short name: two walkers of one would overwrite each other."""
    flows = [await start(hass), await start(hass)]
    names = ("Eve", "Fay")
    results = await asyncio.gather(
        *(
            submit(hass, flow, guest_name=name, short_name="x")
            for flow, name in zip(flows, names, strict=True)
        )
    )
    assert sorted(result["type"] for result in results) == ["create_entry", "form"]
    (refused,) = (result for result in results if result["type"] == "form")
    assert refused["errors"] == {"short_name": "short_name_taken"}
    assert [entry.data["walker_slug"] for entry in hass.config_entries.async_entries(DOMAIN)] == ["x"]


async def test_a_slug_is_written_in_plain_letters(hass: HomeAssistant, persons: dict[str, str]) -> None:
    result = await submit(hass, await start(hass), person=JORG)

    assert result["title"] == "Jörg Müller"
    assert result["data"]["walker_slug"] == "jorg_muller"


async def test_a_person_without_a_state_is_named_by_the_registry(
    hass: HomeAssistant, persons: dict[str, str]
) -> None:
    hass.states.async_remove(ANN)
    result = await submit(hass, await start(hass), person=ANN)

    assert result["title"] == "Ann"


async def test_a_person_is_a_walker_only_once(hass: HomeAssistant, persons: dict[str, str]) -> None:
    await submit(hass, await start(hass), person=ANN)
    flow = await start(hass)

    result = await submit(hass, flow, person=ANN)
    assert result["errors"] == {"person": "person_has_walker"}

    result = await submit(hass, flow, person=JORG)
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_an_unknown_person_is_refused(hass: HomeAssistant, persons: dict[str, str]) -> None:
    flow = await start(hass)
    er.async_get(hass).async_remove(ANN)

    result = await submit(hass, flow, person=ANN)
    assert result["errors"] == {"person": "person_not_found"}

    result = await submit(hass, flow, person=JORG)
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_only_free_pods_of_this_project_are_offered(
    hass: HomeAssistant, pod: FakePod, other_pod: FakePod, make_walker: MakeWalker
) -> None:
    make_walker(pod)
    FakePod(hass, mac="aa:bb:cc:dd:ee:03", name="Lamp").adopt(model="lamp")
    MockConfigEntry(domain="esphome", unique_id=None).add_to_hass(hass)
    MockConfigEntry(domain="esphome", unique_id="aa:bb:cc:dd:ee:04").add_to_hass(hass)

    flow = await start(hass)

    assert flow["data_schema"]
    assert flow["data_schema"].schema["pods"].config["options"] == [
        {"value": other_pod.mac, "label": other_pod.name}
    ]


async def test_a_pod_that_found_a_walker_meanwhile_is_refused(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker
) -> None:
    flow = await start(hass)
    make_walker(pod)

    result = await submit(hass, flow, guest_name="Bob", pods=[pod.mac])
    assert result["errors"] == {"pods": "pod_taken"}

    result = await submit(hass, flow, guest_name="Bob")
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_choosing_a_pod_by_hand_removes_its_discovery(hass: HomeAssistant, pod: FakePod) -> None:
    await start(hass, SOURCE_ZEROCONF, heard(pod))
    await submit(hass, await start(hass), guest_name="Bob", pods=[pod.mac])

    assert not hass.config_entries.flow.async_progress_by_handler(DOMAIN)


# Discovered


async def test_a_discovered_pod_waits_until_esphome_has_it(
    hass: HomeAssistant, persons: dict[str, str]
) -> None:
    fake = FakePod(hass)
    flow = await start(hass, SOURCE_ZEROCONF, heard(fake))
    assert flow["step_id"] == "new_walker"
    assert (flow["description_placeholders"] or {})["name"] == fake.name
    assert flow["errors"] == {"base": "pod_not_in_esphome"}, "said before anybody fills in the form"

    result = await submit(hass, flow, person=ANN)
    assert result["errors"] == {"base": "pod_not_in_esphome"}

    fake.adopt()
    result = await submit(hass, flow, person=ANN)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["result"].unique_id == persons[ANN]
    assert macs_of(result["result"]) == {fake.mac}


async def test_a_discovered_pod_goes_to_a_walker_there_is(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    fake = FakePod(hass, mac="aa:bb:cc:dd:ee:02", node="step-pod-02", name="Right shoe")
    flow = await start(hass, SOURCE_ZEROCONF, heard(fake))
    assert flow["step_id"] == "walker"

    result = await submit(hass, flow, walker=walker.entry_id)
    assert result["errors"] == {"base": "pod_not_in_esphome"}

    fake.adopt()
    result = await submit(hass, flow, walker=walker.entry_id)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "pod_added"
    assert fake.mac in macs_of(walker)


async def test_a_discovered_pod_may_get_a_new_walker_beside_others(
    hass: HomeAssistant, walker: MockConfigEntry, persons: dict[str, str]
) -> None:
    other_pod = FakePod(hass, mac="aa:bb:cc:dd:ee:02", node="step-pod-02", name="Right shoe")
    flow = await start(hass, SOURCE_ZEROCONF, heard(other_pod))
    other_pod.adopt()
    result = await submit(hass, flow, walker="new")
    assert result["step_id"] == "new_walker"

    result = await submit(hass, result, person=JORG)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert macs_of(result["result"]) == {other_pod.mac}


async def test_a_discovered_pod_is_not_given_to_a_walker_who_left(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    other_pod = FakePod(hass, mac="aa:bb:cc:dd:ee:02", node="step-pod-02", name="Right shoe")
    flow = await start(hass, SOURCE_ZEROCONF, heard(other_pod))
    other_pod.adopt()
    await hass.config_entries.async_remove(walker.entry_id)

    result = await submit(hass, flow, walker=walker.entry_id)
    assert result["errors"] == {"walker": "walker_gone"}

    result = await submit(hass, flow, walker="new")
    assert result["step_id"] == "new_walker"


async def test_a_pod_with_a_walker_is_not_discovered_again(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    result = await start(hass, SOURCE_ZEROCONF, heard(pod))

    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"


@pytest.mark.parametrize("choice", [{"walker": "ann"}, {"guest_name": "Eve"}])
async def test_a_discovered_pod_that_found_a_walker_meanwhile_stays_there(
    hass: HomeAssistant, make_walker: MakeWalker, choice: dict[str, str]
) -> None:
    fake = FakePod(hass)
    if "walker" in choice:
        choice = {"walker": make_walker().entry_id}
    flow = await start(hass, SOURCE_ZEROCONF, heard(fake))
    fake.adopt()
    make_walker(fake, slug="bob")

    result = await submit(hass, flow, **choice)

    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"


async def test_an_ignored_pod_stays_ignored(hass: HomeAssistant, pod: FakePod) -> None:
    MockConfigEntry(domain=DOMAIN, source=SOURCE_IGNORE, unique_id=pod.mac).add_to_hass(hass)

    result = await start(hass, SOURCE_ZEROCONF, heard(pod))

    assert result["reason"] == "already_configured"


async def test_a_pod_that_does_not_tell_its_mac_is_left_alone(hass: HomeAssistant, pod: FakePod) -> None:
    result = await start(hass, SOURCE_ZEROCONF, heard(pod, mac=""))

    assert result["reason"] == "mdns_missing_mac"


# Another person


async def test_another_person_takes_over_and_the_slug_stays(
    hass: HomeAssistant, persons: dict[str, str], pod: FakePod
) -> None:
    created = await submit(hass, await start(hass), person=ANN, pods=[pod.mac])
    entry = created["result"]
    flow = await start(hass, "reconfigure", entry_id=entry.entry_id)
    assert flow["step_id"] == "reconfigure"

    result = await submit(hass, flow, person=JORG)

    assert result["reason"] == "reconfigure_successful"
    assert entry.unique_id == persons[JORG]
    assert entry.title == "Jörg Müller"
    kept = {"kept": True, "positions_kept": True}
    assert entry.data == {"person": persons[JORG], "walker_slug": "ann", **kept}
    assert hass.states.get("sensor.ann_backward_steps_today")


async def test_a_walker_cannot_become_a_person_who_walks_already(
    hass: HomeAssistant, persons: dict[str, str], walker: MockConfigEntry
) -> None:
    await submit(hass, await start(hass), person=ANN)
    flow = await start(hass, "reconfigure", entry_id=walker.entry_id)

    result = await submit(hass, flow, person=ANN)
    assert result["errors"] == {"person": "person_has_walker"}

    result = await submit(hass, flow, person=JORG)
    assert result["reason"] == "reconfigure_successful"


async def test_keeping_the_person_changes_nothing(hass: HomeAssistant, persons: dict[str, str]) -> None:
    entry = (await submit(hass, await start(hass), person=ANN))["result"]
    flow = await start(hass, "reconfigure", entry_id=entry.entry_id)

    result = await submit(hass, flow, person=ANN)

    assert result["reason"] == "reconfigure_successful"
    assert entry.unique_id == persons[ANN]
