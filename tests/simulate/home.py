"""The home of the fault simulator: the real ledger and row sync on a disk, a statistics table and a network.

Everything awaited yields a `Wait`; the world decides when and how it goes on, or that it never does.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from custom_components.retrostep.core.history.statistics_rows import (
    EVERYTHING,
    SERIES,
    Healing,
    StatisticsRow,
    hourly_rows,
)
from custom_components.retrostep.core.ledger.counts import ZERO
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.pod_log import PodLog
from custom_components.retrostep.core.ledger.row_sync import Outcome, RowSync, SyncResult

from .invariants import Invariant, hold

if TYPE_CHECKING:
    from collections.abc import Coroutine, Generator
    from zoneinfo import ZoneInfo

LIMIT: Final = 20
type Table = dict[str, dict[datetime, tuple[float, float]]]


@dataclass(slots=True)
class Wait:
    """Something awaited: `kind` is "ask", "save" or "read", `detail` what it is about."""

    kind: str
    detail: Any

    def __await__(self) -> Generator[Wait, Any, Any]:
        """Hand itself to the world; gives what the world sends back."""
        return (yield self)


@dataclass(slots=True)
class Disk:
    """What survives: the ledger's document and the recorder's statistics."""

    document: dict[str, Any] | None = None
    table: Table = field(default_factory=lambda: {key: {} for key in SERIES})

    def copy(self) -> Disk:
        """Give a backup."""
        return Disk(self.document, {key: dict(rows) for key, rows in self.table.items()})

    def log_of(self, mac: str, log: int) -> PodLog | None:
        """Find what is persisted of a pod's log."""
        pod = (self.document or {}).get("pods", {}).get(mac, {"logs": []})
        return next((PodLog.from_list(entry) for entry in pod["logs"] if entry[0] == log), None)


class _Wire:
    """The row sync's way to one pod."""

    def __init__(self, mac: str) -> None:
        self._mac = mac

    async def get_minutes(self, log: int, after: int, limit: int) -> object:
        """Ask the world."""
        return await Wait("ask", (self._mac, log, after, limit))


class _Store:
    """The row sync's storage."""

    async def save(self, document: dict[str, Any]) -> None:
        """Let the world write the document down; it may end before or after it did."""
        await Wait("save", document)


