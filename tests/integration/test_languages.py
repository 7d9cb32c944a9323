"""Every language says what English says, with the same placeholders."""

import json
import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

TEXTS = Path(__file__).parents[2] / "custom_components" / "retrostep" / "translations"
TITLE_CHARACTERS_MAX = 40
NAME_CHARACTERS_MAX = 36
NUMBER_CHARACTERS_MAX = 20
LANGUAGES = sorted(file.stem for file in TEXTS.glob("*.json") if file.stem != "en")


def texts(language: str) -> dict[str, str]:
    """Give the texts of a language by the path of their keys."""
    found: dict[str, str] = {}

    def walk(node: Any, path: str) -> None:
        if isinstance(node, str):
            found[path] = node
            return
        for key, child in node.items():
            walk(child, f"{path}.{key}")

    walk(json.loads((TEXTS / f"{language}.json").read_text(encoding="utf-8")), "")
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_exactly_the_texts_of_english(language: str) -> None:
    assert texts(language).keys() == texts("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_fills_in_what_english_fills_in(language: str) -> None:
    english = texts("en")
    other = {
        path: text
        for path, text in texts(language).items()
        if placeholders(text) != placeholders(english.get(path, ""))
    }
    assert not other


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_holds_markup_or_an_address(language: str) -> None:
    wrong = {p: t for p, t in texts(language).items() if not t.strip() or "<" in t or "://" in t}
    assert not wrong


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_title_of_an_issue_fits_into_one_line_of_its_dialogue(language: str) -> None:
    """Home Assistant writes the severity over a second line."""
    found = {
        path: text for path, text in texts(language).items() if re.fullmatch(r"\.issues\.\w+\.title", path)
    }
    titles = [text.format(pod="Left shoe", walker="Ann") for text in found.values()]

    assert titles
    assert [title for title in titles if len(title) > TITLE_CHARACTERS_MAX] == []


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_names_of_entities_fit_into_the_rows_of_a_phone(language: str) -> None:
    names = {p: t for p, t in texts(language).items() if re.fullmatch(r"\.entity\.\w+\.\w+\.name", p)}
    # Beside a number is the field to type it.
    beside_a_field = {path: name for path, name in names.items() if path.startswith(".entity.number.")}

    assert beside_a_field
    assert [name for name in names.values() if len(name) > NAME_CHARACTERS_MAX] == []
    assert [name for name in beside_a_field.values() if len(name) > NUMBER_CHARACTERS_MAX] == []
