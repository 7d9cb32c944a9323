"""The smallest change that is no noise, from how much somebody's own values differ when nothing changed.

With `d` the differences between values that follow each other, `1.96 * sqrt(mean(d**2))` is the minimal
detectable change at 95 % (1.96 * sqrt(2) * SEM, with the standard error of measurement estimated from
successive differences, which a slow trend hardly touches: von Neumann 1941). Published ones hold for the
people they were measured in, and are not used.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import fmean
from typing import Final

VALUES_FOR_BAND: Final = 5
_Z_95: Final = 1.96


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a value stands to those before it, in their unit."""

    usual: float
    """Mean of up to five before."""
    smallest_change: float
    """What differs by less may be noise."""
    difference: float
    """How much larger than usual."""

    @property
    def changed(self) -> bool:
        """Whether the difference is no noise."""
        return self.difference != 0 and abs(self.difference) >= self.smallest_change


def smallest_change(values: Sequence[float]) -> float | None:
    """Give the smallest change that is no noise, in the unit of the values; None with fewer than five."""
    if len(values) < VALUES_FOR_BAND:
        return None
    steps = [after - before for before, after in pairwise(values)]
    return _Z_95 * sqrt(fmean(step * step for step in steps))


def compare_last(values: Sequence[float]) -> Comparison | None:
    """Compare the last value with those before it; None with fewer than five before it.

    A jump of the last value does not widen its own band.
    """
    if (band := smallest_change(values[:-1])) is None:
        return None
    usual = fmean(values[-1 - VALUES_FOR_BAND : -1])
    return Comparison(usual, band, values[-1] - usual)
