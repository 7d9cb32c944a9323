"""A guided session by the second: when it waits, ends, and what it makes of pods out of reach."""

import json
from typing import Any

import pytest

from custom_components.retrostep.core.guided_sessions.meter import PodSeen
from custom_components.retrostep.core.guided_sessions.result import EndReason, EventKind, SessionEvent
from custom_components.retrostep.core.guided_sessions.routine import Direction, Kind, Routine, Stage, Unit
from custom_components.retrostep.core.guided_sessions.session import GuidedSession

T = 1_790_000_000.0
BACK = Stage(Kind.BACKWARD, Unit.STEPS, 100)
FORWARD = Stage(Kind.FORWARD, Unit.STEPS, 100)
TWO_MINUTES = Stage(Kind.BACKWARD, Unit.SECONDS, 120)


class Led:
    """Somebody who is led, with one pod or two; times are seconds since the start."""

    def __init__(self, *stages: Stage, pause_s: float = 300, pods: int = 1) -> None:
        self.session = GuidedSession()
        self.totals = [{"back": 0, "fwd": 0} for _ in range(pods)]
        self.events = self.session.start(Routine.CUSTOM, stages, self.seen(), T, pause_s=pause_s)
        self.at(0)

    def seen(self, *, walking: bool = False, away: tuple[int, ...] = ()) -> list[PodSeen]:
        """Give what the pods tell."""
        return [
            PodSeen(f"pod {index}", index not in away, dict(totals), walking)
            for index, totals in enumerate(self.totals)
        ]

    def at(
        self, second: float, *, walking: bool = False, away: tuple[int, ...] = (), pod: int = 0, **more: int
    ) -> list[SessionEvent]:
        """Let the pods tell at a moment; `more` is what one of them counted since."""
        for name, steps in more.items():
            self.totals[pod][name] += steps
        told = self.session.update(self.seen(walking=walking, away=away), T + second)
        self.events += told
        return told

    def stand(self, first: float, last: float) -> None:
        """Stand still in reach from one second to another; pods are looked at about every second."""
        while first < last:
            self.at(first)
            first += 1
        self.at(last)


def reasons(events: list[SessionEvent]) -> list[Any]:
    return [event.attributes.get("reason", event.kind.value) for event in events]


# Waiting


@pytest.mark.parametrize(("stage", "grace_s"), [(BACK, 10), (FORWARD, 30)])
def test_a_stage_waits_when_nobody_walked_for_longer_than_its_grace(stage: Stage, grace_s: int) -> None:
    ann = Led(stage)
    assert ann.at(grace_s) == []
    (waits,) = ann.at(grace_s + 0.1)
    assert (waits.kind, waits.attributes["reason"]) == (EventKind.WAITING, "stopped")
    assert (waits.attributes["remaining"], waits.attributes["number"]) == (100, 1)
    assert ann.at(grace_s + 5) == [], "it is said once"


def test_who_walks_on_is_told_so() -> None:
    ann = Led(BACK)
    ann.at(11)
    (resumed,) = ann.at(20, walking=True, back=4)
    assert (resumed.kind, resumed.attributes["stage"]) == (EventKind.RESUMED, "backward")
    assert ann.at(30) == []
    (waits,) = ann.at(30.1)
    assert waits.attributes["remaining"] == 96


def test_walking_the_other_way_is_said_and_standing_still_then_is_no_news() -> None:
    ann = Led(BACK)
    ann.at(5, fwd=4)
    assert reasons(ann.at(10.5, fwd=4)) == ["direction"]
    assert ann.at(60) == []
    assert ann.session.view().waiting == "direction"
    assert reasons(ann.at(61, walking=True, back=2)) == [EventKind.RESUMED.value]
    stopped = Led(BACK)
    stopped.at(11)
    assert reasons(stopped.at(12, fwd=4)) == ["direction"], "who turns round is told"


def test_a_stage_that_begins_has_its_own_grace() -> None:
    ann = Led(BACK, FORWARD)
    ann.at(20, walking=True, back=100)
    assert ann.session.view().number == 2
    assert ann.at(50) == []
    assert reasons(ann.at(50.1)) == ["stopped"]


# Out of reach


def test_a_connection_gone_for_fifteen_seconds_is_not_worth_a_word() -> None:
    ann = Led(FORWARD)
    assert ann.at(15, away=(0,)) == []
    assert reasons(ann.at(15.1, away=(0,))) == ["away"]
    assert ann.session.view().waiting == "away"
    assert ann.at(20) == [], "back in reach, but not walking: it goes on waiting"
    assert reasons(ann.at(30.1)) == ["stopped"]


def test_one_pod_in_reach_is_enough() -> None:
    ann = Led(FORWARD, pods=2)
    assert ann.at(25, away=(0,)) == []
    assert reasons(ann.at(45, away=(0,))) == ["stopped"]
    gone = Led(FORWARD, pods=2)
    assert reasons(gone.at(25, away=(0, 1))) == ["away"]


def test_a_session_ends_after_its_pause_to_the_second() -> None:
    ann = Led(BACK, pause_s=60)
    ann.stand(1, 59.9)
    assert ann.session.active
    (stopped,) = ann.at(60)
    assert (stopped.kind, stopped.attributes["reason"]) == (EventKind.STOPPED, "pause")
    walked = Led(BACK, pause_s=60)
    walked.stand(1, 29)
    walked.at(30, fwd=2)
    walked.stand(31, 89)
    assert walked.session.active, "walking the wrong way keeps it awake"


def test_who_comes_back_into_reach_has_the_whole_pause() -> None:
    for gone_s, ends_s in ((15, 60), (16, 16 + 60)):
        ann = Led(BACK, pause_s=60)
        ann.stand(gone_s, ends_s - 1)
        assert ann.session.active, gone_s
        ann.at(ends_s)
        assert not ann.session.active, gone_s


