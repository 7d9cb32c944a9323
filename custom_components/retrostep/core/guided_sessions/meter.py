"""How far one pod has seen its wearer walk, from what it reports live.

A pod reports backward steps with each stride, everything else within 10 s when a bout begins, then every
20 s, and when the bout ends; the time of a walk by the clock it does not report at all. So time is measured
here: it runs while the pod says, or said lately, that somebody walks. Distances are estimated from steps
until the pod reports them.
Nothing here knows Home Assistant or reads a clock; times are seconds since 1970.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..ledger.running_totals import RunningTotals
from .routine import PACE_STEPS, Direction, Unit

BOUT_GAP_S: Final = 3.0
"""A bout is over when no stride came for so long: the pod's "nobody walks" is that late."""
SILENCE_S: Final = 25.0
"""A forward walk is reported every 20 s; who was not heard of for longer has stopped."""
DM_PER_STEP: Final = 5.5
"""Before the pod reported any distance: half of a backward stride of 1.1 m."""
STEPS_FOR_PACE: Final = 20
"""Steps that show the walker's own pace."""

_STEPS: Final[Mapping[Direction, str]] = {Direction.BACKWARD: "back", Direction.FORWARD: "fwd"}
_DM: Final[Mapping[Direction, str]] = {Direction.BACKWARD: "back_dm", Direction.FORWARD: "fwd_dm"}


@dataclass(frozen=True, slots=True)
class Walked:
    """Walking in one direction: steps, decimetres, seconds by the clock. Corrections may be negative."""

    steps: float = 0
    dm: float = 0
    s: float = 0

    def __add__(self, other: Walked) -> Walked:
        return Walked(self.steps + other.steps, self.dm + other.dm, self.s + other.s)

    def __sub__(self, other: Walked) -> Walked:
        return Walked(self.steps - other.steps, self.dm - other.dm, self.s - other.s)

    def part(self, share: float) -> Walked:
        """Give a share of it."""
        return Walked(self.steps * share, self.dm * share, self.s * share)

    def of(self, unit: Unit) -> float:
        """Give it in the unit of a stage's target."""
        match unit:
            case Unit.SECONDS:
                return self.s
            case Unit.STEPS:
                return self.steps
            case Unit.METRES:
                return self.dm / 10


NOTHING: Final = Walked()


