"""What moves a foot besides walking and sitting: machines, gestures while standing, putting shoes on.

None of it holds a step. Each function appends about `duration_s` of motion.
"""

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from .generate_gait import HEALTHY, Gait, stride
from .generate_motion import MotionBuilder, Shake, Wave

if TYPE_CHECKING:
    import numpy as np


def pedalling(motion: MotionBuilder, rng: np.random.Generator, duration_s: float) -> None:
    """Pedal a bicycle: a crank of 170 mm, the ankle rocking, the bicycle speeding up and braking."""
    end_s = motion.now_s + duration_s
    while motion.now_s < end_s:
        burst_s = min(rng.uniform(10.0, 25.0), max(6.0, end_s - motion.now_s))
        turns_hz, start_s = rng.uniform(0.5, 1.4), motion.now_s
        crank = Wave("x_m", start_s, start_s + burst_s, 0.17, turns_hz, fade_s=2.0)
        motion.add(crank)
        motion.add(replace(crank, channel="z_m", phase_rad=math.pi / 2.0))
        rock_deg = rng.uniform(5.0, 18.0)
        motion.add(replace(crank, channel="pitch_deg", amplitude=rock_deg, phase_rad=rng.uniform(0.0, 6.28)))
        ride_m = rng.uniform(2.0, 7.0) * burst_s
        motion.move(burst_s, x_m=((0.3, 0.2 * ride_m), (0.7, 0.8 * ride_m), (1.0, ride_m)))
        motion.rest(rng.uniform(1.0, 4.0))  # coasting, or a red light


def driving(motion: MotionBuilder, rng: np.random.Generator, duration_s: float) -> None:
    """Drive a car: it accelerates, bends and shakes while the foot changes between the pedals."""
    start_s, end_s = motion.now_s, motion.now_s + duration_s
    heading_deg = motion.place["yaw_deg"]
    while motion.now_s < end_s:
        leg_s = rng.uniform(6.0, 14.0)
        ride_m, bend_m = rng.uniform(4.0, 16.0) * leg_s, rng.uniform(-8.0, 8.0)
        leg_start_s = motion.now_s
        motion.move(
            leg_s, x_m=((0.35, 0.25 * ride_m), (0.65, 0.75 * ride_m), (1.0, ride_m)), y_m=((1.0, bend_m),)
        )
        motion.now_s = leg_start_s
        while motion.now_s < leg_start_s + leg_s - 1.6:
            aside_deg = heading_deg + rng.choice((0.0, 18.0)) - motion.place["yaw_deg"]
            press_deg = rng.uniform(-6.0, 10.0) - motion.place["pitch_deg"]
            motion.move(
                rng.uniform(0.3, 0.8), yaw_deg=((1.0, aside_deg),), pitch_deg=((0.5, -8.0), (1.0, press_deg))
            )
            motion.rest(rng.uniform(0.2, 4.0))
        motion.now_s = max(motion.now_s, leg_start_s + leg_s)
    level_deg = -motion.place["pitch_deg"]
    motion.move(0.8, pitch_deg=((1.0, level_deg),))
    _shaken(motion, rng, start_s, accel_mps2=0.6)


def lift(motion: MotionBuilder, rng: np.random.Generator, duration_s: float) -> None:
    """Stand in a lift that goes up and down."""
    end_s = motion.now_s + duration_s
    while motion.now_s < end_s:
        start_s, climb_m = motion.now_s, rng.uniform(3.0, 12.0) * rng.choice((-1.0, 1.0))
        motion.move(
            2.5 + abs(climb_m) / 1.2, z_m=((0.2, 0.1 * climb_m), (0.8, 0.9 * climb_m), (1.0, climb_m))
        )
        _shaken(motion, rng, start_s, accel_mps2=0.15)
        motion.rest(rng.uniform(1.0, 4.0))


def vibration(motion: MotionBuilder, rng: np.random.Generator, duration_s: float) -> None:
    """Stand or sit where a machine shakes the floor."""
    start_s = motion.now_s
    motion.rest(duration_s)
    _shaken(motion, rng, start_s, accel_mps2=rng.uniform(0.5, 3.0))


def marching(motion: MotionBuilder, rng: np.random.Generator, duration_s: float) -> None:
    """March on the spot: the foot goes up and comes down where it was, give or take a little."""
    end_s = motion.now_s + duration_s
    while motion.now_s < end_s:
        gait = replace(
            HEALTHY.forward,
            stride_m=abs(rng.normal(0.0, 0.025)),
            lift_m=rng.uniform(0.08, 0.25),
            toe_down_deg=rng.uniform(15.0, 40.0),
            toe_up_deg=rng.uniform(0.0, 8.0),
            period_s=rng.uniform(0.9, 1.2),
        )
        _stride_without_truth(motion, gait, rng.uniform(0.0, 360.0))
        motion.rest(gait.period_s * (1.0 - gait.moving_share))


def turning_on_the_spot(motion: MotionBuilder, rng: np.random.Generator, duration_s: float) -> None:
    """Turn round and round where one stands: the foot turns and hardly travels."""
    end_s, hand = motion.now_s + duration_s, 1.0
    while motion.now_s < end_s:
        hand = -hand
        for _ in range(int(rng.integers(3, 9))):
            gait = replace(HEALTHY.side, stride_m=abs(rng.normal(0.0, 0.04)), period_s=rng.uniform(0.9, 1.5))
            _stride_without_truth(motion, gait, rng.uniform(0.0, 360.0), hand * rng.uniform(40.0, 90.0))
            motion.rest(gait.period_s * (1.0 - gait.moving_share))
        motion.rest(rng.uniform(0.5, 3.0))


