"""A walker's past by the minute: where a period begins, what of it is known, what was never lived."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from custom_components.retrostep.core.history.history import History, HistoryError, HistoryFailure, PeriodKind
from custom_components.retrostep.core.history.session_index import LastSession, SessionIndex, usual_stride_cm
from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.sessions import Session
from tests.core.ledger.story import BERLIN, Pod, berlin, keep_little, pull, utc, walked

from .story import DAY, HOUR, MINUTE, NOON, told


def days_of(
    history: History, kind: PeriodKind, start: datetime, end: datetime, now: datetime = NOON
) -> list[Any]:
    return [period.dates for period in history.periods(kind, start, end, now)]


def test_a_date_that_a_flight_over_the_date_line_skipped_is_not_listed() -> None:
    ledger = Ledger(ZoneInfo("Pacific/Honolulu"))
    ledger.set_zone(ZoneInfo("Pacific/Kiritimati"), time(0), utc("2026-03-05 20:00"))
    now = utc("2026-03-08 20:00")
    listed = [
        day.dates[0].day
        for day in told(ledger, now).days(date(2026, 3, 4), date(2026, 3, 8), now)
        if day.dates
    ]
    assert listed == [4, 5, 7, 8]
    week = told(ledger, now).week(ledger.today(now))
    assert week.start == ledger.day(date(2026, 3, 9)).start


def test_a_period_begins_where_it_is_asked_for_and_ends_before_the_end() -> None:
    history = told(Ledger(BERLIN))
    midnight = berlin("2026-03-03 00:00")
    assert days_of(history, PeriodKind.DAY, midnight, midnight + DAY) == [
        (date(2026, 3, 3), date(2026, 3, 3))
    ]
    assert len(days_of(history, PeriodKind.DAY, midnight - MINUTE, midnight + DAY + MINUTE)) == 3
    nine = berlin("2026-03-05 09:00")
    hours = history.periods(PeriodKind.HOUR, nine, nine + HOUR, NOON)
    assert [(hour.start, hour.end) for hour in hours] == [(nine, nine + HOUR)]
    assert len(history.periods(PeriodKind.HOUR, nine - MINUTE, nine + HOUR + MINUTE, NOON)) == 3
    assert len(history.periods(PeriodKind.HOUR, nine, NOON + DAY, NOON)) == 3, "none after now"


def test_months_and_weeks_are_whole_as_far_as_they_have_passed() -> None:
    history = told(Ledger(BERLIN))
    start = berlin("2026-01-31 12:00")
    assert days_of(history, PeriodKind.MONTH, start, NOON) == [
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 3, 5)),
    ]
    assert days_of(history, PeriodKind.MONTH, start, berlin("2026-02-01 00:00")) == [
        (date(2026, 1, 1), date(2026, 1, 31))
    ]
    december = berlin("2025-12-15 12:00")
    assert days_of(history, PeriodKind.MONTH, december, december + MINUTE) == [
        (date(2025, 12, 1), date(2025, 12, 31))
    ]
    assert days_of(history, PeriodKind.WEEK, berlin("2026-03-01 12:00"), berlin("2026-03-02 12:00")) == [
        (date(2026, 2, 23), date(2026, 3, 1)),
        (date(2026, 3, 2), date(2026, 3, 5)),
    ]


def test_a_span_that_can_not_be_answered_says_why_also_in_a_log() -> None:
    error = HistoryError(HistoryFailure.HOURS_GONE)
    assert (error.reason, str(error)) == (HistoryFailure.HOURS_GONE, "hours_gone")


def test_nothing_is_asked_for_before_2020() -> None:
    history = told(Ledger(BERLIN))
    found = history.periods(PeriodKind.DAY, utc("1999-01-01 00:00"), utc("2020-01-02 00:00"), NOON)
    assert [day.dates[0] for day in found if day.dates] == [date(2020, 1, 1), date(2020, 1, 2)]


def test_a_thousand_days_are_told_and_ten_years_of_weeks() -> None:
    history, monday = told(Ledger(BERLIN)), berlin("2026-03-02 12:00")
    now = monday + 999 * DAY
    assert len(history.periods(PeriodKind.DAY, monday, now, now)) == 1_000
    with pytest.raises(HistoryError) as refused:
        history.periods(PeriodKind.DAY, monday - DAY, now, now)
    assert refused.value.reason == "span_too_long"
    now = monday + 3_659 * DAY
    assert len(history.periods(PeriodKind.WEEK, monday, now, now)) == 523
    with pytest.raises(HistoryError, match="span_too_long"):
        history.periods(PeriodKind.WEEK, monday, now + DAY, now + DAY)


def test_the_day_that_begins_now_is_today_and_the_one_that_ends_now_is_over() -> None:
    """Live steps of the last minute of a day stay with it until their row comes."""
    pod, ledger = Pod(), Ledger(BERLIN)
    midnight = berlin("2026-03-05 00:00")
    ledger.live(pod.mac, pod.live(), midnight - MINUTE)
    pull(ledger, pod, midnight - MINUTE)
    ledger.live(pod.mac, {"back": 8}, midnight - MINUTE)
    ledger.live(pod.mac, {"back": 10}, midnight)
    days = told(ledger, midnight).last_days(2, midnight)
    assert [day.counts.back for day in days] == [8, 2]


def test_hours_of_which_the_minutes_are_gone_have_no_number_of_sessions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep_little(monkeypatch, days=2, weeks=9)
    pod, ledger = Pod(), Ledger(BERLIN)
    for ago in (61, 60, 0):
        pod.walk(NOON - ago * DAY, 20)
    pull(ledger, pod, NOON)
    since = ledger.minutes_since
    hours = told(ledger).periods(PeriodKind.HOUR, since - HOUR, since + HOUR, NOON)
    assert [hour.sessions for hour in hours] == [None, 0]
    assert [hour.sessions for hour in told(ledger).all_hours(NOON)] == [None, 1, 1]
    (day,) = told(ledger).periods(PeriodKind.DAY, NOON - 61 * DAY, NOON - 61 * DAY + MINUTE, NOON)
    assert day.sessions == 1


def test_the_parts_a_walk_by_hand_has_in_an_hour_are_found_from_both_sides() -> None:
    ledger = Ledger(BERLIN)
    ledger.add_walk(berlin("2026-03-05 08:50"), 1_800, Counts(back=30), NOON)
    for hour, back in ((7, 0), (8, 10), (9, 20), (10, 0)):
        start = berlin(f"2026-03-05 {hour:02}:00")
        (period,) = told(ledger).periods(PeriodKind.HOUR, start, start + HOUR, NOON)
        assert (period.manual.back, period.counts.back) == (back, back), hour


def test_a_walk_of_this_minute_is_in_the_hour_of_now() -> None:
    ledger = Ledger(BERLIN)
    ledger.add_walk(NOON - MINUTE, 60, Counts(back=30), NOON)
    now = NOON + MINUTE
    ledger.add_walk(NOON, 60, Counts(back=7), now)
    assert [hour.manual.back for hour in told(ledger, now).all_hours(now)] == [30, 7]


def test_the_first_day_is_the_first_with_anything_counted() -> None:
    assert told(Ledger(BERLIN)).first_day() is None
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NOON - 40 * DAY, 20)
    pod.walk(NOON, 20)
    pull(ledger, pod, NOON)
    assert told(ledger).first_day() == date(2026, 1, 24)
    assert [day.dates[0] for day in told(ledger).all_days(NOON) if day.dates] == [
        date(2026, 1, 24),
        NOON.date(),
    ]


def test_before_a_first_look_the_week_is_empty() -> None:
    ledger = Ledger(BERLIN)
    history = History(ledger)
    assert history.sessions_today == 0
    assert history.sessions.last is None
    week = history.week(ledger.today(NOON))
    assert (week.start, week.counts) == (datetime.fromtimestamp(0, UTC), ZERO)


def test_sessions_of_today_are_those_of_the_walkers_day() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for moment in ("2026-03-04 23:00", "2026-03-05 00:00", "2026-03-05 09:00"):
        pod.walk(berlin(moment), 20)
    pull(ledger, pod, NOON)
    assert told(ledger).sessions_today == 2


def test_why_a_span_cannot_be_answered_is_said() -> None:
    assert str(HistoryError(HistoryFailure.SPAN_EMPTY)) == "span_empty"


# Sessions at hand


def session(longest_cm: int) -> Session:
    return Session(NOON, NOON + MINUTE, 60, 300, 50, longest_cm)


def test_what_is_usual_is_said_by_five_to_twenty_sessions() -> None:
    assert usual_stride_cm([session(100)] * 5) == 100
    assert usual_stride_cm([session(100)] * 4) is None
    # Of twenty ten are long: the median lies between; the twenty-first is forgotten.
    assert usual_stride_cm([session(300)] * 11 + [session(200)] * 10 + [session(100)] * 10) == 150
    assert usual_stride_cm([session(200)] * 11 + [session(100)] * 9) == 200


def test_a_stride_is_long_beyond_a_fifth_more() -> None:
    assert LastSession(session(120), 100).long_strides is False
    assert LastSession(session(121), 100).long_strides is True
    assert LastSession(session(120), None).long_strides is None


def test_sessions_are_found_again_only_from_where_minutes_changed() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NOON - 30 * DAY, 20)
    pod.walk(NOON - HOUR, 20)
    pull(ledger, pod, NOON)
    index, asked = SessionIndex(ledger), list[datetime]()
    find = ledger.sessions

    def spy(start: datetime, end: datetime) -> list[Session]:
        asked.append(start)
        return find(start, end)

    ledger.sessions = spy  # type: ignore[method-assign]
    index.refresh(NOON)
    index.refresh(NOON, {NOON - 2 * HOUR, NOON - HOUR})
    index.refresh(NOON, ())
    assert asked == [ledger.minutes_since, NOON - 8 * HOUR, NOON - 6 * HOUR], (
        "six hours is the longest session"
    )
    assert len(index.all()) == 2


def test_a_session_of_a_clock_a_little_ahead_is_found() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NOON + 4 * MINUTE, 20)
    pull(ledger, pod, NOON)
    index = SessionIndex(ledger)
    index.refresh(NOON)
    assert len(index.all()) == 1
    assert index.count(NOON, NOON + HOUR) == 1
    assert index.count(NOON + 5 * MINUTE, NOON + HOUR) == 0
    assert index.count(NOON, NOON + 4 * MINUTE) == 0


def test_a_day_that_begins_with_the_minutes_kept_is_counted_by_them(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_little(monkeypatch, days=2)
    pod, ledger = Pod(), Ledger(BERLIN)
    for ago in (70, 60, 0):
        pod.walk(NOON - ago * DAY, 20)
    pull(ledger, pod, NOON)
    index = SessionIndex(ledger)
    index.refresh(NOON)
    day = ledger.day((NOON - 60 * DAY).date())
    assert day.start == ledger.minutes_since
    assert index.count_of_day(day.date, day.start, day.end) == 1
    ledger.remove_walk(day.start, day.end, NOON)
    index.refresh(NOON, {day.start})
    assert index.count_of_day(day.date, day.start, day.end) == 0


def test_a_row_of_long_ago_makes_nothing_younger(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_little(monkeypatch, days=2)
    pod, ledger = Pod(), Ledger(BERLIN)
    for ago in (70, 0, 30):
        pod.walk(NOON - ago * DAY, 20)
        pull(ledger, pod, NOON)
    assert ledger.minutes_since == berlin("2026-02-03 00:00")
    assert walked(20) == ledger.day((NOON - 70 * DAY).date()).counts
