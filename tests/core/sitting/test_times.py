"""Quiet hours and days off follow the wall clock, also in the nights in which it changes."""

from datetime import UTC, datetime, time

import pytest

from custom_components.retrostep.core.sitting.settings import WeeklyTimes

from .day import BERLIN, Day

NIGHT = WeeklyTimes(quiet_from=time(22), quiet_to=time(7))


def reason(times: WeeklyTimes, text: str) -> str | None:
    found = times.reason(datetime.fromisoformat(text).replace(tzinfo=BERLIN), BERLIN)
    return str(found) if found else None


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("21:59", None), ("22:00", "quiet_hours"), ("03:00", "quiet_hours"), ("07:00", None)],
)
def test_quiet_hours_may_cross_midnight(clock: str, expected: str | None) -> None:
    assert reason(NIGHT, f"2026-11-18 {clock}") == expected


def test_quiet_hours_may_lie_within_a_day() -> None:
    lunch = WeeklyTimes(quiet_from=time(12), quiet_to=time(13))
    assert [reason(lunch, f"2026-11-18 {clock}") for clock in ("11:59", "12:00", "13:00")] == [
        None,
        "quiet_hours",
        None,
    ]


def test_from_and_to_the_same_time_means_no_quiet_hours() -> None:
    never = WeeklyTimes(quiet_from=time(8), quiet_to=time(8))
    assert all(reason(never, f"2026-11-18 {hour:02}:00") is None for hour in range(24))


def test_days_off_are_free_of_reminders() -> None:
    workdays = WeeklyTimes(days=frozenset(range(5)), quiet_from=time(0), quiet_to=time(0))
    assert reason(workdays, "2026-11-20 12:00") is None
    assert reason(workdays, "2026-11-21 12:00") == "free_day"


@pytest.mark.parametrize("date", ["2026-03-29", "2026-10-25", "2026-11-18"])
def test_the_next_look_is_never_after_a_change(date: str) -> None:
    now = datetime.fromisoformat(f"{date} 00:00").replace(tzinfo=BERLIN).astimezone(UTC)
    look = NIGHT.next_look(now, BERLIN)
    assert reason(NIGHT, f"{date} 06:59") == "quiet_hours"
    assert look.astimezone(BERLIN).replace(tzinfo=None) == datetime.fromisoformat(f"{date} 07:00")


@pytest.mark.parametrize(
    ("evening", "morning"),
    [("2026-03-28 23:30", "2026-03-29 07:00"), ("2026-10-24 23:30", "2026-10-25 07:00")],
)
def test_a_sit_through_the_night_of_the_clock_change_has_its_true_length(evening: str, morning: str) -> None:
    day = Day(evening, times=NIGHT)
    day.wear()
    begin = day.now
    day.until(morning)
    assert day.state == "sitting"
    assert day.shown.sitting_min == (day.now - begin).total_seconds() // 60 in (390, 510)
    day.sit(2)
    assert day.events == [("07:02", "due")]
