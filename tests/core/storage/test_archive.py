"""What was committed is there, whatever happens at any write; nothing is there twice."""

import json
from copy import copy, deepcopy
from functools import cache
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from custom_components.retrostep.core.storage.archive import ROUND_S, Archive
from custom_components.retrostep.core.storage.files import BLOCKS, CURRENT, Failure, StorageError

from .life import Life
from .memory import MemoryFiles

if TYPE_CHECKING:
    from custom_components.retrostep.core.storage.versions import Parts

DAYS = 21
type Told = tuple[tuple[int, str], ...]


@cache
def lived() -> tuple[list[dict[str, bytes]], list[int], list[str]]:
    """Live for weeks; gives the folder after each change, which commit it belongs to, and what each kept."""
    files = MemoryFiles()
    archive = Archive(files, "ann")
    assert archive.load() is None
    owners: list[int] = []
    kept: list[str] = []
    for number, (now_s, parts) in enumerate(Life().live(DAYS)):
        kept.append(text(parts))
        assert archive.commit(parts, now_s)
        owners += [number] * (len(files.history) - len(owners))
    return files.history, owners, kept


def text(parts: Parts | None) -> str:
    return json.dumps(parts, sort_keys=True)


def found(held: dict[str, bytes]) -> str:
    return text(Archive(MemoryFiles(dict(held)), "ann").load())


def test_all_is_there_after_each_commit() -> None:
    history, owners, kept = lived()
    last = {owner: held for held, owner in zip(history, owners, strict=True)}
    for number, held in last.items():
        assert found(held) == kept[number]


def test_finished_blocks_are_filed_and_leave_the_current_file() -> None:
    history, _, _ = lived()
    body = json.loads(history[-1][CURRENT])["body"]
    minutes = body["inline"]["ledger/pods/aa:bb:cc:dd:ee:01/minutes"]
    assert 1 <= len(minutes) <= 3
    assert sum(name.startswith(BLOCKS) for name in history[-1]) > DAYS - 5


def test_a_process_killed_at_any_write_leaves_what_was_before_or_what_should_be() -> None:
    history, owners, kept = lived()
    assert len(history) > 150
    for held, owner in zip(history, owners, strict=True):
        if CURRENT in held:
            assert found(held) in kept[max(owner - 1, 0) : owner + 1]


@pytest.mark.parametrize("seed", range(6))
def test_a_copy_taken_file_by_file_while_writing_is_what_was_kept_at_one_moment(seed: int) -> None:
    """Whatever the order in which a tool takes the files; it takes less than a round for all of them."""
    history, owners, kept = lived()
    random = Random(seed)
    first = owners.index(1)
    for start in range(first, len(history)):
        names = list(history[start])
        random.shuffle(names)
        copied: dict[str, bytes] = {}
        at = start
        taken_at = start
        for name in names:
            # Two commits are three hours apart.
            if at + 1 < len(history) and owners[at + 1] - owners[start] < ROUND_S // (3 * 3_600):
                at += random.random() < 0.2
            if name == CURRENT:
                taken_at = at
            if name in history[at]:
                copied[name] = history[at][name]
        owner = owners[taken_at]
        assert found(copied) in kept[max(owner - 1, 0) : owner + 1], f"copied from {start}, {taken_at}"


def test_life_goes_on_from_wherever_it_was_killed() -> None:
    history, owners, kept = lived()
    for index in range(owners.index(1), len(history), 11):
        files = MemoryFiles(dict(history[index]))
        archive = Archive(files, "ann")
        archive.load()
        life = list(Life().live(DAYS))[owners[index] :]
        for now_s, parts in life:
            archive.commit(parts, now_s)
        assert found(files.held) == kept[-1]


def with_room_for(writes: int, archive: Archive, files: MemoryFiles) -> tuple[Archive, MemoryFiles]:
    """Give the same archive on a disk of its own that takes only so many more writes."""
    disk = MemoryFiles(dict(files.held), fails_at=writes)
    twin = copy(archive)
    twin._files = disk
    return twin, disk


