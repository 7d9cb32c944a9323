"""Today, live: what the rows hold and the open minute, never less than before."""

import random
from datetime import date, timedelta

import pytest

from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import parse_page

from .story import BERLIN, MAC, OTHER_MAC, Pod, berlin, pull, restart, walked

NOON = berlin("2026-03-05 12:00")
SECOND = timedelta(seconds=1)


def connected(pod: Pod, ledger: Ledger) -> None:
    """Let the pod come into reach: its sensors speak, its rows are pulled."""
    ledger.live_lost(pod.mac)
    ledger.live(pod.mac, pod.live(), NOON)
    pull(ledger, pod, NOON)


def test_a_counted_stride_shows_at_once() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    connected(pod, ledger)
    for steps in range(2, 40, 2):
        pod.open_minute = Counts(back=steps)
        ledger.live(MAC, pod.live(), NOON + steps * SECOND)
        assert ledger.today(NOON).counts.back == steps
        assert ledger.total().back == steps
    assert ledger.settled_total() == ZERO


def test_today_is_the_same_whether_the_row_comes_before_or_after_the_live_value() -> None:
    for row_first in (True, False):
        pod, ledger = Pod(), Ledger(BERLIN)
        connected(pod, ledger)
        pod.open_minute = Counts(back=30, back_dm=150)
        ledger.live(MAC, pod.live(), NOON)
        pod.open_minute = ZERO
        pod.walk(NOON, 40)
        if row_first:
            pull(ledger, pod, NOON + 61 * SECOND)
            assert ledger.today(NOON).counts.back == 40
            ledger.live(MAC, pod.live(), NOON + 62 * SECOND)
        else:
            ledger.live(MAC, pod.live(), NOON + 62 * SECOND)
            assert ledger.today(NOON).counts.back == 40
            pull(ledger, pod, NOON + 63 * SECOND)
        assert ledger.today(NOON).counts == walked(40)


def test_open_minute_at_connect_is_shown_once_the_rows_are_there() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NOON - timedelta(minutes=1), 40)
    pod.open_minute = Counts(back=8)
    ledger.live(MAC, pod.live(), NOON)
    assert ledger.today(NOON).counts.back == 0, "live totals alone say nothing about today"
    pull(ledger, pod, NOON)
    assert ledger.today(NOON).counts.back == 48


def test_steps_of_yesterday_evening_never_show_as_today() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    connected(pod, ledger)
    ledger = restart(ledger)
    pod.walk(berlin("2026-03-05 21:00"), 500)
    morning = berlin("2026-03-06 08:00")
    ledger.live(MAC, pod.live(), morning)
    assert ledger.today(morning).counts.back == 0
    pull(ledger, pod, morning)
    assert ledger.today(morning).counts.back == 0
    assert ledger.day(date(2026, 3, 5)).counts.back == 500


def test_steps_over_midnight_belong_to_the_day_they_are_seen_in_until_a_row_dates_them() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    connected(pod, ledger)
    before, after = berlin("2026-03-05 23:59") + 50 * SECOND, berlin("2026-03-06 00:00") + 10 * SECOND
    pod.open_minute = Counts(back=20)
    ledger.live(MAC, pod.live(), before)
    assert ledger.today(before).counts.back == 20
    assert ledger.today(after).counts.back == 0
    pod.open_minute = Counts(back=24)
    ledger.live(MAC, pod.live(), after)
    assert ledger.today(after).counts.back == 4
    pod.open_minute = Counts(back=4)
    pod.walk(berlin("2026-03-05 23:59"), walked(20))
    pull(ledger, pod, after + 5 * SECOND)
    assert ledger.today(after).counts.back == 4
    assert ledger.day(date(2026, 3, 5)).counts.back == 20
    assert ledger.total().back == 24


def test_a_row_that_dates_steps_into_yesterday_does_not_make_today_jump_back() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    connected(pod, ledger)
    after = berlin("2026-03-06 00:00") + SECOND
    pod.open_minute = Counts(back=6)
    ledger.live(MAC, pod.live(), after)
    assert ledger.today(after).counts.back == 6
    pod.open_minute = ZERO
    pod.walk(berlin("2026-03-05 23:59"), 6)
    pull(ledger, pod, after + SECOND)
    assert ledger.today(after).counts.back == 6
    assert ledger.day(date(2026, 3, 6)).counts.back == 0, "the day itself is exact"


def test_a_restart_in_the_middle_of_a_minute_loses_nothing_that_was_shown() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    connected(pod, ledger)
    pod.open_minute = Counts(back=20)
    ledger.live(MAC, pod.live(), NOON)
    ledger = restart(ledger)
    assert ledger.today(NOON).counts.back == 20
    pod.open_minute = Counts(back=26)
    ledger.live(MAC, pod.live(), NOON + 9 * SECOND)
    pull(ledger, pod, NOON + 10 * SECOND)
    assert ledger.today(NOON).counts.back == 26
    assert ledger.total().back == 26


