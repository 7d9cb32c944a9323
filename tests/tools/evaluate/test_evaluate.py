"""The evaluation finds what is right, wrong, missed and invented, and says so in every form."""

import json
import re
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tools import ROOT
from tools.evaluate import rows
from tools.evaluate.beside import as_lines
from tools.evaluate.count import Counted, CountError, Reported, count
from tools.evaluate.match import match, score, scored_strides
from tools.evaluate.mounting import mounting_rows
from tools.evaluate.optical import read_shoe, with_optical_lengths
from tools.evaluate.page import write_page
from tools.evaluate.plots import plot_all
from tools.evaluate.report import as_json, as_text, summary
from tools.evaluate.sets import Result, Take, evaluate, load
from tools.gait.generate import generate
from tools.gait.recording import Direction, StrideTruth, Truth, write_recording

if TYPE_CHECKING:
    from pathlib import Path


def _true(start_s: float, direction: Direction = "backward", length_m: float = 1.0) -> StrideTruth:
    return StrideTruth(start_s, start_s + 0.8, direction, length_m)


def _reported(start_s: float, direction: str = "backward", *, counted: bool = True) -> Reported:
    return Reported(start_s, start_s + 0.8, direction, 1.1, 0.0, counted, length_valid=True)


def _truth(*strides: StrideTruth) -> Truth:
    return Truth("walk", "walk", duration_s=60.0, strides=strides)


def _counted(*strides: Reported) -> Counted:
    return Counted(list(strides), {"undecided_steps": 0.0})


def test_strides_pair_one_to_one_by_the_time_they_share() -> None:
    true = [_true(1.0), _true(2.0), _true(3.0)]
    assert match(true, [_reported(1.1), _reported(3.1)]) == {0: 0, 2: 1}
    assert match(true, [_reported(1.5)]) == {}
    long = replace(_reported(1.0), end_s=2.8)
    assert len(match(true, [long])) == 1


def test_only_strides_in_runs_and_after_a_stance_are_scored() -> None:
    truth = _truth(
        _true(0.05),
        _true(1.0),
        _true(2.0, "none"),
        _true(3.0),
        _true(8.0),
        _true(10.0, "left"),
        _true(11.0, "turn"),
    )
    assert scored_strides(truth) == {1, 3}


def test_found_missed_and_mistaken_strides_are_told_apart() -> None:
    truth = _truth(*(_true(start_s) for start_s in (1.0, 2.0, 3.0, 4.0)))
    found = score(
        truth, _counted(_reported(1.0), _reported(2.0, "forward"), _reported(3.0, counted=False)), "x"
    )
    assert (found.true["backward"], found.found["backward"]) == (4, 1)
    assert found.confusion["backward", "forward"] == 1
    assert found.confusion["backward", "missed"] == 2
    assert [stride.start_s for stride in found.missed] == [2.0, 3.0, 4.0]
    assert found.lengths_m == [(1.0, 1.1)]


def test_a_backward_stride_over_nothing_or_a_forward_one_is_false() -> None:
    truth = _truth(_true(1.0, "forward"), _true(2.0, "forward"), _true(3.0, "turn"), _true(4.0, "none"))
    reported = (_reported(start_s) for start_s in (1.0, 3.0, 4.0, 9.0))
    found = score(truth, _counted(*reported), "x")
    assert [stride.start_s for stride in found.false_backward] == [1.0, 9.0]
    assert found.invented == 1


def test_undecided_and_uncounted_strides_are_no_steps() -> None:
    counted = Counted([_reported(1.0, counted=False)], {"undecided_steps": 4.0})
    found = score(_truth(_true(1.0), _true(2.0)), counted, "x")
    assert found.undecided == 2
    assert sum(found.counted.values()) == 0


def _result(truth: Truth, *strides: Reported, group: str = "bandai1") -> Result:
    counted = _counted(*strides)
    return Result(group, truth, counted, score(truth, counted, group))


def test_rows_pass_and_fail_by_their_limits() -> None:
    walk = _truth(*(_true(start_s) for start_s in (1.0, 2.0, 3.0, 4.0)))
    whole = _result(walk, *(_reported(start_s) for start_s in (1.0, 2.0, 3.0, 4.0)))
    half = _result(walk, _reported(1.0), _reported(2.0))
    assert rows.bout_row([whole]).passed is True
    assert rows.bout_row([whole, half]).passed is False
    assert rows.bout_row([whole, half]).recordings == ("bandai1/walk -2",)
    assert rows.unchanged_row("x", "x", [whole], [whole]).passed is True
    assert rows.unchanged_row("x", "x", [whole], [half]).value == pytest.approx(0.5)
    lost, invented = rows.gap_rows([whole], [half])
    assert (lost.passed, invented.passed) == (False, True)
    assert rows.false_backward_row([whole]).passed is True
    wrong = _result(_truth(_true(1.0, "forward"), _true(2.0, "forward")), _reported(1.0))
    assert rows.false_backward_row([whole, wrong]).recordings == ("bandai1/walk",)


def test_length_errors_are_given_per_stride_and_for_the_sum() -> None:
    walk = _truth(_true(1.0), _true(2.0, length_m=1.2))
    mean, whole, _ = rows.length_error([_result(walk, _reported(1.0), _reported(2.0))])
    assert mean == pytest.approx(100 * (0.1 / 1.0 + 0.1 / 1.2) / 2)
    assert whole == pytest.approx(0.0, abs=1e-9)
    assert rows.length_error([])[0] is None