def test_a_pod_that_stays_away_ends_the_session_after_half_an_hour_to_the_second() -> None:
    for pause_s, ends_s in ((300, 1_800), (2_400, 2_400)):
        ann = Led(BACK, pause_s=pause_s)
        ann.at(ends_s - 1, away=(0,))
        assert ann.session.active
        assert reasons(ann.at(ends_s, away=(0,)))[-1] == "away"
        assert not ann.session.active
        assert ann.session.last
        assert ann.session.last.reason == "away"


def test_what_was_walked_out_of_reach_is_shared_out_over_the_stages() -> None:
    ann = Led(BACK, Stage(Kind.BACKWARD, Unit.STEPS, 50), FORWARD)
    ann.at(60, away=(0,))
    ann.at(300, back=130, fwd=20)
    view = ann.session.view()
    assert (view.number, view.done, view.remaining) == (2, 30, 20)
    ann.at(310, walking=True, back=30)
    view = ann.session.view()
    assert (view.number, view.done) == (3, 0), "what is walked in reach beyond a stage is walked"
    assert [event.kind for event in ann.events].count(EventKind.STAGE_DONE) == 2


def test_a_pod_that_was_in_reach_brings_nothing_into_the_next_stage() -> None:
    """Of two pods only the one that was away has to catch up."""
    ann = Led(BACK, Stage(Kind.BACKWARD, Unit.STEPS, 500), pods=2)
    ann.at(10, walking=True, back=90)
    ann.at(20, away=(1,), walking=True)
    ann.totals[1]["back"] += 120
    ann.at(40, walking=True, back=30)
    view = ann.session.view()
    assert (view.number, view.done) == (2, 20)


def test_nine_tenths_of_the_time_are_enough_for_who_was_out_of_reach() -> None:
    for steps, number in ((182, 2), (178, 1)):
        ann = Led(TWO_MINUTES, FORWARD)
        ann.at(60, away=(0,))
        ann.at(600, back=steps)
        assert ann.session.view().number == number, "0.6 s a step"
    walked = Led(BACK, FORWARD)
    walked.at(60, away=(0,))
    walked.at(600, back=95)
    assert walked.session.view().number == 1, "steps are counted and not estimated"


# The expected end


def test_the_end_of_a_stage_is_expected_anew_only_if_it_moves_by_more_than_three_seconds() -> None:
    ann = Led(TWO_MINUTES)
    ann.at(1, walking=True, back=1)
    expected = ann.session.view().ends_at
    assert expected == pytest.approx(T + 121 - 0.6, abs=1)
    for second in range(2, 20):
        ann.at(second, walking=True, back=1)
        assert ann.session.view().ends_at == expected
    ann.at(23, walking=False)
    assert ann.session.view().ends_at is None
    ann.at(26, walking=True, back=1)
    later = ann.session.view().ends_at
    assert later
    assert expected
    assert later > expected + 3
    steps = Led(BACK)
    steps.at(1, walking=True, back=1)
    assert steps.session.view().ends_at is None


# Written down


def test_a_session_is_written_down_and_read_again() -> None:
    ann = Led(Stage(Kind.BACKWARD, Unit.STEPS, 20), FORWARD)
    ann.at(10, walking=True, back=20)
    ann.at(12, fwd=7)
    ann.at(60)
    kept = json.loads(json.dumps(ann.session.as_dict()))
    again = GuidedSession.from_dict(kept)
    assert again.as_dict() == kept
    assert again.view() == ann.session.view()
    assert again.view().waiting == "stopped"
    ann.session.stop(T + 70)
    kept = json.loads(json.dumps(ann.session.as_dict()))
    assert (GuidedSession.from_dict(kept).last, kept["session"], kept["meters"]) == (
        ann.session.last,
        None,
        {},
    )


def test_a_session_stopped_by_hand_keeps_what_was_done_of_its_stage() -> None:
    ann = Led(BACK, FORWARD)
    ann.at(10, walking=True, back=42)
    (stopped,) = ann.session.stop(T + 12.4, EndReason.USER)
    assert stopped.kind is EventKind.STOPPED
    last = ann.session.last
    assert last
    assert ann.session.view().last == last, "it is shown until the next one ends"
    assert [(stage.done, stage.completed) for stage in last.stages] == [(42, False), (0, False)]
    assert (last.started_at, last.ended_at, last.reason) == (T, T + 12, "user")
    assert (last.backward.steps, last.forward.steps) == (42, 0)


def test_corrections_never_make_less_than_nothing_of_a_stage() -> None:
    ann = Led(TWO_MINUTES)
    ann.at(1, walking=True)
    ann.at(2, walking=False)
    assert ann.session.view().done == 0
    assert Direction.BACKWARD.value == ann.session.view().direction


def test_steps_from_the_start_on_count() -> None:
    session = GuidedSession()
    session.start(Routine.CUSTOM, [BACK], [PodSeen("a", True, {"back": 70})], T, pause_s=60)
    session.update([PodSeen("a", True, {"back": 74}, walking_backward=True)], T + 3)
    assert session.view().done == 4


def test_a_pod_that_saw_less_than_the_stage_brings_nothing_into_the_next_one() -> None:
    ann = Led(BACK, Stage(Kind.BACKWARD, Unit.STEPS, 500), pods=2)
    ann.at(10, away=(0, 1))
    ann.totals[1]["back"] += 60
    ann.at(300, back=110)
    assert ann.session.view().done == 10
    ann.at(310, walking=True, pod=1, back=30)
    assert ann.session.view().done == 30
