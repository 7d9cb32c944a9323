"""Sessions: stretches of backward walking, found in minute rows only.

Because nothing but minute rows enters, minutes that were seen live and minutes that arrived days
later give the same sessions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

PAUSE_S: Final = 120
"""A pause this long ends a session."""
MIN_WALKING_S: Final = 20
MIN_STEPS: Final = 10
"""Less than both is a step aside, not a session."""


@dataclass(frozen=True, slots=True)
class BackwardMinute:
    """The backward walking of one minute row; seconds are those of the minute, -1 if unknown."""

    minute: int
    steps: int
    distance_dm: int
    walking_s: int
    first_s: int
    last_s: int
    max_cm: int

    @property
    def start_s(self) -> int:
        """Epoch second the first stride began; a stride that began before the minute has the later second."""
        if self.first_s < 0:
            return self.minute * 60
        return self.minute * 60 + self.first_s - (60 if self.first_s > self.last_s else 0)

    @property
    def end_s(self) -> int:
        """Epoch second after the one the last stride ended in."""
        return self.minute * 60 + (self.last_s + 1 if self.last_s >= 0 else 60)


@dataclass(frozen=True, slots=True)
class Session:
    """One stretch of backward walking with pauses shorter than two minutes."""

    start: datetime
    end: datetime
    steps: int
    distance_dm: int
    walking_s: int
    longest_cm: int


def _session(minutes: list[BackwardMinute]) -> Session | None:
    """Make one session of minutes that belong together, if they hold enough walking."""
    steps = sum(minute.steps for minute in minutes)
    walking_s = sum(minute.walking_s for minute in minutes)
    if steps < MIN_STEPS and walking_s < MIN_WALKING_S:
        return None
    return Session(
        start=datetime.fromtimestamp(minutes[0].start_s, UTC),
        end=datetime.fromtimestamp(max(minute.end_s for minute in minutes), UTC),
        steps=steps,
        distance_dm=sum(minute.distance_dm for minute in minutes),
        walking_s=walking_s,
        longest_cm=max(minute.max_cm for minute in minutes),
    )


def find_sessions(minutes: Iterable[BackwardMinute]) -> list[Session]:
    """Find the sessions in minutes given in the order of time; those without backward steps are skipped."""
    found: list[Session] = []
    group: list[BackwardMinute] = []

    def close() -> None:
        if group and (session := _session(group)) is not None:
            found.append(session)
        group.clear()

    for minute in minutes:
        if minute.steps <= 0:
            continue
        if group and minute.start_s - group[-1].end_s >= PAUSE_S:
            close()
        group.append(minute)
    close()
    return found
