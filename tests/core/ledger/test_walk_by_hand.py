"""What a person tells of a walk, made into counts."""

import pytest

from custom_components.retrostep.core.ledger.corrections import ToldWalk, WalkError
from custom_components.retrostep.core.ledger.counts import ZERO, Counts

OWN = Counts(back=200, back_dm=800)


def test_told_steps_and_metres_are_taken_as_told() -> None:
    told = ToldWalk(600, backward_steps=500, backward_m=240.5)
    assert told.counts(OWN) == Counts(back=500, back_dm=2_405, back_s=600)


def test_untold_metres_follow_the_walkers_own_step_or_that_of_healthy_adults() -> None:
    told = ToldWalk(600, backward_steps=500)
    assert told.counts(OWN).back_dm == 2_000
    assert told.counts(ZERO).back_dm == 2_925
    assert told.counts(Counts(back=99, back_dm=396)).back_dm == 2_925


def test_untold_steps_follow_the_metres() -> None:
    assert ToldWalk(600, backward_m=200).counts(OWN).back == 500
    assert ToldWalk(600, backward_m=200).counts(Counts(back=200)).back == 342


def test_the_time_is_shared_out_by_steps() -> None:
    counts = ToldWalk(601, backward_steps=100, forward_steps=200, forward_m=140).counts(OWN)
    assert (counts.back_s, counts.fwd_s, counts.fwd, counts.fwd_dm) == (200, 401, 200, 1_400)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (ToldWalk(600), "walk_empty"),
        (ToldWalk(600, backward_steps=0, backward_m=0), "walk_empty"),
        (ToldWalk(60, backward_steps=200, forward_steps=101), "walk_implausible"),
        (ToldWalk(60, backward_m=301), "walk_implausible"),
        (ToldWalk(120, backward_steps=100, backward_m=601), "walk_implausible"),
    ],
)
def test_what_nobody_walks_is_refused(told: ToldWalk, reason: str) -> None:
    with pytest.raises(WalkError, match=reason):
        told.counts(OWN)


def test_what_somebody_may_have_run_is_taken() -> None:
    told = ToldWalk(120, backward_steps=600, backward_m=600)
    assert told.counts(OWN).back_dm == 6_000
