"""The tables for a paper: people, agreement, the worst person, from recordings that a laboratory made."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tools import ROOT
from tools.evaluate import lab
from tools.evaluate.agreement import agreement, icc_agreement, limits_of_agreement, sums_of
from tools.evaluate.gait_figures import FIGURES, Pair, pairs_of
from tools.evaluate.sets import WORN, Result, Take, evaluate, load
from tools.gait.generate import generate
from tools.gait.generate_gait import ELDER, HEALTHY, LIVELY, resized
from tools.gait.recording import read_truth, write_recording

if TYPE_CHECKING:
    from pathlib import Path

PACES = {"slow": 1.25, "usual": 1.0, "fast": 0.85}
PEOPLE = (("p1", 30, HEALTHY), ("p2", 41, LIVELY), ("p3", 66, ELDER), ("p4", 72, ELDER), ("p5", 55, HEALTHY))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Record five people at three paces, as docs/validate.md says."""
    folder: Path = tmp_path_factory.mktemp("lab")
    for number, (person, age, walker) in enumerate(PEOPLE):
        for pace, slower in PACES.items():
            walks = resized(walker, None, walker.backward.period_s * slower)
            recording, truth = generate("backward", seed=10 + number, walker=walks, strides=16)
            surface = "treadmill" if pace == "usual" else "hallway"
            notes = {"person": person, "age": age, "pace": pace, "surface": surface}
            named = replace(truth, name=f"{person}-{pace}", kind="worn sensor", notes=notes)
            write_recording(folder / f"{person}-{pace}.csv.gz", recording, named)
    return folder


@pytest.fixture(scope="module")
def results(folder: Path) -> list[Result]:
    """Count them."""
    return evaluate(load(folder), "--mount", "known")


def pair(person: str, true: float, found: float) -> Pair:
    """A walk of somebody."""
    return Pair(person, "walk", true, found)


def textbook_icc(table: np.ndarray) -> float:
    """ICC(A,1) by the analysis of variance of a table of any width."""
    n, k = table.shape
    grand = table.mean()
    walks = k * ((table.mean(axis=1) - grand) ** 2).sum() / (n - 1)
    methods = n * ((table.mean(axis=0) - grand) ** 2).sum() / (k - 1)
    rest = table - table.mean(axis=1, keepdims=True) - table.mean(axis=0) + grand
    error = (rest**2).sum() / ((n - 1) * (k - 1))
    return float((walks - error) / (walks + (k - 1) * error + k * (methods - error) / n))


def icc(true: np.ndarray, found: np.ndarray) -> float:
    """ICC(A,1) of two methods, as the tables have it."""
    return float(icc_agreement(sums_of(true, found)))


def test_limits_of_agreement_are_the_bias_and_twice_its_spread() -> None:
    true = np.array([5.0, 7.0, 9.0])
    found = limits_of_agreement(sums_of(true, true + np.arange(3.0)))
    assert found == pytest.approx((1, 1 - 1.959964, 1 + 1.959964))


def test_the_intraclass_correlation_is_that_of_shrout_and_fleiss() -> None:
    """Their example (Psychol. Bull. 86 (1979), 420-428, table 4): ICC(2,1) is 0.29 for four judges."""
    judges = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
    assert textbook_icc(judges.astype(float)) == pytest.approx(0.29, abs=0.005)
    for one, two in ((0, 1), (0, 3), (1, 2)):
        pair_of_judges = judges[:, [one, two]].astype(float)
        assert icc(*pair_of_judges.T) == pytest.approx(textbook_icc(pair_of_judges))


def test_a_constant_error_lowers_absolute_agreement() -> None:
    true = np.array([1.0, 2.0, 3.0, 4.0])
    assert icc(true, true) == pytest.approx(1.0)
    assert icc(true, true + 1.0) < 0.8


def test_where_nothing_varies_there_is_no_correlation() -> None:
    assert np.isnan(icc(np.full(4, 20.0), np.full(4, 20.0)))
    found = agreement([pair(f"p{n}", 20.0, 20.0) for n in range(6)])
    assert found is not None
    assert (found.bias.interval, found.icc.interval) == ((0, 0), None)


