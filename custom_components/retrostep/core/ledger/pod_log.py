"""What the ledger knows of one pod: which rows it has taken, and what those rows hold.

A row is known by (MAC, log, seq) and taken once. The pod's totals tell whether any row is missing:
`total` covers exactly the rows before `next`, so what the taken rows lack in it is either
still to be had (a page went astray) or gone (the pod had to overwrite it).
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from .blocks import BlockMap
from .counts import COUNTS, ZERO, Counts, summed
from .live import LivePod
from .page import MinuteRow, Page, PageError, PageFailure, Position

MINUTES_A_DAY: Final = 1_440
_LOGS_KEPT: Final = 256
"""How many logs of a pod are known. A log begins when the flash is erased, which a person does by hand: as
many as that take a developer most of a year and 28 KB. A log that comes back later counts once more."""
_FOR_EVER: Final = 2**31 - 1
"""Later than any minute of a row."""
_RANGES_KEPT: Final = 32
"""How many ranges of rows are kept of a log that is not the current one."""


class KeptMinute(NamedTuple):
    """What one pod counted in one minute, in the order in which it is written down."""

    back: int = 0
    fwd: int = 0
    side: int = 0
    back_dm: int = 0
    fwd_dm: int = 0
    back_s: int = 0
    fwd_s: int = 0
    first_s: int = -1
    last_s: int = -1
    max_cm: int = 0

    @classmethod
    def of(cls, row: MinuteRow) -> KeptMinute:
        """Take what is kept of a row."""
        return cls._make((*row.counts.as_tuple(), row.first_s, row.last_s, row.max_cm))

    @property
    def counts(self) -> Counts:
        """The counts."""
        return Counts(*self[: len(COUNTS)])

    @property
    def rank(self) -> tuple[int, KeptMinute]:
        """Which of several pods counts: most steps first; the numbers decide a tie, not who came first."""
        return self.back + self.fwd + self.side, self

    def joined(self, other: KeptMinute) -> KeptMinute:
        """Join two rows of one minute and pod: counts add, the span of backward walking covers both."""
        started = [one.first_s for one in (self, other) if one.first_s >= 0]
        return KeptMinute._make(
            (
                *(self.counts + other.counts).as_tuple(),
                min(started, default=-1),
                max(self.last_s, other.last_s),
                max(self.max_cm, other.max_cm),
            )
        )


NO_STEPS: Final = KeptMinute()


@dataclass(slots=True)
class PodLog:
    """The rows taken from one log of a pod."""

    log: int
    after: int = 0
    settled: int = 1
    """Rows before this one are accounted for: taken, never used, or lost."""
    taken: list[list[int]] = field(default_factory=list)
    """Sequence numbers had, as ascending inclusive ranges."""
    credited: Counts = ZERO
    """Sum of the rows taken."""
    drift: Counts = ZERO
    """What the pod's total has beyond the rows taken: rows lost for good."""
    asked_again: int = 0
    """The missing row that is being asked for once more."""
    read_again: int | None = None
    """Up to which row the log was read once more, as it seems to be another one of the same name."""
    foreign_until: int = 0
    """The minute up to which another walker had the pod, who has the rows until then; 0: nobody did."""
    age: int = 0
    """How often a log of this name was followed by another one."""

    @property
    def rows_total(self) -> Counts:
        """The pod's total at its last row that was taken."""
        return self.credited + self.drift

    @property
    def rows_taken(self) -> int:
        """How many numbers were had."""
        return sum(high + 1 - low for low, high in self.taken)

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

    def first_gap(self, first: int, end: int) -> int | None:
        """Give the first row of first <= seq < end that was not taken, None if all were."""
        seq = first
        for low, high in self.taken:
            if low <= seq <= high:
                seq = high + 1
        return seq if seq < end else None

    @property
    def position(self) -> Position:
        """Where to ask the pod for more."""
        return Position(self.log, self.after if self.read_again is None else self.read_again)

    def contradicts(self, page: Page) -> bool:
        """Say whether a page can't be of the log known: it ends earlier, or its total is another one."""
        if not self.taken and self.settled == 1:
            return False
        late = [row.counts for row in page.rows if row.seq >= self.settled and not self.has(row.seq)]
        missing = page.total - self.rows_total - summed(late)
        if page.next_seq < self.settled:
            return self._has_lost_its_end(page, missing)
        has_less = any(part < 0 for part in missing.as_tuple())
        is_whole = self._absent(self.settled, page.next_seq) == len(late)
        return self.is_followed_by(page) and (has_less or (is_whole and bool(missing)))

    def is_followed_by(self, page: Page) -> bool:
        """Say whether a page reaches beyond the rows taken."""
        return self._last_taken < page.next_seq

    def is_rewound(self, page: Page) -> bool:
        """Say whether a page ends earlier than the one before, and knows less than that."""
        return self._has_lost_its_end(page, self._beyond(page))

    def _beyond(self, page: Page) -> Counts:
        """Give what a page's total has beyond the rows taken and those of the page."""
        new = [row.counts for row in page.rows if not self.has(row.seq)]
        return page.total - self.rows_total - summed(new)

    def _has_lost_its_end(self, page: Page, missing: Counts) -> bool:
        has_less = self._last_taken >= page.next_seq or any(part < 0 for part in missing.as_tuple())
        return page.next_seq < self.settled and not page.more and has_less

    def refuse_impossible(self, page: Page) -> None:
        """Refuse a page that can't follow the rows taken; raises PageError.

        A pod numbers its rows without gaps and writes none without a step. A page that ends earlier than
        the one before is refused if it knows less than that; else that one was wrong, and `settle`
        goes on from here.
        """
        if self.is_rewound(page):
            raise PageError(
                PageFailure.REWOUND, f"the log ends before row {page.next_seq}, had {self.settled - 1}"
            )
        if self.settled <= page.next_seq and self.is_followed_by(page):
            missing = self._beyond(page)
            sent = sum(row.seq >= self.settled and not self.has(row.seq) for row in page.rows)
            absent = self._absent(self.settled, page.next_seq) - sent
            if absent > max(0, missing.steps):
                raise PageError(
                    PageFailure.TOTAL_MISMATCH, f"{absent} rows not sent can't hold {missing.steps} steps"
                )

    def settle(self, page: Page, *, proven: bool = True) -> Settlement:
        """Account for all rows before the page's `next_seq`, once the rows of the page were taken.

        A row that is missing is asked for once more and then given up, but only if the page is `proven`
        to be the answer to what was asked: anything else says nothing of what the pod still has.
        """
        if self._last_taken >= page.next_seq or (page.more and page.next_seq < self.settled):
            # An earlier part of the log, asked for once more: compared when its end is reached.
            return Settlement(complete=False)
        if page.next_seq < self.settled:
            self.settled = self._last_taken + 1
        missing = page.total - self.rows_total
        is_missing = any(part > 0 for part in missing.as_tuple())
        gap = self.first_gap(max(page.oldest, self.settled), page.next_seq)
        if is_missing and not proven:
            self.after = self.settled - 1 if gap is None else gap - 1
            return Settlement(complete=False)
        if is_missing and gap is not None and gap != self.asked_again:
            self.asked_again, self.after = gap, gap - 1
            return Settlement(complete=False)
        # With a row for each number something is missing all the same: then it was of a minute at least.
        lost_rows = max(1, self._absent(self.settled, page.next_seq)) if is_missing else 0
        self.drift += missing
        self.settled, self.asked_again = page.next_seq, 0
        self.after = max(0, page.next_seq - 1)
        self._join_before(page.oldest)
        return Settlement(complete=not page.more, lost_rows=lost_rows, lost=missing.floor(ZERO))

    @property
    def _last_taken(self) -> int:
        """The last row taken, 0 before the first."""
        return self.taken[-1][1] if self.taken else 0

    def _absent(self, first: int, end: int) -> int:
        """Count the rows of first <= seq < end that were not taken."""
        return end - first - sum(max(0, min(high + 1, end) - max(low, first)) for low, high in self.taken)

    def _join_before(self, oldest: int) -> None:
        """Keep one range for what the pod can't send any more."""
        gone = [span for span in self.taken if span[1] < oldest]
        if gone:
            self.taken = [[gone[0][0], gone[-1][1]], *self.taken[len(gone) :]]

    def close(self) -> None:
        """Keep what must be known should the log come back, within bounds: the oldest holes are closed."""
        if len(self.taken) > _RANGES_KEPT:
            newest = self.taken[-_RANGES_KEPT + 1 :]
            self.taken = [[self.taken[0][0], self.taken[-_RANGES_KEPT][1]], *newest]

    def as_list(self) -> list[Any]:
        """Write it down."""
        flat = [bound for span in self.taken for bound in span]
        sums = [list(self.credited.as_tuple()), list(self.drift.as_tuple())]
        before = [self.foreign_until, self.age] if self.foreign_until or self.age else []
        return [self.log, self.after, self.settled, flat, *sums, *before]

    @classmethod
    def from_list(cls, kept: list[Any]) -> PodLog:
        """Read what `as_list` wrote."""
        log, after, settled, flat, credited, drift, *before = kept
        taken = [[flat[i], flat[i + 1]] for i in range(0, len(flat), 2)]
        sums = Counts(*credited), Counts(*drift)
        # Once nobody noted when the other walker had it last: then all of it may be theirs.
        foreign_until, age = (_FOR_EVER, 0) if before == [True] else before or (0, 0)
        return cls(log, after, settled, taken, *sums, foreign_until=foreign_until, age=age)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the end of a page says about rows that are not there."""

    complete: bool
    """Everything the pod has was taken."""
    lost_rows: int = 0
    """Upper bound: a power cut may skip sequence numbers."""
    lost: Counts = ZERO


class PodRecord:
    """One pod: its logs, its minute rows, its live totals."""

    def __init__(self, document: Mapping[str, Any] | None = None) -> None:
        """Start empty, or from what `as_dict` wrote."""
        kept = document or {}
        self.logs: list[PodLog] = [PodLog.from_list(entry) for entry in kept.get("logs", [])]
        self.minutes = BlockMap(KeptMinute._make, len(KeptMinute._fields), MINUTES_A_DAY, kept.get("minutes"))
        self.live = LivePod(kept.get("live"))
        self.fetched: int = kept.get("fetched", 0)
        """The minute up to which everything the pod had was fetched; 0: not known."""
        self.is_gone: bool = kept.get("gone", False)
        """Whether it was taken off the walker: it is not waited for without end."""

    def as_dict(self) -> dict[str, Any]:
        """Write it down."""
        return {
            "logs": [log.as_list() for log in self.logs],
            "minutes": self.minutes.as_blocks(),
            "live": self.live.as_dict(),
            "fetched": self.fetched,
            "gone": self.is_gone,
        }

    @property
    def current(self) -> PodLog | None:
        """The log the pod answered with last."""
        return self.logs[-1] if self.logs else None

    @property
    def rows_total(self) -> Counts:
        """The pod's total at its last row that was taken."""
        return self.logs[-1].rows_total if self.logs else ZERO

    def known_log(self, log: int) -> PodLog:
        """Give what was taken of a log; nothing of one never heard of."""
        return next((entry for entry in self.logs if entry.log == log), PodLog(log))

    def enter_log(self, log: int) -> bool:
        """Make a log the current one; returns whether the pod had another before."""
        if self.logs and self.logs[-1].log == log:
            return False
        had = bool(self.logs)
        known = self.known_log(log)
        for left in self.logs:
            left.close()
        self._keep([*(entry for entry in self.logs if entry is not known), known])
        return had

    def _keep(self, logs: list[PodLog]) -> None:
        """Keep the newest logs; of those that held nothing there is nothing to know."""
        held = [log for log in logs[:-1] if log.taken] if len(logs) > _LOGS_KEPT else logs[:-1]
        self.logs = [*held, *logs[-1:]][-_LOGS_KEPT:]

    def handed_on(self) -> list[PodLog]:
        """Give what was taken, for the record of another walker who gets the pod."""
        until = max(self.fetched, self.minutes.last() or 0)
        return [replace(log, foreign_until=until) for log in self.logs]

    def go_on_from(self, others: list[PodLog]) -> bool:
        """Know what another record of the same pod knows, where that is more; returns whether it is."""
        own = {log.log: (log.age, log.settled) for log in self.logs}
        newer = [log for log in others if own.get(log.log, (0, 0)) < (log.age, log.settled)]
        if newer:
            gone = {log.log for log in newer}
            copies = [PodLog.from_list(log.as_list()) for log in newer]
            self._keep([*(log for log in self.logs if log.log not in gone), *copies])
        return bool(newer)

    def put_minute(self, minute: int, kept: KeptMinute | None) -> None:
        """Have a minute hold something else, or nothing."""
        if kept is None:
            self.minutes.drop(minute)
        else:
            self.minutes.put(minute, kept)

    def put_row(self, minute: int, row: KeptMinute) -> KeptMinute | None:
        """Keep a row of a minute; gives what the minute held before.

        Rows of the same minute (reboot, clock set back) are one walk after another.
        """
        before = self.minutes.get(minute)
        self.minutes.put(minute, row if before is None else before.joined(row))
        return before


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What a page changed."""

    new_rows: int = 0
    """Rows taken now; the others were known."""
    undated_rows: int = 0
    """Rows among them without a time, credited to now."""
    lost_rows: int = 0
    """Rows the pod overwrote before they were asked for (upper bound)."""
    lost: Counts = ZERO
    """What the lost rows held."""
    changed_hours: frozenset[datetime] = frozenset()
    """UTC hours whose counts changed; the sums of all later hours did too."""
    complete: bool = False
    """Everything the pod has was taken."""
    log_changed: bool = False
    """The pod began a new log."""
    log_reused: bool = False
    """The new log has the name of one before."""
