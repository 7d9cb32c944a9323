"""The last good copy: whole at any moment, never at the cost of what is new."""

import json
from typing import Any

import pytest

from custom_components.retrostep.core.storage.copies import (
    FREE_AT_LEAST,
    copied_at,
    copied_body,
    copy_day,
    keep_copy,
)
from custom_components.retrostep.core.storage.files import (
    BLOCKS,
    COPIES,
    COPY,
    CURRENT,
    encoded,
    name_of,
    sealed,
)

from .memory import MemoryFiles

DAY_S = 86_400
AT_S = 20_000 * DAY_S + 3_600
BODY = b'{"version":1}'
ONE, TWO, THREE = b"[1]", b"[2]", b"[3]"


def blocks(*contents: bytes, folder: str = BLOCKS) -> dict[str, bytes]:
    return {f"{folder}/{name_of(content)}": content for content in contents}


def names(*contents: bytes) -> set[str]:
    return {name_of(content) for content in contents}


def a_copy(kept: Any) -> MemoryFiles:
    """Give a folder with a sealed copy that holds this."""
    return MemoryFiles({COPY: sealed(encoded(kept))})


# Making it


def test_a_copy_holds_the_body_and_its_blocks_and_says_when_it_was_made() -> None:
    files = MemoryFiles({CURRENT: sealed(BODY), **blocks(ONE, TWO, THREE)})
    assert keep_copy(files, names(ONE, TWO), BODY, AT_S)
    copied = {name for name in files.held if name.startswith(COPIES)}
    assert copied == {COPY, *blocks(ONE, TWO, folder=COPIES)}
    assert copied_at(files) == AT_S
    assert copy_day(files) == 20_000


def test_the_day_of_a_copy_ends_at_midnight() -> None:
    days = [copy_day(a_copy({"copied_s": s, "body": {}})) for s in (0, DAY_S - 1, DAY_S, 2 * DAY_S - 1)]
    assert days == [0, 0, 1, 1]


def test_a_block_that_is_in_the_copy_already_is_not_written_again() -> None:
    files = MemoryFiles({**blocks(ONE, TWO), **blocks(ONE, folder=COPIES)})
    assert keep_copy(files, names(ONE, TWO), BODY, AT_S)
    assert files.writes == 2, "the other block and the copy itself"


def test_a_copy_is_whole_at_any_moment() -> None:
    files = MemoryFiles(blocks(ONE, TWO))
    assert keep_copy(files, names(ONE, TWO), encoded(sorted(names(ONE, TWO))), AT_S)
    files.held.update(blocks(THREE))
    assert keep_copy(files, names(TWO, THREE), encoded(sorted(names(TWO, THREE))), AT_S + DAY_S)
    seen = 0
    for held in files.history:
        if COPY in held:
            named = json.loads(held[COPY])["body"]["body"]
            assert {f"{COPIES}/{name}" for name in named} <= held.keys()
            seen += 1
    assert seen >= 3
    assert {name for name in files.held if name.startswith(COPIES)} == {
        COPY,
        *blocks(TWO, THREE, folder=COPIES),
    }


def test_what_is_no_block_of_ours_stays_in_the_folder_of_the_copy() -> None:
    files = MemoryFiles({f"{COPIES}/notes.txt": b"mine", **blocks(ONE, folder=COPIES)})
    assert keep_copy(files, set(), BODY, AT_S)
    assert files.held.keys() == {f"{COPIES}/notes.txt", COPY}


@pytest.mark.parametrize("content", [None, b"", b"[8]"])
def test_a_block_that_is_damaged_does_not_get_into_the_copy(content: bytes | None) -> None:
    files = MemoryFiles(blocks(TWO))
    if content is not None:
        files.held[f"{BLOCKS}/{name_of(ONE)}"] = content
    assert not keep_copy(files, names(ONE, TWO), BODY, AT_S), "the copy before is whole"
    assert not files.writes


def test_a_copy_leaves_eight_megabytes_for_what_is_new() -> None:
    needed = len(BODY) + len(TWO) + 8_000_000
    assert FREE_AT_LEAST == 8_000_000
    for free, is_made in ((needed - 1, False), (needed, True)):
        files = MemoryFiles({**blocks(ONE, TWO), **blocks(ONE, folder=COPIES)}, free_bytes=free)
        assert keep_copy(files, names(ONE, TWO), BODY, AT_S) is is_made
        assert (COPY in files.held) is is_made
        assert bool(files.writes) is is_made, "a copy that has no room is not begun"


def test_a_disk_that_fails_leaves_the_copy_before() -> None:
    files = MemoryFiles(blocks(ONE, TWO))
    assert keep_copy(files, names(ONE), BODY, AT_S)
    files.fails_at = files.writes + 1
    assert not keep_copy(files, names(TWO), b'{"version":2}', AT_S + DAY_S)
    assert copied_at(files) == AT_S
    assert blocks(ONE, folder=COPIES).items() <= files.held.items()


# Reading it


@pytest.mark.parametrize(
    "kept",
    [
        None,
        [],
        7,
        "body",
        {},
        {"copied_s": AT_S},
        {"body": {}, "copied_s": True},
        {"body": {}, "copied_s": "1"},
    ],
)
def test_there_is_no_time_of_a_copy_that_is_none(kept: object) -> None:
    assert copied_at(a_copy(kept)) is None
    assert copy_day(a_copy(kept)) is None


@pytest.mark.parametrize("content", [None, b"", b"\0" * 80, sealed(BODY)[:-1], sealed(b"[1}")])
def test_a_damaged_copy_is_none_and_changes_nothing(content: bytes | None) -> None:
    held = {CURRENT: b"damaged"} | ({} if content is None else {COPY: content})
    files = MemoryFiles(dict(held))
    assert copied_at(files) is None
    assert copied_body(files) is None
    assert files.held == held


def test_a_copy_that_the_disk_does_not_give_is_none() -> None:
    class Unreadable(MemoryFiles):
        def read(self, name: str) -> bytes | None:
            raise OSError(5, name)

    assert copied_at(Unreadable()) is None
    assert copied_body(Unreadable()) is None
