"""What steps, the worn sensor and a seat say of a walker, by the second."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.sitting.models import Facts, QuietReason
from custom_components.retrostep.core.sitting.posture import Posture
from custom_components.retrostep.core.sitting.steps import PodSteps

from .walker import MINUTE, NINE, Walker, at

# Steps of a pod


def told(*looks: tuple[float, int | None]) -> PodSteps:
    """Give a pod's steps after some looks: seconds after nine and the backward total, None out of reach."""
    pod = PodSteps()
    for second, back in looks:
        pod.take(None if back is None else {"back": back}, at(seconds=second))
    return pod


def test_what_a_pod_tells_in_its_first_five_seconds_was_walked_before() -> None:
    assert told((0, 100), (4.9, 110)).steps(NINE) == 0
    assert told((0, 100), (5, 110)).steps(NINE) == 10


def test_a_pod_that_was_away_is_new_when_it_comes_back() -> None:
    assert told((0, 100), (10, None), (20, 120), (30, 130)).steps(NINE) == 10
    assert told((0, 100), (10, None), (20, 100), (24, 120), (26, 130)).steps(NINE) == 10


def test_more_than_sixty_steps_at_once_were_walked_some_time_ago() -> None:
    assert told((0, 100), (10, 160)).steps(NINE) == 60
    assert told((0, 100), (10, 161)).steps(NINE) == 0
    assert told((0, 100), (10, 161), (20, 171)).steps(NINE) == 10, "they are not told again"


def test_a_total_that_falls_is_no_step() -> None:
    assert told((0, 100), (10, 40), (20, 44)).steps(NINE) == 4


def test_backward_steps_are_steps_and_forward_ones_are_not_backward() -> None:
    pod = PodSteps()
    assert not pod.take({"back": 10, "fwd": 10}, NINE)
    assert not pod.take({"back": 10, "fwd": 10}, at(1))
    assert pod.take({"back": 14, "fwd": 13}, at(2))
    assert pod.take({"fwd": 15}, at(3)), "a total that is not told has not changed"
    assert pod.take({"back": 15}, at(4))
    assert (pod.steps(NINE), pod.back(NINE)) == (4 + 3 + 2 + 1, 4 + 1)


def test_steps_since_a_moment_are_those_after_it() -> None:
    pod = told((0, 0), (10, 4), (20, 10), (30, 18))
    assert [pod.steps(at(seconds=since)) for since in (9, 10, 20, 30)] == [18, 14, 8, 0]
    assert [pod.back(at(seconds=since)) for since in (9, 10, 20, 30)] == [18, 14, 8, 0]
    assert [pod.first(at(seconds=since)) for since in (9, 10, 20)] == [
        at(seconds=each) for each in (10, 20, 30)
    ]
    pod.forget(at(seconds=20))
    assert pod.steps(NINE) == 8


# The walker


def test_what_was_told_last_holds_for_half_an_hour() -> None:
    ann = Walker()
    assert ann.tell(at(), worn=True) is Posture.SITTING
    assert ann.tell(at(29, 59)) is Posture.SITTING
    assert ann.tell(at(30)) is Posture.UNKNOWN
    assert ann.tell(at(31), worn=False) is Posture.NOT_WORN
    assert ann.tell(at(60, 59)) is Posture.NOT_WORN
    assert ann.tell(at(61)) is Posture.UNKNOWN
    assert ann.tell(at(62), worn=True, quiet=QuietReason.AWAY) is Posture.AWAY


def test_a_sit_nobody_can_follow_ends_when_it_was_told_of_last() -> None:
    ann = Walker()
    ann.tell(at(), worn=True)
    ann.tell(at(10), worn=True)
    ann.tell(at(40))
    assert ann.sits == [(0, 10, False)]
    put_off = Walker()
    put_off.tell(at(), worn=True)
    put_off.tell(at(10), worn=False)
    assert put_off.sits == [(0, 10, False)]


