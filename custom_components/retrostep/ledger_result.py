"""What merging a page of minute rows changed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from .models import Counts


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What a page changed."""

    new_rows: int
    """Rows taken now; the others were known."""
    undated_rows: int
    """Rows among them without a time, credited to now."""
    lost_rows: int
    """Rows the pod overwrote before they were asked for (upper bound)."""
    lost: Counts
    """What the lost rows held."""
    changed_hours: frozenset[datetime]
    """UTC hours whose counts changed; the sums of all later hours did too."""
    complete: bool
    """Everything the pod has was taken."""
    log_changed: bool
    """The pod began a new log."""
