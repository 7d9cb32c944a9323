"""Answers in words say what is shown, as somebody would say it."""

from dataclasses import replace

import pytest

from custom_components.retrostep.core.goals.goal import GoalKind
from custom_components.retrostep.core.goals.plan import read_settings
from custom_components.retrostep.core.goals.view import Explanation, GoalView
from custom_components.retrostep.core.sitting.models import QuietReason, SittingState, SittingView
from custom_components.retrostep.core.spoken.answers import Teller
from custom_components.retrostep.core.spoken.phrasebook import read

BOOK = read()["en"]
TO_ANN = Teller(BOOK)
OF_BOB = Teller(BOOK, "Bob")
GOAL = GoalView(
    kind=GoalKind.STEPS,
    unit="steps",
    goal=300,
    done=176,
    progress_pct=58,
    remaining=124,
    met=False,
    paused=False,
    rest_day=False,
    settings=read_settings({}),
    plan_view=None,
    programme=None,
    explanation=Explanation("fixed", {}),
    streak=0,
    best=0,
    days_met_this_week=0,
)
WEEK = {"backward_steps": 1_240, "backward_m": 620.0, "sessions": 1}


def test_steps_are_told_to_who_walks_and_of_others_by_name() -> None:
    assert TO_ANN.steps(124) == "You've walked 124 steps backward today."
    assert OF_BOB.steps(1) == "Bob has walked 1 step backward today."
    assert TO_ANN.steps(0) == "You haven't walked backward yet today."
    assert OF_BOB.steps(0) == "Bob hasn't walked backward yet today."


@pytest.mark.parametrize(
    ("kind", "left", "goal", "told"),
    [
        (GoalKind.STEPS, 1, 300, "1 backward step to go. Today's goal is 300 backward steps."),
        (GoalKind.MINUTES, 1.25, 5, "1.2 minutes to go. Today's goal is 5 minutes."),
        (GoalKind.METRES, 40, 100, "40 meters to go. Today's goal is 100 meters."),
        (GoalKind.SESSIONS, 1, 3, "1 session to go. Today's goal is 3 sessions."),
    ],
)
def test_the_goal_is_told_in_what_it_counts(kind: GoalKind, left: float, goal: float, told: str) -> None:
    view = replace(GOAL, kind=kind, remaining=left, goal=goal)
    assert TO_ANN.goal(view) == f"You have {told}"
    assert OF_BOB.goal(view) == f"Bob has {told}"


def test_a_house_in_feet_hears_feet() -> None:
    in_feet = Teller(BOOK, in_feet=lambda metres: round(metres / 0.3048))
    assert in_feet.goal(replace(GOAL, kind=GoalKind.METRES, remaining=40, goal=100)) == (
        "You have 131 feet to go. Today's goal is 328 feet."
    )


def test_a_day_without_a_way_to_go_says_why() -> None:
    assert TO_ANN.goal(replace(GOAL, met=True, remaining=0)) == (
        "You've reached today's goal of 300 backward steps."
    )
    assert TO_ANN.goal(replace(GOAL, rest_day=True)) == "Today is a rest day, so there's no goal."
    assert TO_ANN.goal(replace(GOAL, paused=True)) == "Goals are paused."
    # What was done counts on a day of rest, too.
    assert "reached" in TO_ANN.goal(replace(GOAL, met=True, rest_day=True, remaining=0))


@pytest.mark.parametrize("state", [SittingState.SITTING, SittingState.DUE, SittingState.SNOOZED])
def test_a_sit_is_told_whatever_comes_of_it(state: SittingState) -> None:
    view = SittingView(state=state, sitting_min=61)
    assert TO_ANN.sitting(view) == "You've been sitting for 1 hour and 1 minute."
    assert OF_BOB.sitting(view) == "Bob has been sitting for 1 hour and 1 minute."


def test_a_quiet_time_does_not_hide_a_sit() -> None:
    view = SittingView(state=SittingState.QUIET, reason=QuietReason.BUSY, sitting_min=12)
    assert TO_ANN.sitting(view) == "You've been sitting for 12 minutes."


def test_what_is_not_known_of_sitting_is_not_made_up() -> None:
    assert TO_ANN.sitting(SittingView(SittingState.UNKNOWN)) == "I can't tell right now."
    assert "no pod is being worn" in TO_ANN.sitting(SittingView(SittingState.NOT_WORN, sitting_min=0))
    assert TO_ANN.sitting(SittingView(SittingState.MOVING, sitting_min=0)) == "You're not sitting right now."


@pytest.mark.parametrize(
    ("change_pct", "told"),
    [
        (12.4, " That's 12 percent more than at this point last week."),
        (-30.0, " That's 30 percent less than at this point last week."),
        (0.3, " That's about the same as at this point last week."),
        (None, ""),
    ],
)
def test_the_week_is_told_beside_the_last_one(change_pct: float | None, told: str) -> None:
    answer = TO_ANN.week({"this_week": WEEK, "change_pct": change_pct}, 2)
    assert answer == (
        "You've walked 1240 steps backward this week, covering 620 meters in 1 session. "
        f"Goal reached on 2 days.{told}"
    )


def test_a_week_without_a_step_is_short() -> None:
    nothing = {"this_week": {**WEEK, "backward_steps": 0}, "change_pct": -100.0}
    assert OF_BOB.week(nothing, 0) == "Bob hasn't walked backward yet this week."
