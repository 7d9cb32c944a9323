"""What a person may choose: nothing goes before its successor is there, and nothing is replaced unseen."""

import errno
import json
from typing import TYPE_CHECKING, Any

import pytest

from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.core.storage.copies import copied_at
from custom_components.retrostep.core.storage.files import (
    BLOCKS,
    COPIES,
    COPY,
    CURRENT,
    SET_ASIDE,
    Failure,
    StorageError,
    opened,
    sealed,
)
from custom_components.retrostep.core.storage.ways_out import SET_ASIDE_MAX, begin_anew, go_back, set_aside

from .memory import MemoryFiles
from .test_archive import lived
from .test_bad_disks import BadSectors

if TYPE_CHECKING:
    from collections.abc import Callable

DAY_S = 86_400
AT_S = 20_000 * DAY_S + 3_600
LATER_S = 20_800 * DAY_S
NEW = {"ledger": {"totals": {"hours": {"1": [1, 2]}}}}


def a_life() -> tuple[MemoryFiles, dict[str, Any]]:
    """Give a folder whose copy is of yesterday, and what was kept then."""
    files = MemoryFiles()
    archive = Archive(files, "ann")
    archive.load()
    yesterday = {"ledger": {"steps": 1}, "goals": {"steps": 500}}
    archive.commit(yesterday, AT_S)
    archive.commit({"ledger": {"steps": 2}, "goals": {"steps": 700}}, AT_S + 3_600)
    return files, yesterday


def damaged_life() -> tuple[MemoryFiles, dict[str, Any]]:
    """Give the same with a `current` that can't be read."""
    files, yesterday = a_life()
    files.held[CURRENT] = b"damaged"
    return files, yesterday


def aside(files: MemoryFiles) -> list[bytes]:
    return [content for name, content in sorted(files.held.items()) if name.startswith(SET_ASIDE)]


# The whole is damaged


def test_going_back_gives_what_was_kept_when_the_copy_was_made_and_keeps_the_damaged_file() -> None:
    files, yesterday = damaged_life()
    assert go_back(files, "ann", [], AT_S)
    assert Archive(files, "ann").load() == yesterday
    assert aside(files) == [b"damaged"]
    assert copied_at(files) == AT_S, "one may go back once more"


def test_there_is_nothing_to_set_aside_of_a_file_that_is_gone() -> None:
    files, yesterday = damaged_life()
    del files.held[CURRENT]
    set_aside(files)
    assert SET_ASIDE not in files.held
    assert go_back(files, "ann", [], AT_S)
    assert Archive(files, "ann").load() == yesterday


def test_without_a_copy_that_can_be_read_nothing_is_replaced() -> None:
    whole, _ = damaged_life()
    copied = json.loads(whole.held[COPY])["body"]
    for content in (None, b"", sealed(json.dumps({**copied, "body": {"version": 1}}).encode())):
        files = MemoryFiles({CURRENT: b"damaged"} | ({} if content is None else {COPY: content}))
        before = dict(files.held)
        assert not go_back(files, "ann", [], AT_S)
        assert files.held == before


def test_a_copy_of_another_walker_is_none() -> None:
    files, _ = damaged_life()
    assert not go_back(files, "bob", [], AT_S)
    assert files.held[CURRENT] == b"damaged"


def test_a_copy_that_lacks_a_block_is_none() -> None:
    files = MemoryFiles({**lived()[0][-1], CURRENT: b"damaged"})
    for name in list(files.held):
        if name.startswith((f"{BLOCKS}/", f"{COPIES}/")) and name != COPY:
            del files.held[name]
    assert not go_back(files, "ann", [], LATER_S)
    assert files.held[CURRENT] == b"damaged"


def test_who_begins_anew_has_what_was_chosen_and_the_damaged_file() -> None:
    files, _ = damaged_life()
    files.held[f"{BLOCKS}/notes.txt"] = b"mine"
    begin_anew(files, "ann", damaged=[], parts=NEW, others={"guide": {"kept": 1}}, now_s=LATER_S)
    assert Archive(files, "ann").load() == {**NEW, "guide": {"kept": 1}}
    assert aside(files) == [b"damaged"]
    assert files.held[f"{BLOCKS}/notes.txt"] == b"mine"


