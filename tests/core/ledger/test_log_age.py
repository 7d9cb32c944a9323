"""A log that draws the name of an earlier one loses no row, and no row of a known log counts again."""

import random
from datetime import timedelta
from typing import Any

import pytest

from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.log_age import Age, age_of
from custom_components.retrostep.core.ledger.page import parse_page
from custom_components.retrostep.core.ledger.pod_log import PodLog, PodRecord
from custom_components.retrostep.core.ledger.row_sync import Outcome, RowSync, SyncResult

from .story import BERLIN, MAC, Pod, berlin, pull, restart, utc, walked
from .test_row_sync import Disk, Wire

NOON = berlin("2026-03-05 12:00")
NINE = utc("2026-03-05 09:00")
LATER = NOON + timedelta(days=3)


def walked_pod(rows: int, log: int = 7, first: timedelta = timedelta(0), steps: int = 10) -> Pod:
    pod = Pod(log=log)
    for i in range(rows):
        pod.walk(NINE + first + timedelta(minutes=i), steps)
    return pod


async def fetch(ledger: Ledger, pod: Pod, limit: int = 4) -> SyncResult:
    """Fetch twice: the second time nothing is new."""
    result = await RowSync(MAC, ledger, Wire(pod, clock=LATER), Disk(), limit).sync(LATER)
    again = await RowSync(MAC, ledger, Wire(pod, clock=LATER), Disk(), limit).sync(LATER)
    assert again.new_rows == 0
    return result


@pytest.mark.parametrize("rows", [1, 3, 4, 9, 10, 11, 30])
@pytest.mark.parametrize("limit", [4, 128])
async def test_an_erased_pod_that_draws_the_same_name_loses_no_row(rows: int, limit: int) -> None:
    ledger = Ledger(BERLIN)
    await fetch(ledger, walked_pod(10), limit)
    result = await fetch(ledger, walked_pod(rows, first=timedelta(days=2), steps=12), limit)
    assert (result.outcome, result.new_rows, result.lost_rows) == (Outcome.OK, rows, 0)
    assert (result.log_changed, result.log_reused) == (True, True)
    assert ledger.settled_total().back == 100 + 12 * rows
    assert restart(ledger).position(MAC) == (7, rows)


@pytest.mark.parametrize("rows", [1, 4, 9, 30])
@pytest.mark.parametrize("others", [1, 3])
async def test_a_name_of_some_logs_ago_is_noticed_too(rows: int, others: int) -> None:
    ledger = Ledger(BERLIN)
    await fetch(ledger, walked_pod(10))
    for number in range(others):
        await fetch(ledger, walked_pod(2, log=8 + number, first=timedelta(hours=1 + number)))
    result = await fetch(ledger, walked_pod(rows, first=timedelta(days=2), steps=12))
    assert (result.outcome, result.new_rows, result.log_reused) == (Outcome.OK, rows, True)
    assert ledger.settled_total().back == 100 + 20 * others + 12 * rows


@pytest.mark.parametrize("after", [1, 3, 4, 7])
async def test_an_older_flash_put_back_counts_what_came_after_it(after: int) -> None:
    """Rows 1 to 6 are the ones known; what is walked from then on takes numbers that were used."""
    ledger = Ledger(BERLIN)
    await fetch(ledger, walked_pod(10))
    pod = walked_pod(6)
    for i in range(after):
        pod.walk(NINE + timedelta(days=2, minutes=i), 20)
    result = await fetch(ledger, pod)
    assert (result.outcome, result.new_rows, result.log_reused) == (Outcome.OK, after, True)
    assert ledger.settled_total().back == 100 + 20 * after


async def test_nothing_is_acknowledged_of_a_new_log_before_it_is_taken() -> None:
    ledger = Ledger(BERLIN)
    await fetch(ledger, walked_pod(10))
    pod, disk = walked_pod(30, first=timedelta(days=2), steps=12), Disk()
    wire = Wire(pod, clock=LATER)
    await RowSync(MAC, ledger, wire, disk, 4).sync(LATER)
    assert wire.calls[:4] == [(7, 10), (7, 0), (7, 4), (7, 8)]
    assert disk.safe_after() == 30


