"""What is remembered of a pod's rows: few ranges, whatever the order they came in."""

import json
import random
from itertools import pairwise, permutations

import pytest

from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.page import MinuteRow, Page, PageError
from custom_components.retrostep.core.ledger.pod_log import KeptMinute, PodLog, PodRecord


def row(seq: int, steps: int = 10) -> MinuteRow:
    return MinuteRow(seq, 29_600_000 + seq, Counts(back=steps), 0, 59, 50)


def page(*rows: MinuteRow, end: int, total: int, oldest: int = 1, more: bool = False) -> Page:
    return Page(7, oldest, end, more, 0, Counts(back=total), rows)


def take(log: PodLog, *seqs: int) -> None:
    for seq in seqs:
        log.take(seq)
        log.credited += row(seq).counts


@pytest.mark.parametrize("order", permutations((1, 2, 3, 4)))
def test_rows_that_follow_each_other_are_one_range_in_whatever_order_they_came(
    order: tuple[int, ...],
) -> None:
    log = PodLog(7)
    take(log, *order)
    assert log.taken == [[1, 4]]


def test_a_row_that_touches_nothing_is_a_range_of_its_own() -> None:
    log = PodLog(7)
    take(log, 5, 1, 3)
    assert log.taken == [[1, 1], [3, 3], [5, 5]]
    assert [seq for seq in range(7) if log.has(seq)] == [1, 3, 5]
    take(log, 4)
    assert log.taken == [[1, 1], [3, 5]]
    take(log, 2)
    assert log.taken == [[1, 5]]


@pytest.mark.parametrize("seed", range(20))
def test_ranges_say_exactly_which_rows_were_taken(seed: int) -> None:
    dice, log = random.Random(seed), PodLog(7)
    taken = dice.sample(range(1, 60), dice.randrange(1, 59))
    take(log, *taken)
    assert [seq for seq in range(70) if log.has(seq)] == sorted(taken)
    ranges = [range(low, high + 1) for low, high in log.taken]
    assert [seq for each in ranges for seq in each] == sorted(taken)
    assert all(before.stop < after.start for before, after in pairwise(ranges))


def test_the_first_gap_is_the_first_row_that_was_not_taken() -> None:
    log = PodLog(7)
    assert (log.first_gap(1, 1), log.first_gap(1, 2)) == (None, 1)
    take(log, 1, 2, 5)
    assert [log.first_gap(1, end) for end in (2, 3, 4, 9)] == [None, None, 3, 3]
    assert [log.first_gap(first, 7) for first in (2, 3, 4, 5, 6)] == [3, 3, 4, 6, 6]


def test_holes_that_no_pod_can_fill_any_more_are_forgotten() -> None:
    """A year of lost rows must not make the ledger grow."""
    log = PodLog(7)
    take(log, 1, 3, 5, 8)
    # Rows 2 and 4 had 20 steps; the pod has rows from 6 on.
    settled = log.settle(page(end=9, total=60, oldest=6))
    assert (settled.complete, settled.lost_rows, settled.lost) == (False, 0, ZERO), "asked for once more"
    assert log.after == 5
    settled = log.settle(page(end=9, total=60, oldest=6))
    assert (settled.complete, settled.lost_rows, settled.lost) == (True, 4, Counts(back=20))
    assert log.taken == [[1, 5], [8, 8]]
    assert (log.settled, log.after, log.rows_total) == (9, 8, Counts(back=60))


def test_ranges_the_pod_still_holds_a_part_of_stay_as_they_are() -> None:
    log = PodLog(7)
    take(log, 1, 3, 4, 6)
    log.settle(page(end=7, total=40, oldest=4))
    assert log.taken == [[1, 1], [3, 4], [6, 6]]
    log.settle(page(end=7, total=40, oldest=5))
    assert log.taken == [[1, 4], [6, 6]]


def test_a_row_that_is_missing_is_asked_for_once_and_then_given_up() -> None:
    log = PodLog(7)
    take(log, 1, 3)
    first = log.settle(page(end=4, total=30))
    assert (first.complete, log.asked_again, log.after) == (False, 2, 1)
    again = log.settle(page(end=4, total=30))
    assert (again.complete, again.lost_rows, again.lost) == (True, 1, Counts(back=10))
    assert (log.asked_again, log.after) == (0, 3)
    assert log.rows_total == Counts(back=30)


def test_numbers_that_were_never_used_are_no_loss() -> None:
    """A power cut may skip some; the total says that nothing is missing."""
    log = PodLog(7)
    take(log, 1, 4)
    settled = log.settle(page(end=5, total=20))
    assert (settled.complete, settled.lost_rows, settled.lost) == (True, 0, ZERO)
    assert log.settled == 5


def test_a_total_that_fell_is_kept_apart_and_is_no_loss() -> None:
    log = PodLog(7)
    take(log, 1, 2)
    settled = log.settle(page(end=3, total=15))
    assert (settled.lost_rows, settled.lost) == (0, ZERO)
    assert (log.drift, log.rows_total) == (Counts(back=-5), Counts(back=15))


def test_a_page_of_the_middle_leaves_the_end_open() -> None:
    log = PodLog(7)
    take(log, 1, 2)
    assert not log.settle(page(end=3, total=20, more=True)).complete
    assert (log.settled, log.after) == (3, 2)
    take(log, 3)
    assert log.settle(page(end=4, total=30)).complete
    # An earlier part once more: nothing is settled by it.
    assert not log.settle(page(end=2, total=10, more=True)).complete
    assert not log.settle(page(end=3, total=20)).complete
    assert (log.settled, log.after) == (4, 3)


