"""A small pod and a few shorthands, so that scenarios read as what happened."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from custom_components.retrostep.core.ledger import pod_records as pod_records_module
from custom_components.retrostep.core.ledger import totals as totals_module
from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import parse_page
from custom_components.retrostep.core.ledger.pod_log import MergeResult

if TYPE_CHECKING:
    import pytest

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
MAC = "a0:00:00:00:00:01"
OTHER_MAC = "a0:00:00:00:00:02"


def utc(text: str) -> datetime:
    """Read a UTC time like "2026-03-01 09:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def berlin(text: str) -> datetime:
    """Read a wall-clock time in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def minute(when: datetime) -> int:
    """Give the epoch minute."""
    return int(when.timestamp()) // 60


def walked(steps: int, *, fwd: int = 0, side: int = 0) -> Counts:
    """Give the counts of some walking: 0.5 m and 0.5 s a backward step, 0.6 m a forward one."""
    return Counts(steps, fwd, side, steps * 5, fwd * 6, steps // 2, fwd // 2)


@dataclass
class Pod:
    """A pod that has walked: its minute rows, its totals, its page answers."""

    mac: str = MAC
    log: int = 7_001
    rows: list[list[int]] = field(default_factory=list)
    total: Counts = ZERO
    open_minute: Counts = ZERO
    next_seq: int = 1
    oldest: int = 1
    asked: list[tuple[int, int]] = field(default_factory=list)
    repeats: bool = True
    """Whether it repeats what it was asked; older firmware does not."""

    def walk(self, when: datetime | None, counts: Counts | int, span: tuple[int, int] = (0, 59)) -> None:
        """Close a minute of walking; `when` None: the pod never learned when it was."""
        if isinstance(counts, int):
            counts = walked(counts)
        seconds = list(span) if counts.back else [-1, -1]
        epoch_min = minute(when) if when else 0
        self.rows.append([self.next_seq, epoch_min, *counts.as_tuple(), *seconds, 55 if counts.back else 0])
        self.next_seq += 1
        self.total += counts

    def overwrite(self, rows: int) -> None:
        """Run out of room for the oldest rows."""
        self.rows = self.rows[rows:]
        self.oldest = self.rows[0][0] if self.rows else self.next_seq

    def live(self) -> dict[str, int]:
        """Give what the cumulative sensors say."""
        now = self.total + self.open_minute
        return {"back": now.back, "fwd": now.fwd, "back_dm": now.back_dm, "fwd_dm": now.fwd_dm}

    def answer(self, log: int = 0, after: int = 0, limit: int = 100, now: datetime | None = None) -> Any:
        """Answer `get_minutes`."""
        self.asked.append((log, after))
        repeated = {"asked": [log, after]} if self.repeats else {}
        after = after if log == self.log else 0
        due = [row for row in self.rows if row[0] > after]
        more = len(due) > limit
        next_seq = due[limit][0] if more else self.next_seq
        total = self.total
        for row in due[limit:]:
            total -= Counts(*row[2:9])
        return {
            "v": 1, "log": self.log, "oldest": min(self.oldest, next_seq), "next": next_seq,
            "more": more, "now": int(now.timestamp()) if now else 0,
            "total": list(total.as_tuple()), "m": [list(row) for row in due[:limit]], **repeated,
        }  # fmt: skip


def pull(ledger: Ledger, pod: Pod, now: datetime, limit: int = 100) -> MergeResult:
    """Merge all a pod has; gives the last result."""
    while True:
        log, after = ledger.position(pod.mac) or (0, 0)
        page = parse_page(pod.answer(log, after, limit, now))
        result = ledger.merge(pod.mac, page, now)
        if not page.more and (result.complete or ledger.position(pod.mac) == (log, after)):
            return result


def keep_little(patch: pytest.MonkeyPatch, days: int = 1, weeks: int = 1) -> None:
    """Have ledgers let go of minutes and hours after so many days and weeks, which are soon walked."""
    patch.setattr(pod_records_module, "DAYS_KEPT", days)
    patch.setattr(pod_records_module, "DAYS_SPARE", 0)
    patch.setattr(totals_module, "HOUR_WEEKS_KEPT", weeks)
    patch.setattr(totals_module, "HOUR_WEEKS_SPARE", 0)


def restart(ledger: Ledger) -> Ledger:
    """Write the ledger down and read it again, through real JSON."""
    import json  # noqa: PLC0415

    return Ledger.from_dict(json.loads(json.dumps(ledger.as_dict())))
