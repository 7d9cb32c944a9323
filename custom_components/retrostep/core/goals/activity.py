"""What happened on a walker's days, each published exactly once.

Half a goal, a goal, a longer streak and a record happen at most once on a day, a lost streak once for
the day that ended it, the end of a program once for its last day, the start and the end of a session once
for the session. The journal remembers what was published. What becomes known late is published late, with
the day it belongs to, if that day is not older than a week; of a session that is only known after it is
over, only the end is published.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from ..clock import Checkpoints, Clocked, Jump
from .goal import GoalDay
from .goal_days import GoalDays
from .programme import ProgrammeView
from .session_activity import SessionJournal
from .streaks import Streaks

LATE_DAYS: Final = 7
"""What is known later than that is history and no event."""
PUBLISHED_DAYS_MAX: Final = 60
"""Of so many days it is known what was published; no clock is asked how old they are."""
MARKS_MAX: Final = 300
"""So much that was published can be put right: two months of days with everything."""
RECORD_AFTER_DAYS: Final = 3
"""With fewer days of walking before it every day would be a record."""


class ActivityKind(StrEnum):
    """What can happen."""

    HALF_GOAL = "half_goal"
    GOAL_REACHED = "goal_reached"
    SESSION_STARTED = "session_started"
    SESSION_ENDED = "session_ended"
    STREAK_EXTENDED = "streak_extended"
    STREAK_LOST = "streak_lost"
    RECORD = "record"
    PROGRAMME_ENDED = "programme_ended"


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that happened on a day; `late`: it became known only after it was over.

    `key_s` is the start of the session it is about, in epoch seconds.
    """

    kind: ActivityKind
    day: date
    late: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)
    key_s: int = 0


@dataclass(frozen=True, slots=True)
class DaySteps:
    """Backward steps of a day, and the most of any day before it (None: too few days to compare)."""

    steps: int
    best_before: int | None


@dataclass(slots=True)
class _Mark:
    """That something was published of a day, in a segment of the clock; `known_by`: the day it is kept at."""

    segment: int
    at_s: int
    day: date
    kind: ActivityKind
    known_by: date = field(init=False)

    def __post_init__(self) -> None:
        self.known_by = self.day


