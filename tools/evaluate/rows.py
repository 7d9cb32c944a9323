"""The targets of the stride core, each a row: what is measured, on what, its value, and whether it passes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .interval import as_bound, as_interval
from .sets import WORN, Result

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Sequence

SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class Row:
    """One target. `value` is None where it could not be measured; `detail` says why, or adds numbers."""

    id: str
    title: str
    value: float | None
    target: str
    passed: bool | None
    detail: str = ""
    recordings: tuple[str, ...] = ()  # the ones that fail it
    share: tuple[int, int] | None = None  # what the value is a share of: so many of so many
    seen: tuple[int, float] | None = None  # what should never be: so many in so many hours

    @property
    def interval(self) -> str:
        """What the numbers behind the value can't exclude, 95 %."""
        if self.share:
            return as_interval(*self.share)
        return as_bound(*self.seen) if self.seen else ""


def at_least(
    row_id: str,
    title: str,
    value: float | None,
    limit: float,
    detail: str = "",
    *,
    share: tuple[int, int] | None = None,
) -> Row:
    """Make a row whose value must not be below the limit."""
    passed = None if value is None else value >= limit
    return Row(row_id, title, value, f"≥ {limit:g}", passed, detail, share=share)


def at_most(
    row_id: str,
    title: str,
    value: float | None,
    limit: float,
    detail: str = "",
    *,
    recordings: Iterable[str] = (),
    share: tuple[int, int] | None = None,
    seen: tuple[int, float] | None = None,
) -> Row:
    """Make a row whose value must not be above the limit."""
    passed = None if value is None else value <= limit
    return Row(row_id, title, value, f"≤ {limit:g}", passed, detail, tuple(recordings), share, seen)


def hours(results: Iterable[Result]) -> float:
    """Return how long the recordings are together."""
    return sum(result.truth.duration_s for result in results) / 3600.0


def total(results: Iterable[Result], pick: Callable[[Result], Counter[str]], direction: str) -> int:
    """Sum a counter of the scores for one direction."""
    return sum(pick(result)[direction] for result in results)


def found_of(results: Sequence[Result], direction: str) -> tuple[int, int]:
    """Return how many scored strides of a direction were found, and how many there are."""
    found = total(results, lambda result: result.score.found, direction)
    return found, total(results, lambda result: result.score.true, direction)


def found_row(row_id: str, title: str, results: Sequence[Result], direction: str, limit: float) -> Row:
    """Return the row about found over scored strides of a direction."""
    found, true = found_of(results, direction)
    strict = total(results, lambda result: result.score.found_iou, direction)
    detail = f"{found} of {true}; {strict} with intersection over union ≥ 0.5"
    return at_least(row_id, title, found / true if true else None, limit, detail, share=(found, true))


def accuracy_rows(originals: Sequence[Result], walks: Sequence[Result]) -> list[Row]:
    """Return the rows measured on recordings as they are and on generated walks."""
    of_set = {name: [r for r in originals if r.group == name] for name in ("bandai1", "cmu")}
    worn = [result for result in originals if result.truth.kind == WORN]
    rows = []
    for row_id, title, results, direction, limit in (
        ("backward_bandai1", "backward strides found, bandai1", of_set["bandai1"], "backward", 0.98),
        ("backward_generated", "backward strides found, generated walks", walks, "backward", 0.99),
        ("backward_cmu", "backward strides found, cmu mixed", of_set["cmu"], "backward", 0.6),
        ("forward_worn", "forward strides found, worn sensors", worn, "forward", 0.98),
    ):
        rows.append(found_row(row_id, title, results, direction, limit))
    rows += [
        false_backward_row([*worn, *of_set["bandai1"]]),
        false_backward_share_row([*originals, *walks]),
        bout_row([*worn, *of_set["bandai1"], *walks]),
    ]
    return rows + length_rows(originals)


def false_backward_row(results: Sequence[Result]) -> Row:
    """Return the row about backward strides that are none, where none is allowed."""
    names = [_name(result) for result in results for _ in result.score.false_backward]
    return at_most(
        "false_backward_strict",
        "false backward strides, worn and bandai1",
        float(len(names)),
        0,
        f"in {len(set(names))} of {len(results)} recordings, {hours(results):.1f} hours",
        recordings=sorted(set(names)),
        seen=(len(names), hours(results)),
    )


