"""Links of the documentation lead somewhere."""

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from .pages import PAGES, ROOT, anchors, links, page_name, prose

if TYPE_CHECKING:
    from pathlib import Path

HOME = "https://github.com/retrostep/retrostep"
INSTALLER = "https://retrostep.github.io/retrostep/"
MY = "https://my.home-assistant.io/redirect/"

each_page = pytest.mark.parametrize("page", PAGES, ids=page_name)


@each_page
def test_links_within_the_project_lead_to_files_and_headings(page: Path) -> None:
    for link in links(page):
        if "://" in link or link.startswith("mailto:"):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), f"{page_name(page)}: {link}"
        assert target.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors(target), f"{page_name(page)}: {link}"


@each_page
def test_links_to_the_project_s_home_name_what_is_there(page: Path) -> None:
    for link in links(page):
        if not link.startswith(HOME):
            continue
        rest, _, anchor = link.removeprefix(HOME).strip("/").partition("#")
        assert not anchor or anchor in anchors(ROOT / "README.md"), link
        if rest.startswith("actions/workflows/"):
            workflow = rest.removeprefix("actions/").removesuffix("/badge.svg")
            assert (ROOT / ".github" / workflow).is_file(), link
            continue
        kind, _, path = rest.partition("/main/")
        assert kind in ("", "issues", "releases", "blob"), link
        assert not path or (ROOT / path).exists(), link


@each_page
def test_links_into_home_assistant_ask_for_something_of_ours(page: Path) -> None:
    for link in links(page):
        if not link.startswith(MY):
            continue
        asked = {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}
        match urlsplit(link).path.removeprefix("/redirect/").strip("/"):
            case "hacs_repository":
                assert asked == {"owner": "retrostep", "repository": "retrostep", "category": "integration"}
            case "blueprint_import":
                url = asked["blueprint_url"]
                assert url.startswith(f"{HOME}/blob/main/")
                assert (ROOT / url.removeprefix(f"{HOME}/blob/main/")).is_file(), link
            case other:
                pytest.fail(f"nobody knows {other}")


def test_every_page_is_in_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    listed = {(index.parent / link).resolve() for link in links(index) if "://" not in link}
    assert {page for page in PAGES if page.parent == index.parent} - listed == {index}


def test_the_readme_leads_to_the_index() -> None:
    assert "docs/README.md" in links(ROOT / "README.md")


def test_every_picture_is_shown_says_what_it_shows_and_loads_fast() -> None:
    shown = {(page.parent / link).resolve() for page in PAGES for link in links(page) if "://" not in link}
    pictures = {*(ROOT / "docs").glob("*.png"), *(ROOT / "docs" / "images").iterdir()}
    assert pictures - shown == set()
    for page in PAGES:
        assert "![](" not in prose(page), page_name(page)
        assert re.findall(r"<img src(?![^>]*alt=)", prose(page)) == [], page_name(page)
    for picture in pictures:
        assert picture.stat().st_size < 300_000, picture.name
