"""How long somebody sat on a day, also when steps arrive late."""

from datetime import UTC, date, datetime, time, timedelta

from custom_components.retrostep.core.clock import Correction, Jump
from custom_components.retrostep.core.sitting.diary import DAYS_KEPT, NOTES_MAX, SittingDay, SittingDiary

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
    today = date(2026, 11, 18)
    assert SittingDay(today) == SittingDay(today, sitting_s=0, longest_s=0, breaks=0)
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
    assert [day.sitting_s for day in days] == [1800, 0, 0, 0]
    open_day(today + timedelta(days=1))
    assert [day.date for day in diary.days(date.min, date(2030, 1, 1), timedelta(), noon)] == [
        today,
        today + timedelta(days=1),
    ]


def jumped(by: timedelta, segment: int, **wrong: float) -> Jump:
    corrections = [Correction(int(n[1:]), round(by_s), 0, 0) for n, by_s in wrong.items()]
    return Jump(by.total_seconds(), segment, tuple(corrections))


def test_sits_under_a_clock_that_was_wrong_are_put_right_and_the_days_it_opened_are_gone() -> None:
    diary = SittingDiary()
    noon = datetime(2026, 11, 18, 12, tzinfo=UTC)

    def open_day(day: date) -> None:
        start = datetime.combine(day, time(0), UTC)
        diary.begin_day(day, start, start + timedelta(days=1))

    for ago in (2, 1, 0):
        open_day(noon.date() - timedelta(days=ago))
    diary.add(noon - timedelta(minutes=40), noon - timedelta(minutes=10), broken=True)
    before = diary.as_dict()
    ahead = timedelta(days=3_650)
    diary.clock_jumped(jumped(ahead, 1))
    for day in range(6):
        open_day((noon + ahead).date() + timedelta(days=day))
    diary.add(noon + ahead, noon + ahead + timedelta(minutes=20), broken=True)
    diary.add(noon + ahead + timedelta(minutes=30), noon + ahead + timedelta(minutes=40), broken=False)
    diary.take_back(noon + ahead + timedelta(minutes=30))
    diary.clock_jumped(jumped(-ahead, 2, n1=-ahead.total_seconds()))
    sits = [*before["sits"], [int(noon.timestamp()), int(noon.timestamp()) + 1200, True]]
    assert diary.as_dict() == {**before, "sits": sits}
    # The first clock comes back after all.
    diary.clock_jumped(jumped(ahead, 3, n1=0))
    assert diary.as_dict()["sits"][-1] == [sits[-1][0] + 3_650 * 86_400, sits[-1][1] + 3_650 * 86_400, True]


NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def diary_of(first: date, days: int) -> SittingDiary:
    diary = SittingDiary()
    for number in range(days):
        start = datetime.combine(first, time(), UTC) + number * DAY
        diary.begin_day(start.date(), start, start + DAY)
    return diary


def sat(diary: SittingDiary, day: date) -> int:
    (figures,) = diary.days(day, day, timedelta(), NOON)
    return figures.sitting_s


def test_a_sit_of_more_than_a_day_is_a_clock_that_was_set() -> None:
    for longer, seen_s in ((timedelta(), 12 * 3_600), (timedelta(seconds=1), 0)):
        diary = diary_of(NOON.date(), 2)
        diary.add(NOON, NOON + DAY + longer, broken=True)
        assert sat(diary, NOON.date()) == seen_s


def test_walks_told_late_make_sits_of_what_seemed_too_long_for_one() -> None:
    """As after files that were put back: two pods tell their days one after the other."""
    diary = diary_of(NOON.date(), 3)
    diary.add(NOON, NOON + 2 * DAY, broken=True)
    assert (sat(diary, NOON.date() + DAY), diary.sits()) == (0, [])
    kept = SittingDiary(diary.as_dict())
    kept.walked(NOON + DAY, NOON + DAY + timedelta(minutes=1))
    assert sat(kept, NOON.date()) == 12 * 3_600
    assert sat(kept, NOON.date() + DAY) == 24 * 3_600 - 60
    assert len(kept.sits()) == 2


def test_a_sit_that_ends_in_years_goes_with_the_next_day() -> None:
    diary = diary_of(NOON.date(), 1)
    diary.add(NOON, NOON + 3_650 * DAY, broken=True)
    tomorrow = datetime.combine(NOON.date(), time(), UTC) + DAY
    diary.begin_day(tomorrow.date(), tomorrow, tomorrow + DAY)
    assert diary.as_dict()["sits"] == []


def test_after_a_thousand_sits_the_oldest_keep_their_dates() -> None:
    diary = SittingDiary()
    noon = datetime(2026, 11, 18, 12, tzinfo=UTC)
    for number in range(NOTES_MAX + 1):
        start = noon + number * timedelta(minutes=20)
        diary.add(start, start + timedelta(minutes=10), broken=True)
    before = diary.as_dict()
    diary.clock_jumped(jumped(timedelta(hours=1), 1, n0=3_600))
    assert diary.as_dict() == before


def test_the_break_at_the_very_end_of_a_day_stays_in_the_day_that_begins() -> None:
    """Also when the days before it are settled."""
    diary = SittingDiary()
    midnight = datetime(2026, 11, 18, tzinfo=UTC)
    diary.begin_day(date(2026, 11, 18), midnight, midnight + timedelta(days=1))
    diary.add(midnight - timedelta(minutes=30), midnight, broken=True)
    for ago in (1, 2, 3):
        start = midnight - ago * timedelta(days=1)
        diary.begin_day(start.date(), start, start + timedelta(days=1))
    (day,) = diary.days(date(2026, 11, 18), date(2026, 11, 18), timedelta(), midnight)
    assert (day.sitting_s, day.breaks) == (0, 1)


def test_a_sit_known_before_the_first_jump_was_dated_by_the_first_clock() -> None:
    for wrong, moved_s in (("n0", 3_600), ("n1", 0)):
        diary = SittingDiary()
        noon = datetime(2026, 11, 18, 12, tzinfo=UTC)
        diary.add(noon, noon + timedelta(minutes=20), broken=True)
        began = int(noon.timestamp()) + moved_s
        diary.clock_jumped(jumped(timedelta(hours=1), 1, **{wrong: 3_600}))
        assert diary.as_dict()["sits"] == [[began, began + 1_200, True]]
