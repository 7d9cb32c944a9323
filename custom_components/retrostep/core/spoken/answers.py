"""Answers in words, from what entities and actions show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..goals.goal import GoalKind
from ..goals.view import GoalView
from ..sitting.models import SittingState, SittingView
from .phrasebook import Phrasebook

_UNITS: Final[Mapping[GoalKind, str]] = {
    GoalKind.STEPS: "backward_step",
    GoalKind.MINUTES: "minute",
    GoalKind.SESSIONS: "session",
}


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells of one walker; `named` if it is not the one who is spoken to.

    `in_feet` converts metres where the house counts in feet.
    """

    book: Phrasebook
    named: str | None = None
    in_feet: Callable[[float], float] | None = None

    def _say(self, key: str, **said: str) -> str:
        return self.book.say(key, named=self.named, **said)

    def distance(self, metres: float) -> str:
        """Write a distance in the unit of the house."""
        if self.in_feet is None:
            return self.book.amount("meter", metres)
        return self.book.amount("foot", self.in_feet(metres))

    def steps(self, steps: int) -> str:
        """Tell the backward steps of today."""
        return self._say("steps", steps=self.book.amount("step", steps)) if steps else self._say("no_steps")

    def goal(self, goal: GoalView) -> str:
        """Tell how far it is to today's goal."""
        said = {"goal": self._of_goal(goal, goal.goal), "left": self._of_goal(goal, goal.remaining)}
        if goal.met:
            return self._say("goal_met", **said)
        if goal.paused:
            return self._say("goal_paused")
        return self._say("goal_rest_day" if goal.rest_day else "goal_left", **said)

    def _of_goal(self, goal: GoalView, amount: float) -> str:
        if goal.kind is GoalKind.METRES:
            return self.distance(amount)
        return self.book.amount(_UNITS[goal.kind], amount)

    def sitting(self, sitting: SittingView) -> str:
        """Tell how long somebody has been sitting."""
        if sitting.state is SittingState.NOT_WORN:
            return self._say("not_worn")
        if sitting.sitting_min is None:
            return self._say("sitting_unknown")
        if sitting.state is SittingState.MOVING:
            return self._say("not_sitting")
        return self._say("sitting", time=self.book.time(sitting.sitting_min))

    def week(self, summary: Mapping[str, Any], days_met: int) -> str:
        """Tell of this week by the answer of `get_summary`, beside the last one at the same day."""
        week, change_pct = summary["this_week"], summary["change_pct"]
        if not week["backward_steps"]:
            return self._say("no_week")
        told = [
            self._say(
                "week",
                steps=self.book.amount("step", week["backward_steps"]),
                distance=self.distance(week["backward_m"]),
                sessions=self.book.amount("session", week["sessions"]),
            ),
            self._say("week_goal", days=self.book.amount("day", days_met)),
        ]
        if change_pct is not None:
            percent = round(abs(change_pct))
            key = "week_same" if not percent else "week_more" if change_pct > 0 else "week_less"
            told.append(self._say(key, percent=str(percent)))
        return self.book.say("joined").join(told)
