"""Rows of one pod: every step once, in the minute, hour and day it was walked."""

import random
from datetime import date, timedelta

import pytest

from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import PageError, Position, parse_page

from .story import BERLIN, MAC, Pod, berlin, pull, restart, utc, walked

NOW = berlin("2026-03-05 12:00")


def test_steps_walked_offline_land_in_the_hour_they_were_walked() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(utc("2026-03-03 09:59"), 40)
    pod.walk(utc("2026-03-03 10:00"), 30)
    result = pull(ledger, pod, NOW)
    assert ledger.hours() == [
        (utc("2026-03-03 09:00"), walked(40)),
        (utc("2026-03-03 10:00"), walked(30)),
    ]
    assert result.changed_hours == {utc("2026-03-03 09:00"), utc("2026-03-03 10:00")}
    assert result.new_rows == 2
    assert ledger.day(date(2026, 3, 3)).counts == walked(40) + walked(30)
    assert ledger.today(NOW).counts == ZERO
    assert ledger.settled_total().back == 70


def test_hours_can_be_asked_from_a_moment_on() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(utc("2026-03-03 09:59"), 40)
    pod.walk(utc("2026-03-04 10:00"), 30)
    pull(ledger, pod, NOW)
    assert ledger.hours(utc("2026-03-04 10:30")) == [(utc("2026-03-04 10:00"), walked(30))]
    assert ledger.minutes(utc("2026-03-04 00:00"), NOW) == [(utc("2026-03-04 10:00"), walked(30))]


def test_the_same_page_twice_counts_once() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(utc("2026-03-03 09:59"), 40)
    page = parse_page(pod.answer())
    assert ledger.merge(MAC, page, NOW).new_rows == 1
    again = ledger.merge(MAC, page, NOW)
    assert (again.new_rows, again.changed_hours) == (0, frozenset())
    assert ledger.total().back == 40


def test_pages_in_any_order_give_the_same_ledger() -> None:
    pod = Pod()
    for i in range(30):
        pod.walk(utc("2026-03-03 09:00") + timedelta(minutes=7 * i), 10 + i)
    pages = [parse_page({**pod.answer(7_001, after, 5), "more": True}) for after in range(0, 30, 5)]
    straight = Ledger(BERLIN)
    pull(straight, pod, NOW)
    for seed in range(5):
        shuffled = Ledger(BERLIN)
        for page in random.Random(seed).sample(pages * 2, len(pages) * 2):
            shuffled.merge(MAC, page, NOW)
        pull(shuffled, pod, NOW)
        assert shuffled.hours() == straight.hours()
        assert shuffled.position(MAC) == straight.position(MAC) == Position(7_001, 30)


def test_rows_that_a_stray_page_jumped_over_are_asked_for_again() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for i in range(9):
        pod.walk(utc("2026-03-03 09:00") + timedelta(minutes=i), 10)
    late = parse_page(pod.answer(7_001, 6))
    result = ledger.merge(MAC, late, NOW)
    assert not result.complete
    assert ledger.position(MAC) == Position(7_001, 0)
    assert pull(ledger, pod, NOW).complete
    assert ledger.total().back == 90


@pytest.mark.parametrize("jump", [1, 37, 1_900])
def test_a_jump_over_rows_that_can_hold_nothing_is_refused_and_the_pod_goes_on(jump: int) -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(utc("2026-03-03 09:00"), 10)
    pull(ledger, pod, NOW)
    before = ledger.as_dict()
    page = parse_page({**pod.answer(7_001, 1), "next": 2 + jump})
    with pytest.raises(PageError) as refused:
        ledger.merge(MAC, page, NOW)
    assert (refused.value.reason, ledger.as_dict()) == ("total_mismatch", before)
    pod.walk(utc("2026-03-03 09:01"), 10)
    assert pull(ledger, pod, NOW).complete
    assert ledger.total().back == 20


