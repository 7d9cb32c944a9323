"""A walker's entities follow the pods, the walker's day and nothing else."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.retrostep.ledger import Ledger

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory

    from .fake_pod import FakePod


MakeWalker = Callable[..., MockConfigEntry]

STEPS_TODAY = "sensor.ann_backward_steps_today"
STEPS_TOTAL = "sensor.ann_backward_steps_total"
METRES_TODAY = "sensor.ann_backward_distance_today"
MINUTES_TODAY = "sensor.ann_backward_minutes_today"


@pytest.fixture(autouse=True)
async def noon(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be noon in Berlin."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-11-18 11:00:30+00:00")


def state(hass: HomeAssistant, entity_id: str) -> str:
    found = hass.states.get(entity_id)
    assert found, entity_id
    return found.state


async def pass_time(hass: HomeAssistant, freezer: FrozenDateTimeFactory, **time: float) -> None:
    freezer.tick(timedelta(**time))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


async def reach(hass: HomeAssistant, fake: FakePod) -> None:
    """Let a pod come into reach and give its minutes."""
    fake.now_s = int(dt_util.utcnow().timestamp())
    fake.connect()
    await hass.async_block_till_done(wait_background_tasks=True)


def this_minute() -> int:
    return int(dt_util.utcnow().timestamp()) // 60


# What is shown


async def test_every_entity_is_named_by_slug_and_key_whatever_the_walker_is_called(
    hass: HomeAssistant, walker: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    keys = {
        entity.entity_id for entity in er.async_entries_for_config_entry(entity_registry, walker.entry_id)
    }

    assert keys == {
        "binary_sensor.ann_walking_backward",
        "binary_sensor.ann_worn",
        STEPS_TODAY,
        STEPS_TOTAL,
        METRES_TODAY,
        MINUTES_TODAY,
        "sensor.ann_forward_steps_today",
        "sensor.ann_forward_steps_total",
        "sensor.ann_last_step",
        "sensor.ann_sessions_today",
    }


async def test_a_walker_is_one_device(
    hass: HomeAssistant, walker: MockConfigEntry, device_registry: dr.DeviceRegistry
) -> None:
    (device,) = dr.async_entries_for_config_entry(device_registry, walker.entry_id)

    assert device.name == "Ann"
    assert device.entry_type is dr.DeviceEntryType.SERVICE


async def test_daily_values_are_totals_of_the_walkers_day(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    midnight = datetime(2026, 11, 18, tzinfo=ZoneInfo("Europe/Berlin"))
    for entity_id in (STEPS_TODAY, METRES_TODAY, MINUTES_TODAY, "sensor.ann_forward_steps_today"):
        attributes = hass.states.get(entity_id).attributes  # type: ignore[union-attr]
        assert attributes["state_class"] == "total"
        assert datetime.fromisoformat(attributes["last_reset"]) == midnight

    attributes = hass.states.get(STEPS_TOTAL).attributes  # type: ignore[union-attr]
    assert attributes["state_class"] == "total_increasing"
    assert "last_reset" not in attributes


async def test_names_and_units_are_those_of_the_translations(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    found = hass.states.get(STEPS_TODAY)
    assert found
    assert found.name == "Ann Backward steps today"
    assert found.attributes["unit_of_measurement"] == "steps"


async def test_minutes_of_the_pod_become_steps_metres_and_minutes(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    pod.walk(back=80, fwd=30, back_dm=455, fwd_dm=210, back_s=45, fwd_s=15)
    pod.close_minute(this_minute() - 10)

    await reach(hass, pod)

    assert state(hass, STEPS_TODAY) == "80"
    assert state(hass, STEPS_TOTAL) == "80"
    assert state(hass, METRES_TODAY) == "45.5"
    assert state(hass, MINUTES_TODAY) == "0.75"
    assert state(hass, "sensor.ann_forward_steps_today") == "30"
    assert state(hass, "sensor.ann_sessions_today") == "1"
    assert state(hass, "sensor.ann_last_step") == "2026-11-18T10:50:50+00:00"


async def test_steps_of_today_follow_every_stride(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    await reach(hass, pod)
    seen = []
    for _ in range(5):
        pod.walk(back=2, back_dm=11, back_s=1)
        pod.publish()
        await pass_time(hass, freezer, seconds=1)
        seen.append(state(hass, STEPS_TODAY))

    assert seen == ["2", "4", "6", "8", "10"]


async def test_everything_else_changes_at_most_every_ten_seconds_and_ends_right(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    await reach(hass, pod)
    await pass_time(hass, freezer, minutes=2)
    changes: dict[str, list[float]] = {}

    @callback
    def note(event: Event[Any]) -> None:
        if event.data["entity_id"].split(".")[1].startswith("ann_"):
            changes.setdefault(event.data["entity_id"], []).append(dt_util.utcnow().timestamp())

    hass.bus.async_listen("state_changed", note)
    for second in range(40):
        pod.walk(back=2, fwd=1, back_dm=11, fwd_dm=5, back_s=1)
        pod.publish()
        pod.set("binary_sensor", "Walking backward", "on" if second % 2 else "off")
        await pass_time(hass, freezer, seconds=1)
    pod.set("binary_sensor", "Walking backward", "on")
    await pass_time(hass, freezer, seconds=60)

    assert len(changes.pop(STEPS_TODAY)) == 40
    assert "binary_sensor.ann_walking_backward" in changes
    assert {"sensor.ann_last_step", STEPS_TOTAL, METRES_TODAY, MINUTES_TODAY} <= changes.keys()
    for entity_id, times in changes.items():
        gaps = [after - before for before, after in itertools.pairwise(times)]
        assert all(gap >= 10 for gap in gaps), entity_id
    assert state(hass, STEPS_TOTAL) == "80"
    assert state(hass, METRES_TODAY) == "44.0"
    assert state(hass, "sensor.ann_forward_steps_today") == "40"
    assert state(hass, "binary_sensor.ann_walking_backward") == "on"


async def test_walking_and_wearing_are_told_by_any_pod_and_unknown_without_one(
    hass: HomeAssistant,
    pod: FakePod,
    other_pod: FakePod,
    make_walker: MakeWalker,
    freezer: FrozenDateTimeFactory,
) -> None:
    entry = make_walker(pod, other_pod)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert state(hass, "binary_sensor.ann_worn") == "unknown"

    await reach(hass, pod)
    await reach(hass, other_pod)
    other_pod.set("binary_sensor", "Worn", "off")
    await pass_time(hass, freezer, seconds=11)
    assert state(hass, "binary_sensor.ann_worn") == "on"
    assert state(hass, "binary_sensor.ann_walking_backward") == "off"

    pod.disconnect()
    await pass_time(hass, freezer, seconds=11)
    assert state(hass, "binary_sensor.ann_worn") == "off"


async def test_counts_stay_while_the_pod_is_out_of_reach(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await reach(hass, pod)
    pod.walk(back=6, back_dm=30, back_s=5)
    pod.publish()
    pod.disconnect()
    await hass.async_block_till_done()

    assert state(hass, STEPS_TODAY) == "6"
    assert state(hass, "binary_sensor.ann_worn") != "unavailable"


async def test_a_minute_seen_live_and_fetched_later_counts_once(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await reach(hass, pod)
    pod.walk(back=20, back_dm=110, back_s=20)
    pod.publish()
    await hass.async_block_till_done()
    assert state(hass, STEPS_TODAY) == "20"

    pod.close_minute(this_minute())
    pod.set("sensor", "Unsynced minutes", 1)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert pod.asked[-1]["after"] == 1
    assert state(hass, STEPS_TODAY) == "20"


# Days


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
    found = hass.states.get(STEPS_TODAY)
    assert found
    assert found.attributes["last_reset"] == "2026-11-18T18:30:00+00:00"
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

    found = hass.states.get(STEPS_TODAY)
    assert found
    assert found.attributes["last_reset"] == "2026-11-17T03:00:00+00:00"


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
    found = hass.states.get(STEPS_TODAY)
    assert found
    assert found.attributes["last_reset"] == "2026-11-17T23:00:00+00:00"

    freezer.move_to("2026-11-20 12:00:00+00:00")
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    found = hass.states.get(STEPS_TODAY)
    assert found
    assert found.attributes["last_reset"] == "2026-11-20T05:00:00+00:00"


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


# Restarts


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
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, hass_storage: dict[str, Any]
) -> None:
    await reach(hass, pod)
    pod.walk(back=24)
    pod.publish()
    await hass.async_block_till_done()

    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()

    ledger = Ledger.from_dict(hass_storage[f"retrostep.{walker.entry_id}"]["data"])
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
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, hass_storage: dict[str, Any]
) -> None:
    key = f"retrostep.{walker.entry_id}"
    for minute in range(3):
        pod.walk(back=10)
        pod.close_minute(this_minute() - 30 + minute)
    await reach(hass, pod)
    await hass.config_entries.async_unload(walker.entry_id)
    backup = hass_storage[key]
    await hass.config_entries.async_setup(walker.entry_id)
    for minute in range(5):
        pod.walk(back=100)
        pod.close_minute(this_minute() - 20 + minute)
    await reach(hass, pod)
    pod.set("sensor", "Unsynced minutes", 5)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state(hass, STEPS_TODAY) == "530"
    await hass.config_entries.async_unload(walker.entry_id)

    hass_storage[key] = backup
    await hass.config_entries.async_setup(walker.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert state(hass, STEPS_TODAY) == "530"
    assert walker.runtime_data.ledger.settled_total().back == 530


@pytest.mark.parametrize(
    "document",
    [
        {"version": 10**6, "minor_version": 1, "data": {}},
        {"version": 1, "minor_version": 1, "data": {"version": 10**6}},
        {"version": 1, "minor_version": 1, "data": {"version": "?"}},
    ],
)
async def test_a_ledger_that_cannot_be_read_is_not_overwritten(
    hass: HomeAssistant,
    pod: FakePod,
    make_walker: MakeWalker,
    hass_storage: dict[str, Any],
    document: dict[str, Any],
) -> None:
    entry = make_walker(pod)
    key = f"retrostep.{entry.entry_id}"
    hass_storage[key] = document | {"key": key}

    await hass.config_entries.async_setup(entry.entry_id)

    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert entry.error_reason_translation_key in ("ledger_too_new", "ledger_unreadable")
    assert hass_storage[key]["data"] == document["data"]


async def test_removing_a_walker_removes_the_ledger(
    hass: HomeAssistant, walker: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    await hass.config_entries.async_unload(walker.entry_id)
    assert f"retrostep.{walker.entry_id}" in hass_storage

    await hass.config_entries.async_remove(walker.entry_id)

    assert f"retrostep.{walker.entry_id}" not in hass_storage


# Several pods


async def test_two_pods_on_one_walker_are_not_added(
    hass: HomeAssistant, pod: FakePod, other_pod: FakePod, make_walker: MakeWalker
) -> None:
    entry = make_walker(pod, other_pod)
    await hass.config_entries.async_setup(entry.entry_id)
    for fake, steps in ((pod, 40), (other_pod, 44)):
        fake.walk(back=steps)
        fake.close_minute(this_minute() - 3)

    await reach(hass, pod)
    await reach(hass, other_pod)

    assert state(hass, STEPS_TODAY) == "44"


async def test_a_pod_added_later_counts_at_once(
    hass: HomeAssistant, walker: MockConfigEntry, other_pod: FakePod
) -> None:
    handler = (walker.entry_id, "pod")
    flow = await hass.config_entries.subentries.async_init(handler, context={"source": "user"})
    await hass.config_entries.subentries.async_configure(flow["flow_id"], {"mac": other_pod.mac})
    await hass.async_block_till_done()

    await reach(hass, other_pod)
    other_pod.walk(back=8)
    other_pod.publish()
    await hass.async_block_till_done()

    assert state(hass, STEPS_TODAY) == "8"


async def test_the_steps_of_a_removed_pod_stay(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    pod.walk(back=16)
    pod.close_minute(this_minute() - 3)
    await reach(hass, pod)
    (subentry_id,) = walker.subentries
    with patch.object(Ledger, "forget_pod", autospec=True) as forget_pod:
        hass.config_entries.async_remove_subentry(walker, subentry_id)
        await hass.async_block_till_done()
    assert [call.args[1] for call in forget_pod.call_args_list] == [pod.mac]
    pod.walk(back=100)
    pod.publish()
    await hass.async_block_till_done()

    assert state(hass, STEPS_TODAY) == "16"
    assert state(hass, "binary_sensor.ann_worn") == "unknown"


async def test_two_walkers_do_not_share_steps(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, other_pod: FakePod, make_walker: MakeWalker
) -> None:
    bob = make_walker(other_pod, slug="bob")
    await hass.config_entries.async_setup(bob.entry_id)
    await reach(hass, pod)
    await reach(hass, other_pod)
    pod.walk(back=8)
    pod.publish()
    other_pod.walk(back=6)
    other_pod.publish()
    await hass.async_block_till_done()

    assert state(hass, STEPS_TODAY) == "8"
    assert state(hass, "sensor.bob_backward_steps_today") == "6"
