"""What a phone shows of a session is sent when it changed, and not too often."""

from dataclasses import replace

from custom_components.retrostep.core.guided_sessions.live import PAUSE_S, LiveView
from custom_components.retrostep.core.guided_sessions.result import SessionMoment, SessionView

WALKING = SessionView(
    active=True, stage="backward", number=1, of=3, unit="steps", target=60, done=10, progress=5
)


def moment(view: SessionView, now_s: float) -> SessionMoment:
    return SessionMoment((), view, now_s)


def test_a_session_is_shown_at_once_and_then_at_most_every_ten_seconds() -> None:
    live = LiveView()
    assert live.take(moment(WALKING, 1_000)) is not None
    assert live.take(moment(replace(WALKING, done=20), 1_000 + PAUSE_S - 1)) is None
    later = live.take(moment(replace(WALKING, done=30), 1_000 + PAUSE_S))
    assert later is not None
    assert later.done == 30


def test_what_did_not_change_is_not_sent_again() -> None:
    live = LiveView()
    live.take(moment(WALKING, 1_000))
    assert live.take(moment(WALKING, 1_100)) is None


def test_without_a_session_nothing_is_shown() -> None:
    live = LiveView()
    assert live.take(moment(SessionView(), 1_000)) is None
    assert not live.is_shown


def test_a_clock_that_is_set_forward_sends_nothing_sooner() -> None:
    live = LiveView()
    live.take(moment(WALKING, 1_000))
    live.clock_jumped(3_600)
    assert live.take(moment(replace(WALKING, done=20), 4_605)) is None
    assert live.take(moment(replace(WALKING, done=30), 4_610)) is not None


def test_seconds_that_the_phone_counts_itself_are_no_news() -> None:
    live = LiveView()
    by_time = replace(WALKING, unit="seconds", target=120, ends_at=1_120)
    live.take(moment(by_time, 1_000))
    assert live.take(moment(replace(by_time, done=40), 1_030)) is None
