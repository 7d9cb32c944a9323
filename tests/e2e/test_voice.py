"""A real Home Assistant is asked by voice, in two languages, and answers what its states say."""

from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.assist.said import SAID
from tools.stage import demo, home_assistant, house
from tools.stage.client import Client
from tools.stage.home_assistant import HomeAssistant

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.timeout(300)

STEPS = 124
# Ours only while a guided session goes on.
BARE = {"Stop", "That's enough", "Stopp", "Hör auf"}
# What a house without a pod says where one is needed, and what it can't know.
ELSE = {
    "en": {
        "sitting": "I can't tell, because no pod is being worn.",
        "start": "{walker} has no step pod yet. Add one to start a session.",
        "stop": "{walker} has no guided session running.",
    },
    "de": {
        "sitting": "Das weiß ich nicht, weil gerade kein Pod getragen wird.",
        "start": "{walker} hat noch keinen Schritt-Pod. Füge einen hinzu, um eine Runde zu starten.",
        "stop": "Für {walker} läuft keine geführte Runde.",
    },
}


async def ask(client: Client, sentence: str, language: str) -> str:
    """Say a sentence as the signed-in person; gives the answer."""
    answer = await client.call(
        "call_service",
        domain="conversation",
        service="process",
        service_data={"text": sentence, "language": language},
        return_response=True,
    )
    speech: str = answer["response"]["response"]["speech"]["plain"]["speech"]
    return speech


def expected(states: dict[str, Any], slug: str, walker: str) -> dict[str, dict[str, str]]:
    """Give the answers by language and question, put together from the states."""
    steps = states[f"sensor.{slug}_backward_steps_today"]["state"]
    assert steps == str(STEPS)
    goal = states[f"sensor.{slug}_daily_goal_progress"]["attributes"]
    assert goal["kind"] == "minutes"
    left, whole = f"{round(goal['remaining'], 1):g}", f"{goal['goal']:g}"
    left_de = left.replace(".", ",")
    told = {
        "en": {
            "steps": f"You've walked {steps} steps backward today.",
            "goal": f"You have {left} minutes to go. Today's goal is {whole} minutes.",
            "week": f"You've walked {steps} steps backward this week, covering 62 meters in 0 sessions. "
            "Goal reached on 0 days.",
            "snooze": "No reminders for",
        },
        "de": {
            "steps": f"Du bist heute {steps} Schritte rückwärts gegangen.",
            "goal": f"Noch {left_de} Minuten bis zum Ziel. Dein Tagesziel: {whole} Minuten.",
            "week": f"Du bist diese Woche {steps} Schritte rückwärts gegangen: 62 Meter in 0 Runden. "
            "Ziel an 0 Tagen erreicht.",
            "snooze": "Nächste Erinnerung frühestens in",
        },
    }
    for language, others in ELSE.items():
        told[language] |= {question: text.format(walker=walker) for question, text in others.items()}
    return told


async def test_a_person_asks_in_english_and_german_and_hears_what_the_states_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The walker is the signed-in person, who added a walk by hand; a bare "stop" is not ours here."""
    monkeypatch.setattr(
        home_assistant,
        "CONFIGURATION",
        f"{home_assistant.CONFIGURATION}conversation:\nassist_pipeline:\n",
    )
    zone = demo.noon_zone(datetime.now(UTC))
    home = HomeAssistant(tmp_path / "home-assistant", time_zone=zone)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(home)
        client = await stack.enter_async_context(Client(home.url))
        await client.sign_up(zone)
        person = house.person_of_the_owner(await client.states())
        made = await client.flow("retrostep", {"person": person})
        slug, entry_id = house.slug_of(await client.states()), made["result"]["entry_id"]
        assert await ask(client, "How many backward steps today?", "en") == (
            f"Sorry, {made['title']}'s backward walking isn't exposed to Assist. You can expose it in "
            "Home Assistant's settings under Voice assistants."
        )
        await client.call(
            "homeassistant/expose_entity",
            assistants=["conversation"],
            entity_ids=[f"sensor.{slug}_backward_steps_today", f"sensor.{slug}_sitting_time"],
            should_expose=True,
        )
        engine = {"stt_engine": None, "stt_language": None, "tts_engine": None, "tts_language": None}
        await client.call(
            "assist_pipeline/pipeline/create",
            conversation_engine="conversation.home_assistant",
            conversation_language="de",
            language="de",
            name="Deutsch",
            tts_voice=None,
            wake_word_entity=None,
            wake_word_id=None,
            **engine,
        )
        # Languages of voice assistants are looked at when a walker is set up.
        await client.rest("POST", f"/api/config/config_entries/entry/{entry_id}/reload")
        earlier = (datetime.now(UTC) - timedelta(minutes=5)).isoformat()
        walk = {"start": earlier, "minutes": 1.5, "backward_steps": STEPS, "backward_metres": 62}
        await client.act("retrostep", "add_walk", **walk)
        told = expected(await client.states(), slug, made["title"])
        heard = 0
        for question, ways in SAID.items():
            for language, sentences in ways.items():
                for sentence in sentences:
                    answer = await ask(client, sentence, language)
                    if sentence in BARE:
                        assert answer not in told[language].values(), sentence
                        continue
                    assert answer.startswith(told[language][question]), sentence
                    heard += 1
        assert heard >= 40
