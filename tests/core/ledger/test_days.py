"""The walker's days: midnight, day start, clock changes, travel."""

import random
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.retrostep.core.ledger.day_calendar import DayCalendar, Rule, epoch_minute, minute_start
from custom_components.retrostep.core.ledger.ledger import Ledger

from .story import BERLIN, NEW_YORK, Pod, berlin, pull, restart, utc, walked

MIDNIGHT = time(0)


def hours_long(ledger: Ledger, day: date) -> float:
    found = ledger.day(day)
    return (found.end - found.start) / timedelta(hours=1)


def test_midnight_is_that_of_the_walkers_zone() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(berlin("2026-03-04 23:59"), 10)
    pod.walk(berlin("2026-03-05 00:00"), 20)
    pull(ledger, pod, berlin("2026-03-05 12:00"))
    assert ledger.day(date(2026, 3, 4)).counts == walked(10)
    assert ledger.day(date(2026, 3, 5)).counts == walked(20)


def test_a_day_may_start_at_four_in_the_morning() -> None:
    pod, ledger = Pod(), Ledger(BERLIN, time(4))
    pod.walk(berlin("2026-03-05 03:59"), 10)
    pod.walk(berlin("2026-03-05 04:00"), 20)
    pull(ledger, pod, berlin("2026-03-05 12:00"))
    assert ledger.day(date(2026, 3, 4)).counts == walked(10)
    assert ledger.today(berlin("2026-03-05 12:00")).counts == walked(20)
    assert ledger.today(berlin("2026-03-05 12:00")).start == berlin("2026-03-05 04:00")


def test_a_day_starts_with_a_whole_minute() -> None:
    ledger = Ledger(BERLIN, time(4, 0, 30))
    assert ledger.today(berlin("2026-03-05 12:00")).start == berlin("2026-03-05 04:00")
    assert not restart(ledger).set_zone(BERLIN, time(4, 0, 30), berlin("2026-03-05 12:00"))


def test_the_night_the_clocks_go_forward_has_a_day_of_23_hours() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for hour in range(-1, 24):
        pod.walk(utc("2026-03-28 23:30") + timedelta(hours=hour), 1)
    pull(ledger, pod, utc("2026-04-01 00:00"))
    assert hours_long(ledger, date(2026, 3, 29)) == 23
    assert ledger.day(date(2026, 3, 29)).counts.back == 23
    assert ledger.days()[0].counts.back == 1


def test_the_night_the_clocks_go_back_has_a_day_of_25_hours() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for hour in range(-1, 27):
        pod.walk(utc("2026-10-24 22:30") + timedelta(hours=hour), 1)
    pull(ledger, pod, utc("2026-11-01 00:00"))
    assert hours_long(ledger, date(2026, 10, 25)) == 25
    assert [day.counts.back for day in ledger.days()] == [1, 25, 2]


def test_a_zone_of_half_hours_cuts_days_by_minutes_and_hours_by_utc() -> None:
    pod, ledger = Pod(), Ledger(ZoneInfo("Asia/Kolkata"))
    pod.walk(utc("2026-03-04 18:29"), 10)
    pod.walk(utc("2026-03-04 18:30"), 20)
    pull(ledger, pod, utc("2026-03-06 00:00"))
    assert [day.counts.back for day in ledger.days()] == [10, 20]
    assert ledger.hours() == [(utc("2026-03-04 18:00"), walked(30))]


def test_the_open_day_keeps_its_zone_and_the_next_one_is_opened_in_the_new() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    noon = berlin("2026-03-05 12:00")
    assert ledger.set_zone(ZoneInfo("Asia/Tokyo"), MIDNIGHT, noon)
    today = ledger.today(noon)
    assert (today.zone, today.start, today.end) == (
        "Europe/Berlin",
        berlin("2026-03-05 00:00"),
        berlin("2026-03-06 00:00"),
    )
    assert ledger.day(date(2026, 3, 6)).zone == "Asia/Tokyo"
    pod.walk(berlin("2026-03-04 23:30"), 1)
    pod.walk(berlin("2026-03-05 23:30"), 2)
    pod.walk(berlin("2026-03-06 00:30"), 4)
    pull(ledger, pod, berlin("2026-03-07 12:00"))
    assert [day.counts.back for day in restart(ledger).days()] == [1, 2, 4]


def test_a_flight_to_the_west_makes_the_day_longer_and_none_twice() -> None:
    ledger = Ledger(BERLIN)
    ledger.set_zone(NEW_YORK, MIDNIGHT, berlin("2026-03-05 18:00"))
    assert hours_long(ledger, date(2026, 3, 5)) == 30
    assert ledger.day(date(2026, 3, 6)).start == utc("2026-03-06 05:00")


