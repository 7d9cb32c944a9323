"""Each number of a page has its bound: the last one that can be true is taken, the next one refused."""

from typing import Any

import pytest

from custom_components.retrostep.core.ledger.counts import COUNTS, Counts
from custom_components.retrostep.core.ledger.page import MinuteRow, Page, PageError, parse_page

from .story import Pod, utc

# Nobody takes more than five steps or goes farther than five metres a second, and a clock that steps
# back stretches a minute to ten at most.
TEN_MINUTES_S = 600
MOST = Counts(
    back=5 * TEN_MINUTES_S, fwd=5 * TEN_MINUTES_S, side=5 * TEN_MINUTES_S,
    back_dm=50 * TEN_MINUTES_S, fwd_dm=50 * TEN_MINUTES_S, back_s=TEN_MINUTES_S, fwd_s=TEN_MINUTES_S,
)  # fmt: skip
RING_ROWS = 2_000
PAGE_ROWS = 256


def answer(seq: int = 1, *, of: Counts = MOST, **changes: Any) -> dict[str, Any]:
    """Give a page with one row that holds as much as there is."""
    row = {
        "first_s": 0,
        "last_s": 59,
        "max_cm": 1_000,
        "epoch_min": utc("2026-03-01 09:30").timestamp() // 60,
    }
    counts = dict(zip(COUNTS, of.as_tuple(), strict=True))
    row, page = {**row, **counts}, {"v": 1, "log": 7, "oldest": 1, "next": seq + 1, "more": False, "now": 0}
    for name, value in changes.items():
        (row if name in row else page)[name] = value
    total = [max(value, row[name]) for name, value in counts.items()]
    numbers = [seq, int(row["epoch_min"]), *(row[name] for name in (*COUNTS, "first_s", "last_s", "max_cm"))]
    return {**page, "total": total, "m": [numbers]}


def refused(page: dict[str, Any]) -> str:
    with pytest.raises(PageError) as error:
        parse_page(page)
    return error.value.reason


def test_a_row_may_hold_ten_minutes_of_running_in_every_direction() -> None:
    (row,) = parse_page(answer()).rows
    assert (row.counts, row.max_cm) == (MOST, 1_000)


@pytest.mark.parametrize("name", [*COUNTS, "first_s", "last_s", "max_cm"])
def test_one_more_than_a_row_can_hold_is_refused(name: str) -> None:
    most = {**dict(zip(COUNTS, MOST.as_tuple(), strict=True)), "first_s": 59, "last_s": 59, "max_cm": 1_000}
    assert parse_page(answer(**{name: most[name]})).rows
    assert refused(answer(**{name: most[name] + 1})) == "out_of_range"


def test_seconds_may_be_unknown_and_counts_nothing_but_neither_less() -> None:
    (row,) = parse_page(answer(of=Counts(), first_s=-1, last_s=-1, max_cm=0)).rows
    assert (row.first_s, row.last_s, row.counts, row.max_cm) == (-1, -1, Counts(), 0)
    for name in ("first_s", "last_s"):
        assert refused(answer(**{name: -2})) == "out_of_range"
    assert refused(answer(max_cm=-1)) == "out_of_range"


def test_no_pod_walked_before_2020_but_one_may_not_know_when() -> None:
    first = int(utc("2020-01-01 00:00").timestamp()) // 60
    assert parse_page(answer(epoch_min=first)).rows[0].epoch_min == first
    assert parse_page(answer(epoch_min=0)).rows[0].epoch_min == 0
    assert refused(answer(epoch_min=first - 1)) == refused(answer(epoch_min=1)) == "out_of_range"


def test_a_log_may_be_numbered_up_to_31_bits() -> None:
    top = 2**31 - 1
    assert parse_page(answer(log=top)).log == top
    assert parse_page(answer(log=0)).log == 0
    assert refused(answer(log=top + 1)) == "out_of_range"


def test_the_clock_alone_outlives_31_bits() -> None:
    for now in (2**31, 2**53):
        assert parse_page(answer(now=now)).now_s == now
    assert refused(answer(now=2**53 + 1)) == refused(answer(next=2**31)) == "out_of_range"


