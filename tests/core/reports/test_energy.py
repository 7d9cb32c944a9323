"""The estimate of energy says no more than its source."""

import pytest

from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.reports.energy import backward_kcal


def an_hour_at(speed_mps: float) -> Counts:
    return Counts(back=5_000, back_dm=round(speed_mps * 36_000), back_s=3_600)


def test_an_hour_at_the_speed_of_the_source_takes_6_met() -> None:
    assert backward_kcal(an_hour_at(1.564_64), 70) == pytest.approx(6.0 * 70, rel=1e-4)


def test_faster_than_the_source_claims_no_more_than_the_source() -> None:
    assert backward_kcal(an_hour_at(3), 70) == 6.0 * 70


def test_the_advised_slow_pace_lies_between_rest_and_the_source() -> None:
    assert backward_kcal(an_hour_at(0.6), 70) == pytest.approx(3.1 * 70, rel=0.01)
    assert backward_kcal(an_hour_at(0), 70) == pytest.approx(1.3 * 70)


def test_walks_may_be_estimated_one_by_one_or_together() -> None:
    one, two = an_hour_at(0.5), an_hour_at(1.1)
    assert backward_kcal(one + two, 80) == pytest.approx(backward_kcal(one, 80) + backward_kcal(two, 80))


def test_forward_walking_takes_nothing_of_it() -> None:
    assert backward_kcal(Counts(fwd=9_000, fwd_dm=60_000, fwd_s=3_600), 80) == 0
