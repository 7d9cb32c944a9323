"""What was truly walked, and where it may be counted: what ledgers are held against."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custom_components.retrostep.core.ledger.ledger import Ledger

    from .disk import ByHand
    from .home import Home
    from .pod import SimPod, Walked

KINDS: Final = ("back", "fwd", "side")
DAY_S: Final = 86_400
AHEAD_S: Final = 300
"""Rows further ahead of the clock are not taken as dated (`CLOCK_SLACK_MIN`)."""
type Slot = tuple[int, str]
"""An epoch hour and a kind of steps."""


@dataclass(slots=True)
class Walks:
    """The strides of some pods, by what is known of where they belong."""

    by_hand: list[ByHand]
    shifts: set[int]
    """By how much homes may have moved what a wrong clock dated, s."""
    dated: list[dict[int, Counter[str]]] = field(default_factory=list)
    """Steps of each pod by minute, where that is certain."""
    moving: list[Walked] = field(default_factory=list)
    """Strides that may be in several minutes."""
    floating: Counter[str] = field(default_factory=Counter)
    """Steps whose date nobody knows: they are on their arrival."""
    may_be: Counter[Slot] = field(default_factory=Counter)
    """How many of the moving steps may be in an hour."""
    is_unsure: bool = False
    """A stride that may be in several minutes may be in one that was taken away."""
    offsets: frozenset[int] = frozenset({0})
    """How far any clock ever was ahead, s."""

    @classmethod
    def of(cls, homes: Sequence[Home], pods: Sequence[SimPod]) -> Walks:
        """Sort all strides of the pods by what homes with these clocks can know of them."""
        offsets = {0}.union(*(home.offsets_s for home in homes), *(pod.offsets_s for pod in pods))
        watched = any(home.watches and home.offsets_s != {0} for home in homes)
        shifts = {one - other for one in offsets for other in offsets} if watched else {0}
        walks = cls([home.disk.by_hand for home in homes], shifts, offsets=frozenset(offsets))
        is_far = any(abs(offset) > DAY_S for offset in offsets)
        known: dict[tuple[int, frozenset[int]], set[int]] = {}
        for pod in pods:
            minutes: dict[int, Counter[str]] = {}
            for stride in (stride for book in pod.books for stride in (*book.safe, *book.gone)):
                key = (stride.epoch_s // 60, frozenset(stride.set_since))
                if key not in known:
                    known[key] = {_moved(m, by) for m in stride.minutes() for by in shifts}
                walks._sort(stride, known[key], minutes, is_far=is_far)
            walks.dated.append(minutes)
        return walks

    def _sort(
        self, stride: Walked, dates: set[int], minutes: dict[int, Counter[str]], *, is_far: bool
    ) -> None:
        if not dates or (is_far and max(dates) * 60 > stride.true_s + AHEAD_S):
            self.floating[stride.kind] += 2
            # A clock that is set before the next start dates what was walked without one.
            back = {_moved(stride.true_s // 60 + by, ahead) for by in (-1, 0, 1) for ahead in self.offsets}
            self._doubt(dates | back)
        elif len(dates) == 1:
            minutes.setdefault(next(iter(dates)), Counter())[stride.kind] += 2
        else:
            self.moving.append(stride)
            self._doubt(dates)
            for hour in {minute // 60 for minute in dates}:
                self.may_be[hour, stride.kind] += 2

    def _doubt(self, dates: set[int]) -> None:
        if not self.is_unsure and any(one.removed for one in self.by_hand):
            self.is_unsure = any(self.is_removed(minute) for minute in dates)

    def is_removed(self, minute: int) -> bool:
        """Say whether a correction took a minute away."""
        return any(one.is_removed(minute) for one in self.by_hand if one.removed)

    def _best(self) -> dict[int, Counter[str]]:
        """Give what counts of each minute that is certain: of the pods the one with the most steps."""
        found = {minute for pod in self.dated for minute in pod if not self.is_removed(minute)}
        return {
            minute: max((pod[minute] for pod in self.dated if minute in pod), key=_weight) for minute in found
        }

    def _added(self) -> Counter[tuple[int, str]]:
        """Give the steps of walks added by hand by minute and kind."""
        added: Counter[tuple[int, str]] = Counter()
        for portions in (portions for one in self.by_hand for portions in one.walks.values()):
            for minute, counts in portions:
                for kind in KINDS:
                    added[minute, kind] += getattr(counts, kind)
        return added

    def expected(self) -> Counter[Slot]:
        """Give the steps that must be in each hour."""
        return self._with_rebuilt(_by_hour(self._best(), self._added()))

    def most(self) -> Counter[Slot]:
        """Give the steps of all pods together by hour."""
        together: dict[int, Counter[str]] = {}
        for pod in self.dated:
            for minute, steps in pod.items():
                together[minute] = together.get(minute, Counter()) + steps
        return self._with_rebuilt(_by_hour(together, self._added()))

    def _with_rebuilt(self, hours: Counter[Slot]) -> Counter[Slot]:
        """Add what the recorder held; of its last hour counts what is more, that or what pods tell."""
        for one in self.by_hand:
            for hour, counts in one.rebuilt.items():
                for kind in KINDS:
                    slot, held = (hour, kind), getattr(counts, kind)
                    hours[slot] = max(hours[slot], held) if hour == max(one.rebuilt) else hours[slot] + held
        return hours

    @property
    def is_rebuilt(self) -> bool:
        """Whether a ledger was made from statistics: they know hours, and no days of half-hour zones."""
        return any(one.rebuilt for one in self.by_hand)

    def by_day(self, ledger: Ledger) -> Counter[tuple[date, str]]:
        """Give the steps of each of a ledger's days."""
        sums: Counter[tuple[date, str]] = Counter()
        for minute, steps in self._best().items():
            for kind in KINDS:
                sums[_day_of(ledger, minute), kind] += steps[kind]
        for (minute, kind), number in self._added().items():
            sums[_day_of(ledger, minute), kind] += number
        return sums


def _moved(minute: int, by_s: int) -> int:
    return minute + round(by_s / 60)


def _by_hour(minutes: dict[int, Counter[str]], added: Counter[tuple[int, str]]) -> Counter[Slot]:
    sums: Counter[Slot] = Counter()
    for minute, steps in minutes.items():
        for kind in KINDS:
            sums[minute // 60, kind] += steps[kind]
    for (minute, kind), number in added.items():
        sums[minute // 60, kind] += number
    return sums


def _weight(steps: Counter[str]) -> tuple[int, ...]:
    return (steps.total(), *(steps[kind] for kind in KINDS))


def _day_of(ledger: Ledger, minute: int) -> date:
    """Find the day of a minute among the days around it."""
    moment = datetime.fromtimestamp(minute * 60, UTC)
    for offset in (-2, -1, 0, 1, 2):
        day = ledger.day(moment.date() + timedelta(days=offset))
        if day.start <= moment < day.end:
            return day.date
    raise AssertionError(f"no day holds {moment}")