def test_a_sit_that_began_after_the_pod_was_heard_of_last_does_not_end_before_it_began() -> None:
    ann = Walker()
    ann.tell(at(), worn=True)
    ann.posture.got_up(at(28))
    ann.tell(at(29))
    ann.tell(at(30))
    assert (ann.posture.posture, ann.sits) == (Posture.UNKNOWN, [(0, 28, True)])
    ann.tell(at(32), worn=True)
    assert ann.posture.sitting(at(32)) == 4 * MINUTE, "it is the same sit"


def test_who_sits_again_within_five_minutes_goes_on_with_the_same_sit() -> None:
    for minutes, length in ((15, 15), (15.1, 0)):
        ann = Walker()
        ann.tell(at(), worn=True)
        ann.tell(at(10), worn=False)
        ann.tell(at(minutes), worn=True)
        assert ann.posture.sitting(at(minutes)) == length * MINUTE
        assert ann.sits == ([] if length else [(0, 10, False)])


def test_a_sit_that_was_left_twice_goes_on_only_from_the_last() -> None:
    ann = Walker()
    ann.tell(at(), worn=True)
    ann.tell(at(10), worn=False)
    ann.tell(at(20), worn=True)
    ann.tell(at(26), worn=False)
    ann.tell(at(28), worn=True)
    assert ann.posture.since == at(20)
    assert ann.sits == [(0, 10, False)]


def test_a_sit_from_which_somebody_got_up_is_over_though_the_pod_was_put_off_before() -> None:
    ann = Walker()
    ann.tell(at(), worn=True)
    ann.tell(at(10), worn=False)
    ann.posture.got_up(at(11))
    ann.tell(at(11), worn=False, seat=False)
    ann.tell(at(11, 30), worn=False, seat=False)
    ann.tell(at(13), worn=False, seat=True)
    assert ann.posture.since == at(13), "within five minutes, but there was a break"


def test_ten_steps_within_half_a_minute_are_a_break() -> None:
    for second, broke in ((39, True), (40, False)):
        ann = Walker()
        ann.pod(at(), worn=True)
        ann.pod(at(10), 5, worn=True)
        ann.pod(at(10, second - 10), 5, worn=True)
        assert (ann.posture.got_up_at is not None) is broke, second
    few = Walker()
    few.pod(at(), worn=True)
    few.pod(at(10), 9, worn=True)
    assert few.posture.got_up_at is None


def test_a_walk_ends_the_sit_with_its_first_steps_and_the_next_begins_with_its_last() -> None:
    ann = Walker()
    ann.pod(at(), worn=True)
    ann.pod(at(10), 5, worn=True)
    assert ann.pod(at(10, 10), 5, worn=True) is Posture.MOVING
    ann.pod(at(10, 20), 10, worn=True)
    assert ann.sits == [(0, 10, True)]
    assert ann.pod(at(11, 19), worn=True) is Posture.MOVING
    assert ann.posture.sitting(at(11, 19)) == timedelta()
    assert ann.pod(at(11, 20), worn=True) is Posture.SITTING, "a pause of a minute belongs to the walk"
    assert ann.posture.since == at(10, 20)


def test_a_pod_that_walks_is_worn_though_nobody_says_so() -> None:
    ann = Walker()
    assert ann.pod(at()) is Posture.UNKNOWN
    assert ann.pod(at(1), 4) is Posture.MOVING
    assert ann.pod(at(1, 10)) is Posture.SITTING
    assert ann.pod(at(2), 10, worn=False) is Posture.NOT_WORN, "its own word counts more"


def test_of_two_pods_steps_are_never_added() -> None:
    ann = Walker()
    for now, steps in ((at(), 0), (at(1), 9)):
        ann.posture.observe(Facts(worn=True), now)
        ann.posture.walk({mac: {"fwd": steps} for mac in "ab"}, now)
    assert ann.posture.got_up_at is None
    ann.posture.walk({"a": {"fwd": 9}}, at(1, 5))
    ann.posture.walk({"a": {"fwd": 9}, "b": {"fwd": 19}}, at(1, 20))
    assert ann.posture.got_up_at is None, "a pod that was given back begins anew"


