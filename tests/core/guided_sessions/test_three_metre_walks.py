"""The walks of three metres: each result once, the best for ever."""

import json

import pytest

from custom_components.retrostep.core.clock import Correction, Jump
from custom_components.retrostep.core.guided_sessions.three_metre_trials import TimedWalk, TrialSet
from custom_components.retrostep.core.guided_sessions.three_metre_walks import ThreeMetreView, ThreeMetreWalks

READY, DONE = "Ready: walk backward", "Done"
POD, OTHER = "a0:00:00:00:00:01", "a0:00:00:00:00:02"


def test_a_result_that_stays_on_the_pod_is_one_result() -> None:
    walks = ThreeMetreWalks()
    assert walks.view() == ThreeMetreView()
    assert not walks.update(POD, None, READY, 1_000)
    assert walks.view().status == "ready"
    assert walks.update(POD, 4.2, DONE, 1_010.6)
    assert not walks.update(POD, 4.2, DONE, 1_020)
    walk = TimedWalk(1_011, 4.2)
    assert walks.view() == ThreeMetreView(walk, None, walk, 1, "done", TrialSet((walk,)))


def test_the_same_time_after_a_new_start_is_a_new_result() -> None:
    walks = ThreeMetreWalks()
    walks.update(POD, 4.2, DONE, 1_000)
    assert not walks.update(POD, None, "Stopped: a pause", 1_030)
    assert not walks.update(POD, 4.2, DONE, 1_040), "nobody was asked to walk"
    assert not walks.update(POD, None, "Walking", 1_050)
    assert walks.update(POD, 4.2, DONE, 1_060)
    assert not walks.update(POD, 4.2, DONE, 1_070)
    assert walks.view().count == 2


def test_each_pod_shows_its_own_result() -> None:
    walks = ThreeMetreWalks()
    assert walks.update(POD, 4.2, DONE, 1_000)
    assert walks.update(OTHER, 4.2, DONE, 1_001)
    walks.update(POD, None, READY, 1_002)
    assert not walks.update(OTHER, 4.2, DONE, 1_003), "the other pod was asked"


def test_the_last_two_and_the_best_are_shown_and_of_equal_ones_the_first_is_the_best() -> None:
    walks = ThreeMetreWalks()
    for at_s, seconds in ((1, 5.0), (2, 4.0), (3, 4.5), (4, 4.0)):
        walks.update(POD, None, READY, at_s)
        walks.update(POD, seconds, DONE, at_s)
    view = walks.view()
    assert (view.last, view.before, view.best) == (TimedWalk(4, 4.0), TimedWalk(3, 4.5), TimedWalk(2, 4.0))
    assert view.count == 4


def test_five_hundred_walks_are_kept_and_all_are_counted() -> None:
    walks = ThreeMetreWalks()
    for number in range(501):
        walks.update(POD, 10 - number / 1_000, DONE, number)
    kept = walks.as_dict()["walks"]
    assert (len(kept), kept[0][0], kept[-1][0]) == (500, 1, 500)
    assert walks.view().count == 501


def test_what_the_pod_says_last_is_the_status_and_nonsense_is_passed_over() -> None:
    walks = ThreeMetreWalks()
    walks.update(POD, None, "Stopped: a step forward", 1)
    assert walks.view().status == "step_forward"
    for text in ("Was?", "", None):
        walks.update(POD, None, text, 2)
        assert walks.view().status == "step_forward"


def test_after_a_restart_nothing_is_told_twice_and_a_walk_that_waits_still_waits() -> None:
    walks = ThreeMetreWalks()
    walks.update(POD, 4.2, DONE, 1_000)
    walks.update(OTHER, None, READY, 1_001)
    again = ThreeMetreWalks.from_dict(json.loads(json.dumps(walks.as_dict())))
    assert (again.view().last, again.view().best, again.view().count) == (
        TimedWalk(1_000, 4.2),
        TimedWalk(1_000, 4.2),
        1,
    )
    assert not again.update(POD, 4.2, DONE, 1_010)
    assert again.as_dict() == walks.as_dict()
    empty = ThreeMetreWalks.from_dict(json.loads(json.dumps(ThreeMetreWalks().as_dict())))
    assert empty.view() == ThreeMetreView()


def test_a_walk_that_was_timed_under_a_wrong_clock_moves_to_its_true_time() -> None:
    walks = ThreeMetreWalks()
    walks.update(POD, 4.2, DONE, 1_000)
    walks.clock_jumped(Jump(90_000, 1, ()))
    walks.update(POD, 3.9, DONE, 91_100)
    walks.clock_jumped(Jump(-90_000, 2, (Correction(1, -90_000, 91_000, 91_200),)))
    walks.update(POD, 4.5, DONE, 1_300)
    view = walks.view()
    assert (view.before, view.last, view.best) == (
        TimedWalk(1_100, 3.9),
        TimedWalk(1_300, 4.5),
        TimedWalk(1_100, 3.9),
    )


def test_a_walk_timed_before_the_first_jump_was_dated_by_the_first_clock_and_moves_once() -> None:
    walks = ThreeMetreWalks()
    walks.update(POD, 4.2, DONE, 91_000)
    wrong = Correction(0, -90_000, 90_000, 92_000)
    for segment in (1, 2):
        walks.clock_jumped(Jump(-90_000, segment, (wrong,)))
        assert walks.view().last == TimedWalk(1_000, 4.2)


def test_the_set_and_its_trend_are_shown_and_come_back_from_disk() -> None:
    walks = ThreeMetreWalks()
    for day in range(6):
        for trial in range(3):
            at_s = day * 86_400 + trial * 120
            walks.update(POD, None, READY, at_s)
            walks.update(POD, 4.0 + 0.1 * (day % 2) + 0.01 * trial, DONE, at_s)
    view = walks.view()
    assert view.trials is not None
    assert view.trials.complete
    assert view.trend is not None
    assert view.trend.change == "none"
    again = ThreeMetreWalks.from_dict(json.loads(json.dumps(walks.as_dict())))
    assert (again.view().trials, again.view().trend) == (view.trials, view.trend)
    assert len(again.sets()) == 6


def test_a_walk_of_no_time_is_damage() -> None:
    kept = ThreeMetreWalks().as_dict() | {"walks": [[1_000, 0.0]]}
    with pytest.raises(ValueError, match="no time"):
        ThreeMetreWalks.from_dict(kept)
