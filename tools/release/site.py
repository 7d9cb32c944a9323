"""Puts the installer page together: page, web component, firmware images and their manifests.

Usage: python -m tools.release.site IMAGES WEB_COMPONENT OUT
  IMAGES         holds NAME.factory.bin and NAME.ota.bin of every board in static/boards.json
  WEB_COMPONENT  folder of the built `esp-web-tools`
"""

import hashlib
import json
import shutil
import sys
import tomllib
from pathlib import Path
from typing import Any, Final

from tools import ROOT

STATIC: Final = ROOT / "static"
PAGE: Final = ("index.html", "page.css", "page.js")
HOME: Final = "https://github.com/retrostep/retrostep"


class SiteError(Exception):
    """A page that can't be put together; says why."""


def version() -> str:
    """The project's version."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: str = project["project"]["version"]
    return found


def boards() -> list[dict[str, str]]:
    """The boards of the page, each with `name`, `title`, `about` and `chip` (as the flasher calls it)."""
    listed: list[dict[str, str]] = json.loads((STATIC / "boards.json").read_text(encoding="utf-8"))
    return listed


def manifest(board: dict[str, str], release: str, ota: bytes) -> dict[str, Any]:
    """Describe a board's images for the browser (`parts`) and for ESPHome's updates over the air (`ota`).

    Formats: ESP Web Tools' manifest and ESPHome's `update: http_request`.
    """
    name = board["name"]
    return {
        "name": f"RetroStep step pod ({board['title']})",
        "version": release,
        "home_assistant_domain": "esphome",
        "new_install_prompt_erase": True,
        "builds": [
            {
                "chipFamily": board["chip"],
                "parts": [{"path": f"{name}.factory.bin", "offset": 0}],
                "ota": {
                    "path": f"{name}.ota.bin",
                    "md5": hashlib.md5(ota, usedforsecurity=False).hexdigest(),
                    "summary": f"RetroStep {release}",
                    "release_url": f"{HOME}/releases/tag/v{release}",
                },
            }
        ],
    }


def assemble(images: Path, web_component: Path, out: Path) -> None:
    """Write the whole site to `out`; raises SiteError if a part of it is missing."""
    if not (web_component / "install-button.js").exists():
        raise SiteError(f"{web_component} holds no install-button.js")
    firmware = out / "firmware"
    firmware.mkdir(parents=True)
    for board in boards():
        for kind in ("factory", "ota"):
            image = images / f"{board['name']}.{kind}.bin"
            if not image.exists():
                raise SiteError(f"{image.name} is missing in {images}")
            shutil.copy(image, firmware)
        described = manifest(board, version(), (firmware / f"{board['name']}.ota.bin").read_bytes())
        (firmware / f"{board['name']}.manifest.json").write_text(json.dumps(described, indent=2))
    shown = {"version": version(), "boards": boards()}
    (out / "boards.json").write_text(json.dumps(shown))
    for name in PAGE:
        shutil.copy(STATIC / name, out)
    shutil.copy(ROOT / "docs" / "brand" / "icon.svg", out)
    shutil.copytree(web_component, out / "esp-web-tools")


if __name__ == "__main__":
    try:
        assemble(*(Path(argument) for argument in sys.argv[1:4]))
    except SiteError as error:
        sys.exit(f"site: {error}")
