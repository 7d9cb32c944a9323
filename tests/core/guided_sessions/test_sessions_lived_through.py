"""Guided sessions, lived through minute by minute."""

import pytest

from custom_components.retrostep.core.guided_sessions.result import EventKind, Waiting
from custom_components.retrostep.core.guided_sessions.routine import (
    Kind,
    Lengths,
    Routine,
    Stage,
    Unit,
    stages_of,
)

from .story import BACKWARD, FORWARD, Pod, Story, minutes

# Twenty seconds may pass until the pod tells of a walk forward.
LATE_MIN = 0.4


def test_the_default_routine_is_warm_up_five_intervals_and_cool_down() -> None:
    stages = stages_of(Routine.INTERVALS, Lengths())

    assert [(stage.kind.value, stage.target / 60) for stage in stages] == [
        ("warm_up", 2),
        *[("backward", 2), ("forward", 1)] * 5,
        ("cool_down", 2),
    ]


def test_the_default_routine_lived_through() -> None:
    story = Story()
    stages = stages_of(Routine.INTERVALS, Lengths())
    story.start(*stages, routine=Routine.INTERVALS)

    took = []
    for stage in stages:
        assert story.session.view().stage == stage.kind.value
        took.append(story.walk_until(EventKind.STAGE_DONE, stage.direction))

    assert story.told(EventKind.STAGE_STARTED) == story.told(EventKind.STAGE_DONE) == 12
    assert story.told(EventKind.WAITING) == 0
    assert took == pytest.approx([stage.target / 60 for stage in stages], abs=LATE_MIN)
    assert sum(took) == pytest.approx(19, abs=1)
    told = story.last(EventKind.FINISHED)
    assert told["completed"]
    assert told["stages_done"] == told["stages"] == 12
    assert told["backward_seconds"] == pytest.approx(10 * 60, abs=25)
    assert told["forward_seconds"] == pytest.approx(9 * 60, abs=60)
    assert told["backward_steps"] == pytest.approx(1000, rel=0.05)
    assert told["backward_metres"] == pytest.approx(500, rel=0.05)
    assert story.kinds[0] == "guided_session_started"
    assert story.kinds[-1] == "guided_session_finished"
    assert not story.session.active
    assert story.session.view().stage == "idle"


def test_a_stage_says_what_is_done_when_it_ends_and_what_comes_next() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2), minutes(Kind.COOL_DOWN, 1))
    story.walk(BACKWARD, 1)
    view = story.session.view()

    assert (view.stage, view.number, view.of, view.direction) == ("backward", 1, 2, "backward")
    assert (view.unit, view.target) == ("seconds", 120)
    assert view.done == pytest.approx(60, abs=2)
    assert view.remaining == 120 - view.done
    assert (view.next_stage, view.next_target, view.next_unit) == ("cool_down", 60, "seconds")
    assert view.ends_at == pytest.approx(story.now + 60, abs=4)
    assert view.progress == pytest.approx(33, abs=2)


def test_the_expected_end_stands_still_while_the_walker_walks() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2))
    story.walk(BACKWARD, 0.1)
    ends = set()
    for _ in range(60):
        story.walk(BACKWARD, 0.02)
        ends.add(story.session.view().ends_at)

    assert len(ends) <= 2


# Stopping


def test_stopping_for_a_drink_costs_no_time_and_does_not_end_the_session() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2))
    story.walk(BACKWARD, 1)
    story.stand(3)

    assert story.kinds[-1] == "guided_session_waiting"
    assert story.last(EventKind.WAITING)["reason"] == "stopped"
    assert story.last(EventKind.WAITING)["remaining"] == pytest.approx(60, abs=2)
    assert story.session.view().waiting == "stopped"
    assert story.session.view().ends_at is None
    assert story.session.view().done == pytest.approx(60, abs=2)

    story.walk(BACKWARD, 0.1)
    assert story.kinds[-1] == "guided_session_resumed"
    assert story.session.view().waiting is None
    assert story.walk_until(EventKind.FINISHED, BACKWARD) == pytest.approx(0.9, abs=0.1)


def test_a_breath_is_not_worth_a_word() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2))
    story.walk(BACKWARD, 0.5)
    story.stand(0.12)
    story.walk(BACKWARD, 0.5)

    assert story.told(EventKind.WAITING) == 0


