"""Any mounting: the same walks with the pod turned in its clip, axes to be found by the stride core."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tools.gait import transform
from tools.gait.generate import generate
from tools.gait.recording import Array, write_recording

from .count import CountError, count
from .rows import SIDES, Row, at_most
from .sets import MANY_STRIDES, Result, Take, evaluate, mounted

if TYPE_CHECKING:
    from collections.abc import Sequence

AUTO = ("--mount", "auto")
_SEEDS = (1, 2, 3)
_OPPOSITE = {"backward": "forward", "forward": "backward"}


def mounting_rows(takes: Sequence[Take], known: Sequence[Result]) -> list[Row]:
    """Return the rows about mountings: long walks from a cold start, short clips with a learned calibration.

    `known` are the results of the same takes with the axes given, in the same order.
    """
    mountings = [transform.random_mounting(seed) for seed in _SEEDS] + [transform.BACK_TO_FRONT]
    many = [take.walking_strides >= MANY_STRIDES for take in takes]
    long = [(take, result) for take, result, is_long in zip(takes, known, many, strict=True) if is_long]
    short = [
        (take, result)
        for take, result, is_long in zip(takes, known, many, strict=True)
        if not is_long and take.walking_strides > 0
    ]
    try:
        cold = [pair for rotation in mountings for pair in _pairs(long, rotation, AUTO)]
        learned = [pair for rotation in mountings for pair in _calibrated(short, rotation)]
    except CountError as error:
        return [
            at_most(f"mounting_{name}_{what}", f"any mounting, {title}: {what}", None, 0, str(error))
            for name, title in _TITLES.items()
            for what in ("wrong_end", "counts")
        ]
    return [*_rows("cold", cold), *_rows("calibrated", learned)]


_TITLES = {
    "cold": f"recordings with ≥ {MANY_STRIDES} strides from a cold start",
    "calibrated": "shorter recordings with a calibration learned elsewhere",
}

type _Pairs = list[tuple[Result, Result]]


def _pairs(chosen: Sequence[tuple[Take, Result]], rotation: Array, options: tuple[str, ...]) -> _Pairs:
    turned = evaluate(mounted([take for take, _ in chosen], rotation), *options)
    return [(result, found) for (_, result), found in zip(chosen, turned, strict=True)]


def _calibrated(chosen: Sequence[tuple[Take, Result]], rotation: Array) -> _Pairs:
    """Learn the mounting from a generated walk in the same mounting, then count the recordings with it."""
    with tempfile.TemporaryDirectory(prefix="evaluate-") as folder:
        walk, calibration = Path(folder) / "walk.csv", Path(folder) / "calibration"
        recording, _ = generate("forward", seed=11, strides=40)
        write_recording(walk, transform.mount(recording, rotation))
        count([walk], *AUTO, "--learn", str(calibration))
        return _pairs(chosen, rotation, (*AUTO, "--calibration", str(calibration)))


def _rows(name: str, pairs: _Pairs) -> list[Row]:
    wrong = [found for known, found in pairs for _ in range(_wrong_ends(known, found))]
    off = [(_difference(known, found), found) for known, found in pairs]
    wide = [found for difference, found in off if difference > 1]
    undecided = sum(found.score.undecided for _, found in pairs)
    strides = sum(sum(known.score.counted.values()) for known, _ in pairs)
    largest = max((difference for difference, _ in off), default=0)
    detail = f"{undecided} of {strides} strides undecided; {len(pairs)} recordings, largest {largest}"
    waited = [_strides_until_sure(found) for _, found in pairs if "sure_s" in found.counted.totals]
    waiting = f"; {_waiting(waited, len(pairs))}" if name == "cold" else ""
    title = f"any mounting, {_TITLES[name]}"
    return [
        at_most(
            f"mounting_{name}_wrong_end",
            f"{title}: strides counted the wrong way round",
            float(len(wrong)),
            0,
            f"of {strides}{waiting}",
            recordings=_names(wrong),
        ),
        at_most(
            f"mounting_{name}_counts",
            f"{title}: recordings that differ by more than 1 stride",
            len(wide),
            0,
            detail,
            recordings=_names(wide),
        ),
    ]


def _wrong_ends(known: Result, found: Result) -> int:
    """Return how many more strides go the other way than in truth than do with the axes given."""
    return sum(
        max(0, found.score.confusion[pair] - known.score.confusion[pair]) for pair in _OPPOSITE.items()
    )


def _strides_until_sure(found: Result) -> int:
    sure_s = found.counted.totals["sure_s"]
    return sum(stride.end_s <= sure_s for stride in found.counted.strides)


def _waiting(waited: Sequence[int], recordings: int) -> str:
    """Say how many strides it took to be sure, which strides waited for."""
    never = f"{recordings - len(waited)} recordings never sure"
    if not waited:
        return never
    median, most = np.percentile(waited, (50, 95))
    return f"sure after {median:.0f} strides (95 %: {most:.0f}), {never}"


def _names(results: Sequence[Result]) -> list[str]:
    return sorted({f"{result.group}/{result.truth.name}" for result in results})


def _difference(known: Result, found: Result) -> int:
    """Return by how many strides the counts differ; strides that stay undecided are excused."""
    difference = sum(
        abs(known.score.counted[direction] - found.score.counted[direction])
        for direction in ("backward", "forward", *SIDES)
    )
    return max(0, difference - found.score.undecided)
