"""How somebody sets a foot who does not walk: laws of waiting, place, time, path and tilt.

A law is made of draws, so that another one can be written beside it without a word about how strides are
counted. `built.py` holds those at hand while counting was worked on, `unseen.py` those written afterwards.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tools.gait.generate_motion import Knots, MotionBuilder, Shake

type Draw = Callable[[np.random.Generator], float]
type Spot = tuple[float, float]
type Placing = Callable[[np.random.Generator, Spot], Spot]
"""From where the foot stands to where it goes, metres ahead and to the left of its usual place."""


@dataclass(frozen=True, slots=True)
class Law:
    """One way to set a foot now and then. `placing` makes a fresh memory of places for each recording."""

    name: str
    wait_s: Draw
    placing: Callable[[], Placing]
    move_s: Callable[[np.random.Generator, float], float]  # of the distance, m
    path: Callable[[np.random.Generator], Knots]  # share of the way at a share of the time
    lift_m: Draw
    pitch_deg: Callable[[np.random.Generator], Knots]  # during a move
    turn_deg: Draw  # how the foot points then
    thump_m: float = 0.0004  # of a shoe's shake when it is set down


def exponential(mean: float, least: float = 0.0) -> Draw:
    """Wait without memory."""
    return lambda rng: least + float(rng.exponential(mean))


def uniform(low: float, high: float) -> Draw:
    """Draw evenly."""
    return lambda rng: float(rng.uniform(low, high))


def bursts(inner: Draw, outer: Draw, mean_moves: float) -> Draw:
    """Wait shortly within a burst of moves, long after it."""
    return lambda rng: outer(rng) if rng.random() < 1.0 / mean_moves else inner(rng)


def anew(ahead_m: float, aside_m: float) -> Callable[[], Placing]:
    """Place the foot anew each time, normally spread round its usual place."""
    return lambda: lambda rng, _: (float(rng.normal(0.0, ahead_m)), float(rng.normal(0.0, aside_m)))


def onward(step: Draw, again: float, reach_m: float, aside_m: float = 0.04) -> Callable[[], Placing]:
    """Go on the same way with probability `again`, until the reach ends: then the other way."""

    def fresh() -> Placing:
        way = [1.0]

        def place(rng: np.random.Generator, here: Spot) -> Spot:
            if rng.random() > again:
                way[0] = -way[0]
            there = here[0] + way[0] * step(rng)
            if abs(there) > reach_m:
                way[0] = -way[0]
                there = here[0] + way[0] * step(rng)
            return min(max(there, -reach_m), reach_m), float(rng.normal(0.0, aside_m))

        return place

    return fresh


def uniform_time(low_s: float, high_s: float) -> Callable[[np.random.Generator, float], float]:
    """Take a time that the distance does not matter to."""
    return lambda rng, _: float(rng.uniform(low_s, high_s))


def reaching_time(base_s: float, per_root_m: float) -> Callable[[np.random.Generator, float], float]:
    """Take longer for longer ways, as reaching does."""
    return lambda rng, way_m: (base_s + per_root_m * math.sqrt(way_m)) * float(rng.uniform(0.8, 1.25))


def even_path(_: np.random.Generator) -> Knots:
    """Go smoothly from rest to rest."""
    return ((1.0, 1.0),)


def skewed_path(rng: np.random.Generator) -> Knots:
    """Go fast first or fast last."""
    at = float(rng.uniform(0.3, 0.7))
    return ((at, 0.5), (1.0, 1.0))


def set_foot(motion: MotionBuilder, rng: np.random.Generator, law: Law, place: Placing) -> None:
    """Move the foot to its next place and set it down."""
    here = motion.place["x_m"], motion.place["y_m"]
    there = place(rng, here)
    way = there[0] - here[0], there[1] - here[1]
    yaw_deg = law.turn_deg(rng) - motion.place["yaw_deg"]
    lift_m, path = law.lift_m(rng), law.path(rng)
    motion.move(
        law.move_s(rng, math.hypot(*way)),
        x_m=tuple((at, share * way[0]) for at, share in path),
        y_m=tuple((at, share * way[1]) for at, share in path),
        z_m=((float(rng.uniform(0.3, 0.6)), lift_m), (1.0, 0.0)),
        pitch_deg=law.pitch_deg(rng),
        yaw_deg=((0.15, 0.0), (0.85, yaw_deg), (1.0, yaw_deg)),
    )
    motion.add(Shake("z_m", motion.now_s, law.thump_m * float(rng.uniform(0.2, 1.5)), 24.0, 0.02))


def one_bump(spread_deg: float) -> Callable[[np.random.Generator], Knots]:
    """Tip the foot toe down or toe up on the way."""
    return lambda rng: ((float(rng.uniform(0.35, 0.65)), float(rng.normal(0.0, spread_deg))), (1.0, 0.0))


def two_bumps(down: Draw, up: Draw) -> Callable[[np.random.Generator], Knots]:
    """Roll the foot as in a step: heel first or toe first."""

    def pitch(rng: np.random.Generator) -> Knots:
        first, last = down(rng), -up(rng)
        if rng.random() < 0.5:
            first, last = last, first
        return ((0.25, first), (0.7, last), (1.0, 0.0))

    return pitch
