"""An answer must prove that it belongs to the question: what it does not prove is not given up."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import PageError, Position, parse_page
from custom_components.retrostep.core.ledger.row_sync import Outcome, RowSync

from .story import BERLIN, MAC, Pod, berlin, utc
from .test_row_sync import Disk, Wire

if TYPE_CHECKING:
    from collections.abc import Callable

NOON = berlin("2026-03-05 12:00")
NINE = utc("2026-03-05 09:00")


def left_behind(*, repeats: bool) -> tuple[Pod, Ledger, Wire, RowSync, Any]:
    """Give a home whose restored ledger has rows 1 to 4 of 12, and the answer to what it asked before."""
    pod, ledger = Pod(repeats=repeats), Ledger(BERLIN)
    for i in range(12):
        pod.walk(NINE + timedelta(minutes=i), 10)
    ledger.merge(MAC, parse_page(pod.answer(0, 0, 4, NOON)), NOON)
    wire = Wire(pod)
    return pod, ledger, wire, RowSync(MAC, ledger, wire, Disk(), 4), pod.answer(7_001, 8, 4, NOON)


def always(answer: Any) -> dict[int, Callable[[Any], Any]]:
    return dict.fromkeys(range(1, 99), lambda _: answer)


@pytest.mark.parametrize("repeats", [True, False], ids=["repeats", "older pod"])
async def test_a_gap_that_only_a_stray_page_shows_is_not_given_up_however_often_it_comes(
    *, repeats: bool
) -> None:
    _, ledger, wire, row_sync, stray = left_behind(repeats=repeats)
    wire.wrong = always(stray)
    for _ in range(3):
        result = await row_sync.sync(NOON)
        assert result.outcome in (Outcome.REFUSED, Outcome.INCOMPLETE)
        assert result.lost_rows == 0
    assert max(after for _, after in wire.calls) == 4, "no row past the gap is acknowledged"
    wire.wrong = {}
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.lost_rows, ledger.total().back) == (Outcome.OK, 0, 120)


async def test_the_answer_to_another_question_is_set_aside_and_the_question_asked_again() -> None:
    pod, ledger, wire, row_sync, stray = left_behind(repeats=True)
    earlier = pod.answer(7_001, 2, 4, NOON)
    wire.wrong = {1: lambda _: stray, 3: lambda _: earlier}
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.strays, result.new_rows) == (Outcome.OK, 2, 8)
    assert wire.calls[:2] == [(7_001, 4), (7_001, 4)]
    assert ledger.total().back == 120


async def test_a_way_that_only_brings_answers_to_other_questions_is_left_with_a_reason() -> None:
    _, ledger, wire, row_sync, stray = left_behind(repeats=True)
    wire.wrong = always(stray)
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.reason, result.new_rows) == (Outcome.REFUSED, "stray", 0)
    assert result.detail == "asked (7001, 4), answered (7001, 8)"
    assert len(wire.calls) == 3
    assert ledger.total().back == 40, "nothing of it was taken"


async def test_an_older_pod_that_overwrote_rows_says_so_by_starting_at_its_oldest() -> None:
    pod, ledger, _, row_sync, _ = left_behind(repeats=False)
    pod.overwrite(7)
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.lost_rows, result.lost.back) == (Outcome.OK, 3, 30)
    assert ledger.total().back == 90


async def test_an_older_pod_that_lacks_a_row_is_believed_once_it_had_to_overwrite_that_row() -> None:
    pod, ledger, wire, row_sync, _ = left_behind(repeats=False)
    del pod.rows[4]
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.lost_rows, ledger.total().back) == (Outcome.INCOMPLETE, 0, 80)
    assert max(after for _, after in wire.calls) == 4
    pod.overwrite(4)
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.lost_rows, ledger.total().back) == (Outcome.OK, 1, 110)


def test_a_page_of_an_earlier_part_does_not_move_the_position_over_a_gap() -> None:
    pod, ledger = Pod(repeats=False), Ledger(BERLIN)
    for i in range(12):
        pod.walk(NINE + timedelta(minutes=i), 10)
    for log, after in ((0, 0), (7_001, 8), (7_001, 5)):
        ledger.merge(MAC, parse_page(pod.answer(log, after, 4 if after != 5 else 2, NOON)), NOON)
    assert ledger.position(MAC) == (7_001, 4)


@pytest.mark.parametrize(
    ("asked", "proves"),
    [([7, 4], True), ([7, 5], False), ([0, 4], False), (None, True)],
)
def test_a_page_repeats_what_it_answers(asked: list[int] | None, *, proves: bool) -> None:
    pod = Pod(log=7)
    for _ in range(6):
        pod.walk(NINE, 10)
    answer = pod.answer(7, 4)
    del answer["asked"]
    page = parse_page(answer if asked is None else {**answer, "asked": asked})
    question = Position(7, 4)
    assert page.proves_gaps(question) is proves
    if proves:
        page.refuse_stray(question)
    else:
        with pytest.raises(PageError) as refused:
            page.refuse_stray(question)
        assert refused.value.reason == "stray"


@pytest.mark.parametrize(
    ("question", "proves"),
    [((7, 4), True), ((7, 3), False), ((7, 5), False), ((6, 0), False), ((6, 9), False)],
)
def test_an_older_page_proves_itself_by_its_start(question: tuple[int, int], *, proves: bool) -> None:
    pod = Pod(log=7, repeats=False)
    for _ in range(6):
        pod.walk(NINE, 10)
    assert parse_page(pod.answer(7, 4)).proves_gaps(Position(*question)) is proves
    pod.overwrite(4)
    assert parse_page(pod.answer(7, 0)).proves_gaps(Position(*question)), "it starts at the oldest row"


@pytest.mark.parametrize("asked", [None, 7, [7], [7, 4, 1], [7, "4"], [7, True], [7.0, 4], [7, 2**31]])
def test_a_question_repeated_wrongly_refuses_the_page(asked: object) -> None:
    with pytest.raises(PageError):
        parse_page({**Pod().answer(), "asked": asked})
