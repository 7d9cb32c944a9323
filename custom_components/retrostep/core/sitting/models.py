"""What the reminders after long sitting speak of: settings, what is known from outside, what is shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

GRACE: Final = timedelta(minutes=2)
"""No reminder so soon after a start or after a quiet time: pods have to report first what was walked."""


class SittingState(StrEnum):
    """What a walker's sitting is at."""

    NOT_WORN = "not_worn"
    UNKNOWN = "unknown"
    MOVING = "moving"
    SITTING = "sitting"
    DUE = "due"
    SNOOZED = "snoozed"
    QUIET = "quiet"


class QuietReason(StrEnum):
    """Why nobody is reminded; the first of these that holds is shown."""

    AWAY = "away"
    SWITCHED_OFF = "switched_off"
    FREE_DAY = "free_day"
    QUIET_HOURS = "quiet_hours"
    SCHEDULE = "schedule"
    BUSY = "busy"


class ReminderEvent(StrEnum):
    """What happens to a reminder."""

    DUE = "due"
    REPEATED = "repeated"
    WITHDRAWN = "withdrawn"
    DONE = "done"
    SNOOZED = "snoozed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class SittingSettings:
    """How long is too long, how often to remind, and what counts as getting up.

    The break is 10 steps within 30 s: less is a stretch of the legs under the desk. `backward_only`: a
    reminder that is out ends with `backward_steps` backward and with nothing else that is walked; they
    have a minute, as nobody should hurry backward.
    """

    threshold: timedelta = timedelta(minutes=45)
    repeat: timedelta = timedelta(minutes=15)
    at_most: int = 4
    then_every: timedelta = timedelta(hours=1)
    break_steps: int = 10
    break_window: timedelta = timedelta(seconds=30)
    backward_only: bool = False
    backward_steps: int = 20
    backward_window: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known at a moment besides steps; None: nobody says.

    `until`: when `quiet` may change by the clock alone. `gone`: no pod feels the foot: each is out of
    reach and would not be if all were well (one that saves power is silent on purpose), or its sensor failed.
    """

    worn: bool | None = None
    seat: bool | None = None
    quiet: QuietReason | None = None
    until: datetime | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class SittingView:
    """What a walker's entities show of sitting; minutes are whole ones."""

    state: SittingState = SittingState.UNKNOWN
    reason: QuietReason | None = None
    sitting_min: int | None = None
    too_long: bool | None = None
    worn: bool | None = None
    next_reminder: datetime | None = None
    snoozed_until: datetime | None = None
    reminders_given: int = 0
    sitting_today_min: int = 0
    longest_today_min: int = 0
    breaks_today: int = 0
    enabled: bool = True
    threshold_min: int = 45
    repeat_min: int = 15