def test_a_flight_to_the_east_makes_the_next_day_shorter() -> None:
    ledger = Ledger(NEW_YORK)
    ledger.set_zone(BERLIN, MIDNIGHT, utc("2026-03-05 18:00"))
    assert hours_long(ledger, date(2026, 3, 5)) == 24
    assert hours_long(ledger, date(2026, 3, 6)) == 18


def test_a_change_of_zone_that_is_taken_back_the_same_day_leaves_no_trace() -> None:
    ledger = Ledger(BERLIN)
    noon = berlin("2026-03-05 12:00")
    ledger.set_zone(NEW_YORK, MIDNIGHT, noon)
    assert ledger.set_zone(BERLIN, MIDNIGHT, noon + timedelta(hours=1))
    assert not ledger.set_zone(BERLIN, MIDNIGHT, noon + timedelta(hours=2))
    assert ledger.as_dict() == Ledger(BERLIN).as_dict()


def test_a_date_the_traveller_never_lived_has_no_length() -> None:
    ledger = Ledger(ZoneInfo("Pacific/Honolulu"))
    ledger.set_zone(ZoneInfo("Pacific/Kiritimati"), MIDNIGHT, utc("2026-03-05 20:00"))
    assert hours_long(ledger, date(2026, 3, 6)) == 0
    assert hours_long(ledger, date(2026, 3, 7)) == 24


def test_a_day_start_that_the_clocks_skip_is_the_moment_after_the_gap() -> None:
    ledger = Ledger(BERLIN, time(2, 30))
    assert ledger.day(date(2026, 3, 29)).start == utc("2026-03-29 01:30")
    assert ledger.today(utc("2026-03-29 01:10")).date == date(2026, 3, 28)
    assert ledger.today(utc("2026-03-29 01:30")).date == date(2026, 3, 29)


def test_days_before_all_clocks_have_no_length() -> None:
    assert hours_long(Ledger(BERLIN), date(1965, 6, 1)) == 0


ZONES = [
    "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Honolulu",
    "Australia/Lord_Howe", "America/Nuuk", "America/Havana", "Africa/Cairo",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_whatever_the_zones_days_follow_each_other_without_gap_or_overlap(seed: int) -> None:
    dice = random.Random(seed)
    start = epoch_minute(utc("2026-01-01 00:00"))
    day_starts = [time(0), time(4), time(23, 30), time(2, 30)]
    calendar = DayCalendar([Rule(0, ZoneInfo(dice.choice(ZONES)), dice.choice(day_starts))])
    moment = start
    for _ in range(6):
        moment += dice.randrange(10 * 1_440)
        calendar.change(ZoneInfo(dice.choice(ZONES)), dice.choice(day_starts), moment)
    before = calendar.span_at(start)
    for minute in range(start, moment + 400 * 1_440, 173):
        span = calendar.span_at(minute)
        assert span.first <= minute < span.end
        assert calendar.span_of(span.day) == span
        if span != before:
            assert span.day > before.day
            assert calendar.span_of(before.day + timedelta(days=1)).first == before.end
        before = span


def test_a_calendar_of_many_years_does_not_grow_without_end() -> None:
    calendar = DayCalendar([Rule(0, BERLIN, MIDNIGHT)])
    day = date(2026, 1, 1)
    for i in range(5_000):
        calendar.span_of(day + timedelta(days=i))
    assert len(calendar._spans) <= 4_096
    assert minute_start(calendar.span_of(day).first) == berlin("2026-01-01 00:00")


@pytest.mark.parametrize("zone", [NEW_YORK, ZoneInfo("Asia/Tokyo")], ids=str)
def test_a_zone_changed_while_the_clock_is_behind_recuts_no_day_that_holds_a_walk(zone: ZoneInfo) -> None:
    """Also if all that is known of the days ahead was added by hand."""
    ledger = Ledger(BERLIN)
    now = berlin("2026-03-07 12:00")
    walk = ledger.add_walk(berlin("2026-03-07 02:00"), 600, walked(100), now).walk
    assert walk
    assert not ledger.set_zone(zone, MIDNIGHT, now - timedelta(days=3), in_doubt=True)
    assert ledger.set_zone(zone, MIDNIGHT, now, in_doubt=True)
    ledger.take_back_walk(walk.number)
    assert ledger.days() == []
    assert ledger.day(date(2026, 3, 7)).zone == "Europe/Berlin"
