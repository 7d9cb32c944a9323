"""No file needs itself, over however many others: what can be read alone can be changed alone."""

import re
from pathlib import Path

import pytest

from tools import ROOT
from tools.check.imports import circle, files_read

INTEGRATION = ROOT / "custom_components" / "retrostep"


def test_no_file_of_the_integration_needs_itself() -> None:
    reads = {path: files_read(path) for path in INTEGRATION.rglob("*.py")}
    assert len(reads) > 60
    assert not circle(reads)


@pytest.mark.parametrize("place", ["tools", "tests"])
def test_no_tool_and_no_test_needs_itself(place: str) -> None:
    reads = {path: files_read(path) for path in (ROOT / place).rglob("*.py")}
    assert len(reads) > 40
    assert not circle(reads)


def headers_read(source: Path) -> set[Path]:
    """Give the project's headers that a C++ file includes, found where the compiler looks for them."""
    names = re.findall(r'^\s*#\s*include "(.+)"', source.read_text(encoding="utf-8"), re.MULTILINE)
    # ESPHome copies components of the host beside its own; the native tools are built with the core's folder.
    places = [source.parent, ROOT, ROOT / "esphome" / "components" / "retrostep"]
    hosts = ROOT / "esphome" / "host_components"
    found = set()
    for name in names:
        paths = [place / name for place in places] + [hosts / name.removeprefix("esphome/components/")]
        found |= {path.resolve() for path in [path for path in paths if path.is_file()][:1]}
    return found


def test_no_header_of_the_pod_needs_itself() -> None:
    sources = [*ROOT.glob("esphome/**/*.h"), *ROOT.glob("esphome/**/*.cpp")]
    reads = {path: headers_read(path) for path in sources}
    assert len(reads) > 40
    assert sum(map(len, reads.values())) > 120
    assert not circle(reads)


def test_two_headers_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.h").write_text("")
    (tmp_path / "a" / "plan.h").write_text('#include "../b/plan.h"\n')
    (tmp_path / "a" / "door.h").write_text('#include "plan.h"\n')
    assert headers_read(tmp_path / "a" / "door.h") == {tmp_path / "a" / "plan.h"}
    assert headers_read(tmp_path / "a" / "plan.h") == {tmp_path / "b" / "plan.h"}


def test_no_part_of_the_card_needs_itself() -> None:
    sources = list((ROOT / "frontend" / "src").glob("*.ts"))
    pattern = re.compile(r'(?:from|import) "\./([\w-]+)(?:\.js|\.ts)?"')
    reads = {
        path: {path.with_name(f"{name}.ts") for name in pattern.findall(path.read_text())} for path in sources
    }
    assert sum(map(len, reads.values())) > 20
    assert not circle(reads)


def test_a_tool_knows_no_test() -> None:
    """The drivers of tests may use the tools; the other way round a command would need the tests."""
    for path in (ROOT / "tools").rglob("*.py"):
        assert not [one for one in files_read(path) if one.is_relative_to(ROOT / "tests")], path


def test_a_circle_is_seen_over_several_files_and_through_imports_for_types(tmp_path: Path) -> None:
    texts = {
        "a": "from .b import one",
        "b": "from . import c",
        "c": "if TYPE_CHECKING:\n    from .a import two",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.py").write_text(text)
    paths = sorted(tmp_path.glob("*.py"))
    assert {one.stem for one in circle({path: files_read(path) for path in paths})} == {"a", "b", "c"}
    assert not circle({path: files_read(path, types=False) for path in paths})
