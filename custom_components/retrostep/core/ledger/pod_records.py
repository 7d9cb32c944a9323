"""The pods of one walker together: of several that counted a minute one gives its whole row."""

from collections.abc import Callable, Collection, Iterator
from operator import attrgetter
from typing import Final

from .counts import ZERO, Counts
from .pod_log import NO_STEPS, KeptMinute, PodRecord

DAYS_KEPT: Final = 60
"""Of so many days with walking on them minutes are kept, and so single sessions."""
DAYS_SPARE: Final = 7
"""So many more may be there before any goes: what a wrong clock adds pushes out nothing that is promised."""
DAYS_HELD: Final = 400
"""Of so many they are kept for a pod that was not fetched: a year and a holiday, but not for ever."""
_rank: Final = attrgetter("rank")


class PodRecords(dict[str, PodRecord]):
    """What is kept of each pod, by MAC."""

    def expect(self, macs: Collection[str]) -> None:
        """Know which pods are the walker's; others are not waited for without end."""
        for mac in macs:
            self.setdefault(mac, PodRecord())
        for mac, pod in self.items():
            pod.is_gone = mac not in macs

    def oldest_needed(self, now: int, known_from: int) -> int:
        """Give the first minute that is kept of those from `known_from` on.

        Days are counted, no clock is asked how old they are.
        """
        days = sorted({first for pod in self.values() for first in pod.minutes.starts() if first <= now})
        if len(days) <= DAYS_KEPT + DAYS_SPARE:
            return 0
        held_from = max(known_from, days[-DAYS_HELD] if len(days) > DAYS_HELD else 0)
        return max(min(days[-DAYS_KEPT], self.still_to_come(now, held_from)), held_from)

    def newest_minute(self) -> int:
        """Give the newest minute with a row; 0: there is none."""
        return max((pod.minutes.last() or 0 for pod in self.values()), default=0)

    def still_to_come(self, now: int, held_from: int) -> int:
        """Give the first minute of which a pod may still send rows that compete with those of another.

        A pod worn beside another one and fetched months later must find the minutes it shares with it. One
        that was taken off may be put back: it is waited for while minutes from `held_from` on are enough.
        """
        fetched = [pod.fetched for pod in self.values() if not pod.is_gone or pod.fetched >= held_from]
        return min(fetched, default=now) if len(self) > 1 else now

    def best(self, minute: int) -> KeptMinute:
        """Give the row that counts for a minute: that of the pod with the most steps."""
        best = None
        for pod in self.values():
            row = pod.minutes.get(minute)
            # Most walkers have one pod with a row: nothing is ranked then.
            if row is not None and (best is None or row.rank > best.rank):
                best = row
        return best or NO_STEPS

    def minutes(self, first: int, end: int) -> Iterator[tuple[int, KeptMinute]]:
        """Give the rows that count, ascending."""
        for minute in sorted({minute for pod in self.values() for minute, _ in pod.minutes.rows(first, end)}):
            yield minute, self.best(minute)

    def rows(self) -> list[tuple[str, int, KeptMinute]]:
        """Give every row kept with its pod and minute, pod by pod."""
        return [(mac, minute, row) for mac, pod in self.items() for minute, row in pod.minutes.rows_from(0)]

    def ahead(self, first: int, end: int | None, is_removed: Callable[[int], bool]) -> Counts:
        """Give what is seen live and has no row yet, for minutes first <= m < end that count."""
        pods = [(pod.minutes, pod.live.minutes()) for pod in self.values()]
        ahead = ZERO
        for minute in {minute for _, live in pods for minute in live}:
            if minute < first or (end is not None and minute >= end) or is_removed(minute):
                continue
            if len(pods) == 1:
                # On each stride somebody asks: a pod alone is ranked with nobody.
                ahead += Counts._make(pods[0][1][minute])
                continue
            rows = [kept.get(minute) or NO_STEPS for kept, _ in pods]
            with_live = [
                row.counts + Counts(*live.get(minute, ())) for row, (_, live) in zip(rows, pods, strict=True)
            ]
            most = max(with_live, key=lambda counts: (counts.steps, counts.as_tuple()))
            ahead += most - max(rows, key=_rank).counts
        return ahead
