"""Generated recordings hold what their truth says: integrating the readings gives it back."""

import math
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tools import ROOT
from tools.gait.generate import NEGATIVES, SCENARIOS, Scene, generate
from tools.gait.generate_gait import ELDER, HEALTHY, LIVELY, SLOW, WALKERS, Walker, resized
from tools.gait.generate_motion import MotionBuilder
from tools.gait.kinematics import IDEAL_SENSOR, Sensor, Trajectory, integrate, record
from tools.gait.recording import StrideTruth, read_recording, read_truth, truth_path

if TYPE_CHECKING:
    from pathlib import Path


def _motion(name: str, walker: Walker = HEALTHY, strides: int = 6) -> MotionBuilder:
    motion = MotionBuilder()
    SCENARIOS[name](Scene(motion, np.random.default_rng(5), walker, strides))
    return motion


def _readings(name: str, seed: int) -> np.ndarray:
    motion = MotionBuilder()
    SCENARIOS[name](Scene(motion, np.random.default_rng(seed), HEALTHY, 4))
    return record(motion.trajectory(), 8.0, Sensor(oversampling=1), seed).accel_g


def _start(trajectory: Trajectory) -> tuple[np.ndarray, np.ndarray]:
    return trajectory(np.zeros(1))


@pytest.mark.parametrize("name", ["forward", "backward", "sideways", "turns", "stairs"])
@pytest.mark.parametrize("walker", [HEALTHY, LIVELY], ids=lambda walker: walker.name)
def test_integrating_the_readings_gives_every_true_stride_back(name: str, walker: Walker) -> None:
    motion = _motion(name, walker)
    trajectory = motion.trajectory()
    recording = record(trajectory, motion.now_s, replace(IDEAL_SENSOR, rate_hz=400.0), seed=1)
    positions, _ = integrate(recording, _start(trajectory), np.zeros(3))
    assert len(motion.strides) >= 4
    for stride in motion.strides:
        before, after = np.searchsorted(recording.t_s, (stride.start_s, stride.end_s))
        moved = positions[after] - positions[before]
        assert math.hypot(moved[0], moved[1]) == pytest.approx(stride.length_m, abs=0.04)
        assert moved[2] == pytest.approx(stride.dz_m, abs=0.04)


@pytest.mark.parametrize("name", sorted(NEGATIVES))
def test_integrating_the_readings_follows_whatever_else_the_foot_does(name: str) -> None:
    motion = _motion(name)
    trajectory = motion.trajectory()
    recording = record(trajectory, 8.0, replace(IDEAL_SENSOR, rate_hz=400.0), seed=1)
    positions, rotations = integrate(recording, _start(trajectory), np.zeros(3))
    true_positions, true_rotations = trajectory(recording.t_s)
    assert np.abs(positions - true_positions).max() < 0.05
    assert np.abs(rotations - true_rotations).max() < 0.01


