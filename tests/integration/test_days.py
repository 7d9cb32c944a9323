"""A walker's day begins where and when the walker says."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from .helpers import (
    METRES_TODAY,
    STEPS_TODAY,
    STEPS_TOTAL,
    MakeWalker,
    last_reset,
    pass_time,
    reach,
    state,
    this_minute,
)

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant

    from .fake_pod import FakePod


pytestmark = pytest.mark.usefixtures("noon")


async def test_a_new_day_begins_at_midnight_of_the_walkers_zone(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker, freezer: FrozenDateTimeFactory
) -> None:
    entry = make_walker(pod, options={"time_zone": "Asia/Kolkata", "day_start": "00:00:00"})
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    pod.walk(back=50, back_dm=250, back_s=40)
    pod.close_minute(this_minute() - 5)
    await reach(hass, pod)
    assert state(hass, STEPS_TODAY) == "50"

    freezer.move_to("2026-11-18 18:29:59+00:00")
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state(hass, STEPS_TODAY) == "50"

    await pass_time(hass, freezer, seconds=2)
    assert state(hass, STEPS_TODAY) == "0"
    assert last_reset(hass) == "2026-11-18T18:30:00+00:00"
    await pass_time(hass, freezer, seconds=11)
    assert state(hass, STEPS_TOTAL) == "50"
    assert state(hass, METRES_TODAY) == "0.0"


async def test_a_day_may_begin_when_the_walker_gets_up(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to("2026-11-18 02:30:00+00:00")
    entry = make_walker(pod, options={"day_start": "04:00:00"})
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()

    assert last_reset(hass) == "2026-11-17T03:00:00+00:00"


@pytest.mark.parametrize(
    ("start", "hours"), [("2026-03-28T23:00:00+00:00", 23), ("2026-10-24T22:00:00+00:00", 25)]
)
async def test_days_in_which_the_clocks_change_have_their_true_length(
    hass: HomeAssistant,
    pod: FakePod,
    make_walker: MakeWalker,
    freezer: FrozenDateTimeFactory,
    start: str,
    hours: int,
) -> None:
    begin = datetime.fromisoformat(start)
    freezer.move_to(begin + timedelta(hours=1))
    entry = make_walker(pod)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    pod.walk(back=10)
    pod.close_minute(this_minute() - 1)
    await reach(hass, pod)
    found = hass.states.get(STEPS_TODAY)
    assert found
    assert datetime.fromisoformat(found.attributes["last_reset"]) == begin

    freezer.move_to(begin + timedelta(hours=hours, seconds=-1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state(hass, STEPS_TODAY) == "10"

    await pass_time(hass, freezer, seconds=2)
    assert state(hass, STEPS_TODAY) == "0"


async def test_home_assistants_zone_is_followed_from_the_next_day_on(
    hass: HomeAssistant, walker: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await hass.config.async_update(time_zone="America/New_York")
    await hass.async_block_till_done()
    assert last_reset(hass) == "2026-11-17T23:00:00+00:00"

    freezer.move_to("2026-11-20 12:00:00+00:00")
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert last_reset(hass) == "2026-11-20T05:00:00+00:00"


async def test_a_zone_that_exists_no_more_gives_way_to_home_assistants(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker
) -> None:
    entry = make_walker(pod, options={"time_zone": "Europe/Atlantis", "day_start": "00:00:00"})
    await hass.config_entries.async_setup(entry.entry_id)

    assert entry.runtime_data.ledger.today(dt_util.utcnow()).zone == "Europe/Berlin"


async def test_steps_walked_offline_yesterday_belong_to_yesterday(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    pod.walk(back=40)
    pod.close_minute(this_minute() - 20 * 60)
    pod.walk(back=10)
    pod.close_minute(this_minute() - 20)

    await reach(hass, pod)

    assert state(hass, STEPS_TODAY) == "10"
    await pass_time(hass, freezer, seconds=11)
    assert state(hass, STEPS_TOTAL) == "50"


async def test_steps_of_yesterday_are_not_shown_as_todays_while_they_wait_to_be_fetched(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    await reach(hass, pod)
    pod.disconnect()
    await hass.async_block_till_done()
    pod.walk(back=40)
    pod.close_minute(this_minute() - 20 * 60)
    pod.failure = "not yet"

    await reach(hass, pod)
    assert state(hass, STEPS_TODAY) == "0"

    pod.failure = None
    pod.set("sensor", "Unsynced minutes", 1)
    await pass_time(hass, freezer, seconds=11)
    assert state(hass, STEPS_TODAY) == "0"
    assert state(hass, STEPS_TOTAL) == "40"