def test_shuffles_are_sorted_by_the_length_of_each_stride() -> None:
    walk = _truth(_true(1.0, length_m=0.2), _true(2.0, length_m=0.13), _true(3.0, length_m=0.2))
    found, short, _ = rows.shuffle_rows([_result(walk, _reported(1.0), _reported(2.0))])
    assert (found.value, short.value) == (0.5, 1.0)


@pytest.fixture(scope="module")
def takes() -> list[Take]:
    return [Take("generated", *generate(name, strides=6)) for name in ("backward", "mixed", "sitting")]


@pytest.fixture(scope="module")
def results(takes: list[Take]) -> list[Result]:
    return evaluate(takes, "--mount", "known")


def test_generated_walks_count_right_in_the_stride_core(results: list[Result]) -> None:
    walk, _, sitting = results
    assert walk.score.found["backward"] == walk.score.true["backward"] == 6
    assert walk.counted.totals["backward_steps"] == 12
    assert sitting.counted.counted_strides == []


def test_results_come_as_text_json_page_and_pictures(
    takes: list[Take], results: list[Result], tmp_path: Path
) -> None:
    found = [rows.bout_row(results), rows.at_most("x", "not measured", None, 0, "why")]
    text = as_text(results, found)
    assert "generated/backward" in text
    assert "not measured" in text
    document = json.loads(json.dumps(as_json(results, [{"passed": row.passed} for row in found])))
    assert (document["passed"], document["not_measured"]) == (1, 1)
    assert document["sets"]["generated"]["directions"]["backward"]["f1"] == 1.0
    assert [recording["class"] for recording in document["recordings"]] == ["backward", "mixed", "sitting"]
    write_page(tmp_path, results, found)
    page = (tmp_path / "accuracy.md").read_text()
    assert re.search(r"^\| generated \| [^|]+ \| 3 \|", page, re.MULTILINE)
    assert "$" not in page
    assert (tmp_path / "accuracy-mixed.png").exists()
    plot_all(takes[:1], results[:1], tmp_path / "plots")
    assert [path.suffix for path in (tmp_path / "plots").iterdir()] == [".png"]


def test_recordings_load_from_any_depth_and_those_without_truth_are_left_out(
    takes: list[Take], tmp_path: Path
) -> None:
    (tmp_path / "set").mkdir()
    write_recording(tmp_path / "set" / "walk.csv.gz", takes[0].recording, takes[0].truth)
    write_recording(tmp_path / "alone.csv", takes[0].recording)
    assert [(take.group, take.truth.name) for take in load(tmp_path)] == [("set", takes[0].truth.name)]


def test_the_command_refuses_a_folder_without_recordings(tmp_path: Path) -> None:
    command = [ROOT / "script" / "evaluate", tmp_path]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "no recordings with truth" in run.stderr


def test_what_the_count_tool_refuses_is_passed_on(tmp_path: Path) -> None:
    with pytest.raises(CountError, match="missing"):
        count([tmp_path / "missing.csv"])


def test_markers_on_the_shoe_give_the_length_of_a_stride(tmp_path: Path) -> None:
    moved_mm = np.concatenate((np.zeros(100), np.linspace(0, 1250, 60), np.full(100, 1250.0)))
    header = [",L_TOE,L_TOE,L_TOE,L_FCC,L_FCC,L_FCC,L_FM5,L_FM5,L_FM5", ",x,y,z,x,y,z,x,y,z"]
    lines = [f"{i},{x},7,50,{x},7,50,{x},7,50" for i, x in enumerate(moved_mm)]
    path = tmp_path / "markers.csv"
    path.write_text("\n".join((*header, *lines)))
    truth = with_optical_lengths(_truth(StrideTruth(1.02, 1.58, "forward", 1.0)), read_shoe(path, "L"))
    assert truth.truth == "optical"
    assert truth.strides[0].optical
    assert truth.strides[0].length_m == pytest.approx(1.25)


def test_a_pod_turned_in_its_clip_is_measured_from_a_cold_start_and_with_a_calibration() -> None:
    walks = [Take("generated", *generate("backward", strides=strides)) for strides in (24, 8)]
    found = {row.id: row for row in mounting_rows(walks, evaluate(walks, "--mount", "known"))}
    assert set(found) == {
        f"mounting_{name}_{what}" for name in ("cold", "calibrated") for what in ("wrong_end", "counts")
    }
    assert "4 recordings" in found["mounting_cold_counts"].detail
    assert "4 recordings" in found["mounting_calibrated_counts"].detail
    assert found["mounting_cold_wrong_end"].value == 0
    assert "sure after 5 strides" in found["mounting_cold_wrong_end"].detail
    assert found["mounting_calibrated_wrong_end"].value == 0


def test_two_counters_stand_side_by_side_in_one_table() -> None:
    data = summary([_result(_truth(_true(1.0), _true(2.0)), _reported(1.0))])
    beside = {"core": {"sets": {"x": data}}, "gaitmap": {"sets": {"x": data}}}
    lines = as_lines(beside)
    assert [line.split(" | ")[1] for line in lines[2:]] == ["core", "gaitmap"]
    assert "1 of 2" in lines[2]
