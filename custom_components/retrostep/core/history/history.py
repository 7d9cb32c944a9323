"""A walker's past in hours, days, weeks and months, as the ledger holds it.

Hours are those of the statistics, full hours of UTC; `hours_of_day` gives those of the wall clock.
Days are the walker's; weeks begin on Monday (Home Assistant knows a first weekday only for a user,
not for the house), months on the first.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum, auto
from itertools import groupby
from typing import Final

from ..ledger.counts import ZERO, Counts
from ..ledger.day_calendar import epoch_minute, minute_start
from ..ledger.ledger import Ledger
from ..ledger.page import EPOCH_MIN_FIRST
from ..ledger.totals import DayTotals
from .session_index import SessionIndex

PERIODS_MAX: Final = 1_000
"""So many hours or days at once: 41 days of hours, more than two years of days."""
DAYS_MAX: Final = 3_660
"""Weeks and months are made of so many days at most: ten years."""
# No pod is older; nothing can be asked for before.
_FIRST: Final = minute_start(EPOCH_MIN_FIRST)
_INSTANT: Final = timedelta(microseconds=1)
_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)


class PeriodKind(StrEnum):
    """How long a period is."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """What one hour, day, week or month held, with what is seen live.

    `manual` (walks added by hand) and `undated` (minutes whose time the pod never learned) are parts of
    `counts`; `undated` and `dates` (its first and last day) are None for an hour, `sessions` is where
    single sessions are gone.
    """

    start: datetime
    end: datetime
    zone: str
    counts: Counts
    manual: Counts
    undated: Counts | None
    sessions: int | None
    dates: tuple[date, date] | None


class HistoryFailure(StrEnum):
    """Why a span can't be answered, as the key of the text that says so."""

    SPAN_EMPTY = auto()
    SPAN_TOO_LONG = auto()
    HOURS_GONE = auto()


class HistoryError(Exception):
    """A span that can't be answered."""

    def __init__(self, reason: HistoryFailure) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Week:
    """The walker's week up to now."""

    start: datetime
    counts: Counts


