"""Three trials of the 3 m backward walk make a set, and sets make a trend with a band of noise.

The protocol (Carter 2019) asks for three trials, as quickly as the walker safely can. Nothing here
reads a clock; times are seconds since 1970.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from ..smallest_change import compare_last

WALK_M: Final = 3.0
TRIALS: Final = 3
REST_S: Final = 60
"""How long to rest between two trials: our own choice, no study says."""
_SET_WITHIN_S: Final = 15 * 60


@dataclass(frozen=True, slots=True)
class TimedWalk:
    """One walk of three metres."""

    at_s: int
    seconds: float

    @property
    def mps(self) -> float:
        """The speed, in m/s."""
        return WALK_M / self.seconds


@dataclass(frozen=True, slots=True)
class TrialSet:
    """Trials that belong together: up to three, each within a quarter of an hour of the one before."""

    walks: tuple[TimedWalk, ...]

    @property
    def complete(self) -> bool:
        """Whether all trials were walked."""
        return len(self.walks) == TRIALS

    @property
    def best_s(self) -> float:
        """The shortest time."""
        return min(walk.seconds for walk in self.walks)

    @property
    def mean_s(self) -> float:
        """The mean time."""
        return fmean(walk.seconds for walk in self.walks)

    @property
    def mean_mps(self) -> float:
        """The speed of the mean time, in m/s."""
        return WALK_M / self.mean_s

    @property
    def rest_until_s(self) -> int | None:
        """When the next trial may begin; None once all were walked."""
        return None if self.complete else self.walks[-1].at_s + REST_S


@dataclass(frozen=True, slots=True)
class Trend:
    """How the last complete set stands to those before it; None while there are too few."""

    usual_s: float
    """Mean of up to five sets before."""
    smallest_change_s: float
    """What differs by less may be noise."""
    change: str
    """`faster`, `slower`, or `none` within the band."""


def sets_of(walks: Sequence[TimedWalk]) -> list[TrialSet]:
    """Give the sets of walks that are in the order they were timed."""
    sets: list[list[TimedWalk]] = []
    for walk in walks:
        last = sets[-1] if sets else []
        if last and len(last) < TRIALS and 0 <= walk.at_s - last[-1].at_s <= _SET_WITHIN_S:
            last.append(walk)
        else:
            sets.append([walk])
    return [TrialSet(tuple(each)) for each in sets]


def trend_of(sets: Sequence[TrialSet]) -> Trend | None:
    """Compare the last complete set with those before; None with fewer than five before it."""
    found = compare_last([each.mean_s for each in sets if each.complete])
    if found is None:
        return None
    change = ("faster" if found.difference < 0 else "slower") if found.changed else "none"
    return Trend(found.usual, found.smallest_change, change)
