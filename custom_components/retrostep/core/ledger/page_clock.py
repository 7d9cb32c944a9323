"""Whether a pod's clock and ours agree well enough to take what the pod dated."""

from datetime import datetime, timedelta
from typing import Final

from .day_calendar import epoch_minute
from .page import EPOCH_MIN_FIRST, Page, PageError, PageFailure

CLOCK_SLACK_MIN: Final = 5
"""Pods follow our clock, but ask for it only now and then; further apart somebody is wrong."""


def refuse_wrong_clock(page: Page, now: datetime, *, insist: bool = False) -> None:
    """Refuse a page while the pod's clock and ours disagree; raises PageError.

    Nothing is lost: the pod keeps what is not acknowledged. `insist`: they have disagreed for so long that
    they won't agree any more, and only a clock that can't be right is waited for.
    """
    arrival = epoch_minute(now)
    if arrival < EPOCH_MIN_FIRST:
        raise PageError(PageFailure.FUTURE_MINUTE, f"our own clock says {now:%Y-%m-%d}")
    if insist:
        return
    skew_s = page.clock_skew_s(now)
    if skew_s is not None and abs(skew_s) // 60 > CLOCK_SLACK_MIN:
        raise PageError(PageFailure.FUTURE_MINUTE, f"the pod's clock is {skew_s:+} s away from ours")
    for row in page.rows:
        if row.epoch_min > arrival + CLOCK_SLACK_MIN:
            ahead = timedelta(minutes=row.epoch_min - arrival)
            raise PageError(PageFailure.FUTURE_MINUTE, f"row {row.seq} is {ahead} ahead")
