"""How long somebody sits, and when to remind, is no matter of the wall clock: every moment moves with it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from custom_components.retrostep.core.clock import Jump
from custom_components.retrostep.core.sitting.diary import SittingDiary
from custom_components.retrostep.core.sitting.models import Facts, SittingSettings
from custom_components.retrostep.core.sitting.posture import PostureTracker
from custom_components.retrostep.core.sitting.sitting import VERSION, Sitting

from .walker import MINUTE, Walker, at

POSTURE = (
    "since",
    "backward_at",
    "got_up_at",
    "worn_at",
    "seat_at",
    "off_seat_at",
    "moving_until",
    "left_since",
    "left_at",
)
REMINDER = ("first_given", "last_given", "again_at", "snoozed_until", "dismissed_at")
JUMPS = [timedelta(days=3_650), timedelta(hours=-3)]


def moments(names: tuple[str, ...], by: timedelta = timedelta()) -> dict[str, str]:
    """Give each of some moments a minute of its own."""
    return {name: (at(number) + by).isoformat() for number, name in enumerate(names)}


@pytest.mark.parametrize("by", JUMPS, ids=str)
def test_what_is_known_of_a_posture_moves(by: timedelta) -> None:
    kept = {"worn": True, "seat": False, "moments": moments(POSTURE)}
    posture = PostureTracker(SittingDiary(), SittingSettings(), kept)
    posture.clock_jumped(by)
    assert posture.as_dict() == {**kept, "moments": moments(POSTURE, by)}


@pytest.mark.parametrize("by", JUMPS, ids=str)
def test_what_is_known_of_a_reminder_moves(by: timedelta) -> None:
    kept = {"version": VERSION, "given": 1, "moments": moments(REMINDER)}
    sitting = Sitting(SittingSettings(), at(30), kept)
    sitting.clock_jumped(Jump(by.total_seconds(), 1, ()), at(30) + by)
    assert sitting.as_dict()["moments"] == moments(REMINDER, by)


@pytest.mark.parametrize("by", JUMPS, ids=str)
def test_nobody_is_reminded_sooner_or_later_after_a_start(by: timedelta) -> None:
    """The grace after a start is two minutes, whatever the clock says meanwhile."""
    kept = {"version": VERSION, "given": 1, "moments": {"again_at": at().isoformat()}}
    sitting = Sitting(SittingSettings(), at(), kept)
    sitting.clock_jumped(Jump(by.total_seconds(), 1, ()), at() + by)
    sitting.observe(Facts(seat=True), at() + by)
    sitting.evaluate(at() + by)
    assert sitting.view(at().date(), at() + by).next_reminder == at(2) + by
    assert sitting.evaluate(at(1) + by) == []


@pytest.mark.parametrize("by", JUMPS, ids=str)
def test_steps_of_before_the_jump_and_after_it_are_one_walk(by: timedelta) -> None:
    walked: list[Any] = []
    for jump in (timedelta(), by):
        ann = Walker()
        now: datetime = at()
        ann.pod(now, worn=True)
        now += MINUTE
        ann.pod(now, 6, worn=True)
        ann.posture.clock_jumped(jump)
        now += jump + timedelta(seconds=10)
        ann.pod(now, 6, worn=True)
        walked.append((ann.posture.posture, ann.posture.stirs, ann.posture.since == now))
    assert walked[0] == walked[1]
    assert walked[0][1:] == (False, True), "a break of twelve steps"


@pytest.mark.parametrize("by", JUMPS, ids=str)
def test_what_was_read_since_the_jump_waits_no_longer(by: timedelta) -> None:
    """Set up anew after the clock was set, a walker learns of that only then."""
    sitting = Sitting(SittingSettings(), at() + by)
    sitting.clock_jumped(Jump(by.total_seconds(), 1, ()), at() + by)
    assert sitting._not_before <= at(2) + by
