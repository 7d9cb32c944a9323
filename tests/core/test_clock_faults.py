"""Two weeks with a clock that is wrong now and then end as two weeks with a right one."""

import os
from collections import Counter
from random import Random
from typing import Any

import pytest

from .clock_house import DAY_S, HOUR_S, Happening, House, faults, life, walks_meanwhile

LONG = bool(os.environ.get("RETROSTEP_LONG"))
SEEDS = range(300) if LONG else range(9)
PLANS: tuple[dict[str, Any], ...] = (
    {"plan": "fixed", "kind": "steps", "steps": 100},
    {"plan": "gentle_start", "kind": "minutes"},
    {
        "plan": "programme",
        "programme": {
            "name": "own",
            "kind": "steps",
            "first": 100,
            "last": 100,
            "weeks": 2,
            "weekdays": ["mon", "wed", "fri", "sat"],
            "start": "2026-03-20",
        },
    },
)
DAYS = 14


@pytest.mark.parametrize("seed", SEEDS)
def test_a_clock_that_was_wrong_leaves_nothing_behind(seed: int) -> None:
    wrong = faults(Random(seed + 1_000), DAYS, Random(seed).randrange(1, 7))
    faulty, right = House(PLANS[seed % 3]), House(PLANS[seed % 3])
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


def test_a_week_of_a_plan_that_only_a_wrong_clock_reached_has_not_begun() -> None:
    """Three days ahead over a midnight: that day stays opened, the week after it does not."""
    midnight_s = 5 * DAY_S + 17 * HOUR_S
    story = [Happening(day * DAY_S + 3 * HOUR_S, "walk", (4, 40)) for day in range(DAYS)]
    wrong = [Happening(midnight_s - 600, "clock", 3 * DAY_S), Happening(midnight_s + 600, "clock", 0)]
    faulty, right = House(PLANS[1]), House(PLANS[1])
    faulty.live_through([*story, *wrong], 9 * DAY_S)
    right.live_through(story, 9 * DAY_S)
    plan = right.known()["plan"]
    assert (plan["first"], plan["week"]) == ("2026-03-27", 2)
    assert faulty.known() == right.known()


@pytest.mark.parametrize("order", ["chosen before it was reached", "reached before"])
@pytest.mark.parametrize("goal", [50, 300])
@pytest.mark.parametrize(
    ("fault", "by_s"),
    [("clock", HOUR_S), ("clock", 3_653 * DAY_S), ("clock", -3 * DAY_S), ("start wrong", -3 * DAY_S)],
)
def test_a_goal_chosen_under_a_wrong_clock_holds_from_the_day_it_would_have(
    fault: str, by_s: int, goal: int, order: str
) -> None:
    """Until today's goal is reached another one holds at once, else from tomorrow on."""
    begin_s = DAY_S + 4 * HOUR_S
    walk_s = begin_s + (600 if order == "chosen before it was reached" else 240)
    story = [
        *(Happening(day * DAY_S + 3 * HOUR_S, "walk", (1, 40)) for day in range(2)),
        Happening(walk_s, "walk", (2, 60)),
        Happening(begin_s + 480, "goal", goal),
    ]
    wrong = [Happening(begin_s, fault, by_s), Happening(begin_s + 1_500, "clock", 0)]
    faulty, right = House(PLANS[0]), House(PLANS[0])
    faulty.live_through([*story, *wrong], 2 * DAY_S)
    right.live_through([*story, *([Happening(begin_s, "restart")] if fault != "clock" else [])], 2 * DAY_S)
    expected = goal if order == "chosen before it was reached" else 100
    assert [kept.goal.value for kept in right.goal_days.days()][1] == expected
    assert faulty.known()["goal days"] == right.known()["goal days"]
