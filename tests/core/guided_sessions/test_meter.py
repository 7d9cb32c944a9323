"""What one pod has seen of a walk: time, steps and metres, also of what it could not tell at once."""

import json
from typing import Any

import pytest

from custom_components.retrostep.core.guided_sessions.meter import NOTHING, Meter, Moved, PodSeen, Walked
from custom_components.retrostep.core.guided_sessions.routine import Direction, Unit

BACKWARD, FORWARD = Direction.BACKWARD, Direction.FORWARD
T = 1_790_000_000.0
# A backward stride of 1.34 s has two steps.
USUAL_S = 0.6


class Pod:
    """Tells a meter what a pod tells; totals are those of its life."""

    def __init__(self) -> None:
        self.meter = Meter()
        self.totals = {"back": 500, "fwd": 300, "back_dm": 2_500, "fwd_dm": 1_800}
        self.at = T

    def tell(
        self, after_s: float = 0, *, walking: bool | None = None, cadence: float | None = None, **more: int
    ) -> Moved:
        """Tell totals that have risen, after a while."""
        self.at += after_s
        for name, number in more.items():
            self.totals[name] += number
        return self.meter.update(PodSeen("a", True, dict(self.totals), walking, cadence), self.at)

    def away(self, after_s: float = 0) -> Moved:
        """Be out of reach."""
        self.at += after_s
        return self.meter.update(PodSeen("a", False, None), self.at)

    def walked(self, direction: Direction = BACKWARD) -> Walked:
        """Give all that was measured one way."""
        return self.meter.walked[direction]

    def steady(self, steps: int, step_s: float) -> None:
        """Be seen walking backward from a stand, a step at a time, and stand still."""
        self.tell(walking=False)
        self.tell(walking=True, back=1)
        for _ in range(steps - 1):
            self.tell(step_s, walking=True, back=1)
        self.tell(3, walking=False)


def test_walking_is_added_taken_away_shared_and_measured_in_each_unit() -> None:
    walked = Walked(20, 110, 12)
    assert walked + Walked(1, 2, 3) == Walked(21, 112, 15)
    assert walked - Walked(1, 2, 3) == Walked(19, 108, 9)
    assert walked.part(0.5) == Walked(10, 55, 6)
    assert [walked.of(unit) for unit in (Unit.STEPS, Unit.METRES, Unit.SECONDS)] == [20, 11, 12]
    assert (NOTHING.steps, NOTHING.dm, NOTHING.s) == (0, 0, 0)


def test_what_a_pod_counted_before_the_session_is_not_walked_in_it() -> None:
    pod = Pod()
    assert pod.tell(walking=False).walked == {BACKWARD: NOTHING, FORWARD: NOTHING}
    assert pod.tell(5, walking=True, back=2).walked[BACKWARD].steps == 2


def test_a_walk_that_began_unseen_takes_the_time_its_steps_need() -> None:
    pod = Pod()
    pod.tell()
    moved = pod.tell(60, back=2, walking=True)
    assert moved.walked[BACKWARD].s == pytest.approx(2 * USUAL_S)
    assert moved.going is BACKWARD
    fast = Pod()
    fast.tell()
    assert fast.tell(1, back=2, walking=True).walked[BACKWARD].s == 1, "no longer than nobody looked"


def test_time_runs_while_the_pod_says_that_somebody_walks() -> None:
    pod = Pod()
    pod.tell(walking=False)
    pod.tell(10, walking=True)
    assert pod.tell(7, walking=True).walked[BACKWARD].s == 7
    assert pod.tell(3, walking=False).going is None
    assert pod.walked().s == 7, "it says 3 s after the last stride that nobody walks"
    assert pod.tell(60, walking=False).walked[BACKWARD].s == 0


def test_a_walk_shorter_than_the_pods_hesitation_takes_no_time_back_from_before() -> None:
    pod = Pod()
    pod.tell(walking=False)
    pod.tell(10, walking=True)
    pod.tell(2, walking=False)
    assert pod.walked().s == 0


def test_after_a_slow_walk_out_of_reach_the_walkers_own_pace_is_used() -> None:
    pod = Pod()
    pod.steady(41, step_s=1.0)
    assert (pod.walked().steps, pod.walked().s) == (41, pytest.approx(40, abs=1))
    pod.away(10)
    moved = pod.tell(300, walking=False, back=20)
    assert moved.caught_up
    assert moved.walked[BACKWARD].s == pytest.approx(20 * 40 / 41, abs=0.5), "not 12 s as of others"


