"""A figure of the performance table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure; `limit` is the largest value that is good enough, None: told for information."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def good(self) -> bool:
        """Whether the figure keeps its limit."""
        return self.limit is None or self.value <= self.limit
