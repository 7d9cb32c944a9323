"""A ledger made from statistics counts what they hold, and of later rows only what they do not."""

from datetime import datetime, time

import pytest

from custom_components.retrostep.core.clock import Correction, Jump
from custom_components.retrostep.core.history.rebuilt import rebuilt
from custom_components.retrostep.core.history.statistics_rows import StatisticsRow
from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from tests.core.ledger.story import BERLIN, Pod, pull, restart, utc

from .story import DAY, HOUR, MINUTE

NOW = utc("2026-03-05 12:30")
EIGHT, NINE, TEN = (utc(f"2026-03-05 {hour:02}:00") for hour in (8, 9, 10))


def series(**walked: float) -> list[StatisticsRow]:
    """Give rows of hours, as in h08=20; sums are not asked for."""
    return [StatisticsRow(start=hour_of(name), state=state, sum=0) for name, state in walked.items()]


def hour_of(name: str) -> datetime:
    return utc(f"2026-03-05 {name[1:]}:00")


WALKED = {
    "backward_steps": series(h08=20, h10=30),
    "forward_steps": series(h08=7, h09=4),
    "backward_distance": series(h08=1.1, h10=12.3),
    "backward_minutes": series(h08=28 / 60, h10=0.5),
}


def test_every_series_is_counted_in_its_hour_and_its_unit() -> None:
    ledger = rebuilt(WALKED, BERLIN, time(0), NOW)
    assert ledger.hours() == [
        (EIGHT, Counts(back=20, fwd=7, back_dm=11, back_s=28)),
        (NINE, Counts(fwd=4)),
        (TEN, Counts(back=30, back_dm=123, back_s=30)),
    ]
    assert ledger.settled_total() == Counts(back=50, fwd=11, back_dm=134, back_s=58)
    assert ledger.day(EIGHT.date()).counts == ledger.settled_total()
    assert ledger.walks() == []


def test_days_begin_where_the_walker_wants_them_to() -> None:
    at = utc("2026-03-05 02:00")
    stored = {"backward_steps": [StatisticsRow(start=at, state=9, sum=9)]}
    days = rebuilt(stored, BERLIN, time(4), NOW).days()
    assert [(day.date, day.counts.back) for day in days] == [(at.date() - DAY, 9)]


@pytest.mark.parametrize("stored", [{}, {"backward_steps": []}, {"backward_steps": series(h08=0, h09=-3)}])
def test_statistics_that_hold_nothing_leave_all_to_the_pods(
    stored: dict[str, list[StatisticsRow]],
) -> None:
    ledger, pod = rebuilt(stored, BERLIN, time(0), NOW), Pod()
    assert (ledger.hours(), ledger.settled_total()) == ([], ZERO)
    pod.walk(EIGHT + MINUTE, 12)
    pull(ledger, pod, TEN)
    assert ledger.settled_total().back == 12


def test_what_statistics_hold_of_less_than_nothing_takes_nothing_away() -> None:
    stored = {"backward_steps": series(h08=20, h10=30), "forward_steps": series(h08=-5)}
    assert rebuilt(stored, BERLIN, time(0), NOW).settled_total() == Counts(back=50)


def test_pods_add_only_what_statistics_do_not_hold() -> None:
    ledger, pod = rebuilt({"backward_steps": series(h08=20, h10=30)}, BERLIN, time(0), NOW), Pod()
    for at, steps in ((EIGHT, 90), (TEN - MINUTE, 90), (TEN, 25), (TEN + 40 * MINUTE, 8), (TEN + HOUR, 4)):
        pod.walk(at, Counts(back=steps))
    pull(restarted := restart(ledger), pod, TEN + 2 * HOUR)
    # 33 steps of the last hour are 3 more than statistics know.
    assert [counts.back for _, counts in restarted.hours()] == [20, 33, 4]
    assert restarted.settled_total().back == 57


def test_an_hour_that_a_wrong_clock_dated_years_ahead_takes_no_walk_away() -> None:
    ahead = StatisticsRow(start=utc("2036-03-05 10:00"), state=40, sum=60)
    ledger, pod = rebuilt({"backward_steps": [*series(h08=20), ahead]}, BERLIN, time(0), NOW), Pod()
    assert ledger.settled_total() == Counts(back=20)
    for at, steps in ((EIGHT, 16), (NINE, 12)):
        pod.walk(at, steps)
    pull(ledger, pod, NOW)
    assert [counts.back for _, counts in ledger.hours()] == [20, 12]


def test_the_hour_that_has_just_begun_is_the_last_one() -> None:
    ledger, pod = rebuilt({"backward_steps": series(h10=20)}, BERLIN, time(0), TEN), Pod()
    pod.walk(TEN, 16)
    pull(ledger, pod, TEN + MINUTE)
    assert ledger.settled_total().back == 20


def test_minutes_that_leave_the_last_hour_leave_it_what_statistics_held() -> None:
    """They were dated by a clock that was two hours behind: they go to where they were walked."""
    ledger, pod = rebuilt({"backward_steps": series(h10=30)}, BERLIN, time(0), NOW), Pod()
    ledger.clock_jumped(Jump(-7_200, 1, ()))
    for at, steps in ((TEN + MINUTE, 20), (TEN + 2 * MINUTE, 18)):
        pod.walk(at, steps)
    pull(ledger, pod, TEN + 5 * MINUTE)
    assert [counts.back for _, counts in ledger.hours()] == [38]
    began_s = TEN.timestamp()
    ledger.clock_jumped(Jump(7_200, 2, (Correction(1, 7_200, began_s, began_s + 900),)))
    assert [counts.back for _, counts in restart(ledger).hours()] == [30, 38]
    # The first clock was right after all.
    ledger.clock_jumped(Jump(-7_200, 3, (Correction(1, 0, began_s, began_s + 900),)))
    assert [counts.back for _, counts in ledger.hours() if counts] == [38]


def test_what_was_told_of_the_last_hour_is_kept_along() -> None:
    ledger, pod = rebuilt({"backward_steps": series(h10=30)}, BERLIN, time(0), NOW), Pod()
    for minute in range(4):
        pod.walk(TEN + minute * MINUTE, 10)
        pull(ledger, pod, NOW)
        ledger = restart(ledger)
    assert ledger.settled_total().back == 40


def test_an_hour_in_which_nothing_was_walked_is_not_the_last_one() -> None:
    stored = {"backward_steps": series(h08=20, h10=0)}
    ledger, pod = rebuilt(stored, BERLIN, time(0), NOW), Pod()
    pod.walk(NINE, 12)
    pull(ledger, pod, TEN + HOUR)
    assert ledger.settled_total().back == 32
