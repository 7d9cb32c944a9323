"""When a session has started and ended, published once for each session of the ledger.

The ledger finds sessions in minute rows, a minute or two after the walking. To publish the start in
time, steps seen live count too: ten of them make a session, as they do in the ledger. What was published
is kept as a stretch of time; a session of the ledger that touches it is the same one and not published again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from ..clock import Clocked, Jump
from ..ledger.counts import ZERO, Counts
from ..ledger.sessions import MIN_STEPS, PAUSE_S, Session

LIVE_S: Final = 5
"""A last step this old was seen live; older ones come from rows."""
SLACK_S: Final = 15
"""Steps are seen some seconds after they were taken: a bout has to be proven first."""
ROWS_WAIT_S: Final = 300
"""So long the end waits for the rows of the last minutes; a pod that is gone reports them later."""
KEPT_S: Final = 7 * 86_400
"""A session that becomes known later than that is history and no event."""
BEFORE: Final = -1
"""In place of the clock's segment: before the start."""
KNOWN_MAX: Final = 500
"""So many are known again: 70 a day of that week, and no clock is asked how old they are."""


@dataclass(slots=True)
class LiveWalk:
    """Backward walking as it is seen live, with pauses shorter than those that end a session."""

    start_s: int = 0
    last_s: int = 0
    counts: Counts = ZERO
    _total: Counts | None = None
    _seen_s: int = 0

    def see(self, now_s: int, last_step_s: int, total: Counts) -> None:
        """Take over the time of the last backward step and the lifetime counts."""
        before, self._total = self._total, total
        if last_step_s > now_s + LIVE_S:
            # Seen before the clock was set back.
            return
        is_new = last_step_s > self._seen_s and now_s - last_step_s <= LIVE_S
        self._seen_s = max(self._seen_s, last_step_s)
        if not is_new or before is None:
            return
        if last_step_s - self.last_s >= PAUSE_S:
            self.start_s, self.counts = last_step_s, ZERO
        self.last_s = last_step_s
        self.counts += total - before

    def clock_jumped(self, by_s: float) -> None:
        """Go on as if the clock had not been set."""
        self.start_s += round(by_s)
        self.last_s += round(by_s)
        self._seen_s += round(by_s)

    @property
    def is_session(self) -> bool:
        """Whether the ledger will find a session in it."""
        return self.counts.back >= MIN_STEPS


@dataclass(frozen=True, slots=True)
class SessionNews:
    """A session that started (`ended` False) or ended; times in epoch seconds.

    `late`: it was over when it became known. The counts are None if nothing is known of them.
    """

    start_s: int
    end_s: int
    ended: bool
    late: bool = False
    counts: Counts | None = None


@dataclass(slots=True)
class _Published:
    """A session whose start was published, or that was only known after its end."""

    start_s: int
    end_s: int
    ended: bool
    segment: int
    """Number of the clock's segment in which it was published."""
    moved_s: int = 0
    """How far it was moved because that clock was wrong."""

    def move(self, by_s: int) -> None:
        """Have it at another time."""
        self.start_s += by_s
        self.end_s += by_s


