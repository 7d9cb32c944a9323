"""Intervals and bounds are those of the literature, also where nothing or everything was found."""

import math

import pytest

from tools.evaluate.interval import as_bound, as_interval, upper_bound, wilson


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [
        # R. G. Newcombe, Statist. Med. 17 (1998), 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_of_a_share_is_wilsons(found: int, of: int, low: float, high: float) -> None:
    assert wilson(found, of) == pytest.approx((low, high), abs=5e-5)


def test_an_interval_turns_round_with_its_share_and_narrows_with_more_strides() -> None:
    low, high = wilson(117, 118)
    assert wilson(1, 118) == pytest.approx((1.0 - high, 1.0 - low))
    wide, narrow = (b - a for a, b in (wilson(9, 10), wilson(900, 1000)))
    assert narrow < wide / 5


def test_of_nothing_nothing_is_known_and_impossible_shares_are_refused() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 5)[0] == 0.0
    assert wilson(5, 5)[1] == 1.0
    for found, of in ((3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="no share"):
            wilson(found, of)


@pytest.mark.parametrize(
    ("seen", "bound"),
    # Garwood's one-sided 95 % limits; half the chi-square quantile of 2 (seen + 1) degrees of freedom.
    [(0, 2.9957), (1, 4.7439), (2, 6.2958), (10, 16.9622), (30, 40.6906)],
)
def test_the_bound_of_a_rate_is_exact(seen: int, bound: float) -> None:
    assert upper_bound(seen) == pytest.approx(bound, abs=1e-3)


def test_the_bound_of_a_rate_holds_for_thousands() -> None:
    assert upper_bound(3000) == pytest.approx(3000 + 1.645 * math.sqrt(3000), rel=0.002)


def test_they_are_written_so_that_they_never_claim_more() -> None:
    assert as_interval(117, 118) == "95.3 to 99.9 %"
    assert as_interval(118, 118) == "96.8 to 100 %"
    assert as_bound(0, 0.13) == "up to 23.1 an hour"
    assert as_bound(0, 40.0) == "up to 0.1 an hour"
    assert as_bound(1, 0.0) == ""
