"""Writes a version everywhere it stands and closes the changelog's open part.

Usage: python -m tools.release.version X.Y.Z, or --notes X.Y.Z to print what the changelog says of a version.
"""

import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from tools import ROOT

PLACES: Final = {
    "pyproject.toml": r'(?m)^(version = ")[^"]+(")',
    "custom_components/retrostep/manifest.json": r'("version": ")[^"]+(")',
    "esphome/packages/common.yaml": r"(?m)^( +version: )\S+()$",
    "esphome/boards/*.factory.yaml": r"(?m)(@v)[\d.]+()$",
    "esphome/adopt/*.yaml": r"(?m)(@v|ref: v)[\d.]+()$",
    "docs/build-a-pod.md": r"(?m)(@v|ref: v)[\d.]+()$",
    "docs/battery.md": r"(?m)(ref: v)[\d.]+()$",
    "docs/dashboard.md": r"(retrostep-card\.js\?v=)[\d.]+(-)",
}
"""Files that name the version, and where in them: what stands before and after it."""


def places() -> list[tuple[Path, str]]:
    """Give every file that names the version, and the pattern to find it by."""
    return [(path, pattern) for name, pattern in PLACES.items() for path in sorted(ROOT.glob(name))]


class ReleaseError(Exception):
    """A release that can't be made; says why."""


def with_version(text: str, pattern: str, version: str) -> str:
    """Return the text with its version replaced; raises ReleaseError if it names none."""
    changed, times = re.subn(pattern, rf"\g<1>{version}\g<2>", text)
    if times == 0:
        raise ReleaseError("no version found")
    return changed


def with_release(changelog: str, version: str, day: date) -> str:
    """Put what was unreleased under the version; raises ReleaseError if that is nothing."""
    head, mark, rest = changelog.partition("## [Unreleased]\n")
    if not mark:
        raise ReleaseError("the changelog has no part [Unreleased]")
    waiting = rest.partition("\n## [")[0].strip()
    if not waiting:
        raise ReleaseError("nothing is unreleased")
    return f"{head}{mark}\n## [{version}] - {day.isoformat()}\n{rest}"


def notes(changelog: str, version: str) -> str:
    """Return what the changelog says of a version; raises ReleaseError if that is nothing."""
    _, mark, rest = changelog.partition(f"## [{version}]")
    said = rest.partition("\n")[2].partition("\n## [")[0].strip()
    if not mark or not said:
        raise ReleaseError(f"the changelog says nothing of {version}")
    return said


def main(version: str) -> None:
    """Write the version into every place; nothing is written if one of them lacks it."""
    changed: dict[Path, str] = {}
    for path, pattern in places():
        try:
            changed[path] = with_version(path.read_text(encoding="utf-8"), pattern, version)
        except ReleaseError as error:
            raise ReleaseError(f"{path.relative_to(ROOT)}: {error}") from error
    changelog = ROOT / "CHANGELOG.md"
    day = datetime.now(UTC).date()
    changed[changelog] = with_release(changelog.read_text(encoding="utf-8"), version, day)
    for path, text in changed.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    try:
        if sys.argv[1] == "--notes":
            print(notes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), sys.argv[2]))
        else:
            main(sys.argv[1])
    except ReleaseError as error:
        sys.exit(f"release: {error}")
