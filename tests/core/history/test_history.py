"""A walker's past in hours, days, weeks and months."""

from datetime import date, time

import pytest

from custom_components.retrostep.core.history.history import HistoryError, Period, PeriodKind
from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from tests.core.ledger.story import BERLIN, NEW_YORK, Pod, berlin, keep_little, pull, utc, walked

from .story import DAY, HOUR, NOON, told


def walked_days(pod: Pod, ledger: Ledger, *days: str, steps: int = 20) -> None:
    for day in days:
        pod.walk(berlin(f"{day} 09:30"), steps)
    pull(ledger, pod, NOON)


def steps(periods: list[Period]) -> list[int]:
    return [period.counts.back for period in periods]


# Days, weeks, months


def test_days_without_a_step_are_listed_too() -> None:
    ledger = Ledger(BERLIN)
    walked_days(Pod(), ledger, "2026-03-01", "2026-03-03")
    days = told(ledger).periods(PeriodKind.DAY, berlin("2026-03-01 00:00"), berlin("2026-03-04 00:00"), NOON)
    assert steps(days) == [20, 0, 20]
    assert [day.sessions for day in days] == [1, 0, 1]
    assert days[0].dates == (date(2026, 3, 1), date(2026, 3, 1))


def test_a_day_is_listed_when_any_moment_of_it_is_asked_for() -> None:
    ledger = Ledger(BERLIN)
    days = told(ledger).periods(PeriodKind.DAY, berlin("2026-03-01 23:59"), berlin("2026-03-02 00:01"), NOON)
    assert [day.dates[0].day for day in days if day.dates] == [1, 2]


def test_the_last_days_end_with_today_as_the_entities_show_it() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    walked_days(pod, ledger, "2026-03-04")
    ledger.live(pod.mac, pod.live(), NOON)
    ledger.live(pod.mac, {"back": pod.total.back + 6}, NOON)
    assert steps(told(ledger).last_days(3, NOON)) == [0, 20, 6]


def test_a_week_begins_on_monday_and_the_one_that_goes_on_ends_today() -> None:
    ledger = Ledger(BERLIN)
    walked_days(Pod(), ledger, "2026-02-22", "2026-02-23", "2026-03-01", "2026-03-02", "2026-03-05")
    weeks = told(ledger).periods(PeriodKind.WEEK, berlin("2026-02-25 12:00"), NOON, NOON)
    assert steps(weeks) == [40, 40]
    assert [week.dates for week in weeks] == [
        (date(2026, 2, 23), date(2026, 3, 1)),
        (date(2026, 3, 2), date(2026, 3, 5)),
    ]
    assert weeks[0].start == berlin("2026-02-23 00:00")


def test_months_are_as_long_as_they_are() -> None:
    ledger = Ledger(BERLIN)
    walked_days(Pod(), ledger, "2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01")
    months = told(ledger).periods(PeriodKind.MONTH, berlin("2026-01-15 00:00"), NOON, NOON)
    assert steps(months) == [20, 40, 20]
    assert [(month.end - month.start).days for month in months[:2]] == [31, 28]
    assert [month.sessions for month in months] == [1, 2, 1]


def test_the_night_the_clocks_change_is_one_day_of_25_hours() -> None:
    now = berlin("2026-10-26 12:00")
    history = told(Ledger(BERLIN), now)
    (sunday,) = history.periods(PeriodKind.DAY, berlin("2026-10-25 12:00"), berlin("2026-10-25 13:00"), now)
    assert sunday.end - sunday.start == 25 * HOUR
    hours = history.periods(PeriodKind.HOUR, sunday.start, sunday.end, now)
    assert len(hours) == 25


def test_days_of_a_journey_keep_the_zone_they_were_walked_in() -> None:
    ledger = Ledger(BERLIN)
    ledger.set_zone(NEW_YORK, time(0), NOON)
    later = NOON + 2 * DAY
    zones = [day.zone for day in told(ledger, later).last_days(3, later)]
    assert zones == ["Europe/Berlin", "America/New_York", "America/New_York"]


def test_a_walk_added_by_hand_is_shown_as_a_part_of_its_hour_day_and_week() -> None:
    ledger = Ledger(BERLIN)
    walked_days(Pod(), ledger, "2026-03-05")
    ledger.add_walk(berlin("2026-03-05 09:50"), 1_200, walked(200), NOON)
    history = told(ledger)
    hours = history.periods(PeriodKind.HOUR, berlin("2026-03-05 09:00"), berlin("2026-03-05 11:00"), NOON)
    assert [(hour.counts.back, hour.manual.back) for hour in hours] == [(120, 100), (100, 100)]
    for kind in (PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH):
        (period,) = history.periods(kind, berlin("2026-03-05 00:00"), NOON, NOON)
        assert (period.counts.back, period.manual.back, period.sessions) == (220, 200, 1)


