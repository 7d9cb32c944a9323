"""What can be asked."""

from enum import StrEnum


class Question(StrEnum):
    """A question or a request; its value names it in the tables of sentences."""

    STEPS = "steps"
    GOAL = "goal"
    SITTING = "sitting"
    WEEK = "week"
    START = "start"
    STOP = "stop"
    STOP_NOW = "stop_now"
    """A bare "stop", which means a guided session only while one goes on."""
    SNOOZE = "snooze"

    @property
    def acts(self) -> bool:
        """Whether it asks for something to be done."""
        return self in _ACTING


_ACTING = {Question.START, Question.STOP, Question.STOP_NOW, Question.SNOOZE}
