"""Jumps of the wall clock, and which of its segments prove wrong."""

import pytest

from custom_components.retrostep.core.clock import (
    DAY_S,
    SEGMENTS_MAX,
    Checkpoints,
    Correction,
    Jump,
)

from .clock_machine import HOUR, NOON, Machine


def test_a_clock_that_runs_does_not_jump() -> None:
    machine = Machine()
    machine.run(3 * HOUR)
    assert (machine.jumps, machine.watch.is_believed) == ([], False)
    machine.run(DAY_S)
    assert machine.watch.is_believed


def test_a_clock_that_is_adjusted_gently_does_not_jump() -> None:
    machine = Machine()
    for _ in range(100):
        machine.run(30)
        machine.set(machine.ahead_s + 2)
    assert machine.jumps == []


@pytest.mark.parametrize("ahead_s", [3_650 * DAY_S, HOUR, -3 * DAY_S, -HOUR])
def test_what_lies_between_two_segments_that_agree_was_wrong(ahead_s: float) -> None:
    machine = Machine(known_s=NOON - HOUR)
    machine.run(2 * DAY_S)
    machine.set(ahead_s)
    assert machine.moved == {}
    machine.run(20 * 60)
    machine.set(0)
    assert machine.moved == {1: -ahead_s}
    assert machine.watch.is_believed


def test_several_wrong_clocks_in_a_row_are_each_corrected_by_their_own() -> None:
    machine = Machine()
    machine.run(2 * DAY_S)
    for ahead_s in (HOUR, 5 * HOUR, 0):
        machine.set(ahead_s)
        machine.run(60)
    assert machine.moved == {1: -HOUR, 2: -5 * HOUR}


@pytest.mark.parametrize("ran_s", [2 * HOUR, 5 * DAY_S])
def test_a_start_before_what_is_known_to_have_passed_was_wrong(ran_s: float) -> None:
    machine = Machine(ahead_s=-10 * DAY_S, known_s=NOON - DAY_S)
    machine.run(ran_s)
    machine.set(0)
    assert machine.moved == {0: 10 * DAY_S}


def test_what_a_clock_said_that_was_years_ahead_until_a_restart_proves_no_pause_wrong() -> None:
    """A row dated 2036 is known; the machine is paused for a night, and everything dated since stays."""
    machine = Machine(known_s=NOON + 3_653 * DAY_S)
    machine.run(30 * HOUR)
    machine.pause(9 * HOUR)
    assert len(machine.jumps) == 1
    assert machine.moved == {}


@pytest.mark.parametrize(
    ("behind_s", "ran_s", "wrong"),
    [
        (3 * DAY_S, 10 * HOUR, True),
        (3 * DAY_S, 30 * HOUR, False),
        (HOUR, 600, True),
        (HOUR, 5 * HOUR, False),
    ],
)
def test_a_start_that_is_set_forward_soon_was_wrong(behind_s: float, ran_s: float, wrong: bool) -> None:
    machine = Machine(ahead_s=-behind_s, known_s=NOON - behind_s - 60)
    machine.run(ran_s)
    machine.set(0)
    assert machine.moved == ({0: behind_s} if wrong else {})


def test_a_machine_that_was_paused_dated_everything_right() -> None:
    machine = Machine(known_s=NOON - HOUR)
    machine.run(8 * HOUR)
    machine.pause(9 * HOUR)
    machine.run(HOUR)
    machine.pause(40 * HOUR)
    assert len(machine.jumps) == 2
    assert machine.moved == {}
    assert machine.watch.has_leapt
    machine.run(DAY_S)
    assert not machine.watch.has_leapt


def test_a_start_ahead_that_is_set_back_was_wrong() -> None:
    machine = Machine(ahead_s=3_650 * DAY_S, known_s=NOON - HOUR)
    machine.run(600)
    machine.set(0)
    assert machine.moved == {0: -3_650 * DAY_S}


