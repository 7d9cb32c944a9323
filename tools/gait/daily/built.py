"""The laws that were at hand while counting was worked on."""

from .law import (
    Law,
    anew,
    bursts,
    even_path,
    exponential,
    one_bump,
    onward,
    reaching_time,
    skewed_path,
    two_bumps,
    uniform,
    uniform_time,
)

_MOVE_S = uniform_time(0.35, 0.9)
_LIFT_M = uniform(0.01, 0.06)


def _anew(name: str, wait_s: float, spread_m: float) -> Law:
    return Law(
        name,
        exponential(wait_s),
        anew(spread_m, spread_m / 2.0),
        _MOVE_S,
        even_path,
        _LIFT_M,
        one_bump(18.0),
        uniform(-12.0, 12.0),
    )


LAWS = (
    _anew("anew, every 15 s", 15.0, 0.12),
    _anew("anew, every 6 s", 6.0, 0.20),
    _anew("anew, every 3 s", 3.0, 0.20),
    _anew("anew near, every 3 s", 3.0, 0.12),
    Law(
        "the same way again and again",
        exponential(1.5, 0.2),
        onward(uniform(0.08, 0.25), 0.75, 0.35),
        _MOVE_S,
        skewed_path,
        _LIFT_M,
        one_bump(10.0),
        uniform(-8.0, 8.0),
    ),
    Law(
        "bursts of moves",
        bursts(uniform(0.2, 1.4), exponential(12.0, 3.0), 4.0),
        anew(0.2, 0.08),
        reaching_time(0.3, 0.7),
        even_path,
        uniform(0.0, 0.04),
        two_bumps(uniform(2.0, 20.0), uniform(0.0, 12.0)),
        uniform(-15.0, 15.0),
    ),
    Law(
        "as regular as steps",
        uniform(0.6, 1.6),
        anew(0.18, 0.05),
        uniform_time(0.5, 0.7),
        even_path,
        uniform(0.02, 0.04),
        two_bumps(uniform(5.0, 15.0), uniform(2.0, 8.0)),
        uniform(-6.0, 6.0),
    ),
)
