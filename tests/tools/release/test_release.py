"""A release changes the version everywhere or nowhere."""

import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tools import ROOT
from tools.release import version

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the files that name the version, and a changelog with something in it."""
    for path, _ in version.places():
        copy = tmp_path / path.relative_to(version.ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## [Unreleased]\n\n- Walks.\n")
    monkeypatch.setattr(version, "ROOT", tmp_path)
    return tmp_path


def test_every_place_names_the_new_version_and_nothing_else_changes(checkout: Path) -> None:
    before = {path: path.read_text() for path, _ in version.places()}
    assert len(before) >= 11
    version.main("9.8.7")
    for path, text in before.items():
        changed = [
            line
            for line, old in zip(path.read_text().splitlines(), text.splitlines(), strict=True)
            if line != old
        ]
        assert changed
        assert all("9.8.7" in line for line in changed)


def test_the_changelogs_open_part_gets_the_version_and_an_empty_one_opens() -> None:
    changelog = "# Changelog\n\n## [Unreleased]\n\n- Walks.\n\n## [0.1.0] - 2026-01-01\n\n- Stands.\n"
    changed = version.with_release(changelog, "0.2.0", date(2026, 11, 22))
    assert "## [Unreleased]\n\n## [0.2.0] - 2026-11-22\n\n- Walks.\n\n## [0.1.0]" in changed


def test_a_release_of_nothing_is_refused() -> None:
    with pytest.raises(version.ReleaseError, match="nothing is unreleased"):
        version.with_release("## [Unreleased]\n\n## [0.1.0]\n\n- Walks.\n", "0.2.0", date(2026, 11, 22))


def test_nothing_is_written_when_one_place_lacks_a_version(checkout: Path) -> None:
    manifest = checkout / "custom_components/retrostep/manifest.json"
    manifest.write_text("{}")
    project = (checkout / "pyproject.toml").read_text()
    with pytest.raises(version.ReleaseError, match=r"manifest\.json: no version found"):
        version.main("9.8.7")
    assert (checkout / "pyproject.toml").read_text() == project


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("version", "--notes", "99.0.0"), "release: the changelog says nothing of 99.0.0"),
        (("site", "nowhere", "nowhere", "nowhere"), "site: nowhere holds no install-button.js"),
    ],
)
def test_the_workflows_steps_run_with_the_python_of_the_machine(
    arguments: tuple[str, ...], says: str
) -> None:
    module, *rest = arguments
    python = shutil.which("python3", path="/usr/local/bin:/usr/bin:/bin")
    assert python
    run = subprocess.run(
        [python, "-m", f"tools.release.{module}", *rest],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr.strip()) == (1, says)
