"""What one walks on: treadmills, level or inclined, belts that run unevenly, slopes.

A motion is told in the frame of the ground: x and y along it, z away from it, which is the frame a treadmill
counts in, too. Here it is put where it happens: an incline tips it, a belt carries it along. A belt's speed
leaves no trace in an IMU, only that it changes: when the belt starts and, where feet drive it, with every
step.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .generate_motion import gentle_slopes, smooth_curve
from .kinematics import Pose, Trajectory, euler_to_matrix
from .recording import Array, StrideTruth

_STEPS_A_STRIDE = 2
_BOUT_GAP_S = 2.5
_FADE_S = 1.2


@dataclass(frozen=True, slots=True)
class Ground:
    """A surface to walk on.

    `grade` is its rise per metre towards +x, negative where it falls: 0.25 is 25 %, 14°. A belt runs towards
    -x at `speed_mps` (so who walks towards +x stays in the room), which it takes `start_s` to reach, and its
    speed swings by ±`ripple_mps` with every step, `phase_rad` after the pod's foot leaves.
    """

    grade: float = 0.0
    speed_mps: float = 0.0
    start_s: float = 4.0
    ripple_mps: float = 0.0
    phase_rad: float = 0.0


FLOOR = Ground()


def put_on(ground: Ground, trajectory: Trajectory, strides: Sequence[StrideTruth]) -> Trajectory:
    """Return where a motion goes that is told in the ground's frame; `strides` are the steps of it."""
    tilt = euler_to_matrix(np.zeros(1), np.array([-math.atan(ground.grade)]), np.zeros(1))[0]

    def pose(t_s: Array) -> Pose:
        position, rotation = trajectory(t_s)
        carried = position.copy()
        carried[:, 0] -= _travel_m(ground, strides, t_s)
        return carried @ tilt.T, tilt @ rotation

    return pose


def climbed(ground: Ground, strides: Sequence[StrideTruth]) -> tuple[StrideTruth, ...]:
    """Return strides along x with what the incline makes them climb; lengths stay those along the ground."""
    rise = math.sin(math.atan(ground.grade))
    ways = {"forward": rise, "backward": -rise}
    return tuple(
        replace(stride, dz_m=stride.dz_m + ways.get(stride.direction, 0.0) * stride.length_m)
        for stride in strides
    )


def _travel_m(ground: Ground, strides: Sequence[StrideTruth], t_s: Array) -> Array:
    """Return how far the belt has run: its second derivative is continuous."""
    u = np.clip(t_s / ground.start_s, 0.0, 1.0)
    starting_s = ground.start_s * (2.5 * u**4 - 3.0 * u**5 + u**6) + np.maximum(t_s - ground.start_s, 0.0)
    travelled_m = ground.speed_mps * starting_s
    if ground.ripple_mps:
        for bout in _bouts([stride.start_s for stride in strides]):
            travelled_m += _ripple_m(ground, bout, t_s)
    return np.asarray(travelled_m)


def _bouts(starts_s: Sequence[float]) -> list[list[float]]:
    bouts: list[list[float]] = []
    for start_s in starts_s:
        if bouts and start_s - bouts[-1][-1] < _BOUT_GAP_S:
            bouts[-1].append(start_s)
        else:
            bouts.append([start_s])
    return [bout for bout in bouts if len(bout) > 1]


def _ripple_m(ground: Ground, starts_s: Sequence[float], t_s: Array) -> Array:
    """Swing about the belt's mean speed in step with the strides that begin at these times."""
    period_s = (starts_s[-1] - starts_s[0]) / (len(starts_s) - 1)
    knots_s = np.array((*starts_s, starts_s[-1] + period_s))
    angles = 2.0 * math.pi * _STEPS_A_STRIDE * np.arange(len(knots_s), dtype=np.float64)
    angle = smooth_curve(t_s, knots_s, angles, gentle_slopes(knots_s, angles))
    edge = np.clip(np.minimum(t_s - knots_s[0], knots_s[-1] - t_s) / _FADE_S, 0.0, 1.0)
    fade = edge**3 * (10.0 - 15.0 * edge + 6.0 * edge * edge)
    radius_m = ground.ripple_mps * period_s / (2.0 * math.pi * _STEPS_A_STRIDE)
    return np.asarray(-radius_m * fade * np.cos(angle + ground.phase_rad))
