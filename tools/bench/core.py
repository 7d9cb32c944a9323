"""What the stride core costs on the chips: instructions per sample under qemu, size of state and code.

Counts of retired instructions are exact and repeatable; they are no cycles: waits for flash come on top.
"""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from tools import ROOT
from tools.gait.generate import generate

from .row import Row

COMPONENT: Final = ROOT / "esphome/components/retrostep"
MAIN: Final = ROOT / "esphome/native/isa/core_cost.cpp"
BUILD: Final = ROOT / "build/isa"
PREFIX: Final = "riscv64-unknown-elf-"
SAMPLES: Final = 6000
INSTRUCTIONS: Final = "instructions per sample"
STATE_LIMIT_B: Final = 4096
CODE_LIMIT_B: Final = 16 * 1024
# As the boards' firmware is built: ESPHome asks ESP-IDF for the smallest code unless told otherwise
# (`compiler_optimization: SIZE`), and these are what ESP-IDF's CMakeLists.txt makes of that.
FLAGS: Final = (
    "-Os",
    "-freorder-blocks",
    "-fno-jump-tables",
    "-fno-tree-switch-conversion",
    "-std=gnu++20",
    "-fno-exceptions",
    "-fno-rtti",
    "-fno-threadsafe-statics",
    "-ffunction-sections",
    "-fdata-sections",
)
# Parts of the host's C++ headers that belong to its machine; the rest of them is the same everywhere.
HOST_CONFIG: Final = ("c++config.h", "cpu_defines.h")
OS_DEFINES: Final = (
    "#ifndef _GLIBCXX_OS_DEFINES\n#define _GLIBCXX_OS_DEFINES 1\n#define __NO_CTYPE 1\n#endif\n"
)


class BenchError(RuntimeError):
    """A tool is missing or failed; the message says which."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A kind of processor, with its limits in instructions per sample."""

    name: str
    arch: str
    abi: str
    mean: float
    worst: float | None


CHIPS: Final = (
    Chip("soft float (ESP32-C3)", "rv32imc", "ilp32", 10_000, 40_000),
    Chip("hard float (ESP32, S3)", "rv32imafc", "ilp32f", 400, None),
)


def rows() -> list[Row]:
    """Measure; raises BenchError if the cross compiler or qemu is missing or fails."""
    _write_walk()
    headers = _headers()
    found = []
    for chip in CHIPS:
        program = _build(chip, headers)
        figures = _run(program)
        known, searched = figures["known"], figures["searched"]
        note = f"{known['strides']} strides in {figures['samples']} samples"
        found += [
            Row(f"core, {chip.name}: mean", known["mean"], INSTRUCTIONS, chip.mean, note),
            Row(f"core, {chip.name}: worst", known["worst"], INSTRUCTIONS, chip.worst),
            Row(f"core, {chip.name}, mounting searched: mean", searched["mean"], INSTRUCTIONS),
            Row(f"core, {chip.name}, mounting searched: worst", searched["worst"], INSTRUCTIONS),
        ]
        if chip is CHIPS[0]:
            found.append(Row("core: state", figures["state"], "bytes", STATE_LIMIT_B))
            found.append(Row("core: code without libgcc", _code_bytes(program), "bytes", CODE_LIMIT_B))
    return found


