"""Making another walk of a recorded one: shorter, slower steps that are still a consistent motion.

The pose is reconstructed (strapdown from stance to stance, levelled at both, velocity zero at both), then
shrunk and stretched, and the readings are derived from the new pose. What comes out integrates to its truth
as the original does to its own.
"""

import itertools
from dataclasses import dataclass, replace

import numpy as np

from .kinematics import GRAVITY_MPS2, euler_to_matrix, matrix_of_rotation_vector, rotation_vector
from .recording import NONE_BELOW_M, Array, Recording, Truth

# Peak rates of shorter backward strides fall a little slower than their length; the power is a fit to pairs
# of stride length and peak rate: 1.17 m 485 °/s, 0.49 m 230, 0.37 m 210 (at normal speed), 0.12 m 94.
_ROTATION_POWER = 0.75
_LEVEL_WINDOW_S = 0.03
# The stances before the first and after the last stride are looked for so far away.
_STANCE_S = 0.3


@dataclass(frozen=True, slots=True)
class _Motion:
    """A reconstructed motion at sample times: level-frame acceleration, heading, tilt as axis times angle."""

    t_s: Array
    acceleration_mps2: Array
    yaw_rad: Array
    tilt_rad: Array


def shrink_and_slow(
    recording: Recording, truth: Truth, length: float, slowness: float
) -> tuple[Recording, Truth]:
    """Return the walk with strides `length` times as long, taking `slowness` times the time.

    Tilts shrink with the length to the power of 0.75; headings stay, so directions stay too. The sampling
    rate stays. Needs strides that do not overlap in the truth; raises ValueError without any.
    """
    if not truth.strides:
        raise ValueError("no strides to shrink")
    motion = _reconstruct(recording, truth)
    t_s = np.arange(
        motion.t_s[0] * slowness, motion.t_s[-1] * slowness, float(np.median(np.diff(recording.t_s)))
    )
    rotations = _rotations(motion, t_s / slowness, length**_ROTATION_POWER)
    acceleration = _at(motion.acceleration_mps2, motion.t_s, t_s / slowness) * (length / slowness**2)
    acceleration[:, 2] += GRAVITY_MPS2
    turns = rotation_vector(np.einsum("nji,njk->nik", rotations[:-1], rotations[1:]))
    rates_dps = np.degrees(turns / np.diff(t_s)[:, None])
    force_g = np.einsum("nji,nj->ni", rotations, acceleration) / GRAVITY_MPS2
    strides = tuple(
        replace(
            stride,
            start_s=stride.start_s * slowness,
            end_s=stride.end_s * slowness,
            length_m=stride.length_m * length,
            dz_m=stride.dz_m * length,
            direction=stride.direction if stride.length_m * length >= NONE_BELOW_M else "none",
        )
        for stride in truth.strides
    )
    name = f"{truth.name}_x{length:.2f}_slow{slowness:g}"
    changed = replace(truth, name=name, strides=strides, duration_s=truth.duration_s * slowness)
    return Recording(t_s[1:], force_g[1:], rates_dps), changed


def stances_are_calm(recording: Recording, truth: Truth, limit_dps: float = 40.0) -> bool:
    """Tell whether the foot rests in most stances; a walk without rests can't be shrunk consistently."""
    calmest = [
        _unrest_dps(recording, _calmest(recording, one.end_s, two.start_s))
        for one, two in itertools.pairwise(truth.strides)
    ]
    return bool(calmest) and float(np.median(calmest)) <= limit_dps


def _reconstruct(recording: Recording, truth: Truth) -> _Motion:
    """Follow the pose through the recording; bounds lie where the stances between strides are calmest."""
    bounds = _bounds(recording, truth)
    n = len(recording.t_s)
    acceleration, rotations = np.zeros((n, 3)), np.empty((n, 3, 3))
    heading = np.eye(3)
    for first, last in itertools.pairwise(bounds):
        part = slice(first, last + 1)
        turned = _strapdown(recording, first, last, heading)
        rotations[part] = turned
        heading = _heading_only(turned[-1])
        force = np.einsum("nij,nj->ni", turned, recording.accel_g[part]) * GRAVITY_MPS2
        moving = force - (0.0, 0.0, GRAVITY_MPS2)
        dt_s = np.diff(recording.t_s[part])[:, None]
        drift = (moving[1:] * dt_s).sum(axis=0) / dt_s.sum()
        acceleration[part] = moving - drift
    level = _inverse_heading(rotations)
    tilt = rotation_vector(np.einsum("nij,njk->nik", level, rotations))
    return _Motion(recording.t_s, acceleration, _yaw(rotations), tilt)


