"""When somebody who sits for long is reminded, and when not."""

from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest

from custom_components.retrostep.core.sitting.models import QuietReason, SittingSettings
from custom_components.retrostep.core.sitting.settings import WeeklyTimes
from custom_components.retrostep.core.sitting.sitting import Sitting

if TYPE_CHECKING:
    from .day import Day

MINUTE = timedelta(minutes=1)


# A working day


def test_a_working_day(day: Day) -> None:
    """Desk, coffee, meeting, lunch, car, evening: reminded only when it helps."""
    day.times = WeeklyTimes(quiet_from=time(21), quiet_to=time(8))
    day.until("09:40")
    assert (day.state, day.shown.sitting_min, day.next_reminder) == ("sitting", 40, "09:45")
    day.walk(60)  # coffee
    day.until("10:20")
    assert (day.state, day.shown.sitting_min) == ("sitting", 39)
    day.until("10:26")
    assert day.events == [("10:26", "due")]
    assert day.shown.too_long
    day.quiet(QuietReason.BUSY)  # a meeting begins
    day.until("11:30")
    assert (day.state, day.shown.reason) == ("quiet", QuietReason.BUSY)
    assert (day.shown.too_long, day.next_reminder) == (False, None)
    day.quiet(None)
    day.until("11:35")
    assert day.events[1:] == [("10:26", "withdrawn"), ("11:32", "due")]
    day.walk(300)  # lunch
    assert day.events[3:] == [("11:35", "done")]
    day.until("12:10")
    day.walk(120)
    day.until("12:30")
    day.lose_reach()
    day.quiet(QuietReason.AWAY)  # in the car, at a concert
    day.until("16:00")
    assert day.state == "quiet"
    day.wear()
    day.quiet(None)
    day.until("16:40")
    assert (day.state, day.next_reminder) == ("sitting", "16:45")
    day.until("16:50")
    day.walk(30)
    day.until("20:59")
    assert [event for event in day.events[4:] if event[1] != "repeated"] == [
        ("16:45", "due"),
        ("16:50", "done"),
        ("17:35", "due"),
    ]
    day.until("21:00")
    assert day.events[-1] == ("21:00", "withdrawn")
    assert (day.state, day.shown.reason) == ("quiet", QuietReason.QUIET_HOURS)
    day.until("22:30")
    day.take_off()
    day.until("2026-11-19 07:00")
    assert day.state == "not_worn"
    assert day.events[-1] == ("21:00", "withdrawn")


def test_time_passes_in_minutes_while_sitting_and_not_at_all_while_nobody_sits(day: Day) -> None:
    day.until("09:02")
    before = day.looks
    day.until("09:12")
    assert day.looks - before == 10
    day.take_off()
    before = day.looks
    day.until("15:00")
    assert day.looks == before


# Due, repeated, over


def test_a_reminder_is_due_after_45_minutes_without_a_break(day: Day) -> None:
    day.until("09:44")
    assert (day.state, day.events, day.shown.too_long) == ("sitting", [], False)
    day.until("09:45")
    assert (day.state, day.events, day.shown.too_long) == ("due", [("09:45", "due")], True)


def test_it_comes_four_times_in_a_row_then_once_an_hour(day: Day) -> None:
    day.until("13:00")
    assert [clock for clock, _ in day.events] == ["09:45", "10:00", "10:15", "10:30", "11:30", "12:30"]
    assert [kind for _, kind in day.events] == ["due"] + ["repeated"] * 5


def test_ten_steps_within_half_a_minute_end_it(day: Day) -> None:
    day.until("09:50")
    day.shuffle(5)
    day.sit(0.25)
    day.shuffle(5)
    assert day.events == [("09:45", "due"), ("09:50", "done")]
    assert (day.state, day.shown.sitting_min, day.shown.too_long) == ("moving", 0, False)
    day.sit(2)
    assert (day.state, day.shown.sitting_min, day.next_reminder) == ("sitting", 2, "10:35")


def test_a_few_steps_now_and_then_are_no_break(day: Day) -> None:
    for _ in range(10):
        day.sit(5)
        day.shuffle(6)
    assert day.events == [("09:45", "due")]


def test_nobody_is_reminded_right_after_a_walk(day: Day) -> None:
    for _ in range(12):
        day.sit(40)
        day.walk(20)
    assert day.events == []


