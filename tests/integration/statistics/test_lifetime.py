"""What the recorder makes of the sensors that never begin again: a correction is no new cycle."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.components.recorder.statistics import validate_statistics
from homeassistant.components.sensor import SensorStateClass
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)

from custom_components.retrostep.const import DOMAIN
from custom_components.retrostep.sensor import SENSORS

from ..helpers import STEPS_TOTAL, pass_time, settle, state
from .hours import recorded

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.components.recorder.core import Recorder
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

LIFETIME = {"backward_steps_total", "forward_steps_total", "backward_distance_total"}


@pytest.fixture(autouse=True)
async def noon(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Begin at the start of five minutes, for which the recorder sums up."""
    freezer.move_to("2026-11-18 11:00:00+00:00")


def test_lifetime_values_are_totals_that_are_never_reset() -> None:
    found = {sensor.key: sensor for sensor in SENSORS if sensor.key.endswith("_total")}
    assert found.keys() == LIFETIME
    for sensor in found.values():
        assert sensor.state_class is SensorStateClass.TOTAL
        assert sensor.since_fn is None
    assert not [sensor.key for sensor in SENSORS if sensor.state_class == SensorStateClass.TOTAL_INCREASING]


async def correct(hass: HomeAssistant, action: str, **data: Any) -> None:
    """Add or take away a walk, and let the sensors show it."""
    await hass.services.async_call(DOMAIN, action, data, blocking=True)
    await settle(hass)


async def sum_of_the_next_five_minutes(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, recorder: Recorder
) -> float:
    """Let five minutes pass and the recorder sum them up; give the sum of all time."""
    start = dt_util.utcnow().replace(second=0, microsecond=0)
    start -= timedelta(minutes=start.minute % 5)
    await pass_time(hass, freezer, seconds=(start + timedelta(minutes=5) - dt_util.utcnow()).total_seconds())
    await async_wait_recording_done(hass)
    do_adhoc_statistics(hass, start=start)
    await async_wait_recording_done(hass)
    last = (await recorded(hass, recorder, STEPS_TOTAL, "5minute"))[-1]
    assert last["sum"] is not None
    return float(last["sum"])


async def test_a_walk_taken_away_is_taken_out_of_the_sum(
    hass: HomeAssistant, walker: MockConfigEntry, freezer: FrozenDateTimeFactory, recorder_mock: Recorder
) -> None:
    assert await sum_of_the_next_five_minutes(hass, freezer, recorder_mock) == 0
    await pass_time(hass, freezer, seconds=30)
    first = dt_util.utcnow() - timedelta(minutes=3)
    second = first + timedelta(minutes=1)
    await correct(hass, "add_walk", start=first.isoformat(), minutes=1, backward_steps=100)
    await pass_time(hass, freezer, seconds=30)
    await correct(hass, "add_walk", start=second.isoformat(), minutes=2, backward_steps=500)
    assert await sum_of_the_next_five_minutes(hass, freezer, recorder_mock) == 600
    await pass_time(hass, freezer, seconds=30)
    await correct(hass, "remove_walk", walk=2)
    assert await sum_of_the_next_five_minutes(hass, freezer, recorder_mock) == 100


async def test_the_sum_goes_on_over_the_change_from_what_only_rises(
    hass: HomeAssistant, walker: MockConfigEntry, freezer: FrozenDateTimeFactory, recorder_mock: Recorder
) -> None:
    """Versions before had these sensors only rise; the recorder goes on without a jump or a question."""
    assert await async_setup_component(hass, "sensor", {})
    before = hass.data["sensor"].get_entity(STEPS_TOTAL)
    assert before
    before._attr_state_class = SensorStateClass.TOTAL_INCREASING
    before.async_write_ha_state()
    assert await sum_of_the_next_five_minutes(hass, freezer, recorder_mock) == 0
    await pass_time(hass, freezer, seconds=30)
    start = (dt_util.utcnow() - timedelta(minutes=3)).isoformat()
    await correct(hass, "add_walk", start=start, minutes=1, backward_steps=100)
    assert await sum_of_the_next_five_minutes(hass, freezer, recorder_mock) == 100

    await hass.config_entries.async_reload(walker.entry_id)
    await settle(hass)
    assert state(hass, STEPS_TOTAL) == "100"
    assert await sum_of_the_next_five_minutes(hass, freezer, recorder_mock) == 100
    await pass_time(hass, freezer, seconds=30)
    await correct(hass, "remove_walk", walk=1)
    assert await sum_of_the_next_five_minutes(hass, freezer, recorder_mock) == 0
    assert not (await recorder_mock.async_add_executor_job(validate_statistics, hass)).get(STEPS_TOTAL)
    assert not [issue for issue in ir.async_get(hass).issues.values() if STEPS_TOTAL in issue.issue_id]