class Home:
    """One Home Assistant: a process that can be killed, and its disk."""

    def __init__(self, name: str, macs: list[str], zone: ZoneInfo, day_start: time) -> None:
        self.name = name
        self.macs = macs
        self.zone = zone
        self.day_start = day_start
        self.disk = Disk()
        self.clock_ahead_s = 0
        self.ledger: Ledger | None = None
        self.results: dict[str, SyncResult] = {}
        self.kill_at_wait: int | None = None
        """After how many awaits the process is killed in the middle of one."""
        self.queue: deque[tuple[str, list[StatisticsRow]]] = deque()
        """What the recorder has not written yet; gone with the process."""
        self.backup: Disk | None = None
        self.saves_to_fail = 0
        self._links: dict[str, RowSync] = {}
        self._shown: tuple[object, int] = (None, 0)
        self._healing: Healing
        self._changed: set[datetime] = set()
        self._comparing = self._everything = False

    def now(self, true_s: int) -> datetime:
        """Give this home's clock."""
        return datetime.fromtimestamp(true_s + self.clock_ahead_s, UTC)

    def start(self, true_s: int) -> Coroutine[Any, Any, None]:
        """Start the process from its disk; gives the work to do first."""
        document = self.disk.document
        self.ledger = Ledger.from_dict(document) if document else Ledger(self.zone, self.day_start)
        if self.ledger.set_zone(self.zone, self.day_start, self.now(true_s)):
            self.disk.document = self.ledger.as_dict()
        self._links = {mac: RowSync(mac, self.ledger, _Wire(mac), _Store(), LIMIT) for mac in self.macs}
        self._shown = (None, 0)
        self._healing = Healing(self.ledger)
        self._changed.clear()
        self._comparing, self._everything = False, True
        return self._compare()

    def dies_now(self) -> bool:
        """Say whether the process is to be killed at this await."""
        if self.kill_at_wait is None:
            return False
        self.kill_at_wait -= 1
        return self.kill_at_wait < 0

    def calm_down(self) -> None:
        """Work well from now on."""
        self.clock_ahead_s = 0
        self.kill_at_wait = None
        self.saves_to_fail = 0

    def write(self, document: dict[str, Any]) -> OSError | None:
        """Write the document down, unless the disk is full."""
        if self.saves_to_fail > 0:
            self.saves_to_fail -= 1
            return OSError("no space left")
        self.disk.document = document
        return None

    def travel(self, zone: ZoneInfo, true_s: int) -> None:
        """Follow another zone from now on, and keep that."""
        self.zone = zone
        if self.ledger is not None:
            self.ledger.set_zone(zone, self.day_start, self.now(true_s))
            self.disk.document = self.ledger.as_dict()

    def stop(self) -> None:
        """Be gone."""
        self.ledger = None
        self._links = {}
        self.queue.clear()
        self.kill_at_wait = None

    async def sync(self, mac: str, true_s: int) -> None:
        """Pull a pod and bring the statistics up to date."""
        result = await self._links[mac].sync(self.now(true_s))
        if result.outcome is not Outcome.BUSY:
            self.results[mac] = result
        self._changed |= result.changed_hours
        await self._compare()

    async def _compare(self) -> None:
        """Compare stored statistics with the ledger and write what differs, as the integration does."""
        if self._comparing:
            return
        self._comparing = True
        while self._everything or self._changed:
            since = EVERYTHING if self._everything else self._healing.read_from(self._changed)
            self._changed.clear()
            table: Table = await Wait("read", None)
            stored = {
                key: [
                    StatisticsRow(start=start, state=s, sum=t)
                    for start, (s, t) in sorted(rows.items())
                    if start >= since
                ]
                for key, rows in table.items()
            }
            rows = self._healing.rows_to_send(stored, since)
            self._everything = rows is None
            self.queue.extend((rows or {}).items())
        self._comparing = False

    def record(self) -> None:
        """Let the recorder write the next rows of its queue."""
        if self.queue:
            key, rows = self.queue.popleft()
            self.disk.table[key].update({row["start"]: (row["state"], row["sum"]) for row in rows})

    def live(self, mac: str, totals: dict[str, int], true_s: int) -> None:
        """Take a pod's live totals."""
        if self.ledger is not None:
            self.ledger.live(mac, totals, self.now(true_s))
            self.check_today(true_s)

    def lost(self, mac: str) -> None:
        """Note that a pod is out of reach."""
        if self.ledger is not None:
            self.ledger.live_lost(mac)

    def check_today(self, true_s: int) -> None:
        """Hold that today's figure never jumps back while this process lives."""
        assert self.ledger is not None
        today = self.ledger.today(self.now(true_s))
        if self._shown[0] == today.date:
            before, after = self._shown[1], today.counts.back
            hold(Invariant.TODAY_GROWS, after >= before, f"today fell from {before} to {after}")
        self._shown = (today.date, today.counts.back)

    def check_quiet(self, true_s: int) -> None:
        """Hold that disk, statistics, memory and what is shown agree once nothing happens any more."""
        ledger = self.ledger
        assert ledger is not None
        for mac in self.macs:
            result = self.results.get(mac)
            ended_well = result is not None and result.outcome is Outcome.OK
            hold(Invariant.DISK_IS_MEMORY, ended_well, f"last sync of {mac}: {result}")
        assert self.disk.document is not None
        kept = Ledger.from_dict(self.disk.document)
        ledger_hours = [hour for hour in ledger.hours() if hour[1]]
        kept_hours = [hour for hour in kept.hours() if hour[1]]
        hold(Invariant.DISK_IS_MEMORY, kept_hours == ledger_hours, "disk and memory differ")
        hold(Invariant.DISK_IS_MEMORY, kept.days() == ledger.days(), "days on disk and in memory differ")
        nothing = list(ZERO.as_tuple())
        bare = Ledger.from_dict({**ledger.as_dict(), "shown_day": [0, nothing], "shown_total": nothing})
        today = bare.today(self.now(true_s))
        counted = bare.day(today.date).counts
        hold(
            Invariant.SHOWN_IS_COUNTED, today.counts == counted, f"today shows {today.counts} beyond its rows"
        )
        total, settled = bare.total(), bare.settled_total()
        hold(Invariant.SHOWN_IS_COUNTED, total == settled, f"{total} shown, {settled} counted")
        for key, rows in hourly_rows(ledger.hours(), ledger.hours_base()).items():
            self._check_statistics(key, {row["start"]: (row["state"], row["sum"]) for row in rows})

    def _check_statistics(self, key: str, wanted: dict[datetime, tuple[float, float]]) -> None:
        """Hold a series against the hours the ledger knows; hours only the recorder has stay in its sums."""
        table = self.disk.table[key]
        if table.keys() == wanted.keys():
            hold(Invariant.STATISTICS, table == wanted, f"statistics of {key} differ from the ledger")
            return
        states = {start: table.get(start, (None, None))[0] for start in wanted}
        hold(
            Invariant.STATISTICS,
            states == {start: state for start, (state, _) in wanted.items()},
            f"statistics of {key} differ from the ledger's hours",
        )
        found = sorted((start, *row) for start, row in table.items())
        for (_, _, before), (start, state, until_then) in pairwise(found):
            if start >= min(wanted, default=start):
                is_even = abs(until_then - before - state) < 1e-6
                hold(Invariant.STATISTICS, is_even, f"statistics of {key} leap at {start}")
