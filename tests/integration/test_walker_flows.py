"""A walker gets more pods later on."""

from typing import TYPE_CHECKING

from homeassistant.config_entries import SOURCE_USER, SOURCE_ZEROCONF
from homeassistant.data_entry_flow import FlowResultType

from custom_components.retrostep.const import DOMAIN, SUBENTRY_POD

from .fake_pod import FakePod
from .flow_helpers import heard, macs_of, start

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from .helpers import MakeWalker


async def test_a_walker_gets_one_more_pod(
    hass: HomeAssistant, walker: MockConfigEntry, other_pod: FakePod
) -> None:
    await start(hass, SOURCE_ZEROCONF, heard(other_pod))
    handler = (walker.entry_id, SUBENTRY_POD)
    flow = await hass.config_entries.subentries.async_init(handler, context={"source": SOURCE_USER})
    assert flow["step_id"] == "user"

    result = await hass.config_entries.subentries.async_configure(flow["flow_id"], {"mac": other_pod.mac})
    await hass.async_block_till_done()

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert other_pod.mac in macs_of(walker)
    assert not hass.config_entries.flow.async_progress_by_handler(DOMAIN)


async def test_a_pod_of_another_walker_cannot_be_added(
    hass: HomeAssistant, walker: MockConfigEntry, other_pod: FakePod, make_walker: MakeWalker
) -> None:
    third = FakePod(hass, mac="aa:bb:cc:dd:ee:03", node="step-pod-03")
    third.adopt()
    handler = (walker.entry_id, SUBENTRY_POD)
    flow = await hass.config_entries.subentries.async_init(handler, context={"source": SOURCE_USER})
    make_walker(other_pod, slug="bob")

    result = await hass.config_entries.subentries.async_configure(flow["flow_id"], {"mac": other_pod.mac})
    assert result["errors"] == {"mac": "pod_taken"}

    result = await hass.config_entries.subentries.async_configure(flow["flow_id"], {"mac": third.mac})
    await hass.async_block_till_done()
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_without_a_free_pod_none_can_be_added(hass: HomeAssistant, walker: MockConfigEntry) -> None:
    handler = (walker.entry_id, SUBENTRY_POD)
    result = await hass.config_entries.subentries.async_init(handler, context={"source": SOURCE_USER})

    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "no_free_pods"