def test_readings_obey_the_axes_of_a_recording() -> None:
    motion = MotionBuilder()
    motion.rest(1.0)
    motion.move(0.5, pitch_deg=((1.0, 30.0),))
    motion.move(0.5, x_m=((1.0, 1.0),), pitch_deg=((1.0, -30.0),))
    motion.move(0.5, y_m=((1.0, 1.0),), yaw_deg=((1.0, 20.0),))
    recording = record(motion.trajectory(), 2.5, IDEAL_SENSOR, seed=1)
    resting, toe_down, ahead, left = (
        (recording.t_s < 1.0),
        *((recording.t_s > start + 0.05) & (recording.t_s < start + 0.2) for start in (1.0, 1.5, 2.0)),
    )
    np.testing.assert_allclose(recording.accel_g[resting].mean(axis=0), (0.0, 0.0, 1.0), atol=1e-6)
    assert recording.gyro_dps[toe_down, 1].min() > 0
    assert recording.accel_g[ahead, 0].mean() > 0.3
    assert recording.accel_g[left, 1].mean() > 0.3
    assert recording.gyro_dps[left, 2].min() > 0


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_the_same_seed_gives_the_same_recording_and_another_seed_another(name: str) -> None:
    one, same, other = (_readings(name, seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


def test_the_demo_walks_forward_sits_and_walks_backward_within_three_minutes() -> None:
    recording, truth = generate("demo")
    assert 150 < recording.duration_s < 200
    assert [stride.direction for stride in truth.strides] == ["forward"] * 20 + ["backward"] * 50
    pauses_s = np.diff([stride.start_s for stride in truth.strides])
    assert pauses_s.max() > 45


@pytest.mark.parametrize("name", sorted(NEGATIVES))
def test_negatives_hold_no_stride(name: str) -> None:
    motion = _motion(name)
    assert motion.strides == []
    assert 60 < motion.now_s < 150


@pytest.mark.parametrize("walker", sorted(WALKERS))
def test_a_walker_strides_as_long_and_as_often_as_the_profile_says(walker: str) -> None:
    _, truth = generate("backward", walker=WALKERS[walker], strides=40)
    gait = WALKERS[walker].backward
    assert np.median([stride.length_m for stride in truth.strides]) == pytest.approx(gait.stride_m, rel=0.06)
    starts_s = [stride.start_s for stride in truth.strides]
    assert np.median(np.diff(starts_s)) == pytest.approx(gait.period_s, rel=0.06)


def test_the_toe_goes_down_first_forward_and_up_first_backward() -> None:
    for name, down_first in (("forward", True), ("backward", False)):
        recording, truth = generate(name, strides=6)
        for stride in truth.strides:
            pitch_rate = recording.gyro_dps[_within(recording.t_s, stride), 1]
            pitch = np.cumsum(pitch_rate)
            assert bool(pitch.argmax() < pitch.argmin()) is down_first


def test_a_healthy_stride_turns_and_shakes_the_foot_as_measured_on_people() -> None:
    for name, peak_dps, early_g, late_g in (("forward", 650, 4.1, 2.6), ("backward", 485, 2.4, 4.8)):
        recording, truth = generate(name, strides=20)
        peaks, early, late = [], [], []
        for stride in truth.strides:
            within = np.flatnonzero(_within(recording.t_s, stride))
            third = len(within) // 3
            shock = np.abs(np.linalg.norm(recording.accel_g[within], axis=1) - 1.0)
            peaks.append(np.linalg.norm(recording.gyro_dps[within], axis=1).max())
            early.append(shock[:third].max())
            late.append(shock[-third:].max())
        assert np.median(peaks) == pytest.approx(peak_dps, rel=0.15)
        assert np.median(early) == pytest.approx(early_g, rel=0.5)
        assert np.median(late) == pytest.approx(late_g, rel=0.5)
        assert bool(np.median(early) > np.median(late)) is (early_g > late_g)


def test_a_stance_is_quiet_for_the_healthy_and_not_for_the_lively() -> None:
    for walker, quiet in ((HEALTHY, True), (SLOW, True), (ELDER, True), (LIVELY, False)):
        recording, truth = generate("backward", walker=walker, strides=10)
        rate = np.linalg.norm(recording.gyro_dps, axis=1)
        stances = zip(truth.strides, truth.strides[1:], strict=False)
        calmest = [
            rate[(recording.t_s > one.end_s) & (recording.t_s < two.start_s)].max() for one, two in stances
        ]
        assert (float(np.median(calmest)) < 15.0) is quiet


def test_jitter_and_rate_shape_the_sample_times() -> None:
    sensor = Sensor(rate_hz=50.0, jitter_s=0.004)
    recording, _ = generate("backward", strides=4, sensor=sensor)
    steps_s = np.diff(recording.t_s)
    assert recording.rate_hz == pytest.approx(50.0, rel=0.02)
    assert steps_s.min() < 0.017
    assert steps_s.max() > 0.023


def test_another_stride_length_and_period_hold_for_every_direction() -> None:
    walker = resized(HEALTHY, stride_m=0.4, period_s=2.0)
    assert {gait.stride_m for gait in (walker.forward, walker.backward, walker.side)} == {0.4}
    assert {gait.period_s for gait in (walker.forward, walker.backward, walker.side)} == {2.0}


def test_the_command_writes_a_recording_with_its_truth(tmp_path: Path) -> None:
    out = tmp_path / "walk.csv.gz"
    arguments = ["backward", str(out), "--strides", "5", "--seed", "9"]
    subprocess.run([sys.executable, "-m", "tools.gait.generate", *arguments], check=True, cwd=ROOT)
    assert len(read_truth(truth_path(out)).strides) == 5
    assert read_recording(out).rate_hz == pytest.approx(100.0)


def _within(t_s: np.ndarray, stride: StrideTruth) -> np.ndarray:
    return (t_s >= stride.start_s) & (t_s <= stride.end_s)
