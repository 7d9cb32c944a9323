"""Where there is no room to go straight, strides backward are found all the same."""

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tools.evaluate.sets import GENERATED, Take, evaluate
from tools.gait import generate_turns
from tools.gait.generate import DEFAULT_SENSOR, SMALL_ROOM_WAYS
from tools.gait.generate_gait import HEALTHY, LIVELY, SLOW
from tools.gait.generate_motion import MotionBuilder
from tools.gait.kinematics import record
from tools.gait.recording import Truth

if TYPE_CHECKING:
    from collections.abc import Callable

    from tools.gait.generate_gait import Walker


def _room(way: Callable[..., None], walker: Walker) -> Take:
    motion = MotionBuilder()
    motion.rest(3.0)
    way(motion, np.random.default_rng(7), walker)
    motion.rest(3.0)
    recording = record(motion.trajectory(), motion.now_s, DEFAULT_SENSOR, 7)
    name = f"{way.__name__}_{walker.name}"
    return Take(GENERATED, recording, Truth(name, name, strides=tuple(motion.strides)))


def test_every_stride_backward_in_a_small_room_counts() -> None:
    takes = [_room(way, walker) for way in SMALL_ROOM_WAYS for walker in (SLOW, LIVELY)]
    for result in evaluate(takes, "--mount", "known"):
        backward = [stride for stride in result.truth.strides if stride.direction == "backward"]
        assert result.counted.totals["backward_steps"] == 2 * len(backward), result.truth.name


@pytest.mark.parametrize("radius_m", generate_turns.RADII_M)
def test_an_arc_has_the_radius_it_is_named_after(radius_m: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate_turns, "RADII_M", (radius_m,))
    straight = replace(HEALTHY, variation=0.0, aim_deg=0.0)
    motion = MotionBuilder()
    generate_turns.arcs(motion, np.random.default_rng(1), straight)
    first = motion.strides[:8]
    places = [motion.trajectory()(np.array([stride.end_s]))[0][0, :2] for stride in first]
    # Three stances of a circle give its radius: a side over twice the sine of the angle opposite.
    sides = [float(np.hypot(*(places[i] - places[j]))) for i, j in ((1, 0), (2, 1), (2, 0))]
    cosine = (sides[0] ** 2 + sides[1] ** 2 - sides[2] ** 2) / (2 * sides[0] * sides[1])
    assert sides[2] / (2 * math.sqrt(1 - cosine**2)) == pytest.approx(radius_m, rel=0.05)
    assert all(abs(stride.yaw_deg) < 60 for stride in first)