def test_twenty_steps_do_not_show_the_walkers_own_pace_yet() -> None:
    pod = Pod()
    pod.steady(20, step_s=1.0)
    pod.away(10)
    assert pod.tell(300, walking=False, back=10).walked[BACKWARD].s == pytest.approx(10 * USUAL_S)
    other = Pod()
    other.steady(21, step_s=1.0)
    other.away(10)
    assert other.tell(300, walking=False, back=10).walked[BACKWARD].s > 9


def test_of_both_directions_walked_out_of_reach_the_time_is_not_used_twice() -> None:
    pod = Pod()
    pod.tell(walking=False)
    pod.away(1)
    moved = pod.tell(9, walking=False, back=10, fwd=10)
    assert moved.walked[FORWARD].s + moved.walked[BACKWARD].s == pytest.approx(10)
    assert moved.walked[FORWARD].s == pytest.approx(6)
    assert not pod.tell(1, walking=False).caught_up
    assert not pod.tell(1, walking=True, back=2).caught_up, "it has caught up"


def test_states_of_before_a_pod_went_away_are_not_believed() -> None:
    pod = Pod()
    pod.tell(walking=True)
    pod.away(10)
    assert (
        pod.meter.update(PodSeen("a", True, dict(pod.totals), walking_backward=True), pod.at + 60).going
        is None
    )


def test_a_pod_that_goes_away_in_mid_walk_is_not_taken_to_walk_on() -> None:
    pod = Pod()
    pod.tell(walking=False)
    pod.tell(10, walking=True)
    assert pod.away(20).going is None
    assert pod.away(100).walked[BACKWARD].s == 0
    assert pod.walked().s == 20


def test_a_pod_without_totals_is_one_out_of_reach() -> None:
    meter = Meter()
    assert meter.update(PodSeen("a", True, None, walking_backward=True), T).going is None
    assert not meter.update(PodSeen("a", True, {"back": 20}), T + 5).caught_up, "it never was in reach"


# Metres


def test_metres_are_guessed_from_steps_until_the_pod_tells_them() -> None:
    pod = Pod()
    pod.tell(walking=True)
    assert pod.tell(5, walking=True, back=10).walked[BACKWARD].dm == 55, "half of a stride of 1.1 m each"
    pod.tell(5, walking=True, back=10)
    assert pod.tell(1, walking=True, back_dm=90).walked[BACKWARD].dm == -20
    assert pod.walked().dm == 90
    assert pod.tell(5, walking=True, back=10, back_dm=40).walked[BACKWARD].dm == 40


def test_after_twenty_steps_the_walkers_own_step_is_used() -> None:
    pod = Pod()
    pod.tell(walking=True)
    pod.tell(10, walking=True, back=20, back_dm=80)
    assert pod.tell(5, walking=True, back=2).walked[BACKWARD].dm == 2 * 5.5
    pod.tell(1, walking=True, back_dm=8)
    assert (pod.walked().steps, pod.walked().dm) == (22, 88)
    assert pod.tell(5, walking=True, back=2).walked[BACKWARD].dm == 2 * 4


def test_metres_forward_are_metres_forward() -> None:
    pod = Pod()
    pod.tell()
    pod.tell(20, fwd=30, fwd_dm=180)
    assert (pod.walked(FORWARD).dm, pod.walked(BACKWARD).dm) == (180, 0)


# Forward


def test_a_walk_forward_goes_on_until_the_pod_says_that_it_rests() -> None:
    pod = Pod()
    pod.tell(cadence=0)
    assert pod.tell(10, fwd=4, cadence=100).going is FORWARD
    assert pod.tell(20, fwd=30, cadence=100).walked[FORWARD].s == 20
    assert pod.tell(3, cadence=0).going is None
    assert pod.walked(FORWARD).s == pytest.approx(4 * USUAL_S + 20)


def test_a_short_walk_forward_is_over_when_the_pod_tells_of_it_at_rest() -> None:
    pod = Pod()
    pod.tell(cadence=0)
    assert pod.tell(10, fwd=4, cadence=0).going is FORWARD, "the first word of it"
    assert pod.tell(5, fwd=4, cadence=0).going is None
    assert pod.walked(FORWARD).s == pytest.approx(4 * USUAL_S + 5 - 3)


def test_who_is_not_heard_of_for_25_seconds_has_stopped_when_heard_of_last() -> None:
    pod = Pod()
    pod.tell()
    pod.tell(10, fwd=4)
    pod.tell(20, fwd=30)
    assert pod.tell(25).going is FORWARD
    assert pod.tell(1).going is None
    assert pod.walked(FORWARD).s == pytest.approx(4 * USUAL_S + 20)