def test_live_values_after_a_time_out_of_reach_are_a_new_start() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    connected(pod, ledger)
    ledger.live_lost(MAC)
    pod.walk(berlin("2026-03-04 10:00"), 300)
    pod.open_minute = Counts(back=2)
    ledger.live(MAC, pod.live(), NOON)
    assert ledger.today(NOON).counts.back == 0
    pod.open_minute = Counts(back=6)
    ledger.live(MAC, pod.live(), NOON + SECOND)
    assert ledger.today(NOON).counts.back == 4, "what is seen now is of now"
    pull(ledger, pod, NOON + 2 * SECOND)
    assert ledger.today(NOON).counts.back == 6
    assert ledger.day(date(2026, 3, 4)).counts.back == 300


def test_sensors_that_lag_behind_the_rows_show_nothing_twice() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    connected(pod, ledger)
    pod.walk(NOON, 40)
    pull(ledger, pod, NOON + 61 * SECOND)
    ledger.live(MAC, {"back": 12}, NOON + 62 * SECOND)
    assert ledger.today(NOON).counts == walked(40)


def test_a_pod_that_lost_a_minute_in_a_power_cut_does_not_make_today_jump_back() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NOON - timedelta(minutes=5), 100)
    connected(pod, ledger)
    pod.open_minute = Counts(back=50)
    ledger.live(MAC, pod.live(), NOON)
    assert ledger.today(NOON).counts.back == 150
    pod.open_minute = ZERO
    ledger.live(MAC, pod.live(), NOON + 30 * SECOND)
    pull(ledger, pod, NOON + 31 * SECOND)
    assert ledger.today(NOON).counts.back == 150
    pod.open_minute = Counts(back=60)
    ledger.live(MAC, pod.live(), NOON + 59 * SECOND)
    assert ledger.today(NOON).counts.back == 160


def test_a_pod_with_a_new_log_counts_on() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NOON - timedelta(minutes=5), 100)
    connected(pod, ledger)
    wiped = Pod(log=7_002, open_minute=Counts(back=10))
    ledger.live(MAC, wiped.live(), NOON)
    pull(ledger, wiped, NOON + SECOND)
    assert ledger.today(NOON).counts.back == 110
    wiped.open_minute = Counts(back=14)
    ledger.live(MAC, wiped.live(), NOON + 2 * SECOND)
    assert ledger.today(NOON).counts.back == 114


def test_totals_of_an_old_log_are_not_taken_for_steps_of_the_new_one() -> None:
    pod, ledger = Pod(log=7_000), Ledger(BERLIN)
    for i in range(20):
        pod.walk(berlin("2026-03-04 10:00") + timedelta(minutes=i), 100)
    pull(ledger, pod, NOON)
    ledger.live(MAC, {"back": 2_004}, NOON)
    wiped = Pod()
    wiped.walk(NOON - timedelta(minutes=5), 100)
    pull(ledger, wiped, NOON + SECOND)
    assert ledger.today(NOON).counts.back == 100
    ledger.live(MAC, {"back": 102}, NOON + 2 * SECOND)
    assert ledger.today(NOON).counts.back == 102


def test_live_totals_of_another_age_are_not_taken_for_an_open_minute() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    ledger.live(MAC, {"back": 90_000}, NOON)
    pull(ledger, pod, NOON)
    assert ledger.today(NOON).counts.back == 0


def test_minutes_that_wait_for_a_time_do_not_show_as_today() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.open_minute = Counts(back=800)
    ledger.live(MAC, pod.live(), NOON)
    ledger.merge(MAC, parse_page(pod.answer()), NOON)
    assert ledger.today(NOON).counts.back == 0
    pod.open_minute = ZERO
    pod.walk(berlin("2026-03-04 10:00"), walked(800))
    pull(ledger, pod, NOON + SECOND)
    assert ledger.today(NOON).counts.back == 0


def test_nonsense_from_a_sensor_is_passed_over() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    connected(pod, ledger)
    ledger.live(MAC, {"back": 10**9, "fwd": -5}, NOON)
    assert ledger.today(NOON).counts == ZERO
    pod.open_minute = Counts(back=4)
    ledger.live(MAC, pod.live(), NOON)
    pull(ledger, pod, NOON)
    assert ledger.today(NOON).counts.back == 4


def test_minutes_just_dated_but_not_yet_handed_out_do_not_show_as_today() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.open_minute = Counts(back=2_000)
    ledger.live(MAC, pod.live(), NOON)
    pull(ledger, pod, NOON)
    assert ledger.today(NOON).counts.back == 0
    pod.open_minute = Counts(back=2_002)
    ledger.live(MAC, pod.live(), NOON)
    assert ledger.today(NOON).counts.back == 2, "what is seen now shows at once"
    pod.open_minute = Counts(back=2)
    pod.walk(berlin("2026-03-04 10:00"), Counts(back=2_000))
    pull(ledger, pod, NOON + SECOND)
    assert ledger.today(NOON).counts.back == 2


