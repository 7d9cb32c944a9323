"""Gait figures come from sums; weeks show what changed; two pods show how feet differ."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from custom_components.retrostep.core.history.history import History
from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.sessions import Session
from custom_components.retrostep.core.reports.answers import HistoryAnswers
from custom_components.retrostep.core.reports.gait import Feet, Gait, changes_of, gait_of, weeks_of
from tests.core.ledger.story import BERLIN, MAC, OTHER_MAC, Pod, berlin, pull

NOON = berlin("2026-03-05 12:00")
MONDAY = date(2026, 1, 5)


def session(day: str, steps: int = 100, distance_dm: int = 400, walking_s: int = 50, cm: int = 95) -> Session:
    start = berlin(f"{day} 09:00")
    return Session(start, start + timedelta(seconds=walking_s), steps, distance_dm, walking_s, cm)


def weeks(*speeds_mps: float) -> list[Session]:
    """A session a week, 50 s long each."""
    days = (MONDAY + timedelta(weeks=number, days=2) for number in range(len(speeds_mps)))
    return [
        session(day.isoformat(), distance_dm=round(speed * 500))
        for day, speed in zip(days, speeds_mps, strict=True)
    ]


def test_figures_are_quotients_of_sums_so_a_long_session_weighs_more() -> None:
    gait = gait_of([session("2026-03-04", 30, 100, 10), session("2026-03-05", 170, 700, 90, 120)])
    assert (gait.speed_mps, gait.cadence_spm) == (0.8, 120)
    assert (gait.stride_length_m, gait.stride_time_s, gait.longest_stride_m) == (0.8, 1.0, 1.2)


def test_of_nothing_nothing_is_said() -> None:
    gait = gait_of([])
    assert (gait.speed_mps, gait.cadence_spm, gait.stride_length_m, gait.stride_time_s) == (None,) * 4
    assert gait.longest_stride_m is None
    assert Gait(40, 0.0, 20, None).stride_length_m is None, "no length was measured"


def test_a_week_begins_on_the_walkers_monday() -> None:
    late = Session(berlin("2026-03-01 23:59"), berlin("2026-03-02 00:03"), 100, 400, 50, 95)
    found = weeks_of([late, session("2026-03-02"), session("2026-03-08")], BERLIN)
    assert [(week.monday, week.sessions) for week in found] == [
        (date(2026, 2, 23), 1),
        (date(2026, 3, 2), 2),
    ]


def test_the_last_week_that_is_over_is_compared_with_the_weeks_before() -> None:
    found = weeks_of(weeks(0.8, 0.84, 0.8, 0.84, 0.8, 1.0, 0.1), BERLIN)
    after_six = MONDAY + timedelta(weeks=6)
    changes = changes_of(found, after_six)
    assert changes.keys() == {"speed_mps", "cadence_spm", "stride_length_m"}
    speed = changes["speed_mps"]
    assert speed.usual == pytest.approx(0.816)
    assert speed.smallest_change == pytest.approx(1.96 * 0.04)
    assert speed.changed
    assert not changes["cadence_spm"].changed
    assert changes_of(found, after_six - timedelta(days=1)) == {}, "the sixth week is not over"


def both_feet(*rows: tuple[int, Counts, Counts]) -> tuple[Ledger, HistoryAnswers]:
    """Walk with a pod on each shoe; minutes after nine with what each counted."""
    pods, ledger = (Pod(), Pod(mac=OTHER_MAC, log=815)), Ledger(BERLIN)
    for after, *counts in rows:
        for pod, counted in zip(pods, counts, strict=True):
            if counted.back:
                pod.walk(berlin("2026-03-05 09:00") + timedelta(minutes=after), counted)
    for pod in pods:
        pull(ledger, pod, NOON)
    history = History(ledger)
    history.refresh(NOON)
    return ledger, HistoryAnswers(ledger, history, {}, {}, BERLIN, NOON)


def counts(steps: int, distance_dm: int, walking_s: int) -> Counts:
    return Counts(steps, 0, 0, distance_dm, 0, walking_s, 0)


FEET = {MAC: "right", OTHER_MAC: "left"}


def told_of_feet(answers: HistoryAnswers, feet: dict[str, str]) -> dict[str, Any]:
    """What is told of the one session, with what the walker said of the pods."""
    (told,) = replace(answers, feet=feet).sessions(NOON - timedelta(days=1), NOON)["sessions"]
    return told


def test_two_pods_show_each_foot_and_how_they_differ() -> None:
    minute = counts(40, 180, 20), counts(40, 200, 22)
    _, answers = both_feet((0, *minute), (1, *minute))
    told = told_of_feet(answers, FEET)
    assert [(each["foot"], each["stride_length_m"], each["stride_time_s"]) for each in told["pods"]] == [
        ("left", 1.0, 1.1),
        ("right", 0.9, 1.0),
    ]
    assert told["right_minus_left_pct"] == {"stride_length": -10.5, "stride_time": -9.5}


def test_without_knowing_the_feet_there_is_no_difference_of_left_and_right() -> None:
    _, answers = both_feet((0, counts(40, 180, 20), counts(40, 200, 22)))
    for feet in ({}, {MAC: "left"}, {MAC: "left", OTHER_MAC: "left"}):
        told = told_of_feet(answers, feet)
        assert {each["foot"] for each in told["pods"]} == {feet.get(MAC), feet.get(OTHER_MAC)}
        assert "right_minus_left_pct" not in told
        assert MAC not in str(told), "no hardware address is told"


def test_only_minutes_in_which_both_pods_counted_are_compared() -> None:
    _, answers = both_feet(
        (0, counts(40, 200, 22), counts(40, 200, 22)), (1, counts(40, 100, 40), counts(0, 0, 0))
    )
    told = told_of_feet(answers, FEET)
    assert told["right_minus_left_pct"] == {"stride_length": 0, "stride_time": 0}


def test_a_minute_that_was_taken_away_is_not_compared() -> None:
    even = counts(40, 200, 22)
    ledger, answers = both_feet((0, even, even), (1, counts(40, 100, 22), even), (2, even, even))
    start = berlin("2026-03-05 09:01")
    ledger.remove_walk(start, start + timedelta(minutes=1), NOON)
    answers.history.refresh(NOON)
    assert told_of_feet(answers, FEET)["right_minus_left_pct"] == {"stride_length": 0, "stride_time": 0}


def test_one_pod_or_a_few_strides_show_no_feet() -> None:
    for other in (counts(0, 0, 0), counts(10, 50, 5)):
        ledger, answers = both_feet((0, counts(40, 200, 22), other))
        (told,) = answers.sessions(NOON - timedelta(days=1), NOON)["sessions"]
        assert "pods" not in told
        (found,) = answers.history.sessions.all()
        assert Feet(ledger.pod_minutes()).of(found) == {}


def test_the_summary_tells_the_weeks_and_what_changed() -> None:
    ledger, pod = Ledger(BERLIN), Pod()
    for week, distance_dm in enumerate((400, 420, 400, 420, 400, 600)):
        pod.walk(berlin("2026-01-07 09:00") + timedelta(weeks=week), counts(100, distance_dm, 50))
    pull(ledger, pod, NOON)
    history = History(ledger)
    history.refresh(NOON)
    told = HistoryAnswers(ledger, history, {}, {}, BERLIN, NOON).summary()["gait"]
    assert [(week["week"], week["sessions"], week["speed_mps"]) for week in told["weeks"]][-2:] == [
        ("2026-02-02", 1, 0.8),
        ("2026-02-09", 1, 1.2),
    ]
    assert told["changes"]["speed_mps"]["changed"]
    assert told["changes"]["stride_length_m"]["usual"] == pytest.approx(0.816)