def test_what_was_there_before_a_new_beginning_goes_with_the_next_rounds() -> None:
    files = MemoryFiles({**lived()[0][-1], CURRENT: b"damaged"})
    begin_anew(files, "ann", damaged=[], parts=NEW, others={}, now_s=LATER_S)
    archive = Archive(files, "ann")
    archive.load()
    for day in range(1, 5):
        archive.commit({"goals": {"day": day}}, LATER_S + day * DAY_S)
    blocks = {name for name in files.held if name.startswith((f"{BLOCKS}/", f"{COPIES}/"))}
    assert len(blocks) < 6
    assert Archive(files, "ann").load() == {**NEW, "goals": {"day": 4}}


def test_killed_at_any_write_of_a_new_beginning_the_walker_has_what_was_there_or_what_was_chosen() -> None:
    files = MemoryFiles({**lived()[0][-1], CURRENT: b"damaged"})
    copied = json.loads(lived()[2][-1])
    begin_anew(files, "ann", damaged=[], parts=NEW, others={}, now_s=LATER_S)
    assert len(files.history) > 3
    seen = set()
    for held in files.history:
        at_kill = MemoryFiles(dict(held))
        try:
            assert Archive(at_kill, "ann").load() == NEW
            seen.add("new")
        except StorageError as error:
            assert error.reason is Failure.UNREADABLE
            assert go_back(at_kill, "ann", [], LATER_S)
            kept = Archive(at_kill, "ann").load()
            assert kept
            assert kept.keys() == copied.keys()
            seen.add("copy")
        assert SET_ASIDE in held, "before anything else happened"
    assert seen == {"new", "copy"}


@pytest.mark.parametrize("full_at", range(4))
def test_a_disk_that_is_full_leaves_what_was_there_or_what_was_chosen(full_at: int) -> None:
    files = MemoryFiles({**lived()[0][-1], CURRENT: b"damaged"}, fails_at=full_at)
    if full_at < 2:
        with pytest.raises(OSError, match="space"):
            begin_anew(files, "ann", damaged=[], parts=NEW, others={}, now_s=LATER_S)
        files.fails_at = None
        assert go_back(files, "ann", [], LATER_S)
    else:
        begin_anew(files, "ann", damaged=[], parts=NEW, others={}, now_s=LATER_S)
        assert Archive(files, "ann").load() == NEW


@pytest.mark.parametrize("full_at", range(3))
def test_going_back_on_a_full_disk_changes_nothing_or_all(full_at: int) -> None:
    files, yesterday = damaged_life()
    files.fails_at = files.writes + full_at
    if full_at < 2:
        with pytest.raises(OSError, match="space"):
            go_back(files, "ann", [], AT_S)
        assert files.held[CURRENT] == b"damaged"
    else:
        assert go_back(files, "ann", [], AT_S)
        assert Archive(files, "ann").load() == yesterday


# A part reads and makes no sense


def test_only_the_damaged_part_goes_back_and_what_it_held_is_kept() -> None:
    files, _ = a_life()
    assert go_back(files, "ann", ["goals"], AT_S + 7_200)
    assert Archive(files, "ann").load() == {"ledger": {"steps": 2}, "goals": {"steps": 500}}
    assert [opened(content) for content in aside(files)] == [{"goals": {"steps": 700}}]


def test_only_the_damaged_part_begins_anew_and_what_it_held_is_kept_whole() -> None:
    files = MemoryFiles(dict(lived()[0][-1]))
    before = json.loads(lived()[2][-1])
    begin_anew(files, "ann", damaged=["ledger"], parts={}, others={}, now_s=LATER_S)
    assert Archive(files, "ann").load() == {"goals": before["goals"]}
    assert [opened(content) for content in aside(files)] == [{"ledger": before["ledger"]}]


