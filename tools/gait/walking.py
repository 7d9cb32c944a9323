"""How long somebody walked: the rule of the pod, told once more so that it can be held against the pod."""

import itertools
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

BOUT_GAP_S: Final = 3.0


def walked_s(strides: Sequence[tuple[str, float, float]]) -> list[float]:
    """Give the seconds every counted stride adds to the walking time of its direction.

    strides: direction, start and end in seconds, in the order of time. Within a bout (one direction, gaps
    under 3 s) the stance before a stride is walking too; a bout's first stride adds its swing alone.
    """
    added = []
    for before, (direction, start_s, end_s) in zip(itertools.chain([None], strides), strides, strict=False):
        goes_on = before and before[0] == direction and 0 <= start_s - before[2] < BOUT_GAP_S
        added.append(end_s - (before[2] if before and goes_on else start_s))
    return added
