"""A walker who sits for long is reminded, in a Home Assistant with entities, phones and renamed things."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
    async_fire_time_changed,
    async_mock_service,
)

from custom_components.retrostep.const import DOMAIN

from .helpers import MakeWalker, pass_time, reach, settle, state

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import Event, EventStateChangedData, HomeAssistant, ServiceCall

    from .fake_pod import FakePod

SITTING_TIME = "sensor.ann_sitting_time"
SITTING = "sensor.ann_sitting_state"
TOO_LONG = "binary_sensor.ann_sitting_too_long"
REMINDER = "event.ann_reminder"
NEXT = "sensor.ann_next_reminder"
# No quiet hours and no zones: tests begin at any time, and nobody has a tracker.
ALWAYS = {"quiet_from": "00:00:00", "quiet_to": "00:00:00"}


@pytest.fixture(autouse=True)
async def noon(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be noon in Berlin."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-11-18 11:00:00+00:00")


class Desk:
    """Ann at her desk."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod) -> None:
        self.hass = hass
        self.freezer = freezer
        self.pod = pod
        self.entry: MockConfigEntry
        self.happened: list[str] = []

    async def begin(self, make_walker: MakeWalker, **settings: Any) -> None:
        """Set Ann up and put her pod on."""
        self.entry = make_walker(self.pod, options={"reminders": {**ALWAYS, **settings}})
        assert await self.hass.config_entries.async_setup(self.entry.entry_id)
        self.entry.runtime_data.happenings.async_listen("reminder", self._note)
        await reach(self.hass, self.pod)

    def _note(self, happening: Any) -> None:
        self.happened.append(happening.event_type)

    async def sit(self, minutes: float) -> None:
        """Let time pass minute by minute, as the clock does."""
        end = dt_util.utcnow() + timedelta(minutes=minutes)
        while (left := end - dt_util.utcnow()) > timedelta():
            self.freezer.tick(min(left, timedelta(seconds=30)))
            async_fire_time_changed(self.hass)
            await self.hass.async_block_till_done()
        await settle(self.hass)

    async def walk(self, steps: int = 20, **counts: int) -> None:
        """Walk within reach of Home Assistant."""
        self.pod.walk(**(counts or {"fwd": steps}))
        self.pod.publish()
        await settle(self.hass)

    async def press(self, key: str) -> None:
        """Press one of Ann's buttons."""
        await self.hass.services.async_call(
            "button", "press", {"entity_id": f"button.ann_{key}"}, blocking=True
        )
        await settle(self.hass)


@pytest.fixture
def desk(hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod) -> Desk:
    return Desk(hass, freezer, pod)


# Entities


async def test_sitting_becomes_due_and_walking_ends_it(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker)
    assert (state(hass, SITTING), state(hass, TOO_LONG)) == ("sitting", STATE_OFF)
    assert state(hass, NEXT) == "2026-11-18T11:45:00+00:00"
    await desk.sit(44)
    assert (state(hass, SITTING_TIME), state(hass, REMINDER)) == ("44", STATE_UNKNOWN)
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
    await desk.sit(3)
    assert (state(hass, SITTING), state(hass, SITTING_TIME)) == ("sitting", "3")
    assert (state(hass, "sensor.ann_breaks_today"), state(hass, NEXT)) == ("1", "2026-11-18T12:30:06+00:00")
    assert state(hass, "sensor.ann_longest_sitting_today") == "45"


async def test_sitting_time_is_written_once_a_minute_and_only_while_sitting(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker)
    await desk.sit(2)
    written: list[Event[EventStateChangedData]] = async_capture_events(hass, "state_changed")
    await desk.sit(10)
    minutes = [event for event in written if event.data["entity_id"] == SITTING_TIME]
    assert len(minutes) == 10
    desk.pod.set("binary_sensor", "Worn", STATE_OFF)
    await desk.sit(2)
    written.clear()
    await desk.sit(60)
    assert [event for event in written if event.data["entity_id"] == SITTING_TIME] == []


async def test_a_pod_that_tells_nothing_is_unknown_after_half_an_hour(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
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
    assert (state(hass, SITTING), state(hass, SITTING_TIME)) == ("sitting", "21")


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


# Notifications


@pytest.fixture
def phone(hass: HomeAssistant) -> str:
    """Ann's phone with the companion app; gives its device id."""
    entry = MockConfigEntry(domain="mobile_app", data={"device_name": "Ann's Phone"})
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("mobile_app", "ann")}, name="Ann's Phone"
    )
    er.async_get(hass).async_get_or_create(
        "notify",
        "mobile_app",
        "ann",
        config_entry=entry,
        device_id=device.id,
        suggested_object_id="ann_s_phone",
    )
    return device.id


