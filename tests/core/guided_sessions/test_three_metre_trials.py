"""Three trials make a set; sets show a trend with a band of noise."""

import pytest

from custom_components.retrostep.core.guided_sessions.three_metre_trials import (
    TimedWalk,
    TrialSet,
    sets_of,
    trend_of,
)

DAY_S = 86_400


def trials(day: int, *seconds: float, apart_s: int = 90) -> list[TimedWalk]:
    """Walk on a day, one trial after the other."""
    return [TimedWalk(day * DAY_S + number * apart_s, each) for number, each in enumerate(seconds)]


def days(*means: float) -> list[TrialSet]:
    """Walk three trials on each day, around these means."""
    walks = [walk for day, mean in enumerate(means) for walk in trials(day, mean - 0.3, mean, mean + 0.3)]
    return sets_of(walks)


def test_three_trials_give_a_best_a_mean_and_their_speed() -> None:
    (one,) = sets_of(trials(0, 4.0, 3.0, 5.0))
    assert one.complete
    assert (one.best_s, one.mean_s, one.mean_mps) == (3.0, 4.0, 0.75)
    assert one.walks[1].mps == 1.0
    assert one.rest_until_s is None


def test_after_a_trial_the_walker_rests_for_a_minute() -> None:
    (one,) = sets_of(trials(0, 4.0, 3.0))
    assert not one.complete
    assert one.rest_until_s == 90 + 60


def test_a_fourth_walk_and_one_a_quarter_of_an_hour_later_begin_a_set() -> None:
    assert [len(each.walks) for each in sets_of(trials(0, 4, 4, 4, 4))] == [3, 1]
    assert [len(each.walks) for each in sets_of(trials(0, 4, 4, apart_s=900))] == [2]
    assert [len(each.walks) for each in sets_of(trials(0, 4, 4, apart_s=901))] == [1, 1]


def test_a_walk_dated_before_the_one_it_followed_is_no_trial_of_its_set() -> None:
    """A clock was set back between them."""
    assert [len(each.walks) for each in sets_of([TimedWalk(1_000, 4.0), TimedWalk(900, 4.0)])] == [1, 1]


def test_with_fewer_than_five_sets_before_nothing_is_compared() -> None:
    assert trend_of(days(4, 4.1, 4, 4.1, 4)) is None
    assert trend_of([]) is None


@pytest.mark.parametrize(("last", "change"), [(4.3, "none"), (3.9, "none"), (4.6, "slower"), (3.6, "faster")])
def test_what_is_within_the_band_is_no_change(last: float, change: str) -> None:
    trend = trend_of(days(4.0, 4.2, 4.0, 4.2, 4.0, last))
    assert trend is not None
    assert trend.usual_s == pytest.approx(4.08)
    assert trend.smallest_change_s == pytest.approx(0.392)
    assert trend.change == change


def test_a_set_that_is_not_complete_is_not_compared() -> None:
    walks = [walk for each in days(4.0, 4.2, 4.0, 4.2, 4.0, 4.1) for walk in each.walks]
    before = trend_of(sets_of(walks))
    assert trend_of(sets_of([*walks, *trials(9, 9.0, 9.0)])) == before


def test_who_walks_exactly_as_always_has_not_changed() -> None:
    trend = trend_of(days(4, 4, 4, 4, 4, 4))
    assert trend is not None
    assert (trend.smallest_change_s, trend.change) == (0, "none")
