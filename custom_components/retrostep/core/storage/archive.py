"""A walker's archive: reads the parts, commits them, files finished blocks and keeps the last good copy.

Everything here may be called in a thread, one call at a time. Times are epoch seconds and may be wrong: a
clock that jumps only files blocks earlier or later.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final

from .copies import copy_day, keep_copy
from .files import (
    BLOCKS,
    COPIES,
    CURRENT,
    Failure,
    Files,
    StorageError,
    decoded,
    encoded,
    is_block,
    name_of,
    opened,
    sealed,
)
from .layout import Document, Table, Tables, join, split
from .versions import VERSION, Parts, lifted

ROUND_S: Final = 6 * 3_600
"""So long at least a filed block stays in `current` too, and a file nobody names any more stays a file."""
OPEN_ROUNDS: Final = 12
"""The newest block of a table is filed too if it did not change for so many rounds."""
INDEX_FROM: Final = 16
"""So many blocks `current` names by itself before they go into the index."""
_INDEX: Final = "index"

type Names = dict[str, dict[str, str | None]]
"""The file of each block by table and number; None: the block is gone."""


@dataclass(frozen=True, slots=True)
class _Block:
    """One block; `name` is its file, None if it has none that holds these rows."""

    rows: list[Any]
    since: int
    """The round in which it changed, was filed or was read last."""
    name: str | None = None
    inline: bool = True
    """Its rows are in `current`."""


type _Blocks = dict[str, dict[str, _Block]]


@dataclass(frozen=True, slots=True)
class _State:
    """All that is kept, as of the last commit."""

    small: dict[str, Document] = field(default_factory=dict)
    blocks: _Blocks = field(default_factory=dict)
    rounds: int = 0
    round_s: int = 0
    index: str | None = None
    indexed: Names = field(default_factory=dict)
    """What the index holds."""
    next_index: str | None = None
    """An index that is written and becomes the index with the next round."""


class Archive:
    """The files of one walker. `load` comes first: what it could not read must not be committed over."""

    def __init__(self, files: Files, walker: str) -> None:
        """Keep a walker's parts in a folder; `walker` tells swapped folders apart."""
        self._files = files
        self._walker = walker
        self._state = _State()
        self._body = b""
        # What blocks in `current` are written as, with the rows that was made of.
        self._texts: dict[tuple[str, str], tuple[list[Any], bytes]] = {}
        # What `current` named in the last two rounds, as far as this process saw them.
        self._used: list[set[str]] = []
        self._cleared_round: int | None = None
        self._copy_day: int | None = None
        self.stamp = ""
        """Tells what is kept from whatever else may be; the same as long as the file is."""
        self.healed = 0
        """How many damaged blocks were taken from the copy."""

    # -- reading ------------------------------------------------------------------------------

    def load(self) -> Parts | None:
        """Give all parts; None if nothing was ever kept.

        Raises StorageError, or OSError if the disk can't be read.
        """
        content = self._files.read(CURRENT)
        self._copy_day = copy_day(self._files)
        if content is None:
            if self._files.names(BLOCKS) or self._files.names(COPIES):
                raise StorageError(Failure.MISSING, f"no {CURRENT}")
            return None
        parts = self._take(opened(content))
        self.stamp = name_of(content)
        return parts

    def _take(self, body: Any) -> Parts:
        body = lifted(body)
        if body.get("walker") != self._walker:
            raise StorageError(Failure.UNREADABLE, "the file of another walker")
        try:
            index: str | None = body["index"]
            indexed: Names = self._block(index) if index else {}
            names = {table: dict(blocks) for table, blocks in indexed.items()}
            for table, blocks in body["names"].items():
                names.setdefault(table, {}).update(blocks)
            inline: Tables = body["inline"]
            blocks = self._blocks(names, inline, body["rounds"])
            parts = {
                part: join(part, document, {table: _rows(kept) for table, kept in blocks.items()})
                for part, document in body["parts"].items()
            }
            state = _State(
                body["parts"],
                blocks,
                body["rounds"],
                body["round_s"],
                index,
                indexed,
                body["next_index"],
            )
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise StorageError(Failure.UNREADABLE, repr(error)) from error
        self._state, self._body = state, self._body_of(state)
        return parts

    def _blocks(self, names: Names, inline: Tables, rounds: int) -> _Blocks:
        found: _Blocks = {}
        for table in names.keys() | inline.keys():
            rows_inline = inline.get(table, {})
            known = found[table] = {
                number: _Block(rows, rounds, names.get(table, {}).get(number))
                for number, rows in rows_inline.items()
            }
            for number, name in names.get(table, {}).items():
                if name is not None and number not in known:
                    known[number] = _Block(self._block(name), rounds, name, inline=False)
        return found

    def _block(self, name: str) -> Any:
        """Read a block, from the copy if need be: also if it lies on a bad sector."""
        refused: OSError | None = None
        for folder in (BLOCKS, COPIES):
            try:
                content = self._files.read(f"{folder}/{name}")
            except OSError as error:
                refused = error
                continue
            if content is not None and name_of(content) == name:
                if folder == COPIES:
                    self._heal(name, content)
                return decoded(content)
        raise refused or StorageError(Failure.UNREADABLE, f"block {name} is damaged")

    def _heal(self, name: str, content: bytes) -> None:
        """Put a block back in its place; a disk that takes nothing still lets it be read."""
        self.healed += 1
        with suppress(OSError):
            self._files.write(f"{BLOCKS}/{name}", content)

    # -- writing ------------------------------------------------------------------------------

    def commit(self, parts: Mapping[str, Document | None], now_s: int) -> bool:
        """Keep these parts (None: a part is no more) beside the others; returns whether anything is new.

        Raises OSError, then what was kept before is unchanged. Returns once all is safely on the disk.
        """
        state = self._changed(self._state, parts)
        is_round_over = abs(now_s - state.round_s) >= ROUND_S
        if not self._body and is_round_over:
            # At first without blocks: those without `current` are damage.
            self._replace(replace(state, round_s=now_s))
            with suppress(OSError):
                self._replace(self._filed(self._state, now_s))
        elif not self._replace(self._filed(state, now_s) if is_round_over else state):
            return False
        self._clear(self._state)
        day = now_s // 86_400
        if day != self._copy_day:
            self._copy_day = day
            with suppress(OSError):
                keep_copy(self._files, self._mended(self._state), self._body, now_s)
        return True

    def _replace(self, state: _State) -> bool:
        """Have this be what is kept; returns whether anything is new."""
        body = self._body_of(state)
        if body == self._body:
            return False
        content = sealed(body)
        self._files.write(CURRENT, content)
        self._state, self._body, self.stamp = state, body, name_of(content)
        return True

    def _mended(self, state: _State) -> set[str]:
        """Give the blocks without which `current` can't be read.

        Those that are on the disk no more as they were are written anew: what they hold is known.
        """
        mended = {
            self._write_block(encoded(block.rows))
            for kept in state.blocks.values()
            for block in kept.values()
            if block.name is not None
        }
        return mended if state.index is None else mended | {self._write_block(encoded(state.indexed))}

    def _changed(self, state: _State, parts: Mapping[str, Document | None]) -> _State:
        """Take over new documents; blocks that are as they were stay what they are."""
        small, blocks = dict(state.small), dict(state.blocks)
        for part, document in parts.items():
            small.pop(part, None)
            tables: Tables = {}
            if document is not None:
                small[part], tables = split(part, document)
            for table in [table for table in blocks if table.split("/")[0] == part]:
                del blocks[table]
            for table, kept in tables.items():
                blocks[table] = _updated(state.blocks.get(table, {}), kept, state.rounds)
        return replace(state, small=small, blocks=blocks)

    def _filed(self, state: _State, now_s: int) -> _State:
        """Begin a round: blocks filed in the round before leave `current`, finished ones are filed."""
        rounds = state.rounds + 1
        index, indexed = state.index, state.indexed
        if state.next_index is not None:
            # If it is lost, the one before stays: `current` names what that does not say.
            with suppress(StorageError, OSError):
                index, indexed = state.next_index, self._block(state.next_index)
        blocks: _Blocks = {}
        for table, kept in state.blocks.items():
            newest = max(kept, key=int, default=None)
            blocks[table] = {
                number: self._filed_block(block, rounds, is_newest=number == newest)
                for number, block in kept.items()
            }
        state = replace(
            state,
            blocks=blocks,
            rounds=rounds,
            round_s=now_s,
            index=index,
            indexed=indexed,
            next_index=None,
        )
        if sum(len(more) for more in _beside_index(state).values()) >= INDEX_FROM:
            content = encoded(_names(state.blocks))
            state = replace(state, next_index=self._write_block(content))
        return state

    def _filed_block(self, block: _Block, rounds: int, *, is_newest: bool) -> _Block:
        if not block.inline:
            return block
        if block.name is not None:
            # A copy that was put back may lack the file that stands in for the rows from now on.
            return replace(block, name=self._write_block(encoded(block.rows)), inline=False)
        if is_newest and rounds - block.since < OPEN_ROUNDS:
            return block
        return replace(block, name=self._write_block(encoded(block.rows)), since=rounds)

    def _write_block(self, content: bytes) -> str:
        name = name_of(content)
        file = f"{BLOCKS}/{name}"
        there: bytes | None = None
        with suppress(OSError):
            there = self._files.read(file)
        if there != content:
            self._files.write(file, content)
        return name

    def _body_of(self, state: _State) -> bytes:
        beside = encoded(
            {
                "version": VERSION,
                "walker": self._walker,
                "rounds": state.rounds,
                "round_s": state.round_s,
                "index": state.index,
                "next_index": state.next_index,
                "names": _beside_index(state),
                "parts": state.small,
            }
        )
        return beside[:-1] + b',"inline":' + self._inline(state.blocks) + b"}"

    def _inline(self, blocks: _Blocks) -> bytes:
        """Write the blocks in `current` down; of one that is as it was that is known."""
        texts, tables = dict[tuple[str, str], tuple[list[Any], bytes]](), list[bytes]()
        for table, kept in sorted(blocks.items()):
            inline = {number: block.rows for number, block in kept.items() if block.inline}
            for number, rows in inline.items():
                known = self._texts.get((table, number))
                texts[table, number] = known if known and known[0] is rows else (rows, encoded(rows))
            pairs = [encoded(number) + b":" + texts[table, number][1] for number in inline]
            tables += [encoded(table) + b":{" + b",".join(pairs) + b"}"] if pairs else []
        self._texts = texts
        return b"{" + b",".join(tables) + b"}"

    def _clear(self, state: _State) -> None:
        """Delete blocks that `current` named neither in this round nor in the two before.

        Soon after a start nobody knows those. Within a round `current` names no further ones.
        """
        if state.rounds == self._cleared_round:
            return
        used = {name for kept in _names(state.blocks).values() for name in kept.values() if name}
        used |= {name for name in (state.index, state.next_index) if name}
        if len(self._used) == 2:
            needed = used.union(*self._used)
            for name in self._files.names(BLOCKS):
                if is_block(name) and name not in needed:
                    self._remove_quietly(f"{BLOCKS}/{name}")
        self._used = [*self._used[-1:], used]
        self._cleared_round = state.rounds

    def _remove_quietly(self, name: str) -> None:
        # What can't be deleted is deleted with another round; what is kept does not depend on it.
        with suppress(OSError):
            self._files.remove(name)


