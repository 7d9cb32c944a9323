"""Diagnostics help to find a fault and do not tell who walks."""

import json
from typing import TYPE_CHECKING

from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.components.diagnostics import get_diagnostics_for_config_entry

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry
    from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

    from .fake_pod import FakePod


async def test_diagnostics_tell_the_state_of_the_ledger_and_of_the_pods(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, hass_client: ClientSessionGenerator
) -> None:
    assert await async_setup_component(hass, "diagnostics", {})
    pod.walk(back=10)
    pod.close_minute(0)
    pod.connect()
    await hass.async_block_till_done(wait_background_tasks=True)

    found = await get_diagnostics_for_config_entry(hass, hass_client, walker)

    assert found["ledger"]["settled_total"][0] == 10
    (of_pod,) = found["pods"]
    assert of_pod["acknowledged"] == 1
    assert of_pod["reachable"] is True
    assert "sensor: Backward steps" in of_pod["entities"]
    assert of_pod["last_fetch"]["outcome"] == "ok"


async def test_diagnostics_name_neither_walker_nor_pod(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, hass_client: ClientSessionGenerator
) -> None:
    assert await async_setup_component(hass, "diagnostics", {})

    found = json.dumps(await get_diagnostics_for_config_entry(hass, hass_client, walker)).lower()

    for secret in ('"ann"', "left shoe", pod.mac, pod.node):
        assert secret not in found


async def test_diagnostics_work_without_the_pod(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, hass_client: ClientSessionGenerator
) -> None:
    assert await async_setup_component(hass, "diagnostics", {})
    await hass.config_entries.async_remove(pod.entry.entry_id)
    await hass.async_block_till_done()

    found = await get_diagnostics_for_config_entry(hass, hass_client, walker)

    assert found["pods"] == [
        {
            "in_esphome": False,
            "entities": [],
            "reachable": False,
            "live": None,
            "acknowledged": None,
            "last_fetch": None,
        }
    ]
