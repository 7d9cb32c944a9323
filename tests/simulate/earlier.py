"""What was before a story: a holiday out of reach, days with a walk each, months without one of the pods."""

from abc import abstractmethod
from typing import TYPE_CHECKING, Final

from .later_faults import DAY_S, MONTHS_DAYS, MONTHS_LATE
from .pod import BACKWARD, FORWARD
from .processes import Processes

if TYPE_CHECKING:
    from .home import Home
    from .pod import SimPod

HOUR_S: Final = 3_600
WEEK_DAYS: Final = 6
"""So many days with walks are needed before the files hold more than one."""


class Earlier(Processes):
    """Lives through what was before."""

    homes: list[Home]

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._sparse = False
        """Little happens, for days."""

    @abstractmethod
    def connect(self, home: Home, pod: SimPod) -> None:
        """Let a home find the pod."""

    @abstractmethod
    def _walk(self, pod: SimPod) -> None:
        """Start a bout."""

    def _holiday(self) -> None:
        """Walk a little every minute for a day and more, out of reach: more than the pod can keep."""
        self.note("holiday: more minutes than the pod can keep")
        self.faults["overflow"] += 1
        for _ in range(self.dice.randrange(1_400, 1_800)):
            for pod in self.pods.values():
                pod.stride(self.now_s + 5, self.dice.choice([FORWARD, BACKWARD]), 0.6, 1_000)
                pod.tick(self.now_s + 9, 4)
            self.now_s += 60

    def _days(self, days: int) -> None:
        """Walk once a day."""
        for day in range(days):
            self.at(day * DAY_S + self.later.randrange(HOUR_S), self._walk, next(iter(self.pods.values())))
        self._sparse = True
        self.live_until(self.now_s + days * DAY_S)
        self._sparse = False

    def _months(self) -> None:
        """Wear two pods for months; one of them is never in reach."""
        late = list(self.pods.values())[-1]
        self.faults[MONTHS_LATE] += 1
        self.note(f"{late.mac} is not fetched for months")
        for home in self.homes:
            self.network.break_link(home, late)
            home.lost(late.mac, self.now_s)
        self._days(MONTHS_DAYS)
        for home in self.homes:
            self.network.mend_link(home, late)
            self.connect(home, late)
