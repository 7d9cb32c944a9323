"""What grows with the years is taken out of a document in blocks, and is put back as it was."""

from copy import deepcopy
from typing import Any

import pytest

from custom_components.retrostep.core.storage.files import (
    Failure,
    StorageError,
    encoded,
    is_block,
    name_of,
    opened,
    sealed,
)
from custom_components.retrostep.core.storage.layout import (
    FEELINGS,
    GOALS,
    GUIDE,
    LEDGER,
    REMINDERS,
    Tables,
    join,
    split,
)
from custom_components.retrostep.core.storage.versions import lifted, of_old_files

MAC, OTHER = "aa:bb:cc:dd:ee:01", "aa:bb:cc:dd:ee:02"
LEDGER_DOCUMENT = {
    "version": 1,
    "totals": {"hours": {"1": [1, 2]}, "days": {"2": [3]}, "manual": {}, "undated": {"4": [5]}, "all": [9]},
    "pods": {MAC: {"minutes": {"7": [1], "10": [2]}, "logs": [5]}, OTHER: {"minutes": {}}},
    "old_sessions": {"3": [8, 1]},
}


# Taken out and put back


def test_the_growing_lists_of_a_ledger_are_taken_out_and_all_else_stays() -> None:
    before = deepcopy(LEDGER_DOCUMENT)
    document, tables = split(LEDGER, LEDGER_DOCUMENT)
    assert tables == {
        "ledger/totals/hours": {"1": [1, 2]},
        "ledger/totals/days": {"2": [3]},
        "ledger/totals/manual": {},
        "ledger/totals/undated": {"4": [5]},
        f"ledger/pods/{MAC}/minutes": {"7": [1], "10": [2]},
        f"ledger/pods/{OTHER}/minutes": {},
        "ledger/old_sessions": {"3": [8, 1]},
    }
    assert document == {
        "version": 1,
        "totals": {"hours": {}, "days": {}, "manual": {}, "undated": {}, "all": [9]},
        "pods": {MAC: {"minutes": {}, "logs": [5]}, OTHER: {"minutes": {}}},
        "old_sessions": {},
    }
    assert before == LEDGER_DOCUMENT, "the document given stays as it is"
    assert join(LEDGER, document, tables) == LEDGER_DOCUMENT


def test_blocks_are_put_back_in_the_order_of_their_numbers() -> None:
    document, tables = split(LEDGER, LEDGER_DOCUMENT)
    tables["ledger/old_sessions"] = {"10": [1], "9": [2], "-2": [3]}
    assert list(join(LEDGER, document, tables)["old_sessions"]) == ["-2", "9", "10"]


@pytest.mark.parametrize(
    ("part", "way", "keys", "numbers"),
    [
        # A block holds 64 days or 90 days; the year 1 began with day 1.
        (GOALS, ("goal_days", "days"), ["0001-01-01", "0001-03-04", "0001-03-05", "0001-05-07"], "0011"),
        (GOALS, ("goal_days", "days"), ["0001-05-08"], "2"),
        (REMINDERS, ("diary", "settled"), ["0001-03-04", "0001-03-05"], "01"),
        (GUIDE, ("three_metres", "walks"), [0, 7_775_999, 7_776_000, 15_552_000], "0012"),
    ],
)
def test_a_list_of_days_or_seconds_is_cut_into_stretches_of_time(
    part: str, way: tuple[str, str], keys: list[Any], numbers: str
) -> None:
    rows = [[key, number] for number, key in enumerate(keys)]
    whole = {way[0]: {way[1]: rows, "other": 1}}
    document, tables = split(part, whole)
    ((name, table),) = tables.items()
    assert name == "/".join((part, *way))
    assert list(table) == sorted(set(numbers))
    assert [number for number, stretch in table.items() for _ in stretch] == list(numbers)
    assert document == {way[0]: {way[1]: [], "other": 1}}
    assert join(part, document, tables) == whole


def test_ratings_are_cut_into_stretches_of_time() -> None:
    document, tables = split(FEELINGS, {"version": 1, "ratings": [[0, 1, None], [7_776_000, 2, 3]]})
    assert tables == {"feelings/ratings": {"0": [[0, 1, None]], "1": [[7_776_000, 2, 3]]}}
    assert join(FEELINGS, document, tables)["ratings"] == [[0, 1, None], [7_776_000, 2, 3]]


def test_stretches_are_put_back_as_one_list_in_their_order() -> None:
    late = {"11": [["k"]], "9": [["i"], ["j"]]}
    joined = join(GUIDE, {"three_metres": {"walks": []}}, {"guide/three_metres/walks": late})
    assert joined == {"three_metres": {"walks": [["i"], ["j"], ["k"]]}}


@pytest.mark.parametrize(
    "rows",
    [
        {"1": [["2026-03-01"]]},
        [["2026-03-09"], ["2025-03-01"]],
        [["a day"]],
        [[True]],
        [[2.5]],
        [[]],
        [None],
        None,
        7,
    ],
)
def test_a_list_of_another_form_is_kept_as_it_is(rows: object) -> None:
    document, tables = split(GOALS, {"goal_days": {"days": rows}})
    assert (document, tables) == ({"goal_days": {"days": rows}}, {})


@pytest.mark.parametrize(
    "document",
    [
        {"totals": {"hours": [1, 2]}},
        {"totals": {"hours": {"1": [1], "2": 3}}},
        {"totals": 4, "pods": [MAC]},
        {"pods": {MAC: 4}},
        {"pods": {"a/b": {"minutes": {"1": [2]}}}},
        {"totals": {"all": [1]}},
    ],
)
def test_a_ledger_of_another_form_is_kept_as_it_is(document: dict[str, Any]) -> None:
    assert split(LEDGER, document) == (document, {})


