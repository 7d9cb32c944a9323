"""The results of the 3 m backward walk, timed by pods: a score to follow over time, no diagnosis.

Nothing here knows Home Assistant or reads a clock; times are seconds since 1970.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..clock import Clocked, Jump
from .three_metre_trials import TimedWalk, Trend, TrialSet, sets_of, trend_of

WALKS_KEPT: Final = 500

# What the firmware says of a walk, and what it is called here.
STATUS_OF_TEXT: Final[Mapping[str, str]] = {
    "Ready: walk backward": "ready",
    "Walking": "walking",
    "Done": "done",
    "Stopped: a step forward": "step_forward",
    "Stopped: a pause": "pause",
    "Stopped: nobody walked": "nobody_walked",
    "Stopped: a step could not be measured": "not_measured",
}
GOES_ON: Final = frozenset({"ready", "walking"})


@dataclass(frozen=True, slots=True)
class ThreeMetreView:
    """What is shown of the walks; `status` is how the one asked for last goes."""

    last: TimedWalk | None = None
    before: TimedWalk | None = None
    best: TimedWalk | None = None
    count: int = 0
    status: str | None = None
    trials: TrialSet | None = None
    """The set that the last walk belongs to."""
    trend: Trend | None = None


class ThreeMetreWalks(Clocked):
    """The walks of one walker.

    A pod shows its last result for as long as it runs: a value is a new result if it differs, or if the
    pod was seen waiting for a walk in between.
    """

    _OF_THE_CLOCK = ("_segment", "_dated")

    def __init__(self) -> None:
        self._walks: list[TimedWalk] = []
        self._best: TimedWalk | None = None
        self._count = 0
        self._shown: dict[str, float] = {}
        self._waiting: set[str] = set()
        self._status: str | None = None
        self._segment = 0
        # Since the start: the segment of the clock in which a walk was timed, and what that clock said.
        self._dated: dict[TimedWalk, tuple[int, int]] = {}
        self._sets: list[TrialSet] = []
        self._trend: Trend | None = None

    def update(self, mac: str, seconds: float | None, text: str | None, now: float) -> bool:
        """Take what a pod shows; returns whether that is a new result."""
        status = STATUS_OF_TEXT.get(text or "")
        self._status = status or self._status
        if seconds is None:
            if status in GOES_ON:
                self._waiting.add(mac)
            return False
        if seconds == self._shown.get(mac) and mac not in self._waiting:
            return False
        self._waiting.discard(mac)
        self._shown[mac] = seconds
        walk = TimedWalk(round(now), seconds)
        self._dated[walk] = (self._segment, walk.at_s)
        self._walks = [*self._walks[-WALKS_KEPT + 1 :], walk]
        self._count += 1
        if self._best is None or seconds < self._best.seconds:
            self._best = walk
        self._compare()
        return True

    def clock_jumped(self, jump: Jump) -> None:
        """Move the walks that were timed under a clock that proved wrong; seconds are the pod's own."""
        for correction in jump.corrections:
            for walk, (segment, dated_s) in list(self._dated.items()):
                if segment == correction.segment:
                    self._replace(walk, moved := TimedWalk(dated_s + correction.by_s, walk.seconds))
                    self._dated[moved] = self._dated.pop(walk)
        self._segment = jump.segment
        self._compare()

    def _compare(self) -> None:
        self._sets = sets_of(self._walks)
        self._trend = trend_of(self._sets)

    def _replace(self, walk: TimedWalk, moved: TimedWalk) -> None:
        self._walks = [moved if each == walk else each for each in self._walks]
        self._best = moved if self._best == walk else self._best

    def view(self) -> ThreeMetreView:
        """Give what is shown."""
        before, last = ([None, None, *self._walks])[-2:]
        trials = self._sets[-1] if self._sets else None
        return ThreeMetreView(last, before, self._best, self._count, self._status, trials, self._trend)

    def kept(self) -> list[TimedWalk]:
        """Give the walks that are kept, in the order they were timed."""
        return list(self._walks)

    def sets(self) -> list[TrialSet]:
        """Give the sets of trials that are kept, in the order they were walked."""
        return list(self._sets)

    def as_dict(self) -> dict[str, Any]:
        """Write everything down."""
        return {
            "walks": [[walk.at_s, walk.seconds] for walk in self._walks],
            "best": [self._best.at_s, self._best.seconds] if self._best else None,
            "count": self._count,
            "shown": dict(self._shown),
            "waiting": sorted(self._waiting),
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> ThreeMetreWalks:
        """Read what `as_dict` wrote; raises KeyError, TypeError or ValueError if it did not."""
        walks = cls()
        walks._walks = [TimedWalk(at_s, seconds) for at_s, seconds in kept["walks"]]
        walks._best = TimedWalk(*kept["best"]) if kept["best"] else None
        walks._count = kept["count"]
        walks._shown = dict(kept["shown"])
        if any(not walk.seconds > 0 for walk in walks._walks):
            raise ValueError("a walk took no time")
        walks._waiting = set(kept["waiting"])
        walks._compare()
        return walks
