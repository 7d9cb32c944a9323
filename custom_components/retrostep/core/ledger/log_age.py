"""A pod's log that goes on under a name it had before, with other rows.

A log's name is 31 bits from the chip's random number generator. It matters only among the logs of one pod: of
n logs two have the same name with a chance of about n²/2^32 (birthday bound), one in 43 million for ten logs.
In a home of ten such pods that is one in 4.3 million; were all their hundred logs of one pod, one in 430,000.
A copy of an older flash put back on a pod has the same effect: numbers that were used are used again.

Rows of a known number would be dropped as taken, so a log that can't be the one known (its total or its end
says so) is read again from its start, and its rows are compared with the minutes kept.
"""

from enum import Enum, auto

from .counts import ZERO, summed
from .page import MinuteRow, Page
from .pod_log import KeptMinute, PodLog, PodRecord


class Age(Enum):
    """Of which log a page is."""

    KNOWN = auto()
    DOUBTED = auto()
    """It can't be the one known; nothing of the page is taken, and it is read again from its start."""
    NEW = auto()
    """Another one of the same name, whose rows are all to be taken."""


def age_of(pod: PodRecord, page: Page, known_from: int, *, proven: bool) -> Age:
    """Say of which log a page is; a new one takes the place of the one known.

    Any page may raise doubt, only one that is `proven` to be the answer to what was asked settles it. A log
    read again without another row in it stays the one known, whatever its total says. Minutes of before
    `known_from` are not kept.
    """
    log = pod.known_log(page.log)
    if log.read_again is None:
        if not log.contradicts(page):
            return Age.KNOWN
        log.read_again = 0
        return Age.DOUBTED
    if not proven:
        return Age.DOUBTED
    if page.first_seq > max(log.read_again + 1, page.oldest):
        # Of a later part: where we ask could not be written down yet.
        return Age.DOUBTED
    if page.next_seq == 1:
        # Said twice: there is nothing in it, so it was erased.
        begun = PodLog(page.log, age=log.age + 1)
    elif first := _other_row(pod, log, page, known_from):
        begun = _begun(log, page, first)
    else:
        log.read_again = page.next_seq - 1 if page.more else None
        return Age.KNOWN
    pod.logs[pod.logs.index(log)] = begun
    return Age.NEW


def _other_row(pod: PodRecord, log: PodLog, page: Page, known_from: int) -> MinuteRow | None:
    """Find the first row of a page that is not the one taken under its number; none before it came back.

    A row is the one taken if its minute holds just that, or if it is of the time in which another walker had
    the pod, who has its minutes. A minute that holds more, a row without a time and one whose minute is not
    kept say nothing: they are what the others of the page are.
    """
    known, others, unsure = False, list[MinuteRow](), list[MinuteRow]()
    is_shorter = log.is_rewound(page)
    for row in page.rows:
        if not log.has(row.seq):
            # Given up as lost, and here it is, in a log that has lost its end.
            others += [row] if is_shorter else []
            continue
        kept = pod.minutes.get(row.epoch_min)
        if kept == KeptMinute.of(row) or 0 < row.epoch_min <= log.foreign_until:
            known, others, unsure = True, [], []
        elif not row.epoch_min or row.epoch_min < known_from or (kept and _fits(row, kept)):
            unsure.append(row)
        else:
            others.append(row)
    if not others and unsure and _holds_other_steps(log, page):
        return unsure[0]
    if not others or known:
        return others[0] if others else None
    return min([others[0], *unsure], key=lambda row: row.seq)


def _holds_other_steps(log: PodLog, page: Page) -> bool:
    """Say whether a page has every row taken, and they are together not what was taken."""
    taken = [row.counts for row in page.rows if log.has(row.seq)]
    return len(taken) == log.rows_taken and summed(taken) != log.credited


def _fits(row: MinuteRow, kept: KeptMinute) -> bool:
    """Say whether a row may be one of several that a minute holds."""
    return all(part <= whole for part, whole in zip(row.counts.as_tuple(), kept, strict=False))


def _begun(log: PodLog, page: Page, first: MinuteRow) -> PodLog:
    """Give what is known of a log whose rows are others from `first` on; those before it were taken."""
    begun = PodLog(page.log, after=first.seq - 1, settled=first.seq, age=log.age + 1)
    if first.seq > 1:
        begun.taken, begun.foreign_until = [[1, first.seq - 1]], log.foreign_until
    begun.credited = page.total - sum((row.counts for row in page.rows if row.seq >= first.seq), ZERO)
    return begun