def test_a_page_that_can_follow_is_taken_and_one_step_too_few_refuses_it() -> None:
    log = PodLog(7)
    take(log, 1)
    log.settle(page(end=2, total=10))
    # Three rows not sent can hold three steps, not two.
    log.refuse_impossible(page(end=5, total=13))
    with pytest.raises(PageError) as refused:
        log.refuse_impossible(page(end=5, total=12))
    assert (refused.value.reason, refused.value.detail) == (
        "total_mismatch",
        "3 rows not sent can't hold 2 steps",
    )
    log.refuse_impossible(page(row(4), end=5, total=22))
    with pytest.raises(PageError):
        log.refuse_impossible(page(row(4), end=5, total=21))


def test_a_page_that_ends_where_the_last_one_did_is_no_step_back() -> None:
    log = PodLog(7)
    take(log, 1, 2)
    log.settle(page(end=3, total=20))
    log.refuse_impossible(page(end=3, total=20))
    with pytest.raises(PageError) as refused:
        log.refuse_impossible(page(end=2, total=10))
    assert (refused.value.reason, refused.value.detail) == ("log_rewound", "the log ends before row 2, had 2")
    log.refuse_impossible(page(end=2, total=10, more=True))


def test_a_pod_knows_its_last_256_logs() -> None:
    book = PodRecord()
    assert (book.current, book.rows_total) == (None, ZERO)
    for number in range(1, 259):
        assert book.enter_log(number) is (number > 1)
        assert book.enter_log(number) is False, "it has that one already"
        book.logs[-1].take(1)
    assert [log.log for log in book.logs] == list(range(3, 259))
    assert book.known_log(3).has(1)
    assert not book.known_log(2).has(1), "it begins anew with a log of long ago"
    book.enter_log(5)
    assert [log.log for log in book.logs] == [3, 4, *range(6, 259), 5]
    assert book.current
    assert book.current.log == 5


def test_logs_that_held_nothing_push_none_out_that_did() -> None:
    book = PodRecord()
    book.enter_log(1)
    book.logs[-1].take(1)
    for number in range(2, 2_000):
        book.enter_log(number)
    assert book.known_log(1).has(1)
    assert len(book.logs) <= 256


def test_256_logs_of_a_pod_take_28_kilobytes() -> None:
    book = PodRecord()
    for number in range(300):
        book.enter_log(2**31 - 1 - number)
        take(book.logs[-1], *range(1, 10))
        book.logs[-1].credited = Counts(12_345, 12_345, 123, 65_432, 65_432, 6_543, 6_543)
        book.logs[-1].settled = 1_234
    assert len(json.dumps(book.as_dict()["logs"], separators=(",", ":"))) < 28_000


def test_of_a_log_that_ended_few_ranges_are_kept_and_no_row_of_it_counts_again() -> None:
    book = PodRecord()
    book.enter_log(7)
    taken = range(1, 1_000, 2)
    take(book.logs[-1], *taken)
    book.enter_log(8)
    assert len(book.logs[0].taken) == 32
    assert all(book.logs[0].has(seq) for seq in taken)
    assert not book.logs[0].has(998), "the newest holes may still be filled"


def test_what_another_walkers_book_knows_is_taken_only_where_it_is_more() -> None:
    own, other = PodRecord(), PodRecord()
    for book, end in ((own, 3), (other, 4)):
        book.enter_log(7)
        for seq in range(1, end):
            take(book.logs[-1], seq)
        book.logs[-1].settle(page(end=end, total=10 * (end - 1)))
    assert own.go_on_from(other.logs)
    assert own.logs[-1].settled == 4
    assert own.logs[-1] is not other.logs[-1], "two books must not change each other"
    assert not own.go_on_from(other.logs), "as much is not more"
    assert len(own.logs) == 1


def test_a_log_is_written_down_and_read_again() -> None:
    log = PodLog(7)
    take(log, 1, 2, 5)
    log.settle(page(end=6, total=35, oldest=4))
    log.settle(page(end=6, total=35, oldest=4))
    again = PodLog.from_list(log.as_list())
    assert again == log
    assert again.taken == [[1, 2], [5, 5]]


def test_rows_of_one_minute_are_joined_and_their_seconds_cover_both() -> None:
    book = PodRecord()
    first = MinuteRow(1, 100, Counts(back=4, back_s=3), 20, 30, 60)
    aside = MinuteRow(2, 100, Counts(fwd=9), -1, -1, 0)
    early = MinuteRow(3, 100, Counts(back=6, back_s=4), 5, 12, 70)
    held: list[KeptMinute | None] = [book.put_row(100, KeptMinute.of(row)) for row in (first, aside, early)]
    assert held == [None, (4, 0, 0, 0, 0, 3, 0, 20, 30, 60), (4, 9, 0, 0, 0, 3, 0, 20, 30, 60)]
    assert book.minutes.get(100) == (10, 9, 0, 0, 0, 7, 0, 5, 30, 70)
    book.put_row(101, KeptMinute(fwd=2))
    assert (book.minutes.get(101) or ())[7:] == (-1, -1, 0)
    book.put_row(101, KeptMinute(back=2, first_s=0, last_s=3, max_cm=40))
    assert (book.minutes.get(101) or ())[7:] == (0, 3, 40)


def test_rows_without_a_backward_step_join_to_one_without() -> None:
    forward = KeptMinute(fwd=10)
    assert (forward.joined(forward).first_s, forward.joined(forward).last_s) == (-1, -1)