async def test_a_log_known_of_old_is_not_taken_for_a_new_one() -> None:
    ledger = Ledger(BERLIN)
    first = walked_pod(10)
    await fetch(ledger, first)
    await fetch(ledger, walked_pod(5, log=8, first=timedelta(hours=1)))
    result = await fetch(ledger, first)
    assert (result.outcome, result.new_rows, result.log_reused) == (Outcome.OK, 0, False)
    first.walk(NINE + timedelta(days=2), 10)
    assert (await fetch(ledger, first)).new_rows == 1
    assert ledger.settled_total().back == 160


async def test_an_older_flash_on_which_nothing_was_walked_yet_is_said_and_counts_nothing_twice() -> None:
    ledger = Ledger(BERLIN)
    await fetch(ledger, walked_pod(10))
    for _ in range(2):
        result = await RowSync(MAC, ledger, Wire(walked_pod(6), clock=LATER), Disk(), 4).sync(LATER)
        assert (result.outcome, result.reason) == (Outcome.REFUSED, "log_rewound")
    assert ledger.settled_total().back == 100


@pytest.mark.parametrize("seed", range(30))
async def test_a_total_that_is_wrong_once_makes_no_row_count_twice(seed: int) -> None:
    dice = random.Random(seed)
    ledger, pod = Ledger(BERLIN), walked_pod(12)
    wire = Wire(pod, clock=LATER)

    def spoil(answer: Any) -> Any:
        total = [n + dice.choice([0, 1, 10]) for n in answer["total"]]
        return {**answer, "total": total, "next": answer["next"] + dice.choice([0, 0, 1])}

    wire.wrong = {dice.randrange(1, 8): spoil, dice.randrange(1, 8): spoil}
    sync = RowSync(MAC, ledger, wire, Disk(), 4)
    for _ in range(4):
        result = await sync.sync(LATER)
    assert (result.outcome, result.log_reused) == (Outcome.OK, False)
    assert ledger.settled_total() == pod.total


async def test_a_row_whose_minute_was_moved_here_is_still_the_same_row() -> None:
    """A clock that proved wrong moves minutes in the ledger; the pod keeps its dates, and totals agree."""
    ledger, pod = Ledger(BERLIN), walked_pod(10)
    await fetch(ledger, pod)
    record = ledger._pods[MAC]
    for minute, row in list(record.minutes.rows_from(0)):
        record.minutes.drop(minute)
        record.minutes.put(minute + 600, row)
    for _ in range(3):
        pod.walk(NINE + timedelta(hours=1), 10)
        assert (await fetch(ledger, pod)).new_rows == 1
    assert ledger.settled_total().back == 130


async def handed_over() -> tuple[Ledger, Ledger]:
    """Ann walks ten minutes with a pod that Bob gets then."""
    ann, bob = Ledger(BERLIN), Ledger(BERLIN)
    await RowSync(MAC, ann, Wire(walked_pod(10), clock=NOON), Disk(), 4).sync(NOON)
    bob.take_over(MAC, ann.logs(MAC))
    return ann, restart(bob)


async def test_what_another_walker_took_of_a_log_is_never_taken_for_a_new_one() -> None:
    """Its minutes are in the other ledger; they are known by when they were walked."""
    _, bob = await handed_over()
    result = await RowSync(MAC, bob, Wire(walked_pod(6), clock=LATER), Disk(), 4).sync(LATER)
    assert (result.outcome, result.reason, bob.settled_total().back) == (Outcome.REFUSED, "log_rewound", 0)
    pod = walked_pod(10)
    pod.walk(NINE + timedelta(days=1), 10)
    assert (await fetch(bob, pod)).new_rows == 1
    wrong = {**pod.answer(7, 11), "total": list((pod.total + walked(1)).as_tuple())}
    bob.merge(MAC, parse_page(wrong), LATER)
    assert bob.position(MAC) == (7, 0), "it is read again"
    assert (await fetch(bob, pod)).log_reused is False
    assert bob.settled_total().back == 10


