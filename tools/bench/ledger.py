"""How fast the ledger takes what arrives, and how big and how quick to read it is after years."""

import asyncio
import json
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import parse_page
from custom_components.retrostep.core.ledger.row_sync import LedgerStorage, Outcome, RowSync
from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.core.storage.layout import LEDGER
from custom_components.retrostep.storage import FolderFiles

from .row import Row

if TYPE_CHECKING:
    from collections.abc import Callable

ZONE: Final = ZoneInfo("Europe/Berlin")
START: Final = datetime(2026, 1, 1, tzinfo=UTC)
WALKED_MINUTES_A_DAY: Final = 60
ROWS_A_PAGE: Final = 100
LOG: Final = 7


class _Pod:
    """A pod that holds days with an hour of walking each, half in the morning, half in the evening.

    Its ring is endless: what was acknowledged is gone, nothing else.
    """

    def __init__(self, days: int) -> None:
        half = WALKED_MINUTES_A_DAY // 2
        self._rows: list[list[int]] = []
        self._totals = [ZERO]
        for day in range(days):
            first = int((START + timedelta(days=day)).timestamp()) // 60
            for minute in (*range(480, 480 + half), *range(1_080, 1_080 + half)):
                seq = len(self._rows) + 1
                row = [seq, first + minute, 24 + minute % 7, 60, 2, 130, 420, 14, 33, 3, 55, 88]
                self._rows.append(row)
                self._totals.append(self._totals[-1] + Counts(*row[2:9]))

    async def get_minutes(self, log: int, after: int, limit: int) -> object:
        """Answer with the rows after `after`."""
        after = after if log == LOG else 0
        end = min(after + min(limit, ROWS_A_PAGE), len(self._rows))
        return _page(self._rows[after:end], after + 1, self._totals[end], more=end < len(self._rows))


class _CountedFiles(FolderFiles):
    """The files of a walker, counted as they are written."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.writes = 0
        self.bytes = 0

    def write(self, name: str, content: bytes) -> None:
        """Write a file and count it."""
        super().write(name, content)
        self.writes += 1
        self.bytes += len(content)


class _Disk:
    """Keeps ledgers as the product does: in its archive, in a thread, with fsync."""

    def __init__(self, folder: Path) -> None:
        self.files = _CountedFiles(folder)
        self._archive = Archive(self.files, "bench")
        self._archive.load()

    async def save(self, document: dict[str, Any]) -> None:
        """Return when the document is on the disk."""
        await asyncio.to_thread(self._archive.commit, {LEDGER: document}, int(START.timestamp()))


def _page(rows: list[list[int]], oldest: int, total: Counts, *, more: bool) -> dict[str, Any]:
    """Make an answer of get_minutes."""
    header = {"v": 1, "log": LOG, "oldest": oldest, "next": oldest + len(rows), "more": more, "now": 0}
    return {**header, "total": list(total.as_tuple()), "m": rows}


async def sync(days: int, ledger: Ledger, storage: LedgerStorage) -> frozenset[datetime]:
    """Pull days of walking at once through the row sync into a new ledger; gives the hours that changed."""
    row_sync = RowSync("pod", ledger, _Pod(days), storage)
    result = await row_sync.sync(START + timedelta(days=days + 1))
    if result.outcome is not Outcome.OK or result.new_rows != days * WALKED_MINUTES_A_DAY:
        raise RuntimeError(f"the row sync took {result.new_rows} rows: {result.outcome} {result.detail}")
    return result.changed_hours


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
                page = _page(part, part[0][0], totals[pod], more=False)
                ledger.merge(f"pod-{pod}", parse_page(page), midnight + timedelta(days=1))
    return json.dumps(ledger.as_dict(), separators=(",", ":"))


def rows() -> list[Row]:
    """Measure; gives the rows of the performance table."""
    with tempfile.TemporaryDirectory() as folder:
        disk = _Disk(Path(folder) / "year")
        year_s = _seconds(lambda: asyncio.run(sync(365, Ledger(ZONE), disk)), times=1)
        note = f"{disk.files.writes} files written, {disk.files.bytes / 1e6:.0f} MB in all"
        quarter = _Disk(Path(folder) / "quarter")
        quarter_s = _seconds(lambda: asyncio.run(sync(91, Ledger(ZONE), quarter)))
    growth = year_s / 365 / (quarter_s / 91)
    text = _aged(5, 2)
    load_ms = 1_000 * _seconds(lambda: Ledger.from_dict(json.loads(text)))
    return [
        Row("a year of 60 walked minutes a day at once: merged, saved", year_s, "s", 2, note),
        Row("the same per day, a year against a quarter (1: linear)", growth, "x", 2),
        Row("document after 5 years, two pods, 4 h of walking a day", len(text) / 1e6, "MB", 2),
        Row("reading it", load_ms, "ms", 50),
    ]
