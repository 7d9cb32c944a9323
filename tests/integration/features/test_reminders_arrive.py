"""A reminder reaches somebody: without a choice the person's own phone, else Home Assistant's page."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import Context
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import (
    MockUser,
    async_get_persistent_notifications,
    async_mock_service,
)

from custom_components.retrostep.features.phones import async_person_phones

from ..desk import Desk
from ..helpers import MakeWalker, settle, state
from ..phones import add_phone

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant, ServiceCall


@pytest.fixture
async def ann(hass: HomeAssistant, phone: str) -> str:
    """Ann as a person with a phone, a router's tracker, and one that is gone; gives her registry id."""
    trackers = ["device_tracker.gone", "device_tracker.router", "device_tracker.ann_s_phone"]
    assert er.async_get(hass).async_get(trackers[-1]), "the companion app has it"
    entry = er.async_get(hass).async_get_or_create("person", "person", "1", suggested_object_id="ann")
    hass.states.async_set(entry.entity_id, "home", {"device_trackers": trackers})
    return entry.id


def shown(hass: HomeAssistant) -> dict[str, dict[str, Any]]:
    """Give Home Assistant's own notifications by the last word of their id."""
    found = async_get_persistent_notifications(hass)
    return {name.rpartition("_")[2]: dict(one) for name, one in found.items() if "reminder" in name}


# Where a reminder goes when nobody chose


async def test_a_persons_phones_are_those_that_follow_them_and_can_be_notified(
    hass: HomeAssistant, ann: str, phone: str
) -> None:
    assert async_person_phones(hass, ann) == [phone]
    twice = ["device_tracker.ann_s_phone"] * 2
    hass.states.async_set("person.ann", "home", {"device_trackers": twice})
    assert async_person_phones(hass, ann) == [phone]
    for attributes in ({}, {"device_trackers": None}):
        hass.states.async_set("person.ann", "home", attributes)
        assert async_person_phones(hass, ann) == []
    assert async_person_phones(hass, None) == async_person_phones(hass, "0" * 32) == []


async def test_a_phone_that_may_not_notify_is_not_the_persons_phone(hass: HomeAssistant) -> None:
    await add_phone(hass, "Silent", 2, allowed=False)
    hass.states.async_set("person.ann", "home", {"device_trackers": ["device_tracker.silent"]})
    assert er.async_get(hass).async_get("device_tracker.silent")
    assert async_person_phones(hass, "person.ann") == []


async def test_without_a_choice_the_persons_own_phone_is_notified_with_buttons_that_work(
    hass: HomeAssistant, desk: Desk, ann: str, make_walker: MakeWalker
) -> None:
    sent = async_mock_service(hass, "notify", "mobile_app_ann_s_phone")
    await desk.begin(make_walker, person=ann, threshold_min=5)
    await desk.sit(5.1)
    (reminder,) = sent
    assert shown(hass) == {}
    done = reminder.data["data"]["actions"][1]["action"]
    hass.bus.async_fire("mobile_app_notification_action", {"action": done})
    await settle(hass)
    assert desk.happened == ["due", "done"]
    assert sent[1].data["message"] == "clear_notification"


async def test_the_persons_phone_is_theirs_to_press(
    hass: HomeAssistant, desk: Desk, ann: str, make_walker: MakeWalker, hass_read_only_user: MockUser
) -> None:
    sent = async_mock_service(hass, "notify", "mobile_app_ann_s_phone")
    (entry,) = hass.config_entries.async_entries("mobile_app")
    hass.config_entries.async_update_entry(entry, data={**entry.data, "user_id": hass_read_only_user.id})
    await desk.begin(make_walker, person=ann, threshold_min=5)
    await desk.sit(5.1)
    done = sent[0].data["data"]["actions"][1]["action"]
    context = Context(user_id=hass_read_only_user.id)
    hass.bus.async_fire("mobile_app_notification_action", {"action": done}, context=context)
    await settle(hass)
    assert desk.happened == ["due", "done"]


async def test_who_chose_something_else_is_not_notified_on_the_phone(
    hass: HomeAssistant, desk: Desk, ann: str, make_walker: MakeWalker
) -> None:
    sent = async_mock_service(hass, "notify", "mobile_app_ann_s_phone")
    plain = async_mock_service(hass, "notify", "send_message")
    hass.states.async_set("notify.board", STATE_UNKNOWN)
    await desk.begin(make_walker, person=ann, notify=["notify.board"], threshold_min=5)
    await desk.sit(5.1)
    assert (len(sent), len(plain)) == (0, 1)
    assert shown(hass) == {}


async def test_without_a_phone_one_notification_is_shown_replaced_and_removed(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker, threshold_min=5, repeat_min=5)
    await desk.sit(5.1)
    (first,) = shown(hass).values()
    assert first["title"] == "Time for a few steps · Ann"
    assert "Reminders for Ann appear here" in first["message"]
    assert "(/config/integrations/integration/retrostep)" in first["message"]
    await desk.sit(5)
    (second,) = shown(hass).values()
    assert second["notification_id"] == first["notification_id"]
    assert second["message"] != first["message"]
    await desk.walk()
    assert desk.happened == ["due", "repeated", "done"]
    assert shown(hass) == {}


