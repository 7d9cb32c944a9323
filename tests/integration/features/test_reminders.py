"""A walker who sits for long is reminded, in a Home Assistant with entities and renamed things."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.const import EVENT_STATE_CHANGED, STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    async_capture_events,
)

from custom_components.retrostep.const import DOMAIN
from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.storage import walker_files

from ..desk import ALWAYS, NEXT, REMINDER, SITTING, SITTING_TIME, TOO_LONG, Desk
from ..helpers import MakeWalker, reach, settle, state

if TYPE_CHECKING:
    from homeassistant.core import Event, EventStateChangedData, HomeAssistant


# Entities


async def test_sitting_becomes_due_and_walking_ends_it(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker)
    assert (state(hass, SITTING), state(hass, TOO_LONG)) == ("sitting", STATE_OFF)
    assert state(hass, NEXT) == "2026-11-18T11:45:00+00:00"
    await desk.sit(44)
    assert (state(hass, SITTING_TIME), state(hass, REMINDER)) == ("40", STATE_UNKNOWN)
    await desk.sit(1.1)
    assert (state(hass, SITTING), state(hass, TOO_LONG)) == ("due", STATE_ON)
    found = hass.states.get(REMINDER)
    assert found
    assert found.attributes["event_type"] == "due"
    assert state(hass, NEXT) == "2026-11-18T12:00:00+00:00"

    await desk.walk()
    assert desk.happened == ["due", "done"]
    await desk.sit(0.2)
    assert (state(hass, SITTING), state(hass, TOO_LONG)) == ("moving", STATE_OFF)
    await desk.sit(4)
    assert (state(hass, SITTING), state(hass, SITTING_TIME)) == ("sitting", "1")
    assert (state(hass, "sensor.ann_breaks_today"), state(hass, NEXT)) == ("1", "2026-11-18T12:30:06+00:00")
    await desk.sit(0.5)
    assert state(hass, "sensor.ann_longest_sitting_today") == "45"


async def test_sitting_time_is_written_every_five_minutes_and_only_while_sitting(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker)
    await desk.sit(2)
    written: list[Event[EventStateChangedData]] = async_capture_events(hass, "state_changed")
    await desk.sit(10)
    minutes = [event for event in written if event.data["entity_id"] == SITTING_TIME]
    assert [event.data["new_state"].state for event in minutes] == ["5", "10"]
    desk.pod.set("binary_sensor", "Worn", STATE_OFF)
    await desk.sit(2)
    written.clear()
    await desk.sit(60)
    assert [event for event in written if event.data["entity_id"] == SITTING_TIME] == []


async def test_sitting_for_an_hour_hardly_writes_anything_to_disk(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory cards wear out; what is shown changes all the time, what is known does not."""
    await desk.begin(make_walker, threshold_min=240)
    await desk.sit(5)
    before = walker_files(hass, desk.entry.entry_id).read("current")
    commit = Archive.commit
    commits: list[bool] = []

    def note(self: Archive, *given: Any) -> bool:
        commits.append(commit(self, *given))
        return commits[-1]

    monkeypatch.setattr(Archive, "commit", note)
    await desk.sit(60)
    assert sum(commits) <= 6
    assert walker_files(hass, desk.entry.entry_id).read("current") != before


async def test_a_pod_that_should_be_in_reach_and_vanished_makes_nothing_due(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker)
    await desk.sit(20)
    desk.pod.disconnect()
    await desk.sit(0.1)
    assert (state(hass, SITTING), state(hass, SITTING_TIME)) == ("unknown", STATE_UNKNOWN)
    await desk.sit(4)
    await reach(hass, desk.pod)
    await desk.sit(0.1)
    assert (state(hass, SITTING), state(hass, SITTING_TIME)) == ("sitting", "24"), "the sit goes on"
    desk.pod.disconnect()
    await desk.sit(40)
    assert desk.happened == []


async def test_sitting_time_follows_the_state_at_once(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker)
    await desk.sit(20.1)
    await desk.walk(2)
    assert state(hass, SITTING) == "moving"
    assert state(hass, SITTING_TIME) == "0"
    await desk.sit(0.3)
    assert (state(hass, SITTING), state(hass, SITTING_TIME)) == ("sitting", "20"), "two steps end no sit"


async def test_a_few_steps_do_not_make_sitting_too_long_again(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker)
    await desk.sit(45.1)
    changed = async_capture_events(hass, EVENT_STATE_CHANGED)
    await desk.walk(2)
    await desk.sit(0.5)
    assert state(hass, SITTING) == "due"
    assert [event for event in changed if event.data["entity_id"] == TOO_LONG] == []
    assert desk.happened == ["due"]


