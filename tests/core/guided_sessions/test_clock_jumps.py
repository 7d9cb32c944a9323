"""A clock that is set while a session goes on, and one that was wrong when it ended."""

import pytest

from custom_components.retrostep.core.clock import Correction, Jump
from custom_components.retrostep.core.guided_sessions.result import EventKind
from custom_components.retrostep.core.guided_sessions.routine import Kind

from .story import BACKWARD, Story, minutes


@pytest.mark.parametrize("by_s", [90_000, -90_000])
def test_a_clock_that_is_set_makes_no_stage_longer_or_shorter(by_s: float) -> None:
    took = []
    for jumps in (False, True):
        story = Story()
        story.start(minutes(Kind.BACKWARD, 2), minutes(Kind.COOL_DOWN, 1))
        story.walk(BACKWARD, 1)
        if jumps:
            story.clock_jumps(Jump(by_s, 1, ()))
        took.append(story.walk_until(EventKind.STAGE_DONE, BACKWARD))
    assert took[1] == pytest.approx(took[0], abs=0.03)


def test_a_session_done_under_a_wrong_clock_moves_to_its_true_time_once() -> None:
    story = Story()
    began = story.now
    story.clock_jumps(Jump(90_000, 1, ()))
    story.start(minutes(Kind.BACKWARD, 2))
    story.walk(BACKWARD, 1)
    story.stop()
    wrong = Correction(1, -90_000, began + 90_000, story.now)
    for segment in (2, 3):
        story.clock_jumps(Jump(-90_000 if segment == 2 else 0, segment, (wrong,)))
    last = story.session.last
    assert last
    assert (last.started_at, last.ended_at) == (round(began), round(began) + 60)


def test_a_session_done_before_the_first_jump_was_timed_by_the_first_clock() -> None:
    for first_was_wrong in (True, False):
        story = Story()
        began = round(story.now)
        story.start(minutes(Kind.BACKWARD, 2))
        story.walk(BACKWARD, 1)
        story.stop()
        wrong = Correction(0 if first_was_wrong else 1, -3_600, began, story.now)
        story.clock_jumps(Jump(-3_600, 1, (wrong,)))
        last = story.session.last
        assert last
        assert last.started_at == began - (3_600 if first_was_wrong else 0)


def test_a_result_of_before_the_start_stays_where_it_is() -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2))
    story.walk(BACKWARD, 1)
    story.stop()
    before = story.session.last
    story.restart()
    story.clock_jumps(Jump(-3_600, 1, (Correction(0, -3_600, 0, story.now),)))
    assert story.session.last == before


@pytest.mark.parametrize("by_s", [90_000, -90_000])
def test_every_moment_of_a_session_that_goes_on_moves_and_its_expected_end_too(by_s: float) -> None:
    story = Story()
    story.start(minutes(Kind.BACKWARD, 2))
    story.walk(BACKWARD, 0.5)
    before, ends_at = story.session.as_dict()["session"], story.session.view().ends_at
    story.clock_jumps(Jump(by_s, 1, ()))
    after = story.session.as_dict()["session"]
    for moment in ("started_at", "right_at", "walked_at", "reach_at"):
        assert after[moment] == pytest.approx(before[moment] + by_s)
    assert ends_at is not None
    assert story.session.view().ends_at == pytest.approx(ends_at + by_s)
