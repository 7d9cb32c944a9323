"""What was walked, counted: the one type that all numbers of steps are of."""

from dataclasses import dataclass
from typing import Final

COUNTS: Final = ("back", "fwd", "side", "back_dm", "fwd_dm", "back_s", "fwd_s")


@dataclass(frozen=True, slots=True)
class Counts:
    """Steps (foot falls), distances in decimetres and walking times in seconds, in the order of `COUNTS`."""

    back: int = 0
    fwd: int = 0
    side: int = 0
    back_dm: int = 0
    fwd_dm: int = 0
    back_s: int = 0
    fwd_s: int = 0

    def as_tuple(self) -> tuple[int, ...]:
        """Give the seven numbers in the order of `COUNTS`."""
        return (self.back, self.fwd, self.side, self.back_dm, self.fwd_dm, self.back_s, self.fwd_s)

    @property
    def steps(self) -> int:
        """Steps in any direction."""
        return self.back + self.fwd + self.side

    def __add__(self, other: Counts) -> Counts:
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
        return any(self.as_tuple())

    def floor(self, other: Counts) -> Counts:
        """Give the larger of both, number by number."""
        return Counts(*(max(a, b) for a, b in zip(self.as_tuple(), other.as_tuple(), strict=True)))


ZERO: Final = Counts()