def test_backward_steps_enough_for_a_reminder_are_noted_within_a_minute() -> None:
    for second, enough in ((59, True), (60, False)):
        body = Walker().posture
        for now, back in ((at(), 0), (at(1), 10), (at(1, second), 20)):
            body.walk({"a": {"back": back}}, now)
        assert body.backward_at == (at(1, second) if enough else None)
    few = Walker().posture
    for now, back in ((at(), 0), (at(1), 19)):
        few.walk({"a": {"back": back}}, now)
    assert few.backward_at is None


# Rows that arrive late


def late(ann: Walker, now: datetime, *minutes: tuple[float, int], back: int = 0) -> None:
    """Learn that minutes were walked: the minute after nine and the steps in it."""
    ann.posture.walked([(at(minute), Counts(fwd=steps, back=back)) for minute, steps in minutes], now)
    ann.posture.settle(now)


def test_a_walk_of_two_minutes_with_few_steps_each_is_a_break() -> None:
    for minutes, broke in (
        (((10, 6), (11, 4)), True),
        (((10, 6), (11, 3)), False),
        (((10, 6), (12, 4)), False),
        (((10, 10),), True),
        (((10, 9),), False),
        (((10, 10), (11, 0)), True),
    ):
        ann = Walker()
        ann.tell(at(), worn=True)
        late(ann, at(20), *minutes)
        assert (ann.posture.got_up_at is not None) is broke, minutes


def test_a_late_walk_ends_the_sit_at_its_minute_and_the_next_begins_after_it() -> None:
    ann = Walker()
    ann.tell(at(), worn=True)
    late(ann, at(20), (10, 30))
    assert ann.sits == [(0, 10, True)]
    assert (ann.posture.since, ann.posture.posture) == (at(11), Posture.SITTING)
    early = Walker()
    early.tell(at(10), worn=True)
    late(early, at(20), (9, 30))
    assert (early.posture.since, early.posture.got_up_at) == (at(10), None), "it was before the sit"
    late(early, at(20), (10, 30))
    assert early.posture.since == at(11)


def test_the_minute_that_is_not_over_ends_now() -> None:
    ann = Walker()
    ann.tell(at(), worn=True)
    late(ann, at(10, 30), (10, 30))
    assert (ann.posture.since, ann.posture.posture) == (at(10, 30), Posture.MOVING)
    ann.posture.settle(at(11, 29))
    assert ann.posture.posture is Posture.MOVING
    ann.posture.settle(at(11, 30))
    assert ann.posture.posture is Posture.SITTING


def test_late_backward_minutes_count_for_a_reminder_once() -> None:
    body = Walker().posture
    body.walked([(at(10), Counts(back=20))], at(20))
    assert body.backward_at == at(11)
    body.walked([(at(9), Counts(back=20)), (at(10), Counts(back=19))], at(20))
    assert body.backward_at == at(11)
    body.walked([(at(12), Counts(back=12)), (at(13), Counts(back=8))], at(20))
    assert body.backward_at == at(14)
    body.got_up(at(30))
    body.walked([(at(30), Counts(back=20))], at(40))
    assert body.backward_at == at(30), "a minute that began no later tells nothing new"


# The seat


def test_a_seat_decides_and_one_that_is_left_for_half_a_minute_was_left() -> None:
    ann = Walker()
    assert ann.tell(at(), seat=True, worn=False) is Posture.SITTING
    assert ann.tell(at(10), seat=False, worn=False) is Posture.MOVING
    assert ann.tell(at(10, 29), seat=False, worn=False) is Posture.MOVING
    assert ann.sits == []
    assert ann.tell(at(10, 30), seat=False, worn=False) is Posture.NOT_WORN
    assert (ann.sits, ann.posture.got_up_at) == ([(0, 10, True)], at(10, 30))
    assert ann.tell(at(12), seat=False, worn=True) is Posture.MOVING, "who wears it and is not on the seat"