@pytest.mark.parametrize("limit", [4, 128])
@pytest.mark.parametrize("theirs", [0, 6])
@pytest.mark.parametrize("rows", [1, 3, 4, 9])
async def test_a_pod_of_another_walker_that_draws_a_used_name_loses_no_row(
    rows: int, theirs: int, limit: int
) -> None:
    """Erased, or with a copy of its older flash: rows of before the hand-over are never Bob's."""
    ann, bob = await handed_over()
    pod = walked_pod(theirs)
    for i in range(rows):
        pod.walk(NINE + timedelta(days=2, minutes=i), 12)
    result = await fetch(bob, pod, limit)
    assert (result.outcome, result.new_rows, result.log_reused) == (Outcome.OK, rows, True)
    assert bob.settled_total().back == 12 * rows
    bob = restart(bob)
    assert not bob.take_over(MAC, ann.logs(MAC)), "what Ann knows is of the log before"
    assert bob.position(MAC) == (7, theirs + rows)
    assert ann.take_over(MAC, bob.logs(MAC)), "but Ann, who gets it back, goes on where Bob ended"
    assert (await fetch(ann, pod)).new_rows == 0
    pod.walk(NINE + timedelta(days=2, hours=2), 10)
    assert (await fetch(restart(ann), pod)).new_rows == 1


async def test_an_erased_pod_of_another_walker_is_begun_before_anything_is_in_it() -> None:
    _, bob = await handed_over()
    assert (await fetch(bob, Pod(log=7))).outcome is Outcome.OK
    assert bob.position(MAC) == (7, 0)


def test_a_log_handed_over_before_anybody_noted_when_stays_the_other_walkers() -> None:
    zero = [0] * 7
    assert PodLog.from_list([7, 9, 10, [1, 9], zero, zero, True]).foreign_until > 50_000_000
    assert PodLog.from_list([7, 9, 10, [1, 9], zero, zero]).foreign_until == 0


def test_a_page_that_proves_nothing_begins_no_new_age() -> None:
    ledger = Ledger(BERLIN)
    pull(ledger, walked_pod(10), LATER)
    other = walked_pod(3, first=timedelta(days=2))
    other.repeats = False
    ledger.merge(MAC, parse_page(other.answer(7, 10)), LATER)
    assert ledger.position(MAC) == (7, 0), "it only makes us ask again"
    for _ in range(3):
        assert ledger.merge(MAC, parse_page(other.answer(7, 2)), LATER).new_rows == 0
    assert ledger.position(MAC) == (7, 0), "and again"
    assert ledger.settled_total().back == 100


async def test_the_answer_to_another_question_adds_no_row_to_a_log_in_doubt() -> None:
    """Else its rows stand in the log of before, and all that is compared later looks known."""
    ledger = Ledger(BERLIN)
    await fetch(ledger, walked_pod(1, steps=6))
    pod = walked_pod(2, first=timedelta(days=2), steps=8)
    pod.repeats = False
    wire = Wire(pod, clock=LATER)
    late = pod.answer(7, 1, 4, LATER)
    wire.wrong = {number: lambda _: late for number in (1, 2)}
    result = await RowSync(MAC, ledger, wire, Disk(), 4).sync(LATER)
    assert (result.new_rows, result.lost_rows, result.log_reused) == (2, 0, True)
    assert ledger.settled_total().back == 6 + 2 * 8


@pytest.mark.parametrize("dated", [False, True])
async def test_rows_without_a_time_tell_one_log_from_another_by_what_they_hold_together(
    *, dated: bool
) -> None:
    ledger, first, second = Ledger(BERLIN), Pod(log=7), Pod(log=7)
    for pod, counts in ((first, (90, 40)), (second, (8, 32))):
        pod.walk(NINE, 10)
        for steps in counts:
            pod.walk(NINE if dated else None, steps)
        await fetch(ledger, pod, 128)
    assert ledger.settled_total().back == 140 + (50 if dated else 40)


