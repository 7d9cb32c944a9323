"""How much anybody can walk in an hour and a day; more than that is no walking.

A single row is bounded where pages are read. What is left is many rows of one time: a pod that begins a new
log again and again, or whose clock stands still.
"""

from collections import defaultdict
from operator import gt
from typing import Final

from .counts import ZERO, Counts
from .page import ROW_MAX, Page, PageError, PageFailure
from .pod_log import NO_STEPS, PodRecord

_TEN_MINUTES_AN_HOUR: Final = 7
"""Sixty minutes, and ten more that come twice because the clock was set back."""
_FULL_PODS_TEN_MINUTES: Final = 2 * 147
"""Two pods that never had the time, each with 1,464 minutes: all it can store."""

_MINUTE_USUAL: Final = Counts(*(most // 10 for most in ROW_MAX.as_tuple()))
"""300 steps, 300 m, 60 s: rows that hold no more, one for each minute, never make an hour too full."""
HOUR_MAX: Final = Counts(*(most * _TEN_MINUTES_AN_HOUR for most in ROW_MAX.as_tuple()))
"""21,000 steps."""
UNDATED_DAY_MAX: Final = Counts(*(most * _FULL_PODS_TEN_MINUTES for most in ROW_MAX.as_tuple()))
"""882,000 steps, 49 h: minutes without a time that arrive on one day."""


def refuse_impossible_pace(page: Page, pod: PodRecord, undated_today: Counts) -> None:
    """Refuse a page with which an hour or today's undated minutes would hold more than can be walked.

    `undated_today` is what arrived today without a time. Raises PageError.
    """
    log, minutes = pod.known_log(page.log), pod.minutes
    added: dict[int, Counts] = {}
    crowded: set[int] = set()
    undated = undated_today
    for row in page.rows:
        if log.has(row.seq):
            continue
        minute = row.epoch_min
        if not minute:
            undated += row.counts
            continue
        before = added.get(minute)
        if before or _exceeds(row.counts, _MINUTE_USUAL) or minutes.get(minute):
            crowded.add(minute // 60)
        added[minute] = before + row.counts if before else row.counts
    if _exceeds(undated, UNDATED_DAY_MAX):
        raise PageError(PageFailure.IMPOSSIBLE_PACE, f"{undated.steps} steps without a time on one day")
    if not crowded:
        return
    hours: defaultdict[int, Counts] = defaultdict(lambda: ZERO)
    for minute, counts in added.items():
        hours[minute // 60] += counts
    for hour in crowded:
        held = (minutes.get(minute) or NO_STEPS for minute in range(hour * 60, hour * 60 + 60))
        whole = sum((minute.counts for minute in held), hours[hour])
        if _exceeds(whole, HOUR_MAX):
            raise PageError(PageFailure.IMPOSSIBLE_PACE, f"{whole.steps} steps in the hour {hour}")


def _exceeds(counts: Counts, most: Counts) -> bool:
    return any(map(gt, counts, most, strict=True))
