"""Every day with the goal that held on it, and the plan the goals come from.

A day gets its goal when it is opened. Until today's goal is reached, a changed setting changes today's
goal at once; once it is reached and counts, today stays as it is and the change holds from tomorrow.
They begin with the day somebody first looked. Days right before it on which its goal was reached too, which
a pod may remember, belong to the streak; they change no plan and are no news.
Days that are over keep their goal for ever; steps that arrive late change only what was done on them.

The clock is a guess. While it is in doubt and says a day before the newest one known, that day is only
visited: no day changes, none is opened. Days ahead of a clock that is believed are neither counted nor shown.
What a clock that was ahead did is undone when it proves wrong.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile
from typing import Any, Protocol

from ..clock import CHECKPOINTS_MAX, Checkpoints, Clocked, Jump
from .goal import DayStatus, Goal, GoalDay
from .growth import WEEK_DAYS
from .plan import GoalSettings
from .plan_progress import PlanProgress
from .programme import ProgrammeView, programme_view
from .streaks import Mark, Streaks, count_streaks

_DAY = timedelta(days=1)
# Of a longer absence only the end is opened: a clock that was decades wrong shall not cost an hour.
_ABSENT_MAX = timedelta(days=400)


class Facts(Protocol):
    """What is known of the walker's days."""

    def exists(self, day: date) -> bool:
        """Say whether there is such a day; a journey may skip a date."""
        ...

    def is_stub(self, day: date) -> bool:
        """Say whether the calendar shortened a day and nobody walked on it."""
        ...

    def done(self, day: date, goal: Goal) -> float | None:
        """Give what was done for a goal on a day; None: that is not known any more."""
        ...


