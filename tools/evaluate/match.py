"""Comparing what the stride core reports with the truth of one recording.

Definitions used everywhere in the evaluation:

- overlap of two strides: the time they share, divided by the shorter of the two; they match from 0.5 on.
  Truth and core draw the edges of a stride at different rates of motion, so the union says little; pairs are
  one to one, largest shared time first, so one long stride never stands for two. The stricter intersection
  over union is measured along (`found_iou`).
- scored: true strides with a direction (not `none`, not `turn`) in runs of at least two of one direction with
  less than 3 s between them, from the first true stance on: clips may start in the middle of a stride, so a
  stride needs 0.25 s before it.
- found: a scored stride whose match is counted in the same direction.
- false backward: a counted backward stride that overlaps no true backward, `turn` or `none` stride.
- invented: a counted stride that overlaps no true stride at all.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.gait.recording import StrideTruth, Truth

    from .count import Counted, Reported

MATCHES_FROM = 0.5
RUN_GAP_S = 3.0
FIRST_STANCE_S = 0.25  # a stride that starts before has no whole stance before it in the recording
NEUTRAL = ("none", "turn")
MISSED, INVENTED = "missed", "invented"


@dataclass(slots=True)
class Score:
    """How well one recording was counted. Strides, not steps."""

    name: str
    group: str
    motion_class: str
    duration_s: float
    true: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    found_iou: Counter[str] = field(default_factory=Counter)
    counted: Counter[str] = field(default_factory=Counter)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    lengths_m: list[tuple[float, float]] = field(default_factory=list)
    missed: list[StrideTruth] = field(default_factory=list)
    false_backward: list[Reported] = field(default_factory=list)
    invented: int = 0
    undecided: int = 0
    found_strides: list[StrideTruth] = field(default_factory=list)
    longest_backward_run: int = 0
    every_backward: int = 0  # true backward strides, scored or not


def overlap(true: StrideTruth, reported: Reported) -> float:
    """Return the shared time over the shorter stride."""
    shorter_s = min(true.end_s - true.start_s, reported.end_s - reported.start_s)
    return _shared_s(true, reported) / max(shorter_s, 1e-9)


def intersection_over_union(true: StrideTruth, reported: Reported) -> float:
    """Return the shared time over the time either takes."""
    union_s = max(true.end_s, reported.end_s) - min(true.start_s, reported.start_s)
    return _shared_s(true, reported) / max(union_s, 1e-9)


def match(true: Sequence[StrideTruth], reported: Sequence[Reported]) -> dict[int, int]:
    """Pair true and reported strides one to one (indices), the largest shared time first."""
    candidates = sorted(
        (
            (_shared_s(one, two), i, j)
            for i, one in enumerate(true)
            for j, two in enumerate(reported)
            if one.start_s < two.end_s and two.start_s < one.end_s and overlap(one, two) >= MATCHES_FROM
        ),
        key=lambda candidate: (-candidate[0], candidate[1:]),
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in candidates:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def runs(strides: Sequence[StrideTruth]) -> list[list[int]]:
    """Return the indices of strides that follow each other in one direction; `none` and `turn` don't part."""
    out: list[list[int]] = []
    previous: StrideTruth | None = None
    for index, stride in enumerate(strides):
        if stride.direction in NEUTRAL:
            continue
        goes_on = (
            previous is not None
            and previous.direction == stride.direction
            and stride.start_s - previous.end_s < RUN_GAP_S
        )
        if goes_on:
            out[-1].append(index)
        else:
            out.append([index])
        previous = stride
    return out


def scored_strides(truth: Truth) -> set[int]:
    """Return the indices of the true strides that must be found."""
    return {
        index
        for run in runs(truth.strides)
        if len(run) >= 2
        for index in run
        if truth.strides[index].start_s >= FIRST_STANCE_S
    }


def score(truth: Truth, found: Counted, group: str) -> Score:
    """Compare one recording's strides with its truth."""
    out = Score(truth.name, group, truth.motion_class, truth.duration_s)
    counted = found.counted_strides
    pairs = match(truth.strides, counted)
    scored = scored_strides(truth)
    for index in sorted(scored):
        _score_stride(out, truth.strides[index], counted[pairs[index]] if index in pairs else None)
    for index, stride in enumerate(truth.strides):
        if index not in scored and index in pairs and stride.direction not in NEUTRAL:
            out.confusion[stride.direction, counted[pairs[index]].direction] += 1
    for reported in counted:
        out.counted[reported.direction] += 1
        touched = {true.direction for true in truth.strides if overlap(true, reported) >= MATCHES_FROM}
        if not touched:
            out.invented += 1
            out.confusion[INVENTED, reported.direction] += 1
        if reported.direction == "backward" and not touched & {"backward", *NEUTRAL}:
            out.false_backward.append(reported)
    out.undecided = int(found.totals.get("undecided_steps", 0)) // 2
    backward_runs = [len(run) for run in runs(truth.strides) if truth.strides[run[0]].direction == "backward"]
    out.longest_backward_run = max(backward_runs, default=0)
    out.every_backward = sum(backward_runs)
    return out


def _score_stride(out: Score, true: StrideTruth, reported: Reported | None) -> None:
    out.true[true.direction] += 1
    out.confusion[true.direction, reported.direction if reported else MISSED] += 1
    if reported is None or reported.direction != true.direction:
        out.missed.append(true)
        return
    out.found[true.direction] += 1
    out.found_strides.append(true)
    if intersection_over_union(true, reported) >= MATCHES_FROM:
        out.found_iou[true.direction] += 1
    if reported.length_valid:
        out.lengths_m.append((true.length_m, reported.length_m))


def _shared_s(true: StrideTruth, reported: Reported) -> float:
    return max(0.0, min(true.end_s, reported.end_s) - max(true.start_s, reported.start_s))
