"""A ground that tips or moves shows in the readings as physics says, and truth stays that of the ground."""

import math

import numpy as np
import pytest

from tools.gait.generate import generate
from tools.gait.generate_gait import HEALTHY, SLEDDER
from tools.gait.generate_motion import MotionBuilder
from tools.gait.ground import Ground, put_on
from tools.gait.kinematics import GRAVITY_MPS2, IDEAL_SENSOR, ideal_readings
from tools.gait.recording import Array, StrideTruth

STRIDES = tuple(StrideTruth(3.0 + k, 3.6 + k, "backward", 1.0) for k in range(12))
STEP_HZ = 2.0
T_S: Array = np.arange(0.0, 16.0, 0.005, dtype=np.float64)


def _standing(ground: Ground) -> Array:
    """Return what an ideal accelerometer reads, g, on a foot that stands on the ground all the time."""
    motion = MotionBuilder()
    motion.rest(16.0)
    return ideal_readings(put_on(ground, motion.trajectory(), STRIDES), T_S)[0]


@pytest.mark.parametrize("grade", [0.25, -0.25])
def test_on_an_incline_gravity_is_tipped_towards_the_heel_or_the_toe(grade: float) -> None:
    along, across, up = _standing(Ground(grade=grade))[100]
    assert along == pytest.approx(math.sin(math.atan(grade)), abs=1e-6)
    assert (across, up) == pytest.approx((0.0, math.cos(math.atan(grade))), abs=1e-6)


def test_a_belt_shows_while_it_starts_and_not_while_it_runs() -> None:
    force_g = _standing(Ground(speed_mps=1.2, start_s=4.0))
    gained_mps = -GRAVITY_MPS2 * np.trapezoid(force_g[:, 0], T_S)
    assert gained_mps == pytest.approx(1.2, abs=0.01)
    np.testing.assert_allclose(
        force_g[T_S > 4.1], np.tile((0.0, 0.0, 1.0), ((T_S > 4.1).sum(), 1)), atol=1e-6
    )


@pytest.mark.parametrize("phase_rad", [0.0, 2.0])
def test_a_belt_that_feet_drive_swings_by_what_was_asked_once_a_step(phase_rad: float) -> None:
    force_g = _standing(Ground(ripple_mps=0.3, phase_rad=phase_rad))[:, 0]
    steady = (T_S > 5.0) & (T_S < 13.0)
    speed_mps = np.cumsum(force_g[steady]) * 0.005 * GRAVITY_MPS2
    assert np.ptp(speed_mps) == pytest.approx(0.6, rel=0.02)
    spectrum = np.abs(np.fft.rfft(force_g[steady]))
    assert np.argmax(spectrum) / 8.0 == pytest.approx(STEP_HZ, abs=0.13)
    np.testing.assert_allclose(force_g[(T_S < 2.9) | (T_S > 15.1)], 0.0, atol=1e-6)


def test_truth_stays_in_the_frame_of_the_ground_and_climbs_with_it() -> None:
    _, floor = generate("backward", strides=3, sensor=IDEAL_SENSOR)
    _, belt = generate("backward", strides=3, sensor=IDEAL_SENSOR, ground=Ground(-0.25, -0.9, ripple_mps=0.3))
    for there, here in zip(floor.strides, belt.strides, strict=True):
        assert (here.start_s, here.length_m, here.direction) == (there.start_s, there.length_m, "backward")
        assert here.dz_m == pytest.approx(there.length_m * math.sin(math.atan(0.25)))


def test_somebody_who_pulls_a_sled_goes_slowly_and_stands_for_most_of_the_time() -> None:
    for mine, free in ((SLEDDER.backward, HEALTHY.backward), (SLEDDER.forward, HEALTHY.forward)):
        assert mine.stride_m / mine.period_s < 0.5 * free.stride_m / free.period_s
        assert mine.moving_share < 0.5 < free.moving_share
        assert mine.lift_m < free.lift_m
