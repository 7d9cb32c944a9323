"""Laws that nobody wrote: each is drawn from a seed, so that a fresh seed is a law never seen before.

Everything about how a foot is set is drawn: how long it waits and how evenly, how far it goes, which way and
how often the same way, how fast and along which path, how high, how it tips and turns, and which foot it is.
What bounds the draws is a person on a chair, not what a counter does with them: a seated foot reaches 40 cm
to either side of its usual place at most, and a move takes between a quarter of a second and a second and a
half.
"""

import math
from collections.abc import Callable

import numpy as np

from tools.gait.generate_motion import Knots

from .law import Draw, Law, Placing, Spot, bursts, exponential, uniform

_REACH_M = 0.4
_QUICKEST_S, _SLOWEST_S = 0.25, 1.5


def law(seed: int) -> Law:
    """Draw a law; the same seed draws the same one."""
    rng = np.random.default_rng([seed, 18])
    wait_s = _wait(rng)
    placing = _placing(rng)
    return Law(
        f"drawn {seed}",
        wait_s,
        placing,
        _lasting(rng),
        _path(rng),
        _lift(rng),
        _pitch(rng),
        _turn(rng),
        float(rng.uniform(0.0, 0.0012)),
    )


def laws(first: int, number: int) -> tuple[Law, ...]:
    """Draw so many laws."""
    return tuple(law(seed) for seed in range(first, first + number))


def _pick(rng: np.random.Generator, *ways: Callable[[], Draw]) -> Draw:
    return ways[int(rng.integers(len(ways)))]()


def _wait(rng: np.random.Generator) -> Draw:
    """Without memory, about as long each time, mostly short but sometimes long, or in bursts."""
    mean_s = float(np.exp(rng.uniform(math.log(0.7), math.log(18.0))))
    shape, spread = float(rng.uniform(2.0, 40.0)), float(rng.uniform(0.3, 1.2))
    moves, quick_s = float(rng.uniform(2.0, 8.0)), float(rng.uniform(0.2, 1.6))
    return _pick(
        rng,
        lambda: exponential(mean_s, 0.2),
        lambda: lambda r: float(r.gamma(shape, mean_s / shape)),
        lambda: lambda r: float(r.lognormal(math.log(mean_s), spread)),
        lambda: bursts(uniform(0.5 * quick_s, 1.5 * quick_s), exponential(4.0 * mean_s, 3.0), moves),
    )


def _placing(rng: np.random.Generator) -> Callable[[], Placing]:
    """Along a line that is drawn, too: mostly to the front and back, as knees bend."""
    course = float(rng.normal(0.0, 20.0)) if rng.random() < 0.75 else float(rng.uniform(-90.0, 90.0))
    aside_m = float(rng.uniform(0.01, 0.10))
    walk = (_anywhere, _among_few, _to_and_fro, _onward, _wandering)[int(rng.integers(5))](rng)

    def fresh() -> Placing:
        along_m = [0.0]
        go = walk()

        def place(r: np.random.Generator, _: Spot) -> Spot:
            along_m[0] = float(np.clip(go(r, along_m[0]), -_REACH_M, _REACH_M))
            across_m = float(r.normal(0.0, aside_m))
            c, s = math.cos(math.radians(course)), math.sin(math.radians(course))
            return along_m[0] * c - across_m * s, along_m[0] * s + across_m * c

        return place

    return fresh


type _Go = Callable[[np.random.Generator, float], float]
"""From where the foot is along its line to where it goes, m."""


def _anywhere(rng: np.random.Generator) -> Callable[[], _Go]:
    spread_m = float(rng.uniform(0.06, 0.2))
    return lambda: lambda r, _: float(r.normal(0.0, spread_m))


def _among_few(rng: np.random.Generator) -> Callable[[], _Go]:
    places = [float(p) for p in rng.uniform(-0.35, 0.35, int(rng.integers(2, 6)))]
    return lambda: lambda r, _: float(r.choice(places)) + float(r.normal(0.0, 0.02))


