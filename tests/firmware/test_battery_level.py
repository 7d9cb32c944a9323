"""*Battery level* follows the curve of a lithium polymer cell, not a straight line."""

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .configurations import Configurations

# What Meshtastic's firmware has for cells in trackers (power.h, `OCV_ARRAY`): volts at 90, 80, … 10 %. The
# second is a cell that is charged higher than 4.2 V: only its lower half is like ours.
T1000_E = [4.042, 3.957, 3.885, 3.820, 3.776, 3.746, 3.725, 3.696, 3.644]
MESH_POCKET_5000 = [3.888, 3.800, 3.740, 3.698, 3.655, 3.580]
# The pod switches itself off there, and Home Assistant says that it wants to be charged.
EMPTY_V, LOW_PERCENT = 3.3, 20


@pytest.fixture
def points(root: Path, configurations: Configurations) -> list[tuple[float, float]]:
    """Give volts and percent as ESPHome reads them from the board's configuration."""
    board = root / "esphome" / "boards" / "m5stack-capsule.yaml"
    sensors = configurations.validated(configurations.board(board))["sensor"]
    (level,) = [sensor for sensor in sensors if sensor.get("name") == "Battery level"]
    (curve,) = [one["calibrate_linear"] for one in level["filters"] if "calibrate_linear" in one]
    assert curve["method"] == "exact"
    return sorted((point["from"], point["to"]) for point in curve["datapoints"])


def percent(points: list[tuple[float, float]], volts: float) -> float:
    """Say what is shown at a voltage between the ends of the curve."""
    for (low_v, low), (high_v, high) in pairwise(points):
        if low_v <= volts <= high_v:
            return low + (high - low) * (volts - low_v) / (high_v - low_v)
    raise AssertionError(volts)


def test_it_is_empty_where_the_pod_switches_off_and_only_ever_rises(
    points: list[tuple[float, float]],
) -> None:
    assert points[0] == (EMPTY_V, 0)
    assert points[-1][1] == 100
    assert all(before[1] < after[1] for before, after in pairwise(points))


@pytest.mark.parametrize("cell", [T1000_E, MESH_POCKET_5000], ids=["T1000-E", "Mesh Pocket 5000"])
def test_it_agrees_with_the_cells_of_two_makers(cell: list[float], points: list[tuple[float, float]]) -> None:
    known = {10 * (len(cell) - n): volts for n, volts in enumerate(cell)}
    shown = {charge: percent(points, volts) for charge, volts in known.items()}
    assert shown == {charge: pytest.approx(charge, abs=9) for charge in known}


def test_who_is_told_that_the_cell_is_low_has_a_fifth_of_it_left(points: list[tuple[float, float]]) -> None:
    low_v = next(volts for volts, shown in points if shown == LOW_PERCENT)
    assert low_v == pytest.approx((T1000_E[-2] + MESH_POCKET_5000[-2]) / 2, abs=0.01)
