"""Where a pod is and how it is turned over time, and what an ideal or a real IMU on it reads.

A trajectory is a function of time. The readings are derived from it (specific force in the pod's frame,
body rates), so integrating them gives the trajectory back.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .recording import Array, Recording

GRAVITY_MPS2 = 9.80665
# Half step of the central differences: errors of the second difference stay near 1e-6 m/s², far below noise.
_DIFFERENCE_S = 2e-4

type Pose = tuple[Array, Array]
"""Positions (n, 3) in metres in a level frame (z up) and rotation matrices (n, 3, 3), pod to level frame."""

type Trajectory = Callable[[Array], Pose]

type Moves = Callable[[Array], NDArray[np.bool_]]
"""At which of some times, in order, a trajectory may move."""


def euler_to_matrix(yaw_rad: Array, pitch_rad: Array, roll_rad: Array) -> Array:
    """Return Rz(yaw) Ry(pitch) Rx(roll), shape (n, 3, 3); positive pitch turns the toe (x) down."""
    cy, sy = np.cos(yaw_rad), np.sin(yaw_rad)
    cp, sp = np.cos(pitch_rad), np.sin(pitch_rad)
    cr, sr = np.cos(roll_rad), np.sin(roll_rad)
    rows = (
        (cy * cp, cy * sp * sr - sy * cr, cy * sp * cr + sy * sr),
        (sy * cp, sy * sp * sr + cy * cr, sy * sp * cr - cy * sr),
        (-sp, cp * sr, cp * cr),
    )
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def rotation_vector(matrices: Array) -> Array:
    """Return axis times angle (n, 3) in rad of rotations smaller than half a turn, (n, 3, 3)."""
    skew = 0.5 * np.stack(
        (
            matrices[:, 2, 1] - matrices[:, 1, 2],
            matrices[:, 0, 2] - matrices[:, 2, 0],
            matrices[:, 1, 0] - matrices[:, 0, 1],
        ),
        axis=-1,
    )
    sine = np.linalg.norm(skew, axis=-1)
    cosine = 0.5 * (np.trace(matrices, axis1=1, axis2=2) - 1.0)
    angle = np.arctan2(sine, cosine)
    scale = np.where(sine > 1e-12, angle / np.maximum(sine, 1e-12), 1.0)
    return np.asarray(skew * scale[:, None])


def matrix_of_rotation_vector(vectors: Array) -> Array:
    """Return the rotations (n, 3, 3) of axis times angle (n, 3) in rad (Rodrigues)."""
    angle = np.linalg.norm(vectors, axis=-1)
    axis = vectors / np.maximum(angle, 1e-12)[:, None]
    cross = np.zeros((len(vectors), 3, 3))
    cross[:, 0, 1], cross[:, 0, 2] = -axis[:, 2], axis[:, 1]
    cross[:, 1, 0], cross[:, 1, 2] = axis[:, 2], -axis[:, 0]
    cross[:, 2, 0], cross[:, 2, 1] = -axis[:, 1], axis[:, 0]
    sine, rest = np.sin(angle)[:, None, None], (1.0 - np.cos(angle))[:, None, None]
    return np.asarray(np.eye(3) + sine * cross + rest * (cross @ cross))


def ideal_readings(trajectory: Trajectory, t_s: Array) -> tuple[Array, Array]:
    """Return specific force in g and body rates in °/s, both (n, 3), at the times `t_s`."""
    h = _DIFFERENCE_S
    before, turned_before = trajectory(t_s - h)
    here, turned = trajectory(t_s)
    after, turned_after = trajectory(t_s + h)
    acceleration = (after - 2.0 * here + before) / (h * h)
    acceleration[:, 2] += GRAVITY_MPS2
    force_g = np.einsum("nji,nj->ni", turned, acceleration) / GRAVITY_MPS2
    between = np.einsum("nji,njk->nik", turned_before, turned_after)
    return force_g, np.degrees(rotation_vector(between) / (2.0 * h))


def readings_of_rests(trajectory: Trajectory, t_s: Array, moves: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Return the same as `ideal_readings`, looking only where it moves and once at each rest between.

    `moves` must be true at every time within a moment of which the trajectory is not constant.
    """
    looked = moves.copy()
    looked[:1] = True
    looked[1:] |= moves[:-1]  # the first of each rest stands for all of it
    accel_g, gyro_dps = ideal_readings(trajectory, t_s[looked])
    row = np.cumsum(looked) - 1
    return accel_g[row], gyro_dps[row]


