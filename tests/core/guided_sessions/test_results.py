"""What became of a session, and what is announced of it."""

import json

import pytest

from custom_components.retrostep.core.guided_sessions.meter import Walked
from custom_components.retrostep.core.guided_sessions.result import (
    EndReason,
    EventKind,
    Result,
    SessionView,
    StageResult,
)
from custom_components.retrostep.core.guided_sessions.routine import (
    DEFAULT_METRONOME_RATE,
    DEFAULT_PAUSE_MIN,
    DEFAULT_ROUTINE,
    Kind,
    Lengths,
    Routine,
    Stage,
    StageError,
    Unit,
    read_stages,
    stages_of,
)
from custom_components.retrostep.core.guided_sessions.session import GuidedSession

from .story import BACKWARD, FORWARD, Pod, Story, minutes

RESULT = Result(
    Routine.SHORT,
    1_790_000_000,
    1_790_000_200,
    EndReason.PAUSE,
    (
        StageResult(Kind.BACKWARD, Unit.SECONDS, 120, 120, completed=True),
        StageResult(Kind.COOL_DOWN, Unit.METRES, 60, 12, completed=False),
    ),
    Walked(200.4, 1_043, 118.6),
    Walked(30, 180, 14.4),
)


def test_a_result_is_told_in_whole_steps_and_seconds_and_metres_to_the_decimetre() -> None:
    assert RESULT.summary() == {
        "routine": "short",
        "completed": False,
        "reason": "pause",
        "stages_done": 1,
        "stages": 2,
        "backward_steps": 200,
        "backward_metres": 104.3,
        "backward_seconds": 119,
        "forward_steps": 30,
        "forward_metres": 18,
        "forward_seconds": 14,
    }
    assert RESULT.stage_list() == [
        {"stage": "backward", "unit": "seconds", "asked": 120, "done": 120, "completed": True},
        {"stage": "cool_down", "unit": "metres", "asked": 60, "done": 12, "completed": False},
    ]


def test_a_stages_end_is_kept_in_whole_units() -> None:
    result = StageResult.of(Stage(Kind.BACKWARD, Unit.METRES, 99.6), 12.4, completed=False)
    assert (result.asked, result.done, result.completed) == (100, 12, False)


def test_a_result_is_written_down_and_read_again() -> None:
    assert Result.from_dict(json.loads(json.dumps(RESULT.as_dict()))) == RESULT


# What is announced and shown


def test_each_stage_is_announced_with_its_place_and_what_comes_next() -> None:
    story = Story()
    story.start(minutes(Kind.WARM_UP, 0.5), Stage(Kind.BACKWARD, Unit.STEPS, 20), routine=Routine.CUSTOM)
    assert story.last(EventKind.SESSION_STARTED) == {"routine": "custom", "stages": 2}
    assert type(story.last(EventKind.STAGE_STARTED)["target"]) is int, "a whole number, as it is said"
    first = {
        "stage": "warm_up",
        "number": 1,
        "of": 2,
        "direction": "forward",
        "unit": "seconds",
        "target": 30,
        "next_stage": "backward",
    }
    assert story.last(EventKind.STAGE_STARTED) == first
    story.walk_until(EventKind.STAGE_DONE, FORWARD)
    assert story.last(EventKind.STAGE_DONE) == {**first, "done": 30}
    second = story.last(EventKind.STAGE_STARTED)
    assert (second["number"], second["unit"], second["target"], second["next_stage"]) == (
        2,
        "steps",
        20,
        None,
    )


def test_nobody_walking_nothing_is_shown() -> None:
    session = GuidedSession()
    assert session.view() == SessionView()
    assert (session.active, session.wants_metronome, session.last) == (False, None, None)
    assert session.update([], 0) == session.stop(0) == []
    view = SessionView()
    assert (view.active, view.stage, view.metronome, view.number, view.progress) == (
        False,
        "idle",
        False,
        None,
        None,
    )


