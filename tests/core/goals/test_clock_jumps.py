"""Whatever the clock says, no day that was lived changes its goal or verdict, and nothing is told twice."""

from contextlib import suppress
from datetime import timedelta

import pytest

from custom_components.retrostep.core.goals import activity
from custom_components.retrostep.core.ledger.page import PageError
from tests.core.ledger.story import berlin

from .story import DAY, FIXED_100, MONDAY, Life

HOUR = timedelta(hours=1)
YEARS = 3_653 * DAY
FIXED_5 = {"plan": "fixed", "kind": "steps", "steps": 5}


def lived(days: int, section: dict[str, object] = FIXED_100) -> Life:
    """Give somebody who met the goal each day, and the house ran all the time."""
    ann = Life(dict(section))
    for _ in range(days):
        ann.live_day()
        ann.next_day()
    return ann


def known(ann: Life) -> dict[str, object]:
    """Give all that is known of goals, apart from what is kept for a clock that may be wrong."""
    kept = ann.goal_days.as_dict()
    return {
        "days": kept["days"],
        "plan": kept["progress"],
        "began": kept["began"],
        "streak": (ann.streak, ann.view.best, ann.view.days_met_this_week),
        "goal": ann.goal,
        "week": ann.view.plan_view and ann.view.plan_view.week,
        "told": [(str(each.kind), each.day) for each in ann.told],
    }


@pytest.mark.parametrize(
    "ahead", [YEARS, 3 * DAY, DAY / 24, -3 * DAY, -DAY / 24, -20 * DAY, -365 * DAY], ids=str
)
@pytest.mark.parametrize("section", [FIXED_5, {"plan": "gentle_start"}], ids=["fixed", "plan"])
def test_a_clock_that_is_wrong_for_a_while_changes_nothing(
    ahead: timedelta, section: dict[str, object]
) -> None:
    lives = [lived(5, section), lived(5, section)]
    for ann, wrong in zip(lives, (ahead, timedelta()), strict=True):
        ann.set_clock(wrong)
        for _ in range(4):
            ann.now += timedelta(minutes=5)
            ann.sync()
        ann.set_clock(-wrong)
        ann.sync()
    assert known(lives[0]) == known(lives[1])
    assert lives[0].streak == 5


@pytest.mark.parametrize("ahead", [YEARS, -3 * DAY, DAY / 24], ids=str)
def test_what_is_walked_meanwhile_is_of_its_true_day_and_told_once(ahead: timedelta) -> None:
    lives = [lived(5), lived(5)]
    for ann, wrong in zip(lives, (ahead, timedelta()), strict=True):
        ann.set_clock(wrong)
        ann.walk(100)
        ann.now += timedelta(minutes=5)
        ann.sync()
        ann.now += timedelta(minutes=5)
        ann.set_clock(-wrong)
        ann.sync()
        ann.restart()
        ann.next_day()
    first, second = (known(ann) for ann in lives)
    assert first.pop("told") is not None
    assert second.pop("told") is not None
    assert first == second
    assert first["streak"][0] == 6  # type: ignore[index]
    for ann in lives:
        kinds = ann.told_kinds()
        assert kinds.count("goal_reached") == kinds.count("streak_extended") == 6
        assert "streak_lost" not in kinds
        assert len([news for news in ann.session_news if news.ended]) == 6


@pytest.mark.parametrize("behind", [20_500 * DAY, 365 * DAY, 10 * DAY], ids=str)
def test_a_start_that_is_behind_leaves_past_days_their_goals(behind: timedelta) -> None:
    ann = lived(12, FIXED_5)
    before = known(ann)
    right = ann.now
    ann.change(steps=30)
    ann.now = right - behind
    ann.ahead = -behind
    ann.restart()
    assert (ann.streak, ann.view.best) == (12, 12), "also while it is wrong"
    assert ann.goal == (5 if behind == 10 * DAY else 30)
    for _ in range(3):
        ann.now += timedelta(minutes=5)
        with suppress(PageError):
            ann.sync()
    ann.restart()
    ann.set_clock(behind)
    after = known(ann)
    today = ann.today.isoformat()
    assert [day for day in after["days"] if day[0] != today] == [  # type: ignore[attr-defined]
        day
        for day in before["days"]  # type: ignore[attr-defined]
        if day[0] != today
    ]
    assert (ann.streak, ann.view.best, ann.goal) == (12, 12, 30)
    assert after["told"] == before["told"]


def test_a_plan_is_in_its_true_week_after_a_start_behind_and_one_ahead() -> None:
    ann = lived(12, {"plan": "gentle_start"})
    assert (ann.view.plan_view.week, ann.goal) == (2, 3.75)
    right = ann.now
    for ahead in (-365 * DAY, -10 * DAY, YEARS):
        ann.now, ann.ahead = right + ahead, ahead
        ann.restart()
        ann.set_clock(-ahead)
        assert ann.now == right
        assert (ann.view.plan_view.week, ann.goal, ann.streak) == (2, 3.75, 12)


