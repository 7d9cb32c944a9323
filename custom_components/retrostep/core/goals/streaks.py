"""Streaks: how many days in a row the goal was met.

Days are the walker's own days, one after the other. A date that does not exist for the walker, because
a journey skipped it, is simply not given.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum


class Mark(Enum):
    """What a day does to a streak."""

    MET = "met"
    MISSED = "missed"
    FREE = "free"
    """A paused or a rest day, or the rest of one: neither breaks it nor counts."""
    OPEN = "open"
    """Not over yet, or steps may still arrive: does not break it."""


@dataclass(frozen=True, slots=True)
class Streaks:
    """Days in a row up to now, the most ever, days met since Monday.

    `lengths`: how long the streak was on each day that was met; `breaks`: each day that ended a streak, with
    the length that was lost.
    """

    current: int
    best: int
    days_met_this_week: int
    lengths: Mapping[date, int]
    breaks: tuple[tuple[date, int], ...]


def count_streaks(marks: Iterable[tuple[date, Mark]], today: date) -> Streaks:
    """Count the streaks in days given in ascending order."""
    monday = today - timedelta(days=today.weekday())
    current = best = this_week = 0
    lengths: dict[date, int] = {}
    breaks = []
    for day, mark in marks:
        if mark is Mark.MET:
            current += 1
            lengths[day] = current
            best = max(best, current)
            this_week += monday <= day <= today
        elif mark is Mark.MISSED:
            if current:
                breaks.append((day, current))
            current = 0
    return Streaks(current, best, this_week, lengths, tuple(breaks))
