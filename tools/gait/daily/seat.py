"""Sitting: at a desk, on a sofa, tapping, crossing legs."""

from dataclasses import replace

import numpy as np

from tools.gait.generate_motion import MotionBuilder, Wave
from tools.gait.generate_sitting import crossing_legs, dangling, foot_taps, leg_jiggle

from .law import Law, set_foot


def desk(motion: MotionBuilder, rng: np.random.Generator, duration_s: float, law: Law) -> None:
    """Sit at a desk and set the foot by a law; now and then jiggle it."""
    end_s, place = motion.now_s + duration_s, law.placing()
    while motion.now_s < end_s:
        motion.rest(min(law.wait_s(rng), end_s - motion.now_s))
        set_foot(motion, rng, law, place)
        if rng.random() < 0.02:
            leg_jiggle(motion, rng, 3.0)


def sofa(motion: MotionBuilder, rng: np.random.Generator, duration_s: float, law: Law) -> None:
    """Lie back: set the foot rarely but far, stretch the leg onto its heel, cross legs, let one hang."""
    end_s, place = motion.now_s + duration_s, law.placing()
    while motion.now_s < end_s:
        motion.rest(min(2.0 * law.wait_s(rng), end_s - motion.now_s))
        what = rng.random()
        if what < 0.7:
            set_foot(motion, rng, law, place)
        elif what < 0.85:
            _stretch(motion, rng)
        elif what < 0.95:
            crossing_legs(motion, rng, 5.0)
        else:
            dangling(motion, rng, 8.0)


def tapping(motion: MotionBuilder, rng: np.random.Generator, duration_s: float, law: Law) -> None:
    """Tap to music, toe or heel, and set the foot now and then, on or off the beat."""
    end_s, place = motion.now_s + duration_s, law.placing()
    while motion.now_s < end_s:
        beat_s, deg = rng.uniform(0.4, 0.9), rng.uniform(6.0, 22.0)
        toe, high_m = rng.random() < 0.6, 0.1 * np.radians(deg)
        for _ in range(int(rng.integers(8, 60))):
            share, start_s = float(rng.uniform(0.5, 1.0)), motion.now_s
            motion.move(
                min(0.5 * beat_s, 0.35),
                pitch_deg=((0.5, (-deg if toe else deg) * share), (1.0, 0.0)),
                z_m=((0.5, high_m * share), (1.0, 0.0)),
            )
            motion.rest(max(0.02, beat_s * float(rng.normal(1.0, 0.03)) - (motion.now_s - start_s)))
        if rng.random() < 0.3:
            foot_taps(motion, rng, 4.0)
        for _ in range(int(rng.integers(1, 4))):
            set_foot(motion, rng, law, place)
            motion.rest(min(law.wait_s(rng), 6.0))


def crossing(motion: MotionBuilder, rng: np.random.Generator, duration_s: float, law: Law) -> None:
    """Lay one leg over the other and back again, and set the foot between."""
    end_s, place = motion.now_s + duration_s, law.placing()
    while motion.now_s < end_s:
        crossing_legs(motion, rng, 0.1)
        for _ in range(int(rng.integers(0, 4))):
            set_foot(motion, rng, law, place)
            motion.rest(min(law.wait_s(rng), 10.0))


def _stretch(motion: MotionBuilder, rng: np.random.Generator) -> None:
    """Stretch the leg onto its heel, wag the foot, draw it back."""
    far_m, up_deg = float(rng.uniform(0.2, 0.5)), -float(rng.uniform(20.0, 50.0))
    roll_deg = float(rng.normal(0.0, 12.0))
    motion.move(
        rng.uniform(0.6, 1.4),
        x_m=((1.0, far_m),),
        z_m=((0.5, 0.08), (1.0, 0.03)),
        pitch_deg=((1.0, up_deg),),
        roll_deg=((1.0, roll_deg),),
    )
    held_s = float(rng.uniform(2.0, 20.0))
    wag = Wave("roll_deg", motion.now_s, motion.now_s + held_s, rng.uniform(0.0, 8.0), rng.uniform(0.4, 1.2))
    motion.add(wag)
    motion.add(replace(wag, channel="yaw_deg", amplitude=rng.uniform(0.0, 8.0)))
    motion.rest(held_s)
    motion.move(
        rng.uniform(0.6, 1.4),
        x_m=((1.0, -far_m),),
        z_m=((0.4, 0.05), (1.0, -0.03)),
        pitch_deg=((1.0, -up_deg),),
        roll_deg=((1.0, -roll_deg),),
    )
