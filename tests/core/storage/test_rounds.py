"""When blocks are filed, leave the current file, are named by the index, copied and cleared away."""

import json
from copy import deepcopy
from typing import Any

import pytest

from custom_components.retrostep.core.storage import archive as archive_module
from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.core.storage.files import (
    BLOCKS,
    COPIES,
    COPY,
    CURRENT,
    Failure,
    StorageError,
    encoded,
    name_of,
    sealed,
)

from .memory import MemoryFiles

DAY_S, SIX_HOURS_S = 86_400, 21_600
START_S = 20_000 * DAY_S


def sessions(**blocks: list[int]) -> dict[str, Any]:
    """Give a ledger whose blocks hold this, as in b7=[1, 2]."""
    return {"ledger": {"old_sessions": {name[1:]: rows for name, rows in blocks.items()}}}


class Home:
    """An archive and its disk; `body` is what the current file holds."""

    def __init__(self, held: dict[str, bytes] | None = None) -> None:
        self.files = MemoryFiles(dict(held or {}))
        self.archive = Archive(self.files, "ann")
        self.found = self.archive.load()

    @property
    def body(self) -> dict[str, Any]:
        """Read the current file."""
        body: dict[str, Any] = json.loads(self.files.held[CURRENT])["body"]
        return body

    @property
    def inline(self) -> dict[str, list[int]]:
        """Give the blocks that are in the current file."""
        kept: dict[str, list[int]] = self.body["inline"].get("ledger/old_sessions", {})
        return kept

    @property
    def blocks(self) -> set[str]:
        """Give what the files of blocks hold, as text."""
        return {
            content.decode() for name, content in self.files.held.items() if name.startswith(f"{BLOCKS}/")
        }

    def rounds(self, number: int, parts: dict[str, Any], start_s: int) -> int:
        """Commit at the beginning of some rounds; gives when the next one begins."""
        for each in range(number):
            self.archive.commit(parts, start_s + each * SIX_HOURS_S)
        return start_s + number * SIX_HOURS_S


# Rounds


@pytest.mark.parametrize("forward", [1, -1], ids=["time goes on", "the clock is set back"])
def test_a_finished_block_is_filed_after_six_hours_and_leaves_after_six_more(forward: int) -> None:
    home, parts = Home(), sessions(b1=[1], b2=[2])
    home.archive.commit(sessions(b1=[1]), START_S)
    steps = []
    for s in (SIX_HOURS_S - 1, SIX_HOURS_S, 2 * SIX_HOURS_S - 1, 2 * SIX_HOURS_S):
        home.archive.commit(parts, START_S + forward * s)
        steps.append((sorted(home.blocks), sorted(home.inline)))
    assert steps == [([], ["1", "2"]), (["[1]"], ["1", "2"]), (["[1]"], ["1", "2"]), (["[1]"], ["2"])]
    assert Home(home.files.held).found == parts


def test_the_newest_block_is_filed_once_it_did_not_change_for_twelve_rounds() -> None:
    home, parts = Home(), sessions(b9=[1], b10=[2])
    at_s = home.rounds(11, parts, START_S)
    assert home.blocks == {"[1]"}, "ten is after nine"
    home.archive.commit(parts, at_s)
    assert home.blocks == {"[1]", "[2]"}
    home.archive.commit(parts, at_s + SIX_HOURS_S)
    assert home.inline == {}
    assert Home(home.files.held).found == parts, "of a table that is in files only, too"


def test_a_clock_that_begins_in_1970_has_its_first_round_after_six_hours() -> None:
    home, parts, filed = Home(), sessions(b1=[1], b2=[2]), []
    for s in (0, SIX_HOURS_S - 1, SIX_HOURS_S):
        home.archive.commit(parts, s)
        filed.append(home.blocks)
    assert filed == [set(), set(), {"[1]"}]


def test_a_block_that_changes_begins_to_wait_anew() -> None:
    home = Home()
    at_s = home.rounds(11, sessions(b1=[1]), START_S)
    at_s = home.rounds(11, sessions(b1=[1, 1]), at_s)
    assert home.blocks == set()
    home.archive.commit(sessions(b1=[1, 1]), at_s)
    assert home.blocks == {"[1,1]"}


def test_a_table_without_blocks_stays_one() -> None:
    home = Home()
    home.rounds(3, sessions(), START_S)
    assert Home(home.files.held).found == sessions()