def test_a_page_that_leaves_rows_out_while_its_total_has_them_is_asked_for_again() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for i in range(4):
        pod.walk(utc("2026-03-03 09:00") + timedelta(minutes=i), 10)
    whole = pod.answer()
    holey = ledger.merge(MAC, parse_page({**whole, "m": [whole["m"][0], whole["m"][3]]}), NOW)
    assert (holey.complete, ledger.position(MAC)) == (False, Position(7_001, 1))
    assert pull(ledger, pod, NOW).lost_rows == 0
    assert ledger.total().back == 40


@pytest.mark.parametrize("settled", [4, 40, 2_000_000_000])
def test_a_position_the_pod_never_reached_finds_its_way_back(settled: int) -> None:
    """Such a position is in documents of before pages were checked for it."""
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(utc("2026-03-03 09:00"), 10)
    pod.walk(utc("2026-03-03 09:01"), 10)
    pull(ledger, pod, NOW)
    document = ledger.as_dict()
    document["pods"][MAC]["logs"][0][1:3] = [settled - 1, settled]
    strayed = Ledger.from_dict(document)
    assert strayed.position(MAC) == Position(7_001, settled - 1)
    if settled > 4:
        pod.walk(utc("2026-03-03 09:02"), 10)
    result = pull(strayed, pod, NOW)
    assert (result.lost_rows, result.lost) == (0, ZERO)
    pod.walk(utc("2026-03-03 09:03"), 10)
    pull(strayed, pod, NOW)
    assert (strayed.total(), strayed.total().back) == (pod.total, pod.total.back)
    assert strayed.position(MAC) == Position(7_001, pod.next_seq - 1)
    assert pull(restart(strayed), pod, NOW).new_rows == 0


def test_rows_the_pod_had_to_overwrite_are_reported_as_lost() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(utc("2026-03-03 09:00"), 10)
    pull(ledger, pod, NOW)
    for i in range(1, 8):
        pod.walk(utc("2026-03-03 09:00") + timedelta(minutes=i), 10)
    pod.overwrite(4)
    result = pull(ledger, pod, NOW)
    assert (result.lost_rows, result.lost) == (3, Counts(30, 0, 0, 150, 0, 15, 0))
    assert pull(ledger, pod, NOW).lost_rows == 0, "a loss is reported once"
    assert ledger.total().back == 50


def test_a_log_without_a_row_left_is_a_loss_too() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(utc("2026-03-03 09:00"), 10)
    pod.overwrite(1)
    result = pull(ledger, pod, NOW)
    assert (result.lost_rows, result.lost.back) == (1, 10)
    assert ledger.position(MAC) == Position(7_001, 1)


def test_a_new_log_starts_over_and_adds() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(utc("2026-03-03 09:00"), 10)
    assert not pull(ledger, pod, NOW).log_changed
    wiped = Pod(log=7_002)
    wiped.walk(utc("2026-03-03 09:10"), 20)
    assert pull(ledger, wiped, NOW).log_changed
    assert ledger.total().back == 30
    assert ledger.position(MAC) == Position(7_002, 1)


def test_a_late_answer_of_the_old_log_changes_nothing() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(utc("2026-03-03 09:00"), 10)
    old = parse_page(pod.answer())
    pull(ledger, pod, NOW)
    wiped = Pod(log=7_002)
    wiped.walk(utc("2026-03-03 09:10"), 20)
    pull(ledger, wiped, NOW)
    assert ledger.merge(MAC, old, NOW).new_rows == 0
    pull(ledger, wiped, NOW)
    assert ledger.total().back == 30


def test_a_restored_backup_reads_again_and_never_doubles() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(utc("2026-03-03 09:00"), 10)
    pull(ledger, pod, NOW)
    backup = restart(ledger)
    for i in range(1, 6):
        pod.walk(utc("2026-03-03 09:00") + timedelta(minutes=i), 10)
    pull(ledger, pod, NOW)
    result = pull(backup, pod, NOW)
    assert result.new_rows == 5
    assert backup.hours() == ledger.hours()
    assert pull(restart(backup), pod, NOW).new_rows == 0


