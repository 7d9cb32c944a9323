"""The pages about the house name rooms that are there, and every room."""

import re
from typing import TYPE_CHECKING

import pytest

from .pages import ROOT, prose

if TYPE_CHECKING:
    from pathlib import Path

DOCS = ROOT / "docs"
ARCHITECTURE = DOCS / "architecture.md"
INTEGRATION = ROOT / "custom_components" / "retrostep"
COMPONENTS = ROOT / "esphome" / "components"
# Where a name may begin that does not begin at the root of the project.
PLACES = (
    ROOT,
    INTEGRATION,
    INTEGRATION / "core",
    COMPONENTS,
    COMPONENTS / "retrostep",
    ROOT / "frontend" / "src",
)
IS_PATH = re.compile(r"[\w./*]*(?:/|\.py|\.h|\.cpp|\.ts|\.\*|_\*|[a-z]\*)")


def paths(text: str) -> list[str]:
    """Give the words of a text that name files or folders."""
    return [word for word in re.findall(r"[`>]([^`<>\s]+)[`<]", text) if IS_PATH.fullmatch(word)]


def is_there(name: str) -> bool:
    if any(any(place.glob(name)) for place in PLACES):
        return True
    # A file of a room that the sentence has named.
    return "/" not in name and any(any(place.rglob(name)) for place in (INTEGRATION, COMPONENTS))


@pytest.mark.parametrize("page", ["architecture.md", "how-it-works.md", "images/architecture.svg"])
def test_rooms_that_are_named_are_there(page: str) -> None:
    named = paths((DOCS / page).read_text(encoding="utf-8"))
    assert len(named) > 8
    assert [name for name in named if not is_there(name)] == []


def folders(place: Path) -> set[str]:
    """Give the folders right in a place that hold source."""
    return {path.name for path in place.iterdir() if path.is_dir() and any(path.glob("*.py"))}


def test_every_room_is_on_the_page() -> None:
    text = prose(ARCHITECTURE)
    rooms = {
        *(f"core/{name}/" for name in folders(INTEGRATION / "core")),
        *(f"{name}/" for name in folders(INTEGRATION) - {"core"}),
        *(f"{name}/" for name in folders(COMPONENTS)),
        *(f"tools/{name}/" for name in folders(ROOT / "tools")),
    }
    assert len(rooms) > 20
    assert {room for room in rooms if f"`{room}" not in text} == set()


def test_the_house_is_told_on_two_screens() -> None:
    """A stranger reads the whole page in a few minutes, or does not read it."""
    assert len(ARCHITECTURE.read_text(encoding="utf-8").splitlines()) <= 80
