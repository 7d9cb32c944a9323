"""What the actions tell of a walker's past."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from custom_components.retrostep.core.goals.goal import DayStatus, Goal, GoalDay, GoalKind
from custom_components.retrostep.core.history.history import History, HistoryError, PeriodKind
from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.sessions import Session
from custom_components.retrostep.core.reports.answers import (
    HistoryAnswers,
    counts_answer,
    goal_answer,
    session_answer,
    share_pct,
    sitting_answer,
)
from custom_components.retrostep.core.sitting.diary import SittingDay
from tests.core.ledger.story import BERLIN, Pod, berlin, keep_little, pull, utc, walked

# A Thursday.
NOON = berlin("2026-03-05 12:00")
TODAY = date(2026, 3, 5)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def answers(
    ledger: Ledger,
    at: datetime = NOON,
    goals: dict[date, GoalDay] | None = None,
    sitting: dict[date, SittingDay] | None = None,
) -> HistoryAnswers:
    history = History(ledger)
    history.refresh(at)
    return HistoryAnswers(ledger, history, goals or {}, sitting or {}, BERLIN, at)


def walked_on(*days: str, steps: int = 20) -> Ledger:
    pod, ledger = Pod(), Ledger(BERLIN)
    for day in days:
        pod.walk(berlin(f"{day} 09:30"), steps)
    pull(ledger, pod, NOON)
    return ledger


def goal(day: date, done: float, status: DayStatus = DayStatus.ACTIVE) -> GoalDay:
    return GoalDay(day, Goal(GoalKind.MINUTES, 3), status, done)


# Numbers


def test_counts_are_told_in_steps_metres_and_minutes() -> None:
    assert counts_answer(Counts(10, 20, 30, 57, 123, 90, 20)) == {
        "backward_steps": 10,
        "forward_steps": 20,
        "side_steps": 30,
        "backward_m": 5.7,
        "forward_m": 12.3,
        "backward_min": 1.5,
        "forward_min": 0.33,
    }


def test_the_share_is_that_of_all_steps() -> None:
    assert share_pct(Counts(back=1, fwd=1, side=1)) == 33.3
    assert share_pct(Counts(back=5)) == 100
    assert share_pct(ZERO) is None


def test_a_session_is_told_with_its_length_speed_cadence_and_longest_stride() -> None:
    start = berlin("2026-03-05 09:00")
    session = Session(start, start + timedelta(seconds=100), 80, 333, 50, 112)
    assert session_answer(session, BERLIN) == {
        "start": "2026-03-05T09:00:00+01:00",
        "end": "2026-03-05T09:01:40+01:00",
        "length_min": 1.67,
        "steps": 80,
        "distance_m": 33.3,
        "walking_min": 0.83,
        "speed_mps": 0.67,
        "cadence": 96,
        "stride_length_m": 0.83,
        "stride_time_s": 1.25,
        "longest_stride_m": 1.12,
    }


def test_of_a_session_nobody_timed_no_speed_is_told() -> None:
    start = utc("2026-03-05 09:00")
    told = session_answer(Session(start, start + MINUTE, 80, 333, 0, 0), BERLIN)
    assert (told["speed_mps"], told["cadence"], told["longest_stride_m"]) == (None, None, None)


def test_the_sitting_of_several_days_is_their_sum_and_the_longest_sit_of_all() -> None:
    days = [SittingDay(TODAY - DAY, 3_630, 1_810, 2), SittingDay(TODAY, 1_890, 1_890, 3)]
    assert sitting_answer(days) == {"sitting_min": 92, "longest_sitting_min": 31, "breaks": 5}
    assert sitting_answer([]) == {"sitting_min": None, "longest_sitting_min": None, "breaks": None}


def test_a_goal_is_told_with_what_was_done_for_it() -> None:
    assert goal_answer(goal(TODAY, 3.456, DayStatus.REST)) == {
        "goal": 3,
        "goal_kind": "minutes",
        "goal_session_min": None,
        "goal_done": 3.46,
        "goal_met": True,
        "goal_status": "rest",
    }
    assert set(goal_answer(None).values()) == {None}


# Periods


def test_a_day_is_told_with_its_goal_its_sitting_and_in_the_time_of_its_zone() -> None:
    day = date(2026, 3, 4)
    told = answers(
        walked_on("2026-03-04"), goals={day: goal(day, 1)}, sitting={day: SittingDay(day, 600, 600, 1)}
    ).periods(PeriodKind.DAY, berlin("2026-03-04 00:00"), NOON)
    assert [each["date"] for each in told] == ["2026-03-04", "2026-03-05"]
    first, today = told
    assert (first["start"], first["end"]) == ("2026-03-04T00:00:00+01:00", "2026-03-05T00:00:00+01:00")
    assert (first["backward_steps"], first["sessions"]) == (20, 1)
    assert (first["manual"], first["undated"]) == (counts_answer(ZERO), counts_answer(ZERO))
    assert (first["goal"], first["goal_met"], first["sitting_min"], first["breaks"]) == (3, False, 10, 1)
    assert (today["goal"], today["sitting_min"]) == (None, None)


def test_a_week_tells_on_how_many_of_its_days_the_goal_was_met() -> None:
    days = [date(2026, 3, number) for number in range(1, 6)]
    (week,) = answers(
        walked_on("2026-03-03"),
        goals={day: goal(day, 3 if day.day in {1, 2, 5} else 1) for day in days},
        sitting={day: SittingDay(day, 60 * day.day, 60, 1) for day in days},
    ).periods(PeriodKind.WEEK, berlin("2026-03-02 00:00"), NOON)
    assert (week["date"], week["goal_days"], week["goal_days_met"]) == ("2026-03-02", 4, 2), (
        "Sunday is no part"
    )
    assert (week["sitting_min"], week["breaks"]) == (2 + 3 + 4 + 5, 4)
    assert "goal" not in week


def test_an_hour_has_no_date_no_goal_and_no_sitting() -> None:
    ledger = walked_on("2026-03-05")
    (hour,) = answers(ledger).periods(PeriodKind.HOUR, berlin("2026-03-05 09:00"), berlin("2026-03-05 10:00"))
    assert set(hour) == {"start", "end", "sessions", "manual", *counts_answer(ZERO)}


# Corrections and sessions


def test_corrections_of_a_span_are_told_and_those_around_it_not() -> None:
    ledger, nine = walked_on("2026-03-05"), berlin("2026-03-05 09:00")
    for start in (nine - MINUTE, nine, nine + 59 * MINUTE, nine + 60 * MINUTE):
        ledger.add_walk(start, 90, walked(30), NOON)
    for first, last in ((-9, 0), (-9, 1), (20, 30), (59, 70), (60, 70)):
        ledger._corrections.remove(*(int((nine + each * MINUTE).timestamp()) // 60 for each in (first, last)))
    told = answers(ledger).corrections(nine, nine + 60 * MINUTE)
    assert [(each["walk"], each["start"], each["length_min"]) for each in told["walks"]] == [
        (2, "2026-03-05T09:00:00+01:00", 1.5),
        (3, "2026-03-05T09:59:00+01:00", 1.5),
    ]
    assert told["walks"][0]["backward_steps"] == 30
    assert [(each["start"][11:16], each["end"][11:16]) for each in told["removed"]] == [
        ("08:51", "09:01"),
        ("09:20", "09:30"),
        ("09:59", "10:10"),
    ]


def test_sessions_of_a_span_are_told_and_what_stride_is_usual() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for ago in range(6):
        pod.walk(NOON - ago * DAY - 60 * MINUTE, 20)
    pull(ledger, pod, NOON)
    told = answers(ledger).sessions(NOON - 2 * DAY - 60 * MINUTE, NOON - 60 * MINUTE)
    assert [each["start"][:10] for each in told["sessions"]] == ["2026-03-03", "2026-03-04"]
    assert (told["usual_longest_stride_m"], told["days_before"]) == (0.55, [])
    assert answers(walked_on("2026-03-05")).sessions(NOON - DAY, NOON)["usual_longest_stride_m"] is None
    assert answers(Ledger(BERLIN)).sessions(NOON - DAY, NOON)["usual_longest_stride_m"] is None
    with pytest.raises(HistoryError, match="span_empty"):
        answers(ledger).sessions(NOON, NOON)
    assert len(answers(ledger).sessions(NOON - 60 * MINUTE, NOON - 59 * MINUTE)["sessions"]) == 1


def test_of_days_whose_minutes_are_gone_the_number_of_sessions_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep_little(monkeypatch)
    pod, ledger = Pod(), Ledger(BERLIN)
    for ago in (80, 79, 79, 2):
        pod.walk(NOON - ago * DAY - len(pod.rows) * 10 * MINUTE, 20)
    pull(ledger, pod, NOON)
    told = answers(ledger).sessions(NOON - 81 * DAY, NOON)
    assert [each["date"] for each in told["days_before"]] == ["2025-12-15", "2025-12-16"]
    assert [each["sessions"] for each in told["days_before"]] == [1, 2]
    assert [each["start"][:10] for each in told["sessions"]] == ["2026-03-03"]
    assert answers(ledger).sessions(ledger.minutes_since, NOON)["days_before"] == []
    early = answers(ledger).sessions(NOON - 81 * DAY, NOON - 80 * DAY)
    assert [each["date"] for each in early["days_before"]] == ["2025-12-15"]


# How it goes


def test_the_summary_holds_this_week_beside_the_last_one_up_to_the_same_weekday() -> None:
    ledger = walked_on(
        "2026-02-22",  # Sunday, in neither week
        *("2026-02-23", "2026-02-26", "2026-02-27", "2026-03-01"),
        *("2026-03-02", "2026-03-04", "2026-03-05"),
    )
    told = answers(ledger).summary()
    assert (told["date"], told["time_zone"]) == ("2026-03-05", "Europe/Berlin")
    assert [
        (told[key]["backward_steps"], told[key]["sessions"])
        for key in ("today", "this_week", "last_week", "last_week_so_far")
    ] == [(20, 1), (60, 3), (80, 4), (40, 2)]
    assert told["change_pct"] == 50
    assert told["total"] == {**counts_answer(walked(160)), "backward_share_pct": 100}


def test_the_summary_of_a_monday_begins_a_week() -> None:
    monday = berlin("2026-03-09 12:00")
    told = answers(walked_on("2026-03-02", "2026-03-05"), monday).summary()
    assert (told["this_week"]["backward_steps"], told["last_week"]["backward_steps"]) == (0, 40)
    assert (told["last_week_so_far"]["backward_steps"], told["change_pct"]) == (20, -100)
    assert told["today"]["backward_share_pct"] is None


def test_growth_is_told_to_a_tenth_of_a_percent() -> None:
    three, four = ("2026-02-23", "2026-02-24", "2026-02-25"), ("2026-03-02", "2026-03-03", "2026-03-04")
    assert answers(walked_on(*three, *four, "2026-03-05")).summary()["change_pct"] == 33.3


def test_growth_from_nothing_has_no_percentage() -> None:
    assert answers(walked_on("2026-03-05")).summary()["change_pct"] is None


def averages(ledger: Ledger) -> Any:
    return answers(ledger).summary()["averages"]


def test_averages_are_those_of_the_days_before_today_as_far_as_there_were_any() -> None:
    assert averages(Ledger(BERLIN)) == {"last_7_days": None, "last_30_days": None}
    assert averages(walked_on("2026-03-05"))["last_7_days"] is None, "today is not over"
    told = averages(walked_on("2026-02-20", "2026-02-26", "2026-03-04", "2026-03-05"))
    assert told["last_7_days"] == {
        "days": 7,
        "backward_steps": 5.71,
        "forward_steps": 0,
        "backward_m": 2.86,
        "backward_min": 0.05,
        "sessions": 0.29,
        "backward_share_pct": 100,
    }
    assert (told["last_30_days"]["days"], told["last_30_days"]["backward_steps"]) == (13, 4.62)


def test_the_best_day_is_the_first_of_equal_ones_and_the_longest_session_is_the_longest() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    assert (answers(ledger).summary()["best_day"], answers(ledger).summary()["longest_session"]) == (
        None,
        None,
    )
    pod.walk(NOON - 3 * DAY, 30)
    pod.walk(NOON - 3 * DAY + MINUTE, 10)
    pod.walk(NOON - 2 * DAY, 40)
    pod.walk(NOON - DAY, 35, span=(5, 25))
    pull(ledger, pod, NOON)
    told = answers(ledger, goals={TODAY - 3 * DAY: goal(TODAY - 3 * DAY, 3)}).summary()
    assert (told["best_day"]["date"], told["best_day"]["goal_met"]) == ("2026-03-02", True)
    assert (told["longest_session"]["start"][:10], told["longest_session"]["length_min"]) == ("2026-03-02", 2)
