"""Walkers who live a program: met, missed, made up for, ill, and on a journey."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from custom_components.retrostep.core.goals.activity import ActivityKind
from custom_components.retrostep.core.goals.goal import Goal, GoalKind
from custom_components.retrostep.core.goals.programme import Adherence, planned_days, read_programme
from custom_components.retrostep.core.goals.published_programmes import PUBLISHED, ProgrammeName

from .story import DAY, MONDAY, Life

WEEKDAYS = {2: ["tue", "thu"], 3: ["mon", "wed", "fri"]}
OWN = {
    "name": "own",
    "kind": "minutes",
    "first": 5,
    "last": 5,
    "weeks": 2,
    "weekdays": ["mon", "wed", "fri"],
    "start": MONDAY.isoformat(),
}


def section(**fields: object) -> dict[str, object]:
    """Give options with a program of one's own."""
    return {"plan": "programme", "programme": {**OWN, **fields}}


def published(name: ProgrammeName) -> dict[str, object]:
    """Give options with a published program on its usual days."""
    weekdays = WEEKDAYS[PUBLISHED[name].times]
    return {
        "plan": "programme",
        "programme": {"name": name.value, "weekdays": weekdays, "start": MONDAY.isoformat()},
    }


def live(life: Life, days: str) -> None:
    """Live days from today on: "+" walks, "-" doesn't, "i" is ill and has paused."""
    for mark in days:
        if life.settings.paused != (mark == "i"):
            life.change(paused=mark == "i")
        life.live_day(good=mark == "+")
        life.next_day()


def adherence(life: Life) -> Adherence:
    """Give how the program was followed so far."""
    found: Adherence = life.view.programme.adherence
    return found


@pytest.mark.parametrize("name", PUBLISHED)
def test_who_walks_on_every_planned_day_of_a_published_program_has_done_it_all(name: ProgrammeName) -> None:
    ann, study = Life(published(name)), PUBLISHED[name]
    days = [MONDAY + DAY * number for number in range(study.weeks * 7)]
    planned = {["mon", "tue", "wed", "thu", "fri", "sat", "sun"].index(day) for day in WEEKDAYS[study.times]}
    live(ann, "".join("+" if day.weekday() in planned else "-" for day in days))

    times = study.times * study.weeks
    assert adherence(ann) == Adherence(planned=times, done=times)
    assert {day.goal for day in ann.goal_days.days()} == {Goal(GoalKind.MINUTES, study.minutes)}
    assert (ann.view.streak, ann.view.best) == (times, times), "free days are no misses"
    assert (ann.view.programme.state, ann.view.programme.end) == ("over", days[-1])


def test_a_missed_day_is_made_up_for_on_a_free_day_of_the_same_week() -> None:
    ann = Life(section())
    live(ann, "+--+--+")
    # Monday done, Wednesday missed, Thursday in its place; Friday missed, Sunday in its place.
    assert adherence(ann) == Adherence(planned=4, done=1, missed=0, made_up=2)
    live(ann, "-------")
    assert adherence(ann) == Adherence(planned=6, done=1, missed=3, made_up=2)
    assert adherence(ann).pct == 50


def test_a_free_day_of_the_next_week_makes_up_for_nothing_and_neither_does_a_second_walk() -> None:
    ann = Life(section())
    live(ann, "+-+----" + "++++++-")
    assert adherence(ann) == Adherence(planned=6, done=5, missed=1, made_up=0)


def test_a_missed_day_breaks_the_streak_and_a_free_one_does_not() -> None:
    ann = Life(section())
    live(ann, "+-+-+--+")
    assert ann.view.streak == 4
    live(ann, "--")
    assert ann.view.streak == 0


def test_who_falls_ill_pauses_and_the_program_ends_later_by_as_many_days() -> None:
    ann = Life(section())
    assert ann.view.programme.end == MONDAY + 13 * DAY
    # Monday and Tuesday, five days in bed, Monday to Friday end the week; then one from Saturday to Friday.
    live(ann, "+-iiiii" + "--+--" + "--+-+-")
    assert ann.view.programme.state == "running"
    live(ann, "+")
    view = ann.view.programme
    assert (view.state, view.end, view.paused_days) == ("over", MONDAY + 18 * DAY, 5)
    assert view.adherence == Adherence(planned=6, done=5, missed=1)


def test_no_week_asks_for_more_times_than_were_chosen() -> None:
    ann = Life(section())
    # Paused from Wednesday to Sunday the seven days of the week hold two Mondays.
    live(ann, "+-iiiii" + "+-+-+")
    week = [day for day in ann.goal_days.days() if ann.settings.programme.was_planned(day)]
    assert [day.day.strftime("%a") for day in week[:3]] == ["Mon", "Mon", "Wed"]
    assert ann.goal_days.day(MONDAY + 11 * DAY).status == "rest", "Friday would be the fourth time"


def test_steps_that_arrive_late_turn_a_miss_into_a_day_that_was_done() -> None:
    ann = Life(section())
    monday = ann.now.replace(hour=20)
    live(ann, "--")
    assert adherence(ann).missed == 1
    ann.walk(minutes=5, at=monday)
    ann.sync()
    assert (adherence(ann).missed, adherence(ann).done) == (0, 1)


