"""What a chosen goal changes, and what of the time before the walker was made is no news."""

from typing import TYPE_CHECKING, Any

import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from ..helpers import MakeWalker, pass_time, reach, settle, state, sync, walked_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod

PLAN, KIND = "select.ann_goal_plan", "select.ann_goal_kind"


pytestmark = pytest.mark.usefixtures("noon")


async def choose(hass: HomeAssistant, entity_id: str, option: str) -> None:
    data = {"entity_id": entity_id, "option": option}
    await hass.services.async_call("select", "select_option", data, blocking=True)
    await settle(hass)


async def test_choosing_the_kind_that_already_holds_keeps_the_plan(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    assert (state(hass, PLAN), state(hass, KIND)) == ("gentle_start", "minutes")
    await choose(hass, KIND, "minutes")

    assert state(hass, PLAN) == "gentle_start"
    assert "plan" not in walker.options.get("goals", {})


async def test_another_kind_has_no_plan_and_its_own_fixed_goal(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    await choose(hass, KIND, "steps")

    assert (state(hass, PLAN), state(hass, KIND)) == ("fixed", "steps")
    assert walker.options["goals"] == {"kind": "steps", "plan": "fixed"}


async def test_sessions_a_pod_remembers_of_before_the_walker_was_made_are_no_news(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, make_walker: MakeWalker
) -> None:
    events = async_capture_events(hass, "state_changed")
    entry = make_walker(pod)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    # The pod is switched on only now.
    walked_minute(pod, back=60, ago_min=90)
    walked_minute(pod, back=60, ago_min=30)
    await pass_time(hass, freezer, minutes=20)
    await reach(hass, pod)
    assert state(hass, "sensor.ann_backward_steps_today") == "120"
    assert told(events) == []

    walked_minute(pod, back=60, ago_min=10)
    await sync(hass)
    await settle(hass)
    assert told(events) == ["session_ended"]


def told(events: list[Any]) -> list[str]:
    """Give what was told of sessions."""
    changes = [event.data["new_state"] for event in events if event.data["entity_id"] == "event.ann_activity"]
    kinds = [change.attributes.get("event_type") or "" for change in changes if change]
    return [kind for kind in kinds if kind.startswith("session")]