def test_a_part_that_nobody_cuts_stays_whole() -> None:
    assert split("notes", {"days": {"1": [2]}}) == ({"days": {"1": [2]}}, {})


def test_tables_of_other_parts_are_left_alone() -> None:
    tables: Tables = {"ledger/old_sessions": {"1": [2]}, "goals/goal_days/days": {"1": [["2026-03-01"]]}}
    assert join(LEDGER, {"old_sessions": {}}, tables) == {"old_sessions": {"1": [2]}}
    with pytest.raises(LookupError):
        join(LEDGER, {}, tables)


# Sealed


def test_what_is_sealed_is_json_that_anybody_reads_and_is_opened_again() -> None:
    body = encoded({"name": "Zoë", "rows": [1, 2]})
    assert body == '{"name":"Zoë","rows":[1,2]}'.encode()
    assert sealed(body) == b'{"sum":"%b","body":%b}\n' % (name_of(body).encode(), body)
    assert opened(sealed(body)) == {"name": "Zoë", "rows": [1, 2]}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, object()])
def test_what_cannot_be_read_again_is_not_written(value: object) -> None:
    with pytest.raises(OSError, match="not to be written down"):
        encoded({"value": value})


def test_every_bit_of_what_is_sealed_counts() -> None:
    content = sealed(encoded({"rows": [1, 2]}))
    for index in range(len(content)):
        for bit in range(8):
            broken = bytearray(content)
            broken[index] ^= 1 << bit
            with pytest.raises(StorageError):
                opened(bytes(broken))


@pytest.mark.parametrize("body", [b"{", b"", b"[" * 100_000, b"\xff"])
def test_a_sealed_body_that_is_no_value_is_unreadable(body: bytes) -> None:
    with pytest.raises(StorageError) as raised:
        opened(sealed(body))
    assert raised.value.reason is Failure.UNREADABLE


def test_a_block_is_known_by_its_name() -> None:
    name = name_of(b"[1]")
    assert len(name) == 24
    assert is_block(name)
    others = [name[:-1], f"{name}0", name.upper(), f"{name[:-1]}.", "current", "", "notes.txt"]
    assert not any(is_block(other) for other in others)


# Versions


def test_a_folder_of_a_newer_version_is_told_apart_from_a_damaged_one() -> None:
    assert lifted({"version": 1, "rounds": 4}) == {"version": 1, "rounds": 4}
    for body, reason in (
        ({"version": 2}, Failure.TOO_NEW),
        ({"version": 0}, Failure.UNREADABLE),
        ({"version": "1"}, Failure.UNREADABLE),
        ({}, Failure.UNREADABLE),
        ([], Failure.UNREADABLE),
    ):
        with pytest.raises(StorageError) as raised:
            lifted(body)
        assert raised.value.reason is reason, body


def envelope(document: object, version: object = 1) -> bytes:
    return encoded({"version": version, "minor_version": 1, "key": "k", "data": document})


def test_the_files_of_the_first_version_are_read_part_by_part() -> None:
    files = {LEDGER: envelope(LEDGER_DOCUMENT), GOALS: envelope({"journal": {}}), "notes": envelope({})}
    assert of_old_files(files) == {LEDGER: LEDGER_DOCUMENT, GOALS: {"journal": {}}}
    assert of_old_files({}) == {}


@pytest.mark.parametrize(
    "content", [b"", b"\0\0", b"[]", b"7", envelope(None), envelope([]), b'{"version":1}', b'{"data":{"a":1']
)
def test_each_damaged_file_of_the_first_version_is_named(content: bytes) -> None:
    for damaged in ({GOALS}, {GOALS, GUIDE}, {LEDGER, REMINDERS}):
        files = dict.fromkeys((LEDGER, GOALS, REMINDERS, GUIDE), envelope({}))
        with pytest.raises(StorageError) as raised:
            of_old_files(files | dict.fromkeys(damaged, content))
        assert raised.value.reason is Failure.UNREADABLE
        assert set(raised.value.parts) == damaged


@pytest.mark.parametrize("row", [["20"], [True], [1.5], [None], [1, [2]]])
def test_a_ledger_of_the_first_version_whose_rows_are_no_numbers_is_damaged(row: list[Any]) -> None:
    for document in ({"old_sessions": {"1": [1], "3": row}}, {"pods": {MAC: {"minutes": {"1": row}}}}):
        with pytest.raises(StorageError) as raised:
            of_old_files({LEDGER: envelope(document)})
        assert (raised.value.reason, raised.value.parts) == (Failure.UNREADABLE, (LEDGER,))
    # Rows of other parts are of more than numbers.
    goals = {"goal_days": {"days": [["2026-03-01", row]]}}
    assert of_old_files({GOALS: envelope(goals)}) == {GOALS: goals}


def test_an_old_file_of_a_newer_version_is_not_taken_for_a_damaged_one() -> None:
    with pytest.raises(StorageError) as raised:
        of_old_files({LEDGER: b"", GOALS: envelope({}, version=2)})
    assert (raised.value.reason, raised.value.parts) == (Failure.TOO_NEW, (GOALS,))
    assert of_old_files({GOALS: envelope({"a": 1}, version="2")}) == {GOALS: {"a": 1}}
