"""Manual corrections: kept apart from what pods counted."""

from datetime import date, datetime, timedelta

import pytest

from custom_components.retrostep.core.ledger.corrections import Corrections, WalkError
from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.ledger import Ledger

from .story import BERLIN, OTHER_MAC, Pod, berlin, keep_little, pull, restart, utc, walked

NOON = berlin("2026-03-05 12:00")
NINE = utc("2026-03-05 09:00")
MINUTE = timedelta(minutes=1)


def test_a_walk_added_by_hand_counts_and_is_marked() -> None:
    ledger = Ledger(BERLIN)
    change = ledger.add_walk(NINE, 600, Counts(back=100, back_dm=500, back_s=600), NOON)
    assert change.changed_hours == {NINE}
    today = restart(ledger).today(NOON)
    assert (today.counts.back, today.manual.back) == (100, 100)
    assert ledger.sessions(today.start, today.end) == []
    assert [walk.start for walk in restart(ledger).walks()] == [NINE]


def test_a_walk_over_the_full_hour_and_midnight_is_shared_out() -> None:
    ledger = Ledger(BERLIN)
    start = berlin("2026-03-04 23:50")
    ledger.add_walk(start, 1_200, Counts(back=101), NOON)
    assert [counts.back for _, counts in ledger.hours()] == [50, 51]
    assert [day.counts.back for day in ledger.days()] == [50, 51]
    assert ledger.total().back == 101


def test_a_stretch_taken_away_counts_nothing_not_even_later() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for i in range(4):
        pod.walk(NINE + i * MINUTE, 10)
    pull(ledger, pod, NOON)
    assert ledger.total().back == 40
    change = ledger.remove_walk(NINE + MINUTE, NINE + 3 * MINUTE, NOON)
    assert (change.counts.back, change.changed_hours) == (20, frozenset({NINE}))
    assert ledger.total().back == 20
    assert ledger.today(NOON).counts.back == 20
    ledger = restart(ledger)
    late = Pod("a0:00:00:00:00:09")
    late.walk(NINE + MINUTE, 50)
    late.walk(NINE + 3 * MINUTE, 50)
    pull(ledger, late, NOON)
    assert ledger.total().back == 60
    assert [moment for moment, _ in ledger.minutes(NINE, NOON)] == [NINE, NINE + 3 * MINUTE]


def test_the_open_minute_can_be_taken_away_too() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    ledger.live(pod.mac, pod.live(), NOON)
    ledger.live(pod.mac, {"back": 30}, NOON)
    ledger.remove_walk(NOON - MINUTE, NOON + MINUTE, NOON)
    assert ledger.today(NOON).counts == ZERO
    assert ledger.total() == ZERO


def test_a_removed_stretch_stays_removed_for_a_pod_that_comes_much_later() -> None:
    early, late, ledger = Pod(), Pod(OTHER_MAC), Ledger(BERLIN)
    early.walk(NINE, 10)
    late.walk(NINE, 12)
    pull(ledger, early, NOON)
    ledger.remove_walk(NINE, NINE + MINUTE, NOON)
    for day in range(1, 500):
        early.walk(NINE + timedelta(days=day), 1)
        pull(ledger, early, NOON + timedelta(days=day))
    pull(restart(ledger), late, NOON + timedelta(days=500))
    pull(ledger, late, NOON + timedelta(days=500))
    assert ledger.day(NINE.date()).counts == ZERO
    assert ledger.removed() == [(NINE, NINE + MINUTE)]


def test_stretches_that_touch_are_one() -> None:
    corrections = Corrections()
    for first, end in ((50, 60), (10, 20), (30, 40), (20, 25), (38, 45), (12, 14)):
        corrections.remove(first, end)
    assert corrections.as_dict()["removed"] == [[10, 25], [30, 45], [50, 60]]
    assert [minute for minute in range(70) if corrections.is_removed(minute)] == [
        *range(10, 25),
        *range(30, 45),
        *range(50, 60),
    ]
    corrections.remove(0, 70)
    again = Corrections(corrections.as_dict())
    assert again.removed() == corrections.removed()
    assert again.as_dict()["removed"] == [[0, 70]]


def test_a_walk_added_by_hand_can_be_taken_away_again() -> None:
    ledger = Ledger(BERLIN)
    ledger.add_walk(NINE, 600, walked(100), NOON)
    kept = ledger.add_walk(NINE - timedelta(hours=1), 600, walked(30), NOON)
    assert ledger.remove_walk(NINE, NINE + MINUTE, NOON).counts == walked(100)
    assert ledger.walks() == [kept.walk]
    assert ledger.day(date(2026, 3, 5)).manual == walked(30)
    assert ledger.hours()[-1] == (NINE, ZERO), (
        "an hour that lost all stays, so that statistics are set to zero"
    )


@pytest.mark.parametrize(
    ("start", "duration_s", "counts", "reason"),
    [
        (NOON - MINUTE, 61, walked(10), "walk_in_future"),
        (NINE, 0, walked(10), "walk_too_long"),
        (NINE - timedelta(days=3), 86_401, walked(10), "walk_too_long"),
        (NINE, 60, ZERO, "walk_empty"),
        (NINE, 60, Counts(back=5, fwd=-1), "walk_empty"),
    ],
)
def test_a_walk_that_cannot_have_been_is_refused(
    start: datetime, duration_s: int, counts: Counts, reason: str
) -> None:
    ledger = Ledger(BERLIN)
    with pytest.raises(WalkError) as refused:
        ledger.add_walk(start, duration_s, counts, NOON)
    assert refused.value.reason == reason
    assert ledger.total() == ZERO


def test_what_cannot_be_taken_away_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_little(monkeypatch)
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NINE - timedelta(days=80), Counts(fwd=2))
    pod.walk(NINE, 10)
    pull(ledger, pod, NOON)
    for start, end, reason in [
        (NOON + MINUTE, NOON + 2 * MINUTE, "span_in_future"),
        (NINE, NINE, "span_empty"),
        (NINE - timedelta(days=90), NOON, "removal_too_old"),
    ]:
        with pytest.raises(WalkError) as refused:
            ledger.remove_walk(start, end, NOON)
        assert refused.value.reason == reason
    assert ledger.total().back == 10
