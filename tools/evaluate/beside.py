"""The stride core beside the gaitmap library: the same recordings and scoring, and how long each took."""

import resource
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools import ROOT
from tools.gait.recording import write_recording

from .count import Counted, CountError, count, read_lines
from .match import score
from .report import by_set, summary
from .sets import Result, Take

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GAITMAP = "gaitmap==2.6.0"
_ENVIRONMENT = ROOT / "build" / "gaitmap"
_WORKER = Path(__file__).with_name("gaitmap_strides.py")
_FILES_A_CALL = 400


def beside_gaitmap(takes: Sequence[Take]) -> dict[str, Any]:
    """Count takes with both; return their sets' sums and the processor seconds each took.

    Installs gaitmap into an environment of its own under build/ first. Raises CountError where that fails.
    """
    python = _environment()
    with tempfile.TemporaryDirectory(prefix="evaluate-") as folder:
        paths = [Path(folder) / f"{number}.csv" for number in range(len(takes))]
        for path, take in zip(paths, takes, strict=True):
            write_recording(path, take.recording)
        core, core_s = _timed(lambda: count(paths, "--mount", "known"))
        library, library_s = _timed(lambda: _count_with_gaitmap(python, paths))
    hours = sum(take.truth.duration_s for take in takes) / 3600.0
    return {
        "version": GAITMAP,
        "hours": round(hours, 3),
        "core": {"cpu_s": round(core_s, 2), "sets": _sets(takes, core, paths)},
        "gaitmap": {"cpu_s": round(library_s, 2), "sets": _sets(takes, library, paths)},
    }


def _environment() -> Path:
    python = _ENVIRONMENT / "bin" / "python"
    if not (_ENVIRONMENT / ".done").exists():
        # Python 3.14 is too new for what gaitmap is built on; Debian's own will do.
        _run(["python3", "-m", "venv", "--clear", str(_ENVIRONMENT)])
        _run([str(python), "-m", "pip", "install", "-q", GAITMAP])
        (_ENVIRONMENT / ".done").touch()
    return python


def _run(command: Sequence[str]) -> str:
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        lines = run.stderr.strip().splitlines() or [f"exit code {run.returncode}"]
        raise CountError(f"{Path(command[0]).name}: {lines[-1]}")
    return run.stdout


def _count_with_gaitmap(python: Path, paths: Sequence[Path]) -> dict[Path, Counted]:
    found = {path: Counted() for path in paths}
    for first in range(0, len(paths), _FILES_A_CALL):
        part = [str(path) for path in paths[first : first + _FILES_A_CALL]]
        read_lines(found, _run([str(python), str(_WORKER), *part]))
    return found


def _timed[T](work: Callable[[], T]) -> tuple[T, float]:
    """Return what the work gives and the processor seconds its subprocesses took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return result, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _sets(takes: Sequence[Take], counted: dict[Path, Counted], paths: Sequence[Path]) -> dict[str, Any]:
    results = [
        Result(take.group, take.truth, counted[path], score(take.truth, counted[path], take.group))
        for take, path in zip(takes, paths, strict=True)
    ]
    return {name: summary(group) for name, group in by_set(results).items()}


def as_lines(found: dict[str, Any]) -> list[str]:
    """Return the comparison as rows of a Markdown table."""
    lines = [
        "| set | | backward | forward | side | false backward | false steps/h | length |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name in found["core"]["sets"]:
        for tool in ("core", "gaitmap"):
            data = found[tool]["sets"][name]
            shares = [_share(data["directions"], *names) for names in _COLUMNS]
            length = data["length_error_percent"]
            cells = (*shares, data["false_backward"], data["false_steps_per_hour"], _percent(length))
            lines.append(f"| {name} | {tool} | {' | '.join(str(cell) for cell in cells)} |")
    return lines


_COLUMNS = (("backward",), ("forward",), ("left", "right"))


def _share(directions: dict[str, Any], *names: str) -> str:
    true = sum(directions[name]["true"] for name in names)
    return f"{sum(directions[name]['found'] for name in names)} of {true}" if true else ""


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.1f} %"