def false_backward_share_row(results: Sequence[Result]) -> Row:
    """Return the row about backward strides that are none, as a share of everything counted."""
    wrong = sum(len(result.score.false_backward) for result in results)
    counted = sum(sum(result.score.counted.values()) for result in results)
    names = sorted({_name(result) for result in results if result.score.false_backward})
    title = "false backward strides per counted stride, recorded and generated"
    return at_most(
        "false_backward_overall",
        title,
        wrong / max(counted, 1),
        0.001,
        f"{wrong} of {counted}",
        recordings=names,
        share=(wrong, counted),
    )


def bout_row(results: Sequence[Result]) -> Row:
    """Return the row about the counted backward strides of recordings with a bout of at least four.

    Single backward strides and those before the first stance may count or not.
    """
    errors = {
        _name(result): _outside(
            result.score.counted["backward"], result.score.true["backward"], result.score.every_backward
        )
        for result in results
        if result.score.longest_backward_run >= 4
    }
    wide = [f"{name} {error:+d}" for name, error in sorted(errors.items()) if abs(error) > 1]
    return at_most(
        "backward_bout_count",
        "error of counted backward strides per recording, bouts ≥ 4 strides (largest)",
        float(max((abs(error) for error in errors.values()), default=0)),
        1,
        f"{len(wide)} of {len(errors)} recordings off by more than 1 stride",
        recordings=wide,
    )


def _outside(number: int, low: int, high: int) -> int:
    """Return how far a number is below or above a range."""
    return min(0, number - low) + max(0, number - high)


def length_rows(originals: Sequence[Result]) -> list[Row]:
    """Return the rows about stride lengths, where they are known exactly or from markers."""
    exact = [result for result in originals if result.group == "bandai1"]
    marked = [result for result in originals if result.truth.truth == "optical"]
    rows = []
    for name, results in (("bandai1", exact), ("optical", marked)):
        mean, whole, detail = length_error(results)
        rows += [
            at_most(f"length_{name}", f"stride length, mean absolute error, {name} (%)", mean, 3.0, detail),
            at_most(f"distance_{name}", f"total distance error, {name} (%)", whole, 1.0, detail),
        ]
    return rows


def length_error(results: Iterable[Result]) -> tuple[float | None, float | None, str]:
    """Return the mean absolute error per stride and that of the sum, both in percent, and the numbers."""
    pairs = np.array([pair for result in results for pair in result.score.lengths_m])
    if not len(pairs):
        return None, None, "no strides"
    true, found = pairs.T
    relative = 100.0 * (found - true) / true
    whole = 100.0 * (found.sum() / true.sum() - 1.0)
    bias_mm = 1000.0 * float((found - true).mean())
    middle = float(np.median(relative))
    detail = f"{len(pairs)} strides, median {middle:+.1f} %, mean {bias_mm:+.0f} mm, sum {whole:+.2f} %"
    return float(np.abs(relative).mean()), float(abs(whole)), detail


def reversed_rows(results: Sequence[Result]) -> list[Row]:
    """Return the rows about worn forward recordings played backwards."""
    wrong = sum(result.score.confusion["backward", "forward"] for result in results)
    _, true = found_of(results, "backward")
    title = "worn recordings reversed in time:"
    return [
        found_row("reversed_backward", f"{title} strides found backward", results, "backward", 0.99),
        at_most(
            "reversed_forward",
            f"{title} backward taken for forward",
            float(wrong),
            0,
            f"of {true}",
            share=(wrong, true),
        ),
    ]


def shuffle_rows(results: Sequence[Result]) -> list[Row]:
    """Return the rows about shuffles: strides are sorted by their own length."""
    rows = []
    for row_id, low_m, high_m, limit in (("15_40", 0.15, 0.40, 0.97), ("12_15", 0.12, 0.15, 0.90)):
        found = sum(low_m <= s.length_m < high_m for r in results for s in r.score.found_strides)
        missed = sum(low_m <= s.length_m < high_m for r in results for s in r.score.missed)
        share = found / (found + missed) if found + missed else None
        title = (
            f"shuffles of {100 * low_m:.0f} to {100 * high_m:.0f} cm, half as fast: backward strides found"
        )
        scored = found + missed
        rows.append(
            at_least(f"shuffle_{row_id}", title, share, limit, f"{found} of {scored}", share=(found, scored))
        )
    pairs = [p for r in results for p in r.score.lengths_m if 0.15 <= p[0] < 0.40]
    error = 100.0 * float(np.mean([abs(found - true) / true for true, found in pairs])) if pairs else None
    title = "shuffles of 15 to 40 cm: stride length, mean absolute error (%)"
    rows.append(at_most("shuffle_length", title, error, 5.0, f"{len(pairs)} strides"))
    return rows


