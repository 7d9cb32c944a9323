"""The pod's rooms: names make them, as ESPHome builds only the files directly in a component's folder."""

import re
from typing import TYPE_CHECKING

import pytest

from tools import ROOT

if TYPE_CHECKING:
    from pathlib import Path

COMPONENTS = ROOT / "esphome" / "components"
PURE = (
    *("retrostep/stride_*", "retrostep/minute_log*", "retrostep/three_metres*", "retrostep/walking_time*"),
    *("retrostep/sample_clock.h", "retrostep/sample_watch.*", "motion_fifo/fifo_clock.h"),
    *("pod_feedback/sound_plan.h", "pod_power/power_plan.*"),
)
MOST_LINES = 400


def sources(*patterns: str) -> list[Path]:
    """The C++ files below the components that match."""
    return sorted(
        {path for one in patterns for path in COMPONENTS.glob(one) if path.suffix in {".h", ".cpp"}}
    )


@pytest.mark.parametrize("path", sources(*PURE), ids=lambda path: path.name)
def test_a_pure_file_knows_the_language_and_pure_files_only(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"#include <.*(?:\.h|/).*>", text), "a header of something else than C++"
    pure = {one.name for one in sources(*PURE)}
    assert set(re.findall(r'#include "(.*)"', text)) <= pure


@pytest.mark.parametrize("path", sources("*/*"), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_has_the_namespace_of_its_component_and_fits_the_eye(path: Path) -> None:
    text = path.read_text()
    spaces = re.findall(r"^namespace ([\w:]+) \{$", text, re.MULTILINE)
    assert {space.removesuffix("::parameters") for space in spaces} == {f"esphome::{path.parent.name}"}
    assert len(text.splitlines()) <= MOST_LINES


def test_constants_have_one_style() -> None:
    for path in sources("*/*"):
        assert not re.search(r"\bk[A-Z][a-z]\w*\b", path.read_text()), path
