"""Rating a session: bounds at the field, who may, where it is told and where it is not."""

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
import voluptuous as vol
from homeassistant.core import Context
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockUser, async_mock_service

from custom_components.retrostep.const import DOMAIN
from custom_components.retrostep.diagnostics import async_get_config_entry_diagnostics
from tests.docs.pages import blocks

from ..helpers import MakeWalker, copy_kept, kept, reach, settle, this_minute
from .test_rights import CONTROLS, ONE_LAMP, READS

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod

DAY_MIN = 24 * 60
# A number nothing else in the house has.
EFFORT, PAIN = 7, 9


@pytest.fixture(autouse=True)
async def _walked(noon: None, hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod) -> None:
    """Let Ann have walked on four days, the last time just now."""
    for days_ago in (3, 2, 1, 0):
        pod.walk(back=60, fwd=0, back_dm=300, back_s=50)
        pod.close_minute(this_minute() - 10 - days_ago * DAY_MIN)
    await reach(hass, pod)


async def ask(hass: HomeAssistant, action: str, user_id: str | None = None, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True, context=Context(user_id=user_id)
    )


async def starts(hass: HomeAssistant) -> list[str]:
    return [session["start"] for session in (await ask(hass, "get_sessions"))["sessions"]]


async def test_the_last_session_is_rated_and_told_with_the_sessions(hass: HomeAssistant) -> None:
    answer = await ask(hass, "rate_session", effort=EFFORT, pain=PAIN)
    began = (await starts(hass))[-1]
    assert answer == {"session": began, "effort": EFFORT, "pain": PAIN, "suggestion": None}

    sessions = (await ask(hass, "get_sessions"))["sessions"]
    assert [(session["effort"], session["pain"]) for session in sessions] == [(None, None)] * 3 + [(7, 9)]
    assert (await ask(hass, "get_summary"))["feelings"] == {"effort": 7, "pain": 9, "suggestion": None}
    exported = json.loads((await ask(hass, "export"))["content"])
    assert exported["ratings"] == [{"session": began, "effort": 7, "pain": 9}]
    table = (await ask(hass, "export", format="csv", table="sessions"))["content"].splitlines()
    assert table[0].endswith(",effort,pain")
    assert table[-1].endswith(",7,9")


@pytest.mark.parametrize(
    "data",
    [
        {"pain": 11},
        {"pain": -1},
        {"effort": 10.5},
        {"effort": "nan"},
        {"effort": True},
        {"effort": 1, "session": "2026-11-18"},
        {"pain": 1e300},
    ],
)
async def test_what_is_out_of_bounds_is_refused_at_its_field(
    hass: HomeAssistant, data: dict[str, Any]
) -> None:
    with pytest.raises(vol.Invalid) as refused:
        await ask(hass, "rate_session", **data)
    assert [*data][-1] in str(refused.value)


async def test_a_rating_says_something(hass: HomeAssistant) -> None:
    with pytest.raises(vol.Invalid, match="effort"):
        await ask(hass, "rate_session")


async def test_an_earlier_session_is_named_by_a_time_within_it(hass: HomeAssistant) -> None:
    first = (await starts(hass))[0]
    local = first.split("+")[0]
    assert (await ask(hass, "rate_session", pain=2, session=local))["session"] == first
    with pytest.raises(ServiceValidationError, match="found no session of Ann to rate"):
        await ask(hass, "rate_session", pain=2, session="2026-11-18T03:00:00")


async def test_without_a_session_of_today_there_is_nothing_to_rate(
    hass: HomeAssistant, freezer: Any, walker: MockConfigEntry
) -> None:
    freezer.move_to("2026-11-20 11:00:30+00:00")
    with pytest.raises(ServiceValidationError, match="found no session of Ann to rate"):
        await ask(hass, "rate_session", effort=3)


