"""What the options make of the reminders, and when a reminder comes by the minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.retrostep.core.sitting.diary import DAYS_OPEN, SittingDay, SittingDiary
from custom_components.retrostep.core.sitting.models import Facts, QuietReason, SittingSettings, SittingView
from custom_components.retrostep.core.sitting.settings import HOME_ZONE, ReminderSettings, WeeklyTimes
from custom_components.retrostep.core.sitting.sitting import Sitting

from .day import Day

MINUTE = timedelta(minutes=1)
NINE = datetime(2026, 11, 18, 9, tzinfo=UTC)
TODAY = NINE.date()
DAY = timedelta(days=1)


# Options


def test_without_a_choice_reminders_come_after_45_minutes_by_day_and_at_home() -> None:
    settings = ReminderSettings.of({})
    assert settings.enabled
    assert settings.sitting == SittingSettings()
    usual = settings.sitting
    assert (usual.threshold, usual.repeat, usual.then_every) == (45 * MINUTE, 15 * MINUTE, 60 * MINUTE)
    assert (usual.at_most, usual.break_steps, usual.break_window) == (4, 10, MINUTE / 2)
    assert (usual.backward_only, usual.backward_steps, usual.backward_window) == (False, 20, MINUTE)
    assert settings.snooze == 30 * MINUTE
    assert settings.times == WeeklyTimes(frozenset(range(7)), time(21), time(8)) == WeeklyTimes()
    assert settings.zones == (HOME_ZONE,)
    assert (settings.schedule, settings.seat, settings.busy) == (None, None, ())
    assert (settings.notify, settings.phones) == ((), ())


def test_what_was_chosen_is_read() -> None:
    settings = ReminderSettings.of(
        {
            "enabled": False, "threshold_min": 60, "repeat_min": 10.0, "at_most": 2.0, "snooze_min": 20,
            "break_steps": 15.0, "backward_only": True, "backward_steps": 30.0,
            "quiet_from": "22:30:00", "quiet_to": "06:15:00", "days": ["mon", "sun"],
            "schedule": "s", "seat": "c", "zones": [], "busy": ["b"], "notify": ["n"], "phones": ["p", "q"],
        }
    )  # fmt: skip
    assert not settings.enabled
    assert settings.sitting == SittingSettings(
        60 * MINUTE, 10 * MINUTE, 2, break_steps=15, backward_only=True, backward_steps=30
    )
    assert [type(number) for number in (settings.sitting.at_most, settings.sitting.break_steps)] == [int, int]
    assert type(settings.sitting.backward_steps) is int
    assert settings.snooze == 20 * MINUTE
    assert settings.times == WeeklyTimes(frozenset({0, 6}), time(22, 30), time(6, 15))
    assert (settings.schedule, settings.seat, settings.zones, settings.busy) == ("s", "c", (), ("b",))
    assert (settings.notify, settings.phones) == (("n",), ("p", "q"))


# The wall clock


def test_the_next_look_may_be_two_days_away_but_none_is_passed_over() -> None:
    """Only midnight and the two ends of the quiet hours change anything."""
    berlin = ZoneInfo("Europe/Berlin")
    times = WeeklyTimes(quiet_from=time(21), quiet_to=time(8))
    looks, now = [], datetime(2026, 11, 18, 7, 59, tzinfo=berlin)
    for _ in range(5):
        now = times.next_look(now, berlin).astimezone(berlin)
        looks.append((now.day, now.hour))
    assert looks == [(18, 8), (18, 21), (19, 0), (19, 8), (19, 21)]


def test_a_time_the_clocks_show_twice_is_looked_at_twice() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    times = WeeklyTimes(quiet_from=time(2, 30), quiet_to=time(6))
    first = times.next_look(datetime(2026, 10, 25, 2, 0, tzinfo=berlin), berlin)
    second = times.next_look(first, berlin)
    assert (first, second) == (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )


# By the minute


def test_a_reminder_that_could_not_end_before_it_was_given() -> None:
    """A break in the very moment of the reminder is the sit before, not its end."""
    machine = Sitting(SittingSettings(), NINE - 10 * MINUTE)
    machine.begin_day(TODAY, NINE - 9 * 60 * MINUTE, NINE + 15 * 60 * MINUTE)
    machine.observe(Facts(worn=True), NINE)
    machine.evaluate(NINE)
    now = NINE + 45 * MINUTE
    machine.observe(Facts(worn=True), now)
    assert [str(event) for event in machine.evaluate(now)] == ["due"]
    assert [str(event) for event in machine.done(now)] == ["withdrawn"]
    assert machine.view(TODAY, now).reminders_given == 0


def test_after_a_start_nobody_is_reminded_for_two_minutes() -> None:
    machine = Sitting(SittingSettings(threshold=MINUTE), NINE)
    machine.begin_day(TODAY, NINE - 9 * 60 * MINUTE, NINE + 15 * 60 * MINUTE)
    machine.observe(Facts(worn=True), NINE)
    machine.evaluate(NINE)
    assert machine.view(TODAY, NINE).next_reminder == NINE + 2 * MINUTE
    assert machine.next_look(NINE) == NINE + MINUTE, "a minute of sitting is over"
    assert machine.evaluate(NINE + 2 * MINUTE - timedelta(seconds=1)) == []
    assert len(machine.evaluate(NINE + 2 * MINUTE)) == 1


def test_a_quiet_time_that_ends_by_the_clock_is_looked_at() -> None:
    machine = Sitting(SittingSettings(), NINE)
    machine.observe(Facts(quiet=QuietReason.QUIET_HOURS, until=NINE + 90 * MINUTE), NINE)
    machine.evaluate(NINE)
    assert machine.next_look(NINE) == NINE + 90 * MINUTE
    assert machine.next_look(NINE + 90 * MINUTE) is None


def test_who_asks_twice_for_a_snooze_gets_the_second(day: Day) -> None:
    day.until("09:50")
    day.snooze(60)
    day.snooze(5)
    assert day.next_reminder == "09:55"
    assert day.shown.snoozed_until is not None
    day.until("09:55")
    assert (day.state, day.shown.snoozed_until) == ("due", None)


def test_settings_changed_during_a_snooze_leave_it(day: Day) -> None:
    day.until("09:50")
    day.snooze(60)
    day.change(SittingSettings(repeat=5 * MINUTE))
    assert day.next_reminder == "10:50"


def test_what_is_shown_of_a_day_is_in_whole_minutes(day: Day) -> None:
    day.until("09:40")
    day.walk(60)
    day.sit(20.5)
    shown = day.shown
    assert (shown.sitting_min, shown.sitting_today_min, shown.longest_today_min) == (20, 60, 40)
    assert (shown.breaks_today, shown.reminders_given) == (1, 0)
    assert (shown.threshold_min, shown.repeat_min) == (45, 15)
    day.change(SittingSettings(threshold=70 * MINUTE, repeat=20 * MINUTE))
    assert (day.shown.threshold_min, day.shown.repeat_min) == (70, 20)


def test_of_a_walker_nothing_is_known_of_nothing_is_shown() -> None:
    view = SittingView()
    assert (str(view.state), view.reason, view.sitting_min, view.too_long) == ("unknown", None, None, None)
    assert (view.next_reminder, view.snoozed_until, view.reminders_given) == (None, None, 0)
    assert (view.sitting_today_min, view.longest_today_min, view.breaks_today) == (0, 0, 0)
    assert (view.enabled, view.threshold_min, view.repeat_min) == (True, 45, 15)
    assert SittingDay(TODAY) == SittingDay(TODAY, 0, 0, 0)


def test_without_a_seat_the_steps_decide_at_once(day: Day) -> None:
    day.set(seat=True)
    day.until("09:30")
    day.facts = Facts(worn=True)
    day.machine.forget_seat()
    day.walk(30)
    assert day.state == "moving"


# The diary


def diary(*days: date) -> SittingDiary:
    book = SittingDiary()
    for day in days:
        start = datetime.combine(day, time(0), UTC)
        book.begin_day(day, start, start + DAY)
    return book


def figures(book: SittingDiary, day: date = TODAY) -> tuple[int, int, int]:
    (found,) = book.days(day, day, timedelta(), NINE)
    return found.sitting_s // 60, found.longest_s // 60, found.breaks


def test_five_minutes_are_a_sit_and_less_is_standing_about() -> None:
    book = diary(TODAY)
    book.add(NINE, NINE + 5 * MINUTE, broken=True)
    book.add(NINE + 10 * MINUTE, NINE + 15 * MINUTE - timedelta(seconds=1), broken=True)
    assert figures(book) == (5, 5, 1)
    for sat, minutes in ((5 * MINUTE, 10), (5 * MINUTE - timedelta(seconds=1), 5)):
        (found,) = book.days(TODAY, TODAY, sat, NINE + 60 * MINUTE)
        assert found.sitting_s // 60 == minutes, "the sit that goes on follows the same rule"


def test_a_sit_that_goes_on_after_all_is_struck_out_and_no_other() -> None:
    book = diary(TODAY)
    book.add(NINE, NINE + 20 * MINUTE, broken=False)
    book.add(NINE + 30 * MINUTE, NINE + 60 * MINUTE, broken=False)
    book.take_back(NINE + 30 * MINUTE)
    assert figures(book) == (20, 20, 0)


def test_a_late_walk_cuts_what_it_lies_in_and_touches_nothing_beside_it() -> None:
    book = diary(TODAY)
    book.add(NINE, NINE + 30 * MINUTE, broken=False)
    book.walked(NINE - MINUTE, NINE)
    book.walked(NINE + 30 * MINUTE, NINE + 31 * MINUTE)
    assert figures(book) == (30, 30, 0)
    book.walked(NINE + 10 * MINUTE, NINE + 11 * MINUTE)
    assert figures(book) == (29, 19, 1), "the second part was put off as before"
    book.walked(NINE + 9 * MINUTE, NINE + 10 * MINUTE)
    assert figures(book) == (28, 19, 1)
    book.walked(NINE - 5 * MINUTE, NINE + MINUTE)
    assert figures(book) == (27, 19, 1)
    book.walked(NINE + 29 * MINUTE, NINE + 40 * MINUTE)
    assert figures(book) == (26, 18, 2)


def test_a_sit_that_ends_with_the_day_is_a_break_of_the_next() -> None:
    midnight = datetime.combine(TODAY + DAY, time(0), UTC)
    book = diary(TODAY, TODAY + DAY)
    book.add(midnight - 30 * MINUTE, midnight, broken=True)
    assert (figures(book), figures(book, TODAY + DAY)) == ((30, 30, 0), (0, 0, 1))
    book.add(midnight - 2 * 60 * MINUTE, midnight - 60 * MINUTE, broken=True)
    assert figures(book) == (90, 60, 1)


def test_three_days_can_still_be_changed_and_older_ones_are_settled() -> None:
    days = [TODAY + n * DAY for n in range(DAYS_OPEN + 1)]
    book = diary(*days[:-1])
    for day in days:
        book.add(start := datetime.combine(day, time(9), UTC), start + 60 * MINUTE, broken=True)
    assert book.earliest == datetime.combine(days[0], time(0), UTC)
    start = datetime.combine(days[-1], time(0), UTC)
    book.begin_day(days[-1], start, start + DAY)
    book.begin_day(days[-1], start, start + DAY)
    assert book.earliest == datetime.combine(days[1], time(0), UTC)
    for day in days[:2]:
        book.walked(at := datetime.combine(day, time(9, 30), UTC), at + MINUTE)
    assert [figures(book, day) for day in days[:2]] == [(60, 60, 1), (59, 30, 2)]
    assert SittingDiary().earliest is None
    again = SittingDiary(book.as_dict())
    assert [figures(again, day) for day in days] == [figures(book, day) for day in days]
    assert len(book.as_dict()["sits"]) == 4, "sits of settled days are forgotten"


def test_days_are_told_from_the_first_to_the_last_asked_for() -> None:
    book = diary(*(TODAY + n * DAY for n in range(6)))
    told = book.days(TODAY + DAY, TODAY + 4 * DAY, timedelta(), NINE)
    assert [day.date for day in told] == [TODAY + n * DAY for n in range(1, 5)]


@pytest.mark.parametrize("ahead", [1, 2, 900])
def test_a_day_back_drops_nothing(ahead: int) -> None:
    book = diary(TODAY + ahead * DAY)
    book.add(start := NINE + ahead * DAY, start + 30 * MINUTE, broken=True)
    book.begin_day(TODAY, NINE - 9 * 60 * MINUTE, NINE + 15 * 60 * MINUTE)
    assert len(book.as_dict()["sits"]) == 1
    assert len(book.as_dict()["open"]) == 2


def test_a_sit_of_a_clock_that_was_ahead_is_forgotten_with_its_days() -> None:
    book = diary(TODAY)
    book.add(NINE, NINE + 30 * MINUTE, broken=True)
    for day in (TODAY + 900 * DAY, TODAY):
        start = datetime.combine(day, time(0), UTC)
        if day != TODAY:
            book.begin_day(day, start, start + DAY)
            book.add(NINE + 60 * MINUTE, start, broken=False)
        book.begin_day(day, start, start + DAY)
    assert figures(book) == (30, 30, 1)


def test_what_is_kept_says_its_version_and_how_far_back_late_steps_matter(day: Day) -> None:
    assert day.machine.as_dict()["version"] == 2, "files on disk say so"
    assert day.machine.earliest == datetime(2026, 11, 17, 23, tzinfo=UTC), "midnight in Berlin"


def test_a_second_of_a_sit_after_midnight_belongs_to_the_new_day() -> None:
    book, midnight = diary(TODAY, TODAY + DAY), datetime.combine(TODAY + DAY, time(0), UTC)
    book.add(midnight - 10 * MINUTE, midnight + timedelta(seconds=1), broken=True)
    days = book.days(TODAY, TODAY + DAY, timedelta(), NINE)
    assert [(day.sitting_s, day.longest_s, day.breaks) for day in days] == [(600, 600, 0), (1, 1, 1)]
