"""The pure parts compile for the chips' instruction set, where `uint32_t` is another type than on a PC."""

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

COMPONENT = ROOT / "esphome" / "components" / "retrostep"
COMPILER = "riscv64-unknown-elf-g++"
# What sets the pure parts apart is that they include nothing of ESPHome.
PURE = sorted(path for path in COMPONENT.glob("*.cpp") if "esphome/" not in path.read_text())
PURE = [path for path in PURE if path.name not in {"retrostep.cpp", "retrostep_store.cpp"}]


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Find the header-only part of the PC's C++ library; the cross compiler comes without any."""
    if shutil.which(COMPILER) is None:
        pytest.fail(f"{COMPILER} is not installed: run script/setup")
    verbose = subprocess.run(
        ["g++", "-E", "-x", "c++", "-v", "/dev/null"], capture_output=True, text=True, check=True
    ).stderr
    folders = re.findall(r"^ (/\S*c\+\+/\d+)$", verbose, re.MULTILINE)
    library, machine = folders[0], folders[1]
    bits = tmp_path_factory.mktemp("headers") / "bits"
    bits.mkdir()
    for header in ("c++config.h", "cpu_defines.h"):
        shutil.copy(f"{machine}/bits/{header}", bits / header)
    (bits / "os_defines.h").write_text("#pragma once\n")
    picolibc = "/usr/lib/picolibc/riscv64-unknown-elf/include"
    includes = [word for folder in (bits.parent, library, picolibc) for word in ("-isystem", str(folder))]
    flags = [
        "-std=gnu++20",
        "-O2",
        "-fno-exceptions",
        "-fno-rtti",
        "-Wall",
        "-Wextra",
        "-Wdouble-promotion",
        "-Werror",
    ]
    return [*flags, *includes]


@pytest.mark.parametrize("target", ["rv32imc", "rv32imafc"])
@pytest.mark.parametrize("source", PURE, ids=lambda path: path.stem)
def test_it_compiles_for_the_chip(source: Path, target: str, options: list[str], tmp_path: Path) -> None:
    abi = "ilp32f" if "f" in target else "ilp32"
    command = [
        COMPILER,
        f"-march={target}",
        f"-mabi={abi}",
        *options,
        "-c",
        str(source),
        "-o",
        str(tmp_path / "o"),
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_the_pure_parts_are_most_of_the_pod() -> None:
    assert {"minute_log", "minute_log_page", "minute_log_save", "retrostep_live", "stride_core"} <= {
        path.stem for path in PURE
    }
