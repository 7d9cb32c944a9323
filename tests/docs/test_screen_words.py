"""Ways through Home Assistant's pages are told with the words that stand there."""

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hass_frontend
import pytest

from .pages import PAGES, ROOT, page_name, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

# Words of pages that neither Home Assistant's frontend nor the integration knows.
OF_OTHERS = {"ESPHome", "RetroStep", "HACS", "Custom repositories", "\u22ee"}


def told(texts: dict[str, Any]) -> Iterator[str]:
    """Give all texts of a file of translations."""
    for value in texts.values():
        if isinstance(value, dict):
            yield from told(value)
        elif isinstance(value, str):
            yield value


@cache
def words() -> set[str]:
    """Give the English texts of Home Assistant's pages and of the integration."""
    files = [
        *Path(hass_frontend.where()).glob("static/translations/**/en-[0-9a-f]*.json"),
        *(ROOT / "custom_components" / "retrostep" / "translations").glob("en.json"),
    ]
    assert len(files) > 2
    return {text for file in files for text in told(json.loads(file.read_text(encoding="utf-8")))}


def ways(page: Path) -> list[str]:
    """Give the ways a page tells: italics with an arrow."""
    text = re.sub(r"\s*\n\s*", " ", prose(page))
    return [way for way in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", text) if "\u2192" in way]


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_each_step_of_a_way_stands_on_the_screen(page: Path) -> None:
    for way in ways(page):
        for step in way.split(" \u2192 "):
            assert step in words() | OF_OTHERS, f"{page_name(page)}: {step}"


def test_messages_that_trouble_is_looked_up_by_are_ours() -> None:
    page = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    texts = set(told(json.loads((ROOT / "frontend/src/translations/en.json").read_text(encoding="utf-8"))))
    known = "\n".join(texts | words())
    quoted = re.findall(r'"([^"]+)"', page)
    assert quoted
    for message in quoted:
        for part in message.split("\u2026"):
            assert part.strip() in known or message.startswith("Custom element"), message


def test_ways_are_found() -> None:
    assert sum(len(ways(page)) for page in PAGES) > 10
