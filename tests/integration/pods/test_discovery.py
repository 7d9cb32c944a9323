"""A pod that ESPHome has and nobody wears is offered, whichever way it came to ESPHome."""

from typing import TYPE_CHECKING

from homeassistant.config_entries import SOURCE_IGNORE, SOURCE_ZEROCONF
from homeassistant.helpers import device_registry as dr
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.retrostep.const import DOMAIN

from ..fake_pod import FakePod
from ..flow_helpers import heard, macs_of, start, submit
from ..helpers import MakeWalker, settle

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant


def offered(hass: HomeAssistant) -> list[str]:
    return [
        str(flow["context"].get("unique_id"))
        for flow in hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    ]


async def test_a_pod_that_is_added_to_esphome_is_offered_and_found(
    hass: HomeAssistant, walker: MockConfigEntry, other_pod: FakePod
) -> None:
    await settle(hass)
    assert offered(hass) == [other_pod.mac], "it was there at the start"

    third = FakePod(hass, mac="aa:bb:cc:dd:ee:03", node="step-pod-03", name="Third")
    third.adopt()
    await settle(hass)
    assert sorted(offered(hass)) == [other_pod.mac, third.mac]

    flows = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    flow = next(flow for flow in flows if flow["context"].get("unique_id") == third.mac)
    result = await submit(hass, flow, walker=walker.entry_id)
    assert result["reason"] == "pod_added"
    assert third.mac in macs_of(walker)


async def test_a_pod_is_offered_once(hass: HomeAssistant, walker: MockConfigEntry) -> None:
    other = FakePod(hass, mac="aa:bb:cc:dd:ee:02", node="step-pod-02")
    await start(hass, SOURCE_ZEROCONF, heard(other))
    other.adopt()
    dr.async_get(hass).async_update_device(other.device.id, name_by_user="Mine")
    await settle(hass)

    assert offered(hass) == [other.mac]


async def test_pods_of_walkers_ignored_pods_and_lamps_are_not_offered(
    hass: HomeAssistant, walker: MockConfigEntry, make_walker: MakeWalker
) -> None:
    taken = FakePod(hass, mac="aa:bb:cc:dd:ee:02", node="step-pod-02")
    make_walker(taken, slug="bob")
    taken.adopt()
    ignored = FakePod(hass, mac="aa:bb:cc:dd:ee:03", node="step-pod-03")
    MockConfigEntry(domain=DOMAIN, source=SOURCE_IGNORE, unique_id=ignored.mac).add_to_hass(hass)
    ignored.adopt()
    FakePod(hass, mac="aa:bb:cc:dd:ee:04", name="Lamp").adopt(model="lamp")
    dr.async_get(hass).async_remove_device(taken.device.id)
    await settle(hass)

    assert offered(hass) == []
