"""A few steps, and a pod that vanished: what they show at once and what they leave as it is."""

from datetime import timedelta

from custom_components.retrostep.core.sitting.posture import Posture

from .walker import Walker, at


def test_a_few_steps_show_moving_and_end_no_sit() -> None:
    ann = Walker()
    assert ann.pod(at(), worn=True) is Posture.SITTING
    ann.pod(at(20), worn=True)
    for second in (0, 4, 9):
        assert ann.pod(at(20, second), 2, worn=True) is Posture.MOVING
        assert ann.posture.stirs
    assert ann.pod(at(20, 18), worn=True) is Posture.MOVING
    assert at(20, 19) in ann.posture.next_look(at(20, 18))
    assert ann.pod(at(20, 19), worn=True) is Posture.SITTING
    assert (ann.posture.since, ann.sits) == (at(), []), "the sit goes on"
    assert ann.posture.sitting(at(20, 30)) == timedelta(minutes=20, seconds=30)


def test_who_walks_is_never_shown_as_sitting_while_steps_come() -> None:
    ann = Walker()
    ann.pod(at(), worn=True)
    shown = [ann.pod(at(20, second), 1, worn=True) for second in range(0, 60, 3)]
    assert set(shown) == {Posture.MOVING}
    assert ann.posture.got_up_at == at(20, 57)


def test_a_seat_knows_better_than_a_few_steps() -> None:
    ann = Walker()
    ann.pod(at(), worn=True, seat=True)
    assert ann.pod(at(20), 4, worn=True, seat=True) is Posture.SITTING


def test_a_pod_that_vanished_makes_the_posture_unknown_at_once() -> None:
    ann = Walker()
    ann.tell(at(), worn=True)
    ann.tell(at(20), worn=True)
    assert ann.tell(at(20, 1), gone=True) is Posture.UNKNOWN
    assert ann.tell(at(24, 59), worn=True) is Posture.SITTING
    assert (ann.posture.since, ann.sits) == (at(), []), "it was back soon"
    assert ann.tell(at(30), gone=True) is Posture.UNKNOWN
    assert ann.tell(at(36), worn=True) is Posture.SITTING
    assert ann.posture.since == at(36)


def test_a_seat_is_still_there_when_a_pod_vanished() -> None:
    ann = Walker()
    assert ann.tell(at(), worn=True, seat=True) is Posture.SITTING
    assert ann.tell(at(1), gone=True, seat=True) is Posture.SITTING
