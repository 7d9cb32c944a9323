"""What the pod says, in the integration's own words.

Every type here is plain data. `parse_page` is the only way in for what a pod answers: it accepts
exactly what the contract of `get_minutes` allows and refuses everything else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto
from itertools import pairwise
from reprlib import repr as short
from typing import Any, Final, NamedTuple, cast

from .counts import COUNTS, Counts, summed
from .day_calendar import epoch_minute

PAGE_VERSION: Final = 1

# The wire carries signed 32-bit integers; the contract keeps all of them non-negative.
_INT31_MAX: Final = 2**31 - 1
# The pod's clock alone outgrows them, in 2038; so far JSON numbers are exact everywhere.
_NOW_MAX: Final = 2**53
# A page is under 4 KB and a row takes at least 25 characters of it.
_ROWS_MAX: Final = 256
# A pod keeps 1,464 rows; a page that speaks of many more is garbage.
_RING_ROWS_MAX: Final = 2_000
# 2020-01-01: no pod is older, so an earlier minute is a clock that was never set.
EPOCH_MIN_FIRST: Final = 26_297_280
CLOCK_SLACK_MIN: Final = 5
"""Pods follow our clock, but ask for it only now and then; further apart somebody is wrong."""

# The most one row may hold. A row is one clock minute; a clock that steps back stretches it, so there is
# room for ten minutes of walking: beyond them nobody walks and the number is garbage.
ROW_MAX: Final = Counts(3_000, 3_000, 3_000, 30_000, 30_000, 600, 600)

_ROW_LIMITS: Final = (
    *((name, 0, high) for name, high in zip(COUNTS, ROW_MAX.as_tuple(), strict=True)),
    ("first_s", -1, 59),
    ("last_s", -1, 59),
    ("max_cm", 0, 1_000),
)


class Position(NamedTuple):
    """Where to ask a pod for more: its log and the last row that needs not be sent again."""

    log: int
    after: int


NOTHING_YET: Final = Position(0, 0)
"""What a pod is asked that was never heard of; no log has this name."""


@dataclass(frozen=True, slots=True)
class MinuteRow:
    """One walked clock minute of one pod; `epoch_min` 0: the pod never learned when it was."""

    seq: int
    epoch_min: int
    counts: Counts
    first_s: int
    last_s: int
    max_cm: int


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of `get_minutes`.

    `next_seq` is the row after the page, `total` covers exactly the rows before it; `oldest` is the
    first row the pod still has, `now_s` its clock (0: not set); `asked` is the question as the pod
    understood it (None: an older pod, which does not repeat it).
    """

    log: int
    oldest: int
    next_seq: int
    more: bool
    now_s: int
    total: Counts
    rows: tuple[MinuteRow, ...]
    asked: Position | None = None

    @property
    def first_seq(self) -> int:
        """The row the page starts at; the one after it if it has none."""
        return self.rows[0].seq if self.rows else self.next_seq

    def refuse_stray(self, asked: Position) -> None:
        """Refuse the answer to another question; raises PageError."""
        if self.asked is not None and self.asked != asked:
            raise PageError(PageFailure.STRAY, f"asked {tuple(asked)}, answered {tuple(self.asked)}")

    def proves_gaps(self, asked: Position) -> bool:
        """Say whether a row that this page lacks is one the pod can't give.

        Only an answer to the question says so. A pod that does not repeat the question proves it by
        where its page starts: at the row asked for, or at the oldest there is.
        """
        due = asked.after + 1 if asked.log == self.log else 1
        return self.asked == asked if self.asked else self.first_seq in (due, self.oldest)

    def clock_skew_s(self, now: datetime) -> int | None:
        """Give how far the pod's clock is ahead of ours; None if the pod has no time."""
        return self.now_s - int(now.timestamp()) if self.now_s else None


class PageFailure(StrEnum):
    """Why a pod's answer must not be used; what a person can put right is the key of an issue."""

    NOT_AN_OBJECT = auto()
    MISSING_KEY = auto()
    WRONG_TYPE = auto()
    OUT_OF_RANGE = auto()
    TOO_MANY_ROWS = auto()
    ORDER = auto()
    DUPLICATE = auto()
    STRAY = auto()
    TOTAL_MISMATCH = auto()
    IMPOSSIBLE_PACE = auto()
    VERSION_TOO_OLD = "firmware_too_old"
    VERSION_TOO_NEW = "firmware_too_new"
    FUTURE_MINUTE = "clock_wrong"
    REWOUND = "log_rewound"


