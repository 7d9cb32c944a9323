"""What a file may know follows from where it lies: rules over places, no list of files to keep."""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from homeassistant.const import Platform
from homeassistant.loader import BASE_PRELOAD_PLATFORMS

ROOT = Path(__file__).parents[1]
INTEGRATION = ROOT / "custom_components" / "retrostep"
# Further names that Home Assistant looks for in the folder of an integration.
LOOKED_UP = {*BASE_PRELOAD_PLATFORMS, *Platform, "condition", "backup", "significant_change"}
DOORS = {"options", "actions", "issues", "sensors", "card"}


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def statements(path: Path, *, types: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    """Give the imports of a file, wherever they stand; those for types alone only if asked for."""
    todo: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif types or not is_for_types(node):
            todo += ast.iter_child_nodes(node)


def rooms_read(path: Path, *, types: bool = True) -> set[Path]:
    """Give the files of the integration that one imports."""
    found = set()
    for node in statements(path, types=types):
        if isinstance(node, ast.ImportFrom) and node.level:
            target = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            inside = [target / f"{alias.name}.py" for alias in node.names]
            found |= {one for one in inside if one.exists()} or {target.with_suffix(".py")}
    assert all(one.exists() for one in found), path
    return found


def others_read(path: Path) -> set[str]:
    """Give the packages that a file imports from elsewhere."""
    found = set()
    for node in statements(path, types=True):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


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
    assert others_read(path) <= set(sys.stdlib_module_names)
    assert {place_of(one) for one in rooms_read(path)} <= {"core"}


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
    assert not {place_of(one) for one in rooms_read(path)} & {"features", "coordinator", "entity", *DOORS}


@pytest.mark.parametrize("path", files("features"), ids=name_of)
def test_features_know_no_coordinator_and_no_door(path: Path) -> None:
    known = {place_of(one) for one in rooms_read(path, types=False)}
    assert not known & {"coordinator", "entity", *DOORS}


@pytest.mark.parametrize("path", sorted(INTEGRATION.glob("*.py")), ids=name_of)
def test_what_home_assistant_finds_by_its_name_is_meant_for_it(path: Path) -> None:
    """A file named `energy.py` would be taken for Home Assistant's platform of that name."""
    if path.stem in LOOKED_UP:
        assert "homeassistant" in others_read(path)


def assert_no_circle(reads: dict[Path, set[Path]]) -> None:
    """The sorter raises CycleError and names the files of a circle."""
    assert len(list(TopologicalSorter(reads).static_order())) >= len(reads) > 1


def test_no_file_of_the_integration_needs_itself() -> None:
    assert_no_circle(
        {path: rooms_read(path, types="core" in path.parts) for path in INTEGRATION.rglob("*.py")}
    )


def test_no_header_of_the_pod_needs_itself() -> None:
    sources = [*ROOT.glob("esphome/**/*.h"), *ROOT.glob("esphome/**/*.cpp")]
    named = {path.name: path for path in sources if path.suffix == ".h"}
    pattern = re.compile(r'^#include "(?:.*/)?([\w.]+)"', re.MULTILINE)
    assert_no_circle(
        {
            path: {named[name] for name in pattern.findall(path.read_text()) if name in named}
            for path in sources
        }
    )


def test_no_part_of_the_card_needs_itself() -> None:
    sources = list((ROOT / "frontend" / "src").glob("*.ts"))
    pattern = re.compile(r'from "\./([\w-]+)(?:\.js|\.ts)?"')
    assert_no_circle(
        {
            path: {path.with_name(f"{name}.ts") for name in pattern.findall(path.read_text())}
            for path in sources
        }
    )
