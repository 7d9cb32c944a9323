"""What the ledger knows of one pod: which rows it has taken, and what those rows hold.

A row is known by (MAC, log, seq) and taken once. The pod's totals tell whether any row is missing:
`total` covers exactly the rows before `next`, so what the taken rows lack in it is either
still to be had (a page went astray) or gone (the pod had to overwrite it).
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .ledger_live import LivePod
from .ledger_shelf import Row, Shelf
from .models import COUNTS, ZERO, Counts, MinuteRow, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

MINUTES_A_DAY: Final = 1_440
_ROW_WIDTH: Final = len(COUNTS) + 3
# A pod begins a new log when its flash was wiped; answers of older logs can't come late for ever.
_LOGS_KEPT: Final = 8


class Position(NamedTuple):
    """Where to ask a pod for more: its log and the last row that needs not be sent again."""

    log: int
    after: int


@dataclass(slots=True)
class PodLog:
    """The rows taken from one log of a pod."""

    log: int
    after: int = 0
    next_seq: int = 0
    taken: list[list[int]] = field(default_factory=list)
    """Sequence numbers had, as ascending inclusive ranges."""
    credited: Counts = ZERO
    """Sum of the rows taken."""
    drift: Counts = ZERO
    """What the pod's total has beyond the rows taken: rows lost for good."""

    @property
    def rows_total(self) -> Counts:
        """The pod's total at its last row that was taken."""
        return self.credited + self.drift

    def has(self, seq: int) -> bool:
        """Say whether a row was taken before."""
        index = bisect_right(self.taken, seq, key=lambda span: span[0]) - 1
        return index >= 0 and seq <= self.taken[index][1]

    def take(self, seq: int) -> None:
        """Remember a row as taken."""
        index = bisect_right(self.taken, seq, key=lambda span: span[0])
        if index and self.taken[index - 1][1] == seq - 1:
            self.taken[index - 1][1] = seq
        else:
            self.taken.insert(index, [seq, seq])
            index += 1
        if index < len(self.taken) and self.taken[index][0] == seq + 1:
            self.taken[index - 1][1] = self.taken.pop(index)[1]

    def first_gap(self, oldest: int) -> int | None:
        """Give the first row from `oldest` on that was not taken, None if all were."""
        seq = max(oldest, 1)
        for low, high in self.taken:
            if low <= seq <= high:
                seq = high + 1
        return seq if seq < self.next_seq else None

    def missing_before(self, oldest: int) -> int:
        """Count the sequence numbers below `oldest` that were never taken."""
        had = sum(max(0, min(high, oldest - 1) - max(low, 1) + 1) for low, high in self.taken)
        return max(0, oldest - 1 - had)

    def close_gaps(self) -> None:
        """Treat every number before `next_seq` as had: what is absent never was, or is gone."""
        if self.next_seq > 0:
            self.taken = [[0, self.next_seq - 1]]

    def as_list(self) -> list[Any]:
        """Write it down."""
        flat = [bound for span in self.taken for bound in span]
        return [
            self.log, self.after, self.next_seq, flat,
            list(self.credited.as_tuple()), list(self.drift.as_tuple()),
        ]  # fmt: skip

    @classmethod
    def from_list(cls, kept: list[Any]) -> PodLog:
        """Read what `as_list` wrote."""
        log, after, next_seq, flat, credited, drift = kept
        taken = [[flat[i], flat[i + 1]] for i in range(0, len(flat), 2)]
        return cls(log, after, next_seq, taken, Counts.of(credited), Counts.of(drift))


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What the end of a page says about rows that are not there."""

    complete: bool
    """Everything the pod has was taken."""
    lost_rows: int = 0
    """Upper bound: a power cut skips sequence numbers that were never used."""
    lost: Counts = ZERO


class PodBook:
    """One pod: its logs, its minute rows, its live totals."""

    def __init__(self, document: Mapping[str, Any] | None = None) -> None:
        """Start empty, or from what `as_dict` wrote."""
        kept = document or {}
        self.logs: list[PodLog] = [PodLog.from_list(entry) for entry in kept.get("logs", [])]
        self.minutes = Shelf(_ROW_WIDTH, MINUTES_A_DAY, kept.get("minutes"))
        self.live = LivePod(kept.get("live"))

    def as_dict(self) -> dict[str, Any]:
        """Write it down."""
        return {
            "logs": [log.as_list() for log in self.logs],
            "minutes": self.minutes.as_blocks(),
            "live": self.live.as_dict(),
        }

    @property
    def current(self) -> PodLog | None:
        """The log the pod answered with last."""
        return self.logs[-1] if self.logs else None

    @property
    def rows_total(self) -> Counts:
        """The pod's total at its last row that was taken."""
        return self.logs[-1].rows_total if self.logs else ZERO

    def enter_log(self, log: int) -> bool:
        """Make a log the current one; returns whether the pod had another before."""
        if self.logs and self.logs[-1].log == log:
            return False
        had = bool(self.logs)
        known = next((entry for entry in self.logs if entry.log == log), PodLog(log))
        self.logs = [*(entry for entry in self.logs if entry is not known), known][-_LOGS_KEPT:]
        return had

    def put_row(self, row: MinuteRow) -> None:
        """Keep a dated row; rows of the same minute (reboot, clock set back) are one walk after another."""
        old = self.minutes.get(row.epoch_min)
        new: Row = (*row.counts.as_tuple(), row.first_s, row.last_s, row.max_cm)
        self.minutes.put(row.epoch_min, new if old is None else _joined(old, new))

    def reconcile(self, page: Page) -> Reconciliation:
        """Compare what was taken with what the pod says it has, after the rows of a page were taken."""
        log = self.logs[-1]
        log.next_seq = page.next_seq
        if page.more:
            return Reconciliation(complete=False)
        missing = page.total - log.rows_total
        gap = log.first_gap(page.oldest)
        if any(part > 0 for part in missing.as_tuple()) and gap is not None:
            log.after = gap - 1
            return Reconciliation(complete=False)
        lost_rows = log.missing_before(page.oldest) if missing else 0
        log.drift += missing
        log.close_gaps()
        log.after = max(0, page.next_seq - 1)
        return Reconciliation(complete=True, lost_rows=lost_rows, lost=missing.floor(ZERO))


def _joined(first: Row, second: Row) -> Row:
    """Join two rows of one minute and pod: counts add, the span of backward walking covers both."""
    started = [row[7] for row in (first, second) if row[7] >= 0]
    return (
        *(a + b for a, b in zip(first[:7], second[:7], strict=True)),
        min(started, default=-1), max(first[8], second[8]), max(first[9], second[9]),
    )  # fmt: skip