class GoalDays(Clocked):
    """Days, their goals and the plan of one walker."""

    _OF_THE_CLOCK = (
        "_segment",
        "_restarts",
        "_checkpoints",
        "_choices",
        "_settings",
        "_lived",
        "_done_before",
    )

    def __init__(self) -> None:
        """Start empty."""
        self.progress: PlanProgress | None = None
        self.began: date | None = None
        """The first day a goal was looked at on."""
        # Ascending: days are opened one after the other.
        self._days: dict[date, GoalDay] = {}
        self._streaks: Streaks | None = None
        self._today = date.min
        self._opened: date | None = None
        # The day a doubtful clock says, for as long as it says so.
        self._visited: GoalDay | None = None
        # The plan before days were opened for a week of absence and more: a clock may have leapt.
        self._before_leap: PlanProgress | None = None
        self._checkpoints = Checkpoints(self.as_dict())
        # In which segment of the clock, and in which of them the plan was begun anew.
        self._segment = 0
        self._restarts: list[int] = []
        # In which segment a person chose another goal that held at once, and for which day.
        self._choices: dict[int, date] = {}
        self._settings: GoalSettings | None = None
        # As the segment began: the newest day, and what was done on the day the clock said.
        self._lived: GoalDay | None = None
        self._done_before: tuple[date, float] | None = None
        self._reopened: date | None = None

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> GoalDays:
        """Read what `as_dict` wrote."""
        goal_days = cls()
        goal_days._read(kept)
        goal_days._checkpoints = Checkpoints(goal_days.as_dict())
        goal_days._lived = goal_days._days.get(goal_days._today)
        return goal_days

    def _read(self, kept: Mapping[str, Any]) -> None:
        """Take over what `as_dict` wrote."""
        leap = kept.get("before_leap")
        self.progress = PlanProgress.from_dict(kept["progress"]) if kept["progress"] else None
        self._before_leap = PlanProgress.from_dict(leap) if leap else None
        self.began = date.fromisoformat(kept["began"]) if kept.get("began") else None
        self._days = {}
        for text, goal, status, done, settled, *stub in kept["days"]:
            day = date.fromisoformat(text)
            self._days[day] = GoalDay(
                day, Goal.from_list(goal), DayStatus(status), done, settled, stub=bool(stub)
            )
        self._today = max(self._days, default=date.min)

    def as_dict(self) -> dict[str, Any]:
        """Write everything down."""
        return {
            "progress": self.progress.as_dict() if self.progress else None,
            "before_leap": self._before_leap.as_dict() if self._before_leap else None,
            "began": self.began and self.began.isoformat(),
            "days": [
                [
                    *(day.day.isoformat(), day.goal.as_list(), day.status.value, day.done, day.settled),
                    *([True] if day.stub else []),
                ]
                for day in self._days.values()
            ],
        }

    # -- what comes in ------------------------------------------------------------------------

    def update(
        self,
        settings: GoalSettings,
        today: date,
        facts: Facts,
        *,
        settled_before: date,
        since: date = date.min,
        in_doubt: bool = False,
    ) -> None:
        """Come to `today` and take over what was done from the day `since` on.

        Days before `settled_before` are settled. Days on which nobody looked are opened too.
        `in_doubt`: the clock has not run for long enough to be believed.
        """
        self._note_choice(settings, today, facts)
        if today == self._reopened:
            self._open(today, settings, facts)
        self._reopened = None
        came_from = self._today
        self._streaks, self._visited, self._today = None, None, today
        newest = max(self._days, default=date.min)
        if in_doubt and today < newest:
            kept = self._days.get(today) or GoalDay(
                today, self._goal_now(settings), self._status(today, settings)
            )
            self._visited = replace(kept, done=facts.done(today, kept.goal) or 0)
            return
        self._refresh(facts, today, settled_before, since)
        before = max((day for day in self._days if day <= today), default=today - _DAY)
        opened_from = max(before + _DAY, today - _ABSENT_MAX)
        if (today - opened_from).days >= WEEK_DAYS:
            self._before_leap = self.progress
        day = opened_from
        while day <= today:
            if facts.exists(day):
                self._open(day, settings, facts)
            day += _DAY
        if today < newest:
            self._days = dict(sorted(self._days.items()))
        self._refresh(facts, today, settled_before, opened_from)
        if self.progress:
            self.progress = self.progress.repair(self._days.values())
        if came_from < today < newest:
            # By a clock that was ahead, and nobody saw it come back, the day had been. Now it comes.
            self._open(today, settings, facts)
        # Else a day that was there before the clock came to it has its goal.
        if not self.current.counts and today in (newest, self._opened):
            self._open(today, settings, facts)
        self._begin_earlier(facts)

    def clock_jumped(self, jump: Jump, today: date) -> None:
        """Undo what a clock did that was wrong, now that it is `today`."""
        if back := self._checkpoints.back(jump, self.as_dict()):
            written, since = back
            self._undo(written, today)
            if any(segment >= since for segment in self._restarts):
                # What a person wished stands, whatever the clock said.
                self._begin_plan(today)
            if today in {day for segment, day in self._choices.items() if segment >= since}:
                self._reopened = today
        self._today = max(self._days, default=date.min)
        self._segment = jump.segment
        self._checkpoints.go_on(jump, self.as_dict())
        self._choices = dict(list(self._choices.items())[-CHECKPOINTS_MAX:])
        self._lived, self._done_before = self._days.get(self._today), None

    def _note_choice(self, settings: GoalSettings, today: date, facts: Facts) -> None:
        """Remember that another goal was chosen before that of the newest day was reached.

        The clock may prove wrong: what was done since it began to say what it says was done on that day.
        """
        before, self._settings = self._settings, settings
        if (lived := self._lived) is None:
            return
        done = facts.done(today, lived.goal) or 0
        day, done_before = self._done_before = self._done_before or (today, done)
        is_reached = lived.done + done - done_before >= lived.goal.value
        if before not in (None, settings) and today == day and not is_reached:
            self._choices[self._segment] = lived.day

    def _undo(self, written: Mapping[str, Any], today: date) -> None:
        """Go back to what was written; days opened since then stay if they have come."""
        lived, progress, began = self._days, self.progress, self.began
        self._read(written)
        newest = max(self._days, default=date.min)
        opened = {day: replace(kept, settled=False) for day, kept in lived.items() if newest < day <= today}
        # A week of the plan that begins on a day ahead has not begun.
        if opened and (progress is None or progress.first <= today):
            self.progress = progress
        self.began = self.began or began
        self._days = dict(sorted({**self._days, **opened}.items()))
        self._streaks = None

    def _begin_earlier(self, facts: Facts) -> None:
        """Take in the days right before the first one on which its goal was reached."""
        first = next(iter(self._days.values()))
        if self.began is None or self.began > self.current.day:
            self.began = first.day
        earlier: dict[date, GoalDay] = {}
        day = first.day - _DAY
        while (done := facts.done(day, first.goal)) is not None and first.goal.is_met_by(done):
            earlier[day] = GoalDay(day, first.goal, DayStatus.ACTIVE, done, settled=True)
            day -= _DAY
        if earlier:
            self._days = {kept: earlier[kept] for kept in sorted(earlier)} | self._days

    def update_today(self, facts: Facts) -> None:
        """Take over what was done today only."""
        if self._visited:
            done = facts.done(self._today, self._visited.goal) or 0
            self._visited = replace(self._visited, done=done)
            return
        before = mark_of(self.current)
        self._take_done(self.current, facts, is_today=True)
        if mark_of(self.current) is not before:
            self._streaks = None

    def restart(self) -> None:
        """Begin the plan anew: today, or tomorrow if today's goal is reached."""
        self._restarts = [*self._restarts[-CHECKPOINTS_MAX:], self._segment]
        self._begin_plan(max(self._days) if self._visited else self.current.day)

    def _begin_plan(self, today: date) -> None:
        if self.progress:
            kept = self._days.get(today)
            self.progress = PlanProgress.begin(
                self.progress.spec, today + _DAY if kept and kept.counts else today
            )

    def _open(self, day: date, settings: GoalSettings, facts: Facts) -> None:
        """Give a day its goal."""
        opened = GoalDay(day, self._goal_on(day, settings), self._status(day, settings))
        self._opened = day
        self._days[day] = opened
        self._take_done(opened, facts, is_today=True)

    def _goal_on(self, day: date, settings: GoalSettings) -> Goal:
        if settings.spec is None:
            self.progress = None
            return self._goal_without_plan(day, settings)
        if self.progress is None or self.progress.spec != settings.spec:
            self.progress = PlanProgress.begin(settings.spec, day)
        elif day < self.progress.first and (leap := self._before_leap) and leap.spec == settings.spec:
            # The clock had leapt weeks ahead, and nobody saw it come back.
            self.progress = leap.reach(day, self._days.values())
        else:
            self.progress = self.progress.reach(day, self._days.values())
        return self.progress.goal

    def _goal_now(self, settings: GoalSettings) -> Goal:
        """Give the goal for a day that is only visited: the plan stays where it is."""
        if settings.spec is None:
            return self._goal_without_plan(self._today, settings)
        if self.progress is None or self.progress.spec != settings.spec:
            return PlanProgress.begin(settings.spec, self._today).goal
        return self.progress.goal

    def _goal_without_plan(self, day: date, settings: GoalSettings) -> Goal:
        if (programme := settings.programme) is None:
            return settings.fixed
        return programme.goal(programme.lived(self._days.values(), day))

    def _status(self, day: date, settings: GoalSettings) -> DayStatus:
        """Say whether a day that is opened asks for its goal."""
        if settings.paused:
            return DayStatus.PAUSED
        if (programme := settings.programme) is not None:
            lived = programme.lived(self._days.values(), day)
            return DayStatus.ACTIVE if programme.is_planned(day, lived) else DayStatus.REST
        return DayStatus.REST if day.weekday() in settings.rest_days else DayStatus.ACTIVE

    def _refresh(self, facts: Facts, today: date, settled_before: date, since: date) -> None:
        for day, kept in list(self._days.items()):
            if day <= today and (day >= since or not kept.settled):
                self._take_done(kept, facts, is_today=day == today, settled=day < settled_before)

    def _take_done(
        self, kept: GoalDay, facts: Facts, *, is_today: bool = False, settled: bool = False
    ) -> None:
        done = facts.done(kept.day, kept.goal)
        if done is None:
            done = kept.done
        settled = (settled or kept.settled) and not is_today
        if not is_today and not settled:
            # What was seen live in the last minute of the day arrives as a row a little later.
            done = max(done, kept.done)
        self._days[kept.day] = replace(kept, done=done, settled=settled, stub=facts.is_stub(kept.day))

    # -- what is known ------------------------------------------------------------------------

    @property
    def current(self) -> GoalDay:
        """The day it is."""
        return self._visited or self._days[self._today]

    @property
    def is_visiting(self) -> bool:
        """Whether the day it is lies before days that were lived, by a clock that is in doubt."""
        return self._visited is not None

    def day(self, day: date) -> GoalDay | None:
        """Give a day; None if it had no goal or has not come."""
        return self._days.get(day) if day <= self._today else None

    def days(self, first: date = date.min, last: date = date.max) -> list[GoalDay]:
        """Give the days with a goal that have come, ascending, both ends included."""
        # Mostly the last days are asked for, and there may be years of them.
        last = min(last, self._today)
        wanted = takewhile(lambda kept: kept.day >= first, reversed(self._days.values()))
        return [kept for kept in wanted if kept.day <= last][::-1]

    def unsettled(self, today: date) -> list[GoalDay]:
        """Give the days before `today` for which steps may still arrive, ascending."""
        # Days settle in their order.
        waiting = takewhile(lambda kept: not kept.settled or kept.day >= today, reversed(self._days.values()))
        return [kept for kept in waiting if kept.day < today][::-1]

    def changes_tomorrow(self, settings: GoalSettings) -> Goal | None:
        """Give the fixed goal that waits for tomorrow because today's is reached; None if none does."""
        today = self.current
        if settings.spec is None and today.counts and settings.fixed != today.goal:
            return settings.fixed
        return None

    def programme_view(self, settings: GoalSettings) -> ProgrammeView | None:
        """Show where the program stands; None: the goals come from something else."""
        if (programme := settings.programme) is None:
            return None
        return programme_view(programme, self.days(programme.start), self.current.day, paused=settings.paused)

    def streaks(self) -> Streaks:
        """Count the streaks."""
        if self._streaks is None:
            # While the clock is in doubt all days stand that were lived.
            days = self._days.values() if self._visited else self.days()
            marks = ((day.day, mark_of(day)) for day in days)
            self._streaks = count_streaks(marks, self.current.day)
        return self._streaks


def mark_of(day: GoalDay) -> Mark:
    """Say what a day does to a streak."""
    if not day.asks:
        return Mark.FREE
    if day.met:
        return Mark.MET
    return Mark.MISSED if day.settled else Mark.OPEN
