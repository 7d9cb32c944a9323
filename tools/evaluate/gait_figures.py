"""Gait figures of walks backward: what they are, and those of the stride core beside the true ones.

A walk is a run of true strides backward with less than 3 s between them. Its true strides are compared with
those counted backward in the same time, so a stride that is missed makes the figures of the core worse.
"""

from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Final

from .match import FIRST_STANCE_S, runs
from .three_metres import pod_s, true_s

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .sets import Result
    from .three_metres import Timed

MIN_STRIDES: Final = 6
"""A shorter walk has no spread worth naming."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `of` computes it from strides, `shown` says where a walker sees it.

    `truly` computes the true one where that knows more; None: by `of`, too.
    """

    id: str
    title: str
    unit: str
    definition: str
    shown: str
    of: Callable[[Sequence[Timed]], float | None]
    truly: Callable[[Sequence[Timed]], float | None] | None = None


def _lengths(strides: Sequence[Timed]) -> list[float]:
    return [stride.length_m for stride in strides]


def _periods(strides: Sequence[Timed]) -> list[float]:
    return [after.start_s - before.start_s for before, after in pairwise(strides)]


def _lasted_s(strides: Sequence[Timed]) -> float:
    return strides[-1].end_s - strides[0].start_s


def _stance_share(strides: Sequence[Timed]) -> float:
    stances = [after.start_s - before.end_s for before, after in pairwise(strides)]
    return 100.0 * sum(stances) / sum(_periods(strides))


_SESSION: Final = "session"
_NOWHERE: Final = "not yet"
FIGURES: Final = (
    Figure(
        "steps",
        "steps",
        "steps",
        "two a stride of the foot with the pod",
        _SESSION,
        lambda strides: 2.0 * len(strides),
    ),
    Figure(
        "speed",
        "speed",
        "m/s",
        "distance / time from the first lift to the last stance",
        _SESSION,
        lambda strides: sum(_lengths(strides)) / _lasted_s(strides),
    ),
    Figure(
        "cadence",
        "cadence",
        "steps/min",
        "two steps a stride / the same time",
        _SESSION,
        lambda strides: 120.0 * len(strides) / _lasted_s(strides),
    ),
    Figure(
        "stride_length",
        "stride length, mean",
        "m",
        "distance / strides, of the foot with the pod",
        _SESSION,
        lambda strides: fmean(_lengths(strides)),
    ),
    Figure(
        "longest_stride",
        "longest stride",
        "m",
        "the longest of the strides",
        _SESSION,
        lambda strides: max(_lengths(strides)),
    ),
    Figure(
        "stride_length_sd",
        "stride length, SD",
        "m",
        "standard deviation of the strides (n - 1)",
        _NOWHERE,
        lambda strides: stdev(_lengths(strides)),
    ),
    Figure(
        "stride_time",
        "stride time, mean",
        "s",
        "from lift to lift of the foot with the pod",
        _NOWHERE,
        lambda strides: fmean(_periods(strides)),
    ),
    Figure(
        "stride_time_sd",
        "stride time, SD",
        "s",
        "standard deviation of these (n - 1)",
        _NOWHERE,
        lambda strides: stdev(_periods(strides)),
    ),
    Figure(
        "stance_share",
        "stance share",
        "%",
        "time at rest from stance to lift / stride time; less than the time of contact",
        _NOWHERE,
        _stance_share,
    ),
    Figure(
        "three_metres",
        "3 m walk",
        "s",
        "from the first lift until the body has gone 3 m",
        "3 m backward walk",
        pod_s,
        true_s,
    ),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure of one walk: true, and as the core has it."""

    person: str
    recording: str
    true: float
    found: float

    @property
    def error(self) -> float:
        """How much too large the core's is."""
        return self.found - self.true


def pairs_of(results: Iterable[Result], person_of: Callable[[Result], str]) -> dict[str, list[Pair]]:
    """Return the pairs of each figure over all walks backward of at least six strides, by its id."""
    pairs: dict[str, list[Pair]] = {figure.id: [] for figure in FIGURES}
    for result in results:
        for true_strides, found_strides in _walks(result):
            for figure in FIGURES:
                true, found = (figure.truly or figure.of)(true_strides), figure.of(found_strides)
                if true is not None and found is not None:
                    pairs[figure.id].append(Pair(person_of(result), result.truth.name, true, found))
    return pairs


def _walks(result: Result) -> Iterable[tuple[Sequence[Timed], Sequence[Timed]]]:
    """Yield true and counted strides of each walk, where both are long enough."""
    counted = [stride for stride in result.counted.counted_strides if stride.direction == "backward"]
    for run in runs(result.truth.strides):
        true = [result.truth.strides[index] for index in run]
        true = [stride for stride in true if stride.start_s >= FIRST_STANCE_S]
        if len(true) < MIN_STRIDES or true[0].direction != "backward":
            continue
        found = [s for s in counted if s.end_s > true[0].start_s and s.start_s < true[-1].end_s]
        if len(found) >= MIN_STRIDES:
            yield true, found
