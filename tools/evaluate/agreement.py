"""How far two methods agree: limits of agreement and intraclass correlation, with intervals over people.

Walks of one person are alike, so intervals resample people, not walks (cluster bootstrap: A. C. Davison,
D. V. Hinkley, "Bootstrap Methods and their Application", Cambridge 1997, 3.8). Everything is computed from
sums over the walks of each person, so that a draw of people is a row of weights.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.gait.recording import Array

    from .gait_figures import Pair

Z95: Final = 1.959964
_DRAWS: Final = 2000
MIN_PEOPLE: Final = 5
"""With fewer people no interval is given: resampling a handful says nothing."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and its 95 % interval over people; None with too few."""

    value: float
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How one figure agrees with its truth."""

    walks: int
    people: int
    bias: Estimate
    low: Estimate
    high: Estimate
    icc: Estimate
    worst_person: str
    worst_bias: float


def sums_of(true: Array, found: Array) -> Array:
    """Return what the measures need of some walks: n and the sums of t, f, t², f², t·f."""
    return np.array(
        [len(true), true.sum(), found.sum(), (true**2).sum(), (found**2).sum(), (true * found).sum()]
    )


def limits_of_agreement(sums: Array) -> tuple[Array, Array, Array]:
    """Return the mean error and between what 95 % of errors lie by the normal law, for each row of sums.

    J. M. Bland, D. G. Altman, "Statistical methods for assessing agreement between two methods of clinical
    measurement", Lancet 327 (1986), 307-310.
    """
    n, t, f, tt, ff, tf = np.moveaxis(sums, -1, 0)
    bias = (f - t) / n
    spread = Z95 * np.sqrt(np.maximum(ff - 2 * tf + tt - n * bias**2, 0.0) / (n - 1))
    return bias, bias - spread, bias + spread


def icc_agreement(sums: Array) -> Array:
    """Return ICC(A,1) of two methods for each row of sums: two-way, absolute agreement; NaN without spread.

    K. O. McGraw, S. P. Wong, "Forming inferences about some intraclass correlation coefficients", Psychol.
    Methods 1 (1996), 30-46.
    """
    n, t, f, tt, ff, tf = np.moveaxis(sums, -1, 0)
    grand = (t + f) / (2 * n)
    of_walks = 2 * ((tt + 2 * tf + ff) / 4 - n * grand**2) / (n - 1)
    of_methods = n * ((t / n - grand) ** 2 + (f / n - grand) ** 2)
    rest = (ff - 2 * tf + tt - (f - t) ** 2 / n) / 2 / (n - 1)
    whole = of_walks + rest + 2 * (of_methods - rest) / n
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 1e-12, (of_walks - rest) / whole, np.nan)


def agreement(pairs: Sequence[Pair], seed: int = 1) -> Agreement | None:
    """Compare a figure with its truth; None with fewer than three walks."""
    if len(pairs) < 3:
        return None
    people: dict[str, list[Pair]] = {}
    for pair in pairs:
        people.setdefault(pair.person, []).append(pair)
    each = np.array(
        [
            sums_of(np.array([pair.true for pair in walks]), np.array([pair.found for pair in walks]))
            for walks in people.values()
        ]
    )
    bias, low, high, icc = _estimates(each, seed)
    biases = dict(zip(people, (each[:, 2] - each[:, 1]) / each[:, 0], strict=True))
    worst = max(biases, key=lambda who: abs(biases[who]))
    return Agreement(len(pairs), len(people), bias, low, high, icc, worst, float(biases[worst]))


def _estimates(each: Array, seed: int) -> list[Estimate]:
    """Return bias, both limits and the correlation of people, each a row of sums."""
    rng = np.random.default_rng(seed)
    draws = _DRAWS if len(each) >= MIN_PEOPLE else 0
    weights = rng.multinomial(len(each), np.full(len(each), 1 / len(each)), size=draws)
    rows = np.vstack((each.sum(axis=0), weights @ each))
    return [_estimate(values) for values in (*limits_of_agreement(rows), icc_agreement(rows))]


def _estimate(values: Array) -> Estimate:
    """Make an estimate of its value and what it was in the draws."""
    drawn = values[1:][~np.isnan(values[1:])]
    if not len(drawn):
        return Estimate(float(values[0]), None)
    low, high = np.percentile(drawn, (2.5, 97.5))
    return Estimate(float(values[0]), (float(low), float(high)))
