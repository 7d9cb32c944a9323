"""Strides are found, the right way and as long, on treadmills, uphill and with a sled."""

import math

import pytest

from tools.evaluate.ground import ground_takes, motor, ripple, sled, slopes
from tools.evaluate.sets import Result, Take, evaluate
from tools.gait.generate import generate
from tools.gait.generate_gait import HEALTHY, LIVELY, SLEDDER, Walker
from tools.gait.ground import Ground

STRIDES = 16
UPHILL = -0.25  # backward: the toes point downhill
WALKS: dict[str, tuple[Walker, Ground]] = {
    "belt with a motor, 25 %": (HEALTHY, Ground(UPHILL, -0.8)),
    "belt that feet drive, slows at foot-off": (HEALTHY, Ground(0.0, -0.9, ripple_mps=0.3)),
    "belt that feet drive, 25 %": (HEALTHY, Ground(UPHILL, -0.9, ripple_mps=0.3, phase_rad=math.pi)),
    "downhill": (LIVELY, Ground(-UPHILL)),
    "a sled": (SLEDDER, Ground()),
}


@pytest.fixture(scope="module")
def results() -> dict[str, Result]:
    takes = [
        Take("generated", *generate("backward", seed=7, walker=walker, strides=STRIDES, ground=ground))
        for walker, ground in WALKS.values()
    ]
    return dict(zip(WALKS, evaluate(takes, "--mount", "known"), strict=True))


@pytest.mark.parametrize("name", WALKS)
def test_every_backward_stride_counts(name: str, results: dict[str, Result]) -> None:
    # A belt that feet drive shows by its second push.
    unseen = 2 if "feet drive" in name else 0
    assert results[name].counted.totals["backward_steps"] >= 2 * STRIDES - unseen
    assert results[name].counted.totals["forward_steps"] == 0


@pytest.mark.parametrize("name", [name for name in WALKS if "feet" not in name])
def test_distance_is_that_along_the_ground(name: str, results: dict[str, Result]) -> None:
    walked_m = sum(stride.length_m for stride in results[name].truth.strides)
    assert results[name].counted.totals["backward_m"] == pytest.approx(walked_m, rel=0.03)


def test_on_a_belt_that_feet_drive_distance_is_right_within_a_tenth(results: dict[str, Result]) -> None:
    for name in WALKS:
        walked_m = sum(stride.length_m for stride in results[name].truth.strides)
        assert results[name].counted.totals["backward_m"] == pytest.approx(walked_m, rel=0.10)


def test_the_grounds_that_are_measured_hold_both_ways_up_and_down() -> None:
    assert {walk[0] for walks in (motor(), slopes(), sled()) for walk in walks} == {"backward", "forward"}
    for heading, _, ground in motor():
        assert ground.grade * (1 if heading == "forward" else -1) >= 0
    assert {ground.grade for _, _, ground in slopes()} >= {-0.25, 0.25}
    phases = {ground.phase_rad for _, _, ground in ripple(0.3, (HEALTHY,))}
    assert len(phases) == 4
    assert len(list(ground_takes(sled()[:2], strides=3))) == 2
