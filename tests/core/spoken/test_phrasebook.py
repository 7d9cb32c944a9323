"""Tables of sentences and answers: every language has all of them, and writes amounts as it does."""

import re
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from custom_components.retrostep.core.spoken.phrasebook import language_of, names_of, read, spoken_name
from custom_components.retrostep.core.spoken.question import Question
from tools import ROOT

if TYPE_CHECKING:
    from custom_components.retrostep.core.spoken.phrasebook import Phrasebook

BOOKS = read()
ENGLISH = BOOKS["en"]

TRANSLATIONS = ROOT / "custom_components" / "retrostep" / "translations"
every_language = pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)


def test_every_language_of_the_integration_can_be_spoken() -> None:
    assert BOOKS.keys() == {path.stem for path in TRANSLATIONS.glob("*.json")}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@every_language
def test_a_language_has_the_answers_of_english_with_the_same_placeholders(book: Phrasebook) -> None:
    assert book.answers.keys() == ENGLISH.answers.keys()
    assert book.units.keys() == ENGLISH.units.keys()
    for key, text in book.answers.items():
        assert placeholders(text) == placeholders(ENGLISH.answers[key]), key
    for unit, forms in book.units.items():
        assert all(placeholders(form) == {"n"} for form in forms), unit


@every_language
@pytest.mark.parametrize("question", Question)
def test_everything_can_be_asked_in_every_language_also_by_name(book: Phrasebook, question: Question) -> None:
    own, named = book.sentences(question), book.sentences(question, "Ann Lee")
    assert own
    assert bool(named) == (question is not Question.STOP_NOW)
    assert all("Ann Lee" in sentence for sentence in named)
    for sentence in own + named:
        assert not re.search(r"[<>]", sentence), "a rule that is not there"
        for opening, closing in ("()", "[]", "{}"):
            assert sentence.count(opening) == sentence.count(closing), sentence


@pytest.mark.parametrize(
    ("language", "amounts"),
    [
        ("en", ["0 steps", "1 step", "1.5 steps", "2 steps", "12345 steps"]),
        ("de", ["0 Schritte", "1 Schritt", "1,5 Schritte", "2 Schritte", "12345 Schritte"]),
        ("es", ["0 pasos", "1 paso", "1,5 pasos", "2 pasos", "12345 pasos"]),
        ("nl", ["0 stappen", "1 stap", "1,5 stappen", "2 stappen", "12345 stappen"]),
        ("pt-BR", ["0 passo", "1 passo", "1,5 passo", "2 passos", "12345 passos"]),
        ("zh-Hans", ["0 步", "1 步", "1.5 步", "2 步", "12345 步"]),
    ],
)
def test_amounts_have_the_number_of_their_language(language: str, amounts: list[str]) -> None:
    book = BOOKS[language]
    assert [book.amount("step", value) for value in (0, 1, 1.5, 2, 12_345)] == amounts


def test_french_counts_nothing_and_one_and_a_half_as_one() -> None:
    assert [BOOKS["fr"].amount("minute", value) for value in (0, 1.5, 2)] == [
        "0 minute",
        "1,5 minute",
        "2 minutes",
    ]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (59.9, "59 minutes"),
        (60, "1 hour"),
        (61, "1 hour and 1 minute"),
        (125, "2 hours and 5 minutes"),
    ],
)
def test_a_time_is_told_in_hours_and_minutes(minutes: float, said: str) -> None:
    assert ENGLISH.time(minutes) == said


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en-GB", "en"),
        ("de-CH", "de"),
        ("pt", "pt-BR"),
        ("pt-PT", "pt-BR"),
        ("zh-CN", "zh-Hans"),
        ("it", "en"),
        ("", "en"),
    ],
)
def test_a_language_that_is_not_there_is_spoken_as_its_nearest_else_in_english(
    tag: str, language: str
) -> None:
    assert language_of(tag, BOOKS).language == language


def test_a_name_is_no_syntax() -> None:
    assert spoken_name("Ann [x] (or|not) {y} <z>") == "Ann x or not y z"
    assert spoken_name("St. John O\u2019Neil-Smith") == "St John O'Neil-Smith"
    assert spoken_name("☺") == ""
    assert ENGLISH.sentences(Question.STEPS, "☺") == []


def test_walkers_are_called_by_their_name_and_a_first_name_that_is_clear() -> None:
    assert names_of({"a": "Ann Lee", "b": "Bob", "c": "Kim Lee", "d": "Kim Berg"}) == {
        "ann lee": ["a"],
        "ann": ["a"],
        "bob": ["b"],
        "kim lee": ["c"],
        "kim berg": ["d"],
    }
    assert names_of({"a": "Ann", "b": "Ann"}) == {"ann": ["a", "b"]}
    # Somebody's whole name is nobody else's first name.
    assert names_of({"a": "Ann", "b": "Ann Lee"})["ann"] == ["a"]
