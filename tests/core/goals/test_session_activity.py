"""When the start and the end of a session are told: live, from rows, and by the second."""

from datetime import UTC, datetime
from typing import Any

import pytest

from custom_components.retrostep.core.clock import Correction, Jump
from custom_components.retrostep.core.goals.session_activity import (
    KNOWN_MAX,
    LiveWalk,
    SessionJournal,
    SessionNews,
)
from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.sessions import Session

NOW = 1_790_000_000
WEEK_S = 7 * 86_400


def session(start_s: int, end_s: int, steps: int = 40) -> Session:
    start, end = (datetime.fromtimestamp(at, UTC) for at in (start_s, end_s))
    return Session(start, end, steps, steps * 5, steps // 2, 55)


def live(start_s: int, last_s: int, steps: int = 20) -> LiveWalk:
    return LiveWalk(start_s, last_s, Counts(back=steps))


NOBODY = LiveWalk()


def told(news: list[SessionNews]) -> list[tuple[str, int, int]]:
    return [("ended" if each.ended else "started", each.start_s - NOW, each.end_s - NOW) for each in news]


def sums(steps: int) -> Any:
    return Counts(back=steps, back_dm=5 * steps, back_s=steps // 2)


# What is seen live


def seen(*steps: tuple[int, int, int]) -> LiveWalk:
    """Give what is known after some looks: when, the time of the last step, the total."""
    walk = LiveWalk()
    for now_s, last_s, total in steps:
        walk.see(NOW + now_s, NOW + last_s if last_s else 0, Counts(back=total))
    return walk


def test_ten_live_steps_make_a_session() -> None:
    assert not seen((0, 0, 0), (1, 1, 9)).is_session
    walk = seen((0, 0, 0), (1, 1, 2), (3, 3, 10))
    assert (walk.is_session, walk.start_s, walk.last_s, walk.counts.back) == (True, NOW + 1, NOW + 3, 10)


def test_what_was_there_at_the_first_look_is_not_seen_live() -> None:
    assert seen((0, 0, 500)).counts == ZERO
    assert seen((0, -1, 500)).counts == ZERO


def test_a_step_of_five_seconds_ago_is_live_and_an_older_one_comes_from_rows() -> None:
    assert seen((0, 0, 0), (6, 1, 10)).is_session
    assert not seen((0, 0, 0), (7, 1, 10)).is_session


def test_a_pause_of_two_minutes_begins_another_walk() -> None:
    same = seen((0, 0, 0), (1, 1, 10), (120, 120, 20))
    assert (same.start_s, same.counts.back) == (NOW + 1, 20)
    other = seen((0, 0, 0), (1, 1, 10), (121, 121, 24))
    assert (other.start_s, other.counts.back) == (NOW + 121, 14)


def test_totals_that_rise_without_a_step_are_rows_and_nothing_live() -> None:
    walk = seen((0, 0, 0), (1, 1, 10), (2, 1, 200), (3, 3, 202))
    assert walk.counts.back == 12


# The start


def test_a_session_seen_live_is_told_once_while_it_goes_on() -> None:
    journal = SessionJournal()
    assert told(journal.due(NOW, live(NOW - 20, NOW), [])) == [("started", -20, 0)]
    assert journal.due(NOW + 30, live(NOW - 20, NOW + 30), []) == []
    assert journal.ongoing


def test_nine_steps_are_no_session_and_neither_is_one_of_two_minutes_ago() -> None:
    assert SessionJournal().due(NOW, live(NOW - 20, NOW, steps=9), []) == []
    assert SessionJournal().due(NOW + 120, live(NOW - 20, NOW), []) == []
    assert told(SessionJournal().due(NOW + 119, live(NOW - 20, NOW), [])) == [("started", -20, 0)]


def test_a_walk_within_two_minutes_of_the_session_before_is_the_same_one() -> None:
    journal = SessionJournal()
    journal.due(NOW, live(NOW - 20, NOW), [])
    assert journal.due(NOW + 119, live(NOW + 119, NOW + 119), []) == []
    other = SessionJournal()
    other.due(NOW, live(NOW - 20, NOW), [])
    assert told(other.due(NOW + 120, live(NOW + 120, NOW + 120), [])) == [
        ("ended", -20, 0),
        ("started", 120, 120),
    ]


# Rows


def test_a_session_of_rows_that_goes_on_is_told_as_begun_and_ends_with_its_pause() -> None:
    journal, walked = SessionJournal(), session(NOW - 100, NOW)
    assert told(journal.due(NOW + 119, NOBODY, [walked])) == [("started", -100, 0)]
    (ended,) = journal.due(NOW + 120, NOBODY, [walked])
    assert ended == SessionNews(NOW - 100, NOW, ended=True, counts=sums(40))
    assert journal.due(NOW + 500, NOBODY, [walked]) == []
    assert not journal.ongoing


def test_of_a_session_known_only_after_its_end_the_end_is_told_late_with_its_counts() -> None:
    (news,) = SessionJournal().due(NOW + 120, NOBODY, [session(NOW - 100, NOW)])
    assert news == SessionNews(NOW - 100, NOW, ended=True, late=True, counts=sums(40))


@pytest.mark.parametrize(("apart_s", "is_same"), [(15, True), (16, False)])
def test_rows_may_lie_a_quarter_of_a_minute_beside_what_was_seen_live(apart_s: int, is_same: bool) -> None:
    """Steps are told some seconds after they were taken."""
    for rows in (session(NOW - 90, NOW - 20 - apart_s), session(NOW + apart_s, NOW + 60)):
        journal = SessionJournal()
        journal.due(NOW, live(NOW - 20, NOW), [])
        assert (journal.due(NOW + 60, NOBODY, [rows]) == []) is is_same


def test_rows_that_go_on_longer_than_what_was_seen_make_the_session_longer() -> None:
    journal = SessionJournal()
    journal.due(NOW, live(NOW - 20, NOW), [])
    walked = session(NOW - 25, NOW + 50)
    assert journal.due(NOW + 60, NOBODY, [walked]) == []
    assert journal.due(NOW + 169, NOBODY, [walked]) == []
    assert told(journal.due(NOW + 170, NOBODY, [walked])) == [("ended", -20, 50)]


# The end


def test_the_end_waits_for_the_rows_of_the_last_minutes_but_not_longer_than_five() -> None:
    journal = SessionJournal()
    journal.due(NOW, live(NOW - 60, NOW), [])
    partly = session(NOW - 60, NOW - 16)
    assert journal.due(NOW + 299, NOBODY, [partly]) == []
    (ended,) = journal.due(NOW + 300, NOBODY, [partly])
    assert ended.counts == sums(40), "what rows there are"
    whole = SessionJournal()
    whole.due(NOW, live(NOW - 60, NOW), [])
    assert told(whole.due(NOW + 120, NOBODY, [session(NOW - 60, NOW - 15)])) == [("ended", -60, 0)]


def test_without_rows_the_end_tells_what_was_seen_live() -> None:
    journal, seen_live = SessionJournal(), live(NOW - 60, NOW, steps=50)
    journal.due(NOW, seen_live, [])
    (ended,) = journal.due(NOW + 300, seen_live, [])
    assert ended.counts == Counts(back=50)
    unseen = SessionJournal()
    unseen.due(NOW, seen_live, [])
    (ended,) = unseen.due(NOW + 300, NOBODY, [])
    assert ended.counts is None, "after a restart nothing is known"


def test_of_two_sessions_of_the_ledger_in_one_told_both_count() -> None:
    journal = SessionJournal()
    journal.due(NOW, live(NOW - 200, NOW), [])
    rows = [session(NOW - 200, NOW - 150, 30), session(NOW - 20, NOW, 50)]
    (ended,) = journal.due(NOW + 120, NOBODY, rows)
    assert ended.counts == sums(80)


# What is old, what was not told


def test_what_becomes_known_after_a_week_is_no_event() -> None:
    rows = [session(NOW - 60, NOW)]
    assert SessionJournal().due(NOW + WEEK_S, NOBODY, rows) == []
    assert len(SessionJournal().due(NOW + WEEK_S - 1, NOBODY, rows)) == 1


def test_what_was_told_is_remembered_however_late_the_clock_says_it_is() -> None:
    journal = SessionJournal()
    journal.due(NOW + 200, NOBODY, [session(NOW - 60, NOW)])
    journal.due(NOW + 3_650 * 86_400, NOBODY, [])
    assert journal.as_list() == [[NOW - 60, NOW, True]]
    rows = [session(NOW + n * 400, NOW + n * 400 + 60) for n in range(1, KNOWN_MAX + 1)]
    journal.due(NOW + KNOWN_MAX * 400 + 300, NOBODY, rows)
    journal.due(NOW + KNOWN_MAX * 400 + 300, NOBODY, [])
    assert len(journal.as_list()) == KNOWN_MAX
    assert journal.as_list()[0][0] == NOW + 400, "the oldest goes"


def test_a_session_that_goes_on_goes_on_when_the_clock_is_set() -> None:
    journal, live = SessionJournal(), LiveWalk()
    for second in range(12):
        live.see(NOW + second, NOW + second, Counts(back=2 * second))
        journal.due(NOW + second, live, [])
    for by_s in (3_600, -3_600):
        live.clock_jumped(by_s)
        journal.clock_jumped(Jump(by_s, 1, ()))
        assert journal.due(live.last_s + 1, live, []) == []
    assert journal.ongoing
    assert (live.start_s, live.last_s) == (NOW + 1, NOW + 11)


def test_a_session_published_under_a_wrong_clock_is_known_at_its_true_time() -> None:
    journal = SessionJournal()
    journal.clock_jumped(Jump(90_000, 1, ()))
    assert len(journal.due(NOW + 90_300, NOBODY, [session(NOW + 90_000, NOW + 90_060)])) == 1
    journal.clock_jumped(Jump(-90_000, 2, (Correction(1, -90_000, NOW + 90_000, NOW + 90_400),)))
    assert journal.due(NOW + 300, NOBODY, [session(NOW, NOW + 60)]) == []
    journal.clock_jumped(Jump(90_000, 3, (Correction(1, 0, NOW + 90_000, NOW + 90_400),)))
    assert journal.due(NOW + 90_300, NOBODY, [session(NOW + 90_000, NOW + 90_060)]) == []


def test_a_step_ahead_of_a_clock_that_was_set_back_is_none_that_was_seen_just_now() -> None:
    live = LiveWalk()
    live.see(NOW, NOW, Counts())
    live.see(NOW - 900, NOW, Counts(back=20))
    assert (live.start_s, live.counts.back) == (0, 0)
    live.see(NOW + 3, NOW + 2, Counts(back=22))
    assert live.counts.back == 2


def test_sessions_of_before_anybody_listened_are_taken_as_published() -> None:
    journal, walked = SessionJournal(), session(NOW - 60, NOW)
    journal.take_as_published([walked])
    assert not journal.ongoing
    assert journal.due(NOW + 10, NOBODY, [walked]) == []


def test_a_start_or_an_end_that_was_not_told_is_told_again_and_no_other() -> None:
    journal = SessionJournal()
    early, late = session(NOW - 1_000, NOW - 900), session(NOW - 60, NOW)
    journal.due(NOW + 200, NOBODY, [early, late])
    journal.take_back(NOW - 60, ended=True)
    assert told(journal.due(NOW + 200, NOBODY, [early, late])) == [("ended", -60, 0)]
    journal.take_back(NOW - 60, ended=False)
    assert told(journal.due(NOW + 200, NOBODY, [early, late])) == [("ended", -60, 0)]
    assert SessionJournal.from_list(journal.as_list()).as_list() == journal.as_list()


@pytest.mark.parametrize(("clock", "news"), [(0, []), (1, [("ended", 0, 60)])])
def test_a_session_published_before_the_first_jump_was_dated_by_the_first_clock(
    clock: int, news: list[tuple[str, int, int]]
) -> None:
    """If that clock was an hour ahead it moves, and is known when it comes back with its true time."""
    journal = SessionJournal()
    journal.due(NOW + 4_000, NOBODY, [session(NOW + 3_600, NOW + 3_660)])
    journal.clock_jumped(Jump(-3_600, clock + 1, (Correction(clock, -3_600, NOW + 3_000, NOW + 4_000),)))
    assert told(journal.due(NOW + 400, NOBODY, [session(NOW, NOW + 60)])) == news


def test_sessions_of_before_anybody_listened_move_with_the_clock_that_found_them() -> None:
    journal = SessionJournal()
    journal.take_as_published([session(NOW + 3_600, NOW + 3_660)])
    journal.clock_jumped(Jump(-3_600, 1, (Correction(0, -3_600, NOW + 3_000, NOW + 4_000),)))
    assert journal.as_list() == [[NOW, NOW + 60, True]]


def test_what_was_published_before_the_start_stays_where_it_is() -> None:
    """By how much the clock was wrong then nobody can say."""
    kept = [[NOW - 900, NOW - 800, True], [NOW - 60, NOW, False]]
    journal = SessionJournal.from_list(kept)
    journal.clock_jumped(Jump(-3_600, 1, (Correction(0, -3_600, NOW - 4_000, NOW),)))
    assert journal.as_list() == kept


def test_a_session_that_a_wrong_clock_can_not_have_dated_stays() -> None:
    """Its rows came late: the pod had dated it before the clock jumped ahead."""
    journal = SessionJournal()
    journal.clock_jumped(Jump(90_000, 1, ()))
    journal.due(NOW + 90_100, NOBODY, [session(NOW - 600, NOW - 500)])
    journal.clock_jumped(Jump(-90_000, 2, (Correction(1, -90_000, NOW + 90_000, NOW + 90_200),)))
    assert journal.as_list() == [[NOW - 600, NOW - 500, True]]


def test_a_session_that_ends_moves_by_the_clock_of_its_end() -> None:
    """It went on over a jump, which it followed already."""
    journal, walk = SessionJournal(), LiveWalk()
    for second in range(12):
        walk.see(NOW + second, NOW + second, Counts(back=2 * second))
        journal.due(NOW + second, walk, [])
    walk.clock_jumped(3_600)
    journal.clock_jumped(Jump(3_600, 1, ()))
    assert told(journal.due(NOW + 4_600, walk, [])) == [("ended", 3_601, 3_611)]
    wrong = Correction(1, -3_600, NOW + 3_605, NOW + 4_700)
    for jump in (Jump(-3_600, 2, (wrong,)), Jump(0, 3, (wrong,))):
        journal.clock_jumped(jump)
        assert journal.as_list() == [[NOW + 1, NOW + 11, True]]