def negative_rows(results: Sequence[Result]) -> list[Row]:
    """Return one row per kind of motion that holds no step, and all of them together."""
    rows = []
    for name in sorted({result.truth.label for result in results}):
        these = [result for result in results if result.truth.label == name]
        strides = sum(len(result.counted.counted_strides) for result in these)
        title = f"counted steps: {name.replace('_', ' ')}"
        lasted = hours(these)
        rows.append(
            at_most(
                f"negative_{name}",
                title,
                2.0 * strides,
                0,
                f"{60 * lasted:.0f} min",
                seen=(strides, lasted),
            )
        )
    return rows


def gappy_negatives_row(results: Sequence[Result]) -> Row:
    """Return the row about what holds no step, with readings lost for 80 ms once a second."""
    strides = [len(result.counted.counted_strides) for result in results]
    names = [_name(result) for result, number in zip(results, strides, strict=True) if number]
    title = "counted steps: all of these, 80 ms lost once a second"
    seen = sum(strides), hours(results)
    return at_most("negatives_gaps", title, 2.0 * seen[0], 0, recordings=names, seen=seen)


def rule_rows(walks: Sequence[Result], rooms: Sequence[Result]) -> list[Row]:
    """Return the rows about curves, small rooms and stairs on generated walks."""
    curves = [result for result in walks if result.truth.label == "turns"]
    stairs = [result for result in walks if result.truth.label == "stairs"]
    climbed = sum(result.score.counted["backward"] for result in stairs)
    return [
        found_row(
            "curve_backward", "backward strides found while walking through curves", curves, "backward", 0.99
        ),
        found_row("room_backward", "backward strides found in a small room", rooms, "backward", 0.97),
        at_most("stairs_backward", "backward strides counted on stairs", float(climbed), 0),
    ]


def unchanged_row(
    row_id: str, title: str, before: Sequence[Result], after: Sequence[Result], limit: float = 0.0
) -> Row:
    """Return the row about counts that a worse sensor must not change by more than a share."""
    differences = [
        sum(abs(one.score.counted[d] - two.score.counted[d]) for d in ("backward", "forward", *SIDES))
        for one, two in zip(before, after, strict=True)
    ]
    strides = sum(sum(result.score.counted.values()) for result in before)
    moved = sum(differences)
    names = [
        f"{_name(result)} {number}" for result, number in zip(before, differences, strict=True) if number
    ]
    wrong = sum(len(r.score.false_backward) for r in after) - sum(len(r.score.false_backward) for r in before)
    detail = (
        f"{moved} of {strides} strides, {len(names)} of {len(before)} recordings; false backward {wrong:+d}"
    )
    share = moved / max(strides, 1)
    title = f"{title}: share of counted strides that differ"
    return at_most(
        row_id, title, share, limit, detail, recordings=names, share=(min(moved, strides), strides)
    )


def gap_rows(before: Sequence[Result], after: Sequence[Result]) -> list[Row]:
    """Return the rows about readings lost for 80 ms once a second."""
    pairs = list(zip(before, after, strict=True))
    lost = sum(
        max(0, one.score.found[d] - two.score.found[d])
        for one, two in pairs
        for d in ("backward", "forward", *SIDES)
    )
    found = sum(sum(one.score.found.values()) for one, _ in pairs)
    more = [max(0, _wrong(two) - _wrong(one)) for one, two in pairs]
    names = [_name(one) for (one, _), number in zip(pairs, more, strict=True) if number]
    title = "80 ms lost once a second: strides"
    return [
        at_most(
            "gaps_lost",
            f"{title} lost",
            lost / max(found, 1),
            0.02,
            f"{lost} of {found}",
            share=(lost, found),
        ),
        at_most("gaps_invented", f"{title} invented", float(sum(more)), 0, recordings=names),
    ]


def _wrong(result: Result) -> int:
    """Return how many counted strides overlap no true one, or are backward over a forward one."""
    wrong = sum(result.score.confusion[true, "backward"] for true in ("forward", *SIDES))
    return result.score.invented + wrong


def _name(result: Result) -> str:
    return f"{result.group}/{result.truth.name}"
