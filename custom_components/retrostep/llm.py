"""Tools with which a language model asks what Assist answers, and does no more than Assist does."""

from collections.abc import Mapping
from typing import Any, Final, override

import voluptuous as vol
from homeassistant.components.llm import LLMTools
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers.llm import (
    LLM_API_ASSIST,
    LLMContext,
    Tool,
    ToolAnnotations,
    ToolInput,
    ToolResult,
)

from .actions.reminders import ATTR_MINUTES, SNOOZE_MAX_MIN
from .assist.answering import Asked, async_answer
from .assist.door import ASSIST
from .assist.exposure import async_is_exposed
from .const import CONF_WALKER, DOMAIN
from .core.spoken.question import Question

ATTR_QUESTION: Final = "question"
ATTR_ACTION: Final = "action"
QUESTIONS: Final = [str(question) for question in Question if not question.acts]
ACTIONS: Final = [str(Question.START), str(Question.STOP), str(Question.SNOOZE)]


class _WalkerTool(Tool):
    """Answers for the walker who is named, else for the one who speaks."""

    integration = DOMAIN
    what: str

    def __init__(self, walkers: Mapping[str, tuple[str, ...]]) -> None:
        """Offer the tool for walkers: the ids of their entries by name."""
        self._walkers = walkers
        self.parameters = vol.Schema({**self.asks, vol.Optional(CONF_WALKER): vol.In([*walkers])})

    @property
    def asks(self) -> dict[vol.Marker, Any]:
        """What may be asked, besides for whom."""
        raise NotImplementedError

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        """Answer as Assist would."""
        data = self.parameters(tool_input.tool_args)
        asked = Asked(
            Question(data[self.what]),
            await hass.data[ASSIST].async_book(llm_context.language),
            llm_context.assistant,
            llm_context.context or Context(),
            self._walkers.get(data.get(CONF_WALKER), ()),
            data.get(ATTR_MINUTES),
        )
        return ToolResult(data={"answer": await async_answer(hass, asked)})


class AskTool(_WalkerTool):
    """Tells of a walker."""

    name = f"{DOMAIN}__ask"
    title = "Ask about backward walking"
    description = (
        "Tells about backward walking and sitting: steps (backward steps today), goal (how far to "
        "today's goal), sitting (for how long without a break), week (this week and last week). "
        "Leave out the walker if the user asks about themselves."
    )
    annotations = ToolAnnotations(read_only=True, destructive=False, idempotent=True, open_world=False)
    what = ATTR_QUESTION

    @property
    @override
    def asks(self) -> dict[vol.Marker, Any]:
        return {vol.Required(ATTR_QUESTION): vol.In(QUESTIONS)}


class ActTool(_WalkerTool):
    """Starts or stops a guided session, or snoozes the reminder to get up."""

    name = f"{DOMAIN}__do"
    title = "Control backward walking"
    description = (
        "Starts or stops the guided backward walk, or snoozes the reminder to get up, for some minutes "
        "if given. Only when the user asks for it. Leave out the walker if the user speaks of themselves."
    )
    annotations = ToolAnnotations(read_only=False, destructive=False, idempotent=False, open_world=False)
    what = ATTR_ACTION

    @property
    @override
    def asks(self) -> dict[vol.Marker, Any]:
        minutes = vol.All(int, vol.Range(min=1, max=SNOOZE_MAX_MIN))
        return {vol.Required(ATTR_ACTION): vol.In(ACTIONS), vol.Optional(ATTR_MINUTES): minutes}


@callback
def async_get_tools(hass: HomeAssistant, llm_context: LLMContext, api_id: str) -> LLMTools | None:
    """Give the tools for the walkers that are exposed; None without one."""
    if api_id != LLM_API_ASSIST:
        return None
    walkers: dict[str, tuple[str, ...]] = {}
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        if async_is_exposed(hass, entry, llm_context.assistant):
            walkers[entry.title] = (*walkers.get(entry.title, ()), entry.entry_id)
    return LLMTools(tools=[AskTool(walkers), ActTool(walkers)]) if walkers else None
