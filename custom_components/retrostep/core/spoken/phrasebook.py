"""The sentences and answers of one language, read from the table beside this file."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from pathlib import Path
from typing import Any, Final

from .question import Question

USUAL: Final = "en"
_TABLES: Final = Path(__file__).parent
_RULE: Final = re.compile(r"<(\w+)>")
# What would be syntax in a template, or punctuation that a recognizer takes out of what it heard.
_NOT_IN_A_NAME: Final = re.compile(r"[^\w\s'.-]")
# French and Brazilian Portuguese count nothing and one and a half as singular.
_SINGULAR_BELOW_2: Final = {"fr", "pt-BR"}
_RULES_DEEP: Final = 5
NAME_RULE: Final = "name"


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """One language; made by `read`."""

    language: str
    rules: Mapping[str, str]
    before: str
    after: str
    asked: Mapping[str, Mapping[str, Sequence[str]]]
    units: Mapping[str, Sequence[str]]
    decimal_mark: str
    answers: Mapping[str, str]

    # Sentences

    def sentences(self, question: Question, name: str | None = None) -> list[str]:
        """Give templates of what asks this, in hassil's syntax: for the one who speaks, or somebody by name.

        `{minutes}` in one stands for anything. Empty for a name that can't be said.
        """
        templates = self.asked[question]["own" if name is None else "named"]
        rules = dict(self.rules)
        if name is not None:
            if not (said := spoken_name(name)):
                return []
            rules[NAME_RULE] = said
        if question is not Question.STOP_NOW:
            templates = [f"{self.before}{template}{self.after}" for template in templates]
        return [_expanded(template, rules) for template in templates]

    # Answers

    def say(self, key: str, *, named: str | None = None, **said: str) -> str:
        """Write an answer; `named` speaks of somebody by name where the language tells that apart."""
        if named is not None and (text := self.answers.get(f"{key}_named")) is not None:
            return text.format(walker=named, **said)
        return self.answers[key].format(walker=named or "", **said)

    def amount(self, unit: str, value: float) -> str:
        """Write an amount with its unit: at most one decimal, in the singular where the language has one."""
        shown = round(value, 1)
        number = f"{shown:g}" if shown < 1e5 else f"{shown:.0f}"
        forms = self.units[unit]
        is_one = 0 <= shown < 2 if self.language in _SINGULAR_BELOW_2 else shown == 1
        return forms[0 if is_one else -1].format(n=number.replace(".", self.decimal_mark))

    def time(self, minutes: float) -> str:
        """Write a time in hours and whole minutes."""
        hours, left = divmod(floor(minutes), 60)
        if not hours:
            return self.amount("minute", left)
        if not left:
            return self.amount("hour", hours)
        return self.say(
            "hours_and_minutes", hours=self.amount("hour", hours), minutes=self.amount("minute", left)
        )


def _expanded(template: str, rules: Mapping[str, str]) -> str:
    """Put rules in; they may use others."""
    for _ in range(_RULES_DEEP):
        template = _RULE.sub(lambda match: f"({rules[match[1]]})", template)
    return template


def spoken_name(name: str) -> str:
    """Give a name as a part of a template that matches it as it is said; empty if there is no such."""
    return " ".join(word.strip(".") for word in _NOT_IN_A_NAME.sub(" ", name.replace("\u2019", "'")).split())


def names_of(names: Mapping[str, str]) -> dict[str, list[str]]:
    """Give how walkers are called, and who is meant: by the whole name and, if it is clear, the first one.

    `names` are whole names by any id; the answer lists ids by a name, several for one that they share.
    """
    called: dict[str, list[str]] = {}
    for one, name in names.items():
        called.setdefault(spoken_name(name).casefold(), []).append(one)
    first: dict[str, list[str]] = {}
    for one, name in names.items():
        words = spoken_name(name).casefold().split()
        if len(words) > 1:
            first.setdefault(words[0], []).append(one)
    called |= {name: ids for name, ids in first.items() if name not in called and len(ids) == 1}
    called.pop("", None)
    return called


def language_of(asked: str, known: Mapping[str, Phrasebook]) -> Phrasebook:
    """Give the phrasebook for a language tag: the same, one of the same language, else English."""
    if asked in known:
        return known[asked]
    main = asked.partition("-")[0].casefold()
    return next((book for tag, book in known.items() if tag.partition("-")[0] == main), known[USUAL])


def read() -> dict[str, Phrasebook]:
    """Read the phrasebooks of all languages from disk, by language tag."""
    return {path.stem: _read(path) for path in sorted(_TABLES.glob("*.json"))}


def _read(path: Path) -> Phrasebook:
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Phrasebook(language=path.stem, **table)
