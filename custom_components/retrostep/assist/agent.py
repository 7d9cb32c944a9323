"""Sentences for Home Assistant's own conversation agent; the one file that knows how they get there.

Integrations have no place for sentences of their own. What automations with sentence triggers use is the
nearest there is, and may change without notice: then nothing is understood any more, and nothing else breaks.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.const import MATCH_ALL
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback

CONVERSATION: Final = "conversation"
PIPELINES: Final = "assist_pipeline"
MINUTES_SLOT: Final = "minutes"
_DIGITS: Final = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence that was understood: who said it, in which language, and the minutes in it, if any."""

    context: Context
    language: str
    minutes: int | None


@callback
def async_languages(hass: HomeAssistant) -> set[str]:
    """Give the languages that are spoken here: that of the house and those of its voice assistants.

    Home Assistant tries every sentence there is, whatever is spoken, so that others would only cost time.
    """
    spoken = {hass.config.language}
    if PIPELINES in hass.config.components:
        from homeassistant.components.assist_pipeline import async_get_pipelines  # noqa: PLC0415

        for pipeline in async_get_pipelines(hass):
            spoken |= {pipeline.language, pipeline.conversation_language}
    return spoken - {MATCH_ALL}


@callback
def async_listen(
    hass: HomeAssistant, sentences: Sequence[str], answer: Callable[[Heard], Awaitable[str]]
) -> CALLBACK_TYPE | None:
    """Have the agent answer sentences; gives what ends that, or None if this Home Assistant can't."""

    async def heard(user_input: Any, result: Any) -> str:
        slot = result.entities.get(MINUTES_SLOT)
        digits = _DIGITS.search(slot.text) if slot else None
        return await answer(
            Heard(user_input.context, user_input.language, int(digits[0]) if digits else None)
        )

    try:
        # Loaded with the agent: who does not use it does not wait for what it imports.
        from homeassistant.components.conversation.agent_manager import get_agent_manager  # noqa: PLC0415

        unlisten = get_agent_manager(hass).register_trigger([*sentences], heard)
    except ImportError, AttributeError, TypeError:
        return None
    return unlisten
