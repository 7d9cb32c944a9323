"""Sessions: backward walking with pauses under two minutes, from minute rows only."""

from datetime import date, timedelta

from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.sessions import BackwardMinute, find_sessions

from .story import BERLIN, Pod, berlin, pull, utc, walked

NOON = berlin("2026-03-05 12:00")
NINE = utc("2026-03-05 09:00")
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def minute(number: int, steps: int = 20, first_s: int = 0, last_s: int = 59) -> BackwardMinute:
    return BackwardMinute(number, steps, steps * 5, steps // 2, first_s, last_s, 50 + number)


def test_a_session_has_start_end_steps_metres_speed_cadence_and_longest_stride() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NINE, Counts(80, 0, 0, 240, 0, 40, 0), span=(10, 59))
    pod.walk(NINE + MINUTE, Counts(40, 6, 0, 120, 30, 20, 3), span=(0, 19))
    pull(ledger, pod, NOON)
    (session,) = ledger.sessions(NINE - MINUTE, NOON)
    assert (session.start, session.end) == (NINE + 10 * SECOND, NINE + MINUTE + 20 * SECOND)
    assert (session.steps, session.distance_dm, session.walking_s, session.longest_cm) == (120, 360, 60, 55)


def test_a_pause_of_two_minutes_ends_a_session_and_a_shorter_one_does_not() -> None:
    assert len(find_sessions([minute(1, last_s=0), minute(3, first_s=0)])) == 1
    assert len(find_sessions([minute(1, last_s=29), minute(3, first_s=29)])) == 1
    assert len(find_sessions([minute(1, last_s=29), minute(3, first_s=30)])) == 2


def test_forward_walking_between_is_a_pause() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NINE, 30)
    pod.walk(NINE + MINUTE, walked(0, fwd=100))
    pod.walk(NINE + 2 * MINUTE, 30)
    pod.walk(NINE + 3 * MINUTE, walked(0, fwd=100))
    pod.walk(NINE + 4 * MINUTE, walked(0, fwd=100))
    pod.walk(NINE + 5 * MINUTE, 30)
    pull(ledger, pod, NOON)
    assert [session.steps for session in ledger.sessions(NINE, NOON)] == [60, 30]


def test_a_step_aside_is_no_session_but_ten_steps_or_twenty_seconds_are() -> None:
    assert find_sessions([minute(1, steps=8)]) == []
    assert len(find_sessions([minute(1, steps=10)])) == 1
    slow = BackwardMinute(1, 8, 20, 20, 0, 59, 50)
    assert len(find_sessions([slow])) == 1


def test_a_stride_begun_in_the_minute_before_starts_there() -> None:
    (session,) = find_sessions([minute(100, first_s=59, last_s=30)])
    assert session.start.timestamp() == 99 * 60 + 59
    (unknown,) = find_sessions([minute(100, first_s=-1, last_s=-1)])
    assert (unknown.end - unknown.start) == MINUTE


def test_live_and_late_minutes_give_the_same_sessions() -> None:
    live, late = Ledger(BERLIN), Ledger(BERLIN)
    pod = Pod()
    for i in [0, 1, 2, 6, 7, 30]:
        now = NINE + i * MINUTE
        live.live(pod.mac, {"back": pod.total.back + 12}, now)
        pod.walk(now, 24, span=(5 + i, 40))
        pull(live, pod, now + MINUTE)
    pull(late, pod, NOON)
    assert live.sessions(NINE, NOON) == late.sessions(NINE, NOON)
    assert len(late.sessions(NINE, NOON)) == 3


def test_a_session_over_midnight_belongs_to_the_day_it_began() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for i in range(-3, 3):
        pod.walk(berlin("2026-03-05 00:00") + i * MINUTE, 24)
    pull(ledger, pod, NOON)
    assert ledger.session_count(date(2026, 3, 4)) == 1
    assert ledger.session_count(date(2026, 3, 5)) == 0
