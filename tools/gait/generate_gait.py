"""Walking: strides of one foot in any direction, and the walkers who do them.

The pitch profiles follow what foot-worn sensors of healthy adults showed: forward, the toe goes down early
(heel-off) and up before heel strike; backward the order is reversed and both swings are smaller. Medians
there: forward 1.35 m in 1.52 s, 54° down and 36° up, 650 °/s; backward 1.17 m in 1.34 s, 36° and 29°,
485 °/s; side 0.88 m with 16° down. Shocks: 4.1 g in the first and 2.6 g in the last third forward,
2.4 and 4.8 g backward.
"""

import math
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from .generate_motion import Knots, MotionBuilder, Shake, Wave
from .kinematics import GRAVITY_MPS2

if TYPE_CHECKING:
    from collections.abc import Iterator

type Heading = Literal["forward", "backward", "left", "right"]

_HEADING_DEG: dict[str, float] = {"forward": 0.0, "left": 90.0, "backward": 180.0, "right": -90.0}
_SHOCK_HZ = 24.0
_SHOCK_DECAY_S = 0.022
# The shake has faded to this share of its amplitude when it peaks.
_SHOCK_PEAK_SHARE = 0.6
# The pod sits about here before the heel and behind the ball of the foot, in metres.
_HEEL_LEVER_M = 0.14
_BALL_LEVER_M = 0.08


@dataclass(frozen=True, slots=True)
class Gait:
    """How one walker strides in one direction: largest angles, peaks of ||a| - 1 g| as shocks."""

    stride_m: float
    period_s: float
    moving_share: float  # of the period, from leaving a stance to reaching the next
    toe_down_deg: float
    toe_up_deg: float
    lift_m: float
    lift_off_shock_g: float
    landing_shock_g: float
    roll_deg: float = 0.0  # of the sole against the floor, outward first


@dataclass(frozen=True, slots=True)
class Walker:
    """A person's way to walk. `variation` is the relative spread of strides, `wobble_dps` of a stance."""

    name: str
    forward: Gait
    backward: Gait
    side: Gait
    variation: float = 0.04
    wobble_dps: float = 3.0
    aim_deg: float = 3.0  # spread of the direction


HEALTHY = Walker(
    "healthy",
    forward=Gait(1.35, 1.52, 0.62, 54.0, 36.0, 0.05, 4.1, 3.6),
    backward=Gait(1.17, 1.34, 0.60, 36.0, 29.0, 0.05, 2.4, 4.8),
    side=Gait(0.88, 1.40, 0.55, 16.0, 3.0, 0.06, 4.5, 4.5, 25.0),
)
SLOW = Walker(
    "slow",
    forward=Gait(0.80, 1.90, 0.55, 40.0, 22.0, 0.035, 1.2, 1.0),
    backward=Gait(0.55, 2.10, 0.50, 22.0, 14.0, 0.035, 0.7, 1.2),
    side=Gait(0.40, 2.00, 0.50, 10.0, 3.0, 0.04, 1.0, 1.0, 12.0),
    variation=0.07,
    wobble_dps=4.0,
    aim_deg=4.0,
)
ELDER = Walker(
    "elder",
    forward=Gait(0.60, 1.25, 0.50, 26.0, 12.0, 0.025, 0.9, 0.9),
    backward=Gait(0.36, 1.30, 0.48, 15.0, 8.0, 0.025, 0.5, 0.9),
    side=Gait(0.30, 1.40, 0.48, 8.0, 3.0, 0.03, 0.8, 0.8, 8.0),
    variation=0.12,
    wobble_dps=5.0,
    aim_deg=6.0,
)
LIVELY = Walker(
    "lively",
    forward=Gait(1.30, 0.96, 0.72, 58.0, 34.0, 0.08, 4.0, 4.5),
    backward=Gait(0.95, 0.88, 0.70, 40.0, 26.0, 0.08, 2.5, 5.0),
    side=Gait(0.80, 0.90, 0.68, 20.0, 4.0, 0.09, 4.0, 5.0, 25.0),
    variation=0.06,
    wobble_dps=18.0,
    aim_deg=5.0,
)
SLEDDER = Walker(
    "sledder",  # low and slow, with long stances, a load behind
    forward=Gait(0.60, 1.90, 0.42, 26.0, 14.0, 0.02, 0.6, 0.6),
    backward=Gait(0.45, 1.70, 0.38, 16.0, 10.0, 0.015, 0.3, 0.6),
    side=Gait(0.30, 1.80, 0.40, 8.0, 3.0, 0.02, 0.5, 0.5, 8.0),
    variation=0.08,
    wobble_dps=8.0,
    aim_deg=4.0,
)
WALKERS = {walker.name: walker for walker in (HEALTHY, SLOW, ELDER, LIVELY)}
"""Those who walk freely."""


def resized(walker: Walker, stride_m: float | None, period_s: float | None) -> Walker:
    """Return the walker with another stride length or period in every direction; angles follow the length."""

    def fit(gait: Gait) -> Gait:
        length = gait.stride_m if stride_m is None else stride_m
        share = min(1.0, length / gait.stride_m)
        return replace(
            gait,
            stride_m=length,
            period_s=gait.period_s if period_s is None else period_s,
            toe_down_deg=gait.toe_down_deg * share,
            toe_up_deg=gait.toe_up_deg * share,
        )

    return replace(walker, forward=fit(walker.forward), backward=fit(walker.backward), side=fit(walker.side))


