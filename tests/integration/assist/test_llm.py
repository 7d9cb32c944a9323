"""A language model gets the answers of Assist as tools, and no more."""

from typing import TYPE_CHECKING, Any

import pytest
import voluptuous as vol
from homeassistant.core import Context
from homeassistant.helpers import llm
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from ..helpers import MakeWalker, reach, settle, state
from .house import expose, say, set_up_assist
from .said import SAID

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant

    from ..fake_pod import FakePod

STEPS = "How many backward steps has Ann walked today?"


@pytest.fixture(autouse=True)
async def ann(hass: HomeAssistant, noon: None, walker: MockConfigEntry, pod: FakePod) -> MockConfigEntry:
    """Ann, who walked 24 steps backward."""
    await reach(hass, pod)
    pod.walk(back=24, back_dm=120, back_s=20)
    pod.publish()
    await set_up_assist(hass)
    return walker


def context(user_id: str | None = None, language: str = "en") -> llm.LLMContext:
    """Say who asks a language model."""
    return llm.LLMContext(
        platform="test",
        context=Context(user_id=user_id),
        language=language,
        assistant="conversation",
        device_id=None,
    )


async def tools(hass: HomeAssistant, asks: llm.LLMContext) -> llm.APIInstance:
    """Give what a language model may use of Assist."""
    return await llm.async_get_api(hass, "assist", asks)


async def use(hass: HomeAssistant, tool: str, asks: llm.LLMContext, **args: Any) -> str:
    """Use a tool; gives the answer."""
    api = await tools(hass, asks)
    result = await api.async_call_tool(llm.ToolInput(tool_name=f"retrostep__{tool}", tool_args=args))
    await settle(hass)
    answer = result.data["answer"]
    assert isinstance(answer, str)
    return answer


async def ours(hass: HomeAssistant) -> set[str]:
    """Give the names of our tools."""
    return {tool.name for tool in (await tools(hass, context())).tools if tool.name.startswith("retrostep")}


async def test_there_is_no_tool_before_a_walker_is_exposed(hass: HomeAssistant) -> None:
    assert await ours(hass) == set()
    expose(hass, "ann")
    assert await ours(hass) == {"retrostep__ask", "retrostep__do"}


@pytest.mark.parametrize("question", ["steps", "goal", "sitting", "week"])
@pytest.mark.parametrize("language", ["en", "de"])
async def test_the_answers_are_those_of_assist(hass: HomeAssistant, question: str, language: str) -> None:
    expose(hass, "ann")
    answer = await use(hass, "ask", context(language=language), question=question)
    assert answer == await say(hass, SAID[question][language][0], language)


async def test_a_language_model_is_told_no_more_than_assist(
    hass: HomeAssistant, other_pod: FakePod, make_walker: MakeWalker
) -> None:
    assert await hass.config_entries.async_setup(make_walker(other_pod, slug="bob").entry_id)
    await settle(hass)
    expose(hass, "ann")
    user = MockUser().add_to_hass(hass)
    user.mock_policy({"entities": {"entity_ids": {"light.kitchen": True}}})
    refused = await use(hass, "ask", context(user.id), question="steps", walker="Ann")
    assert refused == await say(hass, STEPS, user_id=user.id)
    assert "24" not in refused
    # Who is not exposed is not even a name that can be asked for.
    with pytest.raises(vol.Invalid):
        await use(hass, "ask", context(), question="steps", walker="Bob")
    # Nor does a tool tell of sitting that is not exposed.
    expose(hass, "ann", exposed=False)
    expose(hass, "ann", sitting=False)
    assert "sitting time isn't exposed" in await use(hass, "ask", context(), question="sitting", walker="Ann")


async def test_a_language_model_starts_nothing_before_the_safety_notes_are_read(
    hass: HomeAssistant, ann: MockConfigEntry
) -> None:
    expose(hass, "ann")
    assert "safety notes" in await use(hass, "do", context(), action="start")
    ann.runtime_data.guided_sessions.async_confirm_safety()
    assert "Starting the backward walk" in await use(hass, "do", context(), action="start")
    assert state(hass, "sensor.ann_guided_session_stage") != "idle"
    assert "Stopped" in await use(hass, "do", context(), action="stop")
    assert await use(hass, "do", context(), action="snooze", minutes=15) == "No reminders for 15 minutes."


async def test_another_api_gets_no_tool(hass: HomeAssistant) -> None:
    from custom_components.retrostep.llm import async_get_tools  # noqa: PLC0415

    expose(hass, "ann")
    assert async_get_tools(hass, context(), "homeassistant") is None