def test_a_clock_that_was_ahead_until_a_restart_is_believed_again_after_a_day() -> None:
    ann = lived(12, {"plan": "gentle_start"})
    right = ann.now
    ann.now = right + 300 * DAY
    ann.restart()
    ann.now += timedelta(hours=3)
    ann.look()
    ann.now = right
    ann.restart()
    ann.live_day()
    for _ in range(2):
        ann.next_day(good=True)
    ann.next_day()
    assert ann.goal_days.days()[-1].day == ann.today
    assert ann.streak == 15
    assert (ann.view.plan_view.week, ann.goal) == (3, 4.5)
    assert ann.goal_days.day(ann.today + 30 * DAY) is None, "what has not come is not told"


def test_a_day_is_over_late_rather_than_wrongly_after_a_leap_of_days() -> None:
    ann = lived(5)
    ann.set_clock(3 * DAY)
    assert ann.streak == 5
    ann.now += DAY
    ann.look()
    assert ann.streak == 0, "the machine was paused: those days were missed"


def test_goals_changed_while_the_clock_is_behind_hold_when_it_is_right() -> None:
    ann = lived(5)
    ann.set_clock(-3 * DAY)
    ann.change(steps=300)
    assert ann.goal == 100, "that of the day it seems to be"
    ann.goal_days.restart()
    ann.set_clock(3 * DAY)
    assert (ann.goal, ann.streak) == (300, 5)
    assert [day.goal.value for day in ann.goal_days.days()] == [100] * 5 + [300]


def test_the_first_start_may_be_ahead_by_years() -> None:
    ann = Life(FIXED_100, now=berlin("2030-01-01 12:00"))
    ann.set_clock(MONDAY - ann.today)
    assert [day.day for day in ann.goal_days.days()] == [MONDAY]
    ann.live_day()
    assert ann.told_kinds() == ["half_goal", "goal_reached", "streak_extended"]


@pytest.mark.parametrize("ahead", [YEARS, HOUR, -3 * DAY], ids=str)
def test_what_was_told_by_the_first_clock_after_the_start_is_not_told_again(ahead: timedelta) -> None:
    ann = Life(FIXED_100, now=berlin("2026-03-02 12:00") + ahead, ahead=ahead)
    ann.walk(100)
    ann.sync()
    assert ann.told_kinds() == ["half_goal", "goal_reached", "streak_extended"]
    ann.now += timedelta(minutes=10)
    ann.set_clock(-ahead)
    ann.sync()
    assert (ann.today, ann.streak) == (MONDAY, 1)
    assert len(ann.told) == 3


def test_of_what_was_told_the_last_is_known_again_and_the_rest_is_told_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(activity, "MARKS_MAX", 2)
    ann = lived(2)
    ann.set_clock(YEARS)
    ann.walk(100)
    ann.sync()
    before = len(ann.told)
    ann.now += timedelta(minutes=10)
    ann.set_clock(-YEARS)
    ann.sync()
    assert [str(each.kind) for each in ann.told[before:]] == ["half_goal"]


def test_a_streak_that_was_told_lost_before_its_day_was_over_is_told_lost_once() -> None:
    ann = lived(5)
    ann.live_day()
    ann.set_clock(4 * DAY)
    ann.now += DAY + HOUR
    ann.look()
    assert (ann.streak, ann.told_kinds().count("streak_lost")) == (0, 1)
    ann.set_clock(-4 * DAY)
    assert ann.streak == 6
    for _ in range(2):
        ann.next_day(good=False)
    assert (ann.streak, ann.told_kinds().count("streak_lost")) == (0, 1)


@pytest.mark.parametrize("ahead", [YEARS, 3 * DAY, DAY / 24, -DAY / 24, -3 * DAY], ids=str)
@pytest.mark.parametrize("walked", [False, True])
def test_a_plan_begun_anew_while_the_clock_is_wrong_is_begun_anew(ahead: timedelta, *, walked: bool) -> None:
    lives = [lived(12, {"plan": "gentle_start"}) for _ in range(2)]
    for ann, wrong in zip(lives, (ahead, timedelta()), strict=True):
        if walked:
            ann.live_day()
        assert ann.view.plan_view.week == 2
        ann.set_clock(wrong)
        ann.goal_days.restart()
        ann.now += timedelta(minutes=5)
        ann.look()
        ann.set_clock(-wrong)
        ann.next_day()
        ann.live_day()
    assert known(lives[0]) == known(lives[1])
    assert (lives[0].view.plan_view.week, lives[0].goal) == (1, 3)


def test_another_plan_chosen_while_the_clock_is_behind_is_shown_and_begins_when_it_is_right() -> None:
    ann = lived(5)
    ann.set_clock(-20 * DAY)
    ann.change(plan="gentle_start")
    assert ann.goal == 3, "as the plan begins"
    assert ann.goal_days.progress is None
    ann.set_clock(20 * DAY)
    assert (ann.goal, ann.streak) == (3, 5)
    assert ann.goal_days.progress is not None
    assert ann.goal_days.progress.first == ann.today
