"""Hourly statistics rows out of the ledger's hours.

Each row carries what its hour held (`state`) and the running sum up to its end (`sum`), so a late
minute changes its own hour and every sum after it. Sums are made of integers and divided last: they
never drift.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, TypedDict

from ..ledger.counts import ZERO, Counts
from ..ledger.ledger import Ledger
from ..ledger.pace import HOUR_MAX

EVERYTHING: Final = datetime.fromtimestamp(0, UTC)
"""Where reading begins if all rows there are have to be compared."""
_HOUR: Final = timedelta(hours=1)
_LOOK_BACK: Final = timedelta(days=14)
"""How far the hour before a changed one may lie; somebody who walks less often has few hours to compare."""
# An hour may also hold walks added by hand and minutes without a time that arrived in it.
_HOUR_FACTOR: Final = 64
# What nobody walks in a life; a larger sum is no sum.
_SUM_MAX: Final = 2**53


class StatisticsRow(TypedDict):
    """One hour of one series; `start` is a full hour in UTC."""

    start: datetime
    state: float
    sum: float


@dataclass(frozen=True, slots=True)
class Series:
    """One statistics series: which count it shows and how many of it make one unit."""

    count: str
    per_unit: int
    unit: str

    def value(self, number: int) -> float:
        """Convert a count to the series' unit."""
        return number / self.per_unit

    def number(self, value: float, most: int) -> int:
        """Convert a value of the series' unit back to a count; 0 for one nobody can have walked."""
        number = value * self.per_unit
        return round(number) if 0 <= number <= most else 0


SERIES: Final[dict[str, Series]] = {
    "backward_steps": Series("back", 1, "steps"),
    "forward_steps": Series("fwd", 1, "steps"),
    "backward_distance": Series("back_dm", 10, "m"),
    "backward_minutes": Series("back_s", 60, "min"),
}


type Rows = dict[str, list[StatisticsRow]]
"""The rows of each series, ascending."""


def hourly_rows(hours: Iterable[tuple[datetime, Counts]], base: Counts) -> Rows:
    """Make the rows of every series from ascending hours; `base` is what was counted before the first."""
    kept = list(hours)
    return {
        key: _rows(
            series,
            [(start, getattr(counts, series.count), None) for start, counts in kept],
            getattr(base, series.count),
        )
        for key, series in SERIES.items()
    }


def _rows(
    series: Series, hours: Iterable[tuple[datetime, int, float | None]], number: int
) -> list[StatisticsRow]:
    """Make the rows of a series from hours (start, count, the state to keep if there is one)."""
    rows = []
    for start, count, state in hours:
        number += count
        rows.append(
            StatisticsRow(
                start=start,
                state=series.value(count) if state is None else state,
                sum=series.value(number),
            )
        )
    return rows


def first_difference(wanted: Sequence[StatisticsRow], stored: Iterable[StatisticsRow]) -> datetime | None:
    """Give the first hour whose stored row is missing or not as wanted; None: all are right."""
    known = {row["start"]: (row["state"], row["sum"]) for row in stored}
    for row in wanted:
        if known.get(row["start"]) != (row["state"], row["sum"]):
            return row["start"]
    return None