@dataclass(frozen=True, slots=True)
class Sensor:
    """How an IMU samples: rate, time jitter, noise and its limits. The default is a good one at 100 Hz.

    A reading is the mean over the `1 / rate_hz` before its time, as after an on-chip low-pass filter.
    """

    rate_hz: float = 100.0
    jitter_s: float = 0.0  # a sample comes this much early or late at most, evenly spread
    accel_noise_g: float = 0.004
    gyro_noise_dps: float = 0.12
    accel_bias_g: tuple[float, float, float] = (0.0, 0.0, 0.0)
    gyro_bias_dps: tuple[float, float, float] = (0.0, 0.0, 0.0)
    accel_range_g: float = 16.0
    gyro_range_dps: float = 2000.0
    oversampling: int = 8


IDEAL_SENSOR = Sensor(accel_noise_g=0.0, gyro_noise_dps=0.0, accel_range_g=1e3, gyro_range_dps=1e5)


def record(
    trajectory: Trajectory, duration_s: float, sensor: Sensor, seed: int, moves: Moves | None = None
) -> Recording:
    """Sample a trajectory from 0 to `duration_s` with a sensor; the same seed gives the same recording.

    With `moves`, which tells at which times it may move, hours that are mostly rest take less long.
    """
    rng = np.random.default_rng(seed)
    interval_s = 1.0 / sensor.rate_hz
    t_s: Array = np.arange(1, int(duration_s * sensor.rate_hz) + 1, dtype=np.float64) * interval_s
    if sensor.jitter_s > 0:
        t_s += rng.uniform(-sensor.jitter_s, sensor.jitter_s, len(t_s))
        t_s.sort()
        t_s = t_s[np.concatenate(([True], np.diff(t_s) > 1e-4))]
    offsets_s = (np.arange(sensor.oversampling) + 0.5) / sensor.oversampling * interval_s
    fine_s = (t_s[:, None] - offsets_s[None, :]).ravel()
    if moves is None:
        ideal = ideal_readings(trajectory, fine_s)
    else:
        order = np.argsort(fine_s, kind="stable")
        in_order = readings_of_rests(trajectory, fine_s[order], moves(fine_s[order]))
        back = np.argsort(order)
        ideal = in_order[0][back], in_order[1][back]
    accel_g, gyro_dps = (values.reshape(len(t_s), sensor.oversampling, 3).mean(axis=1) for values in ideal)
    accel_g = accel_g + sensor.accel_bias_g + rng.normal(0.0, 1.0, accel_g.shape) * sensor.accel_noise_g
    gyro_dps = gyro_dps + sensor.gyro_bias_dps + rng.normal(0.0, 1.0, gyro_dps.shape) * sensor.gyro_noise_dps
    return Recording(
        t_s,
        np.clip(accel_g, -sensor.accel_range_g, sensor.accel_range_g),
        np.clip(gyro_dps, -sensor.gyro_range_dps, sensor.gyro_range_dps),
    )


def integrate(recording: Recording, start: Pose, velocity_mps: Array) -> Pose:
    """Integrate readings from one pose and velocity: the inverse of `record`, without any drift correction.

    Each sample stands for the interval before its time. Returns the poses at the sample times.
    """
    dt_s = np.diff(recording.t_s, prepend=recording.t_s[0] - np.median(np.diff(recording.t_s)))
    turns = matrix_of_rotation_vector(np.radians(recording.gyro_dps) * dt_s[:, None])
    half_turns = matrix_of_rotation_vector(np.radians(recording.gyro_dps) * dt_s[:, None] / 2.0)
    position, turned = start[0][0].copy(), start[1][0].copy()
    velocity = velocity_mps.copy()
    positions, rotations = np.empty((len(dt_s), 3)), np.empty((len(dt_s), 3, 3))
    down = np.array((0.0, 0.0, GRAVITY_MPS2))
    for i, dt in enumerate(dt_s):
        acceleration = turned @ half_turns[i] @ recording.accel_g[i] * GRAVITY_MPS2 - down
        position += velocity * dt + 0.5 * acceleration * dt * dt
        velocity += acceleration * dt
        turned = turned @ turns[i]
        positions[i], rotations[i] = position, turned
    return positions, rotations
