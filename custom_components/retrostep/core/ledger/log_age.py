"""A pod's log that goes on under a name it had before, with other rows.

A log's name is 31 bits from the chip's random number generator. It matters only among the logs of one pod: of
n logs two have the same name with a chance of about n²/2^32 (birthday bound), one in 43 million for ten logs.
In a home of ten such pods that is one in 4.3 million; were all their hundred logs of one pod, one in 430,000.
A copy of an older flash put back on a pod has the same effect: numbers that were used are used again.

Rows of a known number would be dropped as taken, so a log that can't be the one known (its total or its end
says so) is read again from its start. A row is another one than the row taken under its number when the
minute it is dated in was never kept, or holds less than the row does.
"""

from enum import Enum, auto

from .counts import ZERO
from .page import MinuteRow, Page
from .pod_log import PodLog, PodRecord


class Age(Enum):
    """Of which log a page is."""

    KNOWN = auto()
    DOUBTED = auto()
    """It can't be the one known; nothing of the page is taken, and it is read again from its start."""
    NEW = auto()
    """Another one of the same name, whose rows are all to be taken."""


def age_of(pod: PodRecord, page: Page, known_from: int) -> Age:
    """Say of which log the answer to a question is; a new one takes the place of the one known.

    A log read again without another row in it stays the one known, whatever its total says. Minutes of before
    `known_from` are not kept.
    """
    log = pod.known_log(page.log)
    if log.read_again is None:
        if log.is_foreign or not log.contradicts(page):
            return Age.KNOWN
        log.read_again = 0
        return Age.DOUBTED
    if (first := _other_row(pod, log, page, known_from)) is None:
        log.read_again = page.next_seq - 1 if page.more else None
        return Age.KNOWN
    pod.logs[pod.logs.index(log)] = _begun(page, first)
    return Age.NEW


def _other_row(pod: PodRecord, log: PodLog, page: Page, known_from: int) -> MinuteRow | None:
    """Find the first row of a page that is not the one taken under its number.

    All rows after it in the page must be others as well: a log does not go back to what it was. Rows without
    a time and those whose minutes are not kept say nothing.
    """
    first = None
    for row in page.rows:
        if not log.has(row.seq) or row.epoch_min < known_from or not row.epoch_min:
            continue
        kept = pod.minutes.get(row.epoch_min)
        held = kept is not None and all(
            part <= whole for part, whole in zip(row.counts.as_tuple(), kept, strict=False)
        )
        first = None if held else first or row
    return first


def _begun(page: Page, first: MinuteRow) -> PodLog:
    """Give what is known of a log whose rows are others from `first` on; those before it were taken."""
    begun = PodLog(page.log, after=first.seq - 1, settled=first.seq)
    if first.seq > 1:
        begun.taken = [[1, first.seq - 1]]
    begun.credited = page.total - sum((row.counts for row in page.rows if row.seq >= first.seq), ZERO)
    return begun
