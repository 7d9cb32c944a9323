"""What the pod may answer, and what is refused."""

import random
from typing import Any

import pytest

from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import MinuteRow, PageError, parse_page

from .story import BERLIN, MAC, Pod, utc


def answer() -> dict[str, Any]:
    pod = Pod()
    pod.walk(utc("2026-03-01 09:30"), 40)
    pod.walk(utc("2026-03-01 09:31"), 44)
    page: dict[str, Any] = pod.answer(now=utc("2026-03-01 09:40"))
    return page


def with_row(**changes: Any) -> dict[str, Any]:
    names = ["seq", "epoch_min", "back", "fwd", "side", "back_dm", "fwd_dm", "back_s", "fwd_s"]
    names += ["first_s", "last_s", "max_cm"]
    page = answer()
    for name, value in changes.items():
        page["m"][1][names.index(name)] = value
    return page


def test_a_right_answer_becomes_a_page() -> None:
    page = parse_page(answer())
    assert (page.log, page.oldest, page.next_seq, page.more) == (7_001, 1, 3, False)
    assert page.total == Counts(84, 0, 0, 420, 0, 42, 0)
    assert page.rows[1] == MinuteRow(
        2, int(utc("2026-03-01 09:31").timestamp()) // 60, Counts(44, 0, 0, 220, 0, 22, 0), 0, 59, 55
    )


def test_an_empty_log_is_a_right_answer() -> None:
    page = parse_page(Pod().answer())
    assert page.rows == ()
    assert not page.total


@pytest.mark.parametrize("data", [None, [], "half an ans", 4, [1, 2], float("nan")])
def test_what_is_no_object_is_refused(data: object) -> None:
    with pytest.raises(PageError) as refused:
        parse_page(data)
    assert refused.value.reason == "not_an_object"


@pytest.mark.parametrize("key", ["v", "log", "oldest", "next", "more", "now", "total", "m"])
def test_a_half_answer_is_refused(key: str) -> None:
    page = answer()
    del page[key]
    with pytest.raises(PageError) as refused:
        parse_page(page)
    assert (refused.value.reason, refused.value.detail) == ("missing_key", key)


@pytest.mark.parametrize(
    ("version", "reason"), [(0, "firmware_too_old"), (2, "firmware_too_new"), (99, "firmware_too_new")]
)
def test_another_version_is_refused_as_such_before_anything_else_is_read(version: int, reason: str) -> None:
    with pytest.raises(PageError) as refused:
        parse_page({"v": version, "rows": "of another kind"})
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("v", "1", "wrong_type"),
        ("v", True, "wrong_type"),
        ("log", -1, "out_of_range"),
        ("log", 2**31, "out_of_range"),
        ("log", 7.0, "wrong_type"),
        ("oldest", 4, "out_of_range"),
        ("oldest", -1, "out_of_range"),
        ("oldest", 0, "out_of_range"),
        ("next", 0, "out_of_range"),
        ("next", 2_002, "out_of_range"),
        ("next", 2_000_000_000, "out_of_range"),
        ("next", 2, "out_of_range"),
        ("next", 2**31, "out_of_range"),
        ("more", 1, "wrong_type"),
        ("more", None, "wrong_type"),
        ("now", float("nan"), "wrong_type"),
        ("now", 2**53 + 1, "out_of_range"),
        ("total", [84, 0, 0, 420, 0, 42], "wrong_type"),
        ("total", 84, "wrong_type"),
        ("total", [84, 0, 0, 420, 0, 42, -1], "out_of_range"),
        ("total", [83, 0, 0, 420, 0, 42, 0], "total_mismatch"),
        ("m", {}, "wrong_type"),
        ("m", [7], "wrong_type"),
        ("m", [[1, 2, 3]], "wrong_type"),
    ],
)
def test_garbage_around_the_rows_is_refused(key: str, value: object, reason: str) -> None:
    with pytest.raises(PageError) as refused:
        parse_page({**answer(), key: value})
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("seq", 0, "out_of_range"),
        ("seq", 3, "out_of_range"),
        ("seq", "2", "wrong_type"),
        ("epoch_min", -5, "out_of_range"),
        ("epoch_min", 17, "out_of_range"),
        ("epoch_min", 2**31, "out_of_range"),
        ("epoch_min", float("inf"), "wrong_type"),
        ("back", -1, "out_of_range"),
        ("back", 1_000_000, "out_of_range"),
        ("fwd", float("nan"), "wrong_type"),
        ("side", None, "wrong_type"),
        ("back_dm", 10**6, "out_of_range"),
        ("fwd_dm", -1, "out_of_range"),
        ("back_s", 10**5, "out_of_range"),
        ("fwd_s", True, "wrong_type"),
        ("first_s", 60, "out_of_range"),
        ("last_s", -2, "out_of_range"),
        ("max_cm", 10**4, "out_of_range"),
    ],
)
def test_garbage_in_a_row_is_refused(name: str, value: object, reason: str) -> None:
    with pytest.raises(PageError) as refused:
        parse_page(with_row(**{name: value}))
    assert refused.value.reason == reason


def test_a_row_twice_is_refused() -> None:
    page = answer()
    page["m"][1] = page["m"][0]
    with pytest.raises(PageError) as refused:
        parse_page(page)
    assert refused.value.reason == "duplicate"


def test_rows_in_the_wrong_order_are_refused() -> None:
    page = answer()
    page["m"].reverse()
    with pytest.raises(PageError) as refused:
        parse_page(page)
    assert refused.value.reason == "order"


def test_more_rows_than_a_page_can_hold_are_refused() -> None:
    page = answer()
    page["m"] *= 200
    with pytest.raises(PageError) as refused:
        parse_page(page)
    assert refused.value.reason == "too_many_rows"


GARBAGE: list[object] = [
    None, True, -1, 0, 1.0, 2**31, 10**5_000, float("nan"), float("-inf"), "", "1", b"x",
    [], [[]], {}, {"v": 1},
]  # fmt: skip


@pytest.mark.parametrize("seed", range(50))
def test_whatever_is_put_into_an_answer_it_is_a_page_or_refused(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(40):
        page = answer()
        for _ in range(dice.randrange(1, 4)):
            place: Any = dice.choice([page, page["total"], page["m"], *page["m"]])
            if not isinstance(place, dict | list) or not place:
                break
            key = dice.choice(list(place) if isinstance(place, dict) else range(len(place)))
            place[key] = dice.choice(GARBAGE)
            if not isinstance(page["m"], list) or not isinstance(page["total"], list):
                break
        try:
            parsed = parse_page(page)
        except PageError as refused:
            assert len(str(refused)) < 200
        else:
            Ledger(BERLIN).merge(MAC, parsed, utc("2026-03-02 00:00"), insist=True)


def test_the_reason_can_be_read_in_one_line() -> None:
    assert str(PageError("order", "row 3 after 4")) == "order: row 3 after 4"
    assert str(PageError("order")) == "order"