async def test_a_phone_gets_buttons_that_work_and_loses_the_notification_when_done(
    hass: HomeAssistant, desk: Desk, phone: str, make_walker: MakeWalker
) -> None:
    sent = async_mock_service(hass, "notify", "mobile_app_ann_s_phone")
    await desk.begin(make_walker, phones=[phone], threshold_min=5, snooze_min=10)
    await desk.sit(5.1)
    (shown,) = sent
    assert shown.data["title"] == "Time for a few steps"
    assert "5" in shown.data["message"]
    snooze, done = shown.data["data"]["actions"]
    assert (snooze["title"], done["title"]) == ("Snooze for 10 min", "Done")

    hass.bus.async_fire("mobile_app_notification_action", {"action": snooze["action"]})
    await settle(hass)
    assert desk.happened == ["due", "snoozed"]
    assert sent[1].data["message"] == "clear_notification"
    assert sent[1].data["data"]["tag"] == shown.data["data"]["tag"]

    await desk.sit(10.1)
    assert len(sent) == 3
    assert sent[2].data["message"] != shown.data["message"]
    hass.bus.async_fire("mobile_app_notification_action", {"action": done["action"]})
    await settle(hass)
    assert desk.happened[2:] == ["repeated", "done"]
    assert sent[3].data["message"] == "clear_notification"
    hass.bus.async_fire("mobile_app_notification_action", {"action": "SOMETHING_ELSE"})
    hass.bus.async_fire("mobile_app_notification_action", {})
    await settle(hass)
    assert len(sent) == 4


async def test_the_notify_entity_of_a_phone_is_the_phone(
    hass: HomeAssistant, desk: Desk, phone: str, make_walker: MakeWalker
) -> None:
    sent = async_mock_service(hass, "notify", "mobile_app_ann_s_phone")
    plain = async_mock_service(hass, "notify", "send_message")
    hass.states.async_set("notify.board", STATE_UNKNOWN)
    await desk.begin(
        make_walker, phones=[phone], notify=["notify.ann_s_phone", "notify.board"], threshold_min=5
    )
    await desk.sit(5.1)
    assert len(sent) == 1
    assert [call.data["entity_id"] for call in plain] == ["notify.board"]
    assert plain[0].data["title"] == "Time for a few steps"