def test_what_is_shown_of_a_session_counts_from_one_and_rounds() -> None:
    story = Story()
    story.start(Stage(Kind.BACKWARD, Unit.STEPS, 40), minutes(Kind.FORWARD, 1))
    view = story.session.view()
    assert (view.active, view.number, view.of, view.done, view.remaining, view.progress) == (
        True,
        1,
        2,
        0,
        40,
        0,
    )
    assert (view.ends_at, view.waiting, view.routine, view.started_at) == (
        None,
        None,
        "custom",
        round(story.now),
    )
    story.walk_until(EventKind.STAGE_DONE, BACKWARD)
    view = story.session.view()
    # 40 steps take 24 s of the 84 s that are asked for.
    assert (view.number, view.of, view.next_stage, view.progress) == (2, 2, None, 28)
    assert (view.next_target, view.next_unit) == (None, None)


def test_only_backward_stages_of_a_session_that_wants_it_are_walked_to_the_metronome() -> None:
    story = Story()
    seen = [pod.seen() for pod in story.pods]
    stages = [
        Stage(Kind.BACKWARD, Unit.STEPS, 6),
        Stage(Kind.FORWARD, Unit.STEPS, 6),
        Stage(Kind.BACKWARD, Unit.STEPS, 6),
    ]
    story.session.start(Routine.CUSTOM, stages, seen, story.now, pause_s=60, metronome=True)
    assert story.session.view().metronome
    names = [story.session.wants_metronome]
    for direction in (BACKWARD, FORWARD):
        story.walk_until(EventKind.STAGE_DONE, direction)
        names.append(story.session.wants_metronome)
    assert names == ["1790000000.0", None, "1790000000.2"]
    silent = Story()
    silent.start(Stage(Kind.BACKWARD, Unit.STEPS, 6))
    assert silent.session.wants_metronome is None


def test_of_two_pods_the_result_is_that_of_the_one_that_saw_most() -> None:
    story = Story(Pod(), Pod(mac="a0:00:00:00:00:02"))
    story.start(Stage(Kind.BACKWARD, Unit.STEPS, 200))
    story.walk(BACKWARD, 0.5, story.pods[1])
    story.stop()
    assert story.session.last
    seen = story.pods[1].true["back"] - 900
    assert seen > 20
    assert story.session.last.backward.steps == pytest.approx(seen, abs=2)
    assert (story.session.last.reason, story.session.last.ended_at) == ("user", round(story.now))


# By the second


def pauses(kind: Kind, *, still_s: float) -> bool:
    """Say whether a session waits after somebody stood still for so long."""
    story = Story()
    story.start(minutes(kind, 3))
    story.walk(BACKWARD if kind is Kind.BACKWARD else FORWARD, 1)
    begin = story.now
    while story.session.view().waiting is None and story.now - begin < still_s:
        story.stand(1 / 60)
    return story.session.view().waiting is not None


def test_who_stands_is_waited_for_after_ten_seconds_and_forward_after_thirty() -> None:
    assert not pauses(Kind.BACKWARD, still_s=11)
    assert pauses(Kind.BACKWARD, still_s=16)
    assert not pauses(Kind.FORWARD, still_s=28)
    assert pauses(Kind.FORWARD, still_s=36)


def test_a_session_longer_paused_than_half_an_hour_waits_as_long_for_a_pod_too() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2), pause_min=45)
    story.leave()
    story.stand(44)
    assert story.session.active
    story.stand(2)
    assert story.last(EventKind.STOPPED)["reason"] == "away"


def test_nine_tenths_of_a_target_walked_out_of_reach_are_taken_for_all_of_it() -> None:
    for walked_min, number in ((1.75, 1), (1.95, 2)):
        story = Story()
        story.start(minutes(Kind.BACKWARD, 2), minutes(Kind.FORWARD, 1))
        story.walk(BACKWARD, 0.1)
        story.leave()
        story.walk(BACKWARD, walked_min - 0.1)
        story.come_back()
        story.stand(0.05)
        assert story.session.view().number == number, walked_min


# Routines


def test_without_a_choice_it_fits_the_goal_at_the_usual_pace_with_pauses_of_five_minutes() -> None:
    assert (DEFAULT_ROUTINE, DEFAULT_PAUSE_MIN) == (Routine.FIT, 5)
    assert round(2 * 60 / 1.34) == DEFAULT_METRONOME_RATE, "two steps in a backward stride of 1.34 s"


