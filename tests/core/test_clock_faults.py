"""Two weeks with a clock that is wrong now and then end as two weeks with a right one."""

import os
from collections import Counter
from random import Random
from typing import Any

import pytest

from .clock_house import DAY_S, HOUR_S, Happening, House, faults, life, walks_meanwhile

LONG = bool(os.environ.get("RETROSTEP_LONG"))
SEEDS = range(300) if LONG else range(6)
PLANS: tuple[dict[str, Any], ...] = (
    {"plan": "fixed", "kind": "steps", "steps": 100},
    {"plan": "gentle_start", "kind": "minutes"},
)
DAYS = 14


@pytest.mark.parametrize("seed", SEEDS)
def test_a_clock_that_was_wrong_leaves_nothing_behind(seed: int) -> None:
    wrong = faults(Random(seed + 1_000), DAYS, Random(seed).randrange(1, 7))
    faulty, right = House(PLANS[seed % 2]), House(PLANS[seed % 2])
    inside = list(zip((each.at_s for each in wrong[::2]), (each.at_s for each in wrong[1::2]), strict=True))
    story = [
        each
        for each in life(Random(seed), DAYS)
        if each.what != "restart" or not any(first - 60 <= each.at_s <= end + 60 for first, end in inside)
    ]
    story += walks_meanwhile(Random(seed), wrong)
    # A start under a wrong clock is a start, too.
    starts = [Happening(each.at_s, "restart") for each in wrong if each.what == "start wrong"]
    until_s = (DAYS + 2) * DAY_S + HOUR_S
    faulty.live_through([*story, *wrong], until_s)
    right.live_through([*story, *starts], until_s)
    assert faulty.known() == right.known()
    assert faulty.sessions_ended <= right.sessions_ended, "no session is published twice"
    assert max(Counter(faulty.published).values()) == 1, "nothing is published twice"
    if not starts:
        assert faulty.sat() == right.sat()
