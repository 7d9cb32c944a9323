"""What is kept how long, how big it gets, how it is written down."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from custom_components.retrostep.core.ledger import document as ledger_document
from custom_components.retrostep.core.ledger.blocks import BlockMap
from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.ledger.document import DocumentError
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import parse_page

from .story import BERLIN, Pod, berlin, pull, restart, walked

NOON = berlin("2026-03-05 12:00")
DAY = timedelta(days=1)


def lived(days: int, minutes_a_day: int = 4) -> tuple[Ledger, Pod]:
    """Give a ledger that has seen many days, each evening the rows of the day."""
    pod, ledger = Pod(), Ledger(BERLIN)
    for day in range(days):
        evening = NOON + day * DAY
        for i in range(minutes_a_day):
            pod.walk(evening - timedelta(minutes=10 * i + 1), 20)
        pull(ledger, pod, evening)
        pod.rows.clear()
        pod.oldest = pod.next_seq
    return ledger, pod


def test_minutes_are_kept_sixty_days_hours_two_years_days_for_ever() -> None:
    ledger, _ = lived(800)
    last = NOON + 799 * DAY
    minutes = ledger.minutes(NOON - DAY, last)
    assert last - timedelta(days=68) < minutes[0][0] <= last - timedelta(days=59)
    hours = ledger.hours()
    assert last - timedelta(days=765) < hours[0][0] <= last - timedelta(days=728)
    assert len(ledger.days()) == 800
    assert ledger.total().back == 800 * 80
    assert sum((counts for _, counts in hours), ledger.hours_base()) == ledger.settled_total()


def test_days_without_their_minutes_still_know_how_many_sessions_they_had() -> None:
    ledger, _ = lived(80)
    ledger = restart(ledger)
    assert ledger.session_count(NOON.date()) == 4
    assert ledger.session_count((NOON + 79 * DAY).date()) == 4
    assert ledger.session_count((NOON + 90 * DAY).date()) == 0


def test_rows_that_come_when_their_hour_is_long_forgotten_count_in_their_day() -> None:
    ledger, pod = lived(800)
    last = NOON + 799 * DAY
    pod.walk(NOON - timedelta(hours=3), 50)
    result = pull(ledger, pod, last)
    assert ledger.day(NOON.date()).counts.back == 130
    first_kept = ledger.hours()[0][0]
    (changed,) = result.changed_hours
    assert changed <= first_kept, "every sum that is kept has changed"


def test_a_clock_that_is_set_wrong_for_a_while_makes_nothing_old() -> None:
    ledger, pod = lived(30)
    pull(ledger, pod, NOON + 4_000 * DAY)
    assert len(ledger.minutes(NOON - DAY, NOON + 30 * DAY)) == 120


def test_writing_down_and_reading_changes_nothing() -> None:
    ledger, _ = lived(100)
    again = restart(ledger)
    assert again.as_dict() == ledger.as_dict()
    assert again.hours() == ledger.hours()
    assert again.days() == ledger.days()
    assert again.today(NOON + 99 * DAY) == ledger.today(NOON + 99 * DAY)


def test_a_document_once_made_is_not_changed_by_what_comes_after() -> None:
    ledger, pod = lived(3)
    document = ledger.as_dict()
    text = json.dumps(document)
    pod.walk(NOON + 3 * DAY, 50)
    pull(ledger, pod, NOON + 3 * DAY)
    ledger.live(pod.mac, {"back": 9}, NOON + 3 * DAY)
    ledger.add_walk(NOON, 60, walked(10), NOON + DAY)
    assert json.dumps(document) == text


@pytest.mark.parametrize(
    "kept",
    [None, [], "text", {}, {"version": "1"}, {"version": 1}, {"version": 0}, {"version": 1, "totals": 4}],
)
def test_what_is_no_ledger_is_refused(kept: object) -> None:
    with pytest.raises(DocumentError) as refused:
        Ledger.from_dict(kept)
    assert refused.value.reason == "ledger_unreadable"


def test_a_broken_block_is_refused() -> None:
    ledger, _ = lived(2)
    document = json.loads(json.dumps(ledger.as_dict()))
    next(iter(document["totals"]["days"].values())).pop()
    with pytest.raises(DocumentError):
        Ledger.from_dict(document)


def test_a_ledger_of_a_newer_version_is_left_alone() -> None:
    with pytest.raises(DocumentError) as refused:
        Ledger.from_dict({**Ledger(BERLIN).as_dict(), "version": 99})
    assert refused.value.reason == "ledger_too_new"


def test_an_older_document_is_lifted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def named_otherwise(document: dict[str, Any]) -> dict[str, Any]:
        return {**document, "walks": document["manual_walks"]}

    monkeypatch.setitem(ledger_document.MIGRATIONS, 0, named_otherwise)
    ledger, _ = lived(2)
    old = {**ledger.as_dict(), "version": 0}
    old["manual_walks"] = old.pop("walks")
    assert Ledger.from_dict(old).hours() == ledger.hours()


def test_a_block_map_opens_only_what_is_touched() -> None:
    rows = BlockMap(tuple, 2, 10)
    for key in (25, 3, 11, 4):
        rows.put(key, (key, -key))
    blocks = rows.as_blocks()
    assert blocks == {"0": [3, 3, -3, 4, 4, -4], "1": [1, 11, -11], "2": [5, 25, -25]}
    again = BlockMap(tuple, 2, 10, blocks)
    assert again.get(12) is None
    assert again.get(99) is None
    assert list(again.rows(4, 25)) == [(4, (4, -4)), (11, (11, -11))]
    again.drop_before(19)
    assert list(again.rows_from(0)) == [(11, (11, -11)), (25, (25, -25))]
    assert list(BlockMap(tuple, 2, 10).rows_from(0)) == []
    with pytest.raises(ValueError, match="block 0"):
        BlockMap(tuple, 2, 10, {"0": [1, 2]})


def test_five_years_of_heavy_use_stay_small_and_load_fast() -> None:
    import time  # noqa: PLC0415

    ledger = Ledger(BERLIN)
    start = date(2021, 1, 1)
    pods = [Pod(), Pod("a0:00:00:00:00:02")]
    for day in range(5 * 365):
        # Hours and days of five years; minutes of two pods for the days that keep them.
        noon = berlin(f"{start + day * DAY} 12:00")
        full = day > 5 * 365 - 62
        for pod in pods:
            for i in range(240 if full else 16):
                when = noon + timedelta(minutes=i * 2 if full else i * 60 - 240)
                pod.walk(when, Counts(37, 81, 4, 185, 486, 18, 40))
            pull(ledger, pod, noon + timedelta(hours=12))
            pod.rows.clear()
            pod.oldest = pod.next_seq
    text = json.dumps(ledger.as_dict(), separators=(",", ":"))
    assert len(text) < 2_000_000
    began = time.process_time()
    Ledger.from_dict(json.loads(text))
    assert time.process_time() - began < 0.25, "of the processor, which others may want too"


def one_minute_a_day(days: int, ledger: Ledger, pod: Pod) -> None:
    for day in range(days):
        pod.walk(NOON + day * DAY, 20)
        pull(ledger, pod, NOON + day * DAY)


def test_sixty_seven_days_of_minutes_are_kept_and_when_it_is_one_more_only_sixty() -> None:
    ledger, pod = Ledger(BERLIN), Pod()
    one_minute_a_day(67, ledger, pod)
    assert len(ledger.minutes(NOON, NOON + 99 * DAY)) == 67
    pod.walk(NOON + 67 * DAY, 20)
    pull(ledger, pod, NOON + 67 * DAY)
    assert ledger.minutes_since == berlin("2026-03-13 00:00")
    assert len(ledger.minutes(ledger.minutes_since, NOON + 99 * DAY)) == 60


def test_days_that_have_not_come_make_no_other_old() -> None:
    ledger, pod = Ledger(BERLIN), Pod()
    one_minute_a_day(67, ledger, pod)
    pod.walk(NOON - DAY, 20)
    page = parse_page(pod.answer(*(ledger.position(pod.mac) or (0, 0)), now=NOON + 50 * DAY))
    ledger.merge(pod.mac, page, NOON + 50 * DAY)
    assert len(ledger.minutes(NOON - DAY, NOON + 99 * DAY)) == 68


def test_a_block_map_forgets_a_row_and_a_block_that_holds_no_more() -> None:
    rows = BlockMap(tuple, 1, 10, {"0": [3, 33, 4, 44], "2": [5, 55]})
    assert (rows.starts(), rows.last()) == ({0, 20}, 25)
    for key in (25, 26, 77):
        rows.drop(key)
    assert (rows.starts(), rows.last(), rows.get(25)) == ({0}, 4, None)
    rows.drop(4)
    assert (rows.last(), rows.as_blocks()) == (3, {"0": [3, 33]})
    rows.put(31, (9,))
    rows.drop(31)
    rows.drop(3)
    assert (rows.starts(), rows.last(), rows.as_blocks()) == (set(), None, {})
