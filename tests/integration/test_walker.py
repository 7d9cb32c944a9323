"""A walker's entities follow the pods, each at its own pace."""

import itertools
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from custom_components.retrostep.core.ledger.ledger import Ledger

from .helpers import (
    METRES_TODAY,
    MINUTES_TODAY,
    STEPS_TODAY,
    STEPS_TOTAL,
    MakeWalker,
    pass_time,
    reach,
    state,
    this_minute,
)

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from .fake_pod import FakePod


pytestmark = pytest.mark.usefixtures("noon")


# What is shown


async def test_every_entity_is_named_by_slug_and_key_whatever_the_walker_is_called(
    hass: HomeAssistant, walker: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    keys = {
        entity.entity_id for entity in er.async_entries_for_config_entry(entity_registry, walker.entry_id)
    }

    assert keys == {
        "binary_sensor.ann_guided_session",
        "binary_sensor.ann_long_strides",
        "binary_sensor.ann_sitting_too_long",
        "binary_sensor.ann_walking_backward",
        "binary_sensor.ann_worn",
        "button.ann_start_3m_walk",
        "button.ann_start_session",
        "button.ann_stop_session",
        "event.ann_guided_session",
        STEPS_TODAY,
        STEPS_TOTAL,
        METRES_TODAY,
        MINUTES_TODAY,
        "binary_sensor.ann_goal_reached",
        "button.ann_restart_plan",
        "event.ann_activity",
        "number.ann_goal_metres",
        "number.ann_goal_minutes",
        "number.ann_goal_sessions",
        "number.ann_goal_steps",
        "select.ann_goal_kind",
        "select.ann_goal_plan",
        "sensor.ann_best_streak",
        "sensor.ann_daily_goal",
        "sensor.ann_daily_goal_progress",
        "sensor.ann_goal_days_this_week",
        "sensor.ann_goal_remaining",
        "sensor.ann_goal_streak",
        "switch.ann_plan_paused",
        "button.ann_dismiss",
        "button.ann_test_reminder",
        "button.ann_snooze",
        "event.ann_reminder",
        "number.ann_reminder_repeat",
        "number.ann_sitting_threshold",
        "sensor.ann_backward_distance_total",
        "sensor.ann_backward_share_today",
        "sensor.ann_backward_steps_week",
        "sensor.ann_breaks_today",
        "sensor.ann_cadence",
        "sensor.ann_guided_session_progress",
        "sensor.ann_guided_session_stage",
        "sensor.ann_guided_session_time_left",
        "sensor.ann_forward_steps_today",
        "sensor.ann_forward_steps_total",
        "sensor.ann_last_contact",
        "sensor.ann_last_session",
        "sensor.ann_last_session_duration",
        "sensor.ann_last_session_steps",
        "sensor.ann_last_step",
        "sensor.ann_longest_sitting_today",
        "sensor.ann_next_reminder",
        "sensor.ann_sessions_today",
        "sensor.ann_sitting_state",
        "sensor.ann_sitting_time",
        "sensor.ann_speed",
        "switch.ann_reminders",
        "sensor.ann_walk_3m_time",
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
        attributes = hass.states.get(entity_id).attributes
        assert attributes["state_class"] == "total"
        assert datetime.fromisoformat(attributes["last_reset"]) == midnight

    attributes = hass.states.get(STEPS_TOTAL).attributes
    assert attributes["state_class"] == "total"
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


async def test_the_last_contact_is_when_a_pod_was_last_read_to_its_end(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    assert state(hass, "sensor.ann_last_contact") == "none"
    await reach(hass, pod)
    await pass_time(hass, freezer, seconds=61)
    reached = state(hass, "sensor.ann_last_contact")
    assert dt_util.utcnow() - datetime.fromisoformat(reached) < timedelta(seconds=90)

    pod.disconnect()
    await pass_time(hass, freezer, minutes=20)
    assert state(hass, "sensor.ann_last_contact") == reached


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
    assert {call.args[1] for call in forget_pod.call_args_list} == {pod.mac}
    pod.walk(back=100)
    pod.publish()
    await hass.async_block_till_done()

    assert state(hass, STEPS_TODAY) == "16"
    assert state(hass, "binary_sensor.ann_worn") == "off"


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