def _bounds(recording: Recording, truth: Truth) -> list[int]:
    strides = truth.strides
    inner = [_calmest(recording, one.end_s, two.start_s) for one, two in itertools.pairwise(strides)]
    first = _calmest(recording, strides[0].start_s - _STANCE_S, strides[0].start_s)
    last = _calmest(recording, strides[-1].end_s, strides[-1].end_s + _STANCE_S)
    return sorted({0, first, *inner, last, len(recording.t_s) - 1})


def _calmest(recording: Recording, from_s: float, to_s: float) -> int:
    """Return the sample of a stance around which the pod turns least."""
    first, last = np.searchsorted(recording.t_s, (from_s, max(from_s, to_s)))
    last = min(last, len(recording.t_s) - 1)
    return min(range(first, last + 1), key=lambda index: _unrest_dps(recording, index))


def _unrest_dps(recording: Recording, index: int) -> float:
    """Return the largest rate around a sample."""
    width = max(1, round(_LEVEL_WINDOW_S * recording.rate_hz))
    window = recording.gyro_dps[max(0, index - width) : index + width + 1]
    return float(np.linalg.norm(window, axis=1).max())


def _strapdown(recording: Recording, first: int, last: int, heading: Array) -> Array:
    """Integrate body rates from one stance to the next, level at both: the tilt error is spread linearly."""
    dt_s = np.diff(recording.t_s[first : last + 1])
    turns = matrix_of_rotation_vector(np.radians(recording.gyro_dps[first + 1 : last + 1]) * dt_s[:, None])
    rotations = np.empty((last - first + 1, 3, 3))
    rotations[0] = heading @ _levelled(recording, first)
    for i, turn in enumerate(turns):
        rotations[i + 1] = rotations[i] @ turn
    found = rotations[-1]
    wanted_up = _up(recording, last)
    error = _between(found @ wanted_up, np.array((0.0, 0.0, 1.0)))
    share = np.linspace(0.0, 1.0, len(rotations))[:, None]
    return np.asarray(matrix_of_rotation_vector(share * error) @ rotations)


def _up(recording: Recording, index: int) -> Array:
    """Return the up direction in the pod's axes, by gravity around a sample of a stance."""
    window = np.abs(recording.t_s - recording.t_s[index]) <= _LEVEL_WINDOW_S
    mean = recording.accel_g[window].mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean))


def _levelled(recording: Recording, index: int) -> Array:
    up = np.array((0.0, 0.0, 1.0))
    rotation = matrix_of_rotation_vector(_between(_up(recording, index), up)[None])[0]
    return np.asarray(_heading_only(rotation).T @ rotation)


def _between(one: Array, other: Array) -> Array:
    """Return the rotation vector that takes one unit vector to another."""
    axis = np.cross(one, other)
    sine = np.linalg.norm(axis)
    angle = np.arctan2(sine, one @ other)
    return np.asarray(axis * (angle / max(sine, 1e-12)))


def _yaw(rotations: Array) -> Array:
    """Return the unwrapped turn about the up axis (n,) in rad; it holds for a foot on its toes, too."""
    turn = np.arctan2(rotations[:, 1, 0] - rotations[:, 0, 1], rotations[:, 0, 0] + rotations[:, 1, 1])
    return np.asarray(np.unwrap(turn))


def _heading_only(rotation: Array) -> Array:
    return np.asarray(_yaw_matrix(_yaw(rotation[None]))[0])


def _inverse_heading(rotations: Array) -> Array:
    return np.swapaxes(_yaw_matrix(_yaw(rotations)), 1, 2)


def _yaw_matrix(yaw_rad: Array) -> Array:
    zero = np.zeros_like(yaw_rad)
    return euler_to_matrix(yaw_rad, zero, zero)


def _rotations(motion: _Motion, t_s: Array, share: float) -> Array:
    tilts = matrix_of_rotation_vector(_at(motion.tilt_rad, motion.t_s, t_s) * share)
    return np.asarray(_yaw_matrix(np.interp(t_s, motion.t_s, motion.yaw_rad)) @ tilts)


def _at(values: Array, old_s: Array, new_s: Array) -> Array:
    return np.stack([np.interp(new_s, old_s, values[:, axis]) for axis in range(values.shape[1])], axis=-1)