def _write_walk() -> None:
    """Write a minute of continuous walking, forward and backward, as the chip's sensor would give it."""
    parts = []
    for name in ("forward", "backward"):
        recording, truth = generate(name, seed=1, strides=40)
        first, last = truth.strides[0].start_s, truth.strides[-1].end_s
        walks = (recording.t_s >= first) & (recording.t_s < last)
        accel = np.rint(recording.accel_g[walks] * 2048)
        gyro = np.rint(recording.gyro_dps[walks] * 16)
        parts.append(np.concatenate((accel, gyro), axis=1)[: SAMPLES // 2])
    walk = np.clip(np.concatenate(parts), -32768, 32767).astype(int)
    if len(walk) < SAMPLES:
        raise BenchError(f"the generated walk has {len(walk)} samples, {SAMPLES} are needed")
    BUILD.mkdir(parents=True, exist_ok=True)
    lines = (f"{{{{{a}, {b}, {c}}}, {{{d}, {e}, {f}}}}},\n" for a, b, c, d, e, f in walk.tolist())
    (BUILD / "walk.inc").write_text("".join(lines))


def _headers() -> list[str]:
    """Return the options that let the cross compiler use the host's C++ headers."""
    versions = sorted(Path("/usr/include/c++").glob("[0-9]*"), key=lambda path: int(path.name))
    if not versions:
        raise BenchError("no C++ headers below /usr/include/c++")
    host = versions[-1]
    bits = BUILD / "headers/bits"
    bits.mkdir(parents=True, exist_ok=True)
    for name in HOST_CONFIG:
        path = next(Path("/usr/include").glob(f"*/c++/{host.name}/bits/{name}"), None)
        if path is None:
            raise BenchError(f"no {name} of the host's C++ {host.name}")
        shutil.copy(path, bits / name)
    (bits / "os_defines.h").write_text(OS_DEFINES)
    libc = "/usr/lib/picolibc/riscv64-unknown-elf/include"
    return ["-isystem", str(bits.parent), "-isystem", str(host), "-isystem", libc]


def _build(chip: Chip, headers: list[str]) -> Path:
    """Compile and link the program for a chip, as the firmware is."""
    folder = BUILD / chip.arch
    folder.mkdir(parents=True, exist_ok=True)
    objects = []
    # csrr needs the Zicsr extension by name; the libraries are filed without it.
    machine = [f"-march={chip.arch}_zicsr", f"-mabi={chip.abi}"]
    flags = [*FLAGS, "-I", str(COMPONENT), "-I", str(BUILD)]
    for source in (*sorted(COMPONENT.glob("stride_*.cpp")), MAIN):
        objects.append(folder / f"{source.stem}.o")
        _call(f"{PREFIX}g++", *machine, *flags, *headers, "-c", "-o", str(objects[-1]), str(source))
    program = folder / "core_cost"
    memory = {
        "flash": "0x80000000",
        "flash_size": "0x00200000",
        "ram": "0x80200000",
        "ram_size": "0x00100000",
    }
    _call(
        f"{PREFIX}gcc",
        "--specs=picolibc.specs",
        "--oslib=semihost",
        "--crt0=semihost",
        f"-march={chip.arch}",
        f"-mabi={chip.abi}",
        "-Wl,--gc-sections",
        f"-Wl,-Map={program}.map",
        *(f"-Wl,--defsym=__{name}={value}" for name, value in memory.items()),
        "-o",
        str(program),
        *map(str, objects),
        "-lm",
    )
    return program


def _run(program: Path) -> dict[str, Any]:
    machine = ["-M", "virt", "-bios", "none", "-nographic", "-monitor", "none", "-serial", "none"]
    semihosting = ["-semihosting-config", "enable=on,target=native", "-icount", "shift=0"]
    said = _call("qemu-system-riscv32", *machine, *semihosting, "-kernel", str(program))
    figures: dict[str, Any] = json.loads(said)
    return figures


def _code_bytes(program: Path) -> float:
    """Return the size of the core's own code and constants in the linked program, which calls all of it.

    The linker shortens most calls, so objects on their own look a fifth larger. Of the C library it takes a
    logarithm, an exponential and a root, 2 KB without floating point, which belong to the whole firmware.
    """
    placed = Path(f"{program}.map").read_text().split("Linker script and memory map", 1)[1]
    found = re.findall(r"\.(?:text|s?rodata)\S*\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) \S*/stride_\w+\.o\n", placed)
    if not found:
        raise BenchError(f"nothing of the core in {program}.map")
    return float(sum(int(size, 16) for address, size in found if int(address, 16) > 0))


def _call(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    except FileNotFoundError as error:
        raise BenchError(f"{command[0]} is not installed") from error
    if done.returncode != 0:
        raise BenchError(f"{command[0]} failed: {done.stderr.strip()[:500]}")
    return done.stdout or done.stderr  # what a program says by semihosting comes on the error channel
