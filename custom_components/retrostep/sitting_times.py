"""When nobody wants to be reminded by the clock: quiet hours and days off."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from .sitting_models import QuietReason

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


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
        wall = now.astimezone(zone)
        if wall.weekday() not in self.days:
            return QuietReason.FREE_DAY
        clock = wall.time()
        if self.quiet_from <= self.quiet_to:
            quiet = self.quiet_from <= clock < self.quiet_to
        else:
            quiet = clock >= self.quiet_from or clock < self.quiet_to
        return QuietReason.QUIET_HOURS if quiet else None

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
