"""Each medical sentence links the source it rests on, and each source says whom it studied."""

import json
import re
from typing import TYPE_CHECKING, Final

import pytest

from .pages import ROOT, page_name, prose, table
from .test_wording import PAGES, STRINGS, texts

if TYPE_CHECKING:
    from pathlib import Path

SOURCES: Final = ROOT / "docs" / "sources.md"
# What a sentence says that rests on what somebody else measured or advised.
CLAIM: Final = re.compile(
    r"\b(?:stud(?:y|ies)\b|published|MET\b|compendium|oxygen|fall risk|risk of (?:falling|injury)|had fallen"
    r"|glucose|blood pressure|osteoarthritis|stroke\b|cerebral palsy|parkinson|sclerosis"
    r"|WHO \(|antidote|common mistake|five times two|sessions of two|stretch(?:es)? your hips"
    r"|by about a fifth|measured speed|[Aa]nton\b|[Cc]ullinan|[Ss]tosh|AUC|sensitivity \()",
)
# A claim of another kind: what a pod's flash holds, and that no source speaks of RetroStep.
OTHER: Final = re.compile(
    r"none of them used RetroStep|These figures come from|published (?:firmware|release)"
)
TO_A_SOURCE: Final = re.compile(r"sources\.md#[\w-]+")


def sentences(page: Path) -> list[str]:
    """Give the sentences, items and table rows of a page on one line each."""
    found: list[str] = []
    for block in re.split(r"\n\s*\n|\n(?=\s*[-*|] |\s*\d+\. |#)", prose(page)):
        line = " ".join(block.split())
        found += [line] if line.startswith("|") else re.split(r"(?<=[.!?:])(?:\*\*)? +(?=[*\[]*[A-Z])", line)
    return found


def entries() -> dict[str, str]:
    """Give what is said under each source, by its anchor."""
    parts = re.split(r"^### +(.+)$", prose(SOURCES).split("## Texts of the app")[0], flags=re.MULTILINE)
    anchors = (re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in parts[1::2])
    return dict(zip(anchors, parts[2::2], strict=True))


@pytest.mark.parametrize("page", [page for page in PAGES if page != SOURCES], ids=page_name)
def test_a_medical_sentence_links_its_source(page: Path) -> None:
    claims = [line for line in sentences(page) if CLAIM.search(line) and not OTHER.search(line)]
    assert [line for line in claims if not TO_A_SOURCE.search(line)] == []


def test_the_rule_finds_claims_and_leaves_the_rest() -> None:
    assert CLAIM.search("In one study, people fell less.")
    assert CLAIM.search("5.5 s, with an AUC of 0.655")
    assert not CLAIM.search("Rest when something hurts.")
    assert not CLAIM.search("Backward strides count two steps each.")


def test_every_source_is_cited_by_a_page() -> None:
    cited = {link.split("#")[1] for page in PAGES for link in TO_A_SOURCE.findall(page.read_text("utf-8"))}
    assert cited == entries().keys()


def test_every_source_says_who_what_and_what_was_found() -> None:
    for anchor, text in entries().items():
        assert all(f"- **{word}**: " in text for word in ("Who", "Compared", "Found")), anchor


def test_a_limit_is_given_with_its_study_sensitivity_and_specificity() -> None:
    for page in PAGES:
        for line in sentences(page):
            if re.search(r"\bbest limit\b", line, re.IGNORECASE):
                assert "ensitivity" in line, line
                assert "pecificity" in line, line
                assert "AUC" in line or page == SOURCES, line


def test_what_the_app_says_with_a_source_stands_among_the_sources() -> None:
    said = {text for path in STRINGS for text in texts(json.loads(path.read_text("utf-8")))}
    listed = {row[0]: row[1] for row in table(SOURCES, "text")}
    assert {text for text in said if CLAIM.search(text)} <= listed.keys() <= said
    for source in listed.values():
        anchors = set(re.findall(r"\(#([\w-]+)\)", source))
        assert anchors, source
        assert anchors <= entries().keys(), source