def test_a_disk_that_gets_full_at_any_write_keeps_what_was_and_takes_all_once_there_is_room() -> None:
    files = MemoryFiles()
    archive = Archive(files, "ann")
    before, tried = None, 0
    for now_s, parts in Life().live(DAYS):
        for room in count():
            twin, disk = with_room_for(room, archive, files)
            try:
                is_kept = twin.commit(parts, now_s)
            except OSError:
                is_kept = False
            # What commits is kept, what does not is as it was: nothing is acknowledged that is not there.
            kept = parts if is_kept else before
            assert (found(disk.held) if kept else CURRENT not in disk.held) == (text(kept) if kept else True)
            if not disk.refused:
                break
            tried += 1
            disk.fails_at = None
            assert twin.commit(parts, now_s) is not is_kept
            assert found(disk.held) == text(parts)
        assert archive.commit(parts, now_s)
        before = parts
    assert tried == files.writes


def test_nothing_new_is_not_written() -> None:
    files = MemoryFiles()
    archive = Archive(files, "ann")
    [(now_s, parts)] = Life().live(1, 1)
    assert archive.commit(parts, now_s)
    writes = files.writes
    assert not archive.commit(deepcopy(parts), now_s + 60)
    again = Archive(files, "ann")
    kept = again.load()
    assert kept is not None
    assert not again.commit(kept, now_s + 120)
    assert files.writes == writes


def test_what_a_commit_writes_does_not_grow_with_the_years() -> None:
    sizes = {}
    files = MemoryFiles()
    archive = Archive(files, "ann")
    for number, (now_s, parts) in enumerate(Life().live(400, 3)):
        archive.commit(parts, now_s)
        if number in {90, 3 * 399}:
            sizes[number] = len(files.held[CURRENT])
    young, old = sizes.values()
    assert old < 1.3 * young + 1_000
    # What is no longer named is cleared away.
    alive = sum(name.startswith(BLOCKS) for name in files.held)
    tables = archive._state.blocks.values()
    assert alive <= sum(len(blocks) for blocks in tables) + 12


# Damage


def damaged(spoil: Any) -> dict[str, bytes]:
    held = dict(lived()[0][-1])
    held[CURRENT] = spoil(held[CURRENT])
    return held


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda content: b"\0" * len(content),
        lambda content: content[:-3],
        lambda content: content[: len(content) // 2],
        lambda content: content[:100] + b"\0" + content[101:],
        lambda _: b"[]",
        lambda _: b"null",
        lambda content: content.replace(b"1", b"2", 40),
        lambda _: b"\xff" * 64,
    ],
)
def test_a_damaged_file_is_told_and_not_read(spoil: Any) -> None:
    with pytest.raises(StorageError) as raised:
        found(damaged(spoil))
    assert raised.value.reason is Failure.UNREADABLE


def test_a_missing_file_is_damage_if_there_was_one() -> None:
    held = dict(lived()[0][-1])
    del held[CURRENT]
    with pytest.raises(StorageError) as raised:
        found(held)
    assert raised.value.reason is Failure.MISSING


def test_the_file_of_another_walker_is_damage() -> None:
    with pytest.raises(StorageError, match="another walker"):
        Archive(MemoryFiles(dict(lived()[0][-1])), "bob").load()


@pytest.mark.parametrize("content", [None, b"", b"\0\0\0", b"[1]"])
def test_a_damaged_block_comes_from_the_copy(content: bytes | None) -> None:
    history, _, kept = lived()
    healed = 0
    for name in [name for name in history[-1] if name.startswith(f"{BLOCKS}/")]:
        if f"copy/{name.removeprefix(BLOCKS + '/')}" not in history[-1]:
            continue
        held = {key: kept for key, kept in history[-1].items() if key != name}
        if content is not None:
            held[name] = content
        files = MemoryFiles(held)
        archive = Archive(files, "ann")
        assert text(archive.load()) == kept[-1]
        assert not archive.healed or files.held[name] == history[-1][name]
        healed += archive.healed
    assert healed > DAYS - 5


def test_a_block_that_is_nowhere_is_damage() -> None:
    held = {name: content for name, content in lived()[0][-1].items() if name == CURRENT}
    with pytest.raises(StorageError, match=r"block [0-9a-f]{24} is damaged") as raised:
        found(held)
    assert raised.value.reason is Failure.UNREADABLE
