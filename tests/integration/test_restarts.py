"""Restarts, removals and restored backups neither lose nor double a step."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.util import dt as dt_util

from custom_components.retrostep.core.ledger.ledger import Ledger

from .helpers import (
    STEPS_TODAY,
    MakeWalker,
    copy_kept,
    keep,
    kept,
    put_back,
    reach,
    settle,
    state,
    this_minute,
    walked_minute,
)

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from .fake_pod import FakePod


pytestmark = pytest.mark.usefixtures("noon")


async def test_a_restart_loses_nothing_and_counts_nothing_twice(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    pod.walk(back=30)
    pod.close_minute(this_minute() - 5)
    await reach(hass, pod)
    pod.walk(back=4)
    pod.publish()
    await hass.async_block_till_done()
    assert state(hass, STEPS_TODAY) == "34"

    pod.disconnect()
    await hass.config_entries.async_unload(walker.entry_id)
    await hass.config_entries.async_setup(walker.entry_id)
    await hass.async_block_till_done()
    assert state(hass, STEPS_TODAY) == "34"

    pod.walk(back=6)
    await reach(hass, pod)
    pod.close_minute(this_minute())
    pod.set("sensor", "Unsynced minutes", 1)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state(hass, STEPS_TODAY) == "40"
    assert walker.runtime_data.ledger.settled_total().back == 40


async def test_what_was_seen_live_is_written_down_when_home_assistant_stops(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await reach(hass, pod)
    pod.walk(back=24)
    pod.publish()
    await hass.async_block_till_done()

    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()

    ledger = Ledger.from_dict(kept(hass, walker.entry_id)["ledger"])
    assert ledger.today(dt_util.utcnow()).counts.back == 24


async def test_steps_walked_while_home_assistant_was_down_are_added(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    pod.walk(back=30)
    pod.close_minute(this_minute() - 5)
    await reach(hass, pod)
    await hass.config_entries.async_unload(walker.entry_id)
    pod.walk(back=12)
    pod.close_minute(this_minute() - 1)

    await hass.config_entries.async_setup(walker.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert state(hass, STEPS_TODAY) == "42"


async def test_an_old_backup_is_filled_up_again_and_nothing_doubles(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    for minute in range(3):
        pod.walk(back=10)
        pod.close_minute(this_minute() - 30 + minute)
    await reach(hass, pod)
    await hass.config_entries.async_unload(walker.entry_id)
    backup = copy_kept(hass, walker.entry_id)
    await hass.config_entries.async_setup(walker.entry_id)
    for minute in range(5):
        pod.walk(back=100)
        pod.close_minute(this_minute() - 20 + minute)
    await reach(hass, pod)
    pod.set("sensor", "Unsynced minutes", 5)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state(hass, STEPS_TODAY) == "530"
    await hass.config_entries.async_unload(walker.entry_id)

    put_back(hass, walker.entry_id, backup)
    await hass.config_entries.async_setup(walker.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert state(hass, STEPS_TODAY) == "530"
    assert walker.runtime_data.ledger.settled_total().back == 530


async def as_on_another_machine(
    hass: HomeAssistant, walker: MockConfigEntry, files: dict[str, bytes]
) -> dict[str, bytes]:
    """Stop a Home Assistant and start one that has these files; gives those of the one that was stopped."""
    await hass.config_entries.async_unload(walker.entry_id)
    left = copy_kept(hass, walker.entry_id)
    put_back(hass, walker.entry_id, files)
    await hass.config_entries.async_setup(walker.entry_id)
    await settle(hass)
    return left


async def test_a_home_that_was_copied_to_a_second_machine_counts_the_same_on_both(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    walked_minute(pod, ago_min=30)
    await reach(hass, pod)
    await hass.config_entries.async_unload(walker.entry_id)
    other = copy_kept(hass, walker.entry_id)
    await hass.config_entries.async_setup(walker.entry_id)
    for ago_min in (20, 15, 10, 5):
        walked_minute(pod, ago_min=ago_min)
        pod.set("sensor", "Unsynced minutes", ago_min)
        await settle(hass)
        other = await as_on_another_machine(hass, walker, other)
    first = kept(hass, walker.entry_id)["ledger"]
    await as_on_another_machine(hass, walker, other)
    assert state(hass, STEPS_TODAY) == "50"
    assert kept(hass, walker.entry_id)["ledger"]["totals"] == first["totals"]
    assert Ledger.from_dict(first).settled_total().back == 50


async def test_a_backup_of_a_month_ago_takes_what_the_pod_still_holds_and_nothing_twice(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, walker: MockConfigEntry, pod: FakePod
) -> None:
    walked_minute(pod)
    await reach(hass, pod)
    await hass.config_entries.async_unload(walker.entry_id)
    month_ago = copy_kept(hass, walker.entry_id)
    await hass.config_entries.async_setup(walker.entry_id)
    for _ in range(6):
        freezer.tick(timedelta(days=5))
        walked_minute(pod)
        await reach(hass, pod)
        pod.set("sensor", "Unsynced minutes", len(pod.rows))
        await settle(hass)
    assert walker.runtime_data.ledger.settled_total().back == 70
    # The ring has no room for the oldest any more.
    pod.oldest = 4
    await as_on_another_machine(hass, walker, month_ago)
    await reach(hass, pod)
    for _ in range(2):
        assert walker.runtime_data.ledger.settled_total().back == 10 + 4 * 10
        await hass.config_entries.async_reload(walker.entry_id)
        await settle(hass)


@pytest.mark.parametrize(
    "document", [{"version": 10**6}, {"version": "?"}, {"version": 1, "totals": {"rules": []}}]
)
async def test_a_ledger_that_cannot_be_read_is_not_overwritten(
    hass: HomeAssistant,
    pod: FakePod,
    make_walker: MakeWalker,
    document: dict[str, Any],
) -> None:
    entry = make_walker(pod)
    keep(hass, entry.entry_id, "ledger", document)
    before = copy_kept(hass, entry.entry_id)

    await hass.config_entries.async_setup(entry.entry_id)

    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert entry.error_reason_translation_key in ("storage_too_new", "storage_damaged")
    assert copy_kept(hass, entry.entry_id) == before


async def test_removing_a_walker_removes_the_ledger(hass: HomeAssistant, walker: MockConfigEntry) -> None:
    await hass.config_entries.async_unload(walker.entry_id)
    assert copy_kept(hass, walker.entry_id)

    await hass.config_entries.async_remove(walker.entry_id)

    assert not copy_kept(hass, walker.entry_id)
