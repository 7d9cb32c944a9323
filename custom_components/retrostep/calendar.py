"""A walker's days as a calendar: sessions that were walked, goals of days, days a program plans.

What else comes into it is one more function in `SOURCES`. Loaded only for walkers who want a calendar.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, override

from homeassistant.components.calendar import CalendarEntity, CalendarEntityDescription, CalendarEvent
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .coordinator import RetroStepConfigEntry, WalkerCoordinator
from .core.goals.goal import DayStatus, Goal, GoalDay, GoalKind
from .core.goals.programme import planned_days
from .core.ledger.day_calendar import epoch_minute, minute_start
from .core.ledger.ledger import SESSION_MAX_MIN
from .core.ledger.page import EPOCH_MIN_FIRST
from .entity import WalkerEntity, WalkerEntityDescription
from .features.goal_texts import async_amount, async_common

PARALLEL_UPDATES = 0

SESSION: Final = "calendar_session"
GOAL: Final = "calendar_goal"
GOAL_REACHED: Final = "calendar_goal_reached"
GOAL_MISSED: Final = "calendar_goal_missed"

_INSTANT: Final = timedelta(microseconds=1)
_DAY: Final = timedelta(days=1)
_SESSION_MAX: Final = timedelta(minutes=SESSION_MAX_MIN)
# No pod is older: whatever is asked for, nothing is before.
_FIRST: Final = minute_start(EPOCH_MIN_FIRST)


def _sessions(walker: WalkerCoordinator, start: datetime, end: datetime) -> Iterable[CalendarEvent]:
    """Give the sessions that touch a span."""
    for session in walker.sessions.between(start - _SESSION_MAX, end):
        if session.end <= start:
            continue
        steps = Goal(GoalKind.STEPS, session.steps)
        metres = Goal(GoalKind.METRES, session.distance_dm / 10)
        minutes = Goal(GoalKind.MINUTES, round(session.walking_s / 60, 1))
        yield CalendarEvent(
            start=dt_util.as_local(session.start),
            end=dt_util.as_local(session.end),
            summary=async_common(walker.hass, SESSION).format(steps=async_amount(walker.hass, steps)),
            description=f"{async_amount(walker.hass, metres)} · {async_amount(walker.hass, minutes)}",
            uid=f"session-{session.start:%Y%m%dT%H%M%SZ}",
        )


def _goal_days(walker: WalkerCoordinator, start: datetime, end: datetime) -> Iterable[CalendarEvent]:
    """Give the goals of the days that touch a span, as events of whole days."""
    end = min(end, walker.now())
    if start >= end:
        return
    span_at, today = walker.ledger.calendar.span_at, walker.goals.goal_days.current.day
    first, last = (span_at(epoch_minute(moment)).day for moment in (start, end - _INSTANT))
    for day in walker.goals.days(first, last):
        if day.asks or day.met:
            yield _goal_event(walker, day, today)


def _planned_days(walker: WalkerCoordinator, start: datetime, end: datetime) -> Iterable[CalendarEvent]:
    """Give the days ahead on which a program asks for its goal."""
    settings, today = walker.goals.view.settings, walker.goals.goal_days.current.day
    if (programme := settings.programme) is None:
        return
    days = walker.goals.days(programme.start, today)
    first, last = dt_util.as_local(start).date(), dt_util.as_local(end - _INSTANT).date()
    for day, goal in planned_days(programme, days, today, paused=settings.paused):
        if day > today and first <= day <= last:
            yield _goal_event(walker, GoalDay(day, goal, DayStatus.ACTIVE), day)


def _goal_event(walker: WalkerCoordinator, day: GoalDay, today: date) -> CalendarEvent:
    """Describe a day by its goal; today's is open until it is reached."""
    key = GOAL_REACHED if day.met else GOAL if day.day == today else GOAL_MISSED
    done = replace(day.goal, value=round(day.done, 1))
    amounts = {
        "goal": async_amount(walker.hass, day.goal),
        "value": async_amount(walker.hass, done),
    }
    return CalendarEvent(
        start=day.day,
        end=day.day + _DAY,
        summary=async_common(walker.hass, key).format_map(amounts),
        uid=f"goal-{day.day.isoformat()}",
    )


@dataclass(frozen=True, kw_only=True)
class WalkerCalendarEntityDescription(WalkerEntityDescription, CalendarEntityDescription):
    """Describes the calendar of a walker."""


CALENDARS: tuple[WalkerCalendarEntityDescription, ...] = (WalkerCalendarEntityDescription(key="walking"),)

type Source = Callable[[WalkerCoordinator, datetime, datetime], Iterable[CalendarEvent]]

SOURCES: tuple[Source, ...] = (_sessions, _goal_days, _planned_days)


async def async_setup_entry(
    hass: HomeAssistant, entry: RetroStepConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Set up the calendar of a walker."""
    async_add_entities(WalkerCalendar(entry.runtime_data, description) for description in CALENDARS)


class WalkerCalendar(WalkerEntity, CalendarEntity):
    """Shows what was walked; its state is today's goal: on while today has one."""

    _platform = Platform.CALENDAR
    entity_description: WalkerCalendarEntityDescription

    @property
    @override
    def shown(self) -> Hashable:
        """Today's goal and whether it is reached; single steps make no new state."""
        today = self.coordinator.goals.goal_days.current
        return (today.day, today.goal, today.asks, today.met)

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """Today's goal."""
        today = self.coordinator.goals.goal_days.current
        return _goal_event(self.coordinator, today, today.day) if today.asks or today.met else None

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Give everything in start_date <= t < end_date, in the order of time."""
        start = max(start_date, _FIRST)
        events = [event for source in SOURCES for event in source(self.coordinator, start, end_date)]
        return sorted(events, key=lambda event: event.start_datetime_local)
