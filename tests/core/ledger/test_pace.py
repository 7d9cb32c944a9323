"""Nobody walks more than fits into an hour, whatever a pod says."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import PageError, PageFailure
from custom_components.retrostep.core.ledger.row_sync import Outcome, RowSync

from .story import BERLIN, MAC, OTHER_MAC, Pod, berlin, pull, utc, walked

NOON = berlin("2026-03-05 12:00")
NINE = utc("2026-03-05 09:00")
MINUTE = timedelta(minutes=1)


class Liar:
    """A pod that answers each question from a log nobody heard of, with one row, and has more for ever."""

    def __init__(self, when: datetime | None, steps: int) -> None:
        self.asked = 0
        self._when, self._steps = when, steps

    async def get_minutes(self, log: int, after: int, limit: int) -> object:
        """Answer whatever was asked."""
        self.asked += 1
        pod = Pod(log=10_000 + self.asked)
        pod.walk(self._when, Counts(self._steps))
        return {**pod.answer(log, after, limit, NOON), "more": True}


class Disk:
    """Counts how often it is written."""

    def __init__(self) -> None:
        self.writes = 0

    async def save(self, document: dict[str, Any]) -> None:
        """Write."""
        assert document["version"]
        self.writes += 1


@pytest.mark.parametrize("when", [NINE, None])
async def test_a_pod_with_ever_new_logs_is_left_after_a_few(when: datetime | None) -> None:
    ledger, liar, disk = Ledger(BERLIN), Liar(when, 2_000), Disk()
    result = await RowSync(MAC, ledger, liar, disk).sync(NOON)
    assert (result.outcome, result.detail) == (Outcome.INCOMPLETE, "stopped after 5 pages of 5 new logs")
    assert (disk.writes, liar.asked, ledger.total().back) == (5, 5, 10_000)


@pytest.mark.parametrize(("when", "believed"), [(NINE, 20_000), (None, 882_000)])
async def test_four_million_steps_of_one_time_are_not_believed(when: datetime | None, believed: int) -> None:
    ledger, liar = Ledger(BERLIN), Liar(when, 2_000)
    row_sync = RowSync(MAC, ledger, liar, Disk())
    results = [await row_sync.sync(NOON) for _ in range(120)]
    assert (results[-1].outcome, results[-1].reason) == (Outcome.REFUSED, PageFailure.IMPOSSIBLE_PACE)
    assert ledger.total().back == believed


def test_an_hour_of_running_whose_last_minutes_come_twice_is_believed() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for number in range(60):
        pod.walk(NINE + number * MINUTE, Counts(back=300, back_dm=3_000, back_s=60))
    pull(ledger, pod, NOON)
    for number in range(10):
        pod.walk(NINE + (50 + number) * MINUTE, Counts(back=300, back_dm=3_000, back_s=60))
    pull(ledger, pod, NOON)
    assert ledger.total().back == 21_000
    pod.walk(NINE, Counts(back=1))
    with pytest.raises(PageError, match="impossible_pace"):
        pull(ledger, pod, NOON)
    assert ledger.total().back == 21_000


@pytest.mark.parametrize("counts", [Counts(back=2, back_dm=30_000), Counts(back=2, back_s=600)])
def test_metres_and_seconds_are_bounded_like_steps(counts: Counts) -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for _ in range(8):
        pod.walk(NINE, counts)
    with pytest.raises(PageError, match="impossible_pace"):
        pull(ledger, pod, NOON)
    assert ledger.total().back == 0


@pytest.mark.parametrize(("rows", "believed"), [(70, True), (71, False)])
def test_usual_rows_of_one_time_are_too_many_when_an_hour_can_not_hold_them(
    rows: int, *, believed: bool
) -> None:
    """A pod whose clock stands still: no row is odd, each has the same minute."""
    pod, ledger = Pod(), Ledger(BERLIN)
    for _ in range(rows):
        pod.walk(NINE, Counts(back=300))
    if not believed:
        with pytest.raises(PageError, match="impossible_pace: 21300 steps in the hour"):
            pull(ledger, pod, NOON)
    else:
        pull(ledger, pod, NOON)
    assert ledger.total().back == (21_000 if believed else 0)


def test_what_was_taken_before_is_no_pace() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for _ in range(7):
        pod.walk(NINE, Counts(back=3_000))
    pull(ledger, pod, NOON)
    page = pod.answer(now=NOON)
    pod.asked.clear()
    pull(ledger, pod, NOON)
    assert len(page["m"]) == 7
    assert ledger.total().back == 21_000


def test_all_that_two_pods_can_store_without_a_time_is_believed() -> None:
    ledger = Ledger(BERLIN)
    for pod in (Pod(), Pod(OTHER_MAC)):
        for _ in range(1_464):
            pod.walk(None, walked(120))
        pull(ledger, pod, NOON)
    assert ledger.total().back == 2 * 1_464 * 120


async def test_a_round_ends_when_it_has_no_time_left() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for number in range(20):
        pod.walk(NINE + number * MINUTE, 10)

    class Wire:
        async def get_minutes(self, log: int, after: int, limit: int) -> object:
            return pod.answer(log, after, limit, NOON)

    row_sync = RowSync(MAC, ledger, Wire(), Disk(), 5)
    time_left = iter([True, True, False])
    result = await row_sync.sync(NOON, lambda: next(time_left))
    assert (result.outcome, result.pages, ledger.total().back) == (Outcome.INCOMPLETE, 2, 100)
    assert (await row_sync.sync(NOON)).outcome is Outcome.OK
    assert ledger.total().back == 200
