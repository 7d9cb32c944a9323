"""Several pods of one walker are never added; a pod may change its walker."""

import random
from datetime import timedelta
from itertools import permutations

from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.ledger.ledger import Ledger

from .story import BERLIN, MAC, OTHER_MAC, Pod, berlin, pull, restart, utc, walked

NOON = berlin("2026-03-05 12:00")
NINE = utc("2026-03-05 09:00")


def test_a_minute_counts_the_pod_with_the_most_steps_and_its_whole_row() -> None:
    left, right = Pod(MAC), Pod(OTHER_MAC)
    left.walk(NINE, Counts(40, 2, 0, 200, 10, 20, 1))
    right.walk(NINE, Counts(30, 20, 0, 150, 100, 15, 10))
    ledger = Ledger(BERLIN)
    pull(ledger, left, NOON)
    pull(ledger, right, NOON)
    assert ledger.settled_total() == Counts(30, 20, 0, 150, 100, 15, 10)
    assert ledger.hours() == [(NINE, Counts(30, 20, 0, 150, 100, 15, 10))]


def test_a_late_row_of_the_other_pod_changes_the_minute_by_the_difference() -> None:
    left, right = Pod(MAC), Pod(OTHER_MAC)
    left.walk(NINE, 40)
    right.walk(NINE, 44)
    right.walk(NINE + timedelta(hours=1), 10)
    ledger = Ledger(BERLIN)
    pull(ledger, left, NOON)
    result = pull(ledger, right, NOON)
    assert ledger.hours() == [(NINE, walked(44)), (NINE + timedelta(hours=1), walked(10))]
    assert result.changed_hours == {NINE, NINE + timedelta(hours=1)}


def test_a_late_row_with_fewer_steps_changes_nothing() -> None:
    left, right = Pod(MAC), Pod(OTHER_MAC)
    left.walk(NINE, 40)
    right.walk(NINE, 38)
    ledger = Ledger(BERLIN)
    pull(ledger, left, NOON)
    assert pull(ledger, right, NOON).changed_hours == frozenset()
    assert ledger.total().back == 40


def test_whichever_pod_comes_first_the_ledger_is_the_same() -> None:
    dice = random.Random(5)
    pods = [Pod(f"a0:00:00:00:00:0{i}") for i in range(3)]
    for pod in pods:
        for i in range(60):
            if dice.random() < 0.7:
                pod.walk(
                    NINE + timedelta(minutes=i), walked(dice.randrange(3) * 10, fwd=dice.randrange(3) * 10)
                )
    seen = []
    for order in permutations(pods):
        ledger = Ledger(BERLIN)
        for pod in order:
            pull(ledger, pod, NOON)
        seen.append((ledger.hours(), ledger.sessions(NINE, NOON)))
    assert all(other == seen[0] for other in seen)


def test_the_open_minute_follows_the_same_rule() -> None:
    left, right = Pod(MAC), Pod(OTHER_MAC)
    ledger = Ledger(BERLIN)
    for pod in (left, right):
        ledger.live(pod.mac, pod.live(), NOON)
        pull(ledger, pod, NOON)
    left.open_minute, right.open_minute = Counts(back=20), Counts(back=24)
    ledger.live(MAC, left.live(), NOON)
    ledger.live(OTHER_MAC, right.live(), NOON)
    assert ledger.today(NOON).counts.back == 24
    assert ledger.total().back == 24


def test_the_open_minute_of_one_pod_is_compared_with_the_row_of_the_other() -> None:
    left, right = Pod(MAC), Pod(OTHER_MAC)
    ledger = Ledger(BERLIN)
    for pod in (left, right):
        ledger.live(pod.mac, pod.live(), NOON)
        pull(ledger, pod, NOON)
    left.open_minute, right.open_minute = Counts(back=20), Counts(back=24)
    ledger.live(MAC, left.live(), NOON)
    ledger.live(OTHER_MAC, right.live(), NOON)
    left.open_minute = Counts()
    left.walk(NOON, Counts(back=20))
    pull(ledger, left, NOON + timedelta(seconds=61))
    assert ledger.today(NOON).counts.back == 24, "the row of one pod does not add to the other's live part"
    right.open_minute = Counts()
    right.walk(NOON, Counts(back=24))
    pull(ledger, right, NOON + timedelta(seconds=62))
    assert ledger.today(NOON).counts.back == 24
    assert ledger.settled_total().back == 24


def test_a_pod_that_changes_its_walker_leaves_its_minutes_with_the_one_who_walked_them() -> None:
    pod, ann, bob = Pod(), Ledger(BERLIN), Ledger(BERLIN)
    pod.walk(NINE, 40)
    pull(ann, pod, NOON)
    assert bob.take_over(MAC, ann.logs(MAC))
    pod.walk(NINE + timedelta(hours=1), 10)
    pull(bob, pod, NOON)
    assert (ann.total().back, bob.total().back) == (40, 10)
    assert bob.hours() == [(NINE + timedelta(hours=1), walked(10))]
    assert not bob.take_over(MAC, ann.logs(MAC)), "the other way round there is nothing new"
    assert ann.take_over(MAC, bob.logs(MAC))
    pod.walk(NINE + timedelta(hours=2), 5)
    pull(ann, pod, NOON)
    assert (ann.total().back, bob.total().back) == (45, 10)
    assert not ann.take_over(OTHER_MAC, bob.logs(OTHER_MAC))


