"""What the page on security says of listeners, of names and of buttons on phones."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.const import MATCH_ALL
from homeassistant.core import Context, Event, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import issue_registry as ir
from pytest_homeassistant_custom_component.common import MockUser, async_mock_service

from custom_components.retrostep.const import DOMAIN

from .actions.test_rights import CONTROLS, ONE_LAMP, READS
from .desk import Desk
from .fake_pod import FakePod
from .flow_helpers import heard, start, submit
from .helpers import MakeWalker, reach, settle

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant

MARKUP = "{{ states.person }}<img src=x onerror=alert(1)>![](http://example.org/seen.png)"
SENT = "notify", "mobile_app_ann_s_phone"


async def test_who_listens_to_the_event_bus_hears_of_a_walker_only_what_states_say(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    heard_of: list[str] = []

    @callback
    def listen(event: Event[Any]) -> None:
        heard_of.append(event.event_type)

    await desk.begin(make_walker, threshold_min=5)
    hass.bus.async_listen(MATCH_ALL, listen)
    await desk.sit(5.1)
    await desk.walk(back=40, back_dm=200, back_s=30)
    await desk.sit(3)
    assert "due" in desk.happened
    assert "state_changed" in heard_of
    assert not [event for event in heard_of if DOMAIN in event]


@pytest.fixture
async def pressed(hass: HomeAssistant, desk: Desk, phone: str, make_walker: MakeWalker) -> Any:
    """Ann's reminder is on her phone; gives what presses its button *Snooze* as a user."""
    sent = async_mock_service(hass, *SENT)
    await desk.begin(make_walker, phones=[phone], threshold_min=5, snooze_min=10)
    await desk.sit(5.1)
    action = sent[0].data["data"]["actions"][0]["action"]

    async def press(user_id: str | None) -> list[str]:
        context = Context(user_id=user_id)
        hass.bus.async_fire("mobile_app_notification_action", {"action": action}, context=context)
        await settle(hass)
        return desk.happened[1:]

    return press


@pytest.mark.parametrize(("policy", "may"), [(ONE_LAMP, False), (READS, False), (CONTROLS, True)])
async def test_a_button_is_pressed_by_who_may_control_the_walker(
    hass: HomeAssistant, pressed: Any, policy: dict[str, Any], may: bool
) -> None:
    user = MockUser().add_to_hass(hass)
    user.mock_policy(policy)
    assert await pressed(user.id) == (["snoozed"] if may else [])


async def test_a_button_is_pressed_by_who_was_notified_whatever_their_rights(
    pressed: Any,
) -> None:
    # The user who signed the phone of the tests in.
    assert await pressed("nobody") == ["snoozed"]


async def test_a_button_is_not_pressed_by_a_user_who_was_deleted(pressed: Any) -> None:
    assert await pressed("gone") == []


async def test_a_phone_that_was_removed_lets_nobody_press_but_who_may_control_the_walker(
    hass: HomeAssistant, pressed: Any, phone: str, device_registry: dr.DeviceRegistry
) -> None:
    device_registry.async_remove_device(phone)
    await settle(hass)
    assert await pressed("nobody") == []


async def test_a_name_with_markup_is_text_in_entities_repairs_and_forms(
    hass: HomeAssistant, make_walker: MakeWalker, issue_registry: ir.IssueRegistry
) -> None:
    pod = FakePod(hass, name=MARKUP)
    pod.adopt()
    entry = make_walker(pod, options={"reminders": {"phones": ["gone"]}})
    hass.config_entries.async_update_entry(entry, title=MARKUP)
    assert await hass.config_entries.async_setup(entry.entry_id)
    pod.answer = {"v": 2}
    await reach(hass, pod)
    await hass.async_start()
    await settle(hass)

    found = hass.states.get("sensor.ann_backward_steps_today")
    assert found
    assert found.name.startswith(MARKUP), "Home Assistant shows names of entities as text"
    texts = [
        text
        for issue in issue_registry.issues.values()
        if issue.domain == DOMAIN
        for text in (issue.translation_placeholders or {}).values()
    ]
    assert len(texts) >= 2, "one about the pod and one about the walker"
    assert not [text for text in texts if set("<>[]") & set(text)]
    assert "{{ states.person }}" in str(texts), "nothing reads a name as a template"

    other = FakePod(hass, mac="aa:bb:cc:dd:ee:02", node="step-pod-02", name=MARKUP)
    flow = await start(hass, "zeroconf", heard(other))
    other.adopt()
    assert not set("<>[]") & set((flow["description_placeholders"] or {})["name"])
    done = await submit(hass, flow, walker=entry.entry_id)
    assert done["reason"] == "pod_added"
    assert not set("<>[]") & set(str(done["description_placeholders"]))


async def test_a_reminder_names_neither_the_walker_nor_the_pod(
    hass: HomeAssistant, desk: Desk, phone: str, make_walker: MakeWalker
) -> None:
    sent = async_mock_service(hass, *SENT)
    desk.pod.name = MARKUP
    await desk.begin(make_walker, phones=[phone], threshold_min=5)
    hass.config_entries.async_update_entry(desk.entry, title=MARKUP)
    await settle(hass)
    await desk.sit(5.1)
    assert sent
    assert "<img" not in str([call.data for call in sent])
    assert "Ann" not in sent[0].data["message"]
