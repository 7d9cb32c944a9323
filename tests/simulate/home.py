"""The home of the fault simulator: the real ledger and row sync on a disk, a statistics table and a network.

Everything awaited yields a `Wait`; the world decides when and how it goes on, or that it never does.
"""

from collections import deque
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from custom_components.retrostep.core.clock import ClockWatch, Jump
from custom_components.retrostep.core.history.statistics_rows import (
    EVERYTHING,
    Healing,
    StatisticsRow,
    hourly_rows,
)
from custom_components.retrostep.core.ledger.corrections import WalkChange, WalkError
from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.day_calendar import epoch_minute
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import PageFailure
from custom_components.retrostep.core.ledger.row_sync import Outcome, RowSync, SyncResult

from .archived_disk import ArchivedDisk
from .disk import Disk, Table, stored
from .features import GOALS, Features
from .invariants import Invariant, hold
from .waits import Store, Wait, Wire

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping
    from random import Random
    from zoneinfo import ZoneInfo

    from custom_components.retrostep.core.ledger.pod_log import PodLog

    from .sat import Sat

LIMIT: Final = 20
_FAR_S: Final = 86_400
PATIENCE_S: Final = 7 * 86_400
"""A clock that is still another after a week stays another (`pods/sync.py`)."""


class Home:
    """One walker's part of a Home Assistant: a process that can be killed, and its disk."""

    def __init__(
        self,
        name: str,
        macs: list[str],
        zone: ZoneInfo,
        day_start: time,
        *,
        watches: bool = False,
        goals: Mapping[str, Any] = GOALS[0],
    ) -> None:
        self.name = name
        self.macs = macs
        self.zone = zone
        self.day_start = day_start
        self.disk = Disk()
        self.offsets_s = {0}
        """How far its clock ever was ahead."""
        self.before: dict[str, list[PodLog]] = {}
        """What was taken of a pod for the walker who had it before."""
        self.ledger: Ledger | None = None
        self.results: dict[str, SyncResult] = {}
        self.kill_at_wait: int | None = None
        """After how many awaits the process is killed in the middle of one."""
        self.queue: deque[tuple[str, list[StatisticsRow]]] = deque()
        """What the recorder has not written yet; gone with the process."""
        self.backup: Disk | None = None
        self.saves_to_fail = 0
        self._clock_ahead_s = self._wrong_s = 0
        self.watches = watches
        """Its clock is watched by one that nobody can set, as Home Assistant's is."""
        self._is_unsaved = False
        """A jump of the clock changed what is in memory only."""
        self._is_stale = False
        """What a round asked to be written is older than a correction."""
        self._goals = goals
        self._clock = ClockWatch()
        self._wall = datetime.fromtimestamp(0, UTC)
        """What the clock said last."""
        self._features: Features | None = None
        self._differ_since: dict[str, int] = {}
        self._links: dict[str, RowSync] = {}
        self._shown: tuple[object, int] = (None, 0)
        self._healing: Healing
        self._changed: set[datetime] = set()
        self._comparing = self._everything = False

    @property
    def clock_ahead_s(self) -> int:
        """How far the clock is ahead of the true time."""
        return self._clock_ahead_s

    @clock_ahead_s.setter
    def clock_ahead_s(self, ahead_s: int) -> None:
        self._wrong_s += abs(ahead_s - self._clock_ahead_s)
        self._clock_ahead_s = ahead_s
        self.offsets_s.add(ahead_s)

    def now(self, true_s: int) -> datetime:
        """Give this home's clock; a jump since the last look is dealt with first."""
        self._wall = now = datetime.fromtimestamp(true_s + self._clock_ahead_s, UTC)
        if not self.watches or self.ledger is None:
            return now
        if jump := self._clock.look(true_s + self._clock_ahead_s, true_s):
            self._jumped(self.ledger, jump, now)
        return now

    def start(self, true_s: int) -> Coroutine[Any, Any, None]:
        """Start the process from its disk; gives the work to do first. Raises StorageError."""
        self.disk.open()
        document = self.disk.document
        ledger = Ledger.from_dict(document) if document else Ledger(self.zone, self.day_start)
        self._clock = ClockWatch(ledger.known_s)
        self.ledger, self._is_unsaved, self._links = ledger, False, {}
        now = self.now(true_s)
        self._features = Features(self._goals, now, self.disk.features)
        if ledger.set_zone(self.zone, self.day_start, now, in_doubt=self.watches):
            self._write_down()
        for mac, logs in self.before.items():
            ledger.take_over(mac, logs)
        ledger.expect_pods(self.macs)
        self._links = {mac: RowSync(mac, ledger, Wire(mac), Store(), LIMIT) for mac in self.macs}
        self._shown = (None, 0)
        self._differ_since = {}
        self._is_stale = False
        self._healing = Healing(ledger)
        self._changed.clear()
        self._comparing, self._everything = False, True
        return self._compare()

    def _jumped(self, ledger: Ledger, jump: Jump, now: datetime) -> None:
        """Put right what a wrong clock dated, as the walker does."""
        self._changed |= ledger.clock_jumped(jump)
        if self._features:
            self._features.clock_jumped(jump, ledger, now)
        for link in self._links.values():
            link.clock_jumped(jump.by_s)
        self._shown = (None, 0)
        self._is_unsaved = True
        ledger.set_zone(self.zone, self.day_start, now, in_doubt=not self._clock.is_believed)

    @property
    def refuses(self) -> bool:
        """Whether it takes nothing of a pod because their clocks disagree."""
        return bool(self._differ_since)

    @property
    def known(self) -> Ledger:
        """The ledger of the process that runs."""
        assert self.ledger is not None
        return self.ledger

    def kept_log(self, mac: str, log: int) -> PodLog | None:
        """Find what is on the disk of a pod's log, or on that of the walker who had the pod before."""
        kept = [self.disk.log_of(mac, log), *(one for one in self.before.get(mac, []) if one.log == log)]
        return max((one for one in kept if one), key=lambda one: (one.age, one.after), default=None)

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
        """Write the ledger down with what belongs to it, unless the disk is full."""
        if self.saves_to_fail > 0:
            self.saves_to_fail -= 1
            return OSError("no space left")
        if self._is_stale and self.ledger is not None:
            document = self.ledger.as_dict()
        return self._keep(document)

    def _keep(self, document: dict[str, Any]) -> OSError | None:
        features = self._features.as_dict() if self._features else self.disk.features
        try:
            self.disk.write(document, features, int(self._wall.timestamp()))
        except OSError as error:
            return error
        return None

    def _write_down(self) -> None:
        """Keep what is in memory; if that fails it is kept with the next round."""
        self._is_unsaved = self._keep(self.known.as_dict()) is not None

    def travel(self, zone: ZoneInfo, true_s: int) -> None:
        """Follow another zone from now on, and keep that."""
        self.zone = zone
        self._follow_calendar(true_s)

    def move_day_start(self, day_start: time, true_s: int) -> None:
        """Have days begin at another time from now on, and keep that."""
        self.day_start = day_start
        self._follow_calendar(true_s)

    def _follow_calendar(self, true_s: int) -> None:
        if self.ledger is not None:
            now = self.now(true_s)
            in_doubt = self.watches and not self._clock.is_believed
            self.ledger.set_zone(self.zone, self.day_start, now, in_doubt=in_doubt)
            self._write_down()

    def add_walk(self, minutes_ago: int, duration_s: int, counts: Counts, true_s: int) -> None:
        """Have the walker add a walk; it is written down at once, or there is none."""
        if self.ledger is None or self.saves_to_fail or self.disk.is_full:
            return
        now = self.now(true_s)
        try:
            change = self.ledger.add_walk(now - timedelta(minutes=minutes_ago), duration_s, counts, now)
        except WalkError:
            return
        assert change.walk is not None
        self.disk.by_hand.walks[change.walk.number] = change.walk.portions()
        self._corrected(change)

    def remove_walk(self, minutes_ago: int, minutes: int, true_s: int) -> None:
        """Have the walker take away a stretch of time; it is written down at once, or nothing is done."""
        if self.ledger is None or self.saves_to_fail or self.disk.is_full:
            return
        now = self.now(true_s)
        start = now - timedelta(minutes=minutes_ago)
        end = start + timedelta(minutes=minutes)
        try:
            change = self.ledger.remove_walk(start, end, now)
        except WalkError:
            return
        self.disk.by_hand.remove(epoch_minute(start), min(epoch_minute(end), epoch_minute(now) + 1))
        self._corrected(change)

    def _corrected(self, change: WalkChange) -> None:
        self._changed |= change.changed_hours
        self._shown = (None, 0)
        self._is_stale = True
        self._write_down()

    def drop(self, mac: str) -> None:
        """Have a pod no longer; its history stays."""
        if mac in self.macs:
            self.macs.remove(mac)
            self.before.pop(mac, None)
            if self.ledger is not None:
                self.ledger.forget_pod(mac)
            self._shown = (None, 0)

    def stop(self) -> None:
        """Be gone."""
        self.ledger = None
        self._features = None
        self._links = {}
        self.queue.clear()
        self.kill_at_wait = None

    async def sync(self, mac: str, true_s: int) -> None:
        """Pull a pod and bring statistics, goals and diary up to date."""
        if mac not in self._links:
            await self._compare()
            return
        insist = true_s - self._differ_since.get(mac, true_s) >= PATIENCE_S
        now = self.now(true_s)
        result = await self._links[mac].sync(now, insist=insist)
        if result.outcome is not Outcome.BUSY:
            self.results[mac] = result
        if result.reason is PageFailure.FUTURE_MINUTE:
            self._differ_since.setdefault(mac, true_s)
        elif result.outcome is Outcome.OK and not insist:
            self._differ_since.pop(mac, None)
        self._changed |= result.changed_hours
        if self.ledger is not None and self._features:
            self._features.update(self.ledger, now, self._clock)
            if self._is_unsaved:
                self._is_unsaved = self.write(self.ledger.as_dict()) is not None
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
            rows = self._healing.rows_to_send(stored(table, since), since)
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
            now = self.now(true_s)
            self.ledger.live(mac, totals, now)
            if self._features:
                self._features.walk(mac, totals, now)
            self.check_today(true_s)

    def lost(self, mac: str, true_s: int) -> None:
        """Note that a pod is out of reach."""
        if self.ledger is not None:
            self.ledger.live_lost(mac)
            if self._features:
                self._features.walk(mac, None, self.now(true_s))

    def check_today(self, true_s: int) -> None:
        """Hold that today's figure never jumps back while this process lives."""
        assert self.ledger is not None
        today = self.ledger.today(self.now(true_s))
        if self._shown[0] == today.date:
            before, after = self._shown[1], today.counts.back
            hold(Invariant.TODAY_GROWS, after >= before, f"today fell from {before} to {after}")
        self._shown = (today.date, today.counts.back)

    def decide(self, dice: Random, true_s: int) -> str:
        """Have the person answer the repair; gives what was chosen."""
        assert isinstance(self.disk, ArchivedDisk)
        return self.disk.decide(dice, self.zone, self.day_start, self.now(true_s))

    @property
    def sat_since_s(self) -> int | None:
        """Since when its diary must be right; None: nobody looked yet, or its clock was days off."""
        is_far = max(map(abs, self.offsets_s)) > _FAR_S
        return self._features.since_s if self._features and not is_far else None

    def check_sitting(self, truth: Sat, true_s: int) -> None:
        """Hold the sitting diary against what was walked."""
        assert self._features is not None
        self._features.check_sitting(truth, self._wrong_s, self.now(true_s))

    def check_quiet(self, true_s: int) -> None:
        """Hold that disk, statistics, memory and what is shown agree once nothing happens any more."""
        ledger = self.ledger
        assert ledger is not None
        assert self._features is not None
        for mac in self.macs:
            result = self.results.get(mac)
            ended_well = result is not None and result.outcome is Outcome.OK
            hold(Invariant.DISK_IS_MEMORY, ended_well, f"last sync of {mac}: {result}")
        document = self.disk.document
        kept = Ledger.from_dict(document) if document else Ledger(self.zone, self.day_start)
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
        self._features.check_quiet(ledger, self.now(true_s))
        if self.offsets_s == {0}:
            coming = ledger.day(today.date + timedelta(days=3))
            wanted = datetime.combine(coming.date, self.day_start, self.zone)
            hold(Invariant.DAYS_FOLLOW, coming.start == wanted, f"{coming.start}, wanted is {wanted}")
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
