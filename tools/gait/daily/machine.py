"""Machines that move a foot: a bicycle in traffic, a rocking chair."""

import math
from dataclasses import replace

import numpy as np

from tools.gait.generate_motion import MotionBuilder, Wave
from tools.gait.generate_other import pedalling

from .law import Law, Placing, Spot, set_foot


def bicycle(motion: MotionBuilder, rng: np.random.Generator, duration_s: float, law: Law) -> None:
    """Pedal, stop at a light with the foot on the ground, set it anew, ride on."""
    end_s, place = motion.now_s + duration_s, law.placing()
    while motion.now_s < end_s:
        pedalling(motion, rng, float(rng.uniform(10.0, 60.0)))
        origin = motion.place["x_m"]
        down_m = -float(rng.uniform(0.1, 0.3))
        motion.move(0.7, z_m=((1.0, down_m),), y_m=((1.0, 0.15),))
        base = origin, motion.place["y_m"]
        for _ in range(int(rng.integers(0, 4))):
            motion.rest(min(law.wait_s(rng), 10.0))
            set_foot(motion, rng, law, _about(place, base))
        motion.rest(float(rng.uniform(0.5, 5.0)))
        motion.move(
            0.7,
            z_m=((1.0, -down_m),),
            x_m=((1.0, origin - motion.place["x_m"]),),
            y_m=((1.0, base[1] - 0.15 - motion.place["y_m"]),),
        )


def _about(place: Placing, base: Spot) -> Placing:
    """Tell places from where it stopped."""

    def there(rng: np.random.Generator, here: Spot) -> Spot:
        x_m, y_m = place(rng, (here[0] - base[0], here[1] - base[1]))
        return base[0] + x_m, base[1] + y_m

    return there


def rocking_chair(motion: MotionBuilder, rng: np.random.Generator, duration_s: float, law: Law) -> None:
    """Rock: the foot pitches on the floor, or hangs and swings with the chair; set anew now and then."""
    end_s, place = motion.now_s + duration_s, law.placing()
    while motion.now_s < end_s:
        rocks_s, rock_hz = float(rng.uniform(10.0, 60.0)), float(rng.uniform(0.35, 0.9))
        rock = Wave(
            "pitch_deg", motion.now_s, motion.now_s + rocks_s, rng.uniform(4.0, 20.0), rock_hz, 0.0, 2.0
        )
        motion.add(rock)
        if rng.random() < 0.5:  # the chair carries it along
            swing_m = float(rng.uniform(0.05, 0.2))
            motion.add(replace(rock, channel="x_m", amplitude=-swing_m))
            lift = replace(rock, channel="z_m", amplitude=0.2 * swing_m, phase_rad=-math.pi / 2.0)
            motion.add(replace(lift, frequency_hz=2.0 * rock_hz))
        else:
            motion.add(replace(rock, channel="z_m", amplitude=0.08 * math.radians(rock.amplitude)))
        motion.rest(rocks_s)
        for _ in range(int(rng.integers(0, 4))):
            set_foot(motion, rng, law, place)
            motion.rest(min(law.wait_s(rng), 8.0))