class PageError(Exception):
    """A pod's answer that must not be used; `detail` says what was seen."""

    def __init__(self, reason: PageFailure, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


def _integer(name: str, value: object, low: int = 0, high: int = _INT31_MAX) -> int:
    """Accept a true integer within bounds (a bool is none, nor is a float that looks like one)."""
    if type(value) is not int:
        raise PageError(PageFailure.WRONG_TYPE, f"{name} is {type(value).__name__} {short(value)}")
    if not low <= value <= high:
        raise PageError(PageFailure.OUT_OF_RANGE, f"{name} is {short(value)}, allowed {low} to {high}")
    return value


def _sequence(name: str, value: object, length: int | None = None) -> list[object]:
    """Accept a list, of one length where it is given."""
    if not isinstance(value, list):
        raise PageError(PageFailure.WRONG_TYPE, f"{name} is {type(value).__name__}")
    if length is not None and len(value) != length:
        raise PageError(PageFailure.WRONG_TYPE, f"{name} has {len(value)} entries, not {length}")
    return cast("list[object]", value)


def _row(value: object, oldest: int, next_seq: int) -> MinuteRow:
    """Accept one minute row."""
    entries = _sequence("minute row", value, 2 + len(_ROW_LIMITS))
    seq = _integer("seq", entries[0], oldest, next_seq - 1)
    epoch_min = _integer("epoch_min", entries[1])
    if 0 < epoch_min < EPOCH_MIN_FIRST:
        raise PageError(PageFailure.OUT_OF_RANGE, f"epoch_min {epoch_min} of row {seq} is before 2020")
    numbers = [
        _integer(f"{name} of row {seq}", entry, low, high)
        for (name, low, high), entry in zip(_ROW_LIMITS, entries[2:], strict=True)
    ]
    return MinuteRow(seq, epoch_min, Counts(*numbers[:7]), *numbers[7:])


def _asked(fields: dict[str, Any]) -> Position | None:
    """Accept the question as the pod repeats it, if it does."""
    if "asked" not in fields:
        return None
    log, after = _sequence("asked", fields["asked"], 2)
    # What was asked is written down as it came, a negative number too.
    return Position(
        _integer("asked log", log, -_INT31_MAX - 1), _integer("asked after", after, -_INT31_MAX - 1)
    )


def parse_page(data: object) -> Page:
    """Turn the answer of `get_minutes` into a page.

    Raises PageError; nothing is repaired.
    """
    if not isinstance(data, dict):
        raise PageError(PageFailure.NOT_AN_OBJECT, type(data).__name__)
    fields: dict[str, Any] = data
    if "v" not in fields:
        raise PageError(PageFailure.MISSING_KEY, "v")
    if (version := _integer("v", fields["v"])) != PAGE_VERSION:
        old = version < PAGE_VERSION
        reason = PageFailure.VERSION_TOO_OLD if old else PageFailure.VERSION_TOO_NEW
        raise PageError(reason, f"pod speaks {version}, understood is {PAGE_VERSION}")
    for key in ("log", "oldest", "next", "more", "now", "total", "m"):
        if key not in fields:
            raise PageError(PageFailure.MISSING_KEY, key)
    if not isinstance(fields["more"], bool):
        raise PageError(PageFailure.WRONG_TYPE, f"more is {type(fields['more']).__name__}")
    next_seq = _integer("next", fields["next"], 1)
    oldest = _integer("oldest", fields["oldest"], max(1, next_seq - _RING_ROWS_MAX), next_seq)
    total = Counts(
        *(_integer(name, v) for name, v in zip(COUNTS, _sequence("total", fields["total"], 7), strict=True))
    )
    entries = _sequence("m", fields["m"])
    if len(entries) > _ROWS_MAX:
        raise PageError(PageFailure.TOO_MANY_ROWS, str(len(entries)))
    rows = tuple(_row(entry, oldest, next_seq) for entry in entries)
    for before, row in pairwise(rows):
        if row.seq == before.seq:
            raise PageError(PageFailure.DUPLICATE, f"row {row.seq} twice")
        if row.seq < before.seq:
            raise PageError(PageFailure.ORDER, f"row {row.seq} after {before.seq}")
    held = summed(row.counts for row in rows)
    if any(part > whole for part, whole in zip(held, total, strict=True)):
        raise PageError(
            PageFailure.TOTAL_MISMATCH, f"rows hold {held.as_tuple()}, total says {total.as_tuple()}"
        )
    return Page(
        log=_integer("log", fields["log"]),
        oldest=oldest,
        next_seq=next_seq,
        more=fields["more"],
        now_s=_integer("now", fields["now"], high=_NOW_MAX),
        total=total,
        rows=rows,
        asked=_asked(fields),
    )


def refuse_wrong_clock(page: Page, now: datetime, *, insist: bool = False) -> None:
    """Refuse a page while the pod's clock and ours disagree; raises PageError.

    Nothing is lost: the pod keeps what is not acknowledged. `insist`: they have disagreed for so long that
    they won't agree any more, and only a clock that can't be right is waited for.
    """
    arrival = epoch_minute(now)
    if arrival < EPOCH_MIN_FIRST:
        raise PageError(PageFailure.FUTURE_MINUTE, f"our own clock says {now:%Y-%m-%d}")
    if insist:
        return
    skew_s = page.clock_skew_s(now)
    if skew_s is not None and abs(skew_s) // 60 > CLOCK_SLACK_MIN:
        raise PageError(PageFailure.FUTURE_MINUTE, f"the pod's clock is {skew_s:+} s away from ours")
    for row in page.rows:
        if row.epoch_min > arrival + CLOCK_SLACK_MIN:
            ahead = timedelta(minutes=row.epoch_min - arrival)
            raise PageError(PageFailure.FUTURE_MINUTE, f"row {row.seq} is {ahead} ahead")
