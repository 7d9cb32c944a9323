"""The environment of another Home Assistant holds what that release asks for."""

import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from subprocess import CompletedProcess

import homeassistant
import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tools import ROOT
from tools.stage import environment, processes

HOME = Path(homeassistant.__file__).parent


def test_what_home_assistant_asks_for_at_first_start_is_in_the_locked_environment() -> None:
    domains = environment.started((HOME / "bootstrap.py").read_text("utf-8")) | environment.used(ROOT)
    asked = environment.asked_for(HOME / "components", domains)
    assert any(wish.startswith("aioesphomeapi==") for wish in asked)

    lacking = []
    for wish in map(Requirement, asked):
        try:
            there = wish.specifier.contains(version(wish.name), prereleases=True)
        except PackageNotFoundError:
            there = False
        if not there:
            lacking.append(str(wish))
    assert lacking == []


def test_what_is_asked_for_includes_dependencies_and_kinds_of_entities(tmp_path: Path) -> None:
    manifests = {
        "pods": {"dependencies": ["network"], "requirements": ["pods==1"]},
        "network": {"dependencies": ["pods"], "requirements": ["network==2"]},
        "sensor": {"integration_type": "entity", "requirements": ["sensor==3"]},
        "other": {"requirements": ["other==4"]},
    }
    for domain, manifest in manifests.items():
        (tmp_path / domain).mkdir()
        (tmp_path / domain / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    assert environment.asked_for(tmp_path, ["pods", "gone"]) == ["network==2", "pods==1", "sensor==3"]


def test_what_home_assistant_starts_by_itself_is_read_off_its_source() -> None:
    source = 'CORE_INTEGRATIONS = {"a"}\nDEFAULT_INTEGRATIONS = {"b", *(BASE - {"c"})}\nSTAGE = {"d"}\n'
    assert environment.started(source) == {"a", "b", "c"}


def test_a_pin_that_the_index_lacks_is_read_off_what_is_told() -> None:
    told = (
        "error: No solution found when resolving dependencies\n  cause: Because there is no version of"
        " aioesphomeapi==46.25.0 and you\n         require aioesphomeapi==46.25.0, we can conclude …"
    )
    assert environment.missing_pin(told) == Requirement("aioesphomeapi==46.25.0")
    assert environment.missing_pin("error: Failed to fetch: the network is down") is None


@pytest.mark.parametrize("named", ["", "latest", "../x", "2026.11.0 --prerelease", "1.0"])
def test_what_is_no_home_assistant_is_refused(named: str) -> None:
    with pytest.raises(processes.StageError, match="no Home Assistant"):
        environment.environment(named)


def test_a_pin_that_cannot_be_had_is_replaced_by_the_nearest_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def uv(*arguments: str | Path, text: str = "") -> CompletedProcess[str]:
        """Stand for an index whose newest pods are 1.2."""
        calls.append((arguments[1], text or arguments[-1]))
        if arguments[1] == "compile":
            return CompletedProcess([], 0, "pods==1.2\n", "")
        if "pods==1.2" in (tmp_path / "overrides.txt").read_text("utf-8"):
            return CompletedProcess([], 0, "", "")
        return CompletedProcess([], 1, "", "Because there is no version of pods==1.5 and you require it …")

    monkeypatch.setattr(environment, "_uv", uv)
    made = environment.Environment(Version("2026.11.0"))
    made.folder = tmp_path

    assert made.install(["pods==1.5"], tmp_path / "constraints.txt") == {"pods==1.5": "pods==1.2"}
    assert calls == [("install", "pods==1.5"), ("compile", "pods<=1.5"), ("install", "pods==1.5")]


def test_what_is_wrong_beside_a_pin_is_told_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_uv", lambda *_: CompletedProcess([], 1, "", "the network is down"))
    made = environment.Environment(Version("2026.11.0"))
    made.folder = tmp_path

    with pytest.raises(processes.StageError, match="the network is down"):
        made.install(["pods==1.5"], tmp_path / "constraints.txt")


def test_the_floor_is_the_one_that_users_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def found(wish: str, *options: str) -> Version:
        asked.append((wish, options))
        return Version("2026.10.0")

    monkeypatch.setattr(environment, "_found", found)
    least = json.loads((ROOT / "hacs.json").read_text("utf-8"))["homeassistant"]
    environment.environment("floor")
    environment.environment("beta")
    assert asked == [
        (f"homeassistant=={least}", ()),
        ("homeassistant", ("--prerelease", "allow")),
    ]


def test_an_index_that_cannot_be_asked_is_not_one_that_lacks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told = CompletedProcess([], 2, "", "error: Failed to fetch")
    monkeypatch.setattr(environment, "_uv", lambda *_, **__: told)
    with pytest.raises(processes.StageError, match="Failed to fetch"):
        environment.environment("newest")

    told.stderr = "error: No solution found when resolving dependencies"
    with pytest.raises(processes.StageError, match="holds no Home Assistant"):
        environment.environment("newest")
