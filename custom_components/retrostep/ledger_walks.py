"""Manual corrections: walks added by hand and stretches of time whose steps count nothing."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from .calendar_days import epoch_minute, minute_start
from .models import Counts

if TYPE_CHECKING:
    from datetime import datetime

DURATION_S_MAX: Final = 24 * 3_600


class WalkError(Exception):
    """A correction that can't be made: `reason` is "future", "too_old", "too_long" or "empty"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk added by hand, spread evenly over its minutes."""

    number: int
    minute: int
    duration_s: int
    counts: Counts

    @property
    def start(self) -> datetime:
        """The minute the walk starts in."""
        return minute_start(self.minute)

    def portions(self) -> list[tuple[int, Counts]]:
        """Give what each of its minutes counts; the portions sum to the whole."""
        minutes = max(1, -(-self.duration_s // 60))
        whole = self.counts.as_tuple()
        upto = [Counts(*(n * i // minutes for n in whole)) for i in range(minutes + 1)]
        return [(self.minute + i, upto[i + 1] - upto[i]) for i in range(minutes)]

    def as_list(self) -> list[Any]:
        """Write it down."""
        return [self.number, self.minute, self.duration_s, list(self.counts.as_tuple())]

    @classmethod
    def from_list(cls, kept: list[Any]) -> Walk:
        """Read what `as_list` wrote."""
        number, minute, duration_s, counts = kept
        return cls(number, minute, duration_s, Counts.of(counts))


@dataclass(frozen=True, slots=True)
class WalkChange:
    """What a correction changed: the counts added or removed and the UTC hours concerned."""

    counts: Counts
    changed_hours: frozenset[datetime]
    walk: Walk | None = None


def new_walk(number: int, start: datetime, duration_s: int, counts: Counts, now: datetime) -> Walk:
    """Check a walk that is to be added; raises WalkError."""
    if min(counts.as_tuple()) < 0 or counts.steps == 0:
        raise WalkError("empty")
    if not 0 < duration_s <= DURATION_S_MAX:
        raise WalkError("too_long")
    if start.timestamp() + duration_s > now.timestamp():
        raise WalkError("future")
    return Walk(number, epoch_minute(start), duration_s, counts)
