"""Where the verdicts on a wall clock turn: how far, how soon, and by which earlier clock."""

import pytest

from custom_components.retrostep.core.clock import Checkpoints, ClockWatch, Correction, Jump

from .clock_machine import HOUR, NOON, Machine

DAY = 86_400


def test_before_the_first_look_nothing_is_believed() -> None:
    watch = ClockWatch()
    assert (watch.segment, watch.is_believed) == (0, False)


def test_a_start_is_no_jump() -> None:
    watch = Machine().watch
    assert (watch.is_set_back, watch.has_leapt) == (False, False)


@pytest.mark.parametrize(("by_s", "jumps"), [(30, 0), (-30, 0), (31, 1), (-31, 1)])
def test_more_than_half_a_minute_is_a_jump(by_s: float, jumps: int) -> None:
    machine = Machine()
    machine.run(60)
    machine.set(by_s)
    assert (len(machine.jumps), machine.watch.segment) == (jumps, jumps)


def test_a_jump_is_told_to_the_millisecond_with_what_began() -> None:
    watch = ClockWatch()
    watch.look(NOON, 10)
    watch.look(NOON + 90_000, 90_010)
    assert watch.look(NOON + 90_130.12345, 90_020) == Jump(120.123, 1, ())


def test_a_correction_says_what_the_wrong_clock_showed_when_it_began_and_when_it_ended() -> None:
    machine = Machine()
    machine.run(2 * DAY)
    machine.set(HOUR)
    machine.run(600)
    machine.set(0)
    began = NOON + 2 * DAY + HOUR
    assert machine.jumps[-1].corrections == (Correction(1, -HOUR, began, began + 600),)


@pytest.mark.parametrize(("off_s", "moved"), [(90, {1: 90 - HOUR}), (91, {})])
def test_two_clocks_ninety_seconds_apart_are_the_same(off_s: float, moved: dict[int, int]) -> None:
    machine = Machine()
    for ahead_s in (HOUR, off_s):
        machine.run(2 * DAY)
        machine.set(ahead_s)
    assert machine.moved == moved


def test_the_nearest_clock_that_agrees_is_the_proof() -> None:
    """What was judged by an earlier one stays as it was judged."""
    machine = Machine()
    for ahead_s in (HOUR, 0, 5 * HOUR, 60):
        machine.run(2 * DAY)
        machine.set(ahead_s)
    assert machine.moved == {1: -HOUR, 3: 60 - 5 * HOUR}


def test_what_is_known_of_a_segment_is_told_once() -> None:
    machine = Machine()
    for ahead_s in (HOUR, 0, 5 * HOUR, 0):
        machine.run(2 * DAY)
        machine.set(ahead_s)
    assert [[each.segment for each in jump.corrections] for jump in machine.jumps] == [[], [1], [], [3]]


@pytest.mark.parametrize(
    ("behind_s", "ran_s", "wrong"),
    [
        (HOUR, HOUR, True),
        (HOUR, HOUR + 1, False),
        (DAY - 1, 10 * HOUR, False),
        (DAY, 10 * HOUR, True),
        (DAY, DAY, True),
        (DAY, DAY + 1, False),
    ],
)
def test_a_time_server_has_its_turn_within_an_hour_or_a_day_if_the_clock_is_off_by_days(
    behind_s: float, ran_s: float, *, wrong: bool
) -> None:
    for sign in (-1, 1):
        machine = Machine(ahead_s=sign * behind_s, known_s=NOON - 2 * DAY)
        machine.run(ran_s)
        machine.set(0)
        assert machine.moved == ({0: -sign * behind_s} if wrong else {})
        assert machine.watch.is_believed is (wrong and sign < 0), "set back it may be the new one"


@pytest.mark.parametrize(("known_later_s", "wrong"), [(90, False), (91, True)])
def test_a_start_that_is_ninety_seconds_before_what_is_known_may_be_right(
    known_later_s: float, *, wrong: bool
) -> None:
    machine = Machine(ahead_s=-HOUR, known_s=NOON - HOUR + known_later_s)
    machine.run(5 * HOUR)
    machine.set(0)
    assert machine.moved == ({0: HOUR} if wrong else {})


@pytest.mark.parametrize(("known_later_s", "moved"), [(90, {0: 0, 1: -HOUR}), (91, {0: HOUR})])
def test_a_start_proved_wrong_by_what_is_known_stays_wrong_when_its_clock_comes_back(
    known_later_s: float, moved: dict[int, int]
) -> None:
    """One that was only taken for wrong, as it ran shortly, may have been right."""
    machine = Machine(ahead_s=-HOUR, known_s=NOON - HOUR + known_later_s)
    machine.run(600)
    machine.set(0)
    assert machine.moved == {0: HOUR}
    machine.run(2 * DAY)
    machine.set(-HOUR)
    assert machine.moved == moved
    assert machine.watch.is_believed is (moved[0] == 0)


