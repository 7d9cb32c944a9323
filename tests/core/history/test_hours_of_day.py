"""The hours of today as the clock on the wall cuts them: together they are the day."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.retrostep.core.history.hours_of_day import HourOfDay, hours_of_today, wall_hours
from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from tests.core.ledger.story import BERLIN, Pod, berlin, pull, utc

from .story import DAY, HOUR, MINUTE, NOON

KOLKATA, KATHMANDU, LORD_HOWE = "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe"


def steps(hours: list[HourOfDay]) -> list[int]:
    return [hour.counts.back for hour in hours]


def clocks(hours: list[HourOfDay], zone: str) -> list[str]:
    return [hour.start.astimezone(ZoneInfo(zone)).strftime("%H:%M") for hour in hours]


def wall(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def live(ledger: Ledger, pod: Pod, back: int, now: datetime) -> None:
    """Have steps be seen before their minute ends."""
    ledger.live(pod.mac, pod.live(), now)
    ledger.live(pod.mac, {"back": pod.total.back + back}, now)


def test_all_hours_of_the_day_are_there_and_the_one_of_now_follows_each_step() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(berlin("2026-03-05 09:30"), 20)
    pull(ledger, pod, NOON)
    live(ledger, pod, 6, NOON)
    hours = hours_of_today(ledger, NOON)
    assert hours[0].start == berlin("2026-03-05 00:00")
    assert hours[-1].end == berlin("2026-03-06 00:00")
    assert steps(hours) == [0] * 9 + [20, 0, 0, 6] + [0] * 11
    assert sum(steps(hours)) == ledger.today(NOON).counts.back


@pytest.mark.parametrize(
    ("zone", "day", "day_start", "lengths"),
    [
        ("Europe/Berlin", "2026-03-05", "00:00", [60] * 24),
        ("Europe/Berlin", "2026-03-05", "02:30", [30] + [60] * 23 + [30]),
        # The clocks are put forward and back.
        ("Europe/Berlin", "2026-03-29", "00:00", [60] * 23),
        ("Europe/Berlin", "2026-10-25", "00:00", [60] * 25),
        ("Europe/Berlin", "2026-10-25", "02:30", [30] + [60] * 24 + [30]),
        (KOLKATA, "2026-03-05", "00:00", [60] * 24),
        (KOLKATA, "2026-03-05", "02:30", [30] + [60] * 23 + [30]),
        (KATHMANDU, "2026-03-05", "00:00", [60] * 24),
        # By half an hour: what is left of the hour is half of one.
        (LORD_HOWE, "2026-04-05", "00:00", [60, 60, 30] + [60] * 22),
        (LORD_HOWE, "2026-10-04", "00:00", [60, 60, 30] + [60] * 21),
    ],
)
def test_the_hours_are_those_of_the_wall_clock_and_each_bar_holds_what_was_walked_in_its_own(
    zone: str, day: str, day_start: str, lengths: list[int]
) -> None:
    start = wall(f"{day} {day_start}", zone)
    ledger = Ledger(ZoneInfo(zone), time.fromisoformat(day_start))
    now = ledger.today(start + DAY - 6 * HOUR).end - MINUTE
    pod = Pod()
    minutes = range(sum(lengths))
    pod.walk(start - MINUTE, 999)
    for minute in minutes:
        pod.walk(
            utc("1970-01-01 00:00") + timedelta(minutes=int(start.timestamp()) // 60 + minute), 2 + minute % 7
        )
    pull(ledger, pod, now)
    hours = hours_of_today(ledger, now)
    assert [(hour.end - hour.start) // MINUTE for hour in hours] == lengths
    assert [b.start for b in hours[1:]] == [a.end for a in hours[:-1]], "they leave no gap"
    assert all(clock.endswith("00") for clock in clocks(hours[1:], zone) if "30" not in clock)
    begin = 0
    for hour, length in zip(hours, lengths, strict=True):
        walked = sum(2 + minute % 7 for minute in minutes[begin : begin + length])
        assert hour.counts.back == walked, hour
        begin += length
    assert sum(steps(hours)) == ledger.today(now).counts.back


def test_an_hour_within_which_the_clocks_change_ends_there() -> None:
    # Newfoundland put its clocks back a minute after midnight.
    zone = "America/St_Johns"
    first = int(wall("2010-11-06 23:00", zone).timestamp()) // 60
    starts = [minute - first for minute in wall_hours(first, first + 240, ZoneInfo(zone))]
    assert starts == [0, 60, 61, 120, 180]


@pytest.mark.parametrize("zone", [KOLKATA, KATHMANDU])
def test_where_the_clock_is_half_an_hour_off_hours_begin_when_they_strike(zone: str) -> None:
    ledger = Ledger(ZoneInfo(zone))
    hours = hours_of_today(ledger, wall("2026-03-05 12:00", zone))
    assert clocks(hours, zone) == [f"{hour:02}:00" for hour in range(24)]


@pytest.mark.parametrize(
    ("zone", "day_start", "begin"),
    [(KOLKATA, time(0), "2026-03-04 18:30"), ("Europe/Berlin", time(2, 30), "2026-03-05 01:30")],
)
def test_what_was_walked_just_before_the_day_is_not_in_it(zone: str, day_start: time, begin: str) -> None:
    start = utc(begin)
    pod, ledger = Pod(), Ledger(ZoneInfo(zone), day_start)
    pod.walk(start - 5 * MINUTE, 10)
    pod.walk(start + 5 * MINUTE, 30)
    pull(ledger, pod, NOON)
    ledger.add_walk(start - 2 * MINUTE, 240, Counts(back=40), NOON)
    hours = hours_of_today(ledger, NOON)
    assert hours[0].start == start
    assert (hours[0].counts.back, hours[0].manual.back) == (50, 20)
    assert sum(steps(hours)) == ledger.today(NOON).counts.back


@pytest.mark.parametrize("zone", ["Europe/Berlin", KOLKATA])
def test_minutes_that_never_got_a_time_lie_where_the_hour_of_their_arrival_begins(zone: str) -> None:
    now = wall("2026-03-05 12:10", zone)
    pod, ledger = Pod(), Ledger(ZoneInfo(zone))
    pod.walk(now - 5 * MINUTE, 8)
    pod.walk(None, 30)
    pull(ledger, pod, now)
    hours = hours_of_today(ledger, now)
    assert sum(steps(hours)) == ledger.today(now).counts.back == 38
    assert max(steps(hours)[11:13]) >= 30, "around noon"


def test_what_is_undated_at_the_start_of_a_day_within_an_hour_is_in_its_first_hour() -> None:
    start = utc("2026-03-04 18:30")
    pod, ledger = Pod(), Ledger(ZoneInfo(KOLKATA))
    pod.walk(None, 12)
    pull(ledger, pod, start - 10 * MINUTE)
    pod.walk(None, 30)
    pull(ledger, pod, start + 10 * MINUTE)
    now = start + 11 * MINUTE
    hours = hours_of_today(ledger, now)
    assert steps(hours)[0] == ledger.today(now).counts.back == 30


def test_what_today_does_not_show_less_of_stays_in_the_hour_of_now() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    live(ledger, pod, 20, NOON)
    assert ledger.today(NOON).counts.back == 20
    pod.walk(NOON, 14)
    later = NOON + 2 * MINUTE
    pull(ledger, pod, later)
    hours = hours_of_today(ledger, later)
    assert sum(steps(hours)) == ledger.today(later).counts.back
    assert steps(hours)[12] == ledger.today(later).counts.back


def test_a_stretch_that_was_taken_away_is_in_no_hour() -> None:
    pod, ledger = Pod(), Ledger(ZoneInfo(KOLKATA))
    for minute in range(90):
        pod.walk(utc("2026-03-05 04:00") + minute * MINUTE, 10)
    pull(ledger, pod, NOON)
    ledger.remove_walk(utc("2026-03-05 04:40"), utc("2026-03-05 05:10"), NOON)
    hours = hours_of_today(ledger, NOON)
    # 09:30 to 11:00 was walked, 10:10 to 10:40 taken away.
    assert steps(hours)[9:12] == [300, 300, 0]
    assert sum(steps(hours)) == ledger.today(NOON).counts.back
