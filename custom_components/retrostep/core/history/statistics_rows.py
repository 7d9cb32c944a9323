"""Hourly statistics rows out of the ledger's hours.

Each row carries what its hour held (`state`) and the running sum up to its end (`sum`), so a late
minute changes its own hour and every sum after it. Sums are made of integers and divided last: they
never drift.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypedDict

from ..ledger.counts import Counts
from ..ledger.ledger import Ledger


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


SERIES: Final[dict[str, Series]] = {
    "backward_steps": Series("back", 1, "steps"),
    "forward_steps": Series("fwd", 1, "steps"),
    "backward_distance": Series("back_dm", 10, "m"),
    "backward_minutes": Series("back_s", 60, "min"),
}


def hourly_rows(
    hours: Iterable[tuple[datetime, Counts]],
    base: Counts,
    since: datetime | None = None,
) -> dict[str, list[StatisticsRow]]:
    """Make the rows of every series from ascending hours.

    `base` is what was counted before the first of `hours`; rows start with the hour `since`.
    """
    rows: dict[str, list[StatisticsRow]] = {key: [] for key in SERIES}
    sums = {key: getattr(base, series.count) for key, series in SERIES.items()}
    for start, counts in hours:
        for key, series in SERIES.items():
            number = getattr(counts, series.count)
            sums[key] += number
            if since is None or start >= since:
                rows[key].append(
                    StatisticsRow(start=start, state=series.value(number), sum=series.value(sums[key]))
                )
    return rows


def first_difference(wanted: Sequence[StatisticsRow], stored: Iterable[StatisticsRow]) -> datetime | None:
    """Give the first hour whose stored row is missing or not as wanted; None: all are right."""
    known = {row["start"]: (row["state"], row["sum"]) for row in stored}
    for row in wanted:
        if known.get(row["start"]) != (row["state"], row["sum"]):
            return row["start"]
    return None


def rows_to_send(
    ledger: Ledger, stored: Mapping[str, Sequence[StatisticsRow]]
) -> dict[str, list[StatisticsRow]]:
    """Give the rows that make stored statistics say what the ledger says; empty: they do.

    `stored` holds for each series (a missing one counts as empty) all rows there are, from the beginning.
    From the first hour on that differs in any series every series gets its rows, as sums run on. Stored
    hours the ledger knows nothing of, also those before its first, become zero and it keeps them from
    now on; only hours it has let go of because of their age stay as they are.
    """
    ledger.keep_hours(row["start"] for rows in stored.values() for row in rows)
    wanted = hourly_rows(ledger.hours(), ledger.hours_base())
    found = (first_difference(rows, stored.get(key, ())) for key, rows in wanted.items())
    since = min((start for start in found if start is not None), default=None)
    if since is None:
        return {}
    return {key: [row for row in rows if row["start"] >= since] for key, rows in wanted.items()}
