"""Weeks of a plan: when one is over, whether it was good, and what late steps or a wrong clock change."""

from datetime import date, timedelta

import pytest

from custom_components.retrostep.core.goals.goal import DayStatus, Goal, GoalDay, GoalKind
from custom_components.retrostep.core.goals.growth import PlanSpec, week_days
from custom_components.retrostep.core.goals.plan_progress import (
    LastWeek,
    PlanProgress,
    WeekResult,
    judge_week,
)
from tests.core.ledger.story import berlin

from .story import DAY, MONDAY, Life

SPEC = PlanSpec(GoalKind.MINUTES, 3, 12, 6)
GENTLE = {"plan": "gentle_start"}


def days(marks: str, first: date = MONDAY) -> list[GoalDay]:
    """Give days in a row: "+" met, "-" not met, "r" a rest day, "p" a paused one."""
    status = {"r": DayStatus.REST, "p": DayStatus.PAUSED}
    return [
        GoalDay(
            first + n * DAY, Goal(GoalKind.MINUTES, 3), status.get(mark, DayStatus.ACTIVE), 3 * (mark == "+")
        )
        for n, mark in enumerate(marks)
    ]


def test_five_days_or_all_but_the_rest_days_make_a_week_good() -> None:
    results = [judge_week(days(week)) for week in ("+++++--", "++++---", "+++rrrr", "++-rrrr", "rrrrrrr")]
    assert [(result.met, result.needed, result.good) for result in results] == [
        (5, 5, True),
        (4, 5, False),
        (3, 3, True),
        (2, 3, False),
        (0, 1, False),
    ]


def test_a_rest_day_on_which_one_walked_counts_for_nothing() -> None:
    walked = [GoalDay(MONDAY, Goal(GoalKind.MINUTES, 3), DayStatus.REST, 9)]
    assert judge_week([*walked, *days("++++++", first=MONDAY + DAY)]).met == 6


def test_a_week_is_its_days_but_the_paused_ones() -> None:
    lived = days("+-p+r-+")
    assert [day.day.day for day in week_days(lived, MONDAY)] == [2, 3, 5, 6, 7, 8]
    assert [day.day.day for day in week_days(lived, MONDAY + DAY, MONDAY + 4 * DAY)] == [3, 5]


def test_the_next_week_begins_when_seven_days_were_lived() -> None:
    run = PlanProgress.begin(SPEC, MONDAY)
    assert (run.week, run.value, run.goal, run.last) == (1, 3, Goal(GoalKind.MINUTES, 3), None)
    assert run.reach(MONDAY + 6 * DAY, days("++++++")) == run
    after = run.reach(MONDAY + 7 * DAY, days("+++++--"))
    assert (after.week, after.first, after.value, after.growths) == (2, MONDAY + 7 * DAY, 3.75, 1)
    assert after.last == LastWeek(MONDAY, MONDAY + 7 * DAY, WeekResult(5, 5), grown=True)
    held = run.reach(MONDAY + 7 * DAY, days("++++---"))
    assert (held.week, held.value, held.growths) == (2, 3, 0)
    assert held.last == LastWeek(MONDAY, MONDAY + 7 * DAY, WeekResult(4, 5), grown=False)


def test_a_day_before_the_week_means_the_clock_was_wrong_and_the_week_begins_with_it() -> None:
    run = PlanProgress(
        SPEC, 3.75, MONDAY, 2, 1, LastWeek(MONDAY - 7 * DAY, MONDAY, WeekResult(2, 5), grown=False)
    )
    assert run.reach(MONDAY, []) == run, "the first day of the week is none before it"
    back = run.reach(MONDAY - 300 * DAY, [])
    assert (back.first, back.last) == (MONDAY - 300 * DAY, None)
    assert (back.week, back.value, back.growths) == (2, 3.75, 1), "what was reached stays"


def test_a_plan_begun_by_a_clock_that_was_years_ahead_goes_on_when_it_is_right() -> None:
    ann = Life(GENTLE, now=berlin("2030-01-01 12:00"))
    ann.week(good_days=0)
    assert ann.view.explanation.key == "plan_held"
    ann.now = berlin("2026-03-01 12:00")
    ann.restart()
    ann.at("2026-03-02 12:00")
    assert ann.view.explanation.key == "plan_waits", "no week was held"
    assert ann.view.plan_view.next_day == date(2026, 3, 9)
    ann.week(good_days=5)
    assert ann.goal == 3.75


def test_late_steps_let_a_plan_grow_once() -> None:
    late = days("+++++--")
    run = PlanProgress.begin(SPEC, MONDAY).reach(MONDAY + 7 * DAY, days("++++---"))
    grown = run.repair(late)
    assert (grown.value, grown.growths, grown.week) == (3.75, 1, 2)
    assert grown.last == LastWeek(MONDAY, MONDAY + 7 * DAY, WeekResult(5, 5), grown=True)
    assert grown.repair(days("+++++++")) is grown
    assert run.repair(days("++++---")) is run


def test_late_steps_that_are_too_few_are_noted() -> None:
    run = PlanProgress.begin(SPEC, MONDAY).reach(MONDAY + 7 * DAY, days("++-----"))
    after = run.repair(days("++++---"))
    assert (after.value, after.growths) == (3, 0)
    assert after.last == LastWeek(MONDAY, MONDAY + 7 * DAY, WeekResult(4, 5), grown=False)


def test_late_steps_of_another_week_change_nothing() -> None:
    run = PlanProgress.begin(SPEC, MONDAY).reach(MONDAY + 7 * DAY, days("++++---"))
    this_week = days("+++", first=MONDAY + 7 * DAY)
    assert run.repair([*days("++++---"), *this_week]) is run
    assert PlanProgress.begin(SPEC, MONDAY).repair(days("+++++++")).growths == 0, "there was no week before"


@pytest.mark.parametrize("lived", ["", "+++++--", "-------"])
def test_a_plan_is_written_down_and_read_again(lived: str) -> None:
    run = PlanProgress.begin(SPEC, MONDAY)
    if lived:
        run = run.reach(MONDAY + 7 * DAY, days(lived))
    assert PlanProgress.from_dict(run.as_dict()) == run


# A day that has just ended


def test_a_day_that_just_ended_keeps_what_was_seen_live_until_its_rows_come() -> None:
    ann = Life({"plan": "fixed", "kind": "steps", "steps": 100}, now=berlin("2026-03-02 23:58"), settle=False)
    ann.live_steps(55)
    assert (ann.goal_days.current.done, ann.streak) == (110, 1)
    ann.at("2026-03-03 00:01")
    ann.look()
    monday = ann.goal_days.day(MONDAY)
    assert monday
    assert (monday.done, monday.settled, ann.streak) == (110, False, 1)


def test_when_nothing_more_is_waited_for_only_rows_count() -> None:
    ann = Life({"plan": "fixed", "kind": "steps", "steps": 100}, now=berlin("2026-03-02 23:58"), settle=False)
    ann.live_steps(55)
    ann.settle = True
    ann.at("2026-03-03 06:00")
    monday = ann.goal_days.day(MONDAY)
    assert monday
    assert (monday.done, monday.settled, ann.streak) == (0, True, 0)


def test_steps_taken_away_today_are_gone_although_they_were_there() -> None:
    ann = Life({"plan": "fixed", "kind": "steps", "steps": 100}, settle=False)
    ann.walk(40)
    ann.sync()
    ann.ledger.remove_walk(ann.now - timedelta(hours=1), ann.now, ann.now)
    ann.look()
    assert ann.goal_days.current.done == 0