@dataclass(frozen=True, slots=True)
class PodSeen:
    """What a pod reports now: cumulative totals by the names of the ledger's counts, and its state.

    `totals` is None while it reports none; `cadence` is None if it does not report it.
    """

    mac: str
    in_reach: bool
    totals: Mapping[str, int] | None
    walking_backward: bool | None = None
    cadence: float | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What a pod saw since it was looked at last; `caught_up`: it was out of reach meanwhile."""

    walked: Mapping[Direction, Walked]
    going: Direction | None
    caught_up: bool


class Meter:
    """Measures the walking one pod sees."""

    def __init__(self) -> None:
        self._seen = RunningTotals()
        self._walked = dict.fromkeys(Direction, NOTHING)
        self._estimated_dm = dict.fromkeys(Direction, 0.0)
        self._going: Direction | None = None
        self._going_since = 0.0
        self._moved_at = 0.0  # when the direction that goes on was last reported
        self._rested_at = 0.0  # since then a walk may have begun unseen
        self._at = 0.0
        self._away = False
        self._cadence = 0.0

    @property
    def walked(self) -> Mapping[Direction, Walked]:
        """Everything measured so far, by direction."""
        return self._walked

    def update(self, seen: PodSeen, now: float) -> Moved:
        """Take what the pod reports now; gives what was walked since the last call."""
        before = dict(self._walked)
        if self._going:
            self._add(self._going, Walked(s=max(0.0, now - self._at)))
        self._at = now
        caught_up = False
        if not seen.in_reach or seen.totals is None:
            self._away = bool(self._seen)
            self._end(0, now)
        else:
            if not self._seen:
                self._rested_at = now
            caught_up = self._take_totals(seen, seen.totals, now)
            self._update_state(seen, now)
        walked = {direction: self._walked[direction] - before[direction] for direction in Direction}
        return Moved(walked, self._going, caught_up)

    def clock_jumped(self, by_s: float) -> None:
        """Go on as if the clock had not been set."""
        self._going_since += by_s
        self._moved_at += by_s
        self._rested_at += by_s
        self._at += by_s

    def _take_totals(self, seen: PodSeen, totals: Mapping[str, int], now: float) -> bool:
        """Take over what rose; returns whether that was walked out of reach."""
        caught_up = False
        for direction in Direction:
            step_dm = self._dm_per_step(direction)
            steps = max(0, self._seen.rise(totals, _STEPS[direction]))
            if steps > 0:
                caught_up = caught_up or self._away
                # The rest of a walk forward may be reported when the walk backward has begun.
                if direction is Direction.BACKWARD or not seen.walking_backward or self._away:
                    self._take_time(direction, steps, now)
                self._add(direction, Walked(steps=steps))
            # Distances follow the steps within moments, or within 20 s.
            guessed_dm = steps * step_dm
            dm = self._seen.rise(totals, _DM[direction])
            self._estimated_dm[direction] += guessed_dm
            if dm > 0:
                self._add(direction, Walked(dm=guessed_dm + dm - self._estimated_dm[direction]))
                self._estimated_dm[direction] = 0.0
            elif guessed_dm:
                self._add(direction, Walked(dm=guessed_dm))
        if caught_up:
            self._away = False
        return caught_up

    def _take_time(self, direction: Direction, steps: int, now: float) -> None:
        """Have the clock run for a direction that was reported to move."""
        self._moved_at = now
        if self._going is direction:
            return
        self._end(min(BOUT_GAP_S, now - self._going_since), now)
        # The walk began unseen.
        own = self._walked[direction]
        pace_s = own.s / own.steps if own.s > 0 and own.steps > STEPS_FOR_PACE else PACE_STEPS
        unseen_s = min(now - self._rested_at, steps * pace_s)
        self._add(direction, Walked(s=unseen_s))
        if self._away:
            # Of what was walked out of reach only the sum is known; the other direction may follow.
            self._rested_at += unseen_s
        else:
            self._going, self._going_since = direction, now

    def _update_state(self, seen: PodSeen, now: float) -> None:
        """Notice that a walk goes on or has ended."""
        cadence = seen.cadence if seen.cadence is not None else self._cadence
        fell_to_rest = cadence == 0 < self._cadence
        self._cadence = cadence
        if self._away:
            # It is back, but has reported nothing yet: its states may be from before.
            return
        if seen.walking_backward and self._going is not Direction.BACKWARD:
            self._end(min(BOUT_GAP_S, now - self._going_since), now)
            self._going, self._going_since = Direction.BACKWARD, now
        since_s = now - self._going_since
        if self._going is Direction.BACKWARD:
            if not seen.walking_backward:
                self._end(min(BOUT_GAP_S, since_s), now)
        elif self._going is Direction.FORWARD:
            reported_at_rest = seen.cadence == 0 and self._moved_at == now and since_s > 0
            if fell_to_rest or reported_at_rest:
                self._end(min(BOUT_GAP_S, since_s), now)
            elif now - self._moved_at > SILENCE_S:
                self._end(now - self._moved_at, now)

    def _end(self, too_much_s: float, now: float) -> None:
        """End the walk that goes on, if any; the clock ran for longer than it lasted."""
        if self._going:
            self._add(self._going, Walked(s=-too_much_s))
            self._rested_at = now - too_much_s
        self._going = None

    def _dm_per_step(self, direction: Direction) -> float:
        walked = self._walked[direction]
        return walked.dm / walked.steps if walked.steps > STEPS_FOR_PACE else DM_PER_STEP

    def _add(self, direction: Direction, walked: Walked) -> None:
        self._walked[direction] += walked

    def as_dict(self) -> dict[str, Any]:
        """Write it down."""
        walked = {key.value: [value.steps, value.dm, value.s] for key, value in self._walked.items()}
        return {
            "seen": self._seen.as_dict(),
            "walked": walked,
            "rested_at": self._at if self._going else self._rested_at,
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Meter:
        """Read what `as_dict` wrote: the pod was out of reach since then."""
        meter = cls()
        meter._seen = RunningTotals(kept["seen"])
        meter._walked = {Direction(key): Walked(*value) for key, value in kept["walked"].items()}
        meter._rested_at = kept["rested_at"]
        meter._away = bool(meter._seen)
        return meter