def kicking(motion: MotionBuilder, rng: np.random.Generator, duration_s: float) -> None:
    """Kick a ball and set the foot down again where it was."""
    end_s = motion.now_s + duration_s
    while motion.now_s < end_s:
        reach_m, back_m = rng.uniform(0.3, 0.7), -rng.uniform(0.1, 0.4)
        heading = math.radians(motion.place["yaw_deg"])
        path = ((0.3, back_m), (0.6, reach_m), (1.0, 0.0))
        kick_s = rng.uniform(0.8, 1.3)
        motion.add(Shake("x_m", motion.now_s + 0.5 * kick_s, 0.003, 24.0, 0.02))
        motion.move(
            kick_s,
            x_m=tuple((share, along * math.cos(heading)) for share, along in path),
            y_m=tuple((share, along * math.sin(heading)) for share, along in path),
            z_m=((0.3, 0.15), (0.45, 0.08), (0.65, 0.3), (1.0, 0.0)),
            pitch_deg=((0.3, rng.uniform(30.0, 60.0)), (0.62, -rng.uniform(20.0, 45.0)), (1.0, 0.0)),
        )
        motion.rest(rng.uniform(0.3, 3.0))


def jumping(motion: MotionBuilder, rng: np.random.Generator, duration_s: float) -> None:
    """Jump on the spot, with landings of several g."""
    end_s = motion.now_s + duration_s
    while motion.now_s < end_s:
        height_m, jump_s = rng.uniform(0.1, 0.3), rng.uniform(0.45, 0.7)
        motion.move(
            jump_s,
            z_m=((0.2, 0.04), (0.55, height_m), (0.95, 0.02), (1.0, 0.0)),
            pitch_deg=((0.25, rng.uniform(20.0, 45.0)), (0.8, rng.uniform(10.0, 30.0)), (1.0, 0.0)),
        )
        motion.add(Shake("z_m", motion.now_s - 0.05, 0.004, 24.0, 0.022))
        motion.rest(rng.uniform(0.1, 1.5))


def shoes_on(motion: MotionBuilder, rng: np.random.Generator, duration_s: float) -> None:
    """Take a shoe in the hand, turn it about, slip into it, pull, tie it."""
    end_s = motion.now_s + duration_s
    while motion.now_s < end_s:
        for _ in range(int(rng.integers(3, 7))):
            motion.move(
                rng.uniform(0.4, 1.2),
                **{channel: ((1.0, rng.uniform(-0.3, 0.3)),) for channel in ("x_m", "y_m")},
                z_m=((1.0, rng.uniform(0.0, 0.6) - motion.place["z_m"]),),
                yaw_deg=((1.0, rng.uniform(-80.0, 80.0)),),
                pitch_deg=((1.0, rng.uniform(-70.0, 70.0) - motion.place["pitch_deg"]),),
                roll_deg=((1.0, rng.uniform(-80.0, 80.0) - motion.place["roll_deg"]),),
            )
            motion.rest(rng.uniform(0.0, 0.8))
        _set_down(motion, rng)
        for _ in range(int(rng.integers(2, 6))):
            tug = Wave(
                "pitch_deg", motion.now_s, motion.now_s + 0.8, rng.uniform(2.0, 12.0), rng.uniform(1.5, 5.0)
            )
            motion.add(tug)
            motion.add(replace(tug, channel="x_m", amplitude=rng.uniform(0.005, 0.03)))
            motion.rest(rng.uniform(0.8, 2.0))
        motion.rest(rng.uniform(1.0, 4.0))


def _set_down(motion: MotionBuilder, rng: np.random.Generator) -> None:
    level = {channel: ((1.0, -motion.place[channel]),) for channel in ("z_m", "pitch_deg", "roll_deg")}
    motion.move(rng.uniform(0.5, 0.9), **level)
    motion.add(Shake("z_m", motion.now_s, 0.001, 24.0, 0.02))
    motion.rest(0.5)


def _stride_without_truth(motion: MotionBuilder, gait: Gait, aim_deg: float, turn_deg: float = 0.0) -> None:
    """Move as in a stride that is none: too short, or a turn."""
    stride(motion, gait, aim_deg, turn_deg)
    motion.strides.pop()


def _shaken(motion: MotionBuilder, rng: np.random.Generator, start_s: float, accel_mps2: float) -> None:
    """Shake the foot from `start_s` until now in every direction, with about this peak acceleration."""
    for channel in ("x_m", "y_m", "z_m"):
        for shake_hz in rng.uniform(6.0, 30.0, 3):
            amplitude_m = accel_mps2 / 3.0 / (2.0 * math.pi * shake_hz) ** 2
            motion.add(Wave(channel, start_s, motion.now_s, amplitude_m, shake_hz, rng.uniform(0.0, 6.28)))
    wobble_hz = rng.uniform(5.0, 12.0)
    motion.add(Wave("pitch_deg", start_s, motion.now_s, 0.4 * accel_mps2 / wobble_hz, wobble_hz))
