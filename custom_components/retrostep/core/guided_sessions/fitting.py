"""How a session is made to fit: as much backward walking as is asked for, in parts nobody tires of.

Nothing here knows Home Assistant or reads a clock.
"""

from math import ceil
from typing import Final

from .routine import SECONDS_PER_UNIT, Kind, Lengths, Stage, Unit

LEAST_S: Final = 30.0
"""Less is no session: a walker needs that long to find an even pace."""
_EPSILON: Final = 1e-6


def most_s(lengths: Lengths) -> float:
    """Give how long a session leads backward at most in seconds: as long as the walker's own intervals."""
    return lengths.backward_min * 60 * lengths.repeats


def fitted(unit: Unit, amount: float, lengths: Lengths) -> tuple[Stage, ...]:
    """Give the stages of a session with an amount of backward walking, in the unit in which it is counted.

    It is split into even parts no longer than the walker's own intervals, with forward walking between.
    One part alone needs no warming up, as the routine `short` has none. Parts are rounded up to whole
    seconds, steps, or metres: who walks them all has done the amount.
    """
    per_unit = SECONDS_PER_UNIT[unit]
    amount = max(amount, LEAST_S / per_unit)
    count = max(1, ceil(amount * per_unit / (lengths.backward_min * 60) - _EPSILON))
    part = Stage(Kind.BACKWARD, unit, float(ceil(amount / count - _EPSILON)))
    if count == 1:
        return (part,)
    forward = _minutes(Kind.FORWARD, lengths.forward_min)
    return (
        *_minutes(Kind.WARM_UP, lengths.warm_up_min),
        part,
        *(*forward, part) * (count - 1),
        *_minutes(Kind.COOL_DOWN, lengths.cool_down_min),
    )


def _minutes(kind: Kind, length_min: float) -> tuple[Stage, ...]:
    return (Stage(kind, Unit.SECONDS, length_min * 60),) if length_min > 0 else ()
