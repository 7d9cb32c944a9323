"""Laws written after the rules of counting were fixed; nothing was tuned on them.

Other waits, speeds, tilts, and habits than in `built.py`: a foot that walks up and down in front of the
chair, one that rocks onto its heel, moves that gather, places that are few, a foot that turns out.
"""

import math
from collections.abc import Callable

import numpy as np

from tools.gait.generate_motion import Knots

from .law import Draw, Law, Placing, Spot, bursts, exponential, one_bump, onward, two_bumps, uniform


def _lognormal(median_s: float, spread: float) -> Draw:
    return lambda rng: float(rng.lognormal(math.log(median_s), spread))


def _gamma(mean_s: float, shape: float) -> Draw:
    return lambda rng: float(rng.gamma(shape, mean_s / shape))


def _few_places(*places: Spot) -> Callable[[], Placing]:
    """Use few places, each a little different every time."""

    def place(rng: np.random.Generator, _: Spot) -> Spot:
        ahead_m, left_m = places[int(rng.integers(len(places)))]
        return ahead_m + float(rng.normal(0.0, 0.03)), left_m + float(rng.normal(0.0, 0.03))

    return lambda: place


def _drifting(spread_m: float, pull: float) -> Callable[[], Placing]:
    """Move on from where the foot is, drawn back to its usual place."""

    def place(rng: np.random.Generator, here: Spot) -> Spot:
        return (
            (1.0 - pull) * here[0] + float(rng.normal(0.0, spread_m)),
            (1.0 - pull) * here[1] + float(rng.normal(0.0, 0.5 * spread_m)),
        )

    return lambda: place


def _evenly(reach_m: float) -> Callable[[], Placing]:
    return lambda: lambda rng, _: (float(rng.uniform(-reach_m, reach_m)), float(rng.uniform(-0.12, 0.12)))


def _by_speed(low_mps: float, high_mps: float) -> Callable[[np.random.Generator, float], float]:
    return lambda rng, way_m: float(np.clip(way_m / rng.uniform(low_mps, high_mps), 0.28, 1.4))


def _with_halt(rng: np.random.Generator) -> Knots:
    """Halt on the way."""
    share = float(rng.uniform(0.3, 0.8))
    return ((0.4, share), (0.55, share), (1.0, 1.0))


def _beyond(rng: np.random.Generator) -> Knots:
    """Go a little too far and back."""
    return ((0.8, float(rng.uniform(1.05, 1.2))), (1.0, 1.0))


def _straight(_: np.random.Generator) -> Knots:
    return ((1.0, 1.0),)


def _heel_drag(rng: np.random.Generator) -> Knots:
    """Lift the toe alone."""
    return ((0.3, -float(rng.uniform(5.0, 25.0))), (0.8, -float(rng.uniform(3.0, 15.0))), (1.0, 0.0))


LAWS = (
    Law(
        "few places, long pauses",
        _lognormal(8.0, 1.0),
        _few_places((0.0, 0.0), (-0.25, 0.0), (0.3, 0.05), (0.1, -0.15)),
        _by_speed(0.25, 0.8),
        _straight,
        uniform(0.0, 0.05),
        one_bump(14.0),
        uniform(-20.0, 20.0),
    ),
    Law(
        "drifting, gathered waits",
        _gamma(4.0, 0.6),
        _drifting(0.15, 0.3),
        _by_speed(0.2, 0.6),
        _with_halt,
        uniform(0.01, 0.05),
        two_bumps(uniform(3.0, 18.0), uniform(3.0, 15.0)),
        uniform(-10.0, 10.0),
    ),
    Law(
        "evenly anywhere, steady waits",
        _gamma(2.2, 6.0),
        _evenly(0.4),
        _by_speed(0.4, 1.0),
        _beyond,
        uniform(0.01, 0.08),
        one_bump(22.0),
        uniform(-15.0, 15.0),
    ),
    Law(
        "creeping the same way, as regular as steps",
        _gamma(0.9, 20.0),
        onward(uniform(0.10, 0.18), 0.8, 0.30, 0.02),
        lambda rng, _: float(rng.uniform(0.5, 0.65)),
        _straight,
        uniform(0.015, 0.03),
        two_bumps(uniform(6.0, 10.0), uniform(5.0, 8.0)),
        uniform(-4.0, 4.0),
    ),
    Law(
        "dragging the heel, in bursts",
        bursts(_lognormal(0.9, 0.4), exponential(20.0, 5.0), 3.0),
        _drifting(0.2, 0.6),
        _by_speed(0.3, 0.9),
        _straight,
        uniform(0.0, 0.015),
        _heel_drag,
        uniform(-25.0, 25.0),
        0.0001,
    ),
    Law(
        "anew, every 5 s, heavy shoes",
        exponential(5.0),
        _drifting(0.22, 1.0),
        lambda rng, _: float(rng.uniform(0.4, 1.1)),
        _straight,
        uniform(0.02, 0.08),
        one_bump(25.0),
        uniform(-15.0, 15.0),
        0.0015,
    ),
)
