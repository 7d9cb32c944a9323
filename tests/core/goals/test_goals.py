"""What a goal counts, when it is met, and what the options make of it."""

from datetime import date

import pytest

from custom_components.retrostep.core.goals.goal import COUNTED, RANGES, DayStatus, Goal, GoalDay, GoalKind
from custom_components.retrostep.core.goals.growth import PlanSpec
from custom_components.retrostep.core.goals.plan import CUSTOM_USUAL, PRESETS, WEEKS_MAX, Plan, read_settings
from custom_components.retrostep.core.ledger.counts import Counts

from .story import MONDAY


def test_a_goal_is_met_by_as_much_as_it_asks_for_and_half_met_by_half() -> None:
    goal = Goal(GoalKind.MINUTES, 3)
    assert (goal.is_met_by(3), goal.is_met_by(2.99), goal.unit) == (True, False, "min")
    assert (goal.is_half_met_by(1.5), goal.is_half_met_by(1.49)) == (True, False)


def test_what_dividing_loses_keeps_nobody_from_the_goal() -> None:
    assert Goal(GoalKind.MINUTES, 0.3).is_met_by(0.1 + 0.2 - 1e-12)
    assert Goal(GoalKind.METRES, 0.6).is_half_met_by(0.3 - 1e-12)
    assert not Goal(GoalKind.METRES, 0.6).is_half_met_by(0.3 - 1e-6)


def test_each_kind_counts_backward_walking_in_its_unit() -> None:
    counts = Counts(90, 50, 5, 405, 300, 90, 30)
    assert {kind.value: count(counts) for kind, count in COUNTED.items()} == {
        "steps": 90,
        "minutes": 1.5,
        "metres": 40.5,
    }


def test_only_an_active_day_that_was_met_makes_a_streak_longer() -> None:
    goal = Goal(GoalKind.STEPS, 100)
    days = [
        GoalDay(MONDAY, goal, status, done)
        for status, done in ((DayStatus.ACTIVE, 100), (DayStatus.ACTIVE, 99), (DayStatus.REST, 100))
    ]
    assert [(day.met, day.counts) for day in days] == [(True, True), (False, False), (True, False)]


def test_a_day_begins_with_nothing_done_and_open() -> None:
    day = GoalDay(date(2026, 3, 2), Goal(GoalKind.STEPS, 1), DayStatus.ACTIVE)
    assert (day.done, day.settled, day.met) == (0, False, False)


def test_goals_and_plans_are_written_down_and_read_again() -> None:
    goal = Goal(GoalKind.SESSIONS, 5, 90)
    spec = PlanSpec(GoalKind.METRES, 50, 200, 8, 30)
    assert Goal.from_list(goal.as_list()) == goal
    assert PlanSpec.from_list(spec.as_list()) == spec


# Options


def test_without_a_choice_it_is_the_gentle_start() -> None:
    """Two to three minutes to begin with, ten to fifteen to arrive at (the articles the product follows)."""
    settings = read_settings({})
    assert (settings.plan, settings.kind, settings.paused) == (Plan.GENTLE_START, GoalKind.MINUTES, False)
    assert settings.spec == PlanSpec(GoalKind.MINUTES, 3, 12, 6)
    assert settings.rest_days == frozenset()


def test_a_fixed_goal_has_no_plan_and_the_value_of_its_kind() -> None:
    settings = read_settings({"plan": "fixed", "kind": "metres", "metres": 150, "steps": 900, "paused": True})
    assert (settings.spec, settings.fixed, settings.kind) == (
        None,
        Goal(GoalKind.METRES, 150),
        GoalKind.METRES,
    )
    assert settings.fixed.session_s == 0, "every session counts for a fixed goal"
    assert settings.values == {"steps": 900, "minutes": 5, "metres": 150, "sessions": 3}
    assert settings.paused


def test_rest_days_are_weekdays_from_monday() -> None:
    assert read_settings({"rest_days": ["mon", "sun", "wed"]}).rest_days == {0, 2, 6}