class History:
    """What a ledger says of the past.

    `refresh` takes over what changed; `week`, `sessions_today` and `last_session` are at hand after it and
    cost nothing, everything else is looked up when asked.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Look at a ledger; `refresh` has to come first."""
        self.sessions = SessionIndex(ledger)
        self.sessions_today = 0
        self._ledger = ledger
        self._week = Week(datetime.fromtimestamp(0, UTC), ZERO)

    def open(self, now: datetime) -> None:
        """Refresh for the first time, and look at every day once: from then on they are at hand.

        After years that takes a while; it may be done in a thread as long as nobody else has the ledger.
        """
        self._ledger.days()
        self.refresh(now)

    def refresh(self, now: datetime, changed_hours: Collection[datetime] | None = None) -> None:
        """Take over changed hours of the ledger (None: everything) or a new day."""
        self.sessions.refresh(now, changed_hours)
        today = self._ledger.today(now)
        self.sessions_today = self.sessions.count_of_day(today.date, today.start, today.end)
        monday = today.date - timedelta(days=today.date.weekday())
        before = [self._day(day, now) for day in _dates(monday, today.date - _DAY)]
        start = minute_start(self._ledger.calendar.span_of(monday).first)
        self._week = Week(start, sum((day.counts for day in before), ZERO))

    def week(self, today: DayTotals) -> Week:
        """Give the week with its day that is open."""
        return Week(self._week.start, self._week.counts + today.counts)

    def periods(self, kind: PeriodKind, start: datetime, end: datetime, now: datetime) -> list[Period]:
        """Give the periods that touch start <= t < end, ascending, also empty ones; none after now.

        Raises HistoryError.
        """
        if start >= end:
            raise HistoryError(HistoryFailure.SPAN_EMPTY)
        start, end = max(start, _FIRST), min(end, now)
        if start >= end:
            return []
        if kind is PeriodKind.HOUR:
            return self._hours(start, end, now)
        calendar = self._ledger.calendar
        first = calendar.span_at(epoch_minute(start)).day
        last = calendar.span_at(epoch_minute(end - _INSTANT)).day
        if kind is PeriodKind.DAY:
            return self.days(first, last, now)
        # Whole weeks and months, as far as they have passed.
        first = _first_date(kind, first)
        last = min(_last_date(kind, last), calendar.span_at(epoch_minute(now)).day)
        if (last - first).days >= DAYS_MAX:
            raise HistoryError(HistoryFailure.SPAN_TOO_LONG)
        days = self._days(first, last, now)
        return [
            _joined(list(group)) for _, group in groupby(days, key=lambda day: _first_date(kind, _date(day)))
        ]

    def days(self, first: date, last: date, now: datetime) -> list[Period]:
        """Give the days from first to last, both included; raises HistoryError."""
        if (last - first).days >= PERIODS_MAX:
            raise HistoryError(HistoryFailure.SPAN_TOO_LONG)
        return self._days(first, last, now)

    def last_days(self, number: int, now: datetime) -> list[Period]:
        """Give so many days with today as the last one."""
        today = self._ledger.calendar.span_at(epoch_minute(now)).day
        return self.days(today - timedelta(days=number - 1), today, now)

    def all_days(self, now: datetime, others: Collection[date] = ()) -> list[Period]:
        """Give every day with anything counted, today, and others that have come."""
        today = self._ledger.calendar.span_at(epoch_minute(now)).day
        dates = {day.date for day in self._ledger.days()} | {today, *(day for day in others if day < today)}
        return [self._day(day, now) for day in sorted(dates)]

    def all_hours(self, now: datetime) -> list[Period]:
        """Give every hour kept with anything counted."""
        found = [(hour, counts) for hour, counts in self._ledger.hours() if counts]
        if not found:
            return []
        manual = self._manual_hours(epoch_minute(found[0][0]) // 60, epoch_minute(now) // 60 + 1)
        zone = self._ledger.calendar.span_at(epoch_minute(now)).zone
        return [self._hour(hour, zone, counts, manual.get(hour, ZERO)) for hour, counts in found]

    def first_day(self) -> date | None:
        """Give the first day with anything counted."""
        days = self._ledger.days()
        return days[0].date if days else None

    def _hours(self, start: datetime, end: datetime, now: datetime) -> list[Period]:
        """Give the hours that touch start <= t < end."""
        first, stop = epoch_minute(start) // 60, epoch_minute(end - _INSTANT) // 60 + 1
        if stop - first > PERIODS_MAX:
            raise HistoryError(HistoryFailure.SPAN_TOO_LONG)
        if minute_start(first * 60) < self._ledger.hours_since:
            raise HistoryError(HistoryFailure.HOURS_GONE)
        found = dict(self._ledger.hours(minute_start(first * 60)))
        manual = self._manual_hours(first, stop)
        zone = self._ledger.calendar.span_at(epoch_minute(now)).zone
        hours = (minute_start(number * 60) for number in range(first, stop))
        return [self._hour(hour, zone, found.get(hour, ZERO), manual.get(hour, ZERO)) for hour in hours]

    def _hour(self, hour: datetime, zone: str, counts: Counts, manual: Counts) -> Period:
        """Give one hour, with what is seen live in it."""
        known = hour >= self._ledger.minutes_since
        return Period(
            start=hour,
            end=hour + _HOUR,
            zone=zone,
            counts=counts + self._ledger.ahead(hour, hour + _HOUR),
            manual=manual,
            undated=None,
            sessions=self.sessions.count(hour, hour + _HOUR) if known else None,
            dates=None,
        )

    def _manual_hours(self, first: int, stop: int) -> dict[datetime, Counts]:
        """Give what walks added by hand hold in the epoch hours first <= h < stop."""
        found: dict[datetime, Counts] = {}
        for walk in self._ledger.walks():
            if walk.minute // 60 >= stop or (walk.minute + walk.duration_s // 60) // 60 < first:
                continue
            for minute, part in walk.portions():
                hour = minute_start(minute // 60 * 60)
                found[hour] = found.get(hour, ZERO) + part
        return found

    def _days(self, first: date, last: date, now: datetime) -> list[Period]:
        # A date that a move over the date line skipped is none of the walker's days.
        return [day for number in _dates(first, last) if (day := self._day(number, now)).start < day.end]

    def _day(self, day: date, now: datetime) -> Period:
        """Give one day, as the entities show it while it is open."""
        totals, ahead = self._ledger.day(day), ZERO
        if totals.start <= now < totals.end:
            totals = self._ledger.today(now)
        elif totals.start <= now:
            ahead = self._ledger.ahead(totals.start, totals.end)
        return Period(
            start=totals.start,
            end=totals.end,
            zone=totals.zone,
            counts=totals.counts + ahead,
            manual=totals.manual,
            undated=totals.undated,
            sessions=self.sessions.count_of_day(day, totals.start, totals.end),
            dates=(day, day),
        )


def _dates(first: date, last: date) -> Iterable[date]:
    """Give the dates from first to last, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _date(day: Period) -> date:
    """Give the date of a day."""
    assert day.dates
    return day.dates[0]


def _first_date(kind: PeriodKind, day: date) -> date:
    """Give the first date of the week or month of a date."""
    return day - timedelta(days=day.weekday()) if kind is PeriodKind.WEEK else day.replace(day=1)


def _last_date(kind: PeriodKind, day: date) -> date:
    """Give the last date of the week or month of a date."""
    first = _first_date(kind, day)
    return first + 6 * _DAY if kind is PeriodKind.WEEK else (first + 31 * _DAY).replace(day=1) - _DAY


def _joined(days: list[Period]) -> Period:
    """Make one period of the days of a week or month."""
    return Period(
        start=days[0].start,
        end=days[-1].end,
        zone=days[-1].zone,
        counts=sum((day.counts for day in days), ZERO),
        manual=sum((day.manual for day in days), ZERO),
        undated=sum((day.undated or ZERO for day in days), ZERO),
        sessions=sum(day.sessions or 0 for day in days),
        dates=(_date(days[0]), _date(days[-1])),
    )
