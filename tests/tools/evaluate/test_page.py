"""The page about accuracy: what it means first, then numbers, each with what it can't exclude."""

import re
from typing import TYPE_CHECKING

import pytest

from tools.evaluate import rows
from tools.evaluate.count import Counted, Reported
from tools.evaluate.ground import rows_of
from tools.evaluate.match import score
from tools.evaluate.page import write_page
from tools.evaluate.plain import in_short
from tools.evaluate.provenance import by_person, people_in
from tools.evaluate.sets import Result
from tools.gait.recording import Direction, StrideTruth, Truth

if TYPE_CHECKING:
    from pathlib import Path

STRIDES = 4


def _walk(group: str, name: str, direction: Direction = "backward", found: int = STRIDES) -> Result:
    starts_s = range(1, STRIDES + 1)
    truth = Truth(
        name,
        name,
        kind="worn sensor",
        duration_s=60.0,
        strides=tuple(StrideTruth(s, s + 0.8, direction, 1.0) for s in starts_s),
    )
    strides = [Reported(s, s + 0.8, direction, 1.02, 0.0, True, True) for s in starts_s]
    counted = Counted(strides[:found], {"undecided_steps": 0.0})
    return Result(group, truth, counted, score(truth, counted, group))


@pytest.fixture(scope="module")
def walks() -> list[Result]:
    return [
        _walk("bandai1", "walk-back_happy_001_L"),
        _walk("ipol", "1-1_lf", "forward"),
        _walk("ipol", "1-2_rf", "forward", found=2),
        _walk("ipol", "10-1_lf", "forward"),
        _walk("cmu", "07_01_L", "forward"),
        _walk("cmu_iclone60", "07_02_L", "forward"),
    ]


@pytest.fixture(scope="module")
def page(walks: list[Result], tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("docs")
    found = [*rows.accuracy_rows(walks, walks), *rows.negative_rows([_walk("negatives", "sitting", found=0)])]
    write_page(folder, walks, [*found, *rows_of("motor", "treadmill", walks, 3.0)])
    return (folder / "accuracy.md").read_text(encoding="utf-8")


def test_a_reader_meets_the_meaning_before_any_method_or_table(page: str) -> None:
    headings = re.findall(r"^## (.+)$", page, re.MULTILINE)
    assert headings[:2] == ["In short", "Method"]
    assert headings.index("Targets") < headings.index("Sets") < headings.index("People")
    short = page.partition("## In short")[2].partition("## Method")[0]
    assert "|" not in short
    assert "4 of 4" in short
    for word in ("Wilson", "zero-velocity", "recall", "`"):
        assert word not in short.partition("The rest of this page")[0]


def test_every_share_of_the_targets_has_its_interval(page: str) -> None:
    targets = page.partition("## Targets")[2].partition("## Sets")[0]
    lines = [
        line.split(" | ") for line in targets.splitlines() if line.startswith("| ") and "---" not in line
    ]
    cells = {line[0].removeprefix("| "): line[2] for line in lines[1:]}
    assert cells["backward strides found, bandai1"] == "51 to 100 %"
    assert cells["treadmill: strides found"].endswith("%")
    assert cells["counted steps: sitting"] == "up to 180 an hour"
    assert cells["false backward strides, worn and bandai1"].startswith("up to ")


def test_every_set_has_its_people_origin_terms_and_intervals(page: str) -> None:
    assert re.search(r"\| ipol \| 2 \| sensors on both feet.*AGPL-3.0 \|", page)
    assert "| bandai1 | 3 actors; which one is not told |" in page
    assert re.search(r"\| ipol \| 2 \| 3 \| 0\.05 \|.*10 of 12 \([\d.]+ to [\d.]+ %\)", page)


def test_each_person_has_a_row_in_the_order_of_their_numbers(page: str, walks: list[Result]) -> None:
    people = page.partition("## People")[2].partition("## ")[0]
    rows_ = [line for line in people.splitlines() if line.startswith(("| ipol", "| cmu"))]
    assert [row.split(" | ")[0] for row in rows_] == ["| cmu 07", "| ipol 1", "| ipol 10"]
    assert "| 2 |  | 6 of 8 (" in rows_[1]
    assert len(by_person(walks)["cmu 07"]) == 2  # one person in two sets
    assert people_in("nowhere", walks[:1]) == "not told"


def test_the_page_holds_no_number_of_a_row_that_was_not_measured() -> None:
    assert in_short([]) == []
    unknown = rows.at_least("ground_motor", "treadmill", None, 0.97)
    assert in_short([unknown]) == []


def test_a_ground_is_judged_by_its_strides_and_by_its_worst_walk() -> None:
    walks = [_walk("generated", "a"), _walk("generated", "b", found=2), _walk("generated", "c", found=0)]
    found, distance = rows_of("x", "belt", walks, 3.0)
    assert (found.share, found.passed) == ((6, 12), False)
    assert distance.value == pytest.approx(2.0)
    assert distance.passed is True
