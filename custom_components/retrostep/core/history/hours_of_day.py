"""The hours of one of the walker's days, as the clock on the wall cuts them.

Statistics know full hours of UTC. Where the wall clock is half an hour off, or a day begins within an hour,
those are not the hours of the day: they begin before it, or hold what a person saw in two of theirs.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ..ledger.counts import ZERO, Counts
from ..ledger.day_calendar import epoch_minute, minute_start
from ..ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class HourOfDay:
    """What lies in one hour of the wall clock; `manual` (walks added by hand) is a part of `counts`."""

    start: datetime
    end: datetime
    counts: Counts
    manual: Counts


def wall_hours(first: int, end: int, zone: ZoneInfo) -> list[int]:
    """Give the epoch minutes of first <= m < end at which an hour of a zone's wall clock begins, and `first`.

    None lasts longer than 60 minutes: an hour that comes twice is two, and one that a change of the clocks
    cuts ends there.
    """
    starts, minute = [], first
    while minute < end:
        starts.append(minute)
        wall = minute_start(minute).astimezone(zone)
        following = minute + 60 - wall.minute
        if _offset(following - 1, zone) != wall.utcoffset():
            following = next(m for m in range(minute, following) if _offset(m, zone) != wall.utcoffset())
        minute = following
    return starts


def _offset(minute: int, zone: ZoneInfo) -> object:
    return minute_start(minute).astimezone(zone).utcoffset()


def hours_of_today(ledger: Ledger, now: datetime) -> list[HourOfDay]:
    """Give all hours of the open day, ascending, also those to come; together they are `ledger.today`.

    What no minute holds (rows that never got a time) lies where the UTC hour begins that it was credited to.
    """
    today = ledger.today(now)
    first, end = epoch_minute(today.start), epoch_minute(today.end)
    starts = wall_hours(first, end, ZoneInfo(today.zone))
    counts, manual = [ZERO] * len(starts), [ZERO] * len(starts)
    dated: dict[int, Counts] = {}

    def index_of(minute: int) -> int:
        return bisect_right(starts, minute) - 1

    def take(minute: int, part: Counts, *kept: list[Counts]) -> None:
        dated[minute // 60] = dated.get(minute // 60, ZERO) + part
        if first <= minute < end:
            for parts in kept:
                parts[index_of(minute)] += part

    # The day may end within an hour of UTC: all of that hour tells what in it has no minute.
    for start, part in ledger.minutes(today.start, minute_start(-(-end // 60) * 60)):
        take(epoch_minute(start), part, counts)
    for walk in ledger.walks():
        if walk.minute < end and walk.minute + walk.duration_s // 60 >= first:
            for minute, part in walk.portions():
                take(minute, part, counts, manual)
    for start, held in ledger.hours(today.start):
        # Of the hour that the day begins within, what has no minute is what is left in the end.
        if first <= (minute := epoch_minute(start)) < end:
            counts[index_of(minute)] += held - dated.get(minute // 60, ZERO)
    by_rows = ledger.day(today.date).counts
    counts[0] += by_rows - sum(counts, ZERO)
    for index, (begin, stop) in enumerate(zip(starts, [*starts[1:], end], strict=True)):
        counts[index] += ledger.ahead(minute_start(begin), minute_start(stop))
    # Today never shows less than before: what is kept up lies in the hour of now.
    counts[index_of(epoch_minute(now))] += today.counts - sum(counts, ZERO)
    return [
        HourOfDay(minute_start(begin), minute_start(stop), counts[index], manual[index])
        for index, (begin, stop) in enumerate(zip(starts, [*starts[1:], end], strict=True))
    ]