def test_the_routine_by_distance_warms_up_and_cools_down_too() -> None:
    kinds = [
        (stage.kind.value, stage.target) for stage in stages_of(Routine.DISTANCE, Lengths(distance_m=80))
    ]
    assert kinds == [("warm_up", 120), ("backward", 80), ("cool_down", 120)]
    assert stages_of(Routine.SHORT, Lengths(backward_min=0)) == ()


def test_stages_of_different_units_are_weighed_by_the_time_they_take() -> None:
    assert Stage(Kind.BACKWARD, Unit.SECONDS, 60).expected_s == 60
    assert Stage(Kind.BACKWARD, Unit.STEPS, 100).expected_s == pytest.approx(60)
    assert Stage(Kind.BACKWARD, Unit.METRES, 50).expected_s == pytest.approx(60)
    stage = Stage(Kind.WARM_UP, Unit.METRES, 12.5)
    assert Stage.from_list(stage.as_list()) == stage


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("minutes", 0.1, 60), ("seconds", 5, 3_600), ("steps", 2, 10_000), ("metres", 1, 5_000)],
)
def test_a_target_may_be_the_least_or_the_most_there_is(name: str, least: float, most: float) -> None:
    for value in (least, most):
        (stage,) = read_stages([{"direction": "backward", name: value}])
        assert stage.target == value * (60 if name == "minutes" else 1)
    for value in (least * 0.99, most * 1.01):
        with pytest.raises(StageError) as refused:
            read_stages([{"direction": "backward", name: value}])
        assert (refused.value.reason, refused.value.detail) == ("stage_out_of_range", f"{least:g} … {most:g}")


@pytest.mark.parametrize(
    ("given", "reason", "field", "detail"),
    [
        ("walk", "stages_not_a_list", "stages", "walk"),
        ([], "stages_missing", "stages", ""),
        ([{"direction": "backward", "steps": 9}] * 51, "stages_too_many", "stages", "50"),
        ([[1]], "stage_not_an_object", "stages[0]", "[1]"),
        ([{"direction": "backward", "hours": 1}], "stage_unknown_field", "stages[0].hours", "hours"),
        (
            [{"direction": "backward", "steps": 9, "metres": 9}],
            "stage_two_targets",
            "stages[0].metres",
            "steps",
        ),
        ([{"direction": "backward", "steps": True}], "stage_not_a_number", "stages[0].steps", "True"),
        ([{"direction": "backward", "steps": float("nan")}], "stage_not_a_number", "stages[0].steps", "nan"),
        ([{"direction": "backward", "steps": 9.5}], "not_a_whole_number", "stages[0].steps", "9.5"),
        ([{"kind": "sprint", "steps": 9}], "stage_kind", "stages[0].kind", "sprint"),
        (
            [{"kind": "warm_up", "direction": "backward", "steps": 9}],
            "stage_direction",
            "stages[0].direction",
            "backward",
        ),
        (
            [{"kind": "backward", "direction": "forward", "steps": 9}],
            "stage_direction",
            "stages[0].direction",
            "forward",
        ),
        ([{"steps": 9}], "stage_direction", "stages[0].direction", ""),
        ([{"direction": "sideways", "steps": 9}], "stage_direction", "stages[0].direction", "sideways"),
    ],
)
def test_stages_nobody_can_walk_are_refused_with_what_was_there(
    given: object, reason: str, field: str, detail: str
) -> None:
    with pytest.raises(StageError) as refused:
        read_stages(given)
    assert (refused.value.reason, refused.value.field, refused.value.detail) == (reason, field, detail)


def test_fifty_stages_are_read_and_a_kind_may_name_its_own_direction() -> None:
    assert len(read_stages([{"direction": "backward", "steps": 9}] * 50)) == 50
    (stage,) = read_stages([{"kind": "backward", "direction": "backward", "steps": 9}])
    assert stage.kind is Kind.BACKWARD