def test_the_worst_person_is_named_whichever_way_they_are_off() -> None:
    found = agreement([pair("a", 1.0, 1.1), pair("b", 1.0, 0.7), pair("b", 2.0, 1.7), pair("c", 3.0, 3.0)])
    assert found is not None
    assert (found.worst_person, found.worst_bias) == ("b", pytest.approx(-0.3))
    assert (found.walks, found.people) == (4, 3)


def test_intervals_are_over_people_not_over_their_walks() -> None:
    alike = [pair(f"p{n}", float(n), n + 0.1 * n) for n in range(1, 7)]
    often = [walk for walk in alike for _ in range(50)]
    once, many = agreement(alike), agreement(often)
    assert once is not None
    assert many is not None
    assert once.bias.interval is not None
    assert many.bias.interval == pytest.approx(once.bias.interval, abs=0.02)
    assert agreement(alike) == once, "the same every time"


def test_with_fewer_than_five_people_there_is_no_interval_and_with_three_walks_no_answer() -> None:
    few = agreement([pair("a", float(n), float(n)) for n in range(4)])
    assert few is not None
    assert few.bias.interval is None
    assert agreement([pair("a", 1.0, 1.0)] * 2) is None


def test_the_truth_that_the_page_shows_can_be_read_and_says_who_walked(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "validate.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    (tmp_path / "p07-fast-1.truth.json").write_text(shown, encoding="utf-8")
    truth = read_truth(tmp_path / "p07-fast-1.truth.json")
    assert truth.kind == WORN
    assert truth.notes.keys() == {"person", "age", "pace", "surface"}
    assert truth.strides[0].direction == "backward"


def test_each_person_has_a_row_with_found_strides_and_errors(results: list[Result]) -> None:
    rows = lab.people(results)
    assert [(row["person"], row["age"], row["recordings"]) for row in rows] == [
        (person, age, 3) for person, age, _ in PEOPLE
    ]
    for row in rows:
        assert row["backward_found"] == row["backward_true"] == 48
        assert row["false_backward"] == 0
        assert abs(row["errors"]["speed"]) < 0.05
        assert row["errors"].keys() == {figure.id for figure in FIGURES}


def test_every_figure_of_generated_walks_is_near_the_truth(results: list[Result]) -> None:
    limits = {
        "steps": 0.0, "speed": 0.03, "cadence": 2.0, "stride_length": 0.02, "longest_stride": 0.03,
        "stride_length_sd": 0.01, "stride_time": 0.01, "stride_time_sd": 0.01, "stance_share": 7.0,
        "three_metres": 0.15,
    }  # fmt: skip
    pairs = pairs_of(results, lab.who)
    assert pairs.keys() == limits.keys()
    for name, limit in limits.items():
        found = agreement(pairs[name])
        assert found is not None, name
        assert found.walks == 15, name
        assert abs(found.bias.value) <= limit, name


def test_conditions_are_told_apart(results: list[Result]) -> None:
    told = lab.report(results)
    assert told["conditions"].keys() == {
        "pace: fast", "pace: slow", "pace: usual", "surface: hallway", "surface: treadmill",
        "older: 65 and older", "older: under 65",
    }  # fmt: skip
    assert told["conditions"]["older: 65 and older"]["speed"]["people"] == 2
    assert told["conditions"]["surface: treadmill"]["speed"]["walks"] == 5
    tables = lab.as_tables(results)
    assert "### older: 65 and older" in tables
    assert "| p3 | 66 | 3 | 48 of 48 |" in tables


def test_a_walk_that_is_too_short_or_forward_has_no_figures() -> None:
    (short,) = evaluate_generated("backward", strides=5)
    (forward,) = evaluate_generated("forward", strides=20)
    assert not any(pairs_of([short, forward], lab.who).values())


def evaluate_generated(name: str, strides: int) -> list[Result]:
    """Count a generated walk."""
    return evaluate([Take("generated", *generate(name, strides=strides))], "--mount", "known")


def test_the_command_prints_tables_and_json_of_these_recordings_alone(folder: Path) -> None:
    command = [sys.executable, "-m", "tools.evaluate", str(folder), "--paper"]
    tables = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    assert tables.startswith("## People")
    assert "| p1 |" in tables
    told = json.loads(
        subprocess.run([*command, "--json"], check=True, capture_output=True, text=True, cwd=ROOT).stdout
    )
    assert len(told["people"]) == 5
    assert told["agreement"]["three_metres"]["worst_person"]
