"""What of a home survives its process: what is kept of the walker, and the recorder's statistics."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from custom_components.retrostep.core.history.statistics_rows import SERIES, StatisticsRow
from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.pod_log import PodLog

if TYPE_CHECKING:
    from datetime import datetime

type Table = dict[str, dict[datetime, tuple[float, float]]]


def stored(table: Table, since: datetime | None = None) -> dict[str, list[StatisticsRow]]:
    """Give the rows of a table as the recorder does, from an hour on."""
    return {
        key: [
            StatisticsRow(start=start, state=s, sum=t)
            for start, (s, t) in sorted(rows.items())
            if since is None or start >= since
        ]
        for key, rows in table.items()
    }


@dataclass(slots=True)
class ByHand:
    """The corrections that are on the disk: minutes of each walk added, and stretches taken away."""

    walks: dict[int, list[tuple[int, Counts]]] = field(default_factory=dict)
    removed: list[tuple[int, int]] = field(default_factory=list)
    rebuilt: dict[int, Counts] = field(default_factory=dict)
    """What the recorder held of each epoch hour when the ledger was made from that."""

    def copy(self) -> ByHand:
        """Give a copy."""
        return ByHand(dict(self.walks), list(self.removed), dict(self.rebuilt))

    @classmethod
    def from_statistics(cls, table: Table, now: datetime) -> ByHand:
        """Know what is left if the recorder is all that is: its hours, and what comes later."""
        hours: dict[int, Counts] = {}
        for key, series in SERIES.items():
            for start, (state, _) in table[key].items():
                if state > 0 and start <= now:
                    hour = int(start.timestamp()) // 3_600
                    counts = Counts(**{series.count: round(state * series.per_unit)})
                    hours[hour] = hours.get(hour, ZERO) + counts
        return cls(removed=[(0, max(hours) * 60)] if hours else [], rebuilt=hours)

    def remove(self, first: int, stop: int) -> None:
        """Note that the minutes first <= m < stop hold nothing any more."""
        self.removed.append((first, stop))
        self.walks = {
            number: portions for number, portions in self.walks.items() if not first <= portions[0][0] < stop
        }

    def is_removed(self, minute: int) -> bool:
        """Say whether a minute holds nothing."""
        return any(first <= minute < stop for first, stop in self.removed)


@dataclass(slots=True)
class Disk:
    """What survives."""

    document: dict[str, Any] | None = None
    """The ledger's, as last written."""
    features: dict[str, Any] | None = None
    by_hand: ByHand = field(default_factory=ByHand)
    table: Table = field(default_factory=lambda: {key: {} for key in SERIES})

    def copy(self) -> Disk:
        """Give a backup."""
        table = {key: dict(rows) for key, rows in self.table.items()}
        return Disk(self.document, self.features, self.by_hand.copy(), table)

    def restore(self, backup: Disk, *, with_table: bool) -> None:
        """Have what a backup holds; without the table the recorder's database is newer than the ledger."""
        copied = backup.copy()
        self.document, self.features, self.by_hand = copied.document, copied.features, copied.by_hand
        if with_table:
            self.table = copied.table

    @property
    def is_full(self) -> bool:
        """Whether a write may fail."""
        return False

    def open(self) -> None:
        """Read what is kept, as a process that starts; raises StorageError if a person has to decide."""

    def write(
        self,
        document: dict[str, Any],
        features: dict[str, Any] | None,
        now_s: int,  # noqa: ARG002
    ) -> None:
        """Keep the ledger and what belongs to it, by a clock that may be wrong; raises OSError."""
        self.document, self.features = document, features

    def log_of(self, mac: str, log: int) -> PodLog | None:
        """Find what is kept of a pod's log."""
        pod = (self.document or {}).get("pods", {}).get(mac, {"logs": []})
        return next((PodLog.from_list(entry) for entry in pod["logs"] if entry[0] == log), None)
