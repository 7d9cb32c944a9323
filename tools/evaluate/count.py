"""Asking the stride core: runs `script/count --json` over recordings and reads its answers."""

import atexit
import functools
import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tools import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCRIPT = ROOT / "script" / "count"
_PROGRAM = ROOT / "build" / "native" / "count"
_NOT_BUILT = 3  # how script/count ends when it can't build
_FILES_A_CALL = 400


class CountError(RuntimeError):
    """The count tool refused or failed; the message is what it said."""


@dataclass(frozen=True, slots=True)
class Reported:
    """One stride as the stride core reports it."""

    start_s: float
    end_s: float
    direction: str
    length_m: float
    yaw_deg: float
    counted: bool
    length_valid: bool


@dataclass(slots=True)
class Counted:
    """What the stride core found in one recording; steps are two a stride."""

    strides: list[Reported] = field(default_factory=list)
    totals: dict[str, float] = field(default_factory=dict)

    @property
    def counted_strides(self) -> list[Reported]:
        """The strides that count."""
        return [stride for stride in self.strides if stride.counted]


def count(paths: Sequence[Path], *options: str) -> dict[Path, Counted]:
    """Count recordings with the given options of `script/count`; raise CountError where it fails."""
    found = {path: Counted() for path in paths}
    for first in range(0, len(paths), _FILES_A_CALL):
        part = [str(path) for path in paths[first : first + _FILES_A_CALL]]
        command = [str(_tool()), "--json", *options, *part]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise CountError(_first_line(run.stderr) or f"exit code {run.returncode}")
        read_lines(found, run.stdout)
    return found


@functools.cache
def _tool() -> Path:
    """Build the count tool and return a copy: all of a run is counted by one and the same core."""
    build = subprocess.run([str(_SCRIPT), "--help"], capture_output=True, text=True, check=False)
    if build.returncode == _NOT_BUILT:
        raise CountError(build.stderr.strip().splitlines()[-1])
    folder = Path(tempfile.mkdtemp(prefix="evaluate-core-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(shutil.copy2(_PROGRAM, folder))


def read_lines(found: dict[Path, Counted], text: str) -> None:
    """Add strides and totals, one JSON object a line, to what was found in each file."""
    for line in text.splitlines():
        _take(found, json.loads(line))


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]


def _take(found: dict[Path, Counted], line: dict[str, object]) -> None:
    counted = found[Path(str(line["file"]))]
    if line["type"] == "stride":
        counted.strides.append(
            Reported(
                start_s=float(str(line["start_s"])),
                end_s=float(str(line["end_s"])),
                direction=str(line["direction"]),
                length_m=float(str(line["length_m"])),
                yaw_deg=float(str(line["yaw_deg"])),
                counted=bool(line["counted"]),
                length_valid=bool(line.get("length_valid", True)),
            )
        )
    elif line["type"] == "total":
        counted.totals = {key: float(v) for key, v in line.items() if isinstance(v, int | float)}
