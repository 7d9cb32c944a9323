"""Gait figures of walking backward, per session, week and pod, from the sums of minute rows.

All are quotients of sums, so a long session weighs more than a short one. A row's sums are rounded to 10 cm
and 1 s; walking time runs from the first lift to the last stance of a bout. How far the figures are off is in
docs/accuracy.md. What rows hold no sums of squares for (spread, stance) is not told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ..ledger.day_calendar import epoch_minute
from ..ledger.pod_log import KeptMinute
from ..ledger.sessions import Session
from ..smallest_change import Comparison, compare_last

MIN_STRIDES: Final = 6
"""With fewer strides of a pod nothing is said of it: one more or less would be a fifth."""


@dataclass(frozen=True, slots=True)
class Gait:
    """Figures of some walking backward; None where nothing is known."""

    steps: int
    distance_m: float
    walking_s: int
    longest_stride_m: float | None

    @property
    def speed_mps(self) -> float | None:
        """Metres a second while walking."""
        return self.distance_m / self.walking_s if self.walking_s else None

    @property
    def cadence_spm(self) -> float | None:
        """Steps a minute while walking."""
        return self.steps * 60 / self.walking_s if self.walking_s else None

    @property
    def stride_length_m(self) -> float | None:
        """Mean length of a stride, two steps, of the foot with the pod."""
        return 2 * self.distance_m / self.steps if self.steps and self.distance_m else None

    @property
    def stride_time_s(self) -> float | None:
        """Mean time of a stride."""
        return 2 * self.walking_s / self.steps if self.steps and self.walking_s else None


FIGURES: Final = ("speed_mps", "cadence_spm", "stride_length_m")
"""What has a trend; the longest stride is one stride, and stride time says what cadence does."""


@dataclass(frozen=True, slots=True)
class Week:
    """The sessions of a week, from this Monday on."""

    monday: date
    sessions: int
    gait: Gait


def gait_of(sessions: Iterable[Session]) -> Gait:
    """Give the figures of some sessions together."""
    found = list(sessions)
    longest_cm = max((session.longest_cm for session in found), default=0)
    return Gait(
        sum(session.steps for session in found),
        sum(session.distance_dm for session in found) / 10,
        sum(session.walking_s for session in found),
        longest_cm / 100 or None,
    )


def weeks_of(sessions: Iterable[Session], zone: ZoneInfo) -> list[Week]:
    """Give the weeks with sessions, ascending; a week is the walker's own."""
    by_week: dict[date, list[Session]] = {}
    for session in sessions:
        day = session.start.astimezone(zone).date()
        by_week.setdefault(day - timedelta(days=day.weekday()), []).append(session)
    return [Week(monday, len(of_week), gait_of(of_week)) for monday, of_week in sorted(by_week.items())]


def changes_of(weeks: Sequence[Week], today: date) -> dict[str, Comparison]:
    """Compare the last week that is over with those before, by figure; without five before it nothing."""
    over = [week for week in weeks if week.monday + timedelta(weeks=1) <= today]
    found = {}
    for figure in FIGURES:
        values = [value for week in over if (value := getattr(week.gait, figure)) is not None]
        if (comparison := compare_last(values)) is not None:
            found[figure] = comparison
    return found


class Feet:
    """What each of several pods counted in the minutes in which more than one did."""

    def __init__(self, rows: Iterable[tuple[str, int, KeptMinute]]) -> None:
        """Take (pod, minute, row) of all pods, of minutes that count."""
        self._minutes: dict[int, dict[str, KeptMinute]] = {}
        for pod, minute, row in rows:
            if row.back:
                self._minutes.setdefault(minute, {})[pod] = row

    def of(self, session: Session) -> Mapping[str, Gait]:
        """Give the figures of each pod of a session; empty unless two pods walked."""
        sums: dict[str, list[KeptMinute]] = {}
        for minute in range(epoch_minute(session.start), epoch_minute(session.end) + 1):
            rows = self._minutes.get(minute, {})
            if len(rows) > 1:
                for pod, row in rows.items():
                    sums.setdefault(pod, []).append(row)
        gaits = {pod: _gait(rows) for pod, rows in sorted(sums.items())}
        known = {pod: gait for pod, gait in gaits.items() if gait.steps >= 2 * MIN_STRIDES}
        return known if len(known) > 1 else {}


def _gait(rows: Sequence[KeptMinute]) -> Gait:
    return Gait(
        sum(row.back for row in rows),
        sum(row.back_dm for row in rows) / 10,
        sum(row.back_s for row in rows),
        max(row.max_cm for row in rows) / 100 or None,
    )
