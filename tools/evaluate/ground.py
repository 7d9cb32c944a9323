"""Treadmills, slopes and sleds: the same walkers on grounds that tip or move."""

import math
from typing import TYPE_CHECKING

from tools.gait.generate import generate
from tools.gait.generate_gait import ELDER, HEALTHY, LIVELY, SLEDDER, SLOW, WALKERS, Walker
from tools.gait.ground import Ground

from .rows import Row, at_least, at_most, found_of
from .sets import GENERATED, Take, evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .sets import Result

type Walks = Sequence[tuple[str, Walker, Ground]]

_HEADINGS = ("backward", "forward")
_PHASES = (0.0, 0.5 * math.pi, math.pi, 1.5 * math.pi)
# A belt can't run unevenly by more than it runs: these walk faster than twice the ripple.
_BRISK = (HEALTHY, LIVELY)


def _belt(heading: str, speed_mps: float) -> float:
    return speed_mps if heading == "forward" else -speed_mps


def _grades(heading: str, *grades: float) -> list[float]:
    """Return inclines as rises along the foot: who walks up backward has the toes down the hill."""
    return [grade if heading == "forward" else -grade for grade in grades]


def motor() -> Walks:
    """Walk on belts with a motor, level and uphill."""
    return [
        (heading, walker, Ground(grade=grade, speed_mps=_belt(heading, 0.8)))
        for heading in _HEADINGS
        for walker in WALKERS.values()
        for grade in _grades(heading, 0.0, 0.12, 0.25)
    ]


def ripple(ripple_mps: float, walkers: Sequence[Walker]) -> Walks:
    """Walk on belts that feet drive, which brake and speed up at any moment of a step."""
    return [
        (heading, walker, Ground(grade, _belt(heading, 0.9), ripple_mps=ripple_mps, phase_rad=phase))
        for heading in _HEADINGS
        for walker in walkers
        for number, phase in enumerate(_PHASES)
        for grade in _grades(heading, 0.25 * (number % 2))
    ]


def slopes() -> Walks:
    """Walk up and down hills."""
    return [
        (heading, walker, Ground(grade=grade))
        for heading in _HEADINGS
        for walker in WALKERS.values()
        for grade in (-0.25, -0.12, 0.12, 0.25)
    ]


def sled() -> Walks:
    """Pull a sled: slow, low, with long stances, level and on gentle slopes."""
    return [(heading, SLEDDER, Ground(grade=grade)) for heading in _HEADINGS for grade in (-0.08, 0.0, 0.08)]


_GROUNDS = (
    ("motor", "treadmill with a motor, 0 to 25 %", 3.0, motor),
    ("slopes", "slopes, 25 % down to 25 % up", 3.0, slopes),
    ("sled", "pulling a sled", 3.0, sled),
    ("ripple_slow", "self-propelled belt, ±0.15 m/s, slow walkers", 3.0, lambda: ripple(0.15, (SLOW, ELDER))),
    ("ripple", "self-propelled belt, ±0.30 m/s, 0 and 25 %", 3.0, lambda: ripple(0.30, _BRISK)),
)


def ground_takes(walks: Walks, strides: int = 30) -> Iterator[Take]:
    """Generate walks on their grounds, each with a seed of its own."""
    for seed, (heading, walker, ground) in enumerate(walks):
        yield Take(GENERATED, *generate(heading, seed=seed, walker=walker, strides=strides, ground=ground))


def ground_rows(*options: str) -> list[Row]:
    """Return the rows about strides found and distance along the ground."""
    rows = []
    for row_id, title, most_percent, walks in _GROUNDS:
        rows += rows_of(row_id, title, evaluate(ground_takes(walks()), *options), most_percent)
    return rows


def rows_of(row_id: str, title: str, results: Sequence[Result], most_percent: float) -> list[Row]:
    """Return the two rows of a ground: strides found, and the walk whose distance is furthest off."""
    found, true = (sum(found_of(results, heading)[i] for heading in _HEADINGS) for i in (0, 1))
    off = [error for result in results for error in _distance_errors(result)]
    worst = max((abs(error) for error in off), default=None)
    mean = sum(off) / len(off) if off else 0.0
    return [
        at_least(
            f"ground_{row_id}",
            f"{title}: strides found",
            found / true if true else None,
            0.97,
            f"{found} of {true} in {len(results)} walks",
            share=(found, true),
        ),
        at_most(
            f"ground_{row_id}_distance",
            f"{title}: distance along the ground, walk that is furthest off (%)",
            worst,
            most_percent,
            f"{len(off)} walks, mean {mean:+.1f} %",
        ),
    ]


def _distance_errors(result: Result) -> list[float]:
    """Return the error of a walk's distance over the strides found in it, percent; none if none was found."""
    true = sum(pair[0] for pair in result.score.lengths_m)
    return [100.0 * (sum(pair[1] for pair in result.score.lengths_m) / true - 1.0)] if true else []