def test_a_filed_block_that_is_given_again_is_not_written_again() -> None:
    home, parts = Home(), sessions(b1=[1], b2=[2])
    at_s = home.rounds(3, parts, START_S)
    writes = home.files.writes
    assert not home.archive.commit(deepcopy(parts), at_s - 1)
    assert (home.files.writes, home.inline) == (writes, {"2": [2]})


def test_blocks_that_hold_the_same_are_one_file() -> None:
    home = Home()
    home.archive.commit(sessions(b1=[7], b2=[7], b3=[1]), START_S)
    assert home.blocks == {"[7]"}
    assert home.files.writes == 5, "the current file, first without the block, and a copy of both"


def test_a_late_row_puts_its_block_into_the_current_file_and_the_old_one_is_cleared_a_round_later() -> None:
    home = Home()
    at_s = home.rounds(3, sessions(b1=[1], b2=[2]), START_S)
    late = sessions(b1=[1, 1], b2=[2])
    home.archive.commit(late, at_s - 1)
    assert home.inline == {"1": [1, 1], "2": [2]}
    at_s = home.rounds(2, late, at_s)
    assert home.blocks == {"[1]", "[1,1]"}, "somebody may be copying the folder"
    home.rounds(2, late, at_s)
    assert home.blocks == {"[1,1]"}
    assert Home(home.files.held).found == late


def test_after_a_start_nothing_is_cleared_before_a_round_has_passed() -> None:
    home, parts = Home(), sessions(b1=[1], b2=[2])
    at_s = home.rounds(3, parts, START_S)
    home.files.held[f"{BLOCKS}/{name_of(b'[5]')}"] = b"[5]"
    home = Home(home.files.held)
    seen = []
    for each in range(3):
        home.archive.commit(sessions(b1=[1], b2=[2, each]), at_s + each * SIX_HOURS_S)
        seen.append("[5]" in home.blocks)
    assert seen == [True, True, False]