async def test_who_may_not_control_the_walker_rates_nothing_and_who_may_not_read_is_told_nothing(
    hass: HomeAssistant,
) -> None:
    await ask(hass, "rate_session", pain=PAIN)
    for policy, may_rate, may_read in (
        (ONE_LAMP, False, False),
        (READS, False, True),
        (CONTROLS, True, True),
    ):
        user = MockUser().add_to_hass(hass)
        user.mock_policy(policy)
        for action, data, may in (
            ("rate_session", {"pain": PAIN}, may_rate),
            ("get_sessions", {}, may_read),
            ("get_summary", {}, may_read),
            ("export", {}, may_read),
        ):
            if may:
                assert str(PAIN) in str(await ask(hass, action, user.id, **data))
            else:
                with pytest.raises(Unauthorized):
                    await ask(hass, action, user.id, **data)


async def test_no_entity_event_or_download_tells_how_a_session_felt(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    before = {state.entity_id: state.as_dict() for state in hass.states.async_all()}
    download = await async_get_config_entry_diagnostics(hass, walker)
    await ask(hass, "rate_session", effort=EFFORT, pain=PAIN)
    await settle(hass)
    assert {state.entity_id: state.as_dict() for state in hass.states.async_all()} == before
    assert await async_get_config_entry_diagnostics(hass, walker) == download
    assert "feelings" not in download


async def test_a_rating_is_on_disk_at_once_survives_a_restart_and_goes_with_the_walker(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    await ask(hass, "rate_session", pain=PAIN)
    assert [row[1:] for row in kept(hass, walker.entry_id)["feelings"]["ratings"]] == [[None, PAIN]]
    await hass.config_entries.async_reload(walker.entry_id)
    await settle(hass)
    assert (await ask(hass, "get_summary"))["feelings"]["pain"] == PAIN

    await hass.config_entries.async_remove(walker.entry_id)
    await settle(hass)
    assert not copy_kept(hass, walker.entry_id)


async def test_pain_that_rises_three_times_in_a_row_suggests_a_pause_once_and_to_the_own_phone_only(
    hass: HomeAssistant, walker: MockConfigEntry, phone: str
) -> None:
    sent = async_mock_service(hass, "notify", "mobile_app_ann_s_phone")
    spoken = async_mock_service(hass, "notify", "send_message")
    options = {**walker.options, "reminders": {"phones": [phone], "notify": ["notify.living_room"]}}
    hass.config_entries.async_update_entry(walker, options=options)
    await settle(hass)
    suggested = []
    for pain, session in zip((1, 2, 3, 5), await starts(hass), strict=True):
        suggested.append((await ask(hass, "rate_session", pain=pain, session=session))["suggestion"])
    await ask(hass, "rate_session", effort=4)
    await settle(hass)
    assert [text is not None for text in suggested] == [False, False, False, True]
    assert "ask a professional" in suggested[-1]
    (call,) = sent
    assert spoken == [], "the living room has no business with it"
    assert "pain" not in str(call.data).lower(), "a locked phone shows it"
    assert hass.states.async_entity_ids("persistent_notification") == []
    assert (await ask(hass, "get_summary"))["feelings"]["suggestion"] == suggested[-1]


async def test_a_walker_from_before_there_were_ratings_is_read(
    hass: HomeAssistant, make_walker: MakeWalker, walker: MockConfigEntry
) -> None:
    assert "feelings" not in (await ask(hass, "get_summary"))
    assert walker.runtime_data.feelings.ratings.all() == []


async def test_the_buttons_of_the_recipe_rate_the_session(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    recipe = next(block.yaml for block in blocks("yaml") if block.yaml.get("alias") == "How did it feel?")
    sent = async_mock_service(hass, "notify", "mobile_app_ann")
    assert await async_setup_component(hass, "automation", {"automation": recipe})
    await hass.async_block_till_done()
    (made,) = hass.states.async_all("automation")
    await hass.services.async_call("automation", "trigger", {"entity_id": made.entity_id})
    # It waits for an hour; that it ends is not waited for here.
    for _ in range(500):
        await asyncio.sleep(0)
    (call,) = sent
    pressed = call.data["data"]["actions"][1]["action"]
    hass.bus.async_fire("mobile_app_notification_action", {"action": pressed})
    await settle(hass)
    assert (await ask(hass, "get_summary"))["feelings"]["pain"] == 3
