"""The 3 m backward walk of the strides of a recording, timed as the pod does, and truly.

The body passes over a foot in the middle of its stance and goes on evenly between two of them. The pod knows
the stance before a stride only, and takes the shortest of the walk for both (`three_metres.h`).
"""

from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

WALK_M: Final = 3.0


class Timed(Protocol):
    """A stride, true or reported."""

    @property
    def start_s(self) -> float:
        """When the foot lifts."""

    @property
    def end_s(self) -> float:
        """When it stands again."""

    @property
    def length_m(self) -> float:
        """From stance to stance."""


def pod_s(strides: Sequence[Timed], metres: float = WALK_M) -> float | None:
    """Return the seconds that a pod shows for strides backward; None if they don't go so far."""
    gone_m, stance_s = 0.0, 0.0
    for index, stride in enumerate(strides):
        if index:
            this_s = stride.start_s - strides[index - 1].end_s
            stance_s = this_s if index == 1 else min(stance_s, this_s)
        if gone_m + stride.length_m >= metres:
            share = (metres - gone_m) / stride.length_m
            begins_s = stride.start_s - stance_s / 2
            return begins_s + share * (stride.end_s - stride.start_s + stance_s) - strides[0].start_s
        gone_m += stride.length_m
    return None


def true_s(strides: Sequence[Timed], metres: float = WALK_M) -> float | None:
    """Return the seconds that the body takes, from true strides; None without a stride after the line."""
    gone_m = 0.0
    before_s = strides[0].start_s if strides else 0.0
    for stride, after in pairwise(strides):
        over_s = (stride.end_s + after.start_s) / 2
        if gone_m + stride.length_m >= metres:
            share = (metres - gone_m) / stride.length_m
            return before_s + share * (over_s - before_s) - strides[0].start_s
        gone_m += stride.length_m
        before_s = over_s
    return None