class Journal(Clocked):
    """What was published of a walker."""

    _OF_THE_CLOCK = ("_segment", "_marks", "_losses", "_checkpoints")

    def __init__(self) -> None:
        """Start with nothing published."""
        self.sessions = SessionJournal()
        self._published: dict[date, set[ActivityKind]] = {}
        self._lost_until = date.min
        self._segment = 0
        # Since the start: what was published of days, the losses among it, up to when losses were known.
        self._marks: list[_Mark] = []
        self._losses: list[date] = []
        self._checkpoints = Checkpoints(self._lost_until)

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Journal:
        """Read what `as_dict` wrote."""
        journal = cls()
        journal._published = {
            date.fromisoformat(day): {ActivityKind(kind) for kind in kinds}
            for day, kinds in kept["published"].items()
        }
        journal._lost_until = date.fromisoformat(kept["lost_until"])
        journal._checkpoints = Checkpoints(journal._lost_until)
        journal.sessions = SessionJournal.from_list(kept["sessions"])
        return journal

    def as_dict(self) -> dict[str, Any]:
        """Write it down."""
        return {
            "published": {day.isoformat(): sorted(kinds) for day, kinds in self._published.items()},
            "lost_until": self._lost_until.isoformat(),
            "sessions": self.sessions.as_list(),
        }

    def due(
        self,
        goal_days: GoalDays,
        steps: Mapping[date, DaySteps],
        now_s: int,
        programme: ProgrammeView | None = None,
    ) -> list[Activity]:
        """Give what is to be published of the days now, oldest first; from now on it counts as published."""
        if goal_days.is_visiting:
            return []
        today = goal_days.current.day
        since = today - timedelta(days=LATE_DAYS)
        self._published = dict(sorted(self._published.items())[-PUBLISHED_DAYS_MAX:])
        streaks = goal_days.streaks()
        found = [
            Activity(kind, day.day, late=day.day < today, data=data)
            for day in goal_days.days(max(since, goal_days.began or since))
            for kind, data in _happened(day, streaks, steps.get(day.day), programme)
            if kind not in self._published.get(day.day, ())
        ]
        for activity in found:
            self._published.setdefault(activity.day, set()).add(activity.kind)
            mark = _Mark(self._segment, now_s, activity.day, activity.kind)
            self._marks = [*self._marks[1 - MARKS_MAX :], mark]
        if (lost := self._lost(goal_days, streaks, since)) is not None:
            found.append(lost)
        return sorted(found, key=lambda activity: activity.day)

    def _lost(self, goal_days: GoalDays, streaks: Streaks, since: date) -> Activity | None:
        """Find a streak that was lost; of losses that become known together the greatest."""
        # A clock that was ahead, and nobody saw it come back, must not silence years.
        self._lost_until = min(self._lost_until, goal_days.current.day)
        breaks = [(length, day) for day, length in streaks.breaks if day > self._lost_until]
        self._lost_until = max([self._lost_until, *(day.day for day in goal_days.days(since) if day.settled)])
        length, day = max(breaks, default=(0, date.min))
        if breaks:
            self._losses = [*self._losses[1 - MARKS_MAX :], day]
        return Activity(ActivityKind.STREAK_LOST, day, data={"streak": length}) if day >= since else None

    def clock_jumped(self, jump: Jump, day_at: Callable[[float], date]) -> None:
        """Know again what was published under a clock that proved wrong; `day_at`: the day of a moment."""
        for each in jump.corrections:
            before = day_at(each.began_s + min(each.by_s, 0))
            for mark in self._marks:
                if mark.segment != each.segment or mark.kind not in self._published.get(mark.known_by, ()):
                    continue
                # Of days before the segment the right clock has spoken.
                is_own = mark.day > before if each.by_s < 0 else mark.day >= before
                shift = day_at(mark.at_s + each.by_s) - day_at(mark.at_s)
                self._published[mark.known_by].discard(mark.kind)
                mark.known_by = mark.day + shift if is_own else mark.day
                self._published.setdefault(mark.known_by, set()).add(mark.kind)
        if back := self._checkpoints.back(jump, self._lost_until):
            last = jump.corrections[-1]
            today = day_at(last.ended_s + last.by_s)
            self._lost_until = max([back[0], *(day for day in self._losses if day <= today)])
        self._published = {day: kinds for day, kinds in self._published.items() if kinds}
        self._segment = jump.segment
        self._checkpoints.go_on(jump, self._lost_until)
        self.sessions.clock_jumped(jump)

    def take_back(self, activity: Activity) -> None:
        """Take back that something was published, because it was not."""
        if activity.kind in (ActivityKind.SESSION_STARTED, ActivityKind.SESSION_ENDED):
            ended = activity.kind is ActivityKind.SESSION_ENDED
            self.sessions.take_back(activity.key_s, ended=ended)
        elif activity.kind is ActivityKind.STREAK_LOST:
            self._lost_until = min(self._lost_until, activity.day - timedelta(days=1))
        else:
            self._published.get(activity.day, set()).discard(activity.kind)


def _happened(
    day: GoalDay, streaks: Streaks, steps: DaySteps | None, programme: ProgrammeView | None
) -> Iterator[tuple[ActivityKind, Mapping[str, Any]]]:
    """Give what has happened on a day so far."""
    goal = {"goal": day.goal.value, "unit": day.goal.unit, "done": round(day.done, 2)}
    if day.goal.is_half_met_by(day.done):
        yield ActivityKind.HALF_GOAL, goal
    if day.met:
        yield ActivityKind.GOAL_REACHED, goal
    if day.counts:
        length = streaks.lengths[day.day]
        yield ActivityKind.STREAK_EXTENDED, {"streak": length, "best": streaks.best}
    if steps and steps.best_before is not None and steps.steps > steps.best_before:
        yield ActivityKind.RECORD, {"steps": steps.steps, "before": steps.best_before}
    if programme and programme.is_settled and programme.end == day.day:
        yield ActivityKind.PROGRAMME_ENDED, programme.adherence.as_dict()
