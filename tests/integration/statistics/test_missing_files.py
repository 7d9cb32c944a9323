"""The recorder proves that something was kept: files that are gone never begin anew without a word."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from homeassistant.config_entries import ConfigEntryState
from homeassistant.util import dt as dt_util

from custom_components.retrostep.const import CONF_KEPT
from custom_components.retrostep.pods.positions import async_pod_positions

from ..helpers import copy_kept, put_back, walked_minute
from .hours import STEPS, reach, rows, settle

if TYPE_CHECKING:
    from homeassistant.components.recorder.core import Recorder
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod
    from ..repairs_page import Repairs

pytestmark = pytest.mark.usefixtures("noon_in_kolkata")


async def lose_all_but_the_recorder(
    hass: HomeAssistant, walker: MockConfigEntry, made_before: timedelta
) -> None:
    """Have a `.storage` in which nothing says that there was a ledger of a walker made some time ago."""
    await hass.config_entries.async_unload(walker.entry_id)
    put_back(hass, walker.entry_id, {})
    async_pod_positions(hass)._positions.pop(walker.entry_id)
    data = {key: value for key, value in walker.data.items() if key != CONF_KEPT}
    hass.config_entries.async_update_entry(walker, data=data)
    object.__setattr__(walker, "created_at", dt_util.utcnow() - made_before)


async def test_files_that_are_gone_while_the_recorder_has_hours_stop_the_walker_with_a_repair(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    walker: MockConfigEntry,
    pod: FakePod,
    repairs: Repairs,
) -> None:
    walked_minute(pod, back=40)
    await reach(hass, pod)
    before = await rows(hass, recorder_mock, STEPS)
    assert list(before.values()) == [(40, 40)]
    await lose_all_but_the_recorder(hass, walker, timedelta(days=1))

    assert not await hass.config_entries.async_setup(walker.entry_id)
    assert walker.state is ConfigEntryState.SETUP_ERROR
    assert repairs.issue("storage_damaged")
    assert not copy_kept(hass, walker.entry_id), "nothing was begun"

    flow = await repairs.choose("storage_damaged", "statistics")
    assert (await repairs.answer(flow))["type"] == "create_entry"
    await settle(hass)
    assert walker.runtime_data.ledger.settled_total().back == 40
    assert await rows(hass, recorder_mock, STEPS) == before


async def test_hours_from_before_the_walker_was_made_are_no_proof(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    walker: MockConfigEntry,
    pod: FakePod,
    repairs: Repairs,
) -> None:
    """Somebody of that name was removed with a database that could not be cleared."""
    walked_minute(pod, back=40)
    await reach(hass, pod)
    await lose_all_but_the_recorder(hass, walker, timedelta(0))

    assert await hass.config_entries.async_setup(walker.entry_id)
    assert not repairs.issue("storage_damaged")
