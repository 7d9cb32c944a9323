"""How far a pod's running totals rise from one report to the next.

A pod reports what it counted since its log began, name by name. Whoever wants to know what was walked lately
asks here; what a rise means (a stride just now, minutes out of reach) the asker decides.
"""

from collections.abc import Iterator, Mapping
from typing import Final

HELD_BACK_STEPS_MAX: Final = 600
"""Steps that may have no minute row yet: open, or waiting for their save. Three minutes of running."""
JUST_NOW_STEPS_MAX: Final = 60
"""Steps a pod may report at once of walking that goes on: it does so every 10 s; more were walked earlier."""


class RunningTotals:
    """The totals a pod reported last, by name."""

    def __init__(self, reported: Mapping[str, int] | None = None) -> None:
        """Start without any, or with what `as_dict` gave."""
        self._reported: dict[str, int] = dict(reported or {})

    def __iter__(self) -> Iterator[str]:
        return iter(self._reported)

    def __bool__(self) -> bool:
        return bool(self._reported)

    def __getitem__(self, name: str) -> int:
        """Give what was reported last; 0 before the first time."""
        return self._reported.get(name, 0)

    def rise(self, totals: Mapping[str, int], name: str) -> int:
        """Take over one of the totals; returns by how much it changed.

        0 for one that is not reported now or was not before: it may hold the walks of weeks. Negative: the
        pod counts anew, and what it says now is where to count from.
        """
        if name not in totals:
            return 0
        before = self._reported.get(name, totals[name])
        self._reported[name] = totals[name]
        return totals[name] - before

    def keep(self, names: set[str]) -> None:
        """Forget all but some."""
        self._reported = {name: total for name, total in self._reported.items() if name in names}

    def forget(self) -> None:
        """Forget all: what is reported next is where to count from."""
        self._reported.clear()

    def as_dict(self) -> dict[str, int]:
        """Write them down."""
        return dict(self._reported)
