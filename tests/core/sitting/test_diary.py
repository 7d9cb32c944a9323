"""How long somebody sat on a day, also when steps arrive late."""

from datetime import UTC, date, datetime, time, timedelta

from custom_components.retrostep.core.sitting.diary import DAYS_KEPT, SittingDiary

from .day import Day


def desk(begin: str = "2026-11-18 09:00") -> Day:
    day = Day(begin)
    day.wear()
    return day


def test_a_day_holds_its_sits_its_breaks_and_the_longest_sit() -> None:
    day = desk()
    day.sit(40)
    day.walk(60)
    day.sit(20)
    day.walk(60)
    day.sit(50)
    day.take_off()
    figures = day.figures()
    assert (figures.sitting_s // 60, figures.longest_s // 60, figures.breaks) == (110, 50, 2)


def test_standing_about_is_not_sitting() -> None:
    day = desk()
    for _ in range(10):
        day.sit(3)
        day.walk(30)
    assert (day.figures().sitting_s, day.figures().breaks) == (0, 0)


def test_the_sit_that_goes_on_counts_already() -> None:
    day = desk()
    day.sit(30)
    assert (day.shown.sitting_today_min, day.shown.longest_today_min, day.shown.breaks_today) == (30, 30, 0)


def test_a_sit_over_midnight_belongs_to_both_days() -> None:
    day = desk("2026-11-18 23:30")
    day.until("2026-11-19 00:45")
    day.walk(30)
    assert (day.figures("2026-11-18").sitting_s, day.figures("2026-11-19").sitting_s) == (1800, 45 * 60 + 10)
    assert (day.figures("2026-11-18").breaks, day.figures("2026-11-19").breaks) == (0, 1)


def test_steps_that_arrive_late_split_the_sit_they_lie_in() -> None:
    day = desk()
    day.sit(20)
    day.lose_reach()
    day.walk(60)
    day.sit(25)
    day.wear()
    day.sit(14)
    assert (day.figures().longest_s // 60, day.figures().breaks) == (60, 0)
    day.sync()
    assert (day.figures().longest_s // 60, day.figures().breaks) == (39, 1)


def test_steps_that_arrive_on_the_next_day_still_split_it() -> None:
    day = desk()
    day.sit(20)
    day.lose_reach()
    day.sit(5)
    day.walk(60)
    day.sit(3)
    day.wear()
    day.sit(31)
    day.take_off()
    day.until("2026-11-19 09:00")
    day.sync()
    figures = day.figures("2026-11-18")
    assert (figures.longest_s // 60, figures.breaks) == (34, 1)


def test_figures_survive_a_restart_and_are_kept_for_two_years() -> None:
    day = desk("2024-01-01 09:00")
    first = day.date
    for _ in range(DAYS_KEPT + 50):
        day.sit(30)
        day.take_off()
        day.now += timedelta(hours=23, minutes=30)
        day.wear()
    day.restart()
    kept = day.machine.days(first, day.date, day.now)
    assert len(kept) == DAYS_KEPT
    assert [entry.date for entry in kept] == sorted(entry.date for entry in kept)
    assert all(entry.sitting_s == 1800 for entry in kept[:-1])


def test_of_days_nothing_is_known_of_nothing_is_told() -> None:
    day = desk()
    assert day.machine.days(date(2026, 1, 1), date(2026, 11, 17), day.now) == []


def test_a_clock_that_was_ahead_for_a_while_leaves_nothing_behind() -> None:
    diary = SittingDiary()
    today, noon = date(2026, 11, 18), datetime(2026, 11, 18, 12, tzinfo=UTC)

    def open_day(day: date) -> None:
        start = datetime.combine(day, time(0), UTC)
        diary.begin_day(day, start, start + timedelta(days=1))

    for day in (today, date(2040, 1, 1), date(2040, 1, 2), date(2040, 1, 3), today):
        open_day(day)
    diary.add(noon, noon + timedelta(minutes=30), broken=True)
    days = diary.days(date.min, date.max, timedelta(), noon + timedelta(hours=1))
    assert [(day.date, day.sitting_s) for day in days] == [(today, 1800)]
    open_day(today + timedelta(days=1))
    assert len(diary.days(date.min, date.max, timedelta(), noon)) == 2