def test_a_seat_is_believed_for_half_an_hour() -> None:
    ann = Walker()
    ann.tell(at(), seat=True)
    assert ann.tell(at(29, 59)) is Posture.SITTING
    assert ann.tell(at(30)) is Posture.UNKNOWN
    assert ann.sits == [], "nobody knows that it was longer than when the seat was heard of last"
    ann.tell(at(40), seat=True)
    ann.tell(at(50), seat=True)
    assert ann.tell(at(80)) is Posture.UNKNOWN
    assert ann.sits == [(40, 50, False)]
    ann.tell(at(90), seat=True)
    ann.posture.forget_seat()
    ann.posture.settle(at(91))
    assert ann.posture.posture is Posture.UNKNOWN


def test_on_a_seat_late_steps_are_no_break() -> None:
    ann = Walker()
    ann.tell(at(), seat=True, worn=True)
    late(ann, at(20), (10, 50))
    assert (ann.posture.since, ann.posture.got_up_at) == (at(), None)


# What is asked


def test_how_long_somebody_sits_is_told_only_of_who_sits() -> None:
    ann = Walker()
    assert ann.posture.sitting(at()) == timedelta()
    ann.tell(at(), worn=True)
    assert ann.posture.sitting(at(7)) == 7 * MINUTE
    assert ann.posture.sitting(at(-7)) == timedelta(), "a clock that was set back"
    ann.tell(at(8), worn=False)
    assert ann.posture.sitting(at(9)) == timedelta()


@pytest.mark.parametrize(
    ("facts", "now", "expected"),
    [
        ({"worn": True}, at(2, 30), [at(3)]),
        ({"worn": True}, at(3), [at(4)]),
        ({"worn": False}, at(2), []),
    ],
)
def test_time_changes_something_at_the_next_whole_minute_of_a_sit(
    facts: dict[str, Any], now: datetime, expected: list[datetime]
) -> None:
    ann = Walker()
    ann.tell(at(), **facts)
    assert ann.posture.next_look(now) == expected


def test_time_changes_something_when_nothing_is_believed_any_more() -> None:
    ann = Walker()
    ann.tell(at(), worn=False)
    ann.tell(at(1))
    assert ann.posture.next_look(at(1)) == [at(30)]
    seated = Walker()
    seated.tell(at(), seat=True)
    seated.tell(at(1))
    assert sorted(seated.posture.next_look(at(1))) == [at(2), at(30)]
    seated.tell(at(5), seat=False)
    assert seated.posture.next_look(at(5)) == [at(5, 30)]


def test_time_changes_something_when_a_walk_is_over() -> None:
    ann = Walker()
    ann.pod(at(), worn=True)
    ann.pod(at(10), 20, worn=True)
    assert ann.posture.next_look(at(10, 30)) == [at(11)]
    assert ann.posture.next_look(at(11)) == []


def test_a_restart_forgets_nothing() -> None:
    ann = Walker()
    ann.pod(at(), worn=True)
    ann.posture.got_up(at(12))
    ann.tell(at(13), worn=True, seat=True)
    before = ann.posture.as_dict()
    ann.restart()
    assert ann.posture.as_dict() == before
    assert (ann.posture.since, ann.posture.got_up_at, ann.posture.backward_at) == (at(12), at(12), at(12))
    ann.tell(at(14), worn=False, seat=False)
    ann.tell(at(14, 10), worn=False, seat=False)
    ann.restart()
    ann.tell(at(14, 30), worn=False, seat=False)
    assert ann.posture.got_up_at == at(14, 30)


def test_a_sit_left_before_a_restart_goes_on_after_it() -> None:
    ann = Walker()
    ann.tell(at(), worn=True)
    ann.tell(at(10), worn=False)
    ann.restart()
    ann.tell(at(14), worn=True)
    assert (ann.posture.since, ann.sits) == (at(), [])