class Healing:
    """Finds the rows that make stored statistics say what the ledger says of the hours it knows.

    The ledger knows the hours in which it has, or had, anything, and those that a removed stretch covers;
    stored rows of them that say something else are replaced. Hours that only the recorder has stay as they
    are, and sums go on from them; only a removed stretch makes them zero. Hours the ledger let go of
    because of their age are none of these.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Look at a ledger; everything has to be compared first."""
        self._ledger = ledger
        self.missing: list[datetime] = []
        """The hours that only the recorder has, ascending; as of the last comparison of everything."""
        self._ahead: dict[str, int] | None = None
        """By how much stored sums are ahead of the ledger after the last of these hours, by series."""

    def read_from(self, changed_hours: Collection[datetime]) -> datetime:
        """Say from which hour on stored rows are needed to send some changed hours.

        That is the hour before them: only if it is stored as wanted its sum can be gone on from.
        """
        if self._ahead is None or not changed_hours:
            return EVERYTHING
        first = min(changed_hours)
        before = [hour for hour, _ in self._ledger.hours(first - _LOOK_BACK) if hour < first]
        if not before or (self.missing and before[-1] <= self.missing[-1]):
            return EVERYTHING
        return before[-1]

    def rows_to_send(
        self,
        stored: Mapping[str, Sequence[StatisticsRow]],
        since: datetime,
        rewrite: Collection[str] = (),
    ) -> Rows | None:
        """Give the rows to be written, by series; an empty one needs none.

        `stored` holds for each series (a missing one counts as empty) all rows there are from the hour
        `since` on, which `read_from` gave; those of the series `rewrite` are to be written whatever they say.
        None: they are not as expected, everything has to be compared.
        """
        if since == EVERYTHING or self._ahead is None:
            return self._whole(stored, rewrite)
        return None if rewrite else self._tail(stored, since, self._ahead)

    def _tail(
        self, stored: Mapping[str, Sequence[StatisticsRow]], since: datetime, ahead: Mapping[str, int]
    ) -> Rows | None:
        hours = self._ledger.hours(since)
        known = {start for start, _ in hours}
        if not known or any(row["start"] not in known for rows in stored.values() for row in rows):
            return None
        base = self._ledger.settled_total() - sum((counts for _, counts in hours), ZERO)
        base += Counts(**{SERIES[key].count: number for key, number in ahead.items()})
        wanted, to_send = hourly_rows(hours, base), dict[str, list[StatisticsRow]]()
        for key, rows in wanted.items():
            first = first_difference(rows, stored.get(key, ()))
            if first == since:
                return None
            to_send[key] = [row for row in rows if first and row["start"] >= first]
        return to_send

    def _whole(self, stored: Mapping[str, Sequence[StatisticsRow]], rewrite: Collection[str]) -> Rows:
        ledger = self._ledger
        found = {
            row["start"] for rows in stored.values() for row in rows if row["start"] >= ledger.hours_since
        }
        found -= {start for start, _ in ledger.hours()}
        removed = {hour for stretch in ledger.removed() for hour in _whole_hours(*stretch)}
        ledger.keep_hours(found & removed)
        self.missing = sorted(found - removed)
        hours = ledger.hours()
        to_send, self._ahead = dict[str, list[StatisticsRow]](), {}
        for key, series in SERIES.items():
            there = stored.get(key, ())
            wanted, self._ahead[key] = self._series(series, hours, there)
            if key in rewrite:
                before = [row for row in there if not wanted or row["start"] < wanted[0]["start"]]
                to_send[key] = before + wanted
                continue
            first = first_difference(wanted, there)
            to_send[key] = [row for row in wanted if first and row["start"] >= first]
        return to_send

    def _series(
        self, series: Series, hours: Sequence[tuple[datetime, Counts]], stored: Sequence[StatisticsRow]
    ) -> tuple[list[StatisticsRow], int]:
        """Give the rows a series should have from the ledger's first hour on, and by how much it is ahead."""
        known = {start: getattr(counts, series.count) for start, counts in hours}
        base = getattr(self._ledger.hours_base(), series.count)
        kept: list[tuple[datetime, int, float | None]] = [
            (start, count, None) for start, count in known.items()
        ]
        for row in stored:
            if not hours or row["start"] < hours[0][0]:
                # Nothing is known of what came before: it stays, and its last sum is where to go on from.
                base = max(base, series.number(row["sum"], _SUM_MAX))
            elif row["start"] not in known:
                count = series.number(row["state"], getattr(HOUR_MAX, series.count) * _HOUR_FACTOR)
                kept.append((row["start"], count, row["state"] if count else 0))
        kept.sort(key=lambda hour: hour[0])
        ahead = (
            base + sum(count for _, count, _ in kept) - getattr(self._ledger.settled_total(), series.count)
        )
        return _rows(series, kept, base), ahead


def _whole_hours(start: datetime, end: datetime) -> Iterator[datetime]:
    """Give the full hours of a stretch of time."""
    hour = start.replace(minute=0, second=0, microsecond=0)
    if hour < start:
        hour += _HOUR
    while hour + _HOUR <= end:
        yield hour
        hour += _HOUR
