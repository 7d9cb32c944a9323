"""What is said aloud in a guided session, second by second."""

from itertools import pairwise
from typing import Any

import pytest

from custom_components.retrostep.core.guided_sessions.cues import GAP_S, WORTH, Cue, CueKind, CuePlan
from custom_components.retrostep.core.guided_sessions.result import EventKind, SessionEvent, SessionView
from custom_components.retrostep.core.guided_sessions.routine import (
    Kind,
    Lengths,
    Routine,
    Stage,
    Unit,
    stages_of,
)

from .story import BACKWARD, FORWARD, Story, minutes

T = 1_790_000_000.0


class Heard(Story):
    """A walker who is coached; `said` holds what was said and when, in seconds since the start."""

    def __init__(self) -> None:
        self.plan = CuePlan()
        self.said: list[tuple[float, Cue]] = []
        super().__init__()
        self.began = self.now

    def _note(self, events: list[SessionEvent]) -> None:
        super()._note(events)
        self.listen(events)

    def listen(self, events: list[SessionEvent]) -> None:
        """Look as the door does, which is called a little oftener than once a second."""
        if cue := self.plan.take(events, self.session.view(), self.now):
            self.said.append((self.now - self.began, cue))

    def wait(self, seconds: float) -> None:
        """Let time pass after a session, as the timer of the door does."""
        self.now += seconds
        self.listen([])

    @property
    def kinds_said(self) -> list[str]:
        """What was said, without the numbers."""
        return [cue.kind.value for _, cue in self.said]


def demo() -> Heard:
    """The routine of a demo: two intervals, with a walker who stops once and turns late once."""
    story = Heard()
    story.start(
        *stages_of(Routine.INTERVALS, Lengths(warm_up_min=1, repeats=2, cool_down_min=1)),
        routine=Routine.INTERVALS,
    )
    story.walk_until(EventKind.STAGE_DONE, FORWARD)
    story.walk(BACKWARD, 0.4)
    story.stand(0.5)
    story.walk_until(EventKind.STAGE_DONE, BACKWARD)
    story.walk(BACKWARD, 0.7)
    for direction in (FORWARD, BACKWARD, FORWARD, FORWARD):
        story.walk_until(EventKind.STAGE_DONE, direction)
    story.wait(GAP_S)
    return story


def line(cue: Cue) -> str:
    """Write a cue as a log does."""
    parts = [cue.kind.value]
    if cue.target:
        parts.append(f"{cue.direction} {cue.target:g} {cue.unit}")
    parts += [part for part in (cue.reason, f"{cue.steps} steps" if cue.steps else None) if part]
    return ": ".join(parts)


def test_the_log_of_cues_of_a_demo_session() -> None:
    story = demo()

    assert [line(cue) for _, cue in story.said[:-1]] == [
        "start: forward 60 seconds",
        "half",
        "turn: backward 120 seconds",
        "waiting: stopped",
        "resumed",
        "half",
        "last_steps",
        "turn: forward 60 seconds",
        "waiting: direction",
        "resumed",
        "half",
        "turn: backward 120 seconds",
        "half",
        "last_steps",
        "turn: forward 60 seconds",
        "half",
        "turn: forward 60 seconds",
        "half",
    ]
    done = story.said[-1][1]
    assert done.kind is CueKind.DONE
    assert done.steps == pytest.approx(470, abs=30)


def test_no_two_cues_are_closer_than_eight_seconds() -> None:
    times = [at for at, _ in demo().said]
    gaps = [later - sooner for sooner, later in pairwise(times)]

    assert min(gaps) >= GAP_S - 1e-6


def test_what_was_not_heard_to_wait_is_not_heard_to_go_on() -> None:
    plan = CuePlan()
    view = SessionView(active=True)
    assert plan.take([started(), stage_started()], view, T)
    assert plan.take([waiting("stopped")], view, T + 2) is None
    assert plan.take([resumed()], view, T + 4) is None

    assert plan.due_in(T + 4) is None
    assert plan.take([], view, T + 20) is None


