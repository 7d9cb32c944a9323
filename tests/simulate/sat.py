"""How long somebody sat in truth, in bounds: what sitting diaries are held against.

Who wears the pod all the time sits whenever nobody walks. Between a bout and its minute row the diary knows
less, or more, than a whole minute: that is what lies between the bounds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

SIT_MIN_S: Final = 300
SIT_MAX_S: Final = 86_400
BREAK_STEPS: Final = 10
_MINUTE_S: Final = 60


class Stretch(NamedTuple):
    """A time from `start` to before `end`, epoch seconds."""

    start: int
    end: int

    @property
    def length_s(self) -> int:
        """How long it is."""
        return self.end - self.start

    def within(self, other: Stretch) -> Stretch:
        """Give the part that lies in another stretch."""
        return Stretch(max(self.start, other.start), min(self.end, other.end))


class Bounds(NamedTuple):
    """At least and at most."""

    least: int
    most: int

    def hold(self, found: int, slack: int) -> bool:
        """Say whether a number lies between them, or so little beside them."""
        return self.least - slack <= found <= self.most + slack


@dataclass(frozen=True, slots=True)
class Sat:
    """What is known of one walker's sitting between two moments."""

    span: Stretch
    walked: frozenset[int]
    """Minutes that must end a sit: enough steps, and nothing in doubt about them."""
    maybe: frozenset[int]
    """Minutes in which anybody may have seen a step."""

    def sitting_s(self, day: Stretch) -> Bounds:
        """Give how long the walker sat on a day."""
        least, most = self._lengths(day)
        return Bounds(sum(least), sum(most))

    def longest_s(self, day: Stretch) -> Bounds:
        """Give how long the longest sit of a day was, as far as it lies in the day."""
        least, most = self._lengths(day)
        return Bounds(max(least, default=0), max(most, default=0))

    def _lengths(self, day: Stretch) -> tuple[list[int], list[int]]:
        least = [one.within(day).length_s for one in self._surely()]
        # A sit that begins with the last step may begin in the minute of its row.
        most = [
            Stretch(one.start - _MINUTE_S, one.end).within(day).length_s
            for one in _between(self.walked, self.span)
            if one.length_s + _MINUTE_S >= SIT_MIN_S
        ]
        return [length for length in least if length > 0], [length for length in most if length > 0]

    def _surely(self) -> Iterator[Stretch]:
        """Give stretches in which nobody saw a step and that are part of a sit that is written down."""
        seen = {minute + by for minute in self.maybe for by in (-1, 0, 1)}
        longest = [one for one in _between(self.walked, self.span) if one.length_s >= SIT_MAX_S - _MINUTE_S]
        for one in _between(seen, self.span):
            is_long = any(long.start <= one.start and one.end <= long.end for long in longest)
            if one.length_s >= SIT_MIN_S and not is_long:
                yield one


def _between(minutes: Iterable[int], span: Stretch) -> Iterator[Stretch]:
    """Give the stretches of a span between minutes."""
    at = span.start
    for minute in sorted(minutes):
        start, end = minute * _MINUTE_S, (minute + 1) * _MINUTE_S
        if start > at:
            yield Stretch(at, min(start, span.end))
        at = max(at, end)
        if at >= span.end:
            return
    yield Stretch(at, span.end)


def overlap(sits: Iterable[Stretch]) -> Stretch | None:
    """Give a time that lies in two sits."""
    before: Stretch | None = None
    for sit in sorted(sits):
        if before and sit.start < before.end:
            return Stretch(sit.start, min(sit.end, before.end))
        before = sit
    return None
