"""What `script/count` says of recordings, and of files that are none."""

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tools import ROOT
from tools.gait.generate import generate
from tools.gait.recording import write_recording
from tools.gait.transform import BACK_TO_FRONT, mount
from tools.gait.walking import walked_s

if TYPE_CHECKING:
    from pathlib import Path

STRIDE_KEYS = {"type", "file", "start_s", "end_s", "direction", "length_m", "yaw_deg", "counted"}
TOTAL_KEYS = {
    *("type", "file", "backward_steps", "forward_steps", "side_steps", "undecided_steps"),
    *("backward_m", "forward_m", "backward_s", "forward_s"),
}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "script" / "count", *arguments], check=False, capture_output=True, text=True
    )


def count(*arguments: str | Path) -> list[dict[str, Any]]:
    done = run("--json", *arguments)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def walk(tmp_path: Path) -> Path:
    recording, truth = generate("backward", seed=5, strides=12)
    file = tmp_path / "walk.csv.gz"
    write_recording(file, recording, truth)
    return file


@pytest.mark.parametrize(
    ("name", "counted"),
    [("backward", "backward_steps"), ("forward", "forward_steps"), ("sideways", "side_steps")],
)
def test_every_stride_of_a_walk_is_two_steps_in_its_direction(
    tmp_path: Path, name: str, counted: str
) -> None:
    recording, truth = generate(name, seed=2, strides=20)
    file = tmp_path / "walk.csv"
    write_recording(file, recording, truth)
    total = count("--mount", "known", file)[-1]
    steps = {key: value for key, value in total.items() if key.endswith("_steps") and value}
    assert steps == {counted: 2 * len(truth.strides)}


def test_sitting_counts_nothing(tmp_path: Path) -> None:
    recording, truth = generate("sitting", seed=2)
    write_recording(tmp_path / "sit.csv", recording, truth)
    total = count(tmp_path / "sit.csv")[-1]
    assert {value for key, value in total.items() if key not in {"type", "file"}} == {0}


def test_strides_come_first_and_one_total_per_file_last(walk: Path) -> None:
    lines = count(walk, walk)
    totals = [index for index, line in enumerate(lines) if line["type"] == "total"]
    assert totals == [len(lines) // 2 - 1, len(lines) - 1]
    assert all(line["file"] == str(walk) for line in lines)
    assert all(set(line) >= STRIDE_KEYS for line in lines if line["type"] == "stride")
    assert all(set(line) >= TOTAL_KEYS for line in lines if line["type"] == "total")


def test_totals_sum_up_the_counted_strides(walk: Path) -> None:
    *strides, total = count(walk)
    back = [line for line in strides if line["counted"] and line["direction"] == "backward"]
    assert total["backward_steps"] == 2 * len(back) > 0
    assert total["backward_m"] == pytest.approx(sum(line["length_m"] for line in back), abs=0.05)


def test_walking_time_runs_through_the_stances_of_a_bout_but_not_through_pauses(walk: Path) -> None:
    *strides, total = count(walk)
    counted = [line for line in strides if line["counted"]]
    times = walked_s([(line["direction"], line["start_s"], line["end_s"]) for line in counted])
    backward_s = sum(
        time_s for line, time_s in zip(counted, times, strict=True) if line["direction"] == "backward"
    )
    swings_s = sum(line["end_s"] - line["start_s"] for line in counted if line["direction"] == "backward")
    assert total["backward_s"] == pytest.approx(backward_s, abs=0.05)
    assert total["backward_s"] > 1.2 * swings_s


def test_how_the_pod_sits_is_found_out_unless_the_axes_are_said_to_be_known(tmp_path: Path) -> None:
    recording, truth = generate("backward", seed=5, strides=12)
    file = tmp_path / "turned.csv"
    write_recording(file, mount(recording, BACK_TO_FRONT), truth)
    assert (count(file)[-1]["backward_steps"], count(file)[-1]["forward_steps"]) == (24, 0)
    assert count("--mount", "known", file)[-1]["forward_steps"] == 24


def test_too_little_walking_to_find_that_out_is_said_with_the_ways_out(tmp_path: Path) -> None:
    recording, truth = generate("backward", seed=5, strides=3)
    file = tmp_path / "short.csv"
    write_recording(file, recording, truth)
    done = run(file)
    assert done.returncode == 0
    assert "6 steps in too little walking" in done.stderr
    assert "--mount known" in done.stderr
    assert count("--mount", "known", file)[-1]["backward_steps"] == 6


def test_a_mounting_learned_from_one_recording_serves_another(tmp_path: Path, walk: Path) -> None:
    long, truth = generate("forward", seed=9, strides=30)
    write_recording(tmp_path / "long.csv", long, truth)
    learned = tmp_path / "mounting.json"
    assert run("--learn", learned, tmp_path / "long.csv").returncode == 0
    assert count("--calibration", learned, walk)[-1] == count("--mount", "known", walk)[-1]


def test_a_calibration_is_not_asked_for_where_the_axes_are_known(tmp_path: Path, walk: Path) -> None:
    done = run("--mount", "known", "--learn", tmp_path / "mounting.json", walk)
    assert done.returncode == 2
    assert "--learn are for --mount auto" in done.stderr


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "empty"),
        ("time,x\n1,2\n", "header"),
        ("t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n0,0,0,1,0,0\n", "line 2"),
        ("t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n0,0,0,1,0,0,0\n0,0,0,1,0,0,0\n", "line 3"),
        ("t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n0,0,0,one,0,0,0\n", "line 2"),
    ],
)
def test_what_is_no_recording_is_refused_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "broken.csv"
    file.write_text(text)
    done = run(file)
    assert done.returncode != 0
    assert str(file) in done.stderr
    assert complaint in done.stderr


@pytest.mark.parametrize("arguments", [(), ("--bogus",), ("--mount", "sideways", "x.csv"), ("missing.csv",)])
def test_wrong_calls_are_refused_in_words(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode != 0
    assert done.stderr.startswith("count: ")
