"""Fetching rows: ask, check, merge, persist, and only then ask with the higher `after`."""

import asyncio
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from custom_components.retrostep.core.ledger.counts import ZERO
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import PageFailure
from custom_components.retrostep.core.ledger.row_sync import Outcome, RowSync, SyncResult, TransportError

from .story import BERLIN, MAC, Pod, berlin, utc, walked

if TYPE_CHECKING:
    from collections.abc import Callable

NOON = berlin("2026-03-05 12:00")
NINE = utc("2026-03-05 09:00")


@dataclass
class Wire:
    """A way to a pod on which the nth call can be made to go wrong."""

    pod: Pod
    wrong: dict[int, Callable[[Any], Any]] = field(default_factory=dict)
    calls: list[tuple[int, int]] = field(default_factory=list)
    clock: datetime = NOON

    async def get_minutes(self, log: int, after: int, limit: int) -> object:
        """Answer like the pod does, or wrongly."""
        self.calls.append((log, after))
        await asyncio.sleep(0)
        answer = self.pod.answer(log, after, limit, self.clock)
        return self.wrong.get(len(self.calls), lambda same: same)(answer)


@dataclass
class Disk:
    """A disk that remembers the last document written and can be full."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    failures: int = 0

    async def save(self, document: dict[str, Any]) -> None:
        """Write, unless there is no room."""
        await asyncio.sleep(0)
        if self.failures:
            self.failures -= 1
            raise OSError("disk full")
        self.documents.append(json.loads(json.dumps(document)))

    def safe_after(self) -> int:
        """Give the last row that would be there after a power cut."""
        if not self.documents:
            return 0
        position = Ledger.from_dict(self.documents[-1]).position(MAC)
        return position.after if position else 0


def line(rows: int = 10, limit: int = 4) -> tuple[Pod, Ledger, Wire, Disk, RowSync]:
    pod, ledger, disk = Pod(), Ledger(BERLIN), Disk()
    for i in range(rows):
        pod.walk(NINE + timedelta(minutes=i), 10)
    wire = Wire(pod)
    return pod, ledger, wire, disk, RowSync(MAC, ledger, wire, disk, limit)


def fail(error: Exception) -> Callable[[Any], Any]:
    def raise_it(_: Any) -> Any:
        raise error

    return raise_it


async def test_all_pages_are_pulled_and_the_last_call_tells_the_pod_that_all_is_safe() -> None:
    _, ledger, wire, disk, row_sync = line()
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.new_rows, result.pages) == (Outcome.OK, 10, 4)
    assert wire.calls == [(0, 0), (7_001, 4), (7_001, 8), (7_001, 10)]
    assert len(disk.documents) == 3, "nothing is written when nothing has changed"
    assert ledger.total().back == 100
    assert result.changed_hours == {NINE}


async def test_nothing_is_acknowledged_before_it_is_persisted() -> None:
    _, _, wire, disk, row_sync = line()
    seen: list[tuple[int, int]] = []

    def look(answer: Any) -> Any:
        seen.append((wire.calls[-1][1], disk.safe_after()))
        return answer

    wire.wrong = dict.fromkeys(range(1, 9), look)
    await row_sync.sync(NOON)
    assert seen == [(0, 0), (4, 4), (8, 8), (10, 10)]


async def test_a_second_sync_asks_once_and_writes_nothing() -> None:
    _, _, wire, disk, row_sync = line()
    await row_sync.sync(NOON)
    written = len(disk.documents)
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.new_rows, result.pages) == (Outcome.OK, 0, 1)
    assert (wire.calls[-1], len(disk.documents)) == ((7_001, 10), written)


@pytest.mark.parametrize("error", [TransportError("asleep"), TimeoutError("30 s")])
async def test_a_pod_out_of_reach_leaves_what_was_pulled(error: Exception) -> None:
    _, ledger, wire, _, row_sync = line()
    wire.wrong = {2: fail(error)}
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.detail, result.new_rows) == (Outcome.UNREACHABLE, str(error), 4)
    assert (await row_sync.sync(NOON)).outcome is Outcome.OK
    assert ledger.total().back == 100


@pytest.mark.parametrize(
    ("garbage", "reason"),
    [
        (None, "not_an_object"),
        ({"v": 2}, "firmware_too_new"),
        ({"v": 1, "log": 7_001}, "missing_key"),
        ({"v": 1, "log": 7_001, "oldest": 1, "next": float("nan")}, "missing_key"),
    ],
)
async def test_garbage_is_refused_with_its_reason_and_disturbs_nothing(garbage: object, reason: str) -> None:
    _, ledger, wire, disk, row_sync = line()
    wire.wrong = {2: lambda _: garbage}
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.reason) == (Outcome.REFUSED, reason)
    assert (ledger.total().back, disk.safe_after()) == (40, 4)
    assert (await row_sync.sync(NOON)).new_rows == 6
    assert ledger.total().back == 100


async def test_a_full_disk_acknowledges_nothing_until_it_has_room() -> None:
    _, ledger, wire, disk, row_sync = line()
    disk.failures = 2
    for _ in range(2):
        assert (await row_sync.sync(NOON)).outcome is Outcome.NOT_SAVED
        assert wire.calls[-1] == (0, 0)
    result = await row_sync.sync(NOON)
    assert result.outcome is Outcome.OK
    assert (ledger.total().back, disk.safe_after()) == (100, 10)
    assert wire.calls[2:] == [(0, 0), (7_001, 4), (7_001, 8), (7_001, 10)]


async def test_a_restart_after_a_write_that_failed_doubles_nothing() -> None:
    pod, _, _, disk, row_sync = line()
    disk.failures = 1
    await row_sync.sync(NOON)
    ledger = Ledger(BERLIN)
    assert (await RowSync(MAC, ledger, Wire(pod), disk).sync(NOON)).new_rows == 10
    again = Ledger.from_dict(disk.documents[-1])
    wire = Wire(pod)
    assert (await RowSync(MAC, again, wire, disk).sync(NOON)).new_rows == 0
    assert wire.calls == [(7_001, 10)]
    assert again.total().back == 100


async def test_a_new_log_is_read_from_its_start() -> None:
    _, ledger, wire, _, row_sync = line()
    await row_sync.sync(NOON)
    wire.pod = Pod(log=7_002)
    wire.pod.walk(NINE + timedelta(hours=1), 30)
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.log_changed) == (Outcome.OK, True)
    assert wire.calls[-2:] == [(7_001, 10), (7_002, 1)]
    assert ledger.total().back == 130


async def test_rows_the_pod_overwrote_are_reported() -> None:
    pod, _, _, _, row_sync = line()
    pod.overwrite(6)
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.lost_rows, result.lost) == (Outcome.OK, 6, walked(60))


async def test_two_asking_at_once_are_one_asking_twice() -> None:
    _, ledger, wire, _, row_sync = line(rows=3)
    first, second = await asyncio.gather(row_sync.sync(NOON), row_sync.sync(NOON))
    assert (first.outcome, second.outcome) == (Outcome.OK, Outcome.BUSY)
    assert (first.new_rows, len(wire.calls)) == (3, 3)
    assert ledger.total().back == 30


async def test_who_asks_meanwhile_has_one_more_round_with_what_is_new_and_no_further_one() -> None:
    pod, ledger, wire, _, row_sync = line(rows=3)

    def asked_meanwhile(answer: Any) -> Any:
        pod.walk(NINE + timedelta(minutes=5), 20)
        with pytest.raises(StopIteration) as busy:
            row_sync.sync(NOON).send(None)
        assert busy.value.value == SyncResult(Outcome.BUSY)
        return answer

    # The first round's last call: it says that the pod has nothing new.
    wire.wrong = {2: asked_meanwhile, 9: fail(AssertionError("it never ends"))}
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.new_rows, ledger.total().back) == (Outcome.OK, 4, 50)
    assert len(wire.calls) == 4


async def test_two_homes_may_ask_the_same_pod() -> None:
    pod, ledger, wire, _, row_sync = line()
    other = Ledger(BERLIN)
    await asyncio.gather(row_sync.sync(NOON), RowSync(MAC, other, wire, Disk(), 3).sync(NOON))
    assert ledger.total() == other.total() == pod.total


async def test_a_stray_answer_is_made_good_by_asking_again() -> None:
    pod, ledger, wire, _, row_sync = line()
    wire.wrong = {1: lambda _: pod.answer(7_001, 6, 4)}
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.new_rows) == (Outcome.OK, 10)
    assert ledger.total().back == 100


async def test_a_row_the_pod_counts_but_cannot_hand_out_is_asked_for_once_more_and_then_lost() -> None:
    pod, ledger, wire, _, row_sync = line()
    del pod.rows[4]
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.lost_rows, result.lost.back) == (Outcome.OK, 1, 10)
    assert wire.calls == [(0, 0), (7_001, 4), (7_001, 9), (7_001, 10)]
    assert ledger.total().back == 90
    assert (await row_sync.sync(NOON)).lost_rows == 0


async def test_a_pod_that_says_more_for_ever_does_not_keep_us_asking() -> None:
    _, ledger, wire, _, row_sync = line()
    wire.wrong = {n: lambda same: {**same, "more": True} for n in range(1, 99)}
    result = await row_sync.sync(NOON)
    assert result.outcome is Outcome.INCOMPLETE
    assert len(wire.calls) < 10
    assert ledger.total().back == 100


async def test_a_pod_that_makes_up_rows_for_ever_is_left_after_a_while() -> None:
    _, _, wire, _, row_sync = line(rows=1)

    def grow(_: Any) -> Any:
        wire.pod.walk(NINE, 2)
        return {**wire.pod.answer(*wire.calls[-1], 1, NOON), "more": True}

    wire.wrong = dict.fromkeys(range(1, 3_000), grow)
    result = await row_sync.sync(NOON)
    assert (result.outcome, result.pages) == (Outcome.INCOMPLETE, 300)


async def test_nothing_of_a_first_sync_is_made_up() -> None:
    _, _, wire, _, link = line(rows=0)
    result = await link.sync(NOON)
    assert result == SyncResult(Outcome.OK, pages=2, clock_skew_s=0)
    assert (result.reason, result.detail, result.new_rows, result.undated_rows) == (None, "", 0, 0)
    assert (result.lost_rows, result.lost, result.changed_hours) == (0, ZERO, frozenset())
    assert wire.calls == [(0, 0), (7_001, 0)]


async def test_what_pages_hold_is_summed_up() -> None:
    pod, _, _, _, link = line(rows=5, limit=2)
    pod.walk(None, 10)
    pod.walk(NINE + timedelta(hours=1), 10)
    result = await link.sync(NOON)
    assert (result.pages, result.new_rows, result.undated_rows) == (5, 7, 1)
    assert result.changed_hours == {NINE, NINE + timedelta(hours=1), NOON}


async def test_a_pod_is_asked_for_a_page_that_fits_into_its_answer() -> None:
    asked: list[int] = []

    class Asked(Wire):
        async def get_minutes(self, log: int, after: int, limit: int) -> object:
            """Note how many rows are asked for."""
            asked.append(limit)
            return await super().get_minutes(log, after, limit)

    pod, ledger = Pod(), Ledger(BERLIN)
    await RowSync(MAC, ledger, Asked(pod), Disk()).sync(NOON)
    assert set(asked) == {128}, "a page has room for 4 KB and rows of at least 25 characters"


async def test_three_answers_that_lead_nowhere_are_enough() -> None:
    pod, _, wire, _, link = line(rows=3)
    stuck = {**pod.answer(7_001, 0, 4, NOON), "m": [], "more": True}
    wire.wrong = {n: lambda same: {**stuck, "asked": same["asked"]} for n in range(1, 99)}
    result = await link.sync(NOON)
    assert result.outcome is Outcome.INCOMPLETE
    assert len(wire.calls) == 2 + 3, "the first one told the log, the second what lacks"
    assert result.detail.startswith("missing after ")


async def test_the_clock_of_the_pod_that_answered_is_told() -> None:
    pod, _, wire, _, link = line(rows=1)
    wire.wrong = {1: lambda _: pod.answer(0, 0, 4, NOON + timedelta(seconds=75))}
    wire.wrong[2] = fail(TransportError("gone"))
    result = await link.sync(NOON)
    assert (result.outcome, result.clock_skew_s) == (Outcome.UNREACHABLE, 75)


async def test_a_log_that_was_begun_anew_is_told_although_its_last_page_says_nothing_of_it() -> None:
    _, _, wire, _, link = line(rows=2)
    await link.sync(NOON)
    wire.pod = Pod(log=7_002)
    for number in range(6):
        wire.pod.walk(NINE + timedelta(minutes=number), 10)
    assert (await link.sync(NOON)).log_changed


async def test_a_clock_that_is_set_during_a_round_takes_nothing_that_was_dated_before() -> None:
    """The house was 3 days ahead, and so was the pod; it answers as the house's clock is put right."""
    pod, ledger, disk = Pod(), Ledger(BERLIN), Disk()
    ahead = timedelta(days=3)
    pod.walk(NOON + ahead, 30)
    row_sync = RowSync(MAC, ledger, wire := Wire(pod, clock=NOON + ahead), disk)

    def set_back(answer: Any) -> Any:
        row_sync.clock_jumped(-ahead.total_seconds())
        return answer

    wire.wrong[1] = set_back
    result = await row_sync.sync(NOON + ahead)
    assert (result.outcome, result.reason) == (Outcome.REFUSED, PageFailure.FUTURE_MINUTE)
    assert (ledger.total().back, ledger.position(MAC)) == (0, None)
    # Between rounds there is nothing to go on with.
    row_sync.clock_jumped(60)
    pod.rows[0][1] -= 3 * 1_440
    wire.clock = NOON
    assert (await row_sync.sync(NOON)).outcome is Outcome.OK
    assert ledger.day(NOON.date()).counts.back == 30
