"""The pure parts of every component compile for the chips' instruction set, and their frames are small."""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from .chip_compiler import COMPONENTS, TARGETS, Compiled, compile_unit, is_pure, library, sources
from .chip_limits import MOST_FRAME_BYTES

if TYPE_CHECKING:
    from pathlib import Path

UNITS = sources("*.cpp", pure=True)
HEADERS = sources("*.h", pure=True)
# What is pure counts without doubles; doors give floats to the log, which makes doubles of them.
FLAGS = ["-Wdouble-promotion", "-I", str(COMPONENTS.parents[1])]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Path, str], Compiled]:
    """Compile every pure unit, and every pure header through a unit of its own, for each target."""
    folder = tmp_path_factory.mktemp("units")
    units = {unit: unit for unit in UNITS}
    for header in HEADERS:
        units[header] = folder / f"{header.parent.name}-{header.stem}.cpp"
        units[header].write_text(f'#include "{header}"\n')
    jobs = [(path, target) for path in units for target in TARGETS]

    def run(job: tuple[Path, str]) -> Compiled:
        path, target = job
        place = folder / target / path.parent.name / path.name
        return compile_unit(units[path], target, [*FLAGS, *library()], place)

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(jobs, pool.map(run, jobs), strict=True))


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("path", [*UNITS, *HEADERS], ids=name_of)
def test_it_compiles_for_the_chip(
    path: Path, target: str, compiled: dict[tuple[Path, str], Compiled]
) -> None:
    assert not compiled[path, target].errors, compiled[path, target].errors


@pytest.mark.parametrize("path", UNITS, ids=name_of)
def test_its_frames_leave_the_main_task_room(path: Path, compiled: dict[tuple[Path, str], Compiled]) -> None:
    frames = {name: size for target in TARGETS for name, size in compiled[path, target].frames.items()}
    assert {name: size for name, size in frames.items() if size > MOST_FRAME_BYTES} == {}


def test_no_source_of_a_component_is_of_a_kind_or_in_a_place_that_is_not_looked_at() -> None:
    """ESPHome also builds C and takes other headers (`SOURCE_FILE_EXTENSIONS` of its constants)."""
    kinds = {".c", ".cpp", ".h", ".hpp", ".ino", ".tcc"}
    there = {path for path in COMPONENTS.rglob("*") if path.suffix in kinds}
    doors = {*sources("*.cpp", pure=False), *sources("*.h", pure=False)}
    assert there == {*UNITS, *HEADERS, *doors}


def test_what_is_pure_follows_from_what_it_includes() -> None:
    names = {name_of(path) for path in [*UNITS, *HEADERS]}
    assert {"retrostep/stride_core.cpp", "pod_power/power_plan.cpp", "motion_fifo/fifo_clock.h"} <= names
    assert {"pod_feedback/sound_plan.h", "retrostep/sample_clock.h"} <= names
    assert not is_pure(COMPONENTS / "retrostep" / "retrostep.cpp"), "through its header"
    assert not is_pure(COMPONENTS / "retrostep" / "retrostep_store.cpp")


def test_the_compiler_sees_what_only_the_chip_minds(tmp_path: Path) -> None:
    """On a PC `uint32_t` is `unsigned`, and all of this compiles without a word."""
    for number, line in enumerate(
        [
            "std::max(seconds, 1U)",
            "std::min(static_cast<int32_t>(seconds), 7)",
            "std::clamp(static_cast<int32_t>(seconds), -7, 7)",
            'snprintf(text, 9, "%u", seconds)',
            "sum(&seconds)",
        ]
    ):
        unit = tmp_path / f"planted_{number}.cpp"
        unit.write_text(
            "#include <algorithm>\n#include <cstdint>\n#include <cstdio>\n"
            "unsigned sum(unsigned *values);\n"
            "auto planted(uint32_t seconds, [[maybe_unused]] char *text) {\n"
            f"  return {line};\n"
            "}\n"
        )
        assert compile_unit(unit, "rv32imc", library(), tmp_path / f"planted_{number}").errors, line
