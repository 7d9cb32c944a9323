"""What is shown of today's goal and why it is what it is, and what of a day is told."""

from datetime import date, timedelta
from typing import Any

import pytest

from custom_components.retrostep.core.goals.activity import Activity, ActivityKind, DaySteps, Journal
from custom_components.retrostep.core.goals.facts import LedgerFacts
from custom_components.retrostep.core.goals.goal import DayStatus, Goal, GoalDay, GoalKind
from custom_components.retrostep.core.goals.goal_days import GoalDays, mark_of
from custom_components.retrostep.core.goals.plan import read_settings
from custom_components.retrostep.core.goals.streaks import Mark, count_streaks
from custom_components.retrostep.core.goals.view import GoalView, goal_view
from tests.core.ledger.story import berlin

from .story import DAY, FIXED_100, MONDAY, Life

GENTLE = {"plan": "gentle_start"}


class Told:
    """Facts about days, as a test wants them; a day not named is one nothing was done on."""

    def __init__(self, **done: float | None) -> None:
        self.by_day = {date(2026, 3, int(name[1:])): value for name, value in done.items()}
        self.missing: set[date] = set()
        self.known_from = date(2026, 2, 1)

    def exists(self, day: date) -> bool:
        """Say whether there is such a day."""
        return day not in self.missing

    def is_stub(self, day: date) -> bool:
        """Say that no calendar shortened a day."""
        assert day
        return False

    def done(self, day: date, goal: Goal) -> float | None:
        """Give what was done, of whatever is asked for."""
        assert goal
        return self.by_day.get(day, 0) if day >= self.known_from else None


def days_until(today: date, facts: Told, section: dict[str, Any], days: GoalDays | None = None) -> GoalDays:
    days = days or GoalDays()
    days.update(read_settings(section), today, facts, settled_before=today)
    return days


def shown(done: float, section: dict[str, Any]) -> GoalView:
    days = days_until(MONDAY, Told(d2=done), section)
    return goal_view(days, read_settings(section))


# Progress


def test_progress_is_rounded_down_and_a_hundred_is_reached() -> None:
    fixed = {"plan": "fixed", "kind": "metres", "metres": 100}
    views = [shown(done, fixed) for done in (0, 33.38, 99.99, 100, 250)]
    assert [view.progress_pct for view in views] == [0, 33, 99, 100, 250]
    assert [view.remaining for view in views] == [100, pytest.approx(66.62), pytest.approx(0.01), 0, 0]
    assert [view.met for view in views] == [False, False, False, True, True]
    assert (views[1].kind, views[1].unit, views[1].goal, views[1].done) == (GoalKind.METRES, "m", 100, 33.38)
    assert (views[1].plan_view, views[1].paused, views[1].rest_day) == (None, False, False)


# Why


def why(section: dict[str, Any], *done: float) -> tuple[str, dict[str, Any]]:
    """Give the reason after days on which so much was done, the last of them today."""
    facts, days = Told(**{f"d{2 + number}": value for number, value in enumerate(done)}), GoalDays()
    for number in range(len(done)):
        days_until(MONDAY + number * DAY, facts, section, days)
    explanation = goal_view(days, read_settings(section)).explanation
    return explanation.key, dict(explanation.placeholders)


def test_a_fixed_goal_a_rest_day_and_a_pause_say_so() -> None:
    assert why(FIXED_100, 0) == ("fixed", {"goal": Goal(GoalKind.STEPS, 100)})
    assert why({**FIXED_100, "rest_days": ["mon"]}, 0) == ("rest_day", {})
    assert why({**FIXED_100, "rest_days": ["mon"], "paused": True}, 0) == ("paused", {})


def test_a_plan_says_in_which_week_it_is_what_is_needed_and_what_comes_when() -> None:
    key, said = why(GENTLE, 3, 0, 3)
    assert key == "plan_waits"
    assert said == {
        "goal": Goal(GoalKind.MINUTES, 3),
        "week": 1,
        "met": 2,
        "needed": 5,
        "next": Goal(GoalKind.MINUTES, 3.75),
        "day": MONDAY + 7 * DAY,
    }
    assert why(GENTLE, 3, 3, 3, 3, 3)[0] == "plan_grows"
    assert why(GENTLE, 3, 3, 3, 3, 0)[0] == "plan_waits"


