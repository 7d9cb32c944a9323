"""A walker's settings of the reminders, and the times of the week at which they are silent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from ..ledger.day_calendar import WEEKDAYS
from .models import QuietReason, SittingSettings

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
CONF_SEND: Final = "send"

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
    CONF_SEND: True,
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
    send: bool

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
            send=chosen[CONF_SEND],
        )


@dataclass(frozen=True, slots=True)
class WeeklyTimes:
    """Days on which to remind (0: Monday) and the hours in which not to; both on the wall clock.

    Quiet hours may cross midnight; from and to the same time means none.
    """

    days: frozenset[int] = frozenset(range(7))
    quiet_from: time = time(21)
    quiet_to: time = time(8)

    def reason(self, now: datetime, zone: ZoneInfo) -> QuietReason | None:
        """Say why nobody is reminded now."""
        if now.astimezone(zone).weekday() not in self.days:
            return QuietReason.FREE_DAY
        return QuietReason.QUIET_HOURS if self.is_quiet(now, zone) else None

    def is_quiet(self, now: datetime, zone: ZoneInfo) -> bool:
        """Say whether it is a quiet hour, whatever day it is."""
        clock = now.astimezone(zone).time()
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= clock < self.quiet_to
        return clock >= self.quiet_from or clock < self.quiet_to

    def next_look(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Give the next moment at which the reason may change."""
        today = now.astimezone(zone).date()
        # The wall clock may skip a time or show it twice: both moments are looked at.
        moments = (
            datetime.combine(today + timedelta(days=day), clock, zone).replace(fold=fold).astimezone(UTC)
            for day in range(3)
            for clock in (time(0), self.quiet_from, self.quiet_to)
            for fold in (0, 1)
        )
        return min(moment for moment in moments if moment > now)
