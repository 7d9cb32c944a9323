"""What was walked, counted: the one type that all numbers of steps are of."""

from collections.abc import Iterable
from typing import Final, NamedTuple

COUNTS: Final = ("back", "fwd", "side", "back_dm", "fwd_dm", "back_s", "fwd_s")


class Counts(NamedTuple):
    """Steps (foot falls), distances in decimetres and walking times in seconds, in the order of `COUNTS`.

    A tuple for its speed: a year that arrives at once makes hundreds of thousands of them. What is added are
    the numbers.
    """

    back: int = 0
    fwd: int = 0
    side: int = 0
    back_dm: int = 0
    fwd_dm: int = 0
    back_s: int = 0
    fwd_s: int = 0

    def as_tuple(self) -> tuple[int, ...]:
        """Give the seven numbers in the order of `COUNTS`."""
        return tuple(self)

    @property
    def steps(self) -> int:
        """Steps in any direction."""
        return self.back + self.fwd + self.side

    def __add__(self, other: Counts) -> Counts:  # type: ignore[override]
        return Counts(
            self.back + other.back,
            self.fwd + other.fwd,
            self.side + other.side,
            self.back_dm + other.back_dm,
            self.fwd_dm + other.fwd_dm,
            self.back_s + other.back_s,
            self.fwd_s + other.fwd_s,
        )

    def __sub__(self, other: Counts) -> Counts:
        return Counts(
            self.back - other.back,
            self.fwd - other.fwd,
            self.side - other.side,
            self.back_dm - other.back_dm,
            self.fwd_dm - other.fwd_dm,
            self.back_s - other.back_s,
            self.fwd_s - other.fwd_s,
        )

    def __bool__(self) -> bool:
        return any(tuple(self))

    def floor(self, other: Counts) -> Counts:
        """Give the larger of both, number by number."""
        return Counts._make(map(max, self, other, strict=True))


ZERO: Final = Counts()


def summed(counts: Iterable[Counts]) -> Counts:
    """Add up many counts, number by number."""
    return Counts(*map(sum, zip(*counts, strict=True)))
