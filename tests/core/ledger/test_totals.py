"""Hours, days and blocks of rows: what is kept, from when on, and how it is written down."""

import json
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from custom_components.retrostep.core.ledger import document
from custom_components.retrostep.core.ledger.blocks import BlockMap
from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.day_calendar import DayCalendar, Rule, epoch_minute, minute_start
from custom_components.retrostep.core.ledger.document import DocumentError, current_document
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.totals import HOUR_WEEKS_KEPT, HOUR_WEEKS_SPARE, Totals

from .story import BERLIN, NEW_YORK, Pod, berlin, keep_little, pull, restart, utc, walked

NOON = berlin("2026-03-05 12:00")
DAY = timedelta(days=1)


# Blocks


def filled(*keys: int, span: int = 10) -> BlockMap[tuple[int, ...]]:
    blocks = BlockMap(tuple, 2, span)
    for key in keys:
        blocks.put(key, (key, -key))
    return blocks


def test_rows_are_found_by_their_key_and_nothing_else_is() -> None:
    blocks = filled(9, 10, 29)
    assert [key for key in range(40) if blocks.get(key)] == [9, 10, 29]
    assert blocks.get(10) == (10, -10)
    blocks.put(10, (1, 2))
    assert blocks.get(10) == (1, 2)


@pytest.mark.parametrize("written", [False, True])
def test_rows_of_a_stretch_come_in_their_order_without_its_end(*, written: bool) -> None:
    blocks = filled(31, 9, 20, 10, 29, 30, 19)
    if written:
        blocks = BlockMap(tuple, 2, 10, json.loads(json.dumps(blocks.as_blocks())))
    assert [key for key, _ in blocks.rows(10, 30)] == [10, 19, 20, 29]
    assert [key for key, _ in blocks.rows(9, 31)] == [9, 10, 19, 20, 29, 30]
    assert list(blocks.rows(10, 11)) == [(10, (10, -10))]
    assert [key for key, _ in blocks.rows_from(29)] == [29, 30, 31]
    assert list(blocks.rows_from(32)) == list(filled().rows_from(0)) == []


def test_only_whole_blocks_before_a_key_are_forgotten() -> None:
    for key, left in ((19, [9, 10, 29]), (20, [29]), (10, [10, 29])):
        blocks = filled(9, 10, 29)
        if key == 19:
            blocks.drop_before(9)
        else:
            blocks.drop_before(key)
        assert [each for each, _ in blocks.rows_from(0)] == left


def test_blocks_nobody_touched_stay_as_they_were_written() -> None:
    kept = json.loads(json.dumps(filled(9, 10, 29).as_blocks()))
    assert kept == {"0": [9, 9, -9], "1": [0, 10, -10], "2": [9, 29, -29]}
    blocks = BlockMap(tuple, 2, 10, kept)
    blocks.get(10)
    blocks.put(29, (0, 0))
    blocks.put(40, (4, 4))
    after = blocks.as_blocks()
    assert after["0"] is kept["0"]
    assert (after["2"], after["4"]) == ([9, 0, 0], [0, 4, 4])
    assert list(after) == ["0", "1", "2", "4"]
    with pytest.raises(ValueError, match="block 7 holds 4 numbers"):
        BlockMap(tuple, 2, 10, {"7": [1, 2, 3, 4]})


# Documents


def test_a_document_of_this_version_is_taken_as_it_is_and_a_newer_one_refused() -> None:
    assert current_document({"version": 1, "a": 2}) == {"version": 1, "a": 2}
    for kept, reason in (
        ({"version": 2}, "ledger_too_new"),
        ({"version": "1"}, "ledger_unreadable"),
        ([], "ledger_unreadable"),
    ):
        with pytest.raises(DocumentError) as refused:
            current_document(kept)
        assert refused.value.reason == reason
        assert refused.value.detail
    with pytest.raises(DocumentError, match="no way from version 0"):
        current_document({"version": 0})


