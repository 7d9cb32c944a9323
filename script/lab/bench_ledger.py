"""How fast the ledger takes what arrives, and how big and how quick to read it is after years."""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from custom_components.retrostep.ledger import Ledger
from custom_components.retrostep.models import ZERO, Counts, parse_page
from custom_components.retrostep.statistics_rows import hourly_rows

from .bench_row import Row

if TYPE_CHECKING:
    from collections.abc import Callable

ZONE: Final = ZoneInfo("Europe/Berlin")
START: Final = datetime(2026, 1, 1, tzinfo=UTC)
WALKED_MINUTES_A_DAY: Final = 60
ROWS_A_PAGE: Final = 100


def _page(rows: list[list[int]], total: Counts, *, more: bool) -> dict[str, Any]:
    """Make an answer of get_minutes."""
    header = {"v": 1, "log": 7, "oldest": 1, "next": rows[-1][0] + 1, "more": more, "now": 0}
    return {**header, "total": list(total.as_tuple()), "m": rows}


def _pages(days: int) -> list[dict[str, Any]]:
    """Make the pages of days with an hour of walking each, half in the morning, half in the evening."""
    half = WALKED_MINUTES_A_DAY // 2
    rows: list[list[int]] = []
    for day in range(days):
        first = int((START + timedelta(days=day)).timestamp()) // 60
        for minute in (*range(480, 480 + half), *range(1_080, 1_080 + half)):
            rows.append([len(rows) + 1, first + minute, 24 + minute % 7, 60, 2, 130, 420, 14, 33, 3, 55, 88])
    pages, total = [], ZERO
    for i in range(0, len(rows), ROWS_A_PAGE):
        part = rows[i : i + ROWS_A_PAGE]
        total = sum((Counts.of(row[2:9]) for row in part), total)
        pages.append(_page(part, total, more=i + ROWS_A_PAGE < len(rows)))
    return pages


def _merge(days: int, pages: list[dict[str, Any]]) -> Ledger:
    """Take all pages as the link does, persisting after each, and make the statistics' rows."""
    ledger = Ledger(ZONE)
    now = START + timedelta(days=days + 1)
    for page in pages:
        ledger.merge("pod", parse_page(page), now)
        ledger.as_dict()
    hourly_rows(ledger.hours(), ledger.hours_base())
    return ledger


def _seconds(work: Callable[[], object], times: int = 3) -> float:
    """Give the best of a few runs."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def _aged(years: int, pods: int) -> str:
    """Write down the ledger of someone who walked every day for years with some pods on."""
    ledger = Ledger(ZONE)
    sequence, totals = dict.fromkeys(range(pods), 0), dict.fromkeys(range(pods), ZERO)
    minute_counts = Counts(24, 60, 2, 130, 420, 14, 33)
    for day in range(years * 365):
        midnight = START + timedelta(days=day)
        # Of days whose minutes are long gone one minute an hour is enough: hours and days stay the same size.
        step = 4 if day > years * 365 - 62 else 60
        for pod in range(pods):
            rows = []
            for minute in range(480, 1_440, step):
                sequence[pod] += 1
                totals[pod] += minute_counts
                when = int(midnight.timestamp()) // 60 + minute
                rows.append([sequence[pod], when, *minute_counts.as_tuple(), 3, 55, 88])
            for i in range(0, len(rows), 240):
                part = rows[i : i + 240]
                page = _page(part, totals[pod], more=False)
                ledger.merge(f"pod-{pod}", parse_page(page), midnight + timedelta(days=1))
    return json.dumps(ledger.as_dict(), separators=(",", ":"))


def rows() -> list[Row]:
    """Measure; gives the rows of the performance table."""
    year, quarter = _pages(365), _pages(91)
    year_s = _seconds(lambda: _merge(365, year))
    quarter_s = _seconds(lambda: _merge(91, quarter))
    growth = year_s / 365 / (quarter_s / 91)
    text = _aged(5, 2)
    load_ms = 1_000 * _seconds(lambda: Ledger.from_dict(json.loads(text)))
    return [
        Row("a year of 60 walked minutes a day at once, with statistics", year_s, "s", 2),
        Row("the same per day, a year against a quarter (1: linear)", growth, "x", 2),
        Row("document after 5 years, two pods, 4 h of walking a day", len(text) / 1e6, "MB", 2),
        Row("reading it", load_ms, "ms", 50),
    ]