async def test_a_pod_that_saves_power_is_unknown_after_half_an_hour(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    desk.pod.save_power()
    await desk.begin(make_walker)
    await desk.sit(20)
    desk.pod.disconnect()
    await desk.sit(29)
    assert state(hass, SITTING) == "due"
    await desk.sit(2)
    assert (state(hass, SITTING), state(hass, TOO_LONG)) == ("unknown", STATE_UNKNOWN)
    assert desk.happened == ["due", "withdrawn"]


async def test_steps_that_arrive_late_withdraw_a_wrong_reminder(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    desk.pod.save_power()
    await desk.begin(make_walker)
    await desk.sit(20)
    desk.pod.disconnect()
    desk.pod.walk(fwd=50)
    desk.pod.close_minute(int(dt_util.utcnow().timestamp()) // 60 + 5)
    await desk.sit(26)
    assert desk.happened == ["due"]

    await reach(hass, desk.pod)
    assert desk.happened == ["due", "withdrawn"]
    assert state(hass, "sensor.ann_breaks_today") == "1"
    await desk.sit(1)
    # Its entity, which changes once a minute, may follow a minute later.
    assert (state(hass, SITTING), desk.entry.runtime_data.data.sitting.sitting_min) == ("sitting", 21)


async def test_a_pod_without_a_worn_sensor_counts_as_worn(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    er.async_get(hass).async_remove(desk.pod.entity_id("binary_sensor", "Worn"))
    entry = make_walker(desk.pod, options={"reminders": ALWAYS})
    assert await hass.config_entries.async_setup(entry.entry_id)
    desk.pod.publish()
    desk.pod.set("binary_sensor", "Status", STATE_ON)
    await settle(hass)
    assert state(hass, SITTING) == "sitting"


async def test_threshold_repeat_and_switch_change_what_runs_without_a_new_set_up(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker)
    coordinator = desk.entry.runtime_data
    await desk.sit(10)
    for key, value in (("sitting_threshold", 5), ("reminder_repeat", 3)):
        await hass.services.async_call(
            "number", "set_value", {"entity_id": f"number.ann_{key}", "value": value}, blocking=True
        )
    await settle(hass)
    assert desk.happened == ["due"]
    assert (state(hass, "number.ann_sitting_threshold"), state(hass, "number.ann_reminder_repeat")) == (
        "5",
        "3",
    )
    await desk.sit(3.1)
    assert desk.happened == ["due", "repeated"]

    switch = {"entity_id": "switch.ann_reminders"}
    await hass.services.async_call("switch", "turn_off", switch, blocking=True)
    await desk.sit(0.1)
    assert desk.happened == ["due", "repeated", "withdrawn"]
    found = hass.states.get(SITTING)
    assert found
    assert (found.state, found.attributes["reason"]) == ("quiet", "switched_off")
    await hass.services.async_call("switch", "turn_on", switch, blocking=True)
    await desk.sit(2.1)
    assert desk.happened[3:] == ["due"]
    assert desk.entry.runtime_data is coordinator


async def test_buttons_snooze_and_dismiss(hass: HomeAssistant, desk: Desk, make_walker: MakeWalker) -> None:
    await desk.begin(make_walker, threshold_min=5, snooze_min=10)
    await desk.sit(5.1)
    await desk.press("snooze")
    await desk.sit(0.1)
    assert state(hass, SITTING) == "snoozed"
    await desk.sit(10)
    assert desk.happened == ["due", "snoozed", "repeated"]
    await desk.press("dismiss")
    await desk.sit(60)
    assert desk.happened[3:] == ["dismissed"]
    assert state(hass, NEXT) == STATE_UNKNOWN


async def test_actions_snooze_and_dismiss(hass: HomeAssistant, desk: Desk, make_walker: MakeWalker) -> None:
    await desk.begin(make_walker, threshold_min=5)
    await desk.sit(5.1)
    await hass.services.async_call(DOMAIN, "snooze", {"minutes": 7}, blocking=True)
    await desk.sit(7.1)
    assert desk.happened == ["due", "snoozed", "repeated"]
    await hass.services.async_call(DOMAIN, "dismiss", {"config_entry_id": desk.entry.entry_id}, blocking=True)
    await settle(hass)
    assert desk.happened[3:] == ["dismissed"]
    with pytest.raises(ServiceValidationError):
        await hass.services.async_call(DOMAIN, "dismiss", {"config_entry_id": "nobody"}, blocking=True)


async def test_a_restart_in_the_middle_goes_on(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker)
    await desk.sit(30)
    assert await hass.config_entries.async_reload(desk.entry.entry_id)
    await settle(hass)
    assert state(hass, SITTING_TIME) == "30"
    await desk.sit(15.1)
    assert state(hass, SITTING) == "due"


async def test_an_unloaded_walker_waits_for_nothing(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker)
    assert await hass.config_entries.async_unload(desk.entry.entry_id)
    await desk.sit(60)
    assert desk.happened == []


# Seat, places, busy, schedule


async def test_a_seat_decides_also_when_it_is_renamed(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    registry = er.async_get(hass)
    seat = registry.async_get_or_create("binary_sensor", "test", "seat", suggested_object_id="chair")
    hass.states.async_set(seat.entity_id, STATE_OFF)
    await desk.begin(make_walker, seat=seat.id, threshold_min=5)
    await desk.sit(10)
    assert (state(hass, SITTING), desk.happened) == ("moving", [])
    registry.async_update_entity(seat.entity_id, new_entity_id="binary_sensor.armchair")
    hass.states.async_set("binary_sensor.armchair", STATE_ON)
    await desk.sit(5.1)
    assert (state(hass, SITTING), desk.happened) == ("due", ["due"])
    hass.states.async_set("binary_sensor.armchair", STATE_OFF)
    await desk.sit(1)
    assert desk.happened == ["due", "done"]


async def test_nothing_breaks_when_a_named_entity_is_gone(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    registry = er.async_get(hass)
    seat = registry.async_get_or_create("binary_sensor", "test", "seat")
    hass.states.async_set(seat.entity_id, STATE_ON)
    await desk.begin(make_walker, seat=seat.id, busy=["0" * 32], schedule="schedule.gone", threshold_min=5)
    registry.async_remove(seat.entity_id)
    hass.states.async_remove(seat.entity_id)
    await desk.sit(5.1)
    assert state(hass, SITTING) == "due"


async def test_busy_schedule_and_unavailable_ones(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    hass.states.async_set("media_player.tv", STATE_UNAVAILABLE)
    hass.states.async_set("schedule.work", STATE_ON)
    await desk.begin(make_walker, busy=["media_player.tv"], schedule="schedule.work", threshold_min=5)
    await desk.sit(1)
    assert state(hass, SITTING) == "sitting"
    hass.states.async_set("media_player.tv", "playing")
    await desk.sit(0.1)
    assert hass.states.get(SITTING).attributes["reason"] == "busy"  # type: ignore[union-attr]
    hass.states.async_set("schedule.work", STATE_OFF)
    await desk.sit(0.1)
    assert hass.states.get(SITTING).attributes["reason"] == "schedule"  # type: ignore[union-attr]
    hass.states.async_set("media_player.tv", "paused")
    hass.states.async_set("schedule.work", STATE_ON)
    await desk.sit(0.1)
    assert state(hass, SITTING) == "sitting"


@pytest.mark.parametrize(
    ("whereabouts", "attributes", "zones", "away"),
    [
        ("home", {}, ["zone.home"], False),
        ("home", {"in_zones": ["zone.home"]}, ["zone.home"], False),
        ("not_home", {}, ["zone.home"], True),
        ("Office", {"in_zones": ["zone.office"]}, ["zone.home", "zone.office"], False),
        ("Office", {}, ["zone.office"], False),
        ("Office", {"in_zones": ["zone.office"]}, ["zone.home"], True),
        ("not_home", {}, [], False),
        (STATE_UNKNOWN, {}, ["zone.home"], False),
        ("not_home", {}, ["zone.gone"], False),
    ],
)
async def test_reminders_come_only_in_the_zones_chosen(
    hass: HomeAssistant,
    desk: Desk,
    persons: dict[str, str],
    make_walker: MakeWalker,
    whereabouts: str,
    attributes: dict[str, Any],
    zones: list[str],
    away: bool,
) -> None:
    hass.states.async_set("zone.home", "0", {"friendly_name": "Home"})
    hass.states.async_set("zone.office", "0", {"friendly_name": "Office"})
    hass.states.async_set("person.ann", whereabouts, attributes)
    entry = make_walker(desk.pod, options={"reminders": {**ALWAYS, "zones": zones}})
    hass.config_entries.async_update_entry(entry, data={**entry.data, "person": persons["person.ann"]})
    assert await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, desk.pod)
    found = hass.states.get(SITTING)
    assert found
    assert (found.attributes["reason"] == "away") is away


async def test_quiet_hours_are_those_of_the_walkers_wall_clock(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker, quiet_from="12:30:00", quiet_to="13:00:00", threshold_min=5)
    await desk.sit(29)
    assert state(hass, SITTING) == "due"
    await desk.sit(1.1)
    assert hass.states.get(SITTING).attributes["reason"] == "quiet_hours"  # type: ignore[union-attr]
    await desk.sit(30)
    assert state(hass, SITTING) == "sitting"
    await desk.sit(2)
    assert state(hass, SITTING) == "due"
