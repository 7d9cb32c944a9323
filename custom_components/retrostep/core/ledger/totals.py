"""Running sums: UTC hours and the walker's days, updated in constant time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import add
from typing import Any, Final
from zoneinfo import ZoneInfo

from .blocks import BlockMap
from .counts import COUNTS, ZERO, Counts
from .day_calendar import DayCalendar, DaySpan, Rule, minute_start

HOUR_WEEKS_KEPT: Final = 105
"""Two years of weeks on which anything was walked, and one over."""
HOUR_WEEKS_SPARE: Final = 4
"""So many more may be there before any goes: what a wrong clock adds pushes out nothing that is promised."""
_WIDTH: Final = len(COUNTS)
_HOURS_A_BLOCK: Final = 7 * 24
_DAYS_A_BLOCK: Final = 64


@dataclass(frozen=True, slots=True)
class DayTotals:
    """What one of the walker's days holds.

    `counts` includes `manual` (walks added by hand) and `undated` (minutes whose time the pod never
    learned, credited to their arrival). `start` and `end` bound the day, `zone` is the one it is kept in.
    """

    date: date
    counts: Counts
    manual: Counts
    undated: Counts
    start: datetime
    end: datetime
    zone: str


class Totals:
    """Hours and days of one walker."""

    def __init__(self, zone: ZoneInfo, day_start: time) -> None:
        """Start empty."""
        self.calendar = DayCalendar([Rule(0, zone, day_start)])
        self._hours = BlockMap(tuple, _WIDTH, _HOURS_A_BLOCK)
        self._days = BlockMap(tuple, _WIDTH, _DAYS_A_BLOCK)
        self._manual = BlockMap(tuple, _WIDTH, _DAYS_A_BLOCK)
        self._undated = BlockMap(tuple, _WIDTH, _DAYS_A_BLOCK)
        self._all = ZERO
        self._hours_from = 0

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Totals:
        """Read what `as_dict` wrote."""
        rules = [
            Rule(since, ZoneInfo(zone), time(start // 60, start % 60)) for since, zone, start in kept["rules"]
        ]
        totals = cls(rules[0].zone, rules[0].day_start)
        totals.calendar = DayCalendar(rules)
        totals._hours = BlockMap(tuple, _WIDTH, _HOURS_A_BLOCK, kept["hours"])
        totals._days = BlockMap(tuple, _WIDTH, _DAYS_A_BLOCK, kept["days"])
        totals._manual = BlockMap(tuple, _WIDTH, _DAYS_A_BLOCK, kept["manual"])
        totals._undated = BlockMap(tuple, _WIDTH, _DAYS_A_BLOCK, kept["undated"])
        totals._all = Counts(*kept["all"])
        totals._hours_from = kept["hours_from"]
        return totals

    def as_dict(self) -> dict[str, Any]:
        """Write it down."""
        return {
            "rules": [
                [rule.since, rule.zone.key, rule.day_start.hour * 60 + rule.day_start.minute]
                for rule in self.calendar.rules
            ],
            "hours": self._hours.as_blocks(),
            "days": self._days.as_blocks(),
            "manual": self._manual.as_blocks(),
            "undated": self._undated.as_blocks(),
            "all": list(self._all.as_tuple()),
            "hours_from": self._hours_from,
        }

    def credit(self, minute: int, counts: Counts, *, manual: bool = False, undated: bool = False) -> datetime:
        """Add counts (negative ones take away) to a minute's hour and day.

        Returns the hour from which on sums have changed: that of the minute, or the first one kept.
        """
        day = self.calendar.span_at(minute).day.toordinal()
        _add(self._days, day, counts)
        if manual:
            _add(self._manual, day, counts)
        if undated:
            _add(self._undated, day, counts)
        if not any(any(days.get(day) or ()) for days in (self._days, self._manual, self._undated)):
            # Emptied: what was on it proved to be of another day. Hours stay, statistics need their zero.
            self._days.drop(day)
        self._all += counts
        hour = minute // 60
        if hour >= self._hours_from:
            _add(self._hours, hour, counts)
        return minute_start(max(hour, self._hours_from) * 60)

    def credit_minutes(self, minutes: Iterable[tuple[int, Counts]]) -> set[datetime]:
        """Add the counts of many minutes; returns the hours as `credit` does."""
        # What lies in one hour and one day goes together.
        parts: dict[int, Counts] = {}
        for minute, counts in minutes:
            first = max(minute - minute % 60, self.calendar.span_at(minute).first)
            parts[first] = parts[first] + counts if first in parts else counts
        return {self.credit(first, counts) for first, counts in parts.items() if counts}

    def keep_hour(self, hour: int) -> None:
        """Have an hour even if it holds nothing, unless it is too old."""
        if hour >= self._hours_from:
            _add(self._hours, hour, ZERO)

    def all(self) -> Counts:
        """Give everything ever counted."""
        return self._all

    def counted(self, span: DaySpan) -> Counts:
        """Give what one day counts."""
        return _counts(self._days, span.day.toordinal())

    def day(self, span: DaySpan) -> DayTotals:
        """Give one day."""
        number = span.day.toordinal()
        return DayTotals(
            date=span.day,
            counts=_counts(self._days, number),
            manual=_counts(self._manual, number),
            undated=_counts(self._undated, number),
            start=minute_start(span.first),
            end=minute_start(span.end),
            zone=span.zone,
        )

    def newest_minute(self) -> int:
        """Give the first minute of the newest day that holds anything; 0: there is none."""
        newest = self._days.last()
        return self.calendar.span_of(date.fromordinal(newest)).first if newest else 0

    def days(self, first: date, last: date) -> list[DayTotals]:
        """Give the days that hold anything, both ends included."""
        return [
            self.day(self.calendar.span_of(date.fromordinal(number)))
            for number, _ in self._days.rows(first.toordinal(), last.toordinal() + 1)
        ]

    @property
    def hours_since(self) -> datetime:
        """The first hour kept."""
        return minute_start(self._hours_from * 60)

    def hours(self, first: int = 0) -> list[tuple[datetime, Counts]]:
        """Give the hours kept from an epoch hour on, ascending."""
        return [(minute_start(hour * 60), Counts(*row)) for hour, row in self._hours.rows_from(first)]

    def hours_base(self) -> Counts:
        """Give what was counted before the first hour kept."""
        kept = [sum(column) for column in zip(*(row for _, row in self._hours.rows_from(0)), strict=True)]
        return self._all - Counts(*kept)

    def forget_old_hours(self) -> None:
        """Let go of hours once there are too many weeks of them; no clock is asked."""
        weeks = sorted(self._hours.starts())
        if len(weeks) > HOUR_WEEKS_KEPT + HOUR_WEEKS_SPARE:
            self._hours_from = max(self._hours_from, weeks[-HOUR_WEEKS_KEPT])
            self._hours.drop_before(self._hours_from)


def _add(blocks: BlockMap[tuple[int, ...]], key: int, counts: Counts) -> None:
    """Add counts to a row."""
    row = blocks.get(key)
    added = counts.as_tuple()
    blocks.put(key, added if row is None else tuple(map(add, row, added, strict=True)))


def _counts(blocks: BlockMap[tuple[int, ...]], key: int) -> Counts:
    """Read a row as counts."""
    row = blocks.get(key)
    return ZERO if row is None else Counts._make(row)
