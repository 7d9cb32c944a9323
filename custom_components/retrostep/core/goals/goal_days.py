"""Every day with the goal that held on it, and the plan the goals come from.

A day gets its goal when it is opened. Until today's goal is reached, a changed setting changes today's
goal at once; once it is reached and counts, today stays as it is and the change holds from tomorrow.
They begin with the day somebody first looked. Days right before it on which its goal was reached too, which
a pod may remember, belong to the streak; they change no plan and are no news.
Days that are over keep their goal for ever; steps that arrive late change only what was done on them.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile
from typing import Any, Protocol

from .goal import DayStatus, Goal, GoalDay
from .plan import GoalSettings
from .plan_progress import PlanProgress
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


class GoalDays:
    """Days, their goals and the plan of one walker."""

    def __init__(self) -> None:
        """Start empty."""
        self.progress: PlanProgress | None = None
        self.began: date | None = None
        """The first day a goal was looked at on."""
        # Ascending: days are opened one after the other.
        self._days: dict[date, GoalDay] = {}
        self._streaks: Streaks | None = None

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> GoalDays:
        """Read what `as_dict` wrote."""
        goal_days = cls()
        goal_days.progress = PlanProgress.from_dict(kept["progress"]) if kept["progress"] else None
        goal_days.began = date.fromisoformat(kept["began"]) if kept.get("began") else None
        for text, goal, status, done, settled, *stub in kept["days"]:
            day = date.fromisoformat(text)
            goal_days._days[day] = GoalDay(
                day, Goal.from_list(goal), DayStatus(status), done, settled, stub=bool(stub)
            )
        return goal_days

    def as_dict(self) -> dict[str, Any]:
        """Write everything down."""
        return {
            "progress": self.progress.as_dict() if self.progress else None,
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
    ) -> None:
        """Come to `today` and take over what was done from the day `since` on.

        Days before `settled_before` are settled. Days on which nobody looked are opened too.
        """
        self._streaks = None
        self._days = {day: kept for day, kept in self._days.items() if day <= today}
        self._refresh(facts, today, settled_before, since)
        opened_from = max(max(self._days, default=today - _DAY) + _DAY, today - _ABSENT_MAX)
        day = opened_from
        while day <= today:
            if facts.exists(day):
                self._open(day, settings, facts)
            day += _DAY
        self._refresh(facts, today, settled_before, opened_from)
        if self.progress:
            self.progress = self.progress.repair(self._days.values())
        if not self.current.counts:
            self._open(today, settings, facts)
        self._begin_earlier(facts)

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
        before = mark_of(self.current)
        self._take_done(self.current, facts, is_today=True)
        if mark_of(self.current) is not before:
            self._streaks = None

    def restart(self) -> None:
        """Begin the plan anew: today, or tomorrow if today's goal is reached."""
        if self.progress:
            today = self.current
            self.progress = PlanProgress.begin(
                self.progress.spec, today.day + _DAY if today.counts else today.day
            )

    def _open(self, day: date, settings: GoalSettings, facts: Facts) -> None:
        """Give a day its goal."""
        if settings.paused:
            status = DayStatus.PAUSED
        elif day.weekday() in settings.rest_days:
            status = DayStatus.REST
        else:
            status = DayStatus.ACTIVE
        opened = GoalDay(day, self._goal_on(day, settings), status)
        self._days[day] = opened
        self._take_done(opened, facts, is_today=True)

    def _goal_on(self, day: date, settings: GoalSettings) -> Goal:
        if settings.spec is None:
            self.progress = None
            return settings.fixed
        if self.progress is None or self.progress.spec != settings.spec:
            self.progress = PlanProgress.begin(settings.spec, day)
        else:
            self.progress = self.progress.reach(day, self._days.values())
        return self.progress.goal

    def _refresh(self, facts: Facts, today: date, settled_before: date, since: date) -> None:
        for day, kept in list(self._days.items()):
            if day >= since or not kept.settled:
                self._take_done(kept, facts, is_today=day == today, settled=day < settled_before)

    def _take_done(
        self, kept: GoalDay, facts: Facts, *, is_today: bool = False, settled: bool = False
    ) -> None:
        done = facts.done(kept.day, kept.goal)
        if done is None:
            done = kept.done
        settled = settled or kept.settled
        if not is_today and not settled:
            # What was seen live in the last minute of the day arrives as a row a little later.
            done = max(done, kept.done)
        self._days[kept.day] = replace(kept, done=done, settled=settled, stub=facts.is_stub(kept.day))

    # -- what is known ------------------------------------------------------------------------

    @property
    def current(self) -> GoalDay:
        """The day that was opened last."""
        return next(reversed(self._days.values()))

    def day(self, day: date) -> GoalDay | None:
        """Give a day; None if it had no goal."""
        return self._days.get(day)

    def days(self, first: date = date.min, last: date = date.max) -> list[GoalDay]:
        """Give the days with a goal, ascending, both ends included."""
        # Mostly the last days are asked for, and there may be years of them.
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

    def streaks(self) -> Streaks:
        """Count the streaks."""
        if self._streaks is None:
            marks = ((day.day, mark_of(day)) for day in self._days.values())
            self._streaks = count_streaks(marks, self.current.day)
        return self._streaks


def mark_of(day: GoalDay) -> Mark:
    """Say what a day does to a streak."""
    if day.status is not DayStatus.ACTIVE or day.stub:
        return Mark.FREE
    if day.met:
        return Mark.MET
    return Mark.MISSED if day.settled else Mark.OPEN