def test_minutes_that_never_got_a_time_are_marked_in_their_day() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(None, 30)
    pull(ledger, pod, NOON)
    (today,) = told(ledger).last_days(1, NOON)
    assert today.undated == today.counts == walked(30)


# Hours


def test_hours_of_more_than_a_month_are_refused() -> None:
    history = told(Ledger(BERLIN))
    assert len(history.periods(PeriodKind.HOUR, NOON - 1_000 * HOUR, NOON, NOON)) == 1_000
    with pytest.raises(HistoryError, match="span_too_long"):
        history.periods(PeriodKind.HOUR, NOON - 1_001 * HOUR, NOON, NOON)


def test_hours_that_are_not_kept_any_more_are_refused_and_their_days_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep_little(monkeypatch)
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(utc("2023-03-05 09:00"), 20)
    pod.walk(utc("2026-03-05 09:00"), 20)
    pull(ledger, pod, NOON)
    history, start = told(ledger), utc("2023-03-05 00:00")
    with pytest.raises(HistoryError, match="hours_gone"):
        history.periods(PeriodKind.HOUR, start, start + DAY, NOON)
    (day,) = history.periods(PeriodKind.DAY, start + HOUR, start + 12 * HOUR, NOON)
    assert (day.counts.back, day.sessions) == (20, 1)


def test_only_hours_with_a_step_are_kept_as_all_hours() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    assert told(ledger).all_hours(NOON) == []
    walked_days(pod, ledger, "2026-03-04", "2026-03-05")
    ledger.add_walk(berlin("2026-02-01 09:00"), 600, walked(50), NOON)
    ledger.add_walk(berlin("2026-03-05 09:00"), 600, walked(50), NOON)
    hours = told(ledger).all_hours(NOON)
    assert steps(hours) == [50, 20, 70]
    assert [hour.manual.back for hour in hours] == [50, 0, 50]
    (alone,) = told(ledger).periods(PeriodKind.HOUR, hours[1].start, hours[1].end, NOON)
    assert alone == hours[1]


# What can't be answered


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(HistoryError, match="span_empty"):
        told(Ledger(BERLIN)).periods(PeriodKind.DAY, NOON, NOON, NOON)


def test_the_future_and_the_time_before_all_pods_are_empty() -> None:
    history = told(Ledger(BERLIN))
    for kind in PeriodKind:
        assert history.periods(kind, NOON + DAY, NOON + 2 * DAY, NOON) == []
        assert history.periods(kind, utc("0001-01-02 00:00"), utc("2019-01-01 00:00"), NOON) == []


@pytest.mark.parametrize(("kind", "days"), [(PeriodKind.DAY, 1_001), (PeriodKind.WEEK, 3_700)])
def test_more_than_anybody_reads_is_refused(kind: PeriodKind, days: int) -> None:
    now = berlin("2036-03-05 12:00")
    with pytest.raises(HistoryError, match="span_too_long"):
        told(Ledger(BERLIN), now).periods(kind, now - days * DAY, now, now)


# The week at hand


def test_the_week_is_the_days_before_and_today_with_what_is_seen_live() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    walked_days(pod, ledger, "2026-03-01", "2026-03-02", "2026-03-05")
    history = told(ledger)
    ledger.live(pod.mac, pod.live(), NOON)
    ledger.live(pod.mac, {"back": pod.total.back + 6}, NOON)
    week = history.week(ledger.today(NOON))
    assert (week.start, week.counts.back) == (berlin("2026-03-02 00:00"), 46)


def test_live_steps_before_midnight_stay_in_the_week_until_their_row_comes() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    late, early = berlin("2026-03-04 23:59"), berlin("2026-03-05 00:00")
    ledger.live(pod.mac, pod.live(), late)
    ledger.live(pod.mac, {"back": 8}, late)
    history = told(ledger, late)
    assert history.week(ledger.today(late)).counts.back == 8
    history.refresh(early, ())
    assert history.week(ledger.today(early)).counts.back == 8
    pod.walk(late, 10)
    pull(ledger, pod, early)
    history.refresh(early, {late})
    assert history.week(ledger.today(early)).counts.back == 10


def test_a_new_week_begins_with_nothing() -> None:
    ledger = Ledger(BERLIN)
    walked_days(Pod(), ledger, "2026-03-05")
    history, monday = told(ledger), berlin("2026-03-09 00:00")
    history.refresh(monday, ())
    assert history.week(ledger.today(monday)).counts == ZERO


def test_taking_away_is_seen_in_the_week() -> None:
    ledger = Ledger(BERLIN)
    walked_days(Pod(), ledger, "2026-03-03", "2026-03-05")
    history = told(ledger)
    change = ledger.remove_walk(berlin("2026-03-03 09:00"), berlin("2026-03-03 10:00"), NOON)
    history.refresh(NOON, change.changed_hours)
    assert history.week(ledger.today(NOON)).counts == walked(20)
    assert history.last_days(3, NOON)[0].counts == Counts()
