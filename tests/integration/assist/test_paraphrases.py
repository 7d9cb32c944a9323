"""What no page shows is understood too, and what is not ours is left to others."""

from typing import TYPE_CHECKING

import pytest

from .house import heard, say, set_up_assist
from .paraphrases import NAMED, NOT_OURS, OWN

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from custom_components.retrostep.assist.answering import Asked

    from ..fake_pod import FakePod


@pytest.fixture(autouse=True)
async def session(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, walker: MockConfigEntry, pod: FakePod
) -> None:
    """Ann walks in a guided session, so that a bare "stop" is ours; nothing is done, only noted."""
    await set_up_assist(hass)
    sessions = walker.runtime_data.guided_sessions
    sessions.async_confirm_safety()
    sessions.async_start_session()
    await hass.async_block_till_done()


@pytest.mark.parametrize("language", OWN)
async def test_other_words_are_understood_as_one_question(
    hass: HomeAssistant, understood: list[Asked], language: str
) -> None:
    for question, sentences in OWN[language].items():
        for sentence in sentences:
            understood.clear()
            assert await say(hass, sentence, language) == "noted", sentence
            assert [(str(asked.question), asked.named) for asked in understood] == [(question, ())], sentence
            assert understood[0].book.language == language


async def test_other_words_for_somebody_by_name_are_understood(
    hass: HomeAssistant, understood: list[Asked], walker: MockConfigEntry
) -> None:
    for language, question, sentence in NAMED:
        understood.clear()
        assert await say(hass, sentence, language) == "noted", sentence
        found = [(str(asked.question), asked.named) for asked in understood]
        assert found == [(question, (walker.entry_id,))], sentence


@pytest.mark.parametrize("language", ["en", "de", *OWN])
async def test_what_is_said_to_the_house_is_left_to_the_house(
    hass: HomeAssistant, understood: list[Asked], language: str
) -> None:
    for sentence in NOT_OURS:
        await heard(hass, sentence, language)
        assert not understood, sentence