def test_a_journey_over_time_zones_and_the_date_line_loses_no_planned_day() -> None:
    ann = Life(section())
    live(ann, "+-")
    for zone in ("Asia/Tokyo", "Pacific/Auckland", "America/Los_Angeles", "Europe/Berlin"):
        ann.ledger.set_zone(ZoneInfo(zone), time(0), ann.now)
        live(ann, "+-" if ann.today.weekday() in (0, 2, 4) else "-+")
    live(ann, "+" * 6)
    found = adherence(ann)
    assert (found.planned, found.missed) == (6, 0)
    assert ann.view.streak >= 6


def test_the_rest_of_a_day_that_a_journey_left_is_no_planned_day() -> None:
    honolulu = ZoneInfo("Pacific/Honolulu")
    ann = Life(section(weekdays=["sat"]), zone=honolulu, now=datetime.fromisoformat("2026-03-02T10:00-10:00"))
    live(ann, "----")
    ann.ledger.set_zone(ZoneInfo("Pacific/Auckland"), time(0), ann.now)
    live(ann, "---")
    stub = ann.goal_days.day(date(2026, 3, 7))
    assert (stub.status, stub.stub) == ("active", True)
    assert adherence(ann) == Adherence(), "an hour of that Saturday was left"


def test_a_clock_change_moves_no_planned_day() -> None:
    ann = Life(section(start="2026-03-23"), now=datetime.fromisoformat("2026-03-23T08:00+01:00"))
    live(ann, "+-+-+--" + "+-+-+--")
    assert adherence(ann) == Adherence(planned=6, done=6)


def test_an_own_program_grows_to_its_last_week() -> None:
    ann = Life(section(first=5, last=8, weeks=4))
    goals = []
    for _ in range(4):
        goals.append(ann.goal)
        live(ann, "+-+-+--")
    assert (goals[0], goals[-1]) == (5, 8)
    assert goals == sorted(goals)


def test_after_a_week_with_a_miss_the_goal_stays() -> None:
    ann = Life(section(first=5, last=8, weeks=4))
    live(ann, "+-+----")
    assert ann.goal == 5
    live(ann, "+-+--+-")
    assert ann.goal > 5, "a day that was made up for counts"


def test_nothing_is_asked_before_the_start_and_after_the_end() -> None:
    ann = Life(section(start="2026-03-09", weeks=1))
    assert (ann.view.rest_day, ann.view.explanation.key) == (True, "programme_before")
    assert (ann.view.programme.next_day, ann.view.programme.end) == (MONDAY + 7 * DAY, MONDAY + 13 * DAY)
    live(ann, "-" * 7)
    assert (ann.view.rest_day, ann.view.explanation.key) == (False, "programme_day")
    live(ann, "+-+-+--")
    assert (ann.view.rest_day, ann.view.explanation.key) == (True, "programme_over")
    assert ann.view.explanation.placeholders == {"done": 3, "planned": 3}
    live(ann, "-" * 10)
    assert (ann.view.streak, adherence(ann)) == (3, Adherence(planned=3, done=3))


def test_the_explanation_says_the_week_and_what_comes_next() -> None:
    ann = Life(section())
    assert ann.view.explanation.placeholders == {
        "week": 1,
        "weeks": 2,
        "goal": Goal(GoalKind.MINUTES, 5),
        "done": 0,
        "times": 3,
    }
    live(ann, "+")
    assert ann.view.explanation.key == "programme_free"
    assert ann.view.explanation.placeholders["day"] == MONDAY + 2 * DAY
    live(ann, "-+-+--" + "+-+-+")
    assert (ann.today, ann.view.explanation.key) == (MONDAY + 12 * DAY, "programme_last_days")


def test_the_end_is_told_once_with_how_it_went_when_no_steps_may_come_any_more() -> None:
    ann = Life(section(weeks=1))
    live(ann, "+-+--")
    ended = [each for each in ann.told if each.kind is ActivityKind.PROGRAMME_ENDED]
    assert ended == []
    ann.settle = False
    live(ann, "+-")
    assert ActivityKind.PROGRAMME_ENDED not in {each.kind for each in ann.told}, "steps may still come"
    ann.settle = True
    live(ann, "--")
    ann.restart()
    live(ann, "---")
    (ended,) = [each for each in ann.told if each.kind is ActivityKind.PROGRAMME_ENDED]
    assert ended.day == MONDAY + 6 * DAY
    assert ended.data == {"planned": 3, "done": 2, "made_up": 1, "missed": 0, "adherence_pct": 100}


def test_planned_days_are_those_that_came_and_those_ahead() -> None:
    ann = Life(section())
    live(ann, "+---")

    def found() -> list[date]:
        settings = ann.settings
        assert settings.programme
        days = planned_days(settings.programme, ann.goal_days.days(), ann.today, paused=settings.paused)
        return [day for day, _ in days]

    assert found() == [MONDAY + DAY * number for number in (0, 2, 4, 7, 9, 11)]
    ann.change(paused=True)
    assert found() == [MONDAY, MONDAY + 2 * DAY], "while it is paused nothing lies ahead"


def test_a_restart_of_home_assistant_changes_nothing() -> None:
    ann = Life(section())
    live(ann, "+--+i+")
    before = ann.view.programme
    ann.restart()
    assert ann.view.programme == before


def test_a_program_that_can_not_reach_its_last_week_is_known() -> None:
    def programme(**fields: object) -> bool:
        found = read_programme({**OWN, **fields})
        assert found
        return found.arrives

    assert programme(first=5, last=8, weeks=4)
    assert not programme(first=5, last=20, weeks=4)
    assert not programme(first=5, last=6, weeks=1), "one week has nothing to grow in"