def _rows(blocks: Mapping[str, _Block]) -> Table:
    return {number: block.rows for number, block in blocks.items()}


def _updated(before: Mapping[str, _Block], table: Table, rounds: int) -> dict[str, _Block]:
    """Give the blocks of a table, those with other rows as new ones."""
    updated = {}
    for number, rows in table.items():
        block = before.get(number)
        if block is None or not (block.rows is rows or block.rows == rows):
            block = _Block(rows, rounds)
        updated[number] = block
    return updated


def _names(blocks: _Blocks) -> Names:
    """Give the files of the blocks that `current` may let go of, and of those it has let go of."""
    named: Names = {
        table: {number: block.name for number, block in kept.items() if block.name is not None}
        for table, kept in blocks.items()
    }
    return {table: names for table, names in named.items() if names}


def _beside_index(state: _State) -> Names:
    """Give what the index does not say, or says wrongly."""
    names, indexed = _names(state.blocks), state.indexed
    beside: Names = {}
    for table in names.keys() | indexed.keys():
        now, then = names.get(table, {}), indexed.get(table, {})
        more: dict[str, str | None] = {
            number: now.get(number)
            for number in sorted(now.keys() | then.keys())
            if now.get(number) != then.get(number)
        }
        if more:
            beside[table] = more
    return dict(sorted(beside.items()))
