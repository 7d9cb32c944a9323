"""What a file may know follows from where it lies: rules over places, no list of files to keep."""

import ast
import sys
from pathlib import Path

import pytest
from homeassistant.const import Platform
from homeassistant.loader import BASE_PRELOAD_PLATFORMS

from tools import ROOT
from tools.check.imports import files_read, packages_read

INTEGRATION = ROOT / "custom_components" / "retrostep"
# Further names that Home Assistant looks for in the folder of an integration.
LOOKED_UP = {*BASE_PRELOAD_PLATFORMS, *Platform, "condition", "backup", "significant_change", "llm"}
DOORS = {"options", "actions", "issues", "sensors", "card", "assist"}
# What several rooms share, and what a walker is put together from.
SHARED = {
    "__init__",
    "clock",
    "compatibility",
    "const",
    "coordinator",
    "entity",
    "length_units",
    "services",
    "statistics",
    "storage",
    "walker",
}


def name_of(path: Path) -> str:
    return str(path.relative_to(INTEGRATION))


def files(place: str) -> list[Path]:
    found = sorted((INTEGRATION / place).rglob("*.py"))
    assert found, place
    return found


def place_of(path: Path) -> str:
    """Give the folder of the integration in which a file lies; what lies in none is its own place."""
    return path.relative_to(INTEGRATION).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", files("core"), ids=name_of)
def test_what_is_pure_imports_python_and_what_is_pure(path: Path) -> None:
    assert packages_read(path) <= set(sys.stdlib_module_names)
    assert {place_of(one) for one in files_read(path)} <= {"core"}


@pytest.mark.parametrize("path", files("core"), ids=name_of)
def test_what_is_pure_reads_no_clock(path: Path) -> None:
    attributes = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    ]
    assert not {node.attr for node in attributes} & {"now", "utcnow", "monotonic", "perf_counter"}
    # The ledger's `today` is told the time.
    assert not any("date" in ast.unparse(node.value) for node in attributes if node.attr == "today")


@pytest.mark.parametrize("path", files("pods"), ids=name_of)
def test_pods_know_nothing_of_what_is_made_of_them(path: Path) -> None:
    assert {place_of(one) for one in files_read(path)} <= {"pods", "core", "const", "storage"}


@pytest.mark.parametrize("path", files("features"), ids=name_of)
def test_features_know_no_coordinator_and_no_door(path: Path) -> None:
    known = {place_of(one) for one in files_read(path)}
    assert known <= {"features", "pods", "core", "const", "length_units", "storage", "walker"}


def test_every_door_is_a_folder_and_beside_them_lies_what_is_looked_up_or_shared() -> None:
    folders = {path.name for path in INTEGRATION.iterdir() if (path / "__init__.py").is_file()}
    assert folders == {"core", "features", "pods", *DOORS}
    root = {path.stem for path in INTEGRATION.glob("*.py")} - LOOKED_UP
    assert root == SHARED


@pytest.mark.parametrize("path", sorted(INTEGRATION.glob("*.py")), ids=name_of)
def test_what_home_assistant_finds_by_its_name_is_meant_for_it(path: Path) -> None:
    """A file named `energy.py` would be taken for Home Assistant's platform of that name."""
    if path.stem in LOOKED_UP:
        assert "homeassistant" in packages_read(path)
