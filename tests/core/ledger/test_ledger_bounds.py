"""The ledger by the minute: what still counts, what does not, and what a question answers."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.retrostep.core.ledger.corrections import DURATION_S_MAX, ToldWalk, Walk, WalkError
from custom_components.retrostep.core.ledger.counts import COUNTS, ZERO, Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.live import LivePod
from custom_components.retrostep.core.ledger.sessions import BackwardMinute, find_sessions

from .story import BERLIN, MAC, OTHER_MAC, Pod, berlin, pull, restart, utc, walked

NOON = berlin("2026-03-05 12:00")
NINE = utc("2026-03-05 09:00")
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


# Live


def live(rows: Counts = ZERO) -> LivePod:
    """Give a pod in reach whose rows are all there."""
    pod = LivePod()
    pod.update({"back": rows.back, "fwd": rows.fwd}, rows, 100)
    pod.rows_arrived(rows, 100, complete=True, new_log=False)
    return pod


def ahead(pod: LivePod) -> dict[int, int]:
    return {minute: row[0] for minute, row in pod.minutes().items() if row[0]}


def test_steps_are_kept_by_the_minute_they_were_seen_in() -> None:
    pod = live()
    assert pod.update({"back": 4}, ZERO, 100) == Counts(back=4)
    assert pod.update({"back": 10}, ZERO, 101) == Counts(back=6)
    assert pod.update({"back": 10}, ZERO, 102) == ZERO
    assert ahead(pod) == {100: 4, 101: 6}


def test_rows_account_for_the_oldest_minutes_first() -> None:
    pod = live()
    for minute, back in ((100, 4), (101, 10), (102, 20)):
        pod.update({"back": back}, ZERO, minute)
    pod.rows_arrived(Counts(back=7), 102, complete=True, new_log=False)
    assert ahead(pod) == {101: 3, 102: 10}
    pod.rows_arrived(Counts(back=20), 102, complete=True, new_log=False)
    assert dict(pod.minutes()) == {}, "a minute that holds nothing is forgotten"


def test_three_minutes_of_running_may_come_at_once_and_not_a_step_more() -> None:
    for steps, shown in ((600, {100: 600}), (601, {})):
        pod = live()
        pod.update({"back": steps}, ZERO, 100)
        assert ahead(pod) == shown


@pytest.mark.parametrize(
    ("name", "most"),
    zip(COUNTS, (600, 600, 600, 6_000, 6_000, 3 * 60 + 20, 3 * 60 + 20), strict=True),
)
def test_what_comes_at_once_is_bounded_by_three_minutes_of_running(name: str, most: int) -> None:
    for more, moved in ((0, most), (1, 0)):
        pod = LivePod()
        pod.update({name: 0}, ZERO, 100)
        pod.rows_arrived(ZERO, 100, complete=True, new_log=False)
        pod.update({name: most + more}, ZERO, 100)
        held = [row[COUNTS.index(name)] for row in pod.minutes().values()]
        assert sum(held) == moved


def test_what_a_pod_holds_when_all_rows_are_there_is_the_open_minute() -> None:
    pod = LivePod()
    pod.update({"back": 150}, Counts(back=100), 100)
    assert ahead(pod) == {}
    pod.rows_arrived(Counts(back=100), 100, complete=False, new_log=False)
    assert ahead(pod) == {}
    pod.rows_arrived(Counts(back=100), 101, complete=True, new_log=False)
    assert ahead(pod) == {101: 50}


def test_a_pod_that_was_lost_begins_anew_and_what_was_seen_stays() -> None:
    pod = live()
    pod.update({"back": 10}, ZERO, 100)
    pod.lost()
    assert pod.update({"back": 90}, ZERO, 101) == ZERO
    assert pod.update({"back": 94}, ZERO, 101) == Counts(back=4)
    assert ahead(pod) == {100: 10, 101: 4}
    pod.rows_arrived(ZERO, 102, complete=True, new_log=False)
    assert ahead(pod) == {100: 10, 101: 4, 102: 80}


def test_a_pod_that_is_forgotten_leaves_nothing() -> None:
    pod = live()
    pod.update({"back": 10}, ZERO, 100)
    pod.forget()
    assert (ahead(pod), pod.as_dict()) == ({}, {"seen": {}, "ahead": {}})
    assert pod.update({"back": 12}, ZERO, 101) == ZERO


def test_a_pod_that_counts_from_less_than_before_begins_anew_in_all_it_counts() -> None:
    pod = LivePod()
    pod.update({"back": 100, "fwd": 100}, ZERO, 100)
    assert pod.update({"back": 2, "fwd": 130}, ZERO, 101) == ZERO
    assert pod.update({"back": 6, "fwd": 132}, ZERO, 101) == Counts(back=4, fwd=2)


def test_what_was_seen_live_is_written_down_and_the_next_value_is_a_new_start() -> None:
    pod = live()
    pod.update({"back": 10, "fwd": 4}, ZERO, 100)
    again = LivePod(pod.as_dict())
    assert again.as_dict() == pod.as_dict()
    assert again.update({"back": 30, "fwd": 4}, ZERO, 101) == ZERO
    assert ahead(again) == {100: 10}


def test_a_count_that_is_not_told_or_less_than_nothing_changes_nothing() -> None:
    pod = live()
    assert pod.update({"fwd": 6, "back": -1}, ZERO, 100) == Counts(fwd=6)
    assert pod.update({"back": 2}, ZERO, 100) == Counts(back=2)


# Walks by hand


def walk(seconds: int, counts: Counts) -> list[tuple[int, int]]:
    return [(minute, part.back) for minute, part in Walk(1, 100, seconds, counts).portions()]


def test_a_walk_is_shared_out_over_the_minutes_it_touches() -> None:
    assert walk(60, Counts(back=10)) == [(100, 10)]
    assert walk(61, Counts(back=10)) == [(100, 5), (101, 5)]
    assert walk(1, Counts(back=10)) == [(100, 10)]
    assert walk(180, Counts(back=10)) == [(100, 3), (101, 3), (102, 4)]


def test_a_walk_may_end_now_last_a_day_and_be_as_old_as_2020() -> None:
    ledger = Ledger(BERLIN)
    ledger.add_walk(NOON - MINUTE, 60, walked(10), NOON)
    ledger.add_walk(NOON - 2 * DAY, DURATION_S_MAX, walked(10), NOON)
    ledger.add_walk(utc("2020-01-01 00:00"), 60, Counts(fwd=1), NOON)
    with pytest.raises(WalkError, match="too_old"):
        ledger.add_walk(utc("2020-01-01 00:00") - MINUTE, 60, walked(10), NOON)
    assert [(each.number, each.counts.steps) for each in restart(ledger).walks()] == [
        (3, 1),
        (2, 10),
        (1, 10),
    ]
    assert DAY.total_seconds() == DURATION_S_MAX


def test_walks_are_numbered_and_no_number_comes_twice() -> None:
    ledger = Ledger(BERLIN)
    first = ledger.add_walk(NINE, 60, walked(10), NOON).walk
    assert first
    ledger.take_back_walk(first.number)
    ledger = restart(ledger)
    second = ledger.add_walk(NINE, 60, walked(10), NOON).walk
    assert second
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(WalkError, match="walk_unknown"):
        ledger.take_back_walk(1)


def test_a_walk_taken_back_takes_its_marks_along_and_says_what_changed() -> None:
    ledger = Ledger(BERLIN)
    ledger.add_walk(NINE - MINUTE, 120, walked(100), NOON)
    assert ledger.total().back == ledger.today(NOON).counts.back == 100
    change = ledger.take_back_walk(1)
    assert change.changed_hours == {NINE - 60 * MINUTE, NINE}
    assert (change.counts, change.walk and change.walk.number) == (walked(100), 1)
    assert (ledger.total(), ledger.today(NOON).counts, ledger.today(NOON).manual) == (ZERO, ZERO, ZERO)


def test_a_stretch_is_taken_away_from_its_first_minute_to_before_its_end() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for number in range(4):
        pod.walk(NINE + number * MINUTE, 10)
    pull(ledger, pod, NOON)
    ledger.add_walk(NINE + MINUTE, 60, walked(5), NOON)
    ledger.add_walk(NINE + 3 * MINUTE, 60, walked(7), NOON)
    assert ledger.remove_walk(NINE + MINUTE, NINE + 3 * MINUTE, NOON).counts.back == 25
    assert ledger.removed() == [(NINE + MINUTE, NINE + 3 * MINUTE)]
    assert [minute for minute, _ in ledger.minutes(NINE, NOON)] == [NINE, NINE + 3 * MINUTE]
    assert [each.number for each in ledger.walks()] == [2]
    assert restart(ledger).removed() == ledger.removed()


def test_a_stretch_may_reach_into_the_minute_of_now_and_no_further() -> None:
    ledger = Ledger(BERLIN)
    ledger.remove_walk(NOON, NOON + 60 * MINUTE, NOON)
    assert ledger.removed() == [(NOON, NOON + MINUTE)], "what is walked later counts"
    with pytest.raises(WalkError, match="future"):
        ledger.remove_walk(NOON + MINUTE, NOON + 2 * MINUTE, NOON)
    with pytest.raises(WalkError, match="empty"):
        ledger.remove_walk(NOON, NOON, NOON)


def test_a_hundred_own_steps_make_a_step_length_and_distances_are_needed() -> None:
    told = ToldWalk(600, backward_steps=100)
    assert told.counts(Counts(back=100, back_dm=400)).back_dm == 400
    assert told.counts(Counts(back=100)).back_dm == 585
    assert ToldWalk(600, backward_m=0, forward_steps=10).counts(ZERO).back == 0
    assert ToldWalk(60, backward_steps=300).counts(Counts(back=100, back_dm=400)).back == 300
    assert ToldWalk(600, backward_steps=5).counts(ZERO).fwd == 0


# What is asked


def walked_each_day(days: int) -> tuple[Ledger, Pod]:
    pod, ledger = Pod(), Ledger(BERLIN)
    for ago in reversed(range(days)):
        pod.walk(NOON - ago * DAY, 20)
        pull(ledger, pod, NOON - ago * DAY)
    return ledger, pod


def test_minutes_are_kept_for_sixty_days_on_which_somebody_walked() -> None:
    ledger, _ = walked_each_day(67)
    assert ledger.minutes_since == datetime.fromtimestamp(0, UTC)
    ledger, _ = walked_each_day(68)
    assert len(ledger.minutes(NOON - 90 * DAY, NOON + DAY)) in (60, 61), "days begin within one of UTC"
    assert ledger.minutes_since == berlin("2026-01-05 00:00")
    assert ledger.session_count((NOON - 67 * DAY).date()) == ledger.session_count(NOON.date()) == 1
    assert restart(ledger).minutes_since == ledger.minutes_since


def test_days_without_a_step_make_nothing_old() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for ago in (900, 62, 0):
        pod.walk(NOON - ago * DAY, 20)
        pull(ledger, pod, NOON - ago * DAY)
    assert len(ledger.minutes(NOON - 999 * DAY, NOON + DAY)) == len(ledger.hours()) == 3


def test_a_walk_of_a_clock_that_is_ten_years_ahead_pushes_nothing_out() -> None:
    ledger, pod = walked_each_day(67)
    kept = len(ledger.minutes(NOON - 90 * DAY, NOON + DAY))
    ahead = NOON + 3_650 * DAY
    pod.walk(ahead, 20)
    pull(ledger, pod, ahead)
    assert kept == 67
    assert len(ledger.minutes(NOON - 58 * DAY, NOON + DAY)) == 59
    assert len(ledger.hours()) == 68
    assert ledger.hours_since == datetime.fromtimestamp(0, UTC)


def test_a_session_that_began_before_is_not_begun_where_it_is_asked_for() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for number in range(6 * 60):
        pod.walk(NINE + (number - 300) * MINUTE, 60)
    pull(ledger, pod, NOON, limit=200)
    assert ledger.sessions(NINE, NOON) == []
    (whole,) = ledger.sessions(NINE - 300 * MINUTE, NINE - 299 * MINUTE)
    assert whole.end - whole.start == 360 * MINUTE
    assert ledger.sessions(NINE - 301 * MINUTE, NINE - 300 * MINUTE) == []


def test_what_is_ahead_is_asked_for_by_the_minute() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    ledger.live(MAC, pod.live(), NOON)
    pull(ledger, pod, NOON)
    ledger.live(MAC, {"back": 6}, NOON)
    ledger.live(MAC, {"back": 10}, NOON + MINUTE)
    assert ledger.ahead(NOON, NOON + MINUTE).back == 6
    assert ledger.ahead(NOON + MINUTE, NOON + 2 * MINUTE).back == 4
    assert ledger.ahead(NOON - MINUTE, NOON) == ZERO
    assert ledger.total().back == 10
    assert ledger.settled_total() == ZERO


def test_of_equal_rows_of_two_pods_the_numbers_decide_and_not_who_came_first() -> None:
    rows = (Counts(20, 10, 0, 100, 60, 10, 5), Counts(10, 20, 0, 50, 120, 5, 10))
    seen = set()
    for order in ((0, 1), (1, 0)):
        pods, ledger = (Pod(MAC), Pod(OTHER_MAC)), Ledger(BERLIN)
        for pod, counts in zip(pods, rows, strict=True):
            pod.walk(NINE, counts)
        for index in order:
            pull(ledger, pods[index], NOON)
        seen.add(ledger.settled_total())
    assert seen == {rows[0]}


def test_side_steps_weigh_as_much_as_others() -> None:
    left, right, ledger = Pod(MAC), Pod(OTHER_MAC), Ledger(BERLIN)
    left.walk(NINE, Counts(back=20))
    right.walk(NINE, Counts(side=21))
    pull(ledger, left, NOON)
    pull(ledger, right, NOON)
    assert ledger.settled_total() == Counts(side=21)


def test_the_last_step_is_not_moved_back_by_a_row_of_earlier() -> None:
    pod, other, ledger = Pod(), Pod(OTHER_MAC), Ledger(BERLIN)
    pod.walk(NINE, 10, span=(0, 30))
    other.walk(NINE - 5 * MINUTE, 10, span=(0, 30))
    pull(ledger, pod, NOON)
    pull(ledger, other, NOON)
    assert restart(ledger).last_step_at() == NINE + MINUTE / 2
    unknown = Pod("a0:00:00:00:00:03")
    unknown.walk(NINE + MINUTE, 10, span=(-1, -1))
    pull(ledger, unknown, NOON)
    assert ledger.last_step_at() == NINE + MINUTE


def test_two_pods_of_a_walker_have_positions_of_their_own() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    assert ledger.position(MAC) is None
    ledger.live(MAC, {"back": 0}, NOON)
    assert ledger.position(MAC) is None, "it was seen and never asked"
    pod.walk(NINE, 10)
    pull(ledger, pod, NOON)
    assert ledger.position(MAC) == (7_001, 1)
    assert ledger.position(OTHER_MAC) is None
    assert ledger.logs(OTHER_MAC) == []


# Sessions


def minute(
    number: int, steps: int = 20, first_s: int = 0, last_s: int = 59, walking_s: int = 10
) -> BackwardMinute:
    return BackwardMinute(number, steps, steps * 5, walking_s, first_s, last_s, 50 + number)


def test_nine_steps_or_nineteen_seconds_are_no_session() -> None:
    for steps, walking_s, sessions in ((9, 19, 0), (10, 1, 1), (2, 20, 1)):
        assert len(find_sessions([minute(1, steps, walking_s=walking_s)])) == sessions


def test_a_stride_that_began_and_ended_in_the_same_second_began_in_this_minute() -> None:
    assert minute(10, first_s=30, last_s=30).start_s == 10 * 60 + 30
    assert minute(10, first_s=31, last_s=30).start_s == 9 * 60 + 31
    assert minute(10, first_s=0, last_s=0).start_s == 600
    assert (minute(10, last_s=0).end_s, minute(10, last_s=-1).end_s) == (601, 660)
    assert minute(10, first_s=-1).start_s == 600


def test_minutes_without_a_step_backward_are_passed_over() -> None:
    (session,) = find_sessions([minute(1), minute(2, steps=0), minute(3)])
    assert (session.steps, session.longest_cm) == (40, 53)
