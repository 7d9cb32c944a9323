"""What people say to Assist, in English and in German, by what they ask."""

from collections.abc import Mapping, Sequence
from typing import Final

SAID: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "steps": {
        "en": (
            "How many backward steps today?",
            "Can you tell me how many steps I've taken backwards so far today",
            "What's my backward step count?",
            "how many backward steps did I walk already today please",
        ),
        "de": (
            "Wie viele Schritte bin ich heute rückwärts gegangen?",
            "Wie viele Rückwärtsschritte habe ich heute schon gemacht?",
            "Sag mir bitte, wie viele Schritte ich heute rückwärts gegangen bin",
            "Wie viele Schritte rückwärts waren es heute?",
        ),
    },
    "goal": {
        "en": (
            "How far to my goal?",
            "How many more steps do I need to reach my daily goal?",
            "How much is left until my goal?",
            "What's left of my goal today",
        ),
        "de": (
            "Wie weit ist es noch bis zu meinem Ziel?",
            "Wie viele Schritte fehlen mir noch bis zum Tagesziel?",
            "Wie weit bin ich noch von meinem Ziel entfernt?",
            "Was fehlt mir heute noch zum Ziel?",
        ),
    },
    "sitting": {
        "en": (
            "How long have I been sitting?",
            "Hey, since when am I sitting?",
            "How much time have I spent sitting down now?",
            "tell me how long I've been sitting without a break",
        ),
        "de": (
            "Wie lange sitze ich schon?",
            "Seit wann sitze ich hier?",
            "Weißt du, wie lange ich schon sitze?",
            "Wie lange habe ich jetzt am Stück gesessen?",
        ),
    },
    "week": {
        "en": (
            "How was my week?",
            "How many steps have I walked backward this week?",
            "Give me my weekly summary",
            "How am I doing this week?",
        ),
        "de": (
            "Wie war meine Woche?",
            "Wie viele Schritte bin ich diese Woche rückwärts gegangen?",
            "Fass meine Woche zusammen",
            "Wie läuft die Woche bei mir bisher?",
        ),
    },
    "start": {
        "en": ("Start my backward walk", "Let's begin a guided session", "I'd like to walk backward now"),
        "de": (
            "Starte mein Rückwärtsgehen",
            "Ich möchte jetzt rückwärts gehen",
            "Fang mit dem Rückwärtsgehen an",
        ),
    },
    "stop": {
        "en": ("Stop", "Stop my backward walk", "That's enough", "Please finish the guided session"),
        "de": ("Stopp", "Beende das Rückwärtsgehen", "Hör auf", "Brich die geführte Runde ab"),
    },
    "snooze": {
        "en": ("Snooze the reminder", "Snooze my reminder for 20 minutes", "Don't remind me to get up now"),
        "de": (
            "Verschiebe die Erinnerung",
            "Verschiebe meine Erinnerung um 20 Minuten",
            "Erinnere mich später ans Aufstehen",
        ),
    },
}
