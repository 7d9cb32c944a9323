"""What is noise of somebody's own values, and what is a change."""

from math import sqrt

import pytest

from custom_components.retrostep.core.smallest_change import compare_last, smallest_change

NOISY = [4.0, 4.2, 4.0, 4.2, 4.0]


def test_the_band_is_one_s_own_minimal_detectable_change() -> None:
    assert smallest_change(NOISY) == pytest.approx(1.96 * 0.2)
    sem = 0.2 / sqrt(2)
    assert smallest_change(NOISY) == pytest.approx(1.96 * sqrt(2) * sem)


def test_a_slow_trend_does_not_widen_the_band() -> None:
    assert smallest_change([5 - 0.02 * week for week in range(50)]) == pytest.approx(1.96 * 0.02)


def test_with_fewer_than_five_values_before_nothing_is_compared() -> None:
    assert smallest_change(NOISY[:4]) is None
    assert compare_last(NOISY) is None
    assert compare_last([]) is None


def test_a_jump_of_the_last_value_does_not_widen_its_own_band() -> None:
    found = compare_last([*NOISY, 9.0])
    assert found is not None
    assert (found.usual, found.smallest_change) == (pytest.approx(4.08), pytest.approx(0.392))
    assert found.changed


def test_usual_is_of_the_last_five_before() -> None:
    found = compare_last([*[9.0] * 20, *NOISY, 4.1])
    assert found is not None
    assert found.usual == pytest.approx(4.08)
    assert not found.changed


def test_values_that_never_differ_have_not_changed() -> None:
    found = compare_last([4.0] * 6)
    assert found is not None
    assert not found.changed