def test_a_document_of_an_older_version_is_lifted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def lift(kept: dict[str, Any]) -> dict[str, Any]:
        return {**kept, "lifted": [*kept.get("lifted", []), kept["version"]]}

    monkeypatch.setattr(document, "VERSION", 3)
    monkeypatch.setattr(document, "MIGRATIONS", {1: lift, 2: lift})
    assert current_document({"version": 1}) == {"version": 3, "lifted": [1, 2]}
    assert current_document({"version": 3}) == {"version": 3}


# Sums


def test_a_credit_counts_in_its_hour_its_day_and_in_all() -> None:
    totals = Totals(BERLIN, time(0))
    nine = epoch_minute(utc("2026-03-05 09:59"))
    assert totals.credit(nine, walked(10)) == utc("2026-03-05 09:00")
    totals.credit(nine + 1, walked(20), manual=True)
    totals.credit(nine + 1, walked(5), undated=True)
    totals.credit(nine, ZERO - walked(4))
    day = totals.day(totals.calendar.span_at(nine))
    assert (day.counts, day.manual, day.undated) == (walked(31), walked(20), walked(5))
    assert totals.hours() == [
        (utc("2026-03-05 09:00"), walked(6)),
        (utc("2026-03-05 10:00"), walked(25)),
    ]
    assert totals.hours(epoch_minute(utc("2026-03-05 10:00")) // 60) == totals.hours()[1:]
    assert (totals.all(), totals.hours_base()) == (walked(31), ZERO)
    assert (day.date, day.zone) == (date(2026, 3, 5), "Europe/Berlin")


WEEK = 7 * 24 * 60


def test_hours_are_kept_for_two_years_of_weeks_with_walking_on_them() -> None:
    totals = Totals(BERLIN, time(0))
    for week in range(HOUR_WEEKS_KEPT + HOUR_WEEKS_SPARE):
        totals.credit((2_400 + week) * WEEK, walked(2))
        totals.forget_old_hours()
    totals.forget_old_hours()
    assert len(totals.hours()) == HOUR_WEEKS_KEPT + HOUR_WEEKS_SPARE
    # A clock that is ten years ahead for one walk takes away nothing that is promised.
    totals.credit(3_000 * WEEK, walked(2))
    totals.forget_old_hours()
    assert len(totals.hours()) == HOUR_WEEKS_KEPT
    assert totals.hours_base() == walked(2) + walked(2) + walked(2) + walked(2) + walked(2)
    since = totals.hours_since
    totals.forget_old_hours()
    assert totals.hours_since == since, "what is forgotten does not come back"
    early = epoch_minute(since) - 1
    assert totals.credit(early, walked(1)) == since, "every sum that is kept changes"
    assert len(totals.hours()) == HOUR_WEEKS_KEPT
    totals.keep_hour(early // 60)
    assert len(totals.hours()) == HOUR_WEEKS_KEPT
    totals.keep_hour(early // 60 + 1)
    assert totals.hours()[0] == (since, walked(2))


def test_a_day_start_at_half_past_is_written_down_with_its_zone() -> None:
    ledger = Ledger(BERLIN, time(4, 30))
    ledger.set_zone(NEW_YORK, time(5, 45), NOON)
    again = restart(ledger)
    assert again.today(NOON).start == berlin("2026-03-05 04:30")
    later = NOON + 3 * DAY
    assert again.today(later).start == later.astimezone(NEW_YORK).replace(hour=5, minute=45)
    assert [rule.day_start for rule in again.calendar.rules] == [time(4, 30), time(5, 45)]
    assert not again.set_zone(NEW_YORK, time(5, 45, 59), later)
    assert again.set_zone(NEW_YORK, time(5, 44), later)


def test_days_are_told_from_the_first_to_the_last_asked_for() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for ago in range(5):
        pod.walk(NOON - ago * DAY, 10)
    pull(ledger, pod, NOON)
    days = ledger.days(date(2026, 3, 2), date(2026, 3, 4))
    assert [day.date.day for day in days] == [2, 3, 4]
    assert len(ledger.days()) == 5


# Days


def test_a_rule_holds_from_its_minute_on_and_days_before_it_keep_theirs() -> None:
    calendar = DayCalendar([Rule(0, BERLIN, time(0))])
    noon = epoch_minute(NOON)
    assert calendar.span_at(noon).zone == "Europe/Berlin"
    assert calendar.change(NEW_YORK, time(0), noon)
    today, tomorrow = calendar.span_at(noon), calendar.span_at(noon + 1_440)
    assert (today.zone, tomorrow.zone) == ("Europe/Berlin", "America/New_York")
    assert today.end == tomorrow.first
    assert today.end - 1 in today
    assert today.end not in today
    assert today.first in today
    assert today.first - 1 not in today
    assert not calendar.change(NEW_YORK, time(0), noon + 2_880)
    assert calendar.change(NEW_YORK, time(1), noon + 2_880), "another day start is another rule"
    assert len(calendar.rules) == 3


def test_a_change_asked_for_again_on_the_same_day_replaces_the_first() -> None:
    calendar = DayCalendar([Rule(0, BERLIN, time(0))])
    noon = epoch_minute(NOON)
    calendar.change(NEW_YORK, time(0), noon)
    calendar.change(NEW_YORK, time(3), noon + 1)
    assert [rule.day_start for rule in calendar.rules] == [time(0), time(3)]


def test_a_change_that_is_replaced_leaves_no_trace_in_the_day_that_is_open() -> None:
    noon, midnight = epoch_minute(NOON), time(0)
    changed, straight = (DayCalendar([Rule(0, BERLIN, midnight)]) for _ in range(2))
    whole = changed.span_at(noon)
    changed.change(ZoneInfo("Pacific/Honolulu"), midnight, noon)
    assert changed.span_at(noon).end > whole.end
    changed.change(NEW_YORK, midnight, noon)
    straight.change(NEW_YORK, midnight, noon)
    assert changed.rules == straight.rules
    assert changed.span_at(noon) == straight.span_at(noon)
    changed.change(BERLIN, midnight, noon)
    assert changed.span_at(noon) == whole


def test_a_clock_before_all_rules_does_not_lose_the_first_one() -> None:
    since = epoch_minute(NOON)
    calendar = DayCalendar([Rule(since, BERLIN, time(0))])
    assert not calendar.change(BERLIN, time(0), since - 1)
    assert calendar.rules == (Rule(since, BERLIN, time(0)),)


def test_minutes_and_moments_are_those_of_utc() -> None:
    assert epoch_minute(utc("1970-01-01 00:01")) == 1
    assert epoch_minute(utc("1970-01-01 00:01") - timedelta(seconds=1)) == 0
    assert minute_start(90) == utc("1970-01-01 01:30")


def test_counts_begin_with_nothing() -> None:
    assert Counts() == ZERO == Counts(0, 0, 0, 0, 0, 0, 0)


def test_what_holds_nothing_knows_of_no_moment_and_what_holds_a_row_of_its_own() -> None:
    ledger, pod = Ledger(BERLIN), Pod()
    assert (ledger.known_s, Totals(BERLIN, time(0)).newest_minute()) == (0, 0)
    pod.walk(NOON - timedelta(minutes=9), Counts(fwd=20))
    pull(ledger, pod, NOON)
    assert ledger.known_s == NOON.timestamp() - 540
    assert restart(ledger).known_s == ledger.known_s


def test_a_late_row_of_the_first_hour_kept_counts_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_little(monkeypatch, weeks=2)
    totals = Totals(BERLIN, time(0))
    for week in range(4):
        totals.credit(epoch_minute(NOON + week * 7 * DAY), walked(10))
        totals.forget_old_hours()
    first = totals.hours_since
    assert totals.credit(epoch_minute(first), walked(3)) == first
    assert totals.hours()[0] == (first, walked(3))
    assert totals.hours_base() == walked(20)


def test_the_first_hour_there_is_can_be_kept() -> None:
    totals = Totals(BERLIN, time(0))
    totals.credit(30, walked(10))
    assert (totals.hours(), totals.hours_base()) == ([(minute_start(0), walked(10))], ZERO)