def test_a_plan_that_was_held_says_what_was_missing() -> None:
    key, said = why(GENTLE, 3, 3, 3, 3, 0, 0, 0, 0)
    assert (key, said["week"], said["last_met"], said["last_needed"]) == ("plan_held", 2, 4, 5)
    assert (said["met"], said["day"]) == (0, MONDAY + 14 * DAY)
    key, said = why(GENTLE, 3, 3, 3, 3, 3, 0, 0, 0)
    assert (key, "last_met" in said, said["goal"].value) == ("plan_waits", False, 3.75)


def test_at_its_target_a_plan_says_only_that() -> None:
    key, said = why({"plan": "short_and_often"}, 0)
    assert (key, said) == ("plan_target", {"goal": Goal(GoalKind.SESSIONS, 5, 90), "week": 1})


def test_a_changed_goal_waits_for_tomorrow_once_todays_counts() -> None:
    days = days_until(MONDAY, Told(d2=100), FIXED_100)
    other = {**FIXED_100, "steps": 300}
    explanation = goal_view(days, read_settings(other)).explanation
    assert explanation.key == "changes_tomorrow"
    assert explanation.placeholders == {"goal": Goal(GoalKind.STEPS, 100), "next": Goal(GoalKind.STEPS, 300)}
    assert days.changes_tomorrow(read_settings(FIXED_100)) is None
    assert days.changes_tomorrow(read_settings(GENTLE)) is None
    unmet = days_until(MONDAY, Told(d2=99), FIXED_100)
    assert unmet.changes_tomorrow(read_settings(other)) is None