async def test_a_walker_that_is_unloaded_leaves_no_reminder_behind(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker, threshold_min=5)
    await desk.sit(5.1)
    assert shown(hass)
    await hass.config_entries.async_unload(desk.entry.entry_id)
    assert shown(hass) == {}


async def test_a_reminder_that_reaches_no_phone_is_shown_until_one_is_reached(
    hass: HomeAssistant, desk: Desk, phone: str, make_walker: MakeWalker
) -> None:
    broken, reached = True, list[str]()

    async def fail(call: ServiceCall) -> None:
        if broken:
            raise HomeAssistantError("no network")
        reached.append(call.data["message"])

    hass.services.async_register("notify", "mobile_app_ann_s_phone", fail)
    await desk.begin(make_walker, phones=[phone], threshold_min=5, repeat_min=5)
    await desk.sit(5.1)
    assert len(shown(hass)) == 1
    broken = False
    await desk.sit(5)
    assert len(reached) == 1
    assert shown(hass) == {}


async def test_who_wants_no_notifications_has_none_and_the_events_still_happen(
    hass: HomeAssistant, desk: Desk, phone: str, make_walker: MakeWalker
) -> None:
    sent = async_mock_service(hass, "notify", "mobile_app_ann_s_phone")
    await desk.begin(make_walker, phones=[phone], send=False, threshold_min=5)
    await desk.sit(5.1)
    await desk.walk()
    assert desk.happened == ["due", "done"]
    assert sent == []
    assert shown(hass) == {}


async def test_what_is_out_when_notifications_are_turned_off_still_goes_away(
    hass: HomeAssistant, desk: Desk, phone: str, make_walker: MakeWalker
) -> None:
    sent = async_mock_service(hass, "notify", "mobile_app_ann_s_phone")
    await desk.begin(make_walker, phones=[phone], threshold_min=5)
    await desk.sit(5.1)
    desk.entry.runtime_data.reminders.async_change_settings(send=False)
    await desk.walk()
    assert [call.data["message"] for call in sent][1:] == ["clear_notification"]


# The test


async def test_a_test_goes_where_reminders_go_and_says_where_that_is(
    hass: HomeAssistant, desk: Desk, phone: str, make_walker: MakeWalker
) -> None:
    sent = async_mock_service(hass, "notify", "mobile_app_ann_s_phone")
    plain = async_mock_service(hass, "notify", "send_message")
    hass.states.async_set("notify.board", STATE_UNKNOWN, {"friendly_name": "Board [1]"})
    await desk.begin(make_walker, phones=[phone], notify=["notify.board"])
    await desk.press("test_reminder")
    assert sent[0].data["message"] == "This is a test. Reminders for Ann arrive here."
    assert sent[0].data["title"] == plain[0].data["title"] == "Test reminder"
    said = shown(hass)["test"]
    assert said["title"] == "Test reminder · Ann"
    assert said["message"] == "The test reminder was sent to: Ann's Phone, Board (1)."
    assert desk.happened == []


async def test_a_test_without_a_phone_says_that_reminders_are_shown_here(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker)
    await desk.press("test_reminder")
    await desk.press("test_reminder")
    assert shown(hass).keys() == {"test"}
    assert shown(hass)["test"]["message"].startswith("Reminders for Ann appear here")


async def test_a_test_says_what_it_did_not_reach(
    hass: HomeAssistant, desk: Desk, phone: str, make_walker: MakeWalker
) -> None:
    async def fail(call: ServiceCall) -> None:
        raise HomeAssistantError("no network")

    hass.services.async_register("notify", "mobile_app_ann_s_phone", fail)
    async_mock_service(hass, "notify", "send_message")
    hass.states.async_set("notify.board", STATE_UNKNOWN, {"friendly_name": "Board"})
    await desk.begin(make_walker, phones=[phone], notify=["notify.board"])
    with pytest.raises(HomeAssistantError) as raised:
        await desk.press("test_reminder")
    assert raised.value.translation_key == "reminder_not_reached"
    assert raised.value.translation_placeholders == {"phone": "Ann's Phone"}
    assert shown(hass)["test"]["message"] == (
        "The test reminder was sent to: Board.\n\nIt couldn't be sent to: Ann's Phone."
    )


async def test_a_test_is_refused_where_nothing_shall_be_sent(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    await desk.begin(make_walker, send=False)
    assert state(hass, "button.ann_test_reminder") == STATE_UNAVAILABLE
    with pytest.raises(ServiceValidationError) as raised:
        await desk.entry.runtime_data.reminders.async_test()
    assert raised.value.translation_key == "reminders_not_sent"
    assert shown(hass) == {}