@pytest.mark.parametrize(
    "choose",
    [
        lambda files: begin_anew(files, "ann", damaged=["goals"], parts={}, others={}, now_s=AT_S + DAY_S),
        lambda files: go_back(files, "ann", ["goals"], AT_S + DAY_S),
    ],
)
def test_killed_at_any_write_a_part_is_as_it_was_or_as_was_chosen(
    choose: Callable[[MemoryFiles], object],
) -> None:
    files, _ = a_life()
    before = Archive(files, "ann").load()
    files.history.clear()
    choose(files)
    after = Archive(files, "ann").load()
    assert before != after
    for held in files.history:
        assert Archive(MemoryFiles(dict(held)), "ann").load() in (before, after)
        assert SET_ASIDE in held


@pytest.mark.parametrize(
    "choose",
    [
        lambda files: begin_anew(files, "ann", damaged=[], parts=NEW, others={}, now_s=AT_S + DAY_S),
        lambda files: go_back(files, "ann", [], AT_S + DAY_S),
    ],
)
def test_what_can_be_read_after_all_is_not_given_up(choose: Callable[[MemoryFiles], object]) -> None:
    """Somebody put the files back while the repair was open."""
    files, _ = a_life()
    before = dict(files.held)
    choose(files)
    assert files.held == before


@pytest.mark.parametrize("damaged", [[], ["goals"]])
def test_what_a_newer_version_wrote_is_not_given_up(damaged: list[str]) -> None:
    files, _ = a_life()
    body = {**opened(files.held[CURRENT]), "version": 2}
    files.held[CURRENT] = sealed(json.dumps(body).encode())
    before = dict(files.held)
    for choose in (
        lambda: begin_anew(files, "ann", damaged=damaged, parts={}, others={}, now_s=AT_S + DAY_S),
        lambda: go_back(files, "ann", damaged, AT_S + DAY_S),
    ):
        with pytest.raises(StorageError) as raised:
            choose()
        assert raised.value.reason is Failure.TOO_NEW
    assert files.held == before


# Disks


def test_from_a_file_on_a_bad_sector_one_may_go_back_or_begin_anew() -> None:
    files = BadSectors(dict(damaged_life()[0].held), bad={CURRENT})
    assert go_back(files, "ann", [], AT_S)
    assert Archive(files, "ann").load() == damaged_life()[1]
    files.bad = {CURRENT}
    begin_anew(files, "ann", damaged=[], parts=NEW, others={}, now_s=AT_S + DAY_S)
    assert Archive(files, "ann").load() == NEW


def test_a_file_that_the_disk_refuses_for_now_is_not_replaced() -> None:
    class Forbidden(MemoryFiles):
        def read(self, name: str) -> bytes | None:
            if name == CURRENT:
                raise OSError(errno.EACCES, "Permission denied")
            return super().read(name)

    files = Forbidden(dict(a_life()[0].held))
    before = dict(files.held)
    for choose in (
        lambda: begin_anew(files, "ann", damaged=[], parts={}, others={}, now_s=AT_S + DAY_S),
        lambda: go_back(files, "ann", [], AT_S + DAY_S),
    ):
        with pytest.raises(OSError, match="Permission"):
            choose()
    assert files.held == before


def test_the_copy_alone_proves_that_something_was_kept() -> None:
    """Its `current` may lie on a bad sector: then nobody may say that nothing was ever kept."""
    held = {name: content for name, content in a_life()[0].held.items() if name.startswith(f"{COPIES}/")}
    assert held
    with pytest.raises(StorageError) as raised:
        Archive(BadSectors(held, bad={COPY}), "ann").load()
    assert raised.value.reason is Failure.MISSING


def test_each_damaged_file_is_kept_up_to_four() -> None:
    files, _ = a_life()
    for number in range(SET_ASIDE_MAX):
        files.held[CURRENT] = b"damaged %d" % number
        set_aside(files)
        set_aside(files)
    assert aside(files) == [b"damaged %d" % number for number in range(SET_ASIDE_MAX)]
    files.held[CURRENT] = b"damaged again"
    set_aside(files)
    assert aside(files)[:-1] == [b"damaged %d" % number for number in range(SET_ASIDE_MAX - 1)]
    assert aside(files)[-1] == b"damaged again"
