"""Walks added by hand fill a day no further than somebody can walk."""

from datetime import datetime, timedelta

import pytest

from custom_components.retrostep.core.ledger.corrections import (
    OVERLAP_S,
    WALKED_A_DAY_S_MAX,
    WALKS_A_DAY_MAX,
    WalkError,
    WalkFailure,
)
from custom_components.retrostep.core.ledger.ledger import Ledger

from .story import BERLIN, berlin, walked

MIDNIGHT = berlin("2026-03-05 00:00")
NOW = MIDNIGHT + timedelta(days=10)
HOUR = timedelta(hours=1)
A_DAY_S = 24 * 3_600


def refusal(ledger: Ledger, start: datetime, duration_s: int) -> WalkFailure | None:
    """Add a walk; give why that can't be."""
    try:
        ledger.add_walk(start, duration_s, walked(10), NOW)
    except WalkError as err:
        return err.reason
    return None


def test_of_fifteen_hundred_walks_at_once_one_is_taken() -> None:
    ledger = Ledger(BERLIN)
    found = [refusal(ledger, MIDNIGHT + 12 * HOUR, A_DAY_S) for _ in range(1_500)]
    assert found == [None] + [WalkFailure.WALK_OVERLAPS] * 1_499
    assert (len(ledger.walks()), ledger.total().back) == (1, 10)


@pytest.mark.parametrize(
    ("minutes", "duration_s", "expected"),
    [
        (-10, 600, None),
        (-10, 600 + OVERLAP_S - 1, None),
        (-10, 600 + OVERLAP_S, WalkFailure.WALK_OVERLAPS),
        (19, 600, WalkFailure.WALK_OVERLAPS),
        (20, 600, None),
        (5, 60, WalkFailure.WALK_OVERLAPS),
        (-10, 3_600, WalkFailure.WALK_OVERLAPS),
    ],
)
def test_two_walks_may_meet_in_a_minute(minutes: int, duration_s: int, expected: WalkFailure | None) -> None:
    ledger = Ledger(BERLIN)
    nine = MIDNIGHT + 9 * HOUR
    assert refusal(ledger, nine, 1_200) is None
    assert refusal(ledger, nine + timedelta(minutes=minutes), duration_s) is expected


def test_a_day_of_the_walkers_holds_sixteen_hours() -> None:
    ledger = Ledger(BERLIN)
    assert refusal(ledger, MIDNIGHT, A_DAY_S) is WalkFailure.WALK_DAY_FULL
    assert refusal(ledger, MIDNIGHT, WALKED_A_DAY_S_MAX) is None
    assert refusal(ledger, MIDNIGHT + 20 * HOUR, 60) is WalkFailure.WALK_DAY_FULL
    assert refusal(ledger, MIDNIGHT + 23 * HOUR, 2 * 3_600) is WalkFailure.WALK_DAY_FULL
    assert refusal(ledger, MIDNIGHT + 24 * HOUR, 3_600) is None
    ledger.take_back_walk(1)
    assert refusal(ledger, MIDNIGHT + 12 * HOUR, 12 * 3_600) is None


def test_a_day_holds_a_hundred_walks_however_short() -> None:
    ledger = Ledger(BERLIN)
    found = [refusal(ledger, MIDNIGHT, 1) for _ in range(WALKS_A_DAY_MAX + 1)]
    assert found == [None] * WALKS_A_DAY_MAX + [WalkFailure.WALK_DAY_FULL]


def test_a_walk_that_was_refused_takes_no_number() -> None:
    ledger = Ledger(BERLIN)
    assert refusal(ledger, MIDNIGHT, A_DAY_S) is not None
    change = ledger.add_walk(MIDNIGHT, 60, walked(10), NOW)
    assert change.walk
    assert change.walk.number == 1