def test_where_a_plan_stands_is_shown() -> None:
    section = {**GENTLE, "rest_days": ["sat", "sun", "fri"]}
    days = GoalDays()
    for number in range(3):
        days_until(MONDAY + number * DAY, Told(d2=3, d4=3), section, days)
    plan = goal_view(days, read_settings(section)).plan_view
    assert plan
    assert (plan.week, plan.start, plan.target, plan.weeks) == (1, 3, 12, 6)
    assert (plan.met, plan.needed, plan.next_goal, plan.next_day) == (2, 4, 3.75, MONDAY + 7 * DAY)
    resting = {**GENTLE, "rest_days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}
    never = goal_view(days_until(MONDAY, Told(), resting), read_settings(resting)).plan_view
    assert never
    assert never.needed == 1


def test_a_plan_that_begins_tomorrow_lasts_a_week_from_then() -> None:
    days = days_until(MONDAY, Told(d2=3), GENTLE)
    days.restart()
    plan = goal_view(days, read_settings(GENTLE)).plan_view
    assert plan
    assert plan.next_day == MONDAY + 9 * DAY, "eight days from tomorrow, as today has its goal"


# Days


def test_a_date_that_a_journey_skipped_is_no_day_of_goals() -> None:
    facts, days = Told(d2=100, d4=100), GoalDays()
    facts.missing = {MONDAY + DAY}
    days_until(MONDAY, facts, FIXED_100, days)
    days_until(MONDAY + 2 * DAY, facts, FIXED_100, days)
    assert [day.day.day for day in days.days()] == [2, 4]
    assert days.streaks().current == 2


def test_of_a_long_absence_the_last_four_hundred_days_are_opened() -> None:
    days = days_until(MONDAY, Told(), FIXED_100)
    days_until(MONDAY + 2_000 * DAY, Told(), FIXED_100, days)
    assert len(days.days()) == 402
    assert days.days()[1].day == MONDAY + 1_600 * DAY


def test_days_of_before_the_first_look_stand_in_their_order() -> None:
    days = days_until(MONDAY + 3 * DAY, Told(d2=100, d3=100, d4=100), FIXED_100)
    assert [day.day.day for day in days.days()] == [2, 3, 4, 5]
    assert days.streaks().lengths == {MONDAY + number * DAY: number + 1 for number in range(3)}


def test_what_is_not_known_any_more_stays_as_it_was() -> None:
    facts = Told(d2=80)
    days = days_until(MONDAY, facts, FIXED_100)
    facts.known_from = MONDAY + DAY
    days_until(MONDAY + DAY, facts, FIXED_100, days)
    assert [day.done for day in days.days()] == [80, 0]


def test_only_days_from_since_on_are_looked_up_again() -> None:
    days = days_until(MONDAY, Told(d2=10), FIXED_100)
    days_until(MONDAY + DAY, Told(d2=10, d3=10), FIXED_100, days)
    days_until(MONDAY + 2 * DAY, Told(d2=10, d3=10, d4=10), FIXED_100, days)
    days.update(
        read_settings(FIXED_100), MONDAY + 2 * DAY, Told(d2=50, d3=50, d4=50),
        settled_before=MONDAY + 2 * DAY, since=MONDAY + DAY,
    )  # fmt: skip
    assert [day.done for day in days.days()] == [10, 50, 50]


def test_days_that_wait_for_steps_are_those_before_today_that_are_not_settled() -> None:
    days = days_until(MONDAY, Told(), FIXED_100)
    days.update(read_settings(FIXED_100), MONDAY + 3 * DAY, Told(), settled_before=MONDAY + DAY)
    assert [day.day.day for day in days.unsettled(MONDAY + 3 * DAY)] == [3, 4]
    assert [day.day.day for day in days.unsettled(MONDAY + 2 * DAY)] == [3]
    days.update(read_settings(FIXED_100), MONDAY + 3 * DAY, Told(), settled_before=MONDAY + 3 * DAY)
    assert days.unsettled(MONDAY + 3 * DAY) == []
    assert [day.day.day for day in days.days(MONDAY + DAY, MONDAY + 2 * DAY)] == [3, 4]


def test_a_look_at_today_only_changes_today() -> None:
    days = days_until(MONDAY, Told(), FIXED_100)
    days_until(MONDAY + DAY, Told(), FIXED_100, days)
    assert days.streaks().current == 0
    days.update_today(Told(d2=100, d3=40))
    assert [day.done for day in days.days()] == [0, 40]
    days.update_today(Told(d3=100))
    assert days.streaks().current == 1, "a streak is counted anew when today is reached"
    days.update_today(Told(d3=20))
    assert (days.current.done, days.streaks().current) == (20, 0), "steps may be taken away"


def test_a_day_is_read_as_it_was_written() -> None:
    days = days_until(MONDAY, Told(d2=3), {**GENTLE, "rest_days": ["tue"]})
    days_until(MONDAY + DAY, Told(d2=3), {**GENTLE, "rest_days": ["tue"]}, days)
    again = GoalDays.from_dict(days.as_dict())
    assert (again.days(), again.began, again.progress) == (days.days(), MONDAY, days.progress)
    assert [day.status for day in again.days()] == [DayStatus.ACTIVE, DayStatus.REST]


# Streaks


def test_marks_say_what_a_day_does_to_a_streak() -> None:
    goal = Goal(GoalKind.STEPS, 100)
    marks = [
        mark_of(GoalDay(MONDAY, goal, status, done, settled))
        for status, done, settled in (
            (DayStatus.ACTIVE, 100, False),
            (DayStatus.ACTIVE, 99, True),
            (DayStatus.ACTIVE, 99, False),
            (DayStatus.REST, 100, True),
            (DayStatus.PAUSED, 0, True),
        )
    ]
    assert marks == [Mark.MET, Mark.MISSED, Mark.OPEN, Mark.FREE, Mark.FREE]


def test_days_met_this_week_are_those_from_monday_to_today() -> None:
    marks = [(MONDAY + number * DAY, Mark.MET) for number in range(-2, 5)]
    assert count_streaks(marks, MONDAY + 2 * DAY).days_met_this_week == 3
    assert count_streaks(marks, MONDAY).days_met_this_week == 1
    assert count_streaks(marks, MONDAY - DAY).days_met_this_week == 2


def test_a_lost_streak_is_noted_once_with_its_length_and_lengths_by_day() -> None:
    marks = [Mark.MISSED, Mark.MET, Mark.MET, Mark.MISSED, Mark.MISSED, Mark.MET]
    streaks = count_streaks(((MONDAY + n * DAY, mark) for n, mark in enumerate(marks)), MONDAY + 5 * DAY)
    assert streaks.breaks == ((MONDAY + 3 * DAY, 2),)
    assert streaks.lengths == {MONDAY + DAY: 1, MONDAY + 2 * DAY: 2, MONDAY + 5 * DAY: 1}
    assert (streaks.current, streaks.best) == (1, 2)


# What is told


def told(days: GoalDays, *steps: tuple[int, int | None]) -> list[tuple[str, dict[str, Any]]]:
    kept = {MONDAY + n * DAY: DaySteps(*each) for n, each in enumerate(steps)}
    return [(str(each.kind), dict(each.data)) for each in Journal().due(days, kept, 0)]


def test_what_is_told_of_a_day_says_how_much_was_done_of_what() -> None:
    fixed = {"plan": "fixed", "kind": "metres", "metres": 100}
    assert told(days_until(MONDAY, Told(d2=49.99), fixed)) == []
    half = {"goal": 100, "unit": "m", "done": 50.12}
    assert told(days_until(MONDAY, Told(d2=50.1234), fixed)) == [("half_goal", half)]
    done = {"goal": 100, "unit": "m", "done": 100}
    assert told(days_until(MONDAY, Told(d2=100), fixed)) == [
        ("half_goal", done),
        ("goal_reached", done),
        ("streak_extended", {"streak": 1, "best": 1}),
    ]


def test_a_record_is_more_than_ever_before() -> None:
    days = days_until(MONDAY, Told(), FIXED_100)
    assert told(days, (61, 60)) == [("record", {"steps": 61, "before": 60})]
    assert told(days, (60, 60)) == told(days, (500, None)) == []


def test_what_is_a_week_late_is_told_and_a_day_later_it_is_history() -> None:
    for days_ago, number in ((7, 3), (8, 0)):
        facts, days = Told(d2=0), GoalDays()
        today = MONDAY + days_ago * DAY
        days_until(MONDAY, facts, FIXED_100, days)
        days_until(today, Told(d2=100), FIXED_100, days)
        assert sum(each.day == MONDAY for each in Journal().due(days, {}, 0)) == number


def test_of_losses_that_become_known_together_the_greatest_is_told() -> None:
    facts = Told(d2=100, d3=100, d5=100)
    days = days_until(MONDAY + 5 * DAY, facts, FIXED_100, days_until(MONDAY, facts, FIXED_100))
    lost = [each for each in Journal().due(days, {}, 0) if each.kind is ActivityKind.STREAK_LOST]
    assert [(each.day, dict(each.data)) for each in lost] == [(MONDAY + 2 * DAY, {"streak": 2})]


def test_only_what_was_not_told_is_told_again() -> None:
    ann = Life(FIXED_100)
    ann.live_day()
    before = list(ann.told)
    ann.journal.take_back(before[1])
    ann.look()
    assert ann.told[len(before) :] == [before[1]]
    ann.journal.take_back(Activity(ActivityKind.RECORD, MONDAY - 30 * DAY))
    again = Journal.from_dict(ann.journal.as_dict())
    assert again.as_dict() == ann.journal.as_dict()


# What a ledger says


def facts_of(ann: Life) -> LedgerFacts:
    from custom_components.retrostep.core.history.session_index import SessionIndex  # noqa: PLC0415

    sessions = SessionIndex(ann.ledger)
    sessions.refresh(ann.now)
    return LedgerFacts(ann.ledger, sessions, ann.ledger.today(ann.now))


def test_records_are_held_against_the_days_before_once_there_are_three() -> None:
    ann = Life(FIXED_100)
    for steps in (30, 0, 50, 20, 80):
        ann.walk(steps)
        ann.sync()
        ann.next_day()
    ann.walk(60)
    ann.sync()
    found = facts_of(ann).steps(MONDAY + n * DAY for n in range(6))
    assert {day.day: (each.steps, each.best_before) for day, each in found.items()} == {
        2: (30, None),
        4: (50, None),
        5: (20, None),
        6: (80, 50),
        7: (60, 80),
    }, "a day without a step is none to compare with"


def test_sessions_of_a_goal_are_those_long_enough() -> None:
    ann = Life(FIXED_100, now=berlin("2026-03-02 20:00"))
    for hours, seconds in ((8, 30), (6, 89), (4, 90), (2, 120)):
        ann.walk(minutes=seconds / 60, at=ann.now - timedelta(hours=hours))
    ann.sync()
    facts = facts_of(ann)
    assert [facts.done(MONDAY, Goal(GoalKind.SESSIONS, 5, length)) for length in (0, 90, 91)] == [4, 2, 1]
    assert facts.exists(MONDAY)
    assert facts.done(MONDAY - DAY, Goal(GoalKind.SESSIONS, 5, 90)) == 0
