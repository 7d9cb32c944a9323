"""What is shown of the days and their goals, and why the goal is what it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import floor

from .goal import DayStatus, Goal, GoalDay, GoalKind
from .goal_days import GoalDays
from .growth import DAYS_NEEDED, WEEK_DAYS, week_days
from .plan import GoalSettings
from .plan_progress import PlanProgress, judge_week
from .programme import ProgrammeState, ProgrammeView


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the goal is what it is: the key of a text and what to put into it."""

    key: str
    placeholders: Mapping[str, Goal | date | int]
    text: str = ""
    """The same in the language of the house, once somebody has translated it."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """Where a growing plan stands.

    `week` counts from 1; `met` of `needed` days are met in it so far; `next_goal` is what holds after
    a week that was met (None at the target), from `next_day` at the earliest.
    """

    week: int
    start: float
    target: float
    weeks: int
    met: int
    needed: int
    next_goal: float | None
    next_day: date


@dataclass(frozen=True, slots=True)
class GoalView:
    """Today's goal, as entities and the card show it."""

    kind: GoalKind
    unit: str
    goal: float
    done: float
    progress_pct: int
    remaining: float
    met: bool
    paused: bool
    rest_day: bool
    settings: GoalSettings
    plan_view: PlanView | None
    programme: ProgrammeView | None
    explanation: Explanation
    streak: int
    best: int
    days_met_this_week: int


def goal_view(goal_days: GoalDays, settings: GoalSettings) -> GoalView:
    """Show today's goal."""
    today = goal_days.current
    goal, done = today.goal, today.done
    streaks = goal_days.streaks()
    plan_view = _plan_view(goal_days, settings, goal_days.progress) if goal_days.progress else None
    programme = goal_days.programme_view(settings)
    return GoalView(
        kind=goal.kind,
        unit=goal.unit,
        goal=goal.value,
        done=round(done, 2),
        progress_pct=max(floor(done * 100 / goal.value + 1e-6), 100 if today.met else 0),
        remaining=0 if today.met else round(max(goal.value - done, 0), 2),
        met=today.met,
        paused=today.status is DayStatus.PAUSED,
        rest_day=today.status is DayStatus.REST,
        settings=settings,
        plan_view=plan_view,
        programme=programme,
        explanation=_explanation(goal_days, settings, plan_view, programme),
        streak=streaks.current,
        best=streaks.best,
        days_met_this_week=streaks.days_met_this_week,
    )


def _plan_view(goal_days: GoalDays, settings: GoalSettings, progress: PlanProgress) -> PlanView:
    lived = week_days(goal_days.days(progress.first), progress.first)
    still_to_come = WEEK_DAYS - len(lived)
    today = goal_days.current.day
    spec = progress.spec
    next_goal = spec.grown(progress.value, progress.growths)
    return PlanView(
        week=progress.week,
        start=spec.start,
        target=spec.target,
        weeks=spec.weeks,
        met=judge_week(lived).met,
        needed=max(1, min(DAYS_NEEDED, WEEK_DAYS - len(settings.rest_days))),
        next_goal=next_goal if next_goal > progress.value else None,
        next_day=max(today, progress.first) + timedelta(days=1 + max(0, still_to_come)),
    )


def _explanation(
    goal_days: GoalDays, settings: GoalSettings, plan: PlanView | None, programme: ProgrammeView | None
) -> Explanation:
    """Say in one sentence why the goal is what it is."""
    today = goal_days.current
    goal = today.goal
    if today.status is DayStatus.PAUSED:
        return Explanation("paused", {})
    if programme is not None:
        return _explain_programme(programme, today)
    if (waiting := goal_days.changes_tomorrow(settings)) is not None:
        return Explanation("changes_tomorrow", {"goal": goal, "next": waiting})
    if today.status is DayStatus.REST:
        return Explanation("rest_day", {})
    if goal_days.progress is None or plan is None:
        return Explanation("fixed", {"goal": goal})
    return _explain_plan(goal_days.progress, plan, goal)


def _explain_programme(view: ProgrammeView, today: GoalDay) -> Explanation:
    if view.state is ProgrammeState.BEFORE:
        return Explanation("programme_before", {"day": view.programme.start})
    if view.state is ProgrammeState.OVER:
        done = view.adherence.done + view.adherence.made_up
        return Explanation("programme_over", {"done": done, "planned": view.adherence.planned})
    values: dict[str, Goal | date | int] = {"week": view.week, "weeks": view.programme.weeks}
    if today.status is DayStatus.ACTIVE:
        done = view.this_week.done + view.this_week.made_up
        values |= {"goal": today.goal, "done": done, "times": view.programme.times}
        return Explanation("programme_day", values)
    if view.next_day is None:
        return Explanation("programme_last_days", values)
    return Explanation("programme_free", values | {"day": view.next_day})


def _explain_plan(progress: PlanProgress, plan: PlanView, goal: Goal) -> Explanation:
    values: dict[str, Goal | date | int] = {"goal": goal, "week": plan.week}
    if plan.next_goal is None:
        return Explanation("plan_target", values)
    values |= {
        "met": plan.met,
        "needed": plan.needed,
        "next": replace(goal, value=plan.next_goal),
        "day": plan.next_day,
    }
    if plan.met >= plan.needed:
        return Explanation("plan_grows", values)
    if progress.last and not progress.last.grown:
        last = {"last_met": progress.last.result.met, "last_needed": progress.last.result.needed}
        return Explanation("plan_held", values | last)
    return Explanation("plan_waits", values)
