"""Plans grow after good weeks, hold after others, and never ask for too much at once."""

import pytest

from custom_components.retrostep.core.goals.goal import GoalKind
from custom_components.retrostep.core.goals.growth import PlanSpec
from custom_components.retrostep.core.goals.plan import CUSTOM_USUAL, PRESETS, Plan

from .story import DAY, MONDAY, Life

GENTLE = {"plan": "gentle_start"}


def test_a_gentle_start_lived_day_by_day_grows_every_good_week_until_twelve_minutes() -> None:
    ann = Life(GENTLE)
    goals = []
    for _ in range(9):
        goals.append(ann.goal)
        ann.week(good_days=5)
    # Six weeks would take more than a quarter more a week: the quarter wins, twelve come in the eighth.
    assert goals == [3, 3.75, 4.5, 5.5, 6.5, 8, 10, 12, 12]
    assert ann.view.explanation.key == "plan_target"


def test_a_six_week_plan_with_a_bad_an_ill_and_a_holiday_week() -> None:
    ann = Life(GENTLE)
    ann.week(good_days=7)
    assert ann.goal == 3.75
    ann.week(good_days=4)
    ann.restart()
    assert ann.goal == 3.75
    assert ann.view.explanation.key == "plan_held"
    ann.week(good_days=5)
    assert ann.goal == 4.5
    ann.change(paused=True)
    ann.week(good_days=0)
    assert ann.goal == 4.5
    assert ann.view.explanation.key == "paused"
    ann.change(paused=False)
    ann.week(good_days=6)
    assert ann.goal == 5.5
    assert ann.view.plan_view.week == 5


def test_a_week_is_judged_when_it_is_over_and_not_before() -> None:
    ann = Life(GENTLE)
    for _ in range(6):
        ann.live_day()
        ann.next_day()
    assert ann.goal == 3
    assert ann.view.explanation.key == "plan_grows"
    ann.next_day()
    assert ann.goal == 3.75


def test_a_good_week_that_is_known_late_lets_the_plan_grow_then() -> None:
    ann = Life(GENTLE)
    for _ in range(7):
        ann.walk(minutes=3)
        ann.next_day()
    assert ann.goal == 3
    ann.sync()
    assert ann.goal == 3.75
    assert [day.goal.value for day in ann.goal_days.days(last=ann.today - DAY)] == [3] * 7
    ann.sync()
    assert ann.goal == 3.75


def test_a_plan_that_is_paused_in_mid_week_goes_on_where_it_stopped() -> None:
    ann = Life(GENTLE)
    for _ in range(3):
        ann.live_day()
        ann.next_day()
    ann.change(paused=True)
    for _ in range(20):
        ann.next_day()
    ann.change(paused=False)
    for _ in range(3):
        ann.live_day()
        assert ann.goal == 3
        ann.next_day()
    ann.next_day()
    assert ann.goal == 3.75


def test_with_four_days_of_rest_three_good_days_are_a_good_week() -> None:
    ann = Life({**GENTLE, "rest_days": ["mon", "tue", "wed", "thu"]})
    assert ann.view.rest_day
    assert ann.view.plan_view.needed == 3
    for _ in range(4):
        ann.next_day()
    for _ in range(3):
        assert ann.goal == 3
        ann.live_day()
        ann.next_day()
    assert ann.goal == 3.75


def test_a_plan_begun_anew_begins_at_its_start() -> None:
    ann = Life(GENTLE)
    ann.week(good_days=5)
    ann.goal_days.restart()
    ann.look()
    assert (ann.goal, ann.view.plan_view.week) == (3, 1)
    assert ann.goal_days.day(MONDAY).goal.value == 3  # type: ignore[union-attr]


def test_a_plan_begun_anew_after_todays_goal_begins_tomorrow() -> None:
    ann = Life(GENTLE)
    ann.week(good_days=5)
    ann.live_day()
    ann.goal_days.restart()
    ann.look()
    assert (ann.goal, ann.view.met) == (3.75, True)
    ann.next_day()
    assert (ann.goal, ann.view.plan_view.week) == (3, 1)


def test_short_and_often_is_five_sessions_of_about_two_minutes() -> None:
    ann = Life({"plan": "short_and_often"})
    for _ in range(5):
        ann.walk(minutes=2)
        ann.walk(steps=20, at=ann.now.replace(minute=30))
        ann.now += DAY / 24
    ann.sync()
    assert (ann.goal, ann.view.done, ann.view.met) == (5, 5, True)


@pytest.mark.parametrize("spec", [*PRESETS.values(), *CUSTOM_USUAL.values()])
def test_no_plan_ever_grows_by_more_than_a_quarter_and_every_plan_arrives(spec: PlanSpec) -> None:
    value, growths = spec.start, 0
    while value < spec.target:
        grown = spec.grown(value, growths)
        assert value <= grown <= value * 1.25
        value, growths = grown, growths + 1
        assert growths < 20
    assert value == spec.target


@pytest.mark.parametrize("kind", GoalKind)
def test_no_plan_of_anybody_grows_by_more_than_a_quarter(kind: GoalKind) -> None:
    for start in (4, 5, 7, 10, 33, 50, 97):
        for weeks in (1, 3, 10, 52):
            spec = PlanSpec(kind, start, 120, weeks)
            value = spec.start
            for growths in range(80):
                grown = spec.grown(value, growths)
                assert value <= grown <= value * 1.25
                value = grown
            assert value == spec.target, spec


def test_a_plan_that_could_never_grow_is_known() -> None:
    assert not PlanSpec(GoalKind.SESSIONS, 3, 5, 4).grows
    assert PlanSpec(GoalKind.SESSIONS, 4, 5, 4).grows
    assert PRESETS[Plan.SHORT_AND_OFTEN].grows


def test_short_sessions_of_days_whose_minutes_are_gone_stay_counted() -> None:
    ann = Life({"plan": "short_and_often"})
    ann.walk(minutes=2)
    ann.sync()
    ann.now += 100 * DAY
    ann.walk(20)
    ann.sync()
    ann.restart()
    assert ann.goal_days.day(MONDAY).done == 1  # type: ignore[union-attr]