def test_two_rows_of_one_minute_are_one_walk_after_the_other() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(utc("2026-03-03 09:00"), 20, span=(2, 20))
    pod.walk(utc("2026-03-03 09:00"), walked(0, fwd=30))
    pod.walk(utc("2026-03-03 09:00"), 10, span=(40, 50))
    pull(ledger, pod, NOW)
    assert ledger.hours() == [(utc("2026-03-03 09:00"), walked(30, fwd=30))]
    session = ledger.sessions(utc("2026-03-03 00:00"), NOW)[0]
    assert (session.start, session.end) == (
        utc("2026-03-03 09:00") + timedelta(seconds=2),
        utc("2026-03-03 09:00") + timedelta(seconds=51),
    )


def test_minutes_without_a_time_count_when_they_arrive_and_are_marked() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(None, 25)
    pod.walk(utc("2026-03-05 09:00"), 10)
    result = pull(ledger, pod, NOW)
    assert (result.undated_rows, result.new_rows) == (1, 2)
    today = ledger.today(NOW)
    assert (today.counts.back, today.undated.back) == (35, 25)
    assert pull(restart(ledger), pod, NOW + timedelta(days=1)).new_rows == 0
    assert ledger.sessions(today.start, today.end)[0].steps == 10, "a walk without a time is no session"


def test_a_row_from_the_future_is_refused_and_nothing_of_its_page_is_taken() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(utc("2026-03-05 09:00"), 10)
    pod.walk(NOW + timedelta(minutes=6), 10)
    with pytest.raises(PageError) as refused:
        pull(ledger, pod, NOW)
    assert refused.value.reason == "clock_wrong"
    assert ledger.position(MAC) is None
    assert not ledger.hours()
    pull(ledger, pod, NOW + timedelta(minutes=2))
    assert ledger.total().back == 20, "a few minutes later it is no future any more"


def test_a_log_that_goes_backwards_is_refused() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(utc("2026-03-05 09:00"), 10)
    earlier = parse_page(pod.answer(7_001, 0))
    pod.walk(utc("2026-03-05 09:01"), 10)
    pull(ledger, pod, NOW)
    assert not ledger.merge(MAC, earlier, NOW).complete
    assert ledger.position(MAC) == (7_001, 0), "it is read again before anything is said of it"
    with pytest.raises(PageError) as refused:
        ledger.merge(MAC, earlier, NOW)
    assert refused.value.reason == "log_rewound"
    assert ledger.total().back == 20


def test_rows_a_power_cut_took_from_the_pod_after_we_had_them_stay() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(utc("2026-03-05 09:00"), 10)
    pod.walk(utc("2026-03-05 09:01"), 10)
    pull(ledger, pod, NOW)
    pod.rows.pop()
    pod.total -= walked(10)
    pod.next_seq = 2
    with pytest.raises(PageError) as refused:
        pull(ledger, pod, NOW)
    assert refused.value.reason == "log_rewound"
    pod.walk(utc("2026-03-05 09:05"), 10)
    pod.walk(utc("2026-03-05 09:06"), 30)
    result = pull(ledger, pod, NOW)
    assert (result.complete, result.lost) == (True, ZERO)
    assert ledger.total().back == 50, "the row whose number was used again can't be told from the first"


def test_how_far_the_pods_clock_is_off_is_told() -> None:
    pod = Pod()
    page = parse_page(pod.answer(now=NOW + timedelta(seconds=90)))
    assert page.clock_skew_s(NOW) == 90
    assert parse_page(pod.answer()).clock_skew_s(NOW) is None


def test_the_last_step_is_the_last_backward_one() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    assert ledger.last_step_at() is None
    pod.walk(utc("2026-03-05 09:00"), 10, span=(3, 17))
    pod.walk(utc("2026-03-05 09:30"), walked(0, fwd=50))
    pull(ledger, pod, NOW)
    assert ledger.last_step_at() == utc("2026-03-05 09:00") + timedelta(seconds=17)
    ledger.live(MAC, {"back": 10, "fwd": 50}, NOW)
    ledger.live(MAC, {"fwd": 54}, NOW)
    assert ledger.last_step_at() == utc("2026-03-05 09:00") + timedelta(seconds=17)
    ledger.live(MAC, {"back": 12}, NOW)
    assert ledger.last_step_at() == NOW
