"""How sessions felt: effort and pain from 0 to 10, as the walker says.

A rating belongs to the session that goes on at its moment, which is when that session began as it was known
then. Late rows may let a session begin earlier; it is found all the same.
Nothing here knows Home Assistant or reads a clock; times are seconds since 1970.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import Any, Final

from ..clock import Clocked, Jump
from ..documents import Migrations, lift
from ..ledger.sessions import Session

VERSION: Final = 1
MIGRATIONS: Final[Migrations] = {}

SCALE_MAX: Final = 10
"""Ratings are whole numbers from 0 to this, as on the scales that physiotherapists use."""
RATINGS_MAX: Final = 20_000
"""Five a day for ten years; the oldest go first."""
PAIN_RISES: Final = 3
"""After so many rises in a row a pause is suggested."""


@dataclass(frozen=True, slots=True)
class Rating:
    """How a session felt; None: not said."""

    at_s: int
    effort: int | None = None
    pain: int | None = None


class Ratings(Clocked):
    """All ratings of a walker, ascending."""

    _OF_THE_CLOCK = ("_segment", "_rated_in")

    def __init__(self, ratings: Iterable[Rating] = ()) -> None:
        """Begin with what is kept."""
        self._by_moment = {rating.at_s: rating for rating in ratings}
        self._segment = 0
        # Since the start: the segment of the clock in which a moment was rated, and what that clock said.
        self._rated_in: dict[int, tuple[int, int]] = {}

    def rate(self, session: Session, effort: int | None, pain: int | None) -> Rating:
        """Rate a session; what is not said now stays as it was said before."""
        before = self.of(session) or Rating(int(session.start.timestamp()))
        at_s = before.at_s
        rating = Rating(
            at_s,
            before.effort if effort is None else effort,
            before.pain if pain is None else pain,
        )
        self._rated_in.setdefault(at_s, (self._segment, at_s))
        self._keep({**self._by_moment, at_s: rating})
        return rating

    def of(self, session: Session) -> Rating | None:
        """Give how a session felt; of sessions that became one, as the last of them felt."""
        first, end = session.start.timestamp(), session.end.timestamp()
        since = takewhile(lambda rating: rating.at_s >= first, reversed(self._by_moment.values()))
        return next((rating for rating in since if rating.at_s < end), None)

    def all(self) -> list[Rating]:
        """Give all ratings, ascending."""
        return list(self._by_moment.values())

    @property
    def pain_is_rising(self) -> bool:
        """Whether pain rose from one rating to the next so often, up to the newest one."""
        pains = [rating.pain for rating in self._by_moment.values() if rating.pain is not None]
        last = pains[-PAIN_RISES - 1 :]
        return len(last) > PAIN_RISES and all(a < b for a, b in pairwise(last))

    def clock_jumped(self, jump: Jump) -> None:
        """Move what was rated of a time under a clock that proved wrong."""
        for each in jump.corrections:
            moved = {}
            for at_s, rating in self._by_moment.items():
                segment, dated_s = self._rated_in.get(at_s, (None, at_s))
                is_wrong = segment == each.segment and each.began_s <= dated_s <= each.ended_s
                right_s = dated_s + each.by_s if is_wrong else at_s
                moved[right_s] = replace(rating, at_s=right_s)
                if is_wrong:
                    self._rated_in[right_s] = self._rated_in.pop(at_s)
            self._keep(moved)
        self._segment = jump.segment

    def _keep(self, by_moment: Mapping[int, Rating]) -> None:
        self._by_moment = dict(sorted(by_moment.items())[-RATINGS_MAX:])

    def as_dict(self) -> dict[str, Any]:
        """Write everything down."""
        return {
            "version": VERSION,
            "ratings": [[rating.at_s, rating.effort, rating.pain] for rating in self._by_moment.values()],
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Ratings:
        """Read what `as_dict` wrote; raises ValueError or TypeError if it did not."""
        document = lift(kept, VERSION, MIGRATIONS)
        return cls(Rating(*row) for row in document["ratings"])
