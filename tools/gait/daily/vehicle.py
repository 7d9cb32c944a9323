"""Riding: a seated foot in a train, a bus, a car.

The vehicle is a path of its own, the foot moves within it: both are put together exactly.
"""

import math
from dataclasses import dataclass

import numpy as np

from tools.gait.generate_motion import MotionBuilder, Wave
from tools.gait.kinematics import Pose, Trajectory, euler_to_matrix
from tools.gait.recording import Array

from .law import Law

_KNOT_S = 0.1


@dataclass(frozen=True, slots=True)
class Ride:
    """How a vehicle goes: strongest pull and brake, turns, and how its floor shakes."""

    pull_g: float
    turn_dps: float
    shake_g: float
    most_mps: float
    calm_s: float  # mean time between changes of speed or course


TRAIN = Ride(0.10, 3.0, 0.02, 40.0, 25.0)
BUS = Ride(0.25, 25.0, 0.08, 14.0, 5.0)
CAR = Ride(0.30, 25.0, 0.05, 25.0, 6.0)


def riding(ride: Ride, foot: Trajectory, duration_s: float, rng: np.random.Generator) -> Trajectory:
    """Put a foot's motion into a vehicle that goes by `ride`."""
    times_s: Array = np.arange(-1.0, duration_s + 2.0, _KNOT_S, dtype=np.float64)
    pull_mps2, turn_rps = _course(ride, times_s, rng)
    yaw = np.concatenate(([0.0], np.cumsum((turn_rps[1:] + turn_rps[:-1]) / 2.0 * _KNOT_S)))
    speed = np.concatenate(([0.0], np.cumsum((pull_mps2[1:] + pull_mps2[:-1]) / 2.0 * _KNOT_S)))
    ahead, left = pull_mps2, speed * turn_rps
    accel = np.stack(
        (ahead * np.cos(yaw) - left * np.sin(yaw), ahead * np.sin(yaw) + left * np.cos(yaw)), axis=-1
    )
    slope = np.diff(accel, axis=0) / _KNOT_S
    h = _KNOT_S
    gain = accel[:-1] * h + slope * h * h / 2.0
    velocity = np.concatenate((np.zeros((1, 2)), np.cumsum(gain, axis=0)))
    step = velocity[:-1] * h + accel[:-1] * h * h / 2.0 + slope * h**3 / 6.0
    place = np.concatenate((np.zeros((1, 2)), np.cumsum(step, axis=0)))
    turn_slope = np.diff(turn_rps) / h

    def pose(t_s: Array) -> Pose:
        i = np.clip(((t_s - times_s[0]) / h).astype(int), 0, len(slope) - 1)
        u = t_s - times_s[i]
        moved = (
            place[i]
            + velocity[i] * u[:, None]
            + accel[i] * (u * u / 2.0)[:, None]
            + slope[i] * (u**3 / 6.0)[:, None]
        )
        angle = yaw[i] + turn_rps[i] * u + turn_slope[i] * u * u / 2.0
        position, rotation = foot(t_s)
        turn = euler_to_matrix(angle, np.zeros_like(angle), np.zeros_like(angle))
        position = np.einsum("nij,nj->ni", turn, position)
        position[:, :2] += moved
        return position, turn @ rotation

    return pose


def _course(ride: Ride, times_s: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw how hard it pulls (m/s²) and turns (rad/s) at the times; it never goes backward."""
    pull, turn = np.zeros(len(times_s)), np.zeros(len(times_s))
    now_s, speed = 2.0, 0.0
    while now_s < times_s[-1] - 12.0:
        lasts_s = float(rng.uniform(2.0, 8.0))
        size = ride.pull_g * 9.81 * float(rng.uniform(0.3, 1.0))
        # Risen and fallen within a quarter of it each, so that 3/4 of it counts.
        size = min(size, (ride.most_mps - speed) / (0.75 * lasts_s)) if rng.random() < 0.5 else -size
        size = max(size, -speed / (0.75 * lasts_s))
        pull += size * _hump(times_s, now_s, lasts_s)
        speed += size * 0.75 * lasts_s
        if rng.random() < 0.5:
            # No harder to the side than it pulls.
            most = min(math.radians(ride.turn_dps), 1.5 * ride.pull_g * 9.81 / max(speed, 1.0))
            bends_s = float(rng.uniform(2.0, 8.0))
            turn += float(rng.uniform(-most, most)) * _hump(times_s, now_s + lasts_s, bends_s)
            now_s += bends_s
        now_s += lasts_s + float(rng.exponential(ride.calm_s))
    return pull, turn


def _hump(times_s: Array, start_s: float, lasts_s: float) -> Array:
    edge = 0.25 * lasts_s
    rise = np.clip(np.minimum(times_s - start_s, start_s + lasts_s - times_s) / edge, 0.0, 1.0)
    return np.asarray(rise * rise * (3.0 - 2.0 * rise))


def shaken_floor(motion: MotionBuilder, rng: np.random.Generator, ride: Ride) -> None:
    """Let the floor shake under everything so far, at 1 to 20 Hz."""
    for channel in ("x_m", "y_m", "z_m"):
        for shake_hz in rng.uniform(1.0, 20.0, 3):
            amplitude_m = ride.shake_g * 9.81 / 3.0 / (2.0 * math.pi * shake_hz) ** 2
            motion.add(Wave(channel, 0.0, motion.now_s, amplitude_m, shake_hz, rng.uniform(0.0, 6.28)))
    rock_hz = rng.uniform(0.8, 3.0)
    motion.add(Wave("roll_deg", 0.0, motion.now_s, 8.0 * ride.shake_g, rock_hz))


def pedals(motion: MotionBuilder, rng: np.random.Generator, duration_s: float, law: Law) -> None:
    """Drive: accelerator, brake and clutch, about the heel or with the whole foot, by the law's waits."""
    end_s = motion.now_s + duration_s
    heel = rng.random() < 0.5
    while motion.now_s < end_s:
        motion.rest(min(law.wait_s(rng), end_s - motion.now_s))
        to_brake = motion.place["y_m"] < 0.06
        aside_m = float(rng.uniform(0.10, 0.22)) if to_brake else 0.0
        ahead_m = float(rng.normal(0.0, 0.03))
        y_m, x_m = aside_m - motion.place["y_m"], ahead_m - motion.place["x_m"]
        yaw_deg = (22.0 if heel and to_brake else 0.0) - motion.place["yaw_deg"]
        press_deg = float(rng.uniform(-4.0, 12.0)) - motion.place["pitch_deg"]
        motion.move(
            law.move_s(rng, 0.15),
            x_m=((0.4, x_m - 0.05), (1.0, x_m)),
            y_m=((1.0, y_m),),
            z_m=((0.5, 0.01 if heel else 0.05), (1.0, 0.0)),
            yaw_deg=((1.0, yaw_deg),),
            pitch_deg=((0.5, press_deg - 10.0), (1.0, press_deg)),
        )
        for _ in range(int(rng.integers(0, 3))):
            motion.rest(float(rng.uniform(0.2, 2.0)))
            motion.move(float(rng.uniform(0.3, 0.9)), pitch_deg=((1.0, float(rng.normal(0.0, 4.0))),))
    motion.move(0.8, pitch_deg=((1.0, -motion.place["pitch_deg"]),))
