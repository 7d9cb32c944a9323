"""The walker's days: which day a minute belongs to, when a day starts and ends.

A day starts at the walker's day start (a wall-clock time) in the walker's zone and so lasts 23 or
25 hours where the clocks change. A new zone takes effect when the day that is open ends: a day
keeps the zone it was opened in. Days never overlap and leave no gap: after a move to the west the
open day lasts until the date has changed at the new place too; after a move to the east the next
day is short.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import zip_longest
from typing import Final
from zoneinfo import ZoneInfo

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the order in which Python counts them."""

_DAY = timedelta(days=1)
_CACHED_SPANS = 4_096


def epoch_minute(moment: datetime) -> int:
    """Give the UTC minute an aware moment lies in, counted from 1970."""
    return int(moment.timestamp() // 60)


def minute_start(minute: int) -> datetime:
    """Give the moment a UTC minute starts."""
    return datetime.fromtimestamp(minute * 60, UTC)


@dataclass(frozen=True, slots=True)
class Rule:
    """From minute `since` on, days follow the wall clock of `zone` and start at `day_start`."""

    since: int
    zone: ZoneInfo
    day_start: time

    def starts(self, day: date) -> int:
        """Give the minute the day would start by this rule alone.

        A day start that the clocks skip is the moment after the gap; one that comes twice is the first.
        """
        wall = datetime.combine(day, self.day_start, self.zone)
        return epoch_minute(wall)

    def day_at(self, minute: int) -> date:
        """Give the day a minute belongs to by this rule alone."""
        wall = minute_start(minute).astimezone(self.zone).replace(tzinfo=None)
        offset = timedelta(hours=self.day_start.hour, minutes=self.day_start.minute)
        day = (wall - offset).date()
        if minute < self.starts(day):
            return day - _DAY
        return day + _DAY if minute >= self.starts(day + _DAY) else day


@dataclass(frozen=True, slots=True)
class DaySpan:
    """One day: its date, its first minute, the first minute after it, the zone it is kept in."""

    day: date
    first: int
    end: int
    zone: str

    def __contains__(self, minute: int) -> bool:
        return self.first <= minute < self.end


_NO_SPAN = DaySpan(date.min, 0, 0, "")


class DayCalendar:
    """Cuts time into the walker's days."""

    def __init__(self, rules: list[Rule]) -> None:
        """Start from rules in the order of their `since`; the first counts from 1970 on."""
        self._rules = rules
        self._spans: dict[date, DaySpan] = {}
        self._last = _NO_SPAN

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, oldest first."""
        return tuple(self._rules)

    def change(self, zone: ZoneInfo, day_start: time, minute: int) -> bool:
        """Follow another zone or day start from the end of the day that `minute` is in.

        Returns whether anything changed.
        """
        active = [rule for rule in self._rules if rule.since <= minute] or self._rules[:1]
        before, self._rules = self._rules, active
        self._forget_spans()
        if (active[-1].zone.key, active[-1].day_start) != (zone.key, day_start):
            self._rules = [*active, Rule(self.span_at(minute).end, zone, day_start)]
            self._forget_spans()
        return self._rules != before

    def _forget_spans(self) -> None:
        self._spans.clear()
        self._last = _NO_SPAN

    def span_at(self, minute: int) -> DaySpan:
        """Give the day a minute belongs to."""
        if minute not in self._last:
            self._last = self.span_of(self._day_at(minute))
        return self._last

    def span_of(self, day: date) -> DaySpan:
        """Give a day by its date; a date that a move skipped has `first == end`."""
        span = self._spans.get(day)
        if span is None:
            if len(self._spans) >= _CACHED_SPANS:
                self._spans.clear()
            first = self._first_of(day)
            zone = self._rule_at(first).zone.key
            span = self._spans[day] = DaySpan(day, first, self._first_of(day + _DAY), zone)
        return span

    def is_shortened(self, span: DaySpan) -> bool:
        """Say whether a change of zone or day start left less of a day than its own rule gives it."""
        rule = self._rule_at(span.first)
        return span.end - span.first < rule.starts(span.day + _DAY) - rule.starts(span.day)

    def _rule_at(self, minute: int) -> Rule:
        """Find the rule that holds for a minute."""
        return next(rule for rule in reversed(self._rules) if rule.since <= minute)

    def _day_at(self, minute: int) -> date:
        """Find the date of a minute: never earlier than the day that was open when the rule changed."""
        day = self._rule_at(minute).day_at(minute)
        for before, rule in zip(self._rules, self._rules[1:], strict=False):
            if rule.since <= minute:
                day = max(day, before.day_at(rule.since - 1))
        return day

    def _first_of(self, day: date) -> int:
        """Find the first minute whose date is `day` or later."""
        first = 0
        for rule, following in zip_longest(self._rules, self._rules[1:]):
            first = max(rule.since, rule.starts(day))
            if following is None or first < following.since:
                break
        return first
