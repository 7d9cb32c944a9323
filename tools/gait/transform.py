"""Changing recordings: another mounting, a worse sensor, time running backwards. Truth is changed along.

Functions that leave the truth as it is take and return a recording; the others take and return both.
Everything random has a seed.
"""

from dataclasses import replace

import numpy as np

from .recording import Array, Direction, Recording, StrideTruth, Truth

GAP_S = 0.080
_REVERSED: dict[Direction, Direction] = {
    "forward": "backward",
    "backward": "forward",
    "left": "right",
    "right": "left",
    "none": "none",
    "turn": "turn",
}
BACK_TO_FRONT = np.diag((-1.0, -1.0, 1.0))
"""The mounting of a pod clipped on the wrong way round: half a turn about the up axis."""


def random_mounting(seed: int) -> Array:
    """Return a rotation (3, 3) drawn evenly from all rotations (a random unit quaternion)."""
    w, x, y, z = _unit(np.random.default_rng(seed).normal(size=4))
    return np.array(
        (
            (1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)),
            (2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)),
            (2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)),
        )
    )


def mount(recording: Recording, rotation: Array) -> Recording:
    """Return what a pod would read that is turned by `rotation` (3, 3; foot axes to pod axes) in its clip."""
    return replace(
        recording, accel_g=recording.accel_g @ rotation.T, gyro_dps=recording.gyro_dps @ rotation.T
    )


def reverse_time(recording: Recording, truth: Truth) -> tuple[Recording, Truth]:
    """Let time run backwards: a'(t) = a(-t), w'(t) = -w(-t). Forward strides become backward ones."""
    first_s, last_s = recording.t_s[0], recording.t_s[-1]
    played = Recording(
        (first_s + last_s - recording.t_s)[::-1], recording.accel_g[::-1], -recording.gyro_dps[::-1]
    )
    strides = tuple(
        StrideTruth(
            start_s=first_s + last_s - stride.end_s,
            end_s=first_s + last_s - stride.start_s,
            direction=_REVERSED[stride.direction],
            length_m=stride.length_m,
            dz_m=-stride.dz_m,
            yaw_deg=-stride.yaw_deg,
            optical=stride.optical,
        )
        for stride in reversed(truth.strides)
    )
    return played, replace(truth, name=truth.name + "_reversed", strides=strides)


def jitter(recording: Recording, seed: int) -> Recording:
    """Sample anew at intervals evenly spread from 8 to 16 ms, as a polling main loop does."""
    rng = np.random.default_rng(seed)
    shortest_s, longest_s = 0.008, 0.016
    count = int(recording.duration_s / shortest_s) + 1
    t_s = recording.t_s[0] + np.cumsum(rng.uniform(shortest_s, longest_s, count))
    t_s = t_s[t_s <= recording.t_s[-1]]
    return Recording(
        t_s, _at(recording.accel_g, recording.t_s, t_s), _at(recording.gyro_dps, recording.t_s, t_s)
    )


def resample(recording: Recording, rate_hz: float) -> Recording:
    """Sample anew at a fixed rate; a reading is the mean of the old ones over its interval."""
    interval_s = 1.0 / rate_hz
    count = int((recording.t_s[-1] - recording.t_s[0]) / interval_s)
    edges_s = recording.t_s[0] + np.arange(count + 1) * interval_s
    spans_s = np.diff(recording.t_s)[:, None]

    def means(values: Array) -> Array:
        sums = np.concatenate((np.zeros((1, 3)), np.cumsum(values[1:] * spans_s, axis=0)))
        return np.diff(_at(sums, recording.t_s, edges_s), axis=0) / interval_s

    return Recording(edges_s[1:], means(recording.accel_g), means(recording.gyro_dps))


def gaps(recording: Recording, seed: int) -> Recording:
    """Lose samples so that once a second, at a random moment of it, two samples are `GAP_S` apart."""
    rng = np.random.default_rng(seed)
    keep = np.ones(len(recording.t_s), dtype=bool)
    for second_s in np.arange(recording.t_s[0], recording.t_s[-1] - 1.0, 1.0):
        first = int(np.searchsorted(recording.t_s, second_s + rng.uniform(0.0, 1.0 - GAP_S)))
        after = int(np.searchsorted(recording.t_s, recording.t_s[first] + GAP_S - 1e-6))
        keep[first + 1 : after] = False
    return Recording(recording.t_s[keep], recording.accel_g[keep], recording.gyro_dps[keep])


def gyro_bias(recording: Recording, bias_dps: tuple[float, float, float]) -> Recording:
    """Add a constant to the body rates."""
    return replace(recording, gyro_dps=recording.gyro_dps + np.array(bias_dps))


def clip(recording: Recording, accel_range_g: float = np.inf, gyro_range_dps: float = np.inf) -> Recording:
    """Cut readings off at the ends of a sensor's range."""
    return replace(
        recording,
        accel_g=np.clip(recording.accel_g, -accel_range_g, accel_range_g),
        gyro_dps=np.clip(recording.gyro_dps, -gyro_range_dps, gyro_range_dps),
    )


def noise(recording: Recording, seed: int, accel_g: float = 0.005, gyro_dps: float = 0.15) -> Recording:
    """Add white noise with these standard deviations."""
    rng = np.random.default_rng(seed)
    shape = recording.accel_g.shape
    return replace(
        recording,
        accel_g=recording.accel_g + rng.normal(0.0, accel_g, shape),
        gyro_dps=recording.gyro_dps + rng.normal(0.0, gyro_dps, shape),
    )


def quantise(recording: Recording) -> Recording:
    """Round to the steps of a 16-bit sensor of ±16 g and ±2000 °/s."""
    accel_step, gyro_step = 16.0 / 32768.0, 2000.0 / 32768.0
    return replace(
        recording,
        accel_g=np.round(recording.accel_g / accel_step) * accel_step,
        gyro_dps=np.round(recording.gyro_dps / gyro_step) * gyro_step,
    )


def _unit(vector: Array) -> Array:
    return np.asarray(vector / np.linalg.norm(vector))


def _at(values: Array, old_s: Array, new_s: Array) -> Array:
    return np.stack([np.interp(new_s, old_s, values[:, axis]) for axis in range(values.shape[1])], axis=-1)
