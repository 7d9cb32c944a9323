"""A house in which one may speak: Assist, walkers that are exposed to it, and users."""

from typing import TYPE_CHECKING, Any

from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context
from homeassistant.setup import async_setup_component

from ..helpers import settle

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant

# Not a sentence of ours: nobody's, or one of Home Assistant's that finds nothing in this house.
NOT_OURS = {"no_intent_match", "no_valid_targets"}


async def set_up_assist(hass: HomeAssistant) -> None:
    """Let there be Assist."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    await settle(hass)


def expose(hass: HomeAssistant, *slugs: str, sitting: bool = True, exposed: bool = True) -> None:
    """Expose walkers to Assist."""
    for slug in slugs:
        async_expose_entity(hass, "conversation", f"sensor.{slug}_backward_steps_today", exposed)
        if sitting:
            async_expose_entity(hass, "conversation", f"sensor.{slug}_sitting_time", exposed)


async def heard(
    hass: HomeAssistant, sentence: str, language: str = "en", user_id: str | None = None
) -> dict[str, Any]:
    """Say a sentence in a house of this language; gives the whole response."""
    if language != hass.config.language:
        await hass.config.async_update(language=language)
        await settle(hass)
    answer = await hass.services.async_call(
        "conversation",
        "process",
        {"text": sentence, "language": language},
        blocking=True,
        return_response=True,
        context=Context(user_id=user_id),
    )
    await settle(hass)
    assert answer
    response = answer["response"]
    assert isinstance(response, dict)
    return response


async def say(
    hass: HomeAssistant, sentence: str, language: str = "en", user_id: str | None = None
) -> str | None:
    """Say a sentence; gives the answer, or None if Assist does not understand."""
    response = await heard(hass, sentence, language, user_id)
    if response["response_type"] == "error":
        assert response["data"]["code"] in NOT_OURS, response
        return None
    speech = response["speech"]["plain"]["speech"]
    assert isinstance(speech, str)
    return speech
