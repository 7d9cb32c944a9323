"""Counting stays as it is, stride by stride: `script/count --json` over generated walks, compared exactly.

`pytest tests/tools/gait/test_count_golden.py --update-golden` writes what is counted now. That is a reviewed
act: a change of counting commits the new file by itself and says what changed and why. The tool is built so
that its floating point is the same on every processor and compiler.
"""

import hashlib
import json
import subprocess
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.tools.gait.golden_walks import WALKS
from tools import ROOT
from tools.gait.recording import write_recording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.gait.recording import Recording

GOLDEN = Path(__file__).with_name("count_golden.jsonl")
MOST_BYTES = 200_000
MOST_LINES_SHOWN = 40


def samples_of(recording: Recording) -> str:
    """Tell recordings apart: another value here means that the generator changed, not the counting."""
    columns = (recording.t_s, recording.accel_g, recording.gyro_dps)
    return hashlib.sha256(b"".join(column.tobytes() for column in columns)).hexdigest()[:16]


def counted(folder: Path, mounting: str, names: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Return what `script/count` says of each walk, in its words but for the file's name."""
    files = {str(folder / f"{number}.csv"): name for number, name in enumerate(WALKS) if name in set(names)}
    command = [ROOT / "script" / "count", "--json", "--mount", mounting, *files]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    said: dict[str, list[dict[str, Any]]] = {name: [] for name in files.values()}
    for line in done.stdout.splitlines():
        record = json.loads(line)
        said[files[record.pop("file")]].append(record)
    return said


def lines_of(name: str, samples: str, records: list[dict[str, Any]]) -> list[str]:
    """Write a walk: its name, then its strides in as few characters as a reader needs, then the total."""
    *strides, total = records
    keys = list(strides[0])[1:] if strides else []
    head = {"walk": name, "samples": samples, "stride": keys}
    return [
        json.dumps(head),
        *(json.dumps([stride[key] for key in keys]) for stride in strides),
        json.dumps(total),
    ]


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is counted now, line by line, for each walk."""
    folder = tmp_path_factory.mktemp("walks")
    samples = {}
    for number, (name, walk) in enumerate(WALKS.items()):
        recording = walk.recording()
        samples[name] = samples_of(recording)
        write_recording(folder / f"{number}.csv", recording)
    said: dict[str, list[dict[str, Any]]] = {}
    for mounting in ("known", "auto"):
        said |= counted(folder, mounting, [name for name, walk in WALKS.items() if walk.mounting == mounting])
    return {name: lines_of(name, samples[name], said[name]) for name in WALKS}


@pytest.fixture(scope="module")
def golden(now: dict[str, list[str]], request: pytest.FixtureRequest) -> dict[str, list[str]]:
    """What was counted when the file was last reviewed."""
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text("".join(f"{line}\n" for lines in now.values() for line in lines))
    known: dict[str, list[str]] = {}
    for line in GOLDEN.read_text().splitlines():
        if line.startswith('{"walk"'):
            lines = known[json.loads(line)["walk"]] = []
        lines.append(line)
    return known


def test_the_golden_holds_these_walks_and_stays_small(golden: dict[str, list[str]]) -> None:
    assert list(golden) == list(WALKS)
    assert GOLDEN.stat().st_size <= MOST_BYTES


@pytest.mark.parametrize("name", WALKS)
def test_the_walk_is_counted_as_it_was(
    name: str, now: dict[str, list[str]], golden: dict[str, list[str]]
) -> None:
    heads = [json.loads(lines[name][0]) for lines in (golden, now)]
    assert heads[0]["samples"] == heads[1]["samples"], "the generator makes other samples now"
    changed = islice(unified_diff(golden[name], now[name], "golden", "now", lineterm=""), MOST_LINES_SHOWN)
    assert now[name] == golden[name], "\n".join(changed)


def test_together_the_walks_hold_every_verdict(golden: dict[str, list[str]]) -> None:
    strides = [
        dict(zip(json.loads(head)["stride"], json.loads(line), strict=True))
        for head, *lines in golden.values()
        for line in lines[:-1]
    ]
    verdicts = {(s["direction"], s["counted"], s["length_valid"]) for s in strides}
    for direction in ("forward", "backward", "left", "right"):
        for length_valid in (False, True):
            assert (direction, True, length_valid) in verdicts
    assert any(not was_counted for _, was_counted, _ in verdicts)
    totals = [json.loads(lines[-1]) for lines in golden.values()]
    assert any(total["undecided_steps"] for total in totals)
    assert any("sure_s" in total for total in totals)
