"""How a walker is told to get up: phones and their buttons, texts, what is remembered."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.const import STATE_OFF, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.retrostep.const import DOMAIN
from custom_components.retrostep.core.sitting.models import ReminderEvent
from custom_components.retrostep.features.phones import async_phone_action
from custom_components.retrostep.features.reminder_targets import async_targets

from ..desk import SITTING, Desk
from ..helpers import MakeWalker, kept, pass_time, settle, state
from ..phones import add_phone

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant, ServiceCall
    from pytest_homeassistant_custom_component.typing import ClientSessionGenerator


# Notifications


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


async def test_a_phone_whose_app_is_still_being_set_up_and_what_is_no_phone_have_no_action(
    hass: HomeAssistant, phone: str, walker: MockConfigEntry
) -> None:
    assert async_phone_action(hass, phone)
    (other,) = dr.async_entries_for_config_entry(dr.async_get(hass), walker.entry_id)
    assert async_phone_action(hass, other.id) is None
    hass.data["mobile_app"].pop("notify")
    assert async_phone_action(hass, phone) is None


async def test_two_phones_of_one_name_are_both_notified_and_none_twice(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    phones = [await add_phone(hass, "Pixel", number) for number in (1, 2)]
    # The companion app has one action for both; it belongs to the phone that came last.
    with_buttons = async_mock_service(hass, "notify", "mobile_app_pixel")
    plain = async_mock_service(hass, "notify", "send_message")
    await desk.begin(make_walker, phones=phones, threshold_min=5)
    await desk.sit(5.1)
    assert len(with_buttons) == 1
    assert [call.data["entity_id"] for call in plain] == ["notify.pixel"]
    registered = er.async_get(hass).async_get("notify.pixel")
    assert registered
    assert registered.device_id == phones[0]


async def test_a_phone_renamed_in_the_app_is_still_notified(
    hass: HomeAssistant,
    desk: Desk,
    phone: str,
    make_walker: MakeWalker,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    await desk.begin(make_walker, phones=[phone], threshold_min=5)
    client = await hass_client_no_auth()
    renamed = await client.post(
        "/api/webhook/webhook-1",
        json={
            "type": "update_registration",
            "data": {
                "app_data": {"push_token": "token", "push_url": "https://push.invalid/send"},
                "app_version": "2026.10",
                "device_name": "Ännchens 📱",
                "manufacturer": "Fairphone",
                "model": "6",
                "os_version": "16",
            },
        },
    )
    assert renamed.status == 200
    await settle(hass)
    (action,) = [name for name in hass.services.async_services_for_domain("notify") if "mobile_app" in name]
    assert action != "mobile_app_ann_s_phone"
    sent = async_mock_service(hass, "notify", action)
    await desk.sit(5.1)
    assert len(sent) == 1


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
            raise HomeAssistantError("no network")
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


async def test_a_fault_of_one_target_is_told_as_such_and_keeps_nobody_else_from_hearing(
    hass: HomeAssistant, desk: Desk, phone: str, make_walker: MakeWalker
) -> None:
    async def fail(call: ServiceCall) -> None:
        raise ZeroDivisionError

    hass.services.async_register("notify", "mobile_app_ann_s_phone", fail)
    plain = async_mock_service(hass, "notify", "send_message")
    hass.states.async_set("notify.board", STATE_UNKNOWN)
    await desk.begin(make_walker, phones=[phone], notify=["notify.board"])
    notifier = desk.entry.runtime_data.reminders._notifier
    with pytest.raises(ExceptionGroup) as raised:
        chosen = desk.entry.runtime_data.reminders.chosen
        await notifier._async_notify(ReminderEvent.DUE, async_targets(desk.entry.runtime_data, chosen))
    assert raised.group_contains(ZeroDivisionError)
    assert len(plain) == 1


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


# What is remembered


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
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker)
    await desk.sit(10)
    entry_id = desk.entry.entry_id
    await hass.config_entries.async_unload(entry_id)
    assert "reminders" in kept(hass, entry_id)
    await hass.config_entries.async_remove(entry_id)
    assert not kept(hass, entry_id)


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
