"""When a seat, a restart or a quiet time changes who is reminded."""

from datetime import timedelta

import pytest

from custom_components.retrostep.core.documents import NewerDocumentError
from custom_components.retrostep.core.sitting.models import QuietReason

from .day import Day

MINUTE = timedelta(minutes=1)


# The seat


@pytest.fixture
def seated(day: Day) -> Day:
    day.set(seat=False)
    day.until("09:10")
    day.set(seat=True)
    return day


def test_with_a_seat_only_sitting_on_it_counts(seated: Day) -> None:
    seated.until("09:40")
    assert (seated.state, seated.shown.sitting_min, seated.next_reminder) == ("sitting", 30, "09:55")
    seated.set(seat=False)
    seated.until("11:00")
    assert (seated.state, seated.shown.sitting_min, seated.events) == ("moving", 0, [])


def test_who_leaves_the_seat_got_up(seated: Day) -> None:
    seated.until("10:00")
    seated.set(seat=False)
    seated.sit(0.4)
    assert seated.events == [("09:55", "due")]
    seated.sit(0.1)
    assert seated.events == [("09:55", "due"), ("10:00", "done")]
    seated.set(seat=True)
    seated.sit(1)
    assert (seated.shown.sitting_min, seated.next_reminder) == (1, "10:45")


def test_a_seat_that_flickers_is_the_same_sit(seated: Day) -> None:
    for _ in range(8):
        seated.sit(5)
        seated.set(seat=False)
        seated.sit(0.3)
        seated.set(seat=True)
    assert seated.shown.sitting_min == 42


def test_feet_that_dangle_on_the_seat_are_no_break(seated: Day) -> None:
    seated.until("09:30")
    seated.walk(60)
    seated.sync()
    seated.until("09:56")
    assert seated.events == [("09:55", "due")]


def test_the_seat_decides_without_a_pod() -> None:
    day = Day("2026-11-18 09:00")
    day.set(seat=True)
    day.until("09:45")
    assert day.events == [("09:45", "due")]
    day.set(seat=False)
    day.until("09:50")
    assert day.events[1:] == [("09:45", "done")]


def test_without_its_seat_the_pod_decides(seated: Day) -> None:
    seated.until("09:20")
    seated.set(seat=None)
    seated.until("09:49")
    assert seated.state == "sitting"
    seated.until("09:51")
    seated.walk(30)
    assert seated.state == "moving"
    seated.until("10:37")
    assert seated.events == [("10:36", "due")]


# Restarts


def test_a_restart_in_the_middle_of_a_sit_goes_on(day: Day) -> None:
    day.until("09:40")
    day.restart(after_min=3)
    assert (day.state, day.shown.sitting_min) == ("sitting", 43)
    day.sit(1)
    day.wear()
    day.until("09:46")
    assert day.events == [("09:45", "due")]


def test_a_reminder_that_is_out_survives_a_restart_and_comes_not_at_once(day: Day) -> None:
    day.until("09:59")
    day.restart(after_min=5)
    assert (day.state, day.events) == ("due", [("09:45", "due")])
    day.wear()
    day.until("10:20")
    assert day.events[1:] == [("10:06", "repeated")]


def test_steps_walked_during_a_restart_end_the_reminder(day: Day) -> None:
    day.until("09:50")
    kept_events = list(day.events)
    day.lose_reach()
    day.walk(60)
    day.restart(after_min=2)
    day.wear()
    day.sync()
    assert day.events == [*kept_events, ("09:53", "done")]


def test_after_hours_off_everything_begins_anew(day: Day) -> None:
    day.until("09:50")
    day.restart(after_min=300)
    assert (day.state, day.events[1:]) == ("unknown", [("14:50", "withdrawn")])
    day.wear()
    assert (day.state, day.next_reminder) == ("sitting", "15:35")
    assert day.figures().longest_s == 50 * 60


def test_a_snooze_survives_a_restart(day: Day) -> None:
    day.until("09:50")
    day.snooze(60)
    day.restart(after_min=1, worn=True)
    assert (day.state, day.next_reminder) == ("snoozed", "10:50")


def test_a_sit_that_version_1_wrote_down_goes_on() -> None:
    before = Day("2026-11-18 09:00")
    before.wear()
    before.sit(20)
    kept = before.machine.as_dict()
    kept = {**kept, "version": 1, "body": kept.pop("posture")}
    day = Day("2026-11-18 09:21", kept=kept)
    day.wear()
    assert (day.state, day.next_reminder) == ("sitting", before.next_reminder)


def test_what_a_newer_version_wrote_is_not_begun_over() -> None:
    with pytest.raises(NewerDocumentError):
        Day("2026-11-18 09:00", kept={"version": 99, "posture": "?"})


# Quiet times


@pytest.mark.parametrize("reason", QuietReason)
def test_in_quiet_times_nobody_is_reminded(day: Day, reason: QuietReason) -> None:
    day.until("09:30")
    day.quiet(reason)
    day.until("10:15")
    assert (day.state, day.shown.reason, day.events) == ("quiet", reason, [])


def test_after_a_quiet_time_there_is_a_moment_of_grace(day: Day) -> None:
    day.until("09:30")
    day.quiet(QuietReason.BUSY)
    day.until("10:15")
    day.quiet(None)
    assert (day.state, day.next_reminder) == ("sitting", "10:17")
    day.until("10:20")
    assert day.events == [("10:17", "due")]


def test_who_was_away_is_not_reminded_on_arrival(day: Day) -> None:
    day.until("09:30")
    day.quiet(QuietReason.AWAY)
    day.until("10:15")
    day.quiet(None)
    assert (day.state, day.shown.sitting_min, day.next_reminder) == ("sitting", 0, "11:00")


def test_sitting_in_a_meeting_is_sitting(day: Day) -> None:
    day.quiet(QuietReason.BUSY)
    day.until("10:00")
    assert day.shown.sitting_min == 60
    assert day.figures().sitting_s == 3600