async def test_a_total_beyond_all_rows_is_told_as_a_minute_that_is_lost() -> None:
    ledger, pod = Ledger(BERLIN), walked_pod(3)
    pod.total += walked(5)
    result = await fetch(ledger, pod)
    assert (result.lost_rows, result.lost.back) == (1, 5)


@pytest.mark.parametrize("repeats", [True, False], ids=["repeats", "older pod"])
async def test_an_erased_log_of_the_same_name_is_begun_before_anything_is_in_it(*, repeats: bool) -> None:
    ledger, disk = Ledger(BERLIN), Disk()
    await fetch(ledger, walked_pod(10))
    pod = Pod(log=7, repeats=repeats)
    result = await RowSync(MAC, ledger, Wire(pod, clock=LATER), disk, 4).sync(LATER)
    assert (result.outcome, result.detail, result.log_reused) == (Outcome.OK, "", True)
    assert Ledger.from_dict(disk.documents[-1]).position(MAC) == (7, 0), "and it is written down"
    pod.walk(NINE + timedelta(days=2), 10)
    assert (await fetch(ledger, pod)).new_rows == 1
    assert ledger.settled_total().back == 110


async def test_a_new_log_that_reaches_the_position_of_the_old_one_is_written_when_the_disk_has_room() -> None:
    ledger, disk = Ledger(BERLIN), Disk()
    await fetch(ledger, walked_pod(3))
    wire = Wire(walked_pod(3, first=timedelta(days=2), steps=12), clock=LATER)
    sync = RowSync(MAC, ledger, wire, disk, 4)
    disk.failures = 1
    assert (await sync.sync(LATER)).outcome is Outcome.NOT_SAVED
    assert (await sync.sync(LATER)).outcome is Outcome.OK
    assert Ledger.from_dict(disk.documents[-1]).settled_total().back == 30 + 36


@pytest.mark.parametrize("repeats", [True, False], ids=["repeats", "older pod"])
async def test_a_log_in_doubt_is_read_again_also_if_the_doubt_could_not_be_written_down(
    *, repeats: bool
) -> None:
    ledger, disk = Ledger(BERLIN), Disk()
    await fetch(ledger, walked_pod(12))
    other = walked_pod(5, first=timedelta(days=2), steps=12)
    other.repeats = repeats
    sync = RowSync(MAC, ledger, Wire(other, clock=LATER), disk, 4)
    disk.failures = 1
    assert (await sync.sync(LATER)).outcome is Outcome.NOT_SAVED
    result = await sync.sync(LATER)
    assert (result.outcome, result.detail, result.new_rows) == (Outcome.OK, "", 5)


async def test_rows_under_numbers_that_were_given_up_as_lost_are_not_lost_in_a_new_log() -> None:
    """Nothing of them was taken, so there is nothing to compare; but the log has lost its end."""
    ledger, first = Ledger(BERLIN), walked_pod(30)
    first.overwrite(20)
    await fetch(ledger, first)
    result = await fetch(ledger, walked_pod(9, first=timedelta(days=2), steps=12))
    assert (result.outcome, result.new_rows, result.log_reused) == (Outcome.OK, 9, True)
    assert ledger.settled_total().back == 100 + 108


@pytest.mark.parametrize("limit", [4, 128])
@pytest.mark.parametrize("steps", [3, 12, 120])
@pytest.mark.parametrize("rows", [0, 1, 4, 9, 19, 20, 30])
async def test_a_log_of_which_every_row_was_given_up_is_known_to_begin_anew(
    rows: int, steps: int, limit: int
) -> None:
    """A pod that overwrote all rows we asked for: of its log we know an end and a total, and no row."""
    ledger, first = Ledger(BERLIN), walked_pod(20)
    first.overwrite(20)
    assert (await fetch(ledger, first, limit)).lost_rows == 20
    result = await fetch(ledger, walked_pod(rows, first=timedelta(days=2), steps=steps), limit)
    assert (result.outcome, result.detail, result.new_rows) == (Outcome.OK, "", rows)
    assert ledger.settled_total().back == steps * rows
    assert restart(ledger).position(MAC) == (7, rows)


