"""Every sentence that the page on voice shows is understood as what it stands for."""

import re
from typing import TYPE_CHECKING

from custom_components.retrostep.core.spoken.question import Question
from tests.docs.pages import ROOT

from ..guided_sessions import press
from ..helpers import reach, settle
from .house import expose, say, set_up_assist

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from custom_components.retrostep.assist.answering import Asked

    from ..fake_pod import FakePod

PAGE = (ROOT / "docs" / "voice.md").read_text(encoding="utf-8")
LANGUAGES = {
    "English": "en",
    "Deutsch": "de",
    "Español": "es",
    "Français": "fr",
    "Nederlands": "nl",
    "Português": "pt-BR",
    "中文": "zh-Hans",
}
IN_ORDER = [question for question in Question if question is not Question.STOP_NOW]
ITALICS = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")


def documented() -> dict[str, list[str]]:
    """Give the sentences of each language, in the order of what they ask."""
    section = PAGE.partition("## Sentences\n")[2].partition("\n## ")[0]
    table = [line.split(" | ")[1] for line in section.splitlines() if line.startswith("| ") and "*" in line]
    found = {"English": [sentence for cell in table for sentence in ITALICS.findall(cell)]}
    for paragraph in section.split("\n\n"):
        if match := re.match(r"\*\*(\S+)\*\*: ", paragraph):
            found[match[1]] = ITALICS.findall(paragraph[match.end() :].replace("\n", " "))
    return found


async def test_each_sentence_of_the_page_is_understood(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, understood: list[Asked]
) -> None:
    await set_up_assist(hass)
    sentences = documented()
    assert sentences.keys() == LANGUAGES.keys()
    for language, said in sentences.items():
        assert len(said) == len(IN_ORDER), language
        for question, sentence in zip(IN_ORDER, said, strict=True):
            understood.clear()
            assert await say(hass, sentence, LANGUAGES[language]) == "noted", sentence
            assert [asked.question for asked in understood] == [question], sentence
            assert (understood[0].minutes == 20) == (question is Question.SNOOZE), sentence
    assert await say(hass, "Snooze the reminder") == "noted"
    assert understood[-1].minutes is None
    assert await say(hass, "How many backward steps has Ann walked today?") == "noted"
    assert understood[-1].named == (walker.entry_id,)


async def test_stop_alone_is_enough_while_a_session_is_running(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await reach(hass, pod)
    await set_up_assist(hass)
    expose(hass, "ann")
    assert await say(hass, "Stop") is None
    await press(hass, "start_session")
    assert "Stopped" in str(await say(hass, "Stop"))
    await settle(hass)


def test_the_page_says_what_must_be_exposed() -> None:
    for name in ("*Backward steps today*", "*Sitting time*"):
        assert name in PAGE