def test_many_short_stops_are_not_counted_as_walking() -> None:
    """The pod says 3 s after the last stride that nobody walks."""
    story = Story()
    story.start(minutes(Kind.BACKWARD, 5))
    for _ in range(6):
        story.walk(BACKWARD, 0.25)
        story.stand(0.25)

    assert story.session.view().done == pytest.approx(90, abs=6)


def test_a_short_walk_forward_is_known_to_be_over_when_the_pod_says_so() -> None:
    """So short that no cadence was told of it."""
    story = Story()
    story.start(minutes(Kind.FORWARD, 2))
    story.stand(0.35)
    story.walk(FORWARD, 0.08)
    story.stand(0.15)

    assert story.session.view().done == pytest.approx(5, abs=2)


def test_a_long_pause_ends_the_session_and_the_result_says_how_far_it_came() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 1), minutes(Kind.FORWARD, 1), minutes(Kind.BACKWARD, 2), pause_min=5)
    story.walk_until(EventKind.STAGE_DONE, BACKWARD)
    story.walk(FORWARD, 0.5)
    story.stand(4.9)
    assert story.session.active
    story.stand(0.3)

    told = story.last(EventKind.STOPPED)
    assert (told["completed"], told["reason"]) == (False, "pause")
    assert (told["stages_done"], told["stages"]) == (1, 3)
    assert story.session.last
    first, second, third = story.session.last.stages
    assert (first.asked, first.done, first.completed) == (60, 60, True)
    assert second.done == pytest.approx(30, abs=5)
    assert not second.completed
    assert (third.done, third.completed) == (0, False)


def test_the_longest_pause_is_the_walkers_own_choice() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2), pause_min=15)
    story.stand(14)

    assert story.session.active
    story.stand(2)
    assert not story.session.active


def test_stopping_by_hand_keeps_what_was_done() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2))
    story.walk(BACKWARD, 1)
    story.stop()

    assert story.last(EventKind.STOPPED)["reason"] == "user"
    assert story.last(EventKind.STOPPED)["backward_seconds"] == pytest.approx(60, abs=2)
    assert not story.session.active


# The wrong way


def test_walking_the_wrong_way_counts_for_nothing_and_keeps_the_session_awake() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2), minutes(Kind.FORWARD, 1), pause_min=2)
    story.walk(BACKWARD, 1)
    story.walk(FORWARD, 4)

    view = story.session.view()
    assert (view.stage, view.waiting) == ("backward", Waiting.DIRECTION)
    assert view.done == pytest.approx(60, abs=3)
    assert story.told(EventKind.WAITING) == 1

    assert story.walk_until(EventKind.STAGE_DONE, BACKWARD) == pytest.approx(1, abs=0.1)
    assert story.session.view().done == 0


def test_a_walk_forward_before_the_stage_is_not_credited_to_the_next_one() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 1), minutes(Kind.FORWARD, 1))
    story.walk(FORWARD, 2)
    story.walk_until(EventKind.STAGE_DONE, BACKWARD)

    assert story.session.view().done == 0
    assert story.walk_until(EventKind.FINISHED, FORWARD) == pytest.approx(1, abs=LATE_MIN)


# Custom stages


def test_a_stage_by_steps_ends_with_the_step() -> None:
    story = Story()
    story.start(Stage(Kind.BACKWARD, Unit.STEPS, 100))
    begin = story.pod.true["back"]
    story.walk_until(EventKind.FINISHED, BACKWARD)

    assert 100 <= story.pod.true["back"] - begin <= 104
    assert story.session.last
    assert story.session.last.stages[0].done == 100


def test_a_stage_by_metres_ends_near_its_metres_although_distances_come_late() -> None:
    story = Story()
    story.start(Stage(Kind.BACKWARD, Unit.METRES, 100))
    begin = story.pod.true["back_dm"]
    story.walk_until(EventKind.FINISHED, BACKWARD)

    assert story.pod.true["back_dm"] - begin == pytest.approx(1000, abs=30)
    assert story.session.view().ends_at is None


def test_a_stage_forward_by_steps_ends_when_the_pod_tells() -> None:
    story = Story()
    story.start(Stage(Kind.FORWARD, Unit.STEPS, 100))
    begin = story.pod.true["fwd"]
    story.walk_until(EventKind.FINISHED, FORWARD)

    assert 100 <= story.pod.true["fwd"] - begin <= 100 + 20 / 1.2 * 2 + 4


