"""English that people read is plain: phrases that gave a translation away stay out."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from .pages import ROOT, page_name, prose

# Each with the word to write instead.
PHRASES = {
    r"\banew\b": "again, over",
    r"to and fro": "back and forth",
    r"\bfor ever\b": "without limit",
    r"\bof (?:my|your|their) own\b": "custom, separate",
    r"by (?:itself|themselves)\b": "automatically",
    r"\bpods? (?:tells?|told|knows|knew|forgets|forgot|minds?|wants?)\b": "reports, stores, lost, needs",
    r"wants to be charged": "needs charging",
    r"\bhas forgotten\b": "lost",
    r"\b(?:is|are) told\b": "gets a notification",
    r"reminder (?:that )?is out\b": "is active",
    r"\breminders rest\b": "are paused",
    r"\b(?:in|into|out of) reach\b": "in range, within range, out of range",
    r"\bleft out\b|\bleave (?:it )?out\b": "empty, hide",
    r"\bholds if\b": "used only with",
    r"asks? for nothing|nothing is asked for": "no goal",
    r"what to mind": "safety notes",
    r"good work|enjoy a few": "a reminder never praises sitting",
    r"\bnot here any more\b|\bany more\b": "no longer",
    r"\bsomebody looks on\b": "have someone with you",
    r"put it right|puts? right": "correct",
    r"(?:^|[.:] )who (?:comes|walks|only|would rather)\b(?!\?)": "if you",
    r"\bsomebody who\b": "someone who, you",
    r"\bwhoever\b": "if you",
    r"\b(?:that|this) is meant\b": "this is how it works",
    r"\bnobody walks here\b": "no walkers yet",
    r"\bbecame sedentary\b|\bis sedentary\b": "sitting too long",
    r"\bin the meantime\b": "meanwhile",
    r"\bmetres?\b|\bcolours?\b|\bprogrammes?\b": "American spelling",
    r"\bswitch(?:es|ed)? (?:on|off)\b": "turn on, turn off",
}
# A key of an action or an option, not a word: in backquotes, or in a list of keys.
KEYS = re.compile(r"`[^`]*`|\b(?:minutes, seconds|seconds, steps), (?:steps, )?or metres\b")
# Written for people who use RetroStep; what developers read is not hunted.
OF_DEVELOPERS = {"docs/how-it-works.md", "docs/architecture.md", "docs/accuracy.md", "docs/security.md"}
PAGES = [
    path
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    if page_name(path) not in OF_DEVELOPERS
]
STRINGS = [
    ROOT / "custom_components" / "retrostep" / "translations" / "en.json",
    ROOT / "frontend" / "src" / "translations" / "en.json",
]
OTHERS = [
    *sorted((ROOT / "blueprints").rglob("*.yaml")),
    ROOT / "static" / "index.html",
    ROOT / "static" / "boards.json",
]


def texts(node: Any) -> list[str]:
    """Give all texts of a file of translations."""
    return [node] if isinstance(node, str) else [text for child in node.values() for text in texts(child)]


def read(path: Path) -> str:
    """Give what people read of a file."""
    if path in STRINGS:
        return "\n".join(texts(json.loads(path.read_text(encoding="utf-8"))))
    if path.suffix == ".md":
        return re.sub(r"\]\([^)]*\)", "]", prose(path))
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("#"))


def found_in(text: str) -> dict[str, str]:
    """Give the phrases in a text and what to write instead."""
    plain = " ".join(KEYS.sub("", text).split())
    found = {}
    for phrase, instead in PHRASES.items():
        for hit in re.finditer(phrase, plain, re.IGNORECASE):
            found[plain[max(0, hit.start() - 30) : hit.end() + 30]] = instead
    return found


@pytest.mark.parametrize("path", [*STRINGS, *PAGES, *OTHERS], ids=page_name)
def test_no_phrase_gives_a_translation_away(path: Path) -> None:
    assert found_in(read(path)) == {}


def test_a_phrase_is_found_over_the_end_of_a_line_and_a_key_is_none() -> None:
    assert found_in("The pod\nknows it by\n  itself.").keys() == {"The pod knows it by itself."}
    assert found_in("Enter `metres`, or minutes, seconds, steps, or metres.") == {}


def test_reminders_name_the_sitting_and_never_praise_it() -> None:
    common = json.loads(STRINGS[0].read_text(encoding="utf-8"))["common"]
    reminders = {key: text for key, text in common.items() if re.fullmatch(r"reminder_(again_)?\d", key)}
    assert len(reminders) >= 10
    for key, text in reminders.items():
        assert re.search(r"sitting|No steps|ago", text), key
        assert not re.search(r"good|great|well done|bravo", text, re.IGNORECASE), key
