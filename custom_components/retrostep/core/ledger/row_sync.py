"""Pulling a pod's minute rows into the ledger, exactly once.

Ask, check, merge, persist, and only then ask with the higher `after`: so the pod is told that rows are safe
when they are. Whatever goes wrong ends in one outcome and leaves the ledger as good as it was.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Protocol

from .counts import ZERO, Counts
from .ledger import Ledger
from .page import NOTHING_YET, PageError, PageFailure, Position, parse_page

ROWS_A_PAGE: Final = 128
_PAGES_MAX: Final = 300
"""Pages, and so saves, a round: a pod holds 1,464 rows, 64 pages at the most; this is a year of walking."""
_NEW_LOGS_MAX: Final = 4
"""New logs a round: a pod begins one when its flash was wiped, not while it is being asked."""
_TURNS_BACK_MAX: Final = 3


class TransportError(Exception):
    """The pod can't be asked or did not answer."""


class PodTransport(Protocol):
    """The way to one pod. It keeps its own time limit and gives each call its own answer or none."""

    async def get_minutes(self, log: int, after: int, limit: int) -> object:
        """Call the pod's action; raises TransportError or TimeoutError."""


class LedgerStorage(Protocol):
    """The place the ledger is kept."""

    async def save(self, document: dict[str, Any]) -> None:
        """Return when the document is safely written; raises OSError.

        Of several asked for at once, by several pods of the walker, the latest must be the one that stays.
        """


class Outcome(StrEnum):
    """How a sync ended; why one failed is the key of the text that says so."""

    OK = "ok"
    BUSY = "busy"
    UNREACHABLE = "pod_unreachable"
    REFUSED = "pod_refused"
    NOT_SAVED = "not_saved"
    INCOMPLETE = "pod_incomplete"

    @property
    def failed(self) -> bool:
        """Whether the pod's minutes are not all there."""
        return self not in (Outcome.OK, Outcome.BUSY)


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What one sync did; `changed_hours` may hold hours whatever the outcome."""

    outcome: Outcome
    reason: PageFailure | None = None
    """Why the pod's answer was refused, if it was."""
    detail: str = ""
    pages: int = 0
    strays: int = 0
    """Answers to other questions, which were set aside."""
    new_rows: int = 0
    undated_rows: int = 0
    lost_rows: int = 0
    lost: Counts = ZERO
    changed_hours: frozenset[datetime] = field(default=frozenset())
    log_changed: bool = False
    log_reused: bool = False
    """The pod's log is a new one under a name it had before."""
    clock_skew_s: int | None = None
    """How far the clock of the pod that answered is ahead of ours; None if it has no time."""


class RowSync:
    """Fetches the rows of one pod of a walker."""

    def __init__(
        self,
        mac: str,
        ledger: Ledger,
        transport: PodTransport,
        storage: LedgerStorage,
        limit: int = ROWS_A_PAGE,
    ) -> None:
        """Prepare to fetch into a ledger that is as it was last persisted."""
        self._mac = mac
        self._ledger = ledger
        self._transport = transport
        self._storage = storage
        self._limit = limit
        self._persisted = ledger.position(mac) or NOTHING_YET
        self._now: datetime
        # A log begun anew may reach the very position that is on disk, just when a write fails.
        self._unsaved = False
        self._running = False
        self._again = False
        self._insist = False

    async def sync(
        self, now: datetime, may_go_on: Callable[[], bool] = lambda: True, *, insist: bool = False
    ) -> SyncResult:
        """Take everything the pod has and tell it so.

        `may_go_on` is asked before each page: what a round has no time for is left to the next one.
        `insist`: also while its clock and ours disagree.
        """
        self._insist = insist
        if self._running:
            self._again = True
            return SyncResult(Outcome.BUSY)
        self._running, self._now = True, now
        result = SyncResult(Outcome.OK)
        try:
            self._again = True
            while self._again and result.outcome is Outcome.OK:
                self._again = False
                result = await self._sweep(result, may_go_on)
        finally:
            self._running = False
        return result

    def clock_jumped(self, by_s: float) -> None:
        """Go on by the clock as it is now: what a pod still dates by the one before waits."""
        if self._running:
            self._now += timedelta(seconds=by_s)

    async def _sweep(self, result: SyncResult, may_go_on: Callable[[], bool]) -> SyncResult:
        """Ask page by page until the pod has nothing new and knows what is safe."""
        turns_back = new_logs = 0
        while result.pages < _PAGES_MAX and new_logs <= _NEW_LOGS_MAX and may_go_on():
            asked = self._safe_position()
            result, complete = await self._take_page(result, asked)
            reached = self._persisted
            if result.reason is PageFailure.STRAY and turns_back + 1 < _TURNS_BACK_MAX:
                result = replace(result, outcome=Outcome.OK, reason=None, detail="", strays=result.strays + 1)
            if result.outcome is not Outcome.OK or (complete and reached == asked):
                return result
            new_logs += reached.log != asked.log
            if reached.log == asked.log and reached.after <= asked.after:
                turns_back += 1
            if turns_back >= _TURNS_BACK_MAX:
                return replace(result, outcome=Outcome.INCOMPLETE, detail=f"missing after {reached.after}")
        detail = f"stopped after {result.pages} pages of {new_logs} new logs"
        return replace(result, outcome=Outcome.INCOMPLETE, detail=detail)

    def _safe_position(self) -> Position:
        """Give where to ask: not beyond what is on disk, earlier if something is to be read again."""
        wanted = self._ledger.position(self._mac) or NOTHING_YET
        if wanted.log == self._persisted.log and wanted.after < self._persisted.after:
            return wanted
        return self._persisted

    async def _take_page(self, result: SyncResult, asked: Position) -> tuple[SyncResult, bool]:
        """Ask for one page, merge and persist it; returns also whether the pod has no further rows."""
        try:
            answer = await self._transport.get_minutes(asked.log, asked.after, self._limit)
        except (TransportError, TimeoutError) as error:
            return replace(result, outcome=Outcome.UNREACHABLE, detail=str(error)), False
        try:
            page = parse_page(answer)
            page.refuse_stray(asked)
            result = replace(result, clock_skew_s=page.clock_skew_s(self._now))
            merged = self._ledger.merge(self._mac, page, self._now, asked, insist=self._insist)
        except PageError as error:
            return replace(result, outcome=Outcome.REFUSED, reason=error.reason, detail=error.detail), False
        result = replace(
            result,
            pages=result.pages + 1,
            new_rows=result.new_rows + merged.new_rows,
            undated_rows=result.undated_rows + merged.undated_rows,
            lost_rows=result.lost_rows + merged.lost_rows,
            lost=result.lost + merged.lost,
            changed_hours=result.changed_hours | merged.changed_hours,
            log_changed=result.log_changed or merged.log_changed,
            log_reused=result.log_reused or merged.log_reused,
        )
        reached = self._ledger.position(self._mac) or NOTHING_YET
        # What could not be written is asked for again: nothing of it was acknowledged.
        if self._unsaved or merged.new_rows > 0 or merged.log_reused or reached != asked:
            self._unsaved = True
            try:
                await self._storage.save(self._ledger.as_dict())
            except OSError as error:
                return replace(result, outcome=Outcome.NOT_SAVED, detail=str(error)), False
            self._unsaved = False
        self._persisted = reached
        return result, merged.complete