def walk(
    motion: MotionBuilder,
    rng: np.random.Generator,
    walker: Walker,
    heading: Heading,
    strides: int,
    *,
    turn_deg: float = 0.0,
    climb_m: float = 0.0,
) -> None:
    """Walk some strides, each turned by `turn_deg` and `climb_m` higher, with stances between them."""
    gait = {"forward": walker.forward, "backward": walker.backward}.get(heading, walker.side)
    with _wobble(motion, rng, walker):
        for _ in range(strides):
            spread = np.clip(rng.normal(0.0, walker.variation, 4), -0.35, 0.35) + 1.0
            one = replace(
                gait,
                stride_m=gait.stride_m * spread[0],
                period_s=gait.period_s * spread[1],
                toe_down_deg=gait.toe_down_deg * spread[2],
                toe_up_deg=gait.toe_up_deg * spread[3],
            )
            aim_deg = _HEADING_DEG[heading] + rng.normal(0.0, walker.aim_deg)
            stride(motion, one, aim_deg, turn_deg + rng.normal(0.0, walker.aim_deg / 2.0), climb_m)
            motion.rest(one.period_s * (1.0 - one.moving_share))


def stride(
    motion: MotionBuilder, gait: Gait, aim_deg: float, turn_deg: float = 0.0, climb_m: float = 0.0
) -> None:
    """Do one stride from stance to stance; `aim_deg` is against the foot's mean heading (0 = to the toe)."""
    before, start_s = dict(motion.place), motion.now_s
    moving_s = gait.period_s * gait.moving_share
    course = math.radians(before["yaw_deg"] + turn_deg / 2.0 + aim_deg)
    backward = math.cos(math.radians(aim_deg)) < -0.5
    path = _BACKWARD_PATH if backward else _FORWARD_PATH
    motion.move(
        moving_s,
        x_m=_scaled(path, gait.stride_m * math.cos(course)),
        y_m=_scaled(path, gait.stride_m * math.sin(course)),
        z_m=_height(gait, climb_m, backward=backward),
        yaw_deg=((0.15, 0.0), (0.85, turn_deg), (1.0, turn_deg)),
        pitch_deg=_pitch(gait, backward=backward),
        roll_deg=((0.3, gait.roll_deg), (0.7, -0.6 * gait.roll_deg), (0.95, 0.0)),
    )
    off, contact = (0.12, 0.76) if backward else (0.19, 0.84)
    for share, shock_g in ((off, gait.lift_off_shock_g), (contact, gait.landing_shock_g)):
        _shock(motion, start_s + share * moving_s, shock_g)
    motion.mark_stride(start_s, before)


_FORWARD_PATH: Knots = ((0.10, 0.02), (0.20, 0.07), (0.50, 0.55), (0.84, 0.97), (1.0, 1.0))
_BACKWARD_PATH: Knots = ((0.14, 0.03), (0.48, 0.45), (0.76, 0.93), (0.88, 0.98), (1.0, 1.0))


def _scaled(knots: Knots, factor: float) -> Knots:
    return tuple((share, value * factor) for share, value in knots)


def _pitch(gait: Gait, *, backward: bool) -> Knots:
    down, up = gait.toe_down_deg, -gait.toe_up_deg
    if backward:
        return ((0.21, up), (0.46, 0.35 * down), (0.69, down), (0.88, 0.06 * down), (1.0, 0.0))
    return ((0.19, down), (0.40, 0.5 * up), (0.66, up), (0.82, 0.8 * up), (0.97, 0.0))


def _height(gait: Gait, climb_m: float, *, backward: bool) -> Knots:
    """Return the pod's height: it rises over the ball while the toe is down, over the heel while it is up."""
    on_ball = _BALL_LEVER_M * math.sin(math.radians(gait.toe_down_deg))
    on_heel = _HEEL_LEVER_M * math.sin(math.radians(gait.toe_up_deg))
    first, last = (on_heel, on_ball) if backward else (on_ball, on_heel)
    contact = 0.76 if backward else 0.84
    return (
        (0.2, first + 0.1 * climb_m),
        (0.45, 0.5 * (first + last) + gait.lift_m + climb_m),
        (contact, 0.75 * last + climb_m),
        (1.0, climb_m),
    )


def _shock(motion: MotionBuilder, at_s: float, peak_g: float) -> None:
    """Let the shoe shake as after an impact: up and down, along, and a little in pitch."""
    swing_m = peak_g * GRAVITY_MPS2 / (2.0 * math.pi * _SHOCK_HZ) ** 2 / _SHOCK_PEAK_SHARE
    for channel, amplitude in (("z_m", swing_m), ("x_m", 0.5 * swing_m), ("pitch_deg", 0.25 * peak_g)):
        motion.add(Shake(channel, at_s, amplitude, _SHOCK_HZ, _SHOCK_DECAY_S))


@contextmanager
def _wobble(motion: MotionBuilder, rng: np.random.Generator, walker: Walker) -> Iterator[None]:
    """Let the foot tremble all through a bout, so that no stance is perfectly quiet."""
    start_s = motion.now_s
    yield
    for channel, base_hz in (("pitch_deg", 3.7), ("roll_deg", 5.3)):
        frequency_hz = base_hz * rng.uniform(0.8, 1.25)
        amplitude_deg = walker.wobble_dps / (2.0 * math.pi * frequency_hz)
        motion.add(Wave(channel, start_s, motion.now_s, amplitude_deg, frequency_hz, rng.uniform(0.0, 6.28)))
