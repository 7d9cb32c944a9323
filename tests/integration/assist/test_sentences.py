"""What is said to Assist, as people say it, is answered with what the states say."""

from typing import TYPE_CHECKING

import pytest

from ..desk import Desk
from ..guided_sessions import read_safety_notes
from ..helpers import STEPS_TODAY, MakeWalker, attributes, state
from .house import expose, say, set_up_assist
from .said import SAID

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant

SITTING_TIME = "sensor.ann_sitting_time"
PROGRESS = "sensor.ann_daily_goal_progress"


def said(what: str) -> pytest.MarkDecorator:
    """Run a test for each way to ask something, in each language."""
    ways = [(language, sentence) for language, all_of in SAID[what].items() for sentence in all_of]
    return pytest.mark.parametrize(("language", "sentence"), ways, ids=lambda value: value)


def test_there_are_twenty_sentences_of_each_language() -> None:
    for language in ("en", "de"):
        assert sum(len(ways[language]) for ways in SAID.values()) >= 20


@pytest.fixture
async def ann(hass: HomeAssistant, desk: Desk, make_walker: MakeWalker) -> Desk:
    """Ann, exposed to Assist, who walked 124 steps backward and has been sitting for an hour."""
    await desk.begin(make_walker, threshold_min=90, snooze_min=10)
    await set_up_assist(hass)
    expose(hass, "ann")
    await desk.walk(back=124, back_dm=620, back_s=90)
    await desk.sit(2)
    read_safety_notes(hass)
    return desk


@pytest.mark.usefixtures("ann")
@said("steps")
async def test_the_steps_of_today_are_those_of_the_sensor(
    hass: HomeAssistant, language: str, sentence: str
) -> None:
    steps = state(hass, STEPS_TODAY)
    assert steps == "124"
    expected = {
        "en": f"You've walked {steps} steps backward today.",
        "de": f"Du bist heute {steps} Schritte rückwärts gegangen.",
    }
    assert await say(hass, sentence, language) == expected[language]


@pytest.mark.usefixtures("ann")
@said("goal")
async def test_the_way_to_the_goal_is_that_of_the_sensor(
    hass: HomeAssistant, language: str, sentence: str
) -> None:
    shown = attributes(hass, PROGRESS)
    assert (shown["unit"], shown["remaining"], shown["goal"]) == ("min", 1.5, 3)
    expected = {
        "en": "You have 1.5 minutes to go. Today's goal is 3 minutes.",
        "de": "Noch 1,5 Minuten bis zum Ziel. Dein Tagesziel: 3 Minuten.",
    }
    assert await say(hass, sentence, language) == expected[language]


@said("sitting")
async def test_the_time_sat_is_that_of_the_sensor(
    hass: HomeAssistant, ann: Desk, language: str, sentence: str
) -> None:
    await ann.sit(63.2)
    minutes = int(float(state(hass, SITTING_TIME)))
    # The sensor moves in steps of five minutes.
    assert minutes == 65
    answer = await say(hass, sentence, language)
    start = {"en": "You've been sitting for 1 hour and ", "de": "Du sitzt seit 1 Stunde und "}[language]
    end = {"en": " minutes.", "de": " Minuten."}[language]
    assert answer
    assert answer.startswith(start)
    assert answer.endswith(end)
    assert 0 <= 60 + int(answer.removeprefix(start).removesuffix(end)) - minutes < 5


@pytest.mark.usefixtures("ann")
@said("week")
async def test_the_week_is_that_of_the_summary(hass: HomeAssistant, language: str, sentence: str) -> None:
    summary = await hass.services.async_call(
        "retrostep", "get_summary", {}, blocking=True, return_response=True
    )
    assert summary
    week = summary["this_week"]
    assert isinstance(week, dict)
    assert (week["backward_steps"], week["backward_m"], week["sessions"]) == (124, 62.0, 0)
    expected = {
        "en": "You've walked 124 steps backward this week, covering 62 meters in 0 sessions. "
        "Goal reached on 0 days.",
        "de": "Du bist diese Woche 124 Schritte rückwärts gegangen: 62 Meter in 0 Runden. "
        "Ziel an 0 Tagen erreicht.",
    }
    assert await say(hass, sentence, language) == expected[language]


@said("start")
async def test_a_session_starts(hass: HomeAssistant, ann: Desk, language: str, sentence: str) -> None:
    answer = await say(hass, sentence, language)
    assert answer
    assert answer.startswith(
        {"en": "Starting the backward walk", "de": "Das Rückwärtsgehen beginnt"}[language]
    )
    assert state(hass, "sensor.ann_guided_session_stage") != "idle"


@said("stop")
async def test_a_session_stops(hass: HomeAssistant, ann: Desk, language: str, sentence: str) -> None:
    await say(hass, "Start my backward walk")
    await ann.walk(back=24, back_dm=120, back_s=20)
    answer = await say(hass, sentence, language)
    assert (
        answer
        == {"en": "Stopped after 24 steps backward.", "de": "Beendet. Rückwärts: 24 Schritte."}[language]
    )
    assert state(hass, "sensor.ann_guided_session_stage") == "idle"


@said("snooze")
async def test_the_reminder_is_snoozed(hass: HomeAssistant, ann: Desk, language: str, sentence: str) -> None:
    answer = await say(hass, sentence, language)
    minutes = 20 if "20" in sentence else 10
    assert (
        answer
        == {
            "en": f"No reminders for {minutes} minutes.",
            "de": f"Nächste Erinnerung frühestens in {minutes} Minuten.",
        }[language]
    )
    assert ann.happened == ["snoozed"]