async def test_rows_that_fit_into_minutes_of_before_are_what_the_others_are() -> None:
    """A clock that was wrong may date new rows into minutes in which more was walked."""
    ledger = Ledger(BERLIN)
    await fetch(ledger, walked_pod(10, steps=50))
    pod = walked_pod(3, steps=12)
    pod.walk(None, 6)
    pod.walk(NINE + timedelta(days=2), 12)
    result = await fetch(ledger, pod, limit=128)
    assert (result.outcome, result.new_rows, result.log_reused) == (Outcome.OK, 5, True)


async def test_rows_without_a_time_alone_do_not_tell_one_log_from_another() -> None:
    ledger = Ledger(BERLIN)
    await fetch(ledger, walked_pod(10))
    pod = Pod(log=7)
    pod.walk(None, 10)
    result = await RowSync(MAC, ledger, Wire(pod, clock=LATER), Disk(), 4).sync(LATER)
    assert (result.outcome, result.reason) == (Outcome.REFUSED, "log_rewound")
    pod.walk(NINE + timedelta(days=2), 10)
    result = await fetch(ledger, pod)
    assert (result.outcome, result.new_rows, result.log_reused) == (Outcome.OK, 2, True)


@pytest.mark.parametrize(
    ("end", "total", "more", "contradicts"),
    [
        (4, 30, False, False),
        (4, 31, False, True),
        (4, 29, False, True),
        (3, 20, False, True),
        (3, 20, True, False),
        (5, 40, False, False),
        (5, 30, False, False),
        (5, 29, False, True),
    ],
)
def test_a_log_is_doubted_for_its_end_or_its_total(
    end: int, total: int, *, more: bool, contradicts: bool
) -> None:
    log = PodLog(7, after=3, settled=4, taken=[[1, 3]], credited=Counts(back=30))
    page = {**Pod(log=7).answer(), "next": end, "total": [total, 0, 0, 0, 0, 0, 0], "more": more}
    assert log.contradicts(parse_page(page)) is contradicts
    assert not PodLog(7).contradicts(parse_page(page)), "nothing is known of it"


def test_only_the_answer_to_what_was_asked_says_of_which_log_a_doubted_one_is() -> None:
    ledger = Ledger(BERLIN)
    pull(ledger, walked_pod(10), LATER)
    record = PodRecord(ledger.as_dict()["pods"][MAC])
    other = parse_page(walked_pod(12, first=timedelta(days=2), steps=12).answer(7, 0))
    (log,) = record.logs
    log.read_again = 0
    assert (age_of(record, other, 0, proven=False), log.read_again) == (Age.DOUBTED, 0)
    assert record.logs == [log]
    assert age_of(record, other, 0, proven=True) is Age.NEW
    assert record.logs == [PodLog(7, settled=1, age=1)]


async def test_the_rest_of_a_minute_is_no_other_row() -> None:
    """A minute may hold several rows of a pod: each holds no more than the minute."""
    ledger, pod = Ledger(BERLIN), Pod(log=7)
    for steps in (4, 6, 2):
        pod.walk(NINE, steps)
    await fetch(ledger, pod)
    spoilt = {**pod.answer(7, 3), "total": list(walked(13).as_tuple())}
    ledger.merge(MAC, parse_page(spoilt), LATER)
    assert (await fetch(ledger, pod)).log_reused is False
    assert ledger.settled_total().back == 12


async def test_what_was_walked_since_a_total_was_wrong_makes_no_other_log() -> None:
    """A row that follows the known ones says nothing against them."""
    ledger, pod = Ledger(BERLIN), walked_pod(10)
    await fetch(ledger, pod)
    total = list((pod.total + walked(1)).as_tuple())
    ledger.merge(MAC, parse_page({**pod.answer(7, 10), "total": total}), LATER)
    assert ledger.position(MAC) == (7, 0), "it is read again"
    pod.walk(NINE + timedelta(hours=1), 12)
    result = await fetch(ledger, pod, limit=128)
    assert (result.outcome, result.new_rows, result.log_reused) == (Outcome.OK, 1, False)
    assert ledger.settled_total().back == 112
