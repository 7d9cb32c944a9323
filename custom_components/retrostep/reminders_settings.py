"""A walker's settings of the reminders, as they stand in the options; pure."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any, Final

from .calendar_days import WEEKDAYS
from .sitting_models import SittingSettings
from .sitting_times import WeeklyTimes

if TYPE_CHECKING:
    from collections.abc import Mapping

CONF_ENABLED: Final = "enabled"
CONF_THRESHOLD_MIN: Final = "threshold_min"
CONF_REPEAT_MIN: Final = "repeat_min"
CONF_AT_MOST: Final = "at_most"
CONF_SNOOZE_MIN: Final = "snooze_min"
CONF_BREAK_STEPS: Final = "break_steps"
CONF_BACKWARD_ONLY: Final = "backward_only"
CONF_BACKWARD_STEPS: Final = "backward_steps"
CONF_QUIET_FROM: Final = "quiet_from"
CONF_QUIET_TO: Final = "quiet_to"
CONF_DAYS: Final = "days"
CONF_SCHEDULE: Final = "schedule"
CONF_SEAT: Final = "seat"
CONF_ZONES: Final = "zones"
CONF_BUSY: Final = "busy"
CONF_NOTIFY: Final = "notify"
CONF_PHONES: Final = "phones"

HOME_ZONE: Final = "zone.home"

DEFAULTS: Final[Mapping[str, Any]] = {
    CONF_ENABLED: True,
    CONF_THRESHOLD_MIN: 45,
    CONF_REPEAT_MIN: 15,
    CONF_AT_MOST: 4,
    CONF_SNOOZE_MIN: 30,
    CONF_BREAK_STEPS: 10,
    CONF_BACKWARD_ONLY: False,
    CONF_BACKWARD_STEPS: 20,
    CONF_QUIET_FROM: "21:00:00",
    CONF_QUIET_TO: "08:00:00",
    CONF_DAYS: list(WEEKDAYS),
    CONF_SCHEDULE: None,
    CONF_SEAT: None,
    # The pod is heard at home only; on the way nothing is known of it.
    CONF_ZONES: [HOME_ZONE],
    CONF_BUSY: [],
    CONF_NOTIFY: [],
    CONF_PHONES: [],
}


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """All settings; entities by registry id, or by entity id where the registry does not know them."""

    enabled: bool
    sitting: SittingSettings
    snooze: timedelta
    times: WeeklyTimes
    schedule: str | None
    seat: str | None
    zones: tuple[str, ...]
    busy: tuple[str, ...]
    notify: tuple[str, ...]
    phones: tuple[str, ...]

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> ReminderSettings:
        """Read the section of the options; what is missing has its default."""
        chosen = {**DEFAULTS, **options}
        return cls(
            enabled=chosen[CONF_ENABLED],
            sitting=SittingSettings(
                threshold=timedelta(minutes=chosen[CONF_THRESHOLD_MIN]),
                repeat=timedelta(minutes=chosen[CONF_REPEAT_MIN]),
                at_most=int(chosen[CONF_AT_MOST]),
                break_steps=int(chosen[CONF_BREAK_STEPS]),
                backward_only=chosen[CONF_BACKWARD_ONLY],
                backward_steps=int(chosen[CONF_BACKWARD_STEPS]),
            ),
            snooze=timedelta(minutes=chosen[CONF_SNOOZE_MIN]),
            times=WeeklyTimes(
                days=frozenset(WEEKDAYS.index(day) for day in chosen[CONF_DAYS]),
                quiet_from=time.fromisoformat(chosen[CONF_QUIET_FROM]),
                quiet_to=time.fromisoformat(chosen[CONF_QUIET_TO]),
            ),
            schedule=chosen[CONF_SCHEDULE],
            seat=chosen[CONF_SEAT],
            zones=tuple(chosen[CONF_ZONES]),
            busy=tuple(chosen[CONF_BUSY]),
            notify=tuple(chosen[CONF_NOTIFY]),
            phones=tuple(chosen[CONF_PHONES]),
        )
