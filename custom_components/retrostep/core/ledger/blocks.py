"""Rows of integers by an integer key, kept as compact as they are written down.

A map holds its rows in blocks of `span` keys. A block that nobody touched since loading stays the
flat list of numbers it was stored as, so loading and saving cost as good as nothing for what
did not change; a block is opened when one of its rows is needed.
"""

from collections.abc import Callable, Iterable, Iterator


class BlockMap[Row: tuple[int, ...]]:
    """An ordered map from int to a row of `width` ints; reading and writing a row takes constant time."""

    def __init__(
        self,
        make_row: Callable[[Iterable[int]], Row],
        width: int,
        span: int,
        blocks: dict[str, list[int]] | None = None,
    ) -> None:
        """Start empty, or with the blocks of `as_blocks`; raises ValueError if they are none."""
        self._make_row = make_row
        self._width = width
        self._span = span
        self._flat: dict[int, list[int]] = {}
        self._open: dict[int, dict[int, Row]] = {}
        for name, flat in (blocks or {}).items():
            if len(flat) % (width + 1) or not set(map(type, flat)) <= {int}:
                raise ValueError(f"block {name} holds {len(flat)} numbers, or something else")
            self._flat[int(name)] = flat

    def _block(self, number: int) -> dict[int, Row]:
        """Open a block (an empty one if there is none)."""
        block = self._open.get(number)
        if block is None:
            flat = self._flat.get(number, [])
            first = number * self._span
            step = self._width + 1
            block = {
                first + flat[i]: self._make_row(flat[i + 1 : i + step]) for i in range(0, len(flat), step)
            }
            self._open[number] = block
        return block

    def get(self, key: int) -> Row | None:
        """Give the row of a key."""
        number = key // self._span
        block = self._open.get(number)
        if block is None:
            if number not in self._flat:
                return None
            block = self._block(number)
        return block.get(key)

    def put(self, key: int, row: Row) -> None:
        """Set the row of a key."""
        number = key // self._span
        self._block(number)[key] = row
        self._flat.pop(number, None)

    def drop(self, key: int) -> None:
        """Forget the row of a key."""
        number = key // self._span
        if self.get(key) is not None:
            del self._open[number][key]
            self._flat.pop(number, None)

    def starts(self) -> set[int]:
        """Give the first keys of the blocks that hold anything."""
        kept = [number for blocks in (self._open, self._flat) for number, rows in blocks.items() if rows]
        return {number * self._span for number in kept}

    def last(self) -> int | None:
        """Give the greatest key; None: there is none."""
        newest = max(self.starts(), default=None)
        return None if newest is None else max(self._block(newest // self._span))

    def rows(self, first: int, end: int) -> Iterator[tuple[int, Row]]:
        """Give the rows with first <= key < end in the order of their keys."""
        low, high = first // self._span, (end - 1) // self._span
        for number in sorted(n for n in self._open.keys() | self._flat.keys() if low <= n <= high):
            block = self._block(number)
            for key in sorted(block):
                if first <= key < end:
                    yield key, block[key]

    def rows_from(self, first: int) -> Iterator[tuple[int, Row]]:
        """Give the rows with first <= key in the order of their keys."""
        last_block = max(self._open.keys() | self._flat.keys(), default=0)
        return self.rows(first, (last_block + 1) * self._span)

    def drop_before(self, key: int) -> None:
        """Forget the blocks that lie wholly before a key."""
        for number in [n for n in self._open.keys() | self._flat.keys() if (n + 1) * self._span <= key]:
            self._open.pop(number, None)
            self._flat.pop(number, None)

    def as_blocks(self) -> dict[str, list[int]]:
        """Write all rows down; the lists are never changed afterwards."""
        for number, block in self._open.items():
            if not block:
                self._flat.pop(number, None)
            elif number not in self._flat:
                first = number * self._span
                self._flat[number] = [n for key in sorted(block) for n in (key - first, *block[key])]
        self._open.clear()
        return {str(number): flat for number, flat in sorted(self._flat.items()) if flat}
