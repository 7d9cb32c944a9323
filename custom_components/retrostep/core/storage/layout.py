"""Which lists of a walker's documents are kept in blocks, and how they are taken out and put back.

A table is a list of rows that grows with the years. It is taken out of its document as blocks that are
written one by one; what is left of the document is small. A list that has another form than is expected here
stays in its document: it is kept all the same.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

LEDGER: Final = "ledger"
GOALS: Final = "goals"
REMINDERS: Final = "reminders"
GUIDE: Final = "guide"
FEELINGS: Final = "feelings"
PARTS: Final = (LEDGER, GOALS, REMINDERS, GUIDE, FEELINGS)

type Document = Mapping[str, Any]
type Table = dict[str, list[Any]]
"""The rows of a table by the number of their block, as text."""
type Tables = dict[str, Table]
"""Tables by name: the part and the way to them in its document, joined by slashes."""

_ANY: Final = "*"
_MONTHS: Final = 64
_QUARTER_S: Final = 90 * 86_400


def _as_blocks(kept: Any) -> Table | None:
    """Take what a `BlockMap` wrote: it is in blocks already."""
    if isinstance(kept, dict) and all(
        isinstance(rows, list) and _is_number(name) for name, rows in kept.items()
    ):
        return kept
    return None


def _is_number(name: str) -> bool:
    """Say whether a name is a number as it is written here."""
    return name.removeprefix("-").isdecimal() and name.isascii() and str(int(name)) == name


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Cuts a list of rows into stretches of `span`, by the day or second each row begins with."""

    span: int

    def __call__(self, kept: Any) -> Table | None:
        if not isinstance(kept, list):
            return None
        try:
            numbers = [_number(row[0]) // self.span for row in kept]
        except TypeError, ValueError, LookupError:
            return None
        if numbers != sorted(numbers):
            return None
        rows = iter(kept)
        return {str(number): [next(rows) for _ in same] for number, same in groupby(numbers)}


def _number(key: Any) -> int:
    """Give a day's number or a second."""
    return key if type(key) is int else date.fromisoformat(key).toordinal()


type _Cut = Callable[[Any], Table | None]

LAYOUT: Final[Mapping[str, Mapping[tuple[str, ...], _Cut]]] = {
    LEDGER: {
        ("totals", "hours"): _as_blocks,
        ("totals", "days"): _as_blocks,
        ("totals", "manual"): _as_blocks,
        ("totals", "undated"): _as_blocks,
        ("pods", _ANY, "minutes"): _as_blocks,
        ("old_sessions",): _as_blocks,
    },
    GOALS: {("goal_days", "days"): _Stretches(_MONTHS)},
    REMINDERS: {("diary", "settled"): _Stretches(_MONTHS)},
    GUIDE: {("three_metres", "walks"): _Stretches(_QUARTER_S)},
    FEELINGS: {("ratings",): _Stretches(_QUARTER_S)},
}


def _ways(document: Document, pattern: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Give the ways in a document that a pattern means."""
    ways: list[tuple[tuple[str, ...], Any]] = [((), document)]
    for name in pattern:
        ways = [
            ((*way, key), place[key])
            for way, place in ways
            if isinstance(place, Mapping)
            for key in (place if name == _ANY else (name,))
            if key in place and "/" not in key
        ]
    return (way for way, _ in ways)


def _at(document: Document, way: tuple[str, ...]) -> Any:
    for name in way:
        document = document[name]
    return document


def _with(document: Document, way: tuple[str, ...], value: Any) -> dict[str, Any]:
    """Give a document with another value at the end of a way; the one given stays as it is."""
    name, *rest = way
    return {**document, name: _with(document[name], tuple(rest), value) if rest else value}


def split(part: str, document: Document) -> tuple[Document, Tables]:
    """Take the tables out of a part's document; their places stay, empty."""
    tables: Tables = {}
    for pattern, cut in LAYOUT.get(part, {}).items():
        for way in _ways(document, pattern):
            kept = _at(document, way)
            if (table := cut(kept)) is not None:
                tables["/".join((part, *way))] = table
                document = _with(document, way, type(kept)())
    return document, tables


def join(part: str, document: Document, tables: Mapping[str, Table]) -> dict[str, Any]:
    """Put the tables back; those of other parts are left alone.

    Raises LookupError or TypeError if one has no place.
    """
    for name, table in tables.items():
        owner, *way = name.split("/")
        if owner != part:
            continue
        blocks = dict(sorted(table.items(), key=lambda block: int(block[0])))
        is_list = isinstance(_at(document, tuple(way)), list)
        rows = [row for block in blocks.values() for row in block]
        document = _with(document, tuple(way), rows if is_list else blocks)
    return dict(document)
