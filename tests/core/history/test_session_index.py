"""Sessions at hand, and what is usual for a walker."""

from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from custom_components.retrostep.core.history.session_index import LastSession, SessionIndex, usual_stride_cm
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.sessions import Session
from tests.core.ledger.story import BERLIN, Pod, berlin, keep_little, pull, utc

if TYPE_CHECKING:
    import pytest

NOON = berlin("2026-03-05 12:00")
NINE = utc("2026-03-05 09:00")
MINUTE = timedelta(minutes=1)


def session(longest_cm: int, start: datetime = NINE) -> Session:
    return Session(start, start + MINUTE, 60, 300, 50, longest_cm)


def test_a_late_minute_joins_two_sessions_into_one() -> None:
    pod, other, ledger = Pod(), Pod("a0:00:00:00:00:09"), Ledger(BERLIN)
    # The hour changes between them: what the late minute changes begins before its hour.
    for ago in (62, 59):
        pod.walk(NOON - ago * MINUTE, 20)
    pull(ledger, pod, NOON)
    index = SessionIndex(ledger)
    index.refresh(NOON)
    assert [session.steps for session in index.between(NINE, NOON)] == [20, 20]
    other.walk(NOON - 60 * MINUTE, 20)
    index.refresh(NOON, pull(ledger, other, NOON).changed_hours)
    assert [session.steps for session in index.between(NINE, NOON)] == [60]
    assert index.last
    assert index.last.session.start == NOON - 62 * MINUTE


def test_an_index_that_takes_over_changes_is_the_one_that_starts_anew() -> None:
    random, ledger = Random(5), Ledger(BERLIN)
    pods = [Pod(), Pod("a0:00:00:00:00:09")]
    index = SessionIndex(ledger)
    for _ in range(150):
        pod = random.choice(pods)
        for _ in range(random.randint(1, 8)):
            pod.walk(NOON - random.randint(0, 70 * 24 * 60) * MINUTE, random.randint(2, 40), span=(5, 50))
        changed = pull(ledger, pod, NOON).changed_hours
        if random.random() < 0.1:
            start = NOON - timedelta(days=random.randint(1, 40))
            changed |= ledger.remove_walk(start, start + timedelta(days=1), NOON).changed_hours
        index.refresh(NOON, changed)
        anew = SessionIndex(ledger)
        anew.refresh(NOON)
        always = utc("2020-01-01 00:00")
        assert index.between(always, NOON) == anew.between(always, NOON)
        assert index.last == anew.last


def test_days_whose_minutes_are_gone_keep_their_count(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_little(monkeypatch)
    pod, ledger = Pod(), Ledger(BERLIN)
    early = NOON - timedelta(days=70)
    pod.walk(early, 30)
    pod.walk(NOON, 30)
    pull(ledger, pod, NOON)
    index = SessionIndex(ledger)
    index.refresh(NOON)
    day = ledger.day(early.date())
    assert day.start < ledger.minutes_since
    assert index.count_of_day(day.date, day.start, day.end) == 1
    assert index.count(day.start, day.end) == 0
    today = ledger.today(NOON)
    assert index.count_of_day(date(2026, 3, 5), today.start, today.end) == 1


def test_the_usual_stride_is_the_median_of_the_last_sessions_so_one_leap_changes_nothing() -> None:
    assert usual_stride_cm([session(100)] * 4) is None
    assert usual_stride_cm([session(cm) for cm in (90, 100, 104, 98, 800)]) == 100
    assert usual_stride_cm([session(200)] * 30 + [session(100)] * 20) == 100
    assert usual_stride_cm([session(0)] * 9 + [session(100)] * 4) is None


def test_strides_a_fifth_longer_than_usual_are_long() -> None:
    assert LastSession(session(121), 100).long_strides is True
    assert LastSession(session(120), 100).long_strides is False
    assert LastSession(session(300), None).long_strides is None
    assert LastSession(session(0), 100).long_strides is None


def test_the_last_session_is_held_against_those_before_it() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for day in range(5):
        pod.walk(NINE - timedelta(days=5 - day), 30)
        pod.rows[-1][-1] = 50 + 2 * day
    pod.walk(NINE, 30)
    pod.rows[-1][-1] = 90
    pull(ledger, pod, NOON)
    index = SessionIndex(ledger)
    index.refresh(NOON)
    assert index.last == LastSession(ledger.sessions(NINE, NOON)[0], 54)
    assert index.last.long_strides