def test_other_thresholds_hold_at_once(day: Day) -> None:
    day.until("09:20")
    day.change(SittingSettings(threshold=15 * MINUTE, repeat=5 * MINUTE))
    day.until("09:29")
    assert day.events == [("09:20", "due"), ("09:25", "repeated")]
    day.change(SittingSettings(threshold=60 * MINUTE))
    day.until("10:10")
    assert day.events[2:] == [("09:29", "withdrawn"), ("10:00", "due")]


def test_a_shorter_pause_holds_for_what_is_out_already(day: Day) -> None:
    day.until("09:50")
    day.change(SittingSettings(repeat=7 * MINUTE))
    day.until("09:55")
    assert day.events == [("09:45", "due"), ("09:52", "repeated")]


# Only backward


@pytest.fixture
def backward(day: Day) -> Day:
    day.change(SittingSettings(backward_only=True))
    return day


def test_only_backward_steps_end_a_reminder_if_the_walker_wants_it_so(backward: Day) -> None:
    day = backward
    day.until("09:50")
    day.walk(60)
    assert (day.state, day.events) == ("moving", [("09:45", "due")])
    day.until("10:05")
    assert (day.state, day.shown.sitting_min) == ("due", 14)
    assert day.events[1:] == [("10:00", "repeated")]
    day.walk(10, backward=True)
    assert day.events[2:] == []
    day.walk(10, backward=True)
    assert day.events[2:] == [("10:05", "done")]


def test_forward_steps_are_a_break_before_a_reminder_is_out(backward: Day) -> None:
    backward.until("09:40")
    backward.walk(60)
    backward.until("10:20")
    assert backward.events == []


def test_backward_steps_that_arrive_late_end_it_too(backward: Day) -> None:
    day = backward
    day.until("09:50")
    day.lose_reach()
    day.walk(30)
    day.sit(5)
    day.sync()
    assert day.events == [("09:45", "due")]
    day.walk(30, backward=True)
    day.sit(1)
    day.sync()
    assert day.events == [("09:45", "due"), ("09:57", "done")]


# Snooze, dismiss, done


def test_snooze_keeps_quiet_for_as_long_as_asked(day: Day) -> None:
    day.until("09:50")
    day.snooze(30)
    assert (day.state, day.next_reminder, day.shown.too_long) == ("snoozed", "10:20", True)
    day.until("10:19")
    assert day.events == [("09:45", "due"), ("09:50", "snoozed")]
    day.until("10:20")
    assert (day.state, day.events[2:]) == ("due", [("10:20", "repeated")])
    day.until("10:35")
    assert day.events[3:] == [("10:35", "repeated")]


def test_a_break_within_a_snooze_is_a_break(day: Day) -> None:
    day.until("09:50")
    day.snooze(30)
    day.walk(30)
    assert day.events[2:] == [("09:50", "done")]
    day.until("10:30")
    assert (day.state, day.next_reminder) == ("sitting", "10:35")


def test_snooze_ahead_of_time(day: Day) -> None:
    day.until("09:10")
    day.snooze(120)
    assert day.state == "snoozed"
    day.until("09:30")
    day.walk(30)
    day.until("11:09")
    assert day.events == [("09:10", "snoozed")]
    assert day.next_reminder == "11:10"
    day.until("11:10")
    assert day.events[1:] == [("11:10", "due")]


def test_a_dismissed_reminder_comes_back_only_after_the_next_break(day: Day) -> None:
    day.until("09:50")
    day.dismiss()
    assert (day.state, day.shown.too_long, day.next_reminder) == ("sitting", False, None)
    day.until("13:00")
    assert day.events == [("09:45", "due"), ("09:50", "dismissed")]
    day.walk(30)
    day.until("13:46")
    assert day.events[2:] == [("13:45", "due")]


def test_dismissing_nothing_changes_nothing(day: Day) -> None:
    day.until("09:30")
    day.dismiss()
    assert (day.events, day.next_reminder) == ([], "09:45")


def test_who_says_done_got_up(day: Day) -> None:
    day.until("09:50")
    day.done()
    assert day.events == [("09:45", "due"), ("09:50", "done")]
    assert (day.shown.sitting_min, day.next_reminder) == (0, "10:35")
    assert day.figures().breaks == 1


# The pod