def test_what_is_not_ours_is_not_cleared_and_a_file_that_cannot_be_deleted_stops_nothing() -> None:
    class Stubborn(MemoryFiles):
        def remove(self, name: str) -> None:
            raise OSError(1, name)

    for files in (MemoryFiles(), Stubborn()):
        files.held |= {f"{BLOCKS}/notes.txt": b"mine", CURRENT: b""}
        archive = Archive(files, "ann")
        for each in range(8):
            parts = sessions(b1=[each // 3], b2=[0])
            assert archive.commit(parts, START_S + each * SIX_HOURS_S)
        assert files.held[f"{BLOCKS}/notes.txt"] == b"mine"


def test_a_block_that_is_as_it_was_is_not_written_down_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[object] = []

    def watched(value: object) -> bytes:
        written.append(value)
        return encoded(value)

    monkeypatch.setattr(archive_module, "encoded", watched)
    home, old, new = Home(), [1, 2], [3]
    home.archive.commit(sessions(b1=old, b2=new), START_S)
    del written[:]
    home.archive.commit(sessions(b1=old, b2=[3, 4]), START_S + 60)
    assert home.inline == {"1": [1, 2], "2": [3, 4]}
    assert [value for value in written if isinstance(value, list)] == [[3, 4]]


# The index


def test_sixteen_blocks_are_named_by_the_index_from_the_next_round_on() -> None:
    for number, is_indexed in ((15, False), (16, True)):
        home = Home()
        parts = sessions(**{f"b{n}": [n] for n in range(number + 1)})
        at_s = home.rounds(1, parts, START_S)
        assert (home.body["next_index"] is not None) is is_indexed
        assert home.body["index"] is None
        assert len(home.body["names"]["ledger/old_sessions"]) == number
        home.archive.commit(parts, at_s)
        assert (home.body["index"] is not None) is is_indexed
        assert sum(map(len, home.body["names"].values())) == (0 if is_indexed else number)
        assert Home(home.files.held).found == parts


def test_beside_the_index_stands_what_it_does_not_say_or_says_wrongly() -> None:
    home = Home()
    blocks = {f"b{n}": [n] for n in range(17)}
    at_s = home.rounds(3, sessions(**blocks), START_S)
    changed = sessions(**{**blocks, "b3": [3, 3]})
    del changed["ledger"]["old_sessions"]["5"]
    home.archive.commit(changed, at_s - 1)
    assert home.body["names"] == {"ledger/old_sessions": {"3": None, "5": None}}
    assert Home(home.files.held).found == changed
    home.archive.commit(changed, at_s)
    assert home.body["names"] == {"ledger/old_sessions": {"3": name_of(b"[3,3]"), "5": None}}
    again = Home(home.files.held)
    assert again.found == changed
    assert not again.archive.commit(deepcopy(changed), at_s + 1)


def test_a_part_that_is_no_more_takes_its_blocks_along_and_leaves_those_of_others() -> None:
    home = Home()
    goals = {"goals": {"goal_days": {"days": [["2026-03-01", 1]]}}}
    at_s = home.rounds(3, {**sessions(b1=[1], b2=[2]), **goals}, START_S)
    home.archive.commit({"ledger": None}, at_s - 1)
    assert Home(home.files.held).found == goals
    home.archive.commit(sessions(b4=[4]), at_s - 1)
    assert Home(home.files.held).found == {**goals, **sessions(b4=[4])}


# The copy


def test_a_copy_is_made_once_a_day_and_again_when_the_clock_is_on_another_day() -> None:
    home = Home()
    made = []
    for number, s in enumerate((0, 60, DAY_S - 1, DAY_S, DAY_S + 1, -1)):
        del home.files.history[:]
        home.archive.commit(sessions(b1=[number]), START_S + s)
        made.append(COPY in home.files.held and home.files.held[COPY] != home.files.history[0].get(COPY))
    assert made == [True, False, False, True, False, True]


def test_after_a_start_on_the_same_day_no_other_copy_is_made() -> None:
    home = Home()
    home.archive.commit(sessions(b1=[1]), START_S)
    copy = home.files.held[COPY]
    home = Home(home.files.held)
    home.archive.commit(sessions(b1=[2]), START_S + 60)
    assert home.files.held[COPY] == copy


# Reading


def filed() -> tuple[MemoryFiles, dict[str, Any]]:
    home, parts = Home(), sessions(b1=[1], b2=[2])
    home.rounds(3, parts, START_S + DAY_S // 2)
    return home.files, parts


@pytest.mark.parametrize("content", [None, b"[9]"])
def test_a_block_is_taken_from_the_copy_once_and_lies_in_its_place_again(content: bytes | None) -> None:
    files, parts = filed()
    block = f"{BLOCKS}/{name_of(b'[1]')}"
    whole = Home(files.held)
    assert (whole.found, whole.archive.healed) == (parts, 0)
    files.held.pop(block)
    if content is not None:
        files.held[block] = content
    hurt = Home(files.held)
    assert (hurt.found, hurt.archive.healed) == (parts, 1)
    assert hurt.files.held[block] == b"[1]"
    assert Home(hurt.files.held).archive.healed == 0


@pytest.mark.parametrize("left", [BLOCKS, COPIES])
def test_a_current_file_that_is_gone_is_damage_if_anything_else_is_left(left: str) -> None:
    files, _ = filed()
    held = {name: content for name, content in files.held.items() if name.startswith(f"{left}/")}
    with pytest.raises(StorageError) as raised:
        Home(held)
    assert raised.value.reason is Failure.MISSING
    assert str(raised.value) == "missing: no current", "what a log says of it"
    assert Home({}).found is None


@pytest.mark.parametrize(
    "key", ["rounds", "round_s", "index", "next_index", "names", "parts", "inline", "walker"]
)
def test_a_whole_file_that_lacks_a_part_is_damage(key: str) -> None:
    files, _ = filed()
    body = json.loads(files.held[CURRENT])["body"]
    del body[key]
    with pytest.raises(StorageError) as raised:
        Home({**files.held, CURRENT: sealed(encoded(body))})
    assert raised.value.reason is Failure.UNREADABLE


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("parts", []),
        ("names", 7),
        ("inline", [1]),
        ("inline", {"ledger/old_sessions": {"x": [1]}}),
        ("inline", {"ledger/nothing/there": {"1": [1]}}),
        ("names", {"ledger/old_sessions": {"1": "0" * 24}}),
        ("index", "0" * 24),
    ],
)
def test_a_whole_file_of_another_form_is_damage(key: str, value: object) -> None:
    files, _ = filed()
    body = json.loads(files.held[CURRENT])["body"] | {key: value}
    with pytest.raises(StorageError) as raised:
        Home({**files.held, CURRENT: sealed(encoded(body))})
    assert raised.value.reason is Failure.UNREADABLE
