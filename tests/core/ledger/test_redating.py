"""What is remembered of a clock that may prove wrong: which rows, how many, and what hangs on its dates."""

from datetime import UTC, date, time, timedelta

import pytest

from custom_components.retrostep.core.ledger import redating
from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.ledger.ledger import Ledger

from .story import BERLIN, MAC, NEW_YORK, OTHER_MAC, Pod, berlin, minute, pull, restart, utc, walked
from .test_clock_jumps import DAY, HOUR, MINUTE, NOON, YEARS, House, lived


def from_noon_on(ledger: Ledger) -> list[int]:
    """Give the backward steps of each minute that holds any."""
    return [counts.back for _, counts in ledger.minutes(NOON, NOON + HOUR)]


def test_of_rows_the_last_are_remembered_and_those_before_keep_their_date(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(redating, "ROWS_REMEMBERED", 3)
    ledger, pod = lived(2)
    house = House(ledger)
    house.set(YEARS)
    for steps in (11, 12, 13, 14, 15):
        house.walk(pod, steps)
    house.set(timedelta())
    assert from_noon_on(ledger) == [13, 14, 15]
    there = NOON + YEARS
    assert [counts.back for _, counts in ledger.minutes(there, there + HOUR)] == [11, 12]


def test_a_row_that_is_not_remembered_stays_in_the_minute_that_another_one_leaves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(redating, "ROWS_REMEMBERED", 2)
    ledger, pod = lived(2)
    house = House(ledger)
    house.set(YEARS)
    for steps in (11, 12, 13):
        pod.walk(house.now, steps)
    pull(ledger, pod, house.now)
    house.run(MINUTE)
    house.set(timedelta())
    assert from_noon_on(ledger) == [25]
    there = NOON + YEARS
    assert [counts.back for _, counts in ledger.minutes(there, there + HOUR)] == [11]


def test_of_rows_without_a_time_the_last_are_remembered_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redating, "ROWS_REMEMBERED", 2)
    ledger, pod = lived(2)
    house = House(ledger)
    house.set(YEARS)
    for steps in (11, 12, 13):
        pod.walk(None, steps)
    pull(ledger, pod, house.now)
    house.run(MINUTE)
    house.set(timedelta())
    assert [ledger.day(day).undated.back for day in (NOON.date(), (NOON + YEARS).date())] == [25, 11]
    assert house.changed == {utc("2026-03-05 11:00"), (NOON + YEARS).astimezone(UTC)}


def test_a_row_without_a_time_that_came_by_a_right_clock_stays() -> None:
    ledger, pod = lived(2)
    house = House(ledger)
    pod.walk(None, 18)
    pull(ledger, pod, house.now)
    house.run(2 * DAY)
    house.set(HOUR)
    house.run(MINUTE)
    house.set(timedelta())
    assert ledger.day(NOON.date()).undated.back == 18
    assert house.changed == set()


def test_the_clock_comes_back_that_was_taken_for_wrong_and_rows_return() -> None:
    """They go back to the minutes they were dated to, not by as much from where they are."""
    ledger, pod = Ledger(BERLIN), Pod()
    house = House(ledger)
    house.walk(pod, 21)
    house.run(20 * MINUTE)
    house.set(-HOUR)
    assert [when for when, _ in ledger.minutes(NOON - DAY, NOON + DAY)] == [NOON - HOUR]
    house.walk(pod, 22)
    house.set(timedelta())
    assert [(when, counts.back) for when, counts in ledger.minutes(NOON - DAY, NOON + DAY)] == [
        (NOON, 21),
        (NOON + 21 * MINUTE, 22),
    ]


def test_a_jump_says_nothing_of_when_somebody_walked_last() -> None:
    nobody = Ledger(BERLIN)
    House(nobody).set(YEARS)
    assert nobody.last_step_at() is None
    ledger, _ = lived(2)
    before = ledger.last_step_at()
    assert before == NOON - DAY + timedelta(seconds=59)
    house = House(ledger)
    for ahead in (YEARS, timedelta()):
        house.set(ahead)
        assert ledger.last_step_at() == before


@pytest.mark.parametrize("ahead", [YEARS, -3 * DAY])
def test_the_last_step_seen_under_a_wrong_clock_moves_to_the_second(ahead: timedelta) -> None:
    ledger, pod = lived(5)
    house = House(ledger)
    pull(ledger, pod, house.now)
    ledger.live(MAC, pod.live(), house.now)
    house.run(2 * DAY)
    house.set(ahead)
    house.run(timedelta(seconds=17))
    pod.open_minute = walked(12)
    ledger.live(MAC, pod.live(), house.now)
    seen = house.true
    house.run(2 * MINUTE)
    house.set(timedelta())
    assert ledger.last_step_at() == seen


def test_until_when_a_pod_was_fetched_moves_with_the_clock_that_said_so() -> None:
    """Else a pod seems to have sent everything up to a day that has not come."""
    for ahead in (YEARS, HOUR):
        ledger, pod = lived(5)
        house = House(ledger)
        house.run(2 * DAY)
        house.set(ahead)
        house.walk(pod, 20)
        house.run(5 * MINUTE)
        house.set(timedelta())
        assert ledger.as_dict()["pods"][MAC]["fetched"] == minute(NOON + 2 * DAY + MINUTE)


def test_what_two_pods_share_is_counted_once_where_it_moves_to() -> None:
    """Each minute is that of the pod with the most steps, before and after."""
    ledger, pod = lived(2)
    other = Pod(OTHER_MAC, 99)
    house = House(ledger)
    house.run(2 * DAY)
    house.set(YEARS)
    then = house.now
    for each, steps in ((pod, 30), (other, 34)):
        each.walk(then, steps)
        pull(ledger, each, then)
    assert ledger.day(then.date()).counts == walked(34)
    house.run(MINUTE)
    house.set(timedelta())
    assert (ledger.day(then.date()).counts, ledger.day(house.now.date()).counts) == (Counts(), walked(34))
    assert ledger.settled_total() == walked(40) + walked(34)


def test_what_is_known_to_have_passed_is_the_newest_row_or_step() -> None:
    assert Ledger(BERLIN).known_s == 0
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NOON, Counts(fwd=20))
    pull(ledger, pod, NOON + MINUTE)
    assert restart(ledger).known_s == NOON.timestamp()
    ledger.live(MAC, pod.live(), NOON + MINUTE)
    pod.open_minute = walked(2)
    ledger.live(MAC, pod.live(), NOON + timedelta(seconds=77))
    assert restart(ledger).known_s == NOON.timestamp() + 77


@pytest.mark.parametrize(
    ("ahead_min", "in_doubt", "changes"), [(5, True, True), (6, True, False), (6, False, True)]
)
def test_by_a_clock_in_doubt_no_day_is_closed_that_may_lie_behind_rows(
    ahead_min: int, *, in_doubt: bool, changes: bool
) -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NOON, 20)
    pull(ledger, pod, NOON)
    now = NOON - ahead_min * MINUTE
    assert ledger.set_zone(NEW_YORK, time(0), now, in_doubt=in_doubt) is changes
    assert len(ledger.calendar.rules) == 1 + changes


def test_a_day_that_starts_at_a_fraction_of_a_minute_starts_with_the_minute() -> None:
    ledger = Ledger(BERLIN, time(4, 0, 30, 5))
    assert not ledger.set_zone(BERLIN, time(4, 0, 12, 7), NOON)
    assert ledger.day(date(2026, 3, 6)).start == berlin("2026-03-06 04:00")
