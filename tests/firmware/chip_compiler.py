"""Compiles the pod's C++ for the chips' instruction set, where `uint32_t` is `unsigned long`.

Debian's RISC-V compiler comes without a C++ library: the header-only part of the PC's serves, with the
stand-ins of `libstdcxx/` for what a PC decides otherwise. What includes ESPHome is compiled against ESPHome's
own headers and those of `idf/`, which stand for ESP-IDF's: declarations written for this test. So it shows
*our* types, overloads and formats, not that ESP-IDF is called rightly; only a build with ESP-IDF shows that.
"""

import hashlib
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from tests.conftest import ROOT

COMPILER = "riscv64-unknown-elf-g++"
HERE = Path(__file__).parent
COMPONENTS = ROOT / "esphome" / "components"
# ESP32-C3 and C6 have no floating point; the second is for chips that have, such as the ESP32-S3.
TARGETS = {"rv32imc": "ilp32", "rv32imafc": "ilp32f"}
# As ESPHome builds with ESP-IDF; the warnings are the project's own and hold for its files alone.
FLAGS = ["-std=gnu++20", "-Os", "-fno-exceptions", "-fno-rtti", "-ffunction-sections", "-fdata-sections"]
WARNINGS = ["-Wall", "-Wextra", "-Werror"]
PICOLIBC = "/usr/lib/picolibc/riscv64-unknown-elf/include"
_INCLUDE = re.compile(r'^\s*#\s*include\s*["<](?P<name>[^">]+)[">]', re.MULTILINE)


@cache
def library() -> list[str]:
    """Find the headers of the C++ library: ours in front, then those of the PC's compiler."""
    if shutil.which(COMPILER) is None:
        raise FileNotFoundError(f"{COMPILER} is not installed: run script/setup")
    command = ["g++", "-E", "-x", "c++", "-v", "/dev/null"]
    verbose = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    folders = re.findall(r"^ (/\S*c\+\+/\d+)$", verbose, re.MULTILINE)
    return _system([HERE / "libstdcxx", *folders[:2], PICOLIBC])


@cache
def is_pure(path: Path) -> bool:
    """Tell whether a file of a component reaches nothing of ESPHome's, however far its includes lead."""
    for name in _INCLUDE.findall(path.read_text(encoding="utf-8")):
        ours = [one for one in (path.parent / name, ROOT / name) if one.is_file()]
        if not (is_pure(ours[0]) if ours else not name.startswith("esphome/")):
            return False
    return True


def sources(pattern: str, *, pure: bool) -> list[Path]:
    """List files of all components by `pattern` that are pure, or the others; a file that joins is in."""
    return [path for path in sorted(COMPONENTS.glob(f"*/{pattern}")) if is_pure(path) == pure]


@dataclass(frozen=True, slots=True)
class Compiled:
    """What came of one unit: `errors` is empty if it compiled; frames by function and size, in bytes."""

    source: Path
    errors: str
    frames: dict[str, int]
    size: int


def compile_unit(source: Path, target: str, flags: list[str], folder: Path) -> Compiled:
    """Compile one unit into an empty `folder`."""
    folder.mkdir(parents=True)
    unit = folder / f"{source.stem}.o"
    command = [*_command(target), *FLAGS, *WARNINGS, *flags, "-fstack-usage"]
    result = subprocess.run([*command, "-c", source, "-o", unit], capture_output=True, text=True, check=False)
    if result.returncode:
        return Compiled(source, result.stderr, {}, 0)
    lines = [line.split("\t") for line in unit.with_suffix(".su").read_text().splitlines()]
    frames = {line[0]: int(line[1]) for line in lines if line[0].startswith(str(ROOT))}
    sizes = subprocess.run(
        ["riscv64-unknown-elf-size", unit], capture_output=True, text=True, check=True
    ).stdout.split("\n")[1]
    return Compiled(source, "", frames, sum(int(word) for word in sizes.split()[:3]))


@dataclass(frozen=True)
class Build:
    """A configuration that ESPHome generated into `folder`, the folder of its `main.cpp`'s `src`."""

    folder: Path
    target: str
    _parts: Path = field(init=False)

    def __post_init__(self) -> None:
        """Give the compiler what ESP-IDF makes of the settings, and `main.cpp` a place outside ESPHome's."""
        object.__setattr__(self, "_parts", self.folder / "chip")
        self._parts.mkdir()
        settings = next(self.folder.glob("sdkconfig.*.esphomeinternal")).read_text()
        values = re.findall(r"^(CONFIG_\w+)=(?!n$)(.*)$", settings, re.MULTILINE)
        lines = [f"#define {name} {'1' if value == 'y' else value}" for name, value in values]
        (self._parts / "sdkconfig.h").write_text("\n".join(["#pragma once", *lines, ""]))
        shutil.copy(self.folder / "src" / "main.cpp", self._parts / "main.cpp")

    @cached_property
    def flags(self) -> list[str]:
        """The definitions ESPHome's build gives, and where its headers and the stand-ins are."""
        project = (self.folder / "CMakeLists.txt").read_text()
        defined = [flag for flag in re.findall(r'"(-D[^"]+)"', project) if "__FILE__" not in flag]
        source = self.folder / "src"
        places = _system([self._parts, HERE / "idf", source, source / "esphome"])
        return ["-DESP_PLATFORM", *defined, *places, *library()]

    @property
    def components(self) -> set[str]:
        """Those of the project that this configuration uses."""
        used = {path.name for path in (self.folder / "src" / "esphome" / "components").iterdir()}
        return used & {path.name for path in COMPONENTS.iterdir()}

    @property
    def main(self) -> Path:
        """What ESPHome generated of the configuration."""
        return self._parts / "main.cpp"

    @property
    def units(self) -> list[Path]:
        """The units of the project's own components that this configuration is built from."""
        return [
            path for name in sorted(self.components) for path in sorted((COMPONENTS / name).glob("*.cpp"))
        ]

    def key(self, unit: Path) -> str:
        """Tell units apart that the compiler would see differently."""
        command = [*_command(self.target), *FLAGS, *self.flags, "-E", "-P", unit]
        text = subprocess.run(command, capture_output=True, check=False).stdout
        return hashlib.sha256(text).hexdigest()[:16]


def _command(target: str) -> list[str]:
    return [COMPILER, f"-march={target}", f"-mabi={TARGETS[target]}"]


def _system(folders: list[str | Path]) -> list[str]:
    """Others' headers: what they would be warned of is not the project's."""
    return [word for folder in folders for word in ("-isystem", str(folder))]
