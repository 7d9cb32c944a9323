"""A session is as long as what it is for."""

import pytest

from custom_components.retrostep.core.guided_sessions.fitting import fitted, most_s
from custom_components.retrostep.core.guided_sessions.routine import Direction, Kind, Lengths, Stage, Unit

USUAL = Lengths()


def backward(stages: tuple[Stage, ...]) -> list[float]:
    """Give the targets of the backward stages."""
    return [stage.target for stage in stages if stage.direction is Direction.BACKWARD]


def test_three_minutes_are_two_even_parts_with_forward_walking_between() -> None:
    stages = fitted(Unit.SECONDS, 180, USUAL)
    assert [(stage.kind, stage.target) for stage in stages] == [
        (Kind.WARM_UP, 120),
        (Kind.BACKWARD, 90),
        (Kind.FORWARD, 60),
        (Kind.BACKWARD, 90),
        (Kind.COOL_DOWN, 120),
    ]


@pytest.mark.parametrize("amount_s", [31, 60, 119, 120])
def test_what_fits_into_one_interval_stands_alone(amount_s: float) -> None:
    assert fitted(Unit.SECONDS, amount_s, USUAL) == (Stage(Kind.BACKWARD, Unit.SECONDS, amount_s),)


@pytest.mark.parametrize("amount", [0, -5, 0.001, 29])
def test_no_session_is_shorter_than_half_a_minute(amount: float) -> None:
    assert backward(fitted(Unit.SECONDS, amount, USUAL)) == [30]
    assert backward(fitted(Unit.STEPS, amount, USUAL)) == [50]
    assert backward(fitted(Unit.METRES, min(amount, 25), USUAL)) == [25]


@pytest.mark.parametrize(
    ("unit", "amount", "parts"),
    [
        (Unit.SECONDS, 121, [61, 61]),
        (Unit.SECONDS, 600, [120] * 5),
        (Unit.STEPS, 200, [200]),
        (Unit.STEPS, 201, [101, 101]),
        (Unit.STEPS, 333, [167, 167]),
        (Unit.METRES, 100, [100]),
        (Unit.METRES, 200.4, [67, 67, 67]),
        (Unit.METRES, 99.999999999, [100]),
    ],
)
def test_parts_are_even_whole_and_together_what_was_asked_for(
    unit: Unit, amount: float, parts: list[float]
) -> None:
    stages = fitted(unit, amount, USUAL)
    assert backward(stages) == parts
    assert sum(parts) >= amount - 1e-6
    assert {stage.unit for stage in stages if stage.kind is Kind.BACKWARD} == {unit}


def test_who_chose_no_forward_walking_has_none() -> None:
    bare = Lengths(warm_up_min=0, forward_min=0, cool_down_min=0, backward_min=1)
    assert fitted(Unit.SECONDS, 180, bare) == (Stage(Kind.BACKWARD, Unit.SECONDS, 60),) * 3


def test_a_session_leads_backward_no_longer_than_the_walkers_own_intervals() -> None:
    assert most_s(USUAL) == 600
    assert most_s(Lengths(backward_min=1.5, repeats=2)) == 180