def test_a_clock_that_agrees_with_one_proved_wrong_proves_nothing() -> None:
    machine = Machine(ahead_s=-10 * DAY, known_s=NOON - DAY)
    machine.run(600)
    machine.set(0)
    machine.run(2 * DAY)
    machine.set(-10 * DAY)
    assert machine.watch.is_set_back
    machine.run(600)
    machine.set(0)
    assert machine.moved == {0: 10 * DAY, 2: 10 * DAY}


@pytest.mark.parametrize(("known_later_s", "wrong"), [(600, True), (601, False)])
def test_a_clock_may_be_set_back_to_the_last_moment_known(known_later_s: float, *, wrong: bool) -> None:
    machine = Machine(ahead_s=HOUR, known_s=NOON + known_later_s)
    machine.run(600)
    machine.set(0)
    assert machine.moved == ({0: -HOUR} if wrong else {})


@pytest.mark.parametrize(("ahead_s", "moved"), [(HOUR / 2, {1: -HOUR / 2}), (-HOUR / 2, {})])
def test_a_clock_set_back_before_what_a_right_one_said_is_the_wrong_one(
    ahead_s: float, moved: dict[int, int]
) -> None:
    machine = Machine()
    machine.run(2 * DAY)
    machine.set(HOUR)
    machine.run(600)
    machine.set(ahead_s)
    assert machine.moved == moved


def test_what_a_clock_proved_wrong_said_does_not_keep_others_from_being_right() -> None:
    """Its end lies in a time that has not come."""
    machine = Machine(ahead_s=10 * DAY)
    for ahead_s in (5 * DAY, 0):
        machine.run(600)
        machine.set(ahead_s)
    assert machine.moved == {0: -5 * DAY, 1: -5 * DAY}


@pytest.mark.parametrize(("ran_s", "believed"), [(DAY - 1, False), (DAY, True)])
def test_a_clock_that_ran_for_a_day_is_believed(ran_s: float, *, believed: bool) -> None:
    machine = Machine(known_s=NOON)
    machine.run(2 * DAY)
    machine.set(-HOUR)
    machine.run(ran_s)
    assert (machine.watch.is_believed, machine.watch.is_set_back) == (believed, not believed)


@pytest.mark.parametrize(("by_s", "leapt"), [(DAY, False), (DAY + 1, True)])
def test_more_than_a_day_is_a_leap(by_s: float, *, leapt: bool) -> None:
    machine = Machine()
    machine.run(2 * DAY)
    machine.set(by_s)
    assert (machine.watch.has_leapt, machine.watch.is_set_back) == (leapt, False)


@pytest.mark.parametrize(("jumps", "is_known"), [(30, True), (31, False)])
def test_thirty_two_clocks_are_compared(jumps: int, *, is_known: bool) -> None:
    machine = Machine(known_s=NOON)
    machine.run(2 * DAY)
    for number in range(1, jumps + 1):
        machine.set(number * 2 * HOUR)
        machine.run(60)
    machine.set(0)
    assert (1 in machine.moved) is is_known


def test_a_minute_moves_by_whole_minutes_the_nearest() -> None:
    ahead = Correction(1, -100, 6_000_000, 6_060_000)
    behind = Correction(1, 100, 6_000_000, 6_060_000)
    assert (ahead.minute(100_500), behind.minute(100_500)) == (100_498, 100_502)
    assert (behind.minute(101_000), behind.minute(101_001)) == (101_002, 101_001)


def test_a_pods_clock_may_be_a_minute_behind_ours() -> None:
    behind = Correction(1, 600_000, 6_000_000, 6_060_000)
    seconds = (5_999_939, 5_999_940, 6_060_000, 6_060_001)
    assert [behind.is_own(second) for second in seconds] == [False, True, True, False]


def test_the_begin_of_a_segment_is_there_for_eight_jumps_and_its_end_too() -> None:
    points = Checkpoints("start")
    for number in range(1, 10):
        jump = Jump(60, number, ())
        points.back(jump, f"end of {number - 1}")
        points.go_on(jump, f"begin of {number}")

    def back(segment: int, by_s: int) -> tuple[str, int] | None:
        return points.back(Jump(60, 10, (Correction(segment, by_s, 0, 0),)), "end of 9")

    assert (back(1, 60), back(1, 0)) == (("begin of 1", 1), ("end of 1", 2))
    assert (back(0, 60), back(0, 0)) == (None, None)
    points.forget(1)
    assert (back(1, 60), back(1, 0), back(2, 60)) == (None, None, ("begin of 2", 2))