def worn_together(days_late: int) -> tuple[Ledger, Pod, Pod]:
    """Give two pods worn together on one day; one is fetched every day after it, the other was not yet."""
    left, right, ledger = Pod(MAC), Pod(OTHER_MAC), Ledger(BERLIN)
    ledger.expect_pods([MAC, OTHER_MAC])
    for pod in (left, right):
        pull(ledger, pod, NINE - timedelta(days=1))
    left.walk(NINE, 40)
    right.walk(NINE, 44)
    for day in range(days_late):
        left.walk(NOON + timedelta(days=day), 10)
        pull(ledger, left, NOON + timedelta(days=day, minutes=5))
        ledger = restart(ledger) if day % 30 == 7 else ledger
    return ledger, left, right


def test_a_minute_of_two_pods_counts_once_though_one_of_them_is_fetched_seventy_days_late() -> None:
    ledger, _, right = worn_together(70)
    later = NOON + timedelta(days=70)
    assert ledger.day(NINE.date()).counts.back == 50
    result = pull(ledger, right, later)
    assert result.changed_hours == {NINE}
    assert ledger.day(NINE.date()).counts.back == 54


def test_once_all_pods_were_fetched_minutes_of_sixty_days_are_enough() -> None:
    ledger, left, right = worn_together(70)
    later = NOON + timedelta(days=70)
    pull(ledger, right, later)
    left.walk(later + timedelta(days=1), 10)
    pull(ledger, left, later + timedelta(days=1, minutes=1))
    assert ledger.minutes_since > NINE


def test_for_a_pod_that_never_comes_minutes_are_kept_four_hundred_days_and_no_longer() -> None:
    ledger, _, right = worn_together(420)
    first = NOON + timedelta(days=419) - ledger.minutes_since
    assert timedelta(days=399) < first <= timedelta(days=401)
    pull(ledger, right, NOON + timedelta(days=421))
    assert ledger.day(NINE.date()).counts.back == 94, "nobody knows any more that it is the same minute"


def test_a_pod_that_was_taken_off_and_put_back_after_seventy_days_counts_no_minute_twice() -> None:
    ledger, left, right = worn_together(3)
    ledger.expect_pods([MAC])
    for day in range(3, 70):
        left.walk(NOON + timedelta(days=day), 10)
        pull(ledger, left, NOON + timedelta(days=day, minutes=5))
    ledger = restart(ledger)
    ledger.expect_pods([MAC, OTHER_MAC])
    pull(ledger, right, NOON + timedelta(days=70))
    assert ledger.day(NINE.date()).counts.back == 54


def test_for_a_pod_that_was_taken_off_minutes_are_kept_four_hundred_days_and_then_sixty_again() -> None:
    kept = []
    for days in (399, 420):
        ledger, left, _ = worn_together(3)
        ledger.expect_pods([MAC])
        for day in range(3, days):
            left.walk(NOON + timedelta(days=day), 10)
            pull(ledger, left, NOON + timedelta(days=day, minutes=5))
        kept.append((NOON + timedelta(days=days - 1) - ledger.minutes_since).days)
    assert kept[0] >= 398
    assert 59 <= kept[1] <= 67


def test_nine_logs_and_then_the_first_again_count_every_minute_once() -> None:
    ledger, logs = Ledger(BERLIN), []
    for number in range(9):
        pod = Pod(log=number + 1)
        pod.walk(NINE + timedelta(minutes=number), 60)
        logs.append(pod)
        pull(ledger, pod, NOON)
    pull(restart(ledger), logs[0], NOON)
    pull(ledger, logs[0], NOON)
    assert ledger.total().back == 540


def test_while_a_pod_is_waited_for_all_sessions_told_late_of_an_earlier_day_are_counted() -> None:
    ledger, left, _ = worn_together(420)
    now, forgotten = NOON + timedelta(days=420), NINE - timedelta(days=1)
    assert ledger.minutes_since > forgotten
    found = []
    for hour in range(3):
        left.walk(forgotten + timedelta(hours=hour), 30)
        pull(ledger, left, now + timedelta(minutes=hour))
        found.append(ledger.session_count(forgotten.date()))
    assert found == [1, 2, 3]


def test_a_pod_that_was_never_heard_is_waited_for_too() -> None:
    left, right, ledger = Pod(MAC), Pod(OTHER_MAC), Ledger(BERLIN)
    ledger.expect_pods([MAC, OTHER_MAC])
    left.walk(NINE, 40)
    right.walk(NINE, 44)
    for day in range(1, 70):
        left.walk(NOON + timedelta(days=day), 10)
        pull(ledger, left, NOON + timedelta(days=day, minutes=5))
    pull(ledger, right, NOON + timedelta(days=70))
    assert ledger.day(NINE.date()).counts.back == 44
