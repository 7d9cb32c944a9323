"""The recording format: what is written is read back, and what breaks it is named."""

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tools.gait.recording import (
    HEADER,
    Recording,
    RecordingError,
    StrideTruth,
    Truth,
    direction_of,
    read_recording,
    read_truth,
    truth_path,
    write_recording,
)

if TYPE_CHECKING:
    from pathlib import Path


def _recording() -> Recording:
    return Recording(np.arange(1, 6) / 100.0, np.tile((0.0, 0.0, 1.0), (5, 1)), np.zeros((5, 3)))


@pytest.mark.parametrize("name", ["walk.csv", "walk.csv.gz"])
def test_a_recording_and_its_truth_survive_being_written_and_read(tmp_path: Path, name: str) -> None:
    truth = Truth("walk", "walk back", duration_s=0.04, strides=(StrideTruth(0.01, 0.03, "backward", 0.5),))
    write_recording(tmp_path / name, _recording(), truth)
    read = read_recording(tmp_path / name)
    np.testing.assert_allclose(read.t_s, _recording().t_s)
    np.testing.assert_allclose(read.accel_g, _recording().accel_g)
    assert read_truth(truth_path(tmp_path / name)) == truth


def test_the_same_recording_gives_the_same_bytes(tmp_path: Path) -> None:
    write_recording(tmp_path / "a.csv.gz", _recording())
    write_recording(tmp_path / "b.csv.gz", _recording())
    assert (tmp_path / "a.csv.gz").read_bytes() == (tmp_path / "b.csv.gz").read_bytes()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("t,a\n1,2\n", "first line must be"),
        (HEADER + "\n", "no samples"),
        (HEADER + "\n0.01,0,0,1,0,0,0\n", "fewer than two samples"),
        (HEADER + "\n0.01,0,0,1,0,0,0\n0.01,0,0,1,0,0,0\n", "time does not rise at sample 1"),
        (HEADER + "\n0.01,0,0,1,0,0,0\n0.02,0,0,nan,0,0,0\n", "not a finite number"),
        (HEADER + "\n0.01,0,0,1,0,0,0\n0.02,0,0,x,0,0,0\n", "could not convert string 'x'"),
        (HEADER + "\n0.01,0,0,1,0,0\n0.02,0,0,1,0,0\n", "7 columns expected, 6 found"),
    ],
)
def test_a_broken_recording_is_refused_with_its_name_and_the_reason(
    tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "broken.csv"
    path.write_text(text)
    with pytest.raises(RecordingError, match=reason) as caught:
        read_recording(path)
    assert "broken.csv" in str(caught.value)


def test_a_missing_or_cut_file_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"missing\.csv"):
        read_recording(tmp_path / "missing.csv")
    write_recording(tmp_path / "cut.csv.gz", _recording())
    (tmp_path / "cut.csv.gz").write_bytes((tmp_path / "cut.csv.gz").read_bytes()[:30])
    with pytest.raises(RecordingError, match=r"cut\.csv\.gz: not readable"):
        read_recording(tmp_path / "cut.csv.gz")


@pytest.mark.parametrize("strides", ['[{"start_s": 1}]', '[{"start_s": 2, "end_s": 1}]', "3"])
def test_a_broken_truth_is_refused(tmp_path: Path, strides: str) -> None:
    path = tmp_path / "x.truth.json"
    path.write_text('{"name": "x", "strides": ' + strides + "}")
    with pytest.raises(RecordingError, match=r"x\.truth\.json"):
        read_truth(path)


def test_directions_are_named_by_the_angle_to_the_toe() -> None:
    assert direction_of(1.0, 0.9, 0.0) == "forward"
    assert direction_of(-1.0, 0.9, 0.0) == "backward"
    assert direction_of(0.1, 1.0, 0.0) == "left"
    assert direction_of(0.1, -1.0, 0.0) == "right"
    assert direction_of(0.05, 0.05, 0.0) == "none"
    assert direction_of(1.0, 0.0, -130.0) == "turn"
