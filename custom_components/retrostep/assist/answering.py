"""Answers a question for the walker it is about, if who asks may know and the walker is exposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components.person import ATTR_USER_ID
from homeassistant.const import ATTR_CONFIG_ENTRY_ID, UnitOfLength
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers.translation import async_get_translations

from ..actions.guided_sessions import ACTION_START_SESSION, ACTION_STOP_SESSION
from ..actions.history import ACTION_GET_SUMMARY
from ..actions.reminders import ACTION_SNOOZE, ATTR_MINUTES, SNOOZE_MAX_MIN
from ..const import DOMAIN
from ..coordinator import RetroStepConfigEntry
from ..core.spoken.answers import Teller
from ..core.spoken.phrasebook import Phrasebook
from ..core.spoken.question import Question
from ..length_units import async_length_unit, to_house
from ..walker import async_may, async_person_entity_id
from .exposure import SITTING, async_is_exposed, key_of

_STOPS: Final = {Question.STOP, Question.STOP_NOW}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it reached us; `named` are the walkers that a name in it stands for, if there is one."""

    question: Question
    book: Phrasebook
    assistant: str
    context: Context
    named: tuple[str, ...] = ()
    minutes: int | None = None


async def async_answer(hass: HomeAssistant, asked: Asked) -> str:
    """Answer in words, whatever there is to say; never tells of a walker that is not exposed."""
    book, key = asked.book, key_of(asked.question)
    entries: list[RetroStepConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    own = [entry for entry in entries if _async_is_speaker(hass, entry, asked.context)]
    candidates = _async_candidates(hass, asked, entries, own)
    if len(candidates) != 1:
        exposed = [entry for entry in candidates if async_is_exposed(hass, entry, asked.assistant, key)]
        names = ", ".join(entry.title for entry in exposed)
        return book.say("which_walker", names=names) if names else book.say("nobody")
    entry = candidates[0]
    if (refusal := await _async_refusal(hass, entry, asked)) is not None:
        return refusal
    is_spoken_to = not asked.named and (entry in own or (len(entries) == 1 and not asked.context.user_id))
    in_feet = async_length_unit(hass) is UnitOfLength.FEET
    teller = Teller(
        book,
        None if is_spoken_to else entry.title,
        partial(to_house, unit=UnitOfLength.FEET) if in_feet else None,
    )
    try:
        if asked.question.acts:
            return await _async_do(hass, entry, asked)
        return await _async_tell(hass, entry, asked, teller)
    except Unauthorized:
        return book.say("not_allowed")
    except HomeAssistantError as err:
        return await _async_reason(hass, err, book)


@callback
def _async_is_speaker(hass: HomeAssistant, entry: RetroStepConfigEntry, context: Context) -> bool:
    """Say whether the user who speaks is the walker's person."""
    if context.user_id is None or (person := async_person_entity_id(hass, entry)) is None:
        return False
    state = hass.states.get(person)
    return state is not None and state.attributes.get(ATTR_USER_ID) == context.user_id


@callback
def _async_candidates(
    hass: HomeAssistant,
    asked: Asked,
    entries: Sequence[RetroStepConfigEntry],
    own: list[RetroStepConfigEntry],
) -> list[RetroStepConfigEntry]:
    """Find whom a question is about: who is named, who speaks, the only one who can be meant."""
    if asked.named:
        named = [entry for entry in entries if entry.entry_id in asked.named]
        return [entry for entry in own if entry in named] or named
    if own:
        return own
    if asked.question in _STOPS:
        going_on = [entry for entry in entries if entry.runtime_data.guided_sessions.session.active]
        if len(going_on) == 1:
            return going_on
    if len(entries) == 1:
        return [*entries]
    key = key_of(asked.question)
    return [entry for entry in entries if async_is_exposed(hass, entry, asked.assistant, key)]


async def _async_refusal(hass: HomeAssistant, entry: RetroStepConfigEntry, asked: Asked) -> str | None:
    """Say why nothing is told of a walker; None if it may be."""
    key = key_of(asked.question)
    if not await _async_allowed(hass, entry, asked):
        return asked.book.say("not_allowed")
    if async_is_exposed(hass, entry, asked.assistant, key):
        return None
    return asked.book.say("not_exposed_sitting" if key == SITTING else "not_exposed", named=entry.title)


async def _async_allowed(hass: HomeAssistant, entry: RetroStepConfigEntry, asked: Asked) -> bool:
    """Say whether who asks may read the walker; actions themselves ask for the right to control.

    A voice device that says no user is trusted with what is exposed to it, as Home Assistant does.
    """
    if asked.context.user_id is None or asked.question.acts:
        return True
    if (user := await hass.auth.async_get_user(asked.context.user_id)) is None:
        return False
    return async_may(hass, user, entry, POLICY_READ, key_of(asked.question))


async def _async_tell(hass: HomeAssistant, entry: RetroStepConfigEntry, asked: Asked, teller: Teller) -> str:
    """Tell what is asked."""
    coordinator = entry.runtime_data
    match asked.question:
        case Question.STEPS:
            return teller.steps(coordinator.data.today.counts.back)
        case Question.GOAL:
            return teller.goal(coordinator.goals.view)
        case Question.SITTING:
            return teller.sitting(coordinator.reminders.view)
        case _:
            summary = await _async_act(hass, entry, asked.context, ACTION_GET_SUMMARY)
            return teller.week(summary, coordinator.goals.view.days_met_this_week)


async def _async_do(hass: HomeAssistant, entry: RetroStepConfigEntry, asked: Asked) -> str:
    """Do what is asked for and say so; raises what the action raises."""
    book, act = asked.book, partial(_async_act, hass, entry, asked.context)
    if asked.question is Question.START:
        response = await act(ACTION_START_SESSION)
        if in_the_way := response.get("path", {}).get("in_the_way"):
            return book.say("started_waiting", reasons=", ".join(in_the_way))
        return book.say("started", time=book.time(response["expected_minutes"]))
    if asked.question in _STOPS:
        response = await act(ACTION_STOP_SESSION)
        return book.say("stopped", steps=book.amount("step", response["backward_steps"]))
    minutes = asked.minutes if asked.minutes and asked.minutes <= SNOOZE_MAX_MIN else None
    await act(ACTION_SNOOZE, {ATTR_MINUTES: minutes} if minutes else {}, answers=False)
    usual = entry.runtime_data.reminders.chosen.snooze.total_seconds() / 60
    return book.say("snoozed", time=book.time(minutes or usual))


async def _async_act(
    hass: HomeAssistant,
    entry: RetroStepConfigEntry,
    context: Context,
    action: str,
    data: Mapping[str, Any] | None = None,
    *,
    answers: bool = True,
) -> Any:
    """Have an action of ours done with the rights of who asks."""
    return await hass.services.async_call(
        DOMAIN,
        action,
        {ATTR_CONFIG_ENTRY_ID: entry.entry_id, **(data or {})},
        blocking=True,
        context=context,
        return_response=answers,
    )


async def _async_reason(hass: HomeAssistant, error: HomeAssistantError, book: Phrasebook) -> str:
    """Say why an action was refused, in the language that is spoken."""
    texts = await async_get_translations(hass, book.language, "exceptions", {DOMAIN})
    text = texts.get(f"component.{DOMAIN}.exceptions.{error.translation_key}.message")
    return text.format_map(error.translation_placeholders or {}) if text else str(error)
