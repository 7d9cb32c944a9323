"""Disks that lose, spoil or refuse single files, and copies that are put back: life goes on without loss."""

import errno
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from custom_components.retrostep.core.storage.archive import ROUND_S, Archive
from custom_components.retrostep.core.storage.files import BLOCKS, COPIES, COPY, CURRENT
from custom_components.retrostep.core.storage.ways_out import go_back

from .life import Life
from .memory import MemoryFiles
from .test_archive import DAYS, found, lived, text

if TYPE_CHECKING:
    from custom_components.retrostep.core.storage.versions import Parts

DAY_S = 86_400


@dataclass
class BadSectors(MemoryFiles):
    """A disk that can't read some files any more; what is written anew gets another place."""

    bad: set[str] = field(default_factory=set)

    def read(self, name: str) -> bytes | None:
        """Read a file, unless it lies on a bad sector."""
        if name in self.bad:
            raise OSError(errno.EIO, "Input/output error")
        return super().read(name)

    def write(self, name: str, content: bytes) -> None:
        """Write a file to a good sector."""
        super().write(name, content)
        self.bad.discard(name)


def blocks_of(held: dict[str, bytes]) -> list[str]:
    return sorted(name.removeprefix(f"{BLOCKS}/") for name in held if name.startswith(f"{BLOCKS}/"))


def days(count: int, first: int = 1) -> Parts:
    """Give a ledger with a block for each day; the first may be another."""
    return {
        "ledger": {"totals": {"hours": {str(day): [day, first if not day else 1] for day in range(count)}}}
    }


def test_life_goes_on_from_a_copy_whose_blocks_were_taken_before_the_current_file() -> None:
    """The newest blocks, the index too, are not in such a copy; `current` still holds their rows."""
    files = MemoryFiles()
    archive = Archive(files, "ann")
    for day in range(40):
        before = dict(files.held)
        archive.commit(days(day + 3), day * DAY_S)
        copied = MemoryFiles({**before, CURRENT: files.held[CURRENT]})
        again = Archive(copied, "ann")
        again.load()
        for later in range(day + 1, day + 4):
            again.commit(days(later + 3), later * DAY_S)
            assert found(copied.held) == text(days(later + 3))


def test_blocks_that_are_spoiled_while_we_run_are_written_anew_before_the_daily_copy() -> None:
    files = MemoryFiles()
    archive = Archive(files, "ann")
    for number, (now_s, parts) in enumerate(Life().live(DAYS)):
        if number % 8 == 5:
            for name in blocks_of(files.held):
                files.held[f"{BLOCKS}/{name}"] = b"\0" * 40
                files.held.pop(f"{COPIES}/{name}", None)
        archive.commit(parts, now_s)
    archive.commit({**parts, "guide": {"more": 1}}, now_s + DAY_S)
    assert found(files.held) == text({**parts, "guide": {"more": 1}})
    files.held[CURRENT] = b"damaged"
    assert go_back(files, "ann", [], now_s)
    assert found({name: held for name, held in files.held.items() if not name.startswith(BLOCKS)})


def test_a_copied_block_that_was_spoiled_is_copied_anew() -> None:
    files = MemoryFiles(dict(lived()[0][-1]))
    archive = Archive(files, "ann")
    kept = archive.load()
    assert kept
    copied = [name for name in blocks_of(files.held) if f"{COPIES}/{name}" in files.held]
    files.held[f"{COPIES}/{copied[0]}"] = b""
    *_, (now_s, _) = Life().live(DAYS)
    archive.commit({"guide": {}}, now_s + DAY_S)
    assert files.held[f"{COPIES}/{copied[0]}"] == files.held[f"{BLOCKS}/{copied[0]}"]


def test_a_copy_that_would_not_be_whole_does_not_replace_one_that_is() -> None:
    files = MemoryFiles(dict(lived()[0][-1]))
    archive = Archive(files, "ann")
    archive.load()
    before = files.held[COPY]
    lost = next(name for name in blocks_of(files.held) if f"{COPIES}/{name}" in files.held)
    files.held.pop(f"{BLOCKS}/{lost}")
    files.held.pop(f"{COPIES}/{lost}")
    files.fails_at = files.writes + 1
    *_, (now_s, _) = Life().live(DAYS)
    assert archive.commit({"guide": {}}, now_s + 60)
    assert files.held[COPY] == before


def test_a_block_on_a_bad_sector_comes_from_the_copy_and_moves() -> None:
    history, _, kept = lived()
    for name in blocks_of(history[-1]):
        if f"{COPIES}/{name}" not in history[-1]:
            continue
        files = BadSectors(dict(history[-1]), bad={f"{BLOCKS}/{name}"})
        archive = Archive(files, "ann")
        assert text(archive.load()) == kept[-1]
        assert not archive.healed or not files.bad


def test_a_block_that_can_not_be_read_for_the_moment_is_no_damage() -> None:
    history, _, _ = lived()
    both = {f"{folder}/{name}" for folder in (BLOCKS, COPIES) for name in blocks_of(history[-1])}
    with pytest.raises(OSError, match="Input/output"):
        Archive(BadSectors(dict(history[-1]), bad=both), "ann").load()


def test_a_read_only_disk_with_a_spoiled_block_is_read_all_the_same() -> None:
    history, _, kept = lived()
    held = dict(history[-1])
    for name in blocks_of(held):
        if f"{COPIES}/{name}" in held:
            held[f"{BLOCKS}/{name}"] = b""
    archive = Archive(MemoryFiles(held, fails_at=0), "ann")
    assert text(archive.load()) == kept[-1]
    assert archive.healed


def test_nothing_is_filed_before_there_is_a_current_file() -> None:
    """Blocks without `current` are damage: who is killed at the first write must not leave that."""
    files = MemoryFiles()
    *_, (now_s, parts) = Life().live(DAYS)
    Archive(files, "ann").commit(parts, now_s)
    assert files.history[0].keys() == {CURRENT}


def test_what_a_current_file_before_a_restart_named_stays_for_a_round() -> None:
    """Who copies the folder took `current` before the restart, and takes the blocks after it."""
    files = MemoryFiles()
    archive = Archive(files, "ann")
    for day in range(4):
        archive.commit(days(6 + day), day * DAY_S)
    before = files.held[CURRENT]
    again = Archive(files, "ann")
    again.load()
    again.commit(days(9, first=2), 3 * DAY_S + 60)
    again.commit(days(10, first=2), 3 * DAY_S + ROUND_S)
    assert found({**files.held, CURRENT: before}) == text(days(9))


def test_blocks_without_numbers_stay_in_the_document() -> None:
    odd = {"ledger": {"totals": {"hours": {"one": [1], "02": [3]}}}}
    files = MemoryFiles()
    archive = Archive(files, "ann")
    for day in range(4):
        archive.commit({**odd, "guide": {"day": day}}, day * DAY_S)
    assert found(files.held) == text({**odd, "guide": {"day": 3}})
