"""Every board in every power profile compiles for its chip: what ESPHome generates, and the doors to ESPHome.

Against ESPHome's own headers and stand-ins for ESP-IDF's (see chip_compiler). In a long run all that the
packages offer, else a sample in which each two options meet.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .chip_builds import ALL, BOARDS, Configuration, sample
from .chip_compiler import COMPONENTS, HERE, Build, Compiled, compile_unit, is_pure
from .chip_limits import MOST_BYTES, MOST_FRAME_BYTES, MOST_STAND_IN_LINES
from .configurations import Configurations
from .test_power import of_profile

if TYPE_CHECKING:
    from collections.abc import Iterable

CHOSEN = ALL if os.environ.get("RETROSTEP_LONG") else sample(ALL)
CHIP = "rv32imc"
POWER_PLAN = COMPONENTS / "pod_power" / "power_plan.cpp"


@pytest.fixture(scope="module")
def builds(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Configuration, Build]:
    """Let ESPHome generate each configuration."""

    def generated(chosen: Configuration) -> Build:
        configurations = Configurations(root, tmp_path_factory.mktemp("build"))
        path = of_profile(configurations, chosen.board, *chosen.packages, **chosen.substitutions)
        result = configurations.run("compile", "--only-generate", path)
        assert result.returncode == 0, f"{chosen.name}: {result.stdout}"
        (folder,) = (configurations.folder / "data" / "build").iterdir()
        return Build(folder, CHIP)

    return {chosen: generated(chosen) for chosen in CHOSEN}


@pytest.fixture(scope="module")
def compiled(
    builds: dict[Configuration, Build], tmp_path_factory: pytest.TempPathFactory
) -> dict[Configuration, list[Compiled]]:
    """Compile `main.cpp` of each and the project's units; those that the compiler sees alike only once."""
    folder = tmp_path_factory.mktemp("objects")
    jobs = [(chosen, unit) for chosen, build in builds.items() for unit in [build.main, *build.units]]

    with ThreadPoolExecutor(2) as pool:
        keys = list(pool.map(lambda job: builds[job[0]].key(job[1]), jobs))
        first = dict(zip(reversed(keys), reversed(jobs), strict=True))

        def run(item: tuple[str, tuple[Configuration, Path]]) -> Compiled:
            key, (chosen, unit) = item
            build = builds[chosen]
            # The arguments of a lambda are what ESPHome gives it.
            flags = ["-Wno-unused-parameter"] if unit == build.main else []
            return compile_unit(unit, CHIP, [*flags, *build.flags], folder / key)

        results = dict(zip(first, pool.map(run, first.items()), strict=True))
    found: dict[Configuration, list[Compiled]] = {chosen: [] for chosen in builds}
    for key, (chosen, _) in zip(keys, jobs, strict=True):
        found[chosen].append(results[key])
    return found


def of_ours(units: Iterable[Compiled]) -> list[Compiled]:
    """Leave out what ESPHome generated."""
    return [unit for unit in units if unit.source.is_relative_to(COMPONENTS)]


@pytest.mark.parametrize("chosen", CHOSEN, ids=lambda chosen: chosen.name)
def test_a_configuration_compiles_for_its_chip(
    chosen: Configuration, compiled: dict[Configuration, list[Compiled]]
) -> None:
    units = compiled[chosen]
    assert {"main", "retrostep", "stride_core"} <= {unit.source.stem for unit in units}
    errors = "".join(unit.errors for unit in units)
    assert not errors, errors


def test_a_chip_that_sleeps_between_looks_holds_still_for_a_tone(
    builds: dict[Configuration, Build],
) -> None:
    asleep = [build for chosen, build in builds.items() if ("clock", "light-sleep") in chosen.choices]
    assert asleep
    for build in asleep:
        main = (build.folder / "src" / "main.cpp").read_text()
        assert ("set_feedback(feedback)" in main) is ("pod_feedback" in build.components)
        settings = next(build.folder.glob("sdkconfig.*.esphomeinternal")).read_text()
        assert {"CONFIG_PM_ENABLE=y", "CONFIG_FREERTOS_USE_TICKLESS_IDLE=y"} <= set(settings.splitlines())


@pytest.mark.parametrize("chosen", CHOSEN, ids=lambda chosen: chosen.name)
def test_no_frame_takes_the_main_task_s_stack(
    chosen: Configuration, compiled: dict[Configuration, list[Compiled]]
) -> None:
    frames = {name: size for unit in of_ours(compiled[chosen]) for name, size in unit.frames.items()}
    assert len(frames) > 100
    assert {name: size for name, size in frames.items() if size > MOST_FRAME_BYTES} == {}


@pytest.mark.parametrize("chosen", CHOSEN, ids=lambda chosen: chosen.name)
def test_the_project_s_part_of_an_image_stays_small(
    chosen: Configuration, compiled: dict[Configuration, list[Compiled]]
) -> None:
    size = sum(unit.size for unit in of_ours(compiled[chosen]))
    assert 30_000 < size <= MOST_BYTES[chosen.profile]


def test_a_line_that_no_chip_takes_fails_exactly_where_it_is_built(
    builds: dict[Configuration, Build], tmp_path: Path
) -> None:
    """The line that once kept two of three power profiles from being built anywhere."""
    text = POWER_PLAN.read_text(encoding="utf-8")
    now, once = "std::max<uint32_t>(", ", 1);"
    assert now in text
    start = text.index(now)
    end = text.index(once, start)
    planted = f"{text[:start]}std::max({text[start + len(now) : end]}, 1U);{text[end + len(once) :]}"
    unit = tmp_path / POWER_PLAN.name
    unit.write_text(planted)
    where = ["-iquote", str(POWER_PLAN.parent)]
    failing = set()
    for chosen, build in builds.items():
        units = [unit if path == POWER_PLAN else path for path in build.units]
        if unit in units and compile_unit(unit, CHIP, [*where, *build.flags], tmp_path / chosen.name).errors:
            failing.add(chosen.profile)
    assert failing == {"balanced", "endurance"}
    assert {chosen.profile for chosen, build in builds.items() if "pod_power" in build.components} == failing


def test_each_board_is_compiled_in_each_profile_and_each_two_options_meet() -> None:
    chosen = sample(ALL)
    assert len(chosen) <= 3 * len(BOARDS)
    assert {(one.board, one.profile) for one in chosen} == {(one.board, one.profile) for one in ALL}
    assert set().union(*(one.pairs for one in chosen)) == set().union(*(one.pairs for one in ALL))
    assert {one.board for one in ALL} == set(BOARDS)


def test_every_door_is_compiled_in_some_configuration(builds: dict[Configuration, Build]) -> None:
    built = {unit for build in builds.values() for unit in build.units}
    doors = {path for path in COMPONENTS.glob("*/*.cpp") if not is_pure(path)}
    # It plays recordings on a PC; the tests of the host pod build it.
    assert {path.parent.name for path in doors - built} <= {"motion_replay"}


def test_stand_ins_say_whom_they_stand_for_and_stay_few() -> None:
    files = sorted(path for folder in ("idf", "libstdcxx") for path in (HERE / folder).rglob("*.h"))
    assert sum(len(path.read_text().splitlines()) for path in files) <= MOST_STAND_IN_LINES
    for path in files:
        name = path.relative_to(HERE).parts[1:]
        first = path.read_text().partition("\n")[0]
        assert first.startswith("// Stands for "), path
        assert "/".join(name) in first, path
