"""What the foot of a sitting person does.

None of it holds a step. Each function appends about `duration_s` of motion that ends where it began.
"""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from .generate_motion import MotionBuilder, Shake, Wave

_LOWER_LEG_M = 0.45

type Activity = Callable[[MotionBuilder, np.random.Generator, float], None]


def foot_taps(motion: MotionBuilder, rng: np.random.Generator, duration_s: float) -> None:
    """Tap with the toe, the heel stays on the floor."""
    end_s = motion.now_s + duration_s
    while motion.now_s < end_s:
        up_deg = -rng.uniform(8.0, 20.0)
        motion.move(
            rng.uniform(0.3, 0.6),
            pitch_deg=((0.45, up_deg), (0.6, up_deg), (1.0, 0.0)),
            z_m=((0.45, 0.03), (0.6, 0.03), (1.0, 0.0)),
        )
        motion.add(Shake("z_m", motion.now_s, 0.0004, 25.0, 0.02))
        motion.rest(rng.uniform(0.02, 0.5))


def leg_jiggle(motion: MotionBuilder, rng: np.random.Generator, duration_s: float) -> None:
    """Bounce the heel at 4 to 6 Hz, the ball of the foot stays on the floor."""
    end_s = motion.now_s + duration_s
    while motion.now_s < end_s:
        burst_s = min(rng.uniform(3.0, 12.0), max(1.0, end_s - motion.now_s))
        jiggle_hz, deg = rng.uniform(4.0, 6.0), rng.uniform(2.0, 6.0)
        motion.add(Wave("pitch_deg", motion.now_s, motion.now_s + burst_s, deg, jiggle_hz))
        motion.add(Wave("z_m", motion.now_s, motion.now_s + burst_s, 0.08 * math.radians(deg), jiggle_hz))
        motion.rest(burst_s + rng.uniform(0.3, 3.0))


def dangling(motion: MotionBuilder, rng: np.random.Generator, duration_s: float) -> None:
    """Swing a hanging lower leg like a pendulum."""
    end_s = motion.now_s + duration_s
    while motion.now_s < end_s:
        burst_s = min(rng.uniform(6.0, 20.0), max(2.0, end_s - motion.now_s))
        swing_hz, deg = rng.uniform(0.7, 1.1), rng.uniform(8.0, 25.0)
        swing = Wave("pitch_deg", motion.now_s, motion.now_s + burst_s, deg, swing_hz, fade_s=1.5)
        motion.add(swing)
        _along(motion, -_LOWER_LEG_M * math.radians(deg), swing)
        # The arc lifts the foot at both ends of the swing, so twice as often.
        arc_m = _LOWER_LEG_M * math.radians(deg) ** 2 / 4.0
        lift = replace(swing, channel="z_m", amplitude=arc_m, phase_rad=-math.pi / 2.0)
        motion.add(replace(lift, frequency_hz=2.0 * swing_hz))
        motion.rest(burst_s + rng.uniform(0.5, 3.0))


def sliding(motion: MotionBuilder, rng: np.random.Generator, duration_s: float) -> None:
    """Slide the foot under the chair and out again, flat on the floor, with pauses."""
    end_s = motion.now_s + duration_s
    while motion.now_s < end_s:
        length_m = rng.uniform(0.12, 0.35) * rng.choice((-1.0, 1.0))
        _slide(motion, rng, length_m)
        motion.rest(rng.uniform(0.2, 4.0))
        _slide(motion, rng, -length_m)
        motion.rest(rng.uniform(0.2, 4.0))


def crossing_legs(motion: MotionBuilder, rng: np.random.Generator, duration_s: float) -> None:
    """Lay one leg over the other and put it down again."""
    end_s = motion.now_s + duration_s
    while motion.now_s < end_s:
        roll, yaw, down = rng.uniform(-50.0, -20.0), rng.uniform(-40.0, 40.0), rng.uniform(-20.0, 25.0)
        up_m, aside_m, ahead_m = rng.uniform(0.25, 0.5), rng.uniform(0.1, 0.4), rng.uniform(0.05, 0.3)
        motion.move(
            rng.uniform(0.8, 1.6),
            z_m=((0.6, 1.1 * up_m), (1.0, up_m)),
            y_m=((1.0, aside_m),),
            x_m=((1.0, ahead_m),),
            roll_deg=((1.0, roll),),
            yaw_deg=((1.0, yaw),),
            pitch_deg=((1.0, down),),
        )
        held_s = rng.uniform(3.0, 12.0)
        motion.add(Wave("pitch_deg", motion.now_s, motion.now_s + held_s, rng.uniform(0.0, 6.0), 1.3))
        motion.rest(held_s)
        motion.move(
            rng.uniform(0.8, 1.6),
            z_m=((0.3, 0.1), (1.0, -up_m)),
            y_m=((1.0, -aside_m),),
            x_m=((1.0, -ahead_m),),
            roll_deg=((1.0, -roll),),
            yaw_deg=((1.0, -yaw),),
            pitch_deg=((1.0, -down),),
        )
        motion.add(Shake("z_m", motion.now_s, 0.0008, 24.0, 0.02))
        motion.rest(rng.uniform(1.0, 6.0))


def fidgets(motion: MotionBuilder, rng: np.random.Generator, duration_s: float) -> None:
    """Sit at a desk: mostly still, now and then one of the fidgets."""
    end_s = motion.now_s + duration_s
    choices: tuple[Activity, ...] = (foot_taps, leg_jiggle, sliding, crossing_legs)
    while motion.now_s < end_s - 2.0:
        motion.rest(min(rng.uniform(2.0, 10.0), end_s - motion.now_s))
        left_s = end_s - motion.now_s
        if left_s > 2.0:
            choices[int(rng.integers(len(choices)))](motion, rng, min(rng.uniform(1.0, 5.0), left_s))


def _slide(motion: MotionBuilder, rng: np.random.Generator, length_m: float) -> None:
    heading = math.radians(motion.place["yaw_deg"])
    tilt_deg = rng.uniform(-4.0, 4.0)
    motion.move(
        rng.uniform(0.4, 1.0),
        x_m=((1.0, length_m * math.cos(heading)),),
        y_m=((1.0, length_m * math.sin(heading)),),
        pitch_deg=((0.5, tilt_deg), (1.0, 0.0)),
    )


def _along(motion: MotionBuilder, amplitude_m: float, wave: Wave) -> None:
    """Oscillate along the foot's heading as `wave` does."""
    heading = math.radians(motion.place["yaw_deg"])
    for channel, share in (("x_m", math.cos(heading)), ("y_m", math.sin(heading))):
        motion.add(replace(wave, channel=channel, amplitude=amplitude_m * share))
