"""The installer page: every board, every image, nothing from elsewhere; the workflow that publishes it."""

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tools.release import site, version

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def images(tmp_path: Path) -> Path:
    folder = tmp_path / "images"
    folder.mkdir()
    for board in site.boards():
        for kind in ("factory", "ota"):
            (folder / f"{board['name']}.{kind}.bin").write_bytes(f"{kind} {board['name']}".encode())
    return folder


@pytest.fixture
def component(tmp_path: Path) -> Path:
    folder = tmp_path / "web"
    folder.mkdir()
    (folder / "install-button.js").write_text("export {};")
    return folder


@pytest.fixture
def built(images: Path, component: Path, tmp_path: Path) -> Path:
    site.assemble(images, component, tmp_path / "site")
    return tmp_path / "site"


# What rests on one source only is not offered to who just wants to flash a pod; the pages say so.
UNTRIED = {"waveshare-esp32-s3-touch-lcd-128": "Waveshare ESP32-S3-Touch-LCD-1.28"}


def test_the_page_offers_every_board_that_has_a_factory_image_but_untried_ones() -> None:
    factories = {
        path.name.removesuffix(".factory.yaml") for path in site.ROOT.glob("esphome/boards/*.factory.yaml")
    }
    assert {board["name"] for board in site.boards()} == factories - UNTRIED.keys()
    page = (site.ROOT / "docs" / "build-a-pod.md").read_text()
    assert re.findall(r"\| \*\*(.*?)\*\* \| \*untried parts\*", page) == [*UNTRIED.values()]


def test_each_board_is_flashed_as_the_chip_its_firmware_is_built_for() -> None:
    for board in site.boards():
        text = (site.ROOT / "esphome" / "packages" / f"{board['name']}.yaml").read_text()
        variant = re.search(r"variant: (\w+)", text)
        assert variant
        assert board["chip"].replace("-", "").lower() == variant[1]


def test_every_manifest_leads_to_images_that_are_there(built: Path) -> None:
    for board in site.boards():
        manifest: dict[str, Any] = json.loads(
            (built / "firmware" / f"{board['name']}.manifest.json").read_text()
        )
        assert manifest["version"] == site.version()
        assert manifest["home_assistant_domain"] == "esphome"
        (build,) = manifest["builds"]
        (part,) = build["parts"]
        assert part["offset"] == 0
        assert (built / "firmware" / part["path"]).read_bytes().startswith(b"factory ")
        ota = (built / "firmware" / build["ota"]["path"]).read_bytes()
        assert ota.startswith(b"ota ")
        assert build["ota"]["md5"] == hashlib.md5(ota, usedforsecurity=False).hexdigest()


def test_the_page_fetches_nothing_from_elsewhere(built: Path) -> None:
    page = (built / "index.html").read_text()
    for address in re.findall(r'(?:src|href)="([^"]+)"', page):
        if not address.startswith("https://github.com/retrostep/retrostep/"):
            assert (built / address).exists(), address
    assert "default-src 'self'" in page
    assert not re.search(r"(src|url\()\W*https?:", page + (built / "page.css").read_text())
    assert "http" not in (built / "page.js").read_text()


def test_a_missing_image_stops_the_page(images: Path, component: Path, tmp_path: Path) -> None:
    (images / "xiao-esp32c6.ota.bin").unlink()
    with pytest.raises(site.SiteError, match=r"xiao-esp32c6\.ota\.bin is missing"):
        site.assemble(images, component, tmp_path / "site")


def test_a_missing_web_component_stops_the_page(images: Path, tmp_path: Path) -> None:
    with pytest.raises(site.SiteError, match=r"holds no install-button\.js"):
        site.assemble(images, tmp_path, tmp_path / "site")


def test_a_release_says_what_the_changelog_says_of_it() -> None:
    walks, stands = "## [0.2.0] - 2026-11-22\n\n- Walks.\n", "## [0.1.0] - 2026-01-01\n\n- Stands.\n"
    changelog = f"# Changelog\n\n## [Unreleased]\n\n{walks}\n{stands}"
    assert version.notes(changelog, "0.2.0") == "- Walks."
    assert version.notes(changelog, "0.1.0") == "- Stands."
    with pytest.raises(version.ReleaseError, match=r"nothing of 0\.3\.0"):
        version.notes(changelog, "0.3.0")