class SessionJournal(Clocked):
    """The sessions that were published."""

    _OF_THE_CLOCK = ("_segment", "_published")

    def __init__(self) -> None:
        """Start with none."""
        self._published: list[_Published] = []
        self._segment = 0

    @classmethod
    def from_list(cls, kept: list[list[Any]]) -> SessionJournal:
        """Read what `as_list` wrote."""
        journal = cls()
        # Under which clock they were published nobody knows any more.
        journal._published = [_Published(start_s, end_s, ended, BEFORE) for start_s, end_s, ended in kept]
        return journal

    def as_list(self) -> list[list[Any]]:
        """Write it down."""
        return [[known.start_s, known.end_s, known.ended] for known in self._published]

    def clock_jumped(self, jump: Jump) -> None:
        """Know sessions again at their true time; one that goes on goes on."""
        corrections = {correction.segment: correction for correction in jump.corrections}
        for known in self._published:
            if not known.ended:
                if known.segment == BEFORE:
                    # Dated before the start, by a clock nobody can compare.
                    continue
                known.move(round(jump.by_s))
                known.segment = jump.segment
            elif (wrong := corrections.get(known.segment)) is not None:
                by_s = wrong.by_s if wrong.is_own(known.end_s - known.moved_s) else 0
                known.move(by_s - known.moved_s)
                known.moved_s = by_s
        self._segment = jump.segment

    @property
    def ongoing(self) -> bool:
        """Whether the end of a session is still to be published."""
        return any(not known.ended for known in self._published)

    def take_as_published(self, sessions: Sequence[Session]) -> None:
        """Take sessions that were there before anybody listened as published."""
        self._published += [
            _Published(*_span(session), ended=True, segment=self._segment) for session in sessions
        ]

    def due(self, now_s: int, live: LiveWalk, sessions: Sequence[Session]) -> list[SessionNews]:
        """Give what is to be published now; from now on it counts as published.

        `sessions` are those of the ledger, ascending, at least of the last week.
        """
        if len(self._published) > KNOWN_MAX:
            self._published = sorted(self._published, key=lambda known: known.end_s)[-KNOWN_MAX:]
        news: list[SessionNews] = []
        for session in sessions:
            start_s, end_s = _span(session)
            if end_s <= now_s - KEPT_S:
                continue
            if (known := self._find(start_s - SLACK_S, end_s + SLACK_S)) is not None:
                known.end_s = max(known.end_s, end_s)
                continue
            is_over = now_s - end_s >= PAUSE_S
            self._published.append(_Published(start_s, end_s, is_over, self._segment))
            counts = _counts([session]) if is_over else None
            news.append(SessionNews(start_s, end_s, is_over, is_over, counts))
        if live.is_session and now_s - live.last_s < PAUSE_S:
            known = self._find(live.start_s - PAUSE_S + 1, live.last_s)
            if known is None:
                news += self._end(now_s, live, sessions, at_once=True)
                self._published.append(
                    _Published(live.start_s, live.last_s, ended=False, segment=self._segment)
                )
                news.append(SessionNews(live.start_s, live.last_s, ended=False))
            else:
                known.end_s, known.segment = max(known.end_s, live.last_s), self._segment
        return news + self._end(now_s, live, sessions)

    def _end(
        self, now_s: int, live: LiveWalk, sessions: Sequence[Session], *, at_once: bool = False
    ) -> list[SessionNews]:
        """End what has paused long enough, once its rows are there or no longer waited for."""
        news = []
        for known in self._published:
            paused_s = now_s - known.end_s
            if known.ended or (paused_s < PAUSE_S and not at_once):
                continue
            own = [session for session in sessions if _touches(session, known)]
            is_whole = bool(own) and _span(own[-1])[1] >= known.end_s - SLACK_S
            if not is_whole and not at_once and paused_s < ROWS_WAIT_S:
                continue
            known.ended, known.segment, known.moved_s = True, self._segment, 0
            counts = _counts(own) if own else None
            if not is_whole and live.start_s <= known.end_s <= live.last_s:
                counts = live.counts
            news.append(SessionNews(known.start_s, known.end_s, ended=True, counts=counts))
        return news

    def take_back(self, start_s: int, *, ended: bool) -> None:
        """Take back that a start or an end was published, because it was not."""
        if ended:
            for known in self._published:
                if known.start_s == start_s:
                    known.ended = False
        else:
            self._published = [known for known in self._published if known.start_s != start_s]

    def _find(self, start_s: int, end_s: int) -> _Published | None:
        """Find the newest of these sessions that touches a stretch of time."""
        newest_first = reversed(self._published)
        touching = (known for known in newest_first if known.start_s <= end_s and known.end_s >= start_s)
        return next(touching, None)


def _span(session: Session) -> tuple[int, int]:
    return int(session.start.timestamp()), int(session.end.timestamp())


def _touches(session: Session, known: _Published) -> bool:
    start_s, end_s = _span(session)
    return start_s <= known.end_s + SLACK_S and end_s >= known.start_s - SLACK_S


def _counts(sessions: Sequence[Session]) -> Counts:
    """Sum up what sessions hold."""
    return Counts(
        back=sum(session.steps for session in sessions),
        back_dm=sum(session.distance_dm for session in sessions),
        back_s=sum(session.walking_s for session in sessions),
    )