def test_a_clock_set_back_before_what_is_known_is_the_wrong_one() -> None:
    machine = Machine(known_s=NOON - HOUR)
    machine.run(600)
    machine.set(-3 * DAY_S)
    assert machine.moved == {}
    assert machine.watch.is_set_back
    machine.run(120)
    machine.set(0)
    assert machine.moved == {1: 3 * DAY_S}
    assert not machine.watch.is_set_back


def test_a_segment_that_was_taken_for_wrong_is_right_when_its_clock_comes_back() -> None:
    machine = Machine()
    machine.run(HOUR / 2)
    machine.set(-HOUR)
    assert machine.moved == {0: -HOUR}
    assert not machine.watch.is_believed
    machine.run(60)
    machine.set(0)
    assert machine.moved == {0: 0, 1: HOUR}
    assert machine.watch.is_believed


@pytest.mark.parametrize(("ran_s", "by_s"), [(2 * HOUR, -HOUR), (25 * HOUR, -3 * DAY_S)])
def test_a_clock_that_ran_for_a_while_is_not_the_wrong_one_when_it_is_set_back(
    ran_s: float, by_s: float
) -> None:
    machine = Machine()
    machine.run(ran_s)
    machine.set(by_s)
    assert machine.moved == {}


@pytest.mark.parametrize("by_s", [3 * DAY_S, -3 * DAY_S])
def test_a_clock_that_is_wrong_by_as_much_once_more_proves_nothing(by_s: float) -> None:
    machine = Machine(known_s=NOON - HOUR)
    machine.run(2 * DAY_S)
    for _ in range(3):
        machine.set(by_s)
        assert machine.watch.is_believed is False
        machine.run(600)
        machine.set(0)
        machine.run(HOUR)
    assert machine.moved == {1: -by_s, 3: -by_s, 5: -by_s}


def test_of_many_jumps_the_last_are_told_apart() -> None:
    machine = Machine(known_s=NOON)
    machine.run(2 * DAY_S)
    for number in range(1, 2 * SEGMENTS_MAX):
        machine.set(number * 2 * HOUR)
        machine.run(60)
    assert machine.watch.segment == 2 * SEGMENTS_MAX - 1
    machine.set(3 * HOUR)
    machine.run(60)
    machine.set((2 * SEGMENTS_MAX - 1) * 2 * HOUR)
    assert machine.moved[2 * SEGMENTS_MAX] == (2 * SEGMENTS_MAX - 1) * 2 * HOUR - 3 * HOUR
    machine.run(60)
    machine.set(0)
    assert 1 not in machine.moved, "the first clock is forgotten"


def test_what_was_known_is_there_for_the_last_eight_jumps() -> None:
    points = Checkpoints("start")
    for number in range(1, 10):
        jump = Jump(60, number, ())
        assert points.back(jump, f"end of {number - 1}") is None
        points.go_on(jump, f"begin of {number}")
    wrong = Jump(60, 10, (Correction(3, 60, 0, 0), Correction(4, 60, 0, 0)))
    assert points.back(wrong, "end of 9") == ("begin of 3", 3)
    right = Jump(60, 10, (Correction(3, 0, 0, 0), Correction(4, 60, 0, 0)))
    assert points.back(right, "end of 9") == ("end of 3", 4)
    assert points.back(Jump(60, 10, (Correction(0, 60, 0, 0),)), "end of 9") is None
    points.forget(3)
    assert points.back(right, "end of 9") is None


def test_what_a_wrong_clock_dated_moves_and_what_it_can_not_have_dated_stays() -> None:
    began, ended = 6_000_000, 6_060_000
    ahead = Correction(1, -600_000, began, ended)
    assert [ahead.minute(dated) for dated in (90_000, 90_001, 100_500)] == [90_000, 80_001, 90_500]
    behind = Correction(1, 600_000, began, ended)
    assert [behind.minute(dated) for dated in (99_998, 99_999, 100_500, 101_001)] == [
        99_998,
        109_999,
        110_500,
        101_001,
    ]
