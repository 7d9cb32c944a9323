"""A ledger made from the hourly statistics that once were made from it, when nothing else is left."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from ..ledger.counts import ZERO, Counts
from ..ledger.ledger import Ledger
from .statistics_rows import SERIES, StatisticsRow


def rebuilt(
    stored: Mapping[str, Sequence[StatisticsRow]], zone: ZoneInfo, day_start: time, now: datetime
) -> Ledger:
    """Count the hours of statistics; what is later comes from the pods.

    Hours that have not begun are left out: a clock that was years ahead dated them, and if one were the last
    hour nothing would count until then.

    What pods report of hours before the last one counts nothing: statistics hold it. Of the last hour they
    may hold a part: what pods report of it counts as far as it is more. Minutes that never got a time may
    count twice. Statistics hold no side steps, no forward distance, no time walked forward and no sessions.
    """
    hours: dict[datetime, Counts] = {}
    for key, series in SERIES.items():
        for row in stored.get(key, ()):
            if row["start"] > now:
                continue
            number = max(0, round(row["state"] * series.per_unit))
            hours[row["start"]] = hours.get(row["start"], ZERO) + Counts(**{series.count: number})
    walked = sorted(start for start, counts in hours.items() if counts)
    ledger = Ledger(zone, day_start)
    if walked:
        ledger.take_hours({start: hours[start] for start in walked})
    return ledger
