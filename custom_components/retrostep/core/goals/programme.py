"""Programs as a professional writes them down: so often a week, so much each time, for so many weeks.

A program week is seven days on which the program is not paused, counted from its start. On the chosen
weekdays the goal is asked for, never more often in a week than was chosen; all other days are free. A missed
day is made up for by a free day of the same week on which the goal was reached.

Nothing of this is kept beside the days: each day has the goal and the status it was opened with, and a
program reads them. Steps that arrive late therefore put everything right.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import batched
from math import ceil
from typing import Any, Final

from ..ledger.day_calendar import WEEKDAYS
from .goal import DayStatus, Goal, GoalDay, GoalKind
from .growth import DAYS_NEEDED, WEEK_DAYS, PlanSpec, week_days
from .published_programmes import PUBLISHED, ProgrammeName

CONF_PROGRAMME: Final = "programme"
CONF_NAME: Final = "name"
CONF_KIND: Final = "kind"
CONF_FIRST: Final = "first"
CONF_LAST: Final = "last"
CONF_WEEKS: Final = "weeks"
CONF_WEEKDAYS: Final = "weekdays"
CONF_START: Final = "start"
_DAY: Final = timedelta(days=1)


class ProgrammeState(StrEnum):
    """Where a program stands."""

    BEFORE = "before"
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Programme:
    """From `start` on, on these weekdays (Monday = 0), `weeks` weeks long.

    Each time `first` of a kind, growing to `last` in the last week.
    """

    name: ProgrammeName
    kind: GoalKind
    first: float
    last: float
    weeks: int
    weekdays: frozenset[int]
    start: date

    @property
    def times(self) -> int:
        """How often a week."""
        return len(self.weekdays)

    @property
    def spec(self) -> PlanSpec:
        """How it grows: the last week is one that has grown once less than there are weeks."""
        return PlanSpec(self.kind, self.first, self.last, max(1, self.weeks - 1))

    @property
    def arrives(self) -> bool:
        """Whether the last week can ask for `last` with no week growing by more than a quarter."""
        return self.first >= self.last or self._grown(self.weeks - 1) >= self.last

    def _grown(self, growths: int) -> float:
        value = self.first
        for done in range(growths):
            value = self.spec.grown(value, done)
        return value

    def goal(self, lived: Sequence[GoalDay]) -> Goal:
        """Give the goal of the day after those lived since the start."""
        whole_weeks = len(lived) // WEEK_DAYS
        weeks = [
            self._judge(week) for week in batched(lived[: whole_weeks * WEEK_DAYS], WEEK_DAYS, strict=False)
        ]
        growths = sum(week.done + week.made_up >= self._needed(week) for week in weeks[: self.weeks - 1])
        return Goal(self.kind, self._grown(growths))

    @staticmethod
    def _needed(week: Adherence) -> int:
        """So many times of a week let the next one grow: the same share as in plans."""
        return ceil(week.planned * DAYS_NEEDED / WEEK_DAYS)

    def is_over(self, lived: Sequence[GoalDay]) -> bool:
        """Say whether the last week is over."""
        return len(lived) >= self.weeks * WEEK_DAYS

    def is_planned(self, day: date, lived: Sequence[GoalDay]) -> bool:
        """Say whether the goal is asked for on a day that comes after those lived since the start."""
        if day < self.start or day.weekday() not in self.weekdays or self.is_over(lived):
            return False
        so_far = lived[len(lived) // WEEK_DAYS * WEEK_DAYS :]
        return sum(self.was_planned(each) for each in so_far) < self.times

    def was_planned(self, day: GoalDay) -> bool:
        """Say whether the goal was asked for on a day."""
        return day.status is DayStatus.ACTIVE and not day.stub and day.day.weekday() in self.weekdays

    def lived(self, days: Iterable[GoalDay], end: date | None = None) -> list[GoalDay]:
        """Give the days of the program that have come, before `end`, without those on which it was paused."""
        return week_days(days, self.start, end)[: self.weeks * WEEK_DAYS]

    def _judge(self, week: Iterable[GoalDay]) -> Adherence:
        asked: list[GoalDay] = []
        free: list[GoalDay] = []
        for day in week:
            (asked if self.was_planned(day) else free).append(day)
        done = sum(day.met for day in asked)
        missed = sum(day.settled and not day.met for day in asked)
        made_up = min(missed, sum(day.met for day in free))
        return Adherence(len(asked), done, missed - made_up, made_up)

    def by_week(self, days: Iterable[GoalDay]) -> list[Adherence]:
        """Judge each week that has begun."""
        return [self._judge(week) for week in batched(self.lived(days), WEEK_DAYS, strict=False)]

    def adherence(self, days: Iterable[GoalDay]) -> Adherence:
        """Judge what has come so far."""
        return sum(self.by_week(days), Adherence())


@dataclass(frozen=True, slots=True)
class Adherence:
    """Of the times planned so far: done, missed for good, made up for on a free day; the rest is open."""

    planned: int = 0
    done: int = 0
    missed: int = 0
    made_up: int = 0

    def __add__(self, other: Adherence) -> Adherence:
        """Add another week."""
        return Adherence(
            self.planned + other.planned,
            self.done + other.done,
            self.missed + other.missed,
            self.made_up + other.made_up,
        )

    def as_dict(self) -> dict[str, int | None]:
        """Tell it as plain data."""
        counted = {name: getattr(self, name) for name in ("planned", "done", "made_up", "missed")}
        return {**counted, "adherence_pct": self.pct}

    @property
    def pct(self) -> int | None:
        """How many of the times that are decided were done or made up for, in percent; None: none is."""
        kept = self.done + self.made_up
        return round(100 * kept / (kept + self.missed)) if kept + self.missed else None


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """Where a program stands on a day.

    `week` counts from 1; `end` is its last day, if it is not paused again (while it is, nobody knows: None).
    `next_day` is the next planned day after this one, None if there is none or it is paused.
    """

    programme: Programme
    state: ProgrammeState
    week: int
    this_week: Adherence
    adherence: Adherence
    paused_days: int
    next_day: date | None
    end: date | None
    is_settled: bool
    """Whether it is over and no steps may arrive any more for its days."""

    def as_dict(self) -> dict[str, Any]:
        """Tell it as plain data."""
        programme = self.programme
        return {
            "name": programme.name.value,
            "kind": programme.kind.value,
            "times_a_week": programme.times,
            "weekdays": [WEEKDAYS[day] for day in sorted(programme.weekdays)],
            "first": programme.first,
            "last": programme.last,
            "weeks": programme.weeks,
            "start": programme.start.isoformat(),
            "end": self.end and self.end.isoformat(),
            "state": self.state.value,
            "week": self.week,
            "next_day": self.next_day and self.next_day.isoformat(),
            "paused_days": self.paused_days,
            **self.adherence.as_dict(),
        }


def programme_view(
    programme: Programme, days: Sequence[GoalDay], today: date, *, paused: bool
) -> ProgrammeView:
    """Show a program on the day it is; `days` are all that have come, ascending, today's included."""
    lived, before = programme.lived(days), programme.lived(days, today)
    weeks = programme.by_week(days)
    is_over = programme.is_over(before)
    last = lived[-1].day if is_over else None
    ahead = [] if paused else list(_ahead(programme, days, today))
    state = ProgrammeState.OVER if is_over else ProgrammeState.RUNNING
    return ProgrammeView(
        programme=programme,
        state=ProgrammeState.BEFORE if today < programme.start else state,
        week=min(len(before) // WEEK_DAYS + 1, programme.weeks),
        this_week=weeks[-1] if weeks else Adherence(),
        adherence=sum(weeks, Adherence()),
        paused_days=sum(
            day.status is DayStatus.PAUSED and programme.start <= day.day <= (last or today) for day in days
        ),
        next_day=next((day.day for day in ahead if programme.was_planned(day)), None),
        end=last or (ahead[-1].day if ahead else today if not paused else None),
        is_settled=is_over and all(day.settled for day in lived),
    )


def planned_days(
    programme: Programme, days: Sequence[GoalDay], today: date, *, paused: bool
) -> list[tuple[date, Goal]]:
    """Give the planned days of a program with their goals, those that have come and those ahead, ascending.

    Goals ahead are those of today's week: what a later week asks for depends on how this one goes. While the
    program is paused nothing is planned ahead.
    """
    come = [(day.day, day.goal) for day in programme.lived(days) if programme.was_planned(day)]
    goal = programme.goal(programme.lived(days, today))
    ahead = () if paused else _ahead(programme, days, today)
    return come + [(day.day, goal) for day in ahead if programme.was_planned(day)]


def _ahead(programme: Programme, days: Iterable[GoalDay], today: date) -> Iterator[GoalDay]:
    """Give the days of the program after today, as they will be if it is not paused."""
    lived = programme.lived(days, today + _DAY)
    goal = Goal(programme.kind, programme.first)
    day = max(today + _DAY, programme.start)
    while not programme.is_over(lived):
        planned = programme.is_planned(day, lived)
        lived.append(GoalDay(day, goal, DayStatus.ACTIVE if planned else DayStatus.REST))
        yield lived[-1]
        day += _DAY


def read_programme(kept: Mapping[str, Any] | None) -> Programme | None:
    """Make a program of what the options hold; None: none was chosen."""
    if kept is None:
        return None
    name = ProgrammeName(kept[CONF_NAME])
    weekdays = frozenset(WEEKDAYS.index(day) for day in kept[CONF_WEEKDAYS])
    start = date.fromisoformat(kept[CONF_START])
    if study := PUBLISHED.get(name):
        dose = (GoalKind.MINUTES, study.minutes, study.minutes, study.weeks)
    else:
        dose = (GoalKind(kept[CONF_KIND]), kept[CONF_FIRST], kept[CONF_LAST], kept[CONF_WEEKS])
    return Programme(name, *dose, weekdays, start)
