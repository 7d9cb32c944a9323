"""Each transformation does what it says, to the readings and to the truth."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tools.gait import transform
from tools.gait.generate import generate
from tools.gait.kinematics import GRAVITY_MPS2, IDEAL_SENSOR, integrate, matrix_of_rotation_vector
from tools.gait.recording import Recording, StrideTruth, Truth
from tools.gait.transform_walk import shrink_and_slow, stances_are_calm

IDEAL = replace(IDEAL_SENSOR, rate_hz=200.0)


@pytest.fixture(scope="module")
def walk() -> tuple[Recording, Truth]:
    return generate("backward", strides=8, sensor=IDEAL)


def _displacement(recording: Recording, stride: StrideTruth) -> np.ndarray:
    """Integrate one stride from the level stance before it; linear velocity drift taken out."""
    first, last = np.searchsorted(recording.t_s, (stride.start_s - 0.02, stride.end_s + 0.02))
    part = slice(first, last + 1)
    cut = Recording(recording.t_s[part], recording.accel_g[part], recording.gyro_dps[part])
    up = recording.accel_g[first] / np.linalg.norm(recording.accel_g[first])
    axis = np.cross(up, (0.0, 0.0, 1.0))
    level = matrix_of_rotation_vector(np.array([axis]))
    positions, rotations = integrate(cut, (np.zeros((1, 3)), level), np.zeros(3))
    dt_s = np.diff(cut.t_s, prepend=cut.t_s[0] - np.median(np.diff(cut.t_s)))
    force = np.einsum("nij,nj->ni", rotations, cut.accel_g) * GRAVITY_MPS2 - (0, 0, GRAVITY_MPS2)
    velocity = (force * dt_s[:, None]).sum(axis=0)
    return positions[-1] - velocity * dt_s.sum() / 2.0


def _lengths(recording: Recording, truth: Truth) -> list[float]:
    return [math.hypot(*_displacement(recording, stride)[:2]) for stride in truth.strides]


def test_a_random_mounting_is_a_rotation_and_depends_on_its_seed() -> None:
    one, same, other = (transform.random_mounting(seed) for seed in (1, 1, 2))
    np.testing.assert_allclose(one @ one.T, np.eye(3), atol=1e-12)
    assert np.linalg.det(one) == pytest.approx(1.0)
    np.testing.assert_array_equal(one, same)
    assert not np.allclose(one, other)


def test_mounting_turns_gravity_and_rates_alike_and_can_be_undone(walk: tuple[Recording, Truth]) -> None:
    rotation = transform.random_mounting(7)
    turned = transform.mount(walk[0], rotation)
    np.testing.assert_allclose(turned.accel_g[0], rotation @ walk[0].accel_g[0])
    np.testing.assert_allclose(turned.gyro_dps[100], rotation @ walk[0].gyro_dps[100])
    np.testing.assert_allclose(transform.mount(turned, rotation.T).accel_g, walk[0].accel_g, atol=1e-12)


def test_a_pod_clipped_on_back_to_front_reads_toe_and_left_the_other_way_round() -> None:
    recording = Recording(
        np.array((0.0, 0.01)), np.tile((0.1, 0.2, 1.0), (2, 1)), np.tile((1, 2, 3.0), (2, 1))
    )
    turned = transform.mount(recording, transform.BACK_TO_FRONT)
    np.testing.assert_allclose(turned.accel_g[0], (-0.1, -0.2, 1.0))
    np.testing.assert_allclose(turned.gyro_dps[0], (-1.0, -2.0, 3.0))


def test_reversed_time_walks_every_stride_the_other_way(walk: tuple[Recording, Truth]) -> None:
    recording, truth = transform.reverse_time(*walk)
    assert [stride.direction for stride in truth.strides] == ["forward"] * 8
    for stride in truth.strides:
        ahead, _, _ = _displacement(recording, stride)
        assert ahead == pytest.approx(stride.length_m, abs=0.06)


def test_time_reversed_twice_is_the_recording_again(walk: tuple[Recording, Truth]) -> None:
    recording, truth = transform.reverse_time(*transform.reverse_time(*walk))
    np.testing.assert_allclose(recording.t_s, walk[0].t_s)
    np.testing.assert_allclose(recording.gyro_dps, walk[0].gyro_dps)
    assert truth.strides[0].start_s == pytest.approx(walk[1].strides[0].start_s)
    assert [stride.direction for stride in truth.strides] == ["backward"] * 8


def test_side_steps_and_stairs_reverse_too() -> None:
    strides = (StrideTruth(1.0, 2.0, "left", 0.5, 0.17, 10.0), StrideTruth(3.0, 4.0, "turn", 0.5, 0.0, 130.0))
    recording = Recording(np.arange(1, 500) / 100.0, np.zeros((499, 3)), np.zeros((499, 3)))
    _, truth = transform.reverse_time(recording, Truth("x", "x", strides=strides))
    assert [(s.direction, s.dz_m, s.yaw_deg) for s in truth.strides] == [
        ("turn", 0.0, -130.0),
        ("right", -0.17, -10.0),
    ]
    assert truth.strides[1].start_s == pytest.approx(3.0)


def test_jitter_keeps_intervals_within_its_bounds_and_the_signal_in_place(
    walk: tuple[Recording, Truth],
) -> None:
    recording = transform.jitter(walk[0], seed=1)
    steps_s = np.diff(recording.t_s)
    assert 0.008 <= steps_s.min() < 0.009
    assert 0.015 < steps_s.max() <= 0.016
    expected = np.interp(recording.t_s, walk[0].t_s, walk[0].gyro_dps[:, 1])
    np.testing.assert_allclose(recording.gyro_dps[:, 1], expected)


@pytest.mark.parametrize("rate_hz", [25.0, 50.0, 123.0, 400.0])
def test_resampling_keeps_what_the_readings_integrate_to(
    walk: tuple[Recording, Truth], rate_hz: float
) -> None:
    recording = transform.resample(walk[0], rate_hz)
    assert recording.rate_hz == pytest.approx(rate_hz)
    before = (walk[0].gyro_dps[1:] * np.diff(walk[0].t_s)[:, None]).sum(axis=0)
    after = (recording.gyro_dps / rate_hz).sum(axis=0)
    np.testing.assert_allclose(after, before, atol=1.0)


def test_gaps_open_once_a_second_and_last_80_ms(walk: tuple[Recording, Truth]) -> None:
    recording = transform.gaps(walk[0], seed=3)
    steps_s = np.diff(recording.t_s)
    wide = steps_s > 0.03
    assert wide.sum() == pytest.approx(walk[0].duration_s, abs=2)
    np.testing.assert_allclose(steps_s[wide], 0.08, atol=0.006)


def test_bias_is_added_and_readings_are_clipped_at_the_range(walk: tuple[Recording, Truth]) -> None:
    biased = transform.gyro_bias(walk[0], (1.0, -2.0, 3.0))
    np.testing.assert_allclose((biased.gyro_dps - walk[0].gyro_dps).mean(axis=0), (1.0, -2.0, 3.0))
    clipped = transform.clip(walk[0], accel_range_g=2.0, gyro_range_dps=250.0)
    assert np.abs(clipped.accel_g).max() == 2.0
    assert np.abs(clipped.gyro_dps).max() == 250.0


def test_noise_has_the_spread_asked_for_and_quantising_rounds_to_steps(walk: tuple[Recording, Truth]) -> None:
    noisy = transform.noise(walk[0], seed=1, accel_g=0.02, gyro_dps=0.5)
    assert (noisy.accel_g - walk[0].accel_g).std() == pytest.approx(0.02, rel=0.1)
    assert (noisy.gyro_dps - walk[0].gyro_dps).std() == pytest.approx(0.5, rel=0.1)
    steps = transform.quantise(noisy).accel_g / (16.0 / 32768.0)
    np.testing.assert_allclose(steps, np.round(steps), atol=1e-9)


@pytest.mark.parametrize(("length", "slowness"), [(0.5, 1.0), (0.3, 2.0), (0.12, 2.0)])
def test_shorter_and_slower_strides_integrate_to_their_own_truth(
    walk: tuple[Recording, Truth], length: float, slowness: float
) -> None:
    recording, truth = shrink_and_slow(*walk, length, slowness)
    assert truth.strides[0].length_m == pytest.approx(walk[1].strides[0].length_m * length)
    assert truth.duration_s == pytest.approx(walk[1].duration_s * slowness)
    assert recording.duration_s == pytest.approx(walk[0].duration_s * slowness, rel=0.01)
    found = _lengths(recording, truth)
    np.testing.assert_allclose(found, [stride.length_m for stride in truth.strides], rtol=0.08)
    assert all(_displacement(recording, stride)[0] < 0 for stride in truth.strides)


def test_shorter_and_slower_strides_turn_the_foot_less_and_slower(walk: tuple[Recording, Truth]) -> None:
    recording, _ = shrink_and_slow(*walk, 0.5, 2.0)
    ratio = np.abs(recording.gyro_dps).max() / np.abs(walk[0].gyro_dps).max()
    assert ratio == pytest.approx(0.5**0.75 / 2.0, rel=0.1)
    np.testing.assert_allclose(recording.accel_g[50:100].mean(axis=0), (0.0, 0.0, 1.0), atol=0.02)


def test_strides_shrunk_below_ten_centimetres_are_none(walk: tuple[Recording, Truth]) -> None:
    _, truth = shrink_and_slow(*walk, 0.05, 2.0)
    assert {stride.direction for stride in truth.strides} == {"none"}


def test_a_recording_without_strides_can_not_be_shrunk(walk: tuple[Recording, Truth]) -> None:
    with pytest.raises(ValueError, match="no strides"):
        shrink_and_slow(walk[0], walk[1].with_strides(()), 0.5, 2.0)


def test_a_walk_is_calm_by_the_stances_it_rests_in(walk: tuple[Recording, Truth]) -> None:
    assert stances_are_calm(*walk)
    rng = np.random.default_rng(1)
    trembling = replace(walk[0], gyro_dps=walk[0].gyro_dps + rng.normal(0.0, 60.0, walk[0].gyro_dps.shape))
    assert not stances_are_calm(trembling, walk[1])
    assert not stances_are_calm(walk[0], walk[1].with_strides(()))
