"""What counting costs a pod's chip stays what it was brought down to; counts of instructions are exact.

The bounds here keep what was reached. `script/bench --only core` compares the same figures with what they
should be; two of these aims are missed so far: the code (16 KiB) and the mean with floating point (400).
"""

import subprocess
from typing import TYPE_CHECKING

import pytest

from tools.bench import core

if TYPE_CHECKING:
    from tools.bench.row import Row

CODE = "core: code without libgcc"
# Measured with GCC 12, rounded up. Lower them when the core gets cheaper; a higher one needs a reason in its
# commit.
MOST = {
    "core, soft float (ESP32-C3): mean": 1_630,
    "core, soft float (ESP32-C3): worst": 23_500,
    "core, soft float (ESP32-C3), mounting searched: mean": 1_700,
    "core, soft float (ESP32-C3), mounting searched: worst": 23_500,
    "core, hard float (ESP32, S3): mean": 910,
    "core, hard float (ESP32, S3): worst": 4_150,
    "core, hard float (ESP32, S3), mounting searched: mean": 975,
    "core, hard float (ESP32, S3), mounting searched: worst": 5_645,
    "core: state": 3_940,
    CODE: 26_630,
}
MEASURED_WITH = "12"
MORE_CODE_WITH_ANOTHER = 1.03  # that of GCC 14 (Debian 13) is some 1 % larger


@pytest.fixture(scope="module")
def allowance() -> float:
    """How many times its bound the size of the code may be with the compiler that is here."""
    command = [f"{core.PREFIX}g++", "-dumpversion"]
    version = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return 1 if version.split(".")[0] == MEASURED_WITH else MORE_CODE_WITH_ANOTHER


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return core.rows()


def test_every_figure_has_a_bound(rows: list[Row]) -> None:
    assert {row.name for row in rows} == MOST.keys()


@pytest.mark.parametrize("name", MOST)
def test_the_core_costs_no_more_than_it_did(rows: list[Row], allowance: float, name: str) -> None:
    figures = {row.name: row.value for row in rows}
    assert figures[name] <= MOST[name] * (allowance if name == CODE else 1)


def test_the_walk_that_is_measured_is_counted(rows: list[Row]) -> None:
    notes = [row.note for row in rows if row.note]
    assert notes
    assert all(note == "41 strides in 6000 samples" for note in notes)