def test_the_rest_of_a_walk_forward_is_told_when_the_one_backward_has_begun() -> None:
    pod = Pod()
    pod.tell(cadence=0)
    pod.tell(10, fwd=20, cadence=100)
    pod.tell(10, walking=True, back=2, cadence=100)
    before = pod.walked(FORWARD).s
    moved = pod.tell(1, walking=True, back=2, fwd=6, cadence=100)
    assert (moved.going, moved.walked[FORWARD].steps) == (BACKWARD, 6)
    assert pod.walked(FORWARD).s == before, "its time was counted already"


def test_turning_round_ends_the_one_walk_and_begins_the_other() -> None:
    pod = Pod()
    pod.tell(walking=False)
    pod.tell(10, walking=True, back=2)
    pod.tell(20, walking=True, back=20)
    moved = pod.tell(10, walking=False, fwd=4)
    assert moved.going is FORWARD
    assert pod.walked(BACKWARD).s == pytest.approx(2 * USUAL_S + 20 + 10 - 3)
    assert moved.walked[FORWARD].s == pytest.approx(4 * USUAL_S)


# Totals that fall, restarts


def test_a_total_that_fell_counts_anew_from_there() -> None:
    pod = Pod()
    pod.tell(walking=True)
    pod.tell(5, walking=True, back=10)
    assert pod.tell(5, walking=True, back=-400).walked[BACKWARD].steps == 0
    assert pod.tell(5, walking=True, back=2).walked[BACKWARD].steps == 2
    assert pod.walked().steps == 12


def test_one_step_is_a_step() -> None:
    pod = Pod()
    pod.tell(walking=False)
    assert pod.tell(5, walking=False, fwd=1).walked[FORWARD].s == pytest.approx(USUAL_S)


def kept(meter: Meter) -> Any:
    return json.loads(json.dumps(meter.as_dict()))


def test_after_a_restart_what_was_walked_meanwhile_is_caught_up_with() -> None:
    pod = Pod()
    pod.tell(walking=False)
    pod.tell(10, walking=True, back=2)
    pod.tell(10, walking=True, back=10)
    before = pod.walked()
    pod.meter = Meter.from_dict(kept(pod.meter))
    assert pod.walked() == before
    moved = pod.tell(30, walking=True, back=40)
    assert (moved.caught_up, moved.walked[BACKWARD].steps) == (True, 40)
    assert moved.walked[BACKWARD].s == pytest.approx(min(30, 40 * USUAL_S))
    again = Meter.from_dict(kept(Meter()))
    assert not again.update(PodSeen("a", True, {"back": 40}), T).caught_up, "it knew no pod"


def test_the_time_unseen_over_a_restart_begins_with_the_rest_and_not_with_the_session() -> None:
    pod = Pod()
    pod.tell(walking=False)
    pod.tell(10, walking=True, back=2)
    pod.tell(10, walking=False)
    pod.meter = Meter.from_dict(kept(pod.meter))
    assert pod.tell(1, walking=False, back=40).walked[BACKWARD].s == pytest.approx(3 + 1)


def test_who_turns_back_right_after_a_walk_forward_loses_no_time_of_before() -> None:
    """The pod is 3 s late to say so; a walk forward of a second had no three."""
    for forward_s, left_s in ((1, 0), (10, 7)):
        pod = Pod()
        pod.tell(cadence=0)
        pod.tell(10, fwd=4, cadence=100)
        pod.tell(forward_s, walking=True, cadence=100)
        assert pod.walked(FORWARD).s == pytest.approx(4 * USUAL_S + left_s)


def test_a_clock_that_is_set_changes_nothing_that_is_measured() -> None:
    measured = []
    for by_s in (0, 90_000, -90_000):
        pod = Pod()
        pod.tell(cadence=0)
        pod.tell(10, fwd=4, cadence=100)
        pod.meter.clock_jumped(by_s)
        pod.at += by_s
        pod.tell(10, fwd=8, cadence=100)
        pod.meter.clock_jumped(by_s)
        pod.at += by_s
        pod.tell(2, cadence=0)
        pod.meter.clock_jumped(by_s)
        pod.at += by_s
        pod.tell(4, fwd=20, cadence=100)
        measured.append((pod.walked(FORWARD), pod.walked()))
    assert measured[1] == measured[0]
    assert measured[2] == measured[0]


def test_a_cadence_of_nought_that_is_the_first_one_heard_ends_no_walk() -> None:
    """It may be of before the walk: only one that fell says that the walk is over."""
    pod = Pod()
    pod.tell()
    pod.tell(10, fwd=4)
    assert pod.tell(5, cadence=0).going is FORWARD
    pod.tell(5, fwd=10, cadence=100)
    assert pod.tell(5, cadence=0).going is None