# Out of reach, restarts


def test_a_pod_out_of_reach_is_waited_for_and_what_it_counted_is_credited_over_stages() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2), minutes(Kind.FORWARD, 1), minutes(Kind.BACKWARD, 2))
    story.walk(BACKWARD, 1)
    story.leave()
    story.walk(BACKWARD, 1)
    assert story.session.view().waiting == "away"
    assert story.session.view().stage == "backward"
    story.walk(FORWARD, 1)
    story.walk(BACKWARD, 1)
    story.come_back()
    story.walk(BACKWARD, 0.05)

    view = story.session.view()
    assert (view.stage, view.number) == ("backward", 3)
    assert view.done == pytest.approx(60, abs=20)
    assert view.waiting is None
    assert story.told(EventKind.STAGE_DONE) == 2


def test_a_connection_that_drops_for_a_moment_changes_nothing() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2))
    story.walk(BACKWARD, 1)
    story.leave()
    story.walk(BACKWARD, 0.15)
    story.come_back()
    story.walk(BACKWARD, 0.5)

    assert story.told(EventKind.WAITING) == 0
    assert story.session.view().done == pytest.approx(99, abs=5)


def test_a_pod_that_never_returns_ends_the_session_after_half_an_hour() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2), pause_min=5)
    story.leave()
    story.stand(29)
    assert story.session.active
    story.stand(2)

    assert story.last(EventKind.STOPPED)["reason"] == "away"


def test_who_comes_back_into_reach_has_the_whole_pause_to_go_on() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2), pause_min=5)
    story.leave()
    story.stand(20)
    story.come_back()
    story.stand(4)
    assert story.session.active
    story.stand(2)

    assert story.last(EventKind.STOPPED)["reason"] == "pause"


def test_a_restart_in_the_middle_goes_on_where_it_was() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2), minutes(Kind.FORWARD, 1))
    story.walk(BACKWARD, 0.5)
    story.restart(down_min=1, walking=BACKWARD)
    story.come_back()
    story.walk(BACKWARD, 0.1)

    assert story.session.view().stage == "backward"
    assert story.session.view().done == pytest.approx(96, abs=8)
    assert story.walk_until(EventKind.STAGE_DONE, BACKWARD) == pytest.approx(0.4, abs=0.15)
    assert story.told(EventKind.SESSION_STARTED) == 1


def test_a_restart_that_takes_an_hour_ends_the_session() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2))
    story.walk(BACKWARD, 0.5)
    story.restart(down_min=60)

    assert not story.session.active
    assert story.last(EventKind.STOPPED)["reason"] == "away"


def test_a_pod_that_was_reset_meanwhile_counts_anew() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2))
    story.walk(BACKWARD, 0.5)
    story.pod.true = dict.fromkeys(story.pod.true, 0)
    story.walk(BACKWARD, 0.6)

    assert story.session.view().done == pytest.approx(66, abs=5)


# Several


def test_two_pods_of_one_walker_count_once() -> None:
    story = Story(Pod(), Pod(mac="a0:00:00:00:00:02"))
    story.start(Stage(Kind.BACKWARD, Unit.STEPS, 200), minutes(Kind.FORWARD, 1))
    begin = story.pod.true["back"]
    story.walk_until(EventKind.STAGE_DONE, BACKWARD)

    assert 200 <= story.pod.true["back"] - begin <= 204


def test_a_pod_that_lies_on_the_table_does_not_matter() -> None:
    story = Story(Pod(), Pod(mac="a0:00:00:00:00:02"))
    story.start(minutes(Kind.BACKWARD, 1))
    begin = story.now
    while story.session.active:
        story.walk(BACKWARD, 0.02, story.pods[1])

    assert story.now - begin == pytest.approx(60, abs=3)


def test_two_walkers_at_once_have_sessions_of_their_own() -> None:
    ann, joerg = Story(), Story()
    ann.start(minutes(Kind.BACKWARD, 1))
    joerg.start(minutes(Kind.FORWARD, 1))
    for _ in range(20):
        ann.walk(BACKWARD, 0.1)
        joerg.stand(0.1)

    assert ann.told(EventKind.FINISHED) == 1
    assert joerg.session.view().waiting == "stopped"