def test_a_pod_in_the_drawer_reminds_nobody(day: Day) -> None:
    day.until("09:30")
    day.take_off()
    assert (day.state, day.shown.sitting_min) == ("not_worn", 0)
    day.lose_reach()
    day.until("09:59")
    assert day.state == "not_worn"
    day.until("10:00")
    assert (day.state, day.shown.sitting_min, day.shown.too_long) == ("unknown", None, None)
    day.until("20:00")
    assert day.events == []


def test_a_pod_put_off_while_a_reminder_is_out_withdraws_it(day: Day) -> None:
    day.until("09:50")
    day.take_off()
    assert day.events[1:] == [("09:50", "withdrawn")]


def test_a_pod_that_looks_unworn_for_a_moment_is_the_same_sit(day: Day) -> None:
    day.until("09:30")
    day.take_off()
    day.until("09:33")
    day.wear()
    assert (day.shown.sitting_min, day.next_reminder) == (33, "09:45")
    day.until("09:40")
    day.take_off()
    day.until("10:00")
    day.wear()
    assert (day.shown.sitting_min, day.next_reminder) == (0, "10:45")


def test_out_of_reach_the_last_known_holds_for_half_an_hour_then_nothing_is_due(day: Day) -> None:
    day.until("09:30")
    day.lose_reach()
    day.until("09:50")
    assert (day.state, day.events) == ("due", [("09:45", "due")])
    day.until("10:00")
    assert (day.state, day.events[1:]) == ("unknown", [("10:00", "withdrawn")])
    day.until("14:00")
    day.wear()
    assert (day.state, day.shown.sitting_min, day.next_reminder) == ("sitting", 0, "14:45")


def test_steps_walked_out_of_reach_withdraw_a_wrong_reminder(day: Day) -> None:
    day.until("09:30")
    day.lose_reach()
    day.walk(120)
    day.until("09:50")
    assert day.state == "due"
    day.wear()
    day.sync()
    assert day.events == [("09:45", "due"), ("09:50", "withdrawn")]
    assert (day.shown.sitting_min, day.next_reminder) == (18, "10:17")


def test_steps_walked_out_of_reach_after_the_reminder_are_a_break(day: Day) -> None:
    day.until("09:46")
    day.lose_reach()
    day.sit(2)
    day.walk(60)
    day.sit(5)
    day.sync()
    assert day.events == [("09:45", "due"), ("09:54", "done")]


def test_steps_of_long_ago_are_no_break_now(day: Day) -> None:
    day.until("09:40")
    day.lose_reach()
    day.fwd += 40
    day.until("09:41")
    day.wear()
    day.sit(0.2)
    day.fwd += 500
    day.set()
    day.until("09:46")
    assert day.events == [("09:45", "due")]


def test_rows_told_again_change_nothing(day: Day) -> None:
    day.until("09:30")
    day.walk(60)
    day.until("10:00")
    day.sync()
    before = (day.shown, day.figures())
    day.sync()
    day.sync()
    assert (day.shown, day.figures()) == before
    assert day.figures().breaks == 1


# The clock


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(days=3_650), timedelta(days=-3)], ids=str)
def test_how_long_somebody_sits_is_no_matter_of_the_wall_clock(day: Day, ahead: timedelta) -> None:
    day.sit(16)
    day.set_clock(ahead)
    day.sit(1)
    assert (day.shown.sitting_min, day.shown.state) == (17, "sitting")
    day.set_clock(-ahead)
    assert (day.shown.sitting_min, day.shown.state) == (17, "sitting")
    day.sit(27)
    assert day.events == []
    day.sit(1)
    assert [event for _, event in day.events] == ["due"]


def test_a_snooze_lasts_as_long_as_it_was_meant_to(day: Day) -> None:
    day.sit(45)
    day.snooze(10)
    day.set_clock(timedelta(days=-3))
    day.sit(9)
    assert day.shown.state == "snoozed"
    day.sit(1)
    assert day.shown.state == "due"


def test_a_start_before_what_was_written_down_begins_anew(day: Day) -> None:
    day.sit(46)
    kept = day.machine.as_dict()
    early = day.now - timedelta(days=10)
    machine = Sitting(day.settings, early, kept)
    machine.evaluate(early)
    view = machine.view(early.date(), early)
    assert (view.state, view.reminders_given, view.sitting_min) == ("unknown", 0, None)
    assert machine.as_dict()["diary"] == kept["diary"]
