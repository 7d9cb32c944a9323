"""Standing: at a kitchen counter, at a desk for standing, putting shoes on and off."""

import math

import numpy as np

from tools.gait.generate_motion import MotionBuilder, Shake, Wave
from tools.gait.generate_other import shoes_on

from .law import Law, set_foot


def kitchen_counter(motion: MotionBuilder, rng: np.random.Generator, duration_s: float, law: Law) -> None:
    """Stand and work: shift the weight, turn on the spot, set the foot and take it back."""
    end_s, place = motion.now_s + duration_s, law.placing()
    while motion.now_s < end_s:
        motion.rest(min(law.wait_s(rng), end_s - motion.now_s))
        what = rng.random()
        if what < 0.35:
            _shift_weight(motion, rng)
        elif what < 0.8:
            set_foot(motion, rng, law, place)
        else:
            _pivot(motion, rng)


def standing_desk(motion: MotionBuilder, rng: np.random.Generator, duration_s: float, law: Law) -> None:
    """Stand: sway, rise on the toes, rest a foot on its tip or on a bar, set it down anew."""
    end_s, place = motion.now_s + duration_s, law.placing()
    while motion.now_s < end_s:
        motion.rest(min(1.5 * law.wait_s(rng), end_s - motion.now_s))
        what = rng.random()
        if what < 0.3:
            _shift_weight(motion, rng)
        elif what < 0.45:
            _rise(motion, rng)
        elif what < 0.6:
            _on_bar(motion, rng)
        else:
            set_foot(motion, rng, law, place)


def shoes(motion: MotionBuilder, rng: np.random.Generator, duration_s: float, law: Law) -> None:
    """Put shoes on and off again and again, and set the foot between."""
    end_s, place = motion.now_s + duration_s, law.placing()
    while motion.now_s < end_s:
        shoes_on(motion, rng, 1.0)
        for _ in range(int(rng.integers(0, 4))):
            set_foot(motion, rng, law, place)
            motion.rest(min(law.wait_s(rng), 8.0))


def _shift_weight(motion: MotionBuilder, rng: np.random.Generator) -> None:
    """Roll the foot a little as the weight goes to the other one and comes back."""
    lasts_s = float(rng.uniform(1.0, 5.0))
    motion.add(
        Wave("roll_deg", motion.now_s, motion.now_s + lasts_s, rng.uniform(1.0, 5.0), rng.uniform(0.2, 0.8))
    )
    motion.add(Wave("y_m", motion.now_s, motion.now_s + lasts_s, rng.uniform(0.0, 0.01), 0.5))
    motion.rest(lasts_s)


def _pivot(motion: MotionBuilder, rng: np.random.Generator) -> None:
    """Turn the foot on its heel or ball towards something, and later back."""
    turn_deg = float(rng.uniform(20.0, 80.0)) * float(rng.choice((-1.0, 1.0)))
    lever_m = float(rng.choice((-0.14, 0.08)))
    for turn in (turn_deg, -turn_deg):
        after = math.radians(motion.place["yaw_deg"] + turn)
        before = math.radians(motion.place["yaw_deg"])
        motion.move(
            float(rng.uniform(0.4, 0.9)),
            x_m=((1.0, lever_m * (math.cos(before) - math.cos(after))),),
            y_m=((1.0, lever_m * (math.sin(before) - math.sin(after))),),
            z_m=((0.5, 0.02), (1.0, 0.0)),
            yaw_deg=((1.0, turn),),
            pitch_deg=((0.5, float(rng.normal(0.0, 8.0))), (1.0, 0.0)),
        )
        motion.rest(float(rng.uniform(0.3, 6.0)))


def _rise(motion: MotionBuilder, rng: np.random.Generator) -> None:
    """Rise on the toes, once or several times."""
    for _ in range(int(rng.integers(1, 6))):
        deg = float(rng.uniform(10.0, 35.0))
        high_m = 0.12 * math.sin(math.radians(deg))
        motion.move(float(rng.uniform(0.4, 0.8)), pitch_deg=((1.0, deg),), z_m=((1.0, high_m),))
        motion.rest(float(rng.uniform(0.0, 1.0)))
        motion.move(float(rng.uniform(0.4, 0.8)), pitch_deg=((1.0, -deg),), z_m=((1.0, -high_m),))
        motion.rest(float(rng.uniform(0.1, 0.8)))


def _on_bar(motion: MotionBuilder, rng: np.random.Generator) -> None:
    """Put the foot on a bar or on its tip behind the other one, and back."""
    ahead_m, high_m = float(rng.uniform(-0.3, 0.3)), float(rng.uniform(0.0, 0.2))
    deg = float(rng.uniform(-15.0, 45.0))
    for sign in (1.0, -1.0):
        motion.move(
            float(rng.uniform(0.5, 1.0)),
            x_m=((1.0, sign * ahead_m),),
            z_m=((0.5, max(sign * high_m, 0.0) + 0.03), (1.0, sign * high_m)),
            pitch_deg=((1.0, sign * deg),),
        )
        motion.add(Shake("z_m", motion.now_s, 0.0005, 24.0, 0.02))
        motion.rest(float(rng.uniform(1.0, 15.0)))