def test_a_plan_of_ones_own_holds_for_the_kind_it_was_made_for() -> None:
    own = {"kind": "steps", "start": 100, "target": 500, "weeks": 6}
    settings = read_settings({"plan": "custom", "kind": "steps", "custom": own})
    assert settings.spec == settings.custom == PlanSpec(GoalKind.STEPS, 100, 500, 6)
    other = read_settings({"plan": "custom", "kind": "metres", "custom": own})
    assert other.spec == other.custom == CUSTOM_USUAL[GoalKind.METRES]
    assert read_settings({"kind": "steps"}).custom == CUSTOM_USUAL[GoalKind.STEPS]


def test_the_sessions_of_the_plan_by_sessions_are_two_minutes_less_the_turns() -> None:
    settings = read_settings({"plan": "short_and_often"})
    assert settings.spec == PlanSpec(GoalKind.SESSIONS, 5, 5, 1, 90)
    assert (settings.kind, settings.fixed.kind) == (GoalKind.SESSIONS, GoalKind.MINUTES)


@pytest.mark.parametrize("kind", GoalKind)
def test_what_is_proposed_may_be_chosen(kind: GoalKind) -> None:
    allowed, usual = RANGES[kind], CUSTOM_USUAL[kind]
    for value in (allowed.usual, usual.start, usual.target):
        assert allowed.low <= value <= allowed.high
    assert (allowed.usual - allowed.low) % allowed.step == 0
    assert (allowed.high - allowed.low) % allowed.step == 0, "a slider reaches its end"
    assert usual.start < usual.target
    assert usual.grows


def test_a_plan_lasts_a_year_at_most() -> None:
    assert WEEKS_MAX == 366 // 7


def test_nobody_is_asked_for_more_than_two_hours() -> None:
    """A minute of backward walking is about 90 steps or 40 m."""
    minutes = RANGES[GoalKind.MINUTES].high
    assert minutes == 120
    assert RANGES[GoalKind.STEPS].high == pytest.approx(minutes * 90, rel=0.1)
    assert RANGES[GoalKind.METRES].high == pytest.approx(minutes * 40, rel=0.1)


# Growing


def test_a_plan_grows_in_even_proportions_to_round_values() -> None:
    spec = PlanSpec(GoalKind.STEPS, 1_000, 1_600, 4)
    values = [spec.start]
    for growths in range(4):
        values.append(spec.grown(values[-1], growths))
    assert values == [1_000, 1_100, 1_300, 1_400, 1_600], "1000 * 1.6 ** (n / 4), to hundreds"


def test_no_growth_is_more_than_a_quarter_and_the_quarter_is_rounded_down() -> None:
    assert PlanSpec(GoalKind.STEPS, 100, 800, 1).grown(100, 0) == 120, "a quarter is 125, to tens"
    assert PlanSpec(GoalKind.MINUTES, 4, 40, 1).grown(4, 0) == 5, "exactly a quarter"
    assert PlanSpec(GoalKind.MINUTES, 3, 3.75, 1).grown(3, 0) == 3.75, "a target is no round value"


def test_the_grain_is_the_widest_that_leaves_room_for_two_steps_in_a_quarter() -> None:
    spec = PlanSpec(GoalKind.METRES, 100, 10_000, 50)
    assert [spec.grown(value, 49) for value in (7, 8, 76, 84, 396, 416)] == [
        8, 10, 95, 100, 490, 500,
    ]  # fmt: skip


def test_at_its_target_a_plan_stays_there() -> None:
    spec = PlanSpec(GoalKind.MINUTES, 3, 12, 6)
    assert (spec.grown(12, 3), spec.grown(15, 3)) == (12, 12)
    assert spec.grown(11.5, 99) == 12
    assert PRESETS[Plan.SHORT_AND_OFTEN].grown(5, 0) == 5


def test_a_plan_never_falls() -> None:
    assert PlanSpec(GoalKind.MINUTES, 3, 12, 52).grown(6, 0) == 6, "it is ahead of its pace"
