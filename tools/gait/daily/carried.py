"""Not standing on it: crawling, the pod in a hand or in a pocket."""

import math
from dataclasses import replace

import numpy as np

from tools.gait.generate_motion import MotionBuilder, Wave

from .law import Law


def crawling(motion: MotionBuilder, rng: np.random.Generator, duration_s: float, law: Law) -> None:
    """Crawl on hands and knees: the foot lies tipped toe down by 90° and more and is drawn along."""
    end_s = motion.now_s + duration_s
    while motion.now_s < end_s:
        tip_deg = float(rng.uniform(80.0, 130.0))
        motion.move(1.5, pitch_deg=((1.0, tip_deg),), z_m=((1.0, 0.05),))
        period_s, pull_m = float(rng.uniform(0.8, 1.8)), float(rng.uniform(0.2, 0.6))
        for _ in range(int(rng.integers(4, 20))):
            course = math.radians(motion.place["yaw_deg"])
            way_m = pull_m * float(rng.normal(1.0, 0.1))
            turn_deg = float(rng.normal(0.0, 8.0))
            motion.move(
                period_s * float(rng.uniform(0.4, 0.6)),
                x_m=((1.0, way_m * math.cos(course)),),
                y_m=((1.0, way_m * math.sin(course)),),
                z_m=((0.5, float(rng.uniform(0.0, 0.08))), (1.0, 0.0)),
                pitch_deg=((0.4, float(rng.normal(0.0, 8.0))), (1.0, 0.0)),
                yaw_deg=((1.0, turn_deg),),
            )
            motion.rest(period_s * float(rng.uniform(0.3, 0.6)))
        motion.move(1.5, pitch_deg=((1.0, -motion.place["pitch_deg"]),), z_m=((1.0, -0.05),))
        motion.rest(min(law.wait_s(rng), 20.0))


def in_hand(motion: MotionBuilder, rng: np.random.Generator, duration_s: float, law: Law) -> None:
    """Carry the shoe about in a hand, put it down, pick it up."""
    end_s = motion.now_s + duration_s
    while motion.now_s < end_s:
        motion.move(
            float(rng.uniform(0.5, 1.2)),
            z_m=((1.0, float(rng.uniform(0.5, 1.1)) - motion.place["z_m"]),),
            pitch_deg=((1.0, float(rng.uniform(-90.0, 90.0)) - motion.place["pitch_deg"]),),
            roll_deg=((1.0, float(rng.uniform(-60.0, 60.0)) - motion.place["roll_deg"]),),
            yaw_deg=((1.0, float(rng.uniform(-60.0, 60.0))),),
        )
        for _ in range(int(rng.integers(1, 8))):
            motion.move(
                float(rng.uniform(0.3, 1.2)),
                x_m=((1.0, float(rng.normal(0.0, 0.25))),),
                y_m=((1.0, float(rng.normal(0.0, 0.25))),),
                z_m=((1.0, float(rng.normal(0.0, 0.1))),),
                pitch_deg=((1.0, float(rng.normal(0.0, 20.0))),),
                roll_deg=((1.0, float(rng.normal(0.0, 20.0))),),
            )
            motion.rest(float(rng.uniform(0.0, 1.0)))
        if rng.random() < 0.3:
            _carried(motion, rng, float(rng.uniform(5.0, 30.0)), swing_deg=20.0, arm_m=0.6)
        level = {channel: ((1.0, -motion.place[channel]),) for channel in ("z_m", "pitch_deg", "roll_deg")}
        motion.move(float(rng.uniform(0.6, 1.2)), **level)
        motion.rest(min(law.wait_s(rng), 15.0))


def in_pocket(motion: MotionBuilder, rng: np.random.Generator, duration_s: float, law: Law) -> None:
    """Carry the pod in a pocket while walking, standing and sitting down."""
    end_s = motion.now_s + duration_s
    motion.move(1.0, pitch_deg=((1.0, 80.0),), z_m=((1.0, 0.8),))
    while motion.now_s < end_s:
        _carried(motion, rng, float(rng.uniform(5.0, 60.0)), swing_deg=22.0, arm_m=0.25)
        motion.rest(min(law.wait_s(rng), 10.0))
        if rng.random() < 0.3:
            motion.move(1.2, pitch_deg=((1.0, -75.0),), z_m=((1.0, -0.3),), x_m=((1.0, -0.2),))
            motion.rest(min(2.0 * law.wait_s(rng), 40.0))
            motion.move(1.2, pitch_deg=((1.0, 75.0),), z_m=((1.0, 0.3),), x_m=((1.0, 0.2),))


def _carried(
    motion: MotionBuilder, rng: np.random.Generator, walks_s: float, swing_deg: float, arm_m: float
) -> None:
    """Walk with the pod on a thigh or an arm: it swings once a stride and bobs once a step."""
    stride_hz, start_s = float(rng.uniform(0.75, 1.05)), motion.now_s
    deg = swing_deg * float(rng.uniform(0.5, 1.3))
    swing = Wave("pitch_deg", start_s, start_s + walks_s, deg, stride_hz, fade_s=1.0)
    motion.add(swing)
    motion.add(replace(swing, channel="x_m", amplitude=-arm_m * math.radians(deg)))
    motion.add(
        replace(swing, channel="z_m", amplitude=float(rng.uniform(0.015, 0.035)), frequency_hz=2 * stride_hz)
    )
    ahead_m = 1.3 * stride_hz * walks_s
    course = math.radians(motion.place["yaw_deg"])
    motion.move(
        walks_s,
        x_m=((1.0, ahead_m * math.cos(course)),),
        y_m=((1.0, ahead_m * math.sin(course)),),
        yaw_deg=((1.0, float(rng.normal(0.0, 40.0))),),
    )
