"""Assist listens in the languages that are spoken in a house, and in no others, as each costs time."""

from typing import TYPE_CHECKING, Any

from homeassistant.setup import async_setup_component

from ..helpers import settle
from .house import expose, set_up_assist
from .test_who import STEPS

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

GERMAN = "Wie viele Rückwärtsschritte heute?"
FRENCH = "Combien de pas à reculons aujourd'hui ?"


async def is_understood(hass: HomeAssistant, sentence: str) -> bool:
    """Say whether a sentence is ours, in whatever language it is said to be."""
    answer = await hass.services.async_call(
        "conversation", "process", {"text": sentence}, blocking=True, return_response=True
    )
    await settle(hass)
    response: Any = answer and answer["response"]
    return response["response_type"] != "error"


async def test_the_language_of_the_house_is_listened_to_when_it_changes(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    await set_up_assist(hass)
    expose(hass, "ann")
    assert await is_understood(hass, STEPS)
    assert not await is_understood(hass, GERMAN)
    await hass.config.async_update(language="de")
    await settle(hass)
    assert await is_understood(hass, GERMAN)
    assert not await is_understood(hass, STEPS)
    # One that nobody translated for us is listened to in English.
    await hass.config.async_update(language="it")
    await settle(hass)
    assert await is_understood(hass, STEPS)


async def test_the_languages_of_voice_assistants_are_listened_to(
    hass: HomeAssistant, walker: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    made = {
        "conversation_engine": "conversation.home_assistant",
        "conversation_language": "de",
        "id": "one",
        "language": "de",
        "name": "Deutsch",
        "stt_engine": None,
        "stt_language": None,
        "tts_engine": None,
        "tts_language": None,
        "tts_voice": None,
        "wake_word_entity": None,
        "wake_word_id": None,
        "prefer_local_intents": False,
    }
    hass_storage["assist_pipeline.pipelines"] = {
        "version": 1,
        "minor_version": 2,
        "key": "assist_pipeline.pipelines",
        "data": {"items": [made], "preferred_item": "one"},
    }
    await set_up_assist(hass)
    expose(hass, "ann")
    assert not await is_understood(hass, GERMAN)
    assert await async_setup_component(hass, "assist_pipeline", {})
    await settle(hass)
    assert await is_understood(hass, GERMAN)
    assert await is_understood(hass, STEPS)
    assert not await is_understood(hass, FRENCH)
