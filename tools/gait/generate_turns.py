"""Walking backward where there is no room to go straight: arcs, figures of eight, corners, turns between.

Somebody who walks a circle of 0.5 m steps shorter than down a hallway: the stride is cut so that a foot turns
by 55° at most in one of an arc. A turn of a corner or from forward to backward is done in one stride.
"""

import math
from typing import TYPE_CHECKING, Final

from .generate_gait import resized, walk

if TYPE_CHECKING:
    import numpy as np

    from .generate_gait import Walker
    from .generate_motion import MotionBuilder

RADII_M: Final = (0.5, 1.0, 2.0)
_ARC_DEG: Final = 55.0  # one stride of an arc turns no further
_CORNER_DEG: Final = 90.0
_ABOUT_DEG: Final = 75.0  # the foot's share of a turn from forward to backward in one stride
_SPOT_M: Final = 0.12  # a foot that is turned on the spot gets so far
_PAUSE_S: Final = 4.0


def arcs(motion: MotionBuilder, rng: np.random.Generator, walker: Walker) -> None:
    """Walk backward along arcs of 0.5 to 2 m radius, eight strides to each hand."""
    for radius_m in RADII_M:
        for hand in (1.0, -1.0):
            _arc(motion, rng, walker, radius_m, hand=hand, strides=8)
            motion.rest(_PAUSE_S)


def eights(motion: MotionBuilder, rng: np.random.Generator, walker: Walker) -> None:
    """Walk two figures of eight backward for each radius."""
    for radius_m in RADII_M:
        round_ = math.ceil(360.0 / _turn_deg(walker, radius_m))
        for hand in (1.0, -1.0, 1.0, -1.0):
            _arc(motion, rng, walker, radius_m, hand=hand, strides=round_)
        motion.rest(_PAUSE_S)


def corners(motion: MotionBuilder, rng: np.random.Generator, walker: Walker) -> None:
    """Walk backward around a small room: two or three strides, then a corner in one."""
    for strides in (2, 3):
        for _ in range(6):
            walk(motion, rng, walker, "backward", strides)
            walk(motion, rng, walker, "backward", 1, turn_deg=_CORNER_DEG)
        motion.rest(_PAUSE_S)


def turns_between(motion: MotionBuilder, rng: np.random.Generator, walker: Walker) -> None:
    """Walk three strides backward, turn on the spot in two, again and again."""
    on_the_spot = resized(walker, _SPOT_M, None)
    for turn_deg in (180.0, 90.0, -180.0, -120.0, 150.0):
        walk(motion, rng, walker, "backward", 3)
        walk(motion, rng, on_the_spot, "forward", 2, turn_deg=turn_deg / 2.0)
    motion.rest(_PAUSE_S)


def about_turns(motion: MotionBuilder, rng: np.random.Generator, walker: Walker) -> None:
    """Walk three strides forward and three backward; the first of each way also turns."""
    for _ in range(4):
        walk(motion, rng, walker, "forward", 3)
        walk(motion, rng, walker, "backward", 1, turn_deg=_ABOUT_DEG)
        walk(motion, rng, walker, "backward", 2)
        walk(motion, rng, walker, "forward", 1, turn_deg=-_ABOUT_DEG)
    motion.rest(_PAUSE_S)


def _turn_deg(walker: Walker, radius_m: float) -> float:
    return min(math.degrees(walker.backward.stride_m / radius_m), _ARC_DEG)


def _arc(
    motion: MotionBuilder,
    rng: np.random.Generator,
    walker: Walker,
    radius_m: float,
    *,
    hand: float,
    strides: int,
) -> None:
    turn_deg = _turn_deg(walker, radius_m)
    shorter = resized(walker, min(walker.backward.stride_m, radius_m * math.radians(turn_deg)), None)
    walk(motion, rng, shorter, "backward", strides, turn_deg=hand * turn_deg)