def test_a_pod_may_speak_of_as_many_rows_as_its_ring_has_and_no_more() -> None:
    assert parse_page(answer(seq=RING_ROWS)).oldest == 1
    assert refused(answer(seq=RING_ROWS + 1)) == "out_of_range"
    assert parse_page(answer(seq=RING_ROWS + 1, oldest=2)).oldest == 2


def test_a_row_lies_between_the_oldest_and_the_next() -> None:
    assert parse_page(answer(seq=5, oldest=5)).rows[0].seq == 5
    assert refused(answer(seq=5, oldest=6)) == "out_of_range"
    assert refused(answer(seq=5, next=5)) == "out_of_range"


def test_a_log_without_rows_begins_with_number_one() -> None:
    page = parse_page({**answer(), "next": 1, "m": []})
    assert (page.oldest, page.next_seq) == (1, 1)
    assert refused({**answer(), "next": 1, "oldest": 2, "m": []}) == "out_of_range"


def test_a_page_holds_as_many_rows_as_four_kilobytes_and_no_more() -> None:
    pod = Pod()
    for _ in range(PAGE_ROWS + 1):
        pod.walk(utc("2026-03-01 09:30"), 10)
    assert len(parse_page(pod.answer(limit=PAGE_ROWS)).rows) == PAGE_ROWS
    assert refused(pod.answer(limit=PAGE_ROWS + 1)) == "too_many_rows"


def test_rows_may_hold_exactly_what_the_total_says() -> None:
    page = answer()
    assert parse_page(page).total == MOST
    for index in range(len(COUNTS)):
        less = [value - (place == index) for place, value in enumerate(page["total"])]
        assert refused({**page, "total": less}) == "total_mismatch"


@pytest.mark.parametrize(
    ("page", "detail"),
    [
        (None, "NoneType"),
        ({"v": 0}, "pod speaks 0, understood is 1"),
        ({**answer(), "log": "x"}, "log is str 'x'"),
        ({**answer(), "log": -1}, "log is -1, allowed 0 to 2147483647"),
        ({**answer(), "m": {}}, "m is dict"),
        ({**answer(), "total": [1]}, "total has 1 entries, not 7"),
        ({**answer(), "m": [[1, 2]]}, "minute row has 2 entries, not 12"),
        ({**answer(), "more": 1}, "more is int"),
        (answer(epoch_min=17), "epoch_min 17 of row 1 is before 2020"),
        (answer(back_s=601), "back_s of row 1 is 601, allowed 0 to 600"),
        ({**answer(), "m": [*answer()["m"]] * 2}, "row 1 twice"),
        ({**answer(), "m": [*answer()["m"]] * 257}, "257"),
    ],
)
def test_what_was_wrong_is_said(page: Any, detail: str) -> None:
    with pytest.raises(PageError) as error:
        parse_page(page)
    assert error.value.detail == detail


def test_rows_and_pages_are_plain_values() -> None:
    counts = Counts(1, 2, 3, 4, 5, 6, 7)
    assert (counts.steps, counts.as_tuple()) == (6, (1, 2, 3, 4, 5, 6, 7))
    assert counts + counts == Counts(2, 4, 6, 8, 10, 12, 14)
    assert counts + counts - counts == counts
    assert counts.floor(Counts(7, 6, 5, 4, 3, 2, 1)) == Counts(7, 6, 5, 4, 5, 6, 7)
    assert [bool(Counts(**{name: 1})) for name in COUNTS] == [True] * 7
    assert not Counts()
    page = Page(7, 1, 2, more=False, now_s=0, total=counts, rows=(MinuteRow(1, 0, counts, 0, 5, 60),))
    assert page.clock_skew_s(utc("2026-03-01 09:30")) is None


def test_a_clock_that_is_behind_is_told_as_less_than_nothing() -> None:
    now = utc("2026-03-01 09:30")
    late = parse_page({**answer(), "now": int(now.timestamp()) - 90})
    assert late.clock_skew_s(now) == -90