async def test_who_wants_backward_steps_is_told_so(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    plain = async_mock_service(hass, "notify", "send_message")
    hass.states.async_set("notify.board", STATE_UNKNOWN)
    await desk.begin(
        make_walker, notify=["notify.board"], threshold_min=5, backward_only=True, backward_steps=12
    )
    await desk.sit(5.1)
    assert plain[0].data["message"].endswith("Take 12 steps backward, slowly and with a hand near the wall.")


async def test_how_often_to_remind_in_a_row_and_what_a_break_is_are_chosen(
    desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker, threshold_min=5, repeat_min=5, at_most=1, break_steps=30)
    await desk.sit(64)
    assert desk.happened == ["due"]
    await desk.sit(2)
    assert desk.happened == ["due", "repeated"]
    await desk.walk(20)
    assert desk.happened == ["due", "repeated"], "fewer steps than a break"
    await desk.walk(20)
    assert desk.happened == ["due", "repeated", "done"]


async def test_a_target_that_fails_holds_up_nothing_and_is_said_once(
    hass: HomeAssistant,
    desk: Desk,
    phone: str,
    make_walker: MakeWalker,
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = True
    reached: list[ServiceCall] = []

    async def fail(call: ServiceCall) -> None:
        if broken:
            raise ValueError("no network")
        reached.append(call)

    hass.services.async_register("notify", "mobile_app_ann_s_phone", fail)
    plain = async_mock_service(hass, "notify", "send_message")
    hass.states.async_set("notify.board", STATE_UNAVAILABLE)
    await desk.begin(
        make_walker,
        phones=[phone, "gone"],
        notify=["notify.board", "0" * 32],
        threshold_min=5,
        repeat_min=5,
    )
    await desk.sit(15.2)
    assert desk.happened == ["due", "repeated", "repeated"]
    assert plain == []
    assert caplog.text.count("did not reach mobile_app_ann_s_phone") == 1
    assert caplog.text.count("did not reach notify.board") == 1
    broken = False
    await desk.sit(5)
    assert len(reached) == 1


async def test_texts_vary_from_break_to_break(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    plain = async_mock_service(hass, "notify", "send_message")
    hass.states.async_set("notify.board", STATE_UNKNOWN)
    await desk.begin(make_walker, notify=["notify.board"], threshold_min=6)
    for _ in range(3):
        await desk.sit(7.2)
        await desk.walk()
    assert len({call.data["message"] for call in plain}) == 3


# The form


async def test_the_form_keeps_registry_ids_and_shows_what_was_chosen(
    hass: HomeAssistant, desk: Desk, phone: str, make_walker: MakeWalker
) -> None:
    registry = er.async_get(hass)
    seat = registry.async_get_or_create("binary_sensor", "test", "seat", suggested_object_id="chair")
    hass.states.async_set("zone.home", "0")
    hass.states.async_set("schedule.work", STATE_ON)
    await desk.begin(make_walker)
    flow = await hass.config_entries.options.async_init(desk.entry.entry_id)
    flow = await hass.config_entries.options.async_configure(flow["flow_id"], {"next_step_id": "reminders"})
    assert flow["step_id"] == "reminders"
    chosen = {
        "threshold_min": 50,
        "repeat_min": 20,
        "notifications": {"phones": [phone], "notify": ["notify.ann_s_phone"], "snooze_min": 12},
        "times": {
            "quiet_from": "22:00:00",
            "quiet_to": "06:00:00",
            "days": ["mon"],
            "schedule": "schedule.work",
        },
        "places": {"seat": "binary_sensor.chair", "zones": ["zone.home"], "busy": []},
        "break": {"backward_only": True, "backward_steps": 30},
    }
    no_day = {**chosen, "times": {"quiet_from": "22:00:00", "quiet_to": "06:00:00"}}
    flow = await hass.config_entries.options.async_configure(flow["flow_id"], no_day)
    assert flow["errors"] == {"times": "no_days"}
    flow = await hass.config_entries.options.async_configure(flow["flow_id"], chosen)
    assert flow["type"] == "create_entry"
    await settle(hass)
    kept = desk.entry.options["reminders"]
    assert kept["seat"] == seat.id
    assert kept["schedule"] == "schedule.work"
    assert kept["notify"] == [registry.async_get("notify.ann_s_phone").id]  # type: ignore[union-attr]
    assert (kept["threshold_min"], kept["days"], kept["backward_steps"]) == (50, ["mon"], 30)
    assert state(hass, "number.ann_sitting_threshold") == "50"
    settings = desk.entry.runtime_data.reminders.chosen
    assert settings.times.days == {0}

    registry.async_update_entity("binary_sensor.chair", new_entity_id="binary_sensor.armchair")
    flow = await hass.config_entries.options.async_init(desk.entry.entry_id)
    flow = await hass.config_entries.options.async_configure(flow["flow_id"], {"next_step_id": "reminders"})
    places = flow["data_schema"].schema["places"].schema.schema
    shown = {str(marker): marker.description for marker in places}
    assert shown["seat"] == {"suggested_value": "binary_sensor.armchair"}


async def test_another_seat_is_not_mixed_up_with_the_one_before(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker, freezer: FrozenDateTimeFactory
) -> None:
    hass.states.async_set("binary_sensor.chair", STATE_OFF)
    await desk.begin(make_walker, seat="binary_sensor.chair")
    assert state(hass, SITTING) == "moving"
    desk.entry.runtime_data.reminders.async_change_settings(seat=None)
    await pass_time(hass, freezer, seconds=2)
    assert state(hass, SITTING) == "sitting"


async def test_what_is_remembered_goes_with_the_walker(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker, hass_storage: dict[str, Any]
) -> None:
    await desk.begin(make_walker)
    await desk.sit(10)
    entry_id = desk.entry.entry_id
    await hass.config_entries.async_unload(entry_id)
    assert f"retrostep.{entry_id}.reminders" in hass_storage
    await hass.config_entries.async_remove(entry_id)
    assert f"retrostep.{entry_id}.reminders" not in hass_storage


async def test_history_and_summary_tell_how_long_ann_sat(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker)
    await desk.sit(30)
    await desk.walk()
    await desk.sit(20)

    async def ask(action: str) -> Any:
        return await hass.services.async_call(DOMAIN, action, {}, blocking=True, return_response=True)

    days = (await ask("get_history"))["periods"]
    told = [(day["sitting_min"], day["longest_sitting_min"], day["breaks"]) for day in days[-2:]]
    assert told == [(None, None, None), (50, 30, 1)]
    summary = (await ask("get_summary"))["reminders"]
    assert summary == {
        "state": "sitting",
        "sitting_min": 20,
        "next_reminder": "2026-11-18T12:15:00+00:00",
        "today": {"sitting_min": 50, "longest_sitting_min": 30, "breaks": 1},
        "last_7_days": {"days": 0, "sitting_min": None, "longest_sitting_min": None, "breaks": None},
    }
