"""Days keep their goals, and streaks stand whatever the clocks, journeys and late steps do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from custom_components.retrostep.core.goals.streaks import Mark, count_streaks
from custom_components.retrostep.core.ledger.day_calendar import minute_start
from tests.core.ledger.story import NEW_YORK, berlin, minute

from .story import DAY, FIXED_100, MONDAY, Life


def test_a_streak_grows_with_each_day_and_ends_with_the_first_one_missed() -> None:
    ann = Life(FIXED_100)
    for number in range(3):
        ann.live_day()
        assert ann.streak == number + 1
        ann.next_day()
    assert ann.streak == 3
    ann.next_day()
    assert (ann.streak, ann.view.best) == (0, 3)


def test_a_day_that_is_not_over_breaks_nothing() -> None:
    ann = Life(FIXED_100)
    ann.live_day()
    ann.next_day()
    assert (ann.view.met, ann.streak) == (False, 1)


def test_days_met_this_week_begin_on_monday() -> None:
    ann = Life(FIXED_100)
    for _ in range(6):
        ann.live_day()
        ann.next_day()
    assert ann.view.days_met_this_week == 6
    ann.next_day()
    assert ann.view.days_met_this_week == 0


def test_steps_that_arrive_after_midnight_repair_the_streak() -> None:
    ann = Life(FIXED_100)
    ann.live_day()
    ann.next_day()
    ann.walk(100)
    ann.next_day()
    assert ann.streak == 0
    ann.sync()
    assert ann.streak == 2
    assert ann.goal_days.day(MONDAY + DAY).met  # type: ignore[union-attr]


def test_a_day_whose_steps_may_still_arrive_does_not_break_the_streak_yet() -> None:
    ann = Life(FIXED_100, settle=False)
    ann.live_day()
    ann.next_day()
    ann.next_day()
    assert ann.streak == 1
    ann.settle = True
    ann.look()
    assert ann.streak == 0


def test_paused_days_and_rest_days_neither_break_nor_count() -> None:
    ann = Life({**FIXED_100, "rest_days": ["wed"]})
    ann.live_day()
    ann.next_day(good=True)
    ann.next_day(good=True)
    assert ann.view.rest_day
    assert ann.streak == 2
    ann.next_day()
    ann.change(paused=True)
    ann.next_day()
    ann.next_day()
    assert ann.view.paused
    assert ann.streak == 2
    ann.change(paused=False)
    ann.live_day()
    assert ann.streak == 3


def test_the_night_the_clocks_change_breaks_nothing_in_spring_and_autumn() -> None:
    for first in ("2026-03-27 20:00", "2026-10-23 20:00"):
        ann = Life(FIXED_100, now=berlin(first))
        for _ in range(5):
            ann.live_day()
            ann.next_day()
        assert ann.streak == 5


def test_a_journey_to_new_york_and_back_breaks_nothing() -> None:
    ann = Life(FIXED_100)
    for zone in (NEW_YORK, ann.zone, NEW_YORK):
        ann.live_day()
        ann.ledger.set_zone(zone, time(0), ann.now)
        ann.next_day(good=True)
        ann.next_day()
    ann.live_day()
    assert ann.streak == len(ann.goal_days.days())


def test_a_moved_day_start_breaks_nothing() -> None:
    ann = Life(FIXED_100)
    ann.live_day()
    ann.ledger.set_zone(ann.zone, time(4), ann.now)
    ann.next_day(good=True)
    ann.next_day(good=True)
    assert ann.streak == 3


def days_met(ann: Life, days: int) -> None:
    for _ in range(days):
        ann.live_day()
        ann.next_day()


def test_a_day_that_a_journey_shortened_and_on_which_nobody_walked_is_not_missed() -> None:
    ann = Life(FIXED_100, zone=ZoneInfo("Pacific/Honolulu"), now=datetime(2026, 3, 2, 20, tzinfo=UTC))
    days_met(ann, 4)
    ann.live_day()
    ann.ledger.set_zone(ZoneInfo("Pacific/Auckland"), time(0), ann.now)
    ann.next_day()
    stub = ann.ledger.calendar.span_at(minute(ann.now))
    assert stub.end - stub.first == 60, "23 of the hours of that day were over there already"
    ann.next_day()
    days_met(ann, 3)
    assert (ann.streak, ann.view.best) == (8, 8)
    ann.restart()
    assert ann.streak == 8


def test_a_day_that_a_moved_day_start_shortened_is_judged_only_if_somebody_walked() -> None:
    ann = Life(FIXED_100, day_start=time(20))
    days_met(ann, 5)
    ann.ledger.set_zone(ann.zone, time(0), ann.now)
    ann.live_day()
    ann.next_day()
    stub = ann.today
    ann.next_day()
    days_met(ann, 2)
    assert ann.streak == 8
    walked_at = minute_start(ann.ledger.calendar.span_of(stub).first + 9)
    ann.walk(40, at=walked_at)
    ann.sync()
    assert ann.streak == 2, "it was walked on, and not enough"
    ann.walk(60, at=walked_at)
    ann.sync()
    assert ann.streak == 9


def test_a_day_of_23_hours_is_none_that_was_shortened() -> None:
    ann = Life(FIXED_100, now=berlin("2026-03-28 20:00"))
    days_met(ann, 1)
    assert ann.today == date(2026, 3, 29)
    ann.next_day()
    assert ann.streak == 0


def test_a_raised_goal_at_noon_holds_at_once_if_todays_is_not_reached() -> None:
    ann = Life(FIXED_100)
    ann.walk(60)
    ann.sync()
    ann.change(steps=200)
    assert (ann.goal, ann.view.progress_pct) == (200, 30)


def test_a_raised_goal_at_noon_holds_from_tomorrow_if_todays_is_reached() -> None:
    ann = Life(FIXED_100)
    ann.live_day()
    ann.change(steps=200)
    assert (ann.goal, ann.view.met, ann.streak) == (100, True, 1)
    assert ann.view.explanation.key == "changes_tomorrow"
    ann.next_day()
    assert ann.goal == 200


def test_a_changed_goal_never_rewrites_a_day_that_is_over() -> None:
    ann = Life(FIXED_100)
    ann.live_day()
    ann.next_day()
    ann.change(steps=50)
    ann.next_day()
    ann.change(kind="minutes", minutes=30)
    ann.restart()
    days = ann.goal_days.days(MONDAY, MONDAY + 2 * DAY)
    assert [(day.goal.kind.value, day.goal.value) for day in days] == [
        ("steps", 100),
        ("steps", 50),
        ("minutes", 30),
    ]
    assert [day.done for day in days] == [100, 0, 0]


def test_steps_taken_away_take_the_day_away() -> None:
    ann = Life(FIXED_100)
    ann.live_day()
    ann.ledger.remove_walk(ann.now - DAY / 24, ann.now, ann.now)
    ann.look()
    assert (ann.view.met, ann.streak) == (False, 0)


def test_a_goal_pressed_pause_on_after_it_was_reached_pauses_tomorrow() -> None:
    ann = Life(FIXED_100)
    ann.live_day()
    ann.change(paused=True)
    assert (ann.view.paused, ann.streak) == (False, 1)
    ann.next_day()
    assert (ann.view.paused, ann.streak) == (True, 1)


def test_days_nobody_looked_at_are_there_with_their_goals() -> None:
    ann = Life(FIXED_100)
    ann.live_day()
    ann.now += timedelta(days=4)
    ann.look()
    assert [day.goal.value for day in ann.goal_days.days()] == [100] * 5
    assert ann.streak == 0


def test_days_a_pod_remembers_from_before_the_walker_was_made_belong_to_the_streak() -> None:
    ann = Life(FIXED_100)
    for ago in (1, 2, 4):
        ann.walk(100, at=ann.now - ago * DAY)
    ann.sync()
    assert ann.streak == 2, "the third day before was missed"
    ann.live_day()
    assert (ann.streak, ann.view.best) == (3, 3)
    assert ann.goal_days.day(MONDAY - 3 * DAY) is None
    ann.restart()
    assert ann.streak == 3


def test_days_from_before_the_walker_was_made_are_no_news_and_grow_no_plan() -> None:
    ann = Life({"plan": "gentle_start"})
    for ago in range(1, 7):
        ann.walk(minutes=5, at=ann.now - ago * DAY)
    ann.sync()
    assert (ann.streak, ann.told) == (6, [])
    ann.live_day()
    assert ann.told_kinds() == ["half_goal", "goal_reached", "streak_extended"]
    assert ann.told[-1].data == {"streak": 7, "best": 7}
    ann.next_day()
    assert (ann.goal, ann.view.plan_view.week) == (3, 1)


def test_a_clock_that_began_decades_ago_costs_no_time_and_breaks_the_streak() -> None:
    ann = Life(FIXED_100, now=berlin("1998-01-01 12:00"))
    ann.at("2026-03-02 12:00")
    assert len(ann.goal_days.days()) < 500
    assert ann.streak == 0


def test_a_clock_that_was_wrong_for_a_while_leaves_nothing_behind() -> None:
    ann = Life({"plan": "gentle_start"})
    ann.live_day()
    right = ann.now
    ann.now += timedelta(days=300)
    ann.look()
    ann.now = right + DAY
    ann.look()
    assert ann.goal_days.days()[-1].day == MONDAY + DAY
    assert (ann.streak, ann.goal) == (1, 3)


def test_a_clock_that_was_ahead_at_the_first_start_keeps_nothing_from_being_told() -> None:
    ann = Life(FIXED_100, now=berlin("2030-01-01 12:00"))
    ann.now = berlin("2026-03-01 12:00")
    ann.restart()
    ann.at("2026-03-02 12:00")
    ann.live_day()
    assert ann.told_kinds() == ["half_goal", "goal_reached", "streak_extended"]


def test_progress_says_a_hundred_only_when_the_goal_is_reached() -> None:
    ann = Life({"plan": "fixed", "kind": "steps", "steps": 1000})
    ann.walk(998)
    ann.sync()
    assert (ann.view.progress_pct, ann.view.met, ann.view.remaining) == (99, False, 2)
    ann.walk(4)
    ann.sync()
    assert (ann.view.progress_pct, ann.view.met, ann.view.remaining) == (100, True, 0)


def test_the_best_streak_outlives_a_lost_one() -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(8)]
    marks = [Mark.MET, Mark.MET, Mark.MISSED, Mark.FREE, Mark.MISSED, Mark.MET, Mark.OPEN, Mark.OPEN]
    streaks = count_streaks(zip(days, marks, strict=True), days[-1])
    assert (streaks.current, streaks.best, streaks.breaks) == (1, 2, ((days[2], 2),))