def test_a_pod_that_is_taken_away_leaves_its_history() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NOON - timedelta(minutes=5), 100)
    connected(pod, ledger)
    pod.open_minute = Counts(back=4)
    ledger.live(MAC, pod.live(), NOON)
    ledger.forget_pod(MAC)
    ledger.forget_pod(OTHER_MAC)
    ledger.live_lost(OTHER_MAC)
    assert ledger.day(date(2026, 3, 5)).counts.back == 100
    assert pull(ledger, pod, NOON).new_rows == 0


def test_a_pod_that_went_while_home_assistant_was_off_leaves_no_figure_behind() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NOON - timedelta(minutes=5), 10)
    connected(pod, ledger)
    pod.open_minute = Counts(back=20)
    ledger.live(MAC, pod.live(), NOON)
    ledger = Ledger.from_dict(ledger.as_dict())
    ledger.expect_pods([MAC])
    assert (ledger.today(NOON).counts.back, ledger.total().back) == (30, 30)
    ledger.expect_pods([OTHER_MAC])
    assert (ledger.today(NOON).counts.back, ledger.total().back) == (10, 10)


def test_a_pod_that_is_given_away_leaves_no_figure_behind_that_later_steps_must_first_reach() -> None:
    pod, other, ledger = Pod(), Pod(OTHER_MAC), Ledger(BERLIN)
    pod.walk(NOON - timedelta(minutes=5), 10)
    connected(pod, ledger)
    pod.open_minute = Counts(back=20)
    ledger.live(MAC, pod.live(), NOON)
    assert (ledger.today(NOON).counts.back, ledger.total().back) == (30, 30)
    ledger.forget_pod(MAC)
    assert (ledger.today(NOON).counts.back, ledger.total().back) == (10, 10)
    other.walk(NOON, 6)
    pull(ledger, other, NOON + timedelta(minutes=1))
    assert (ledger.today(NOON).counts.back, ledger.total().back) == (16, 16)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_happens_today_never_jumps_back_and_ends_at_what_was_walked(seed: int) -> None:
    """A pod walks, its sensors speak late, its rows come late, it goes out of reach, we restart."""
    dice = random.Random(seed)
    pod, ledger = Pod(), Ledger(BERLIN)
    now = NOON
    shown, reachable = 0, False
    speaking: dict[str, int] = {}
    for _ in range(400):
        now += SECOND * dice.randrange(1, 20)
        match dice.randrange(8):
            case 0 | 1 | 2:
                pod.open_minute += Counts(back=2)
                if dice.random() < 0.7:
                    speaking = pod.live()
            case 3:
                if pod.open_minute:
                    done, pod.open_minute = pod.open_minute, ZERO
                    pod.walk(now - timedelta(minutes=1), done)
            case 4 | 5 if reachable:
                ledger.live(MAC, speaking, now)
            case 6 if reachable:
                pull(ledger, pod, now, limit=dice.choice([1, 2, 100]))
            case 7:
                reachable = dice.random() < 0.7
                if dice.random() < 0.3:
                    ledger = restart(ledger)
                ledger.live_lost(MAC)
                speaking = pod.live()
        today = ledger.today(now).counts.back
        assert today >= shown
        assert today <= (pod.total + pod.open_minute).back
        shown = today
    ledger.live(MAC, pod.live(), now)
    pull(ledger, pod, now)
    assert ledger.today(now).counts.back == (pod.total + pod.open_minute).back
    assert ledger.merge(MAC, parse_page(pod.answer()), now).new_rows == 0


def test_a_question_changes_nothing() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    connected(pod, ledger)
    pod.open_minute = Counts(back=30)
    ledger.live(MAC, pod.live(), NOON)
    before = ledger.as_dict()

    for _ in range(2):
        assert ledger.today(NOON).counts.back == 30
        assert ledger.today(NOON + timedelta(days=1)).counts == ZERO
        assert ledger.total().back == 30

    assert ledger.as_dict() == before


@pytest.mark.parametrize("hand", [0, 5])
def test_today_does_not_fall_though_nobody_looked_before(hand: int) -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    connected(pod, ledger)
    pod.open_minute = Counts(back=40)
    ledger.live(MAC, pod.live(), NOON)
    if hand:
        ledger.add_walk(NOON - timedelta(hours=1), 60, Counts(back=hand), NOON)
    # What was seen live was walked yesterday, by the pod's clock.
    pod.open_minute = ZERO
    pod.walk(NOON - timedelta(days=1), 40)
    pull(ledger, pod, NOON + 61 * SECOND)

    for kept in (ledger, restart(ledger)):
        assert kept.today(NOON).counts.back == kept.total().back == 40 + hand
        assert kept.day(NOON.date()).counts.back == hand


def test_steps_back_do_not_fall_when_another_pod_has_seen_more_of_the_minute() -> None:
    shoe, other, ledger = Pod(), Pod(mac=OTHER_MAC, log=8_001), Ledger(BERLIN)
    connected(shoe, ledger)
    connected(other, ledger)
    shoe.open_minute = Counts(back=20)
    ledger.live(MAC, shoe.live(), NOON)
    other.open_minute = Counts(fwd=30)
    ledger.live(OTHER_MAC, other.live(), NOON)

    assert (ledger.today(NOON).counts.back, ledger.total().back) == (20, 20)