def _to_and_fro(rng: np.random.Generator) -> Callable[[], _Go]:
    """Now one side, now the other one, as one rolls a ball under the foot."""
    far_m, spread_m = float(rng.uniform(0.08, 0.35)), float(rng.uniform(0.0, 0.08))
    return lambda: lambda r, here: math.copysign(far_m, -here) + float(r.normal(0.0, spread_m))


def _onward(rng: np.random.Generator) -> Callable[[], _Go]:
    """On the same way again and again, until the leg is at its end."""
    least_m = float(rng.uniform(0.05, 0.2))
    most_m = least_m * float(rng.uniform(1.1, 2.0))
    again, reach_m = float(rng.uniform(0.5, 0.95)), float(rng.uniform(0.2, _REACH_M))

    def fresh() -> _Go:
        way = [1.0]

        def go(r: np.random.Generator, here: float) -> float:
            step_m = float(r.uniform(least_m, most_m))
            if r.random() > again or abs(here + way[0] * step_m) > reach_m:
                way[0] = -way[0]
            return here + way[0] * step_m

        return go

    return fresh


def _wandering(rng: np.random.Generator) -> Callable[[], _Go]:
    step_m, pull = float(rng.uniform(0.06, 0.2)), float(rng.uniform(0.1, 0.7))
    return lambda: lambda r, here: (1.0 - pull) * here + float(r.normal(0.0, step_m))


def _lasting(rng: np.random.Generator) -> Callable[[np.random.Generator, float], float]:
    """As long each time, or as long as the way asks for at a speed."""
    usual_s, spread = float(rng.uniform(0.35, 1.0)), float(rng.uniform(0.02, 0.3))
    mps = float(rng.uniform(0.2, 0.9))
    by_speed = rng.random() < 0.5

    def lasts(r: np.random.Generator, way_m: float) -> float:
        one_s = way_m / mps if by_speed else usual_s
        return float(np.clip(one_s * r.lognormal(0.0, spread), _QUICKEST_S, _SLOWEST_S))

    return lasts


def _path(rng: np.random.Generator) -> Callable[[np.random.Generator], Knots]:
    """Evenly, faster first or last, with a halt, or a little too far."""
    kind, early = int(rng.integers(4)), float(rng.uniform(0.25, 0.75))
    share = float(rng.uniform(0.3, 0.7))
    paths: tuple[Knots, ...] = (
        ((1.0, 1.0),),
        ((early, 0.5), (1.0, 1.0)),
        ((0.4, share), (0.5, share), (1.0, 1.0)),
        ((0.8, 1.0 + 0.3 * (1.0 - early)), (1.0, 1.0)),
    )
    return lambda _: paths[kind]


def _lift(rng: np.random.Generator) -> Draw:
    low_m = float(rng.uniform(0.0, 0.04))
    return uniform(low_m, low_m + float(rng.uniform(0.005, 0.04)))


def _pitch(rng: np.random.Generator) -> Callable[[np.random.Generator], Knots]:
    """Flat, one way, or first one way and then the other as a step does."""
    first_deg, last_deg = float(rng.normal(0.0, 14.0)), float(rng.normal(0.0, 10.0))
    spread, again = float(rng.uniform(0.1, 1.0)), bool(rng.random() < 0.5)

    def tips(r: np.random.Generator) -> Knots:
        first = first_deg * float(r.normal(1.0, spread))
        last = last_deg * float(r.normal(1.0, spread)) if again else 0.0
        return ((0.28, first), (0.7, last), (1.0, 0.0))

    return tips


def _turn(rng: np.random.Generator) -> Draw:
    out_deg, spread_deg = float(rng.normal(0.0, 12.0)), float(rng.uniform(1.0, 18.0))
    return lambda r: out_deg + float(r.normal(0.0, spread_deg))
