"""Routines and stages that people write."""

from typing import Any

import pytest

from custom_components.retrostep.core.guided_sessions.meter import Meter, PodSeen
from custom_components.retrostep.core.guided_sessions.routine import (
    Direction,
    Kind,
    Lengths,
    Routine,
    Stage,
    StageError,
    Unit,
    read_stages,
    stages_of,
)


def test_stages_of_ones_own_are_read_in_their_order() -> None:
    given: list[dict[str, Any]] = [
        {"kind": "warm_up", "minutes": 1.5},
        {"direction": "backward", "steps": 60},
        {"direction": "forward", "metres": 40},
        {"kind": "cool_down", "direction": "forward", "seconds": 30},
    ]
    assert read_stages(given) == (
        Stage(Kind.WARM_UP, Unit.SECONDS, 90),
        Stage(Kind.BACKWARD, Unit.STEPS, 60),
        Stage(Kind.FORWARD, Unit.METRES, 40),
        Stage(Kind.COOL_DOWN, Unit.SECONDS, 30),
    )


@pytest.mark.parametrize(
    ("stage", "reason", "field"),
    [
        ({"direction": "up", "minutes": 1}, "stage_direction", "stages[1].direction"),
        ({"direction": ["backward"], "minutes": 1}, "stage_direction", "stages[1].direction"),
        ({"direction": "backward", "minutes": 0}, "stage_out_of_range", "stages[1].minutes"),
        ({"direction": "backward", "minutes": 61}, "stage_out_of_range", "stages[1].minutes"),
        ({"direction": "backward", "steps": None}, "stage_not_a_number", "stages[1].steps"),
        ({"direction": "backward"}, "stage_no_target", "stages[1]"),
        (7, "stage_not_an_object", "stages[1]"),
    ],
)
def test_a_bad_stage_is_refused_with_the_field_named(stage: Any, reason: str, field: str) -> None:
    with pytest.raises(StageError) as refused:
        read_stages([{"direction": "backward", "minutes": 1}, stage])

    assert (refused.value.reason, refused.value.field) == (reason, field)


def test_a_length_of_nothing_leaves_a_stage_out() -> None:
    stages = stages_of(Routine.INTERVALS, Lengths(warm_up_min=0, forward_min=0, repeats=2, cool_down_min=0))

    assert [stage.kind for stage in stages] == [Kind.BACKWARD, Kind.BACKWARD]


def test_the_short_routine_is_one_stretch_and_the_one_by_distance_has_metres() -> None:
    assert stages_of(Routine.SHORT, Lengths()) == (Stage(Kind.BACKWARD, Unit.SECONDS, 120),)
    assert stages_of(Routine.DISTANCE, Lengths())[1] == Stage(Kind.BACKWARD, Unit.METRES, 100)
    assert stages_of(Routine.CUSTOM, Lengths()) == ()


def test_a_walk_forward_that_is_not_told_of_any_more_has_ended_when_it_was_told_last() -> None:
    """A pod without a cadence, which falls silent."""
    meter = Meter()

    def told(steps: int, at_s: float) -> float:
        meter.update(PodSeen("a", True, {"fwd": steps}), at_s)
        return meter.walked[Direction.FORWARD].s

    told(0, 1000)
    told(4, 1010)
    assert told(30, 1030) == pytest.approx(22.4)
    assert told(30, 1050) == pytest.approx(42.4)
    assert told(30, 1056) == pytest.approx(22.4)
    assert told(30, 1100) == pytest.approx(22.4)


def test_what_a_pod_does_not_tell_is_nothing() -> None:
    meter = Meter()
    meter.update(PodSeen("a", True, {"back": 10}), 1000)
    meter.update(PodSeen("a", True, {"back_dm": 5}), 1001)

    assert meter.walked[Direction.BACKWARD].steps == 0