def test_of_two_cues_that_wait_the_more_important_one_is_said() -> None:
    plan, view = CuePlan(), SessionView(active=True)
    plan.take([started(), stage_started()], view, T)
    plan.take([waiting("stopped")], view, T + 1)
    plan.take([resumed(), waiting("away")], view, T + 2)
    plan.take([stage_started(target=90)], view, T + 3)
    plan.take([waiting("stopped")], view, T + 4)

    cue = plan.take([], view, T + GAP_S)
    assert cue
    assert (cue.kind, cue.target) == (CueKind.TURN, 90)
    assert plan.take([], view, T + 60) is None


def test_a_cue_that_waited_for_too_long_is_not_said() -> None:
    plan, before = CuePlan(), view_of(done=59)
    plan.take([], before, T - 1)
    plan.take([started(), stage_started()], before, T)
    plan.take([], view_of(done=60), T + 1)

    assert plan.due_in(T + 1) == GAP_S - 1
    assert plan.take([], view_of(done=66), T + GAP_S) is None


def test_the_end_is_said_when_the_last_cue_is_over() -> None:
    plan = CuePlan()
    plan.take([], view_of(done=113), T - 1)
    last = plan.take([], view_of(done=114), T)
    assert last
    assert last.kind is CueKind.LAST_STEPS
    assert plan.take([finished(steps=200)], SessionView(), T + 6) is None

    assert plan.due_in(T + 6) == GAP_S - 6
    cue = plan.take([], SessionView(), T + GAP_S)
    assert cue == Cue(CueKind.DONE, steps=200)


def test_the_clock_may_be_set_between_two_cues() -> None:
    plan = CuePlan()
    plan.take([started(), stage_started()], SessionView(active=True), T)
    plan.take([waiting("stopped")], SessionView(active=True), T + 1)
    plan.clock_jumped(3_600)

    assert plan.due_in(T + 3_601) == GAP_S - 1
    assert plan.take([], SessionView(active=True), T + 3_600 + GAP_S)


def test_a_restart_repeats_nothing() -> None:
    story = Heard()
    story.start(minutes(Kind.BACKWARD, 2))
    story.walk(BACKWARD, 1.3)
    assert story.kinds_said == ["start", "half"]
    story.plan = CuePlan()
    story.restart()
    story.come_back()
    story.walk(BACKWARD, 0.3)

    assert story.kinds_said == ["start", "half"]


@pytest.mark.parametrize(
    ("unit", "target", "expected"),
    [
        (Unit.STEPS, 60, ["half", "last_steps"]),
        (Unit.METRES, 40, ["half", "last_steps"]),
        # Short ones are over before anybody has listened.
        (Unit.STEPS, 24, []),
        (Unit.SECONDS, 30, ["last_steps"]),
    ],
)
def test_short_stages_are_spared_words(unit: Unit, target: float, expected: list[str]) -> None:
    story = Heard()
    story.start(Stage(Kind.BACKWARD, unit, target))
    story.walk_until(EventKind.FINISHED, BACKWARD)

    assert [kind for kind in story.kinds_said if kind in ("half", "last_steps")] == expected


def test_ten_more_steps_are_told_before_they_are_walked() -> None:
    story = Heard()
    story.start(Stage(Kind.BACKWARD, Unit.STEPS, 60))
    story.walk_until(EventKind.FINISHED, BACKWARD)
    at = next(at for at, cue in story.said if cue.kind is CueKind.LAST_STEPS)

    # Ten steps are five strides of 1.2 s; strides are told in twos of steps.
    assert story.now - story.began - at == pytest.approx(6, abs=1.3)


def test_every_kind_has_a_worth() -> None:
    assert WORTH.keys() == set(CueKind)


def started() -> SessionEvent:
    return SessionEvent(EventKind.SESSION_STARTED)


def stage_started(target: int = 120) -> SessionEvent:
    return event(EventKind.STAGE_STARTED, direction="backward", unit="seconds", target=target)


def waiting(reason: str) -> SessionEvent:
    return event(EventKind.WAITING, direction="backward", reason=reason)


def resumed() -> SessionEvent:
    return event(EventKind.RESUMED)


def finished(steps: int) -> SessionEvent:
    return event(EventKind.FINISHED, backward_steps=steps, reason="completed")


def event(kind: EventKind, **attributes: Any) -> SessionEvent:
    return SessionEvent(kind, attributes)


def view_of(done: int) -> SessionView:
    """A stage of two minutes backward, so much of it done."""
    return SessionView(
        active=True, number=1, started_at=int(T), direction="backward", unit="seconds", target=120, done=done
    )
