"""A walker with a pod and a session, so that scenarios read as what happened.

The pod tells what the firmware tells: backward steps and "walking backward" with each stride once two have
proven the walk, sums every 20 s and 3 s after the last stride, cadence every 30 s and then.
"""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from custom_components.retrostep.core.clock import Jump
from custom_components.retrostep.core.guided_sessions.meter import PodSeen
from custom_components.retrostep.core.guided_sessions.result import EndReason, EventKind, SessionEvent
from custom_components.retrostep.core.guided_sessions.routine import Direction, Kind, Routine, Stage, Unit
from custom_components.retrostep.core.guided_sessions.session import GuidedSession

BACKWARD, FORWARD = Direction.BACKWARD, Direction.FORWARD
STRIDE_S = 1.2
STRIDE_DM = {BACKWARD: 10, FORWARD: 12}
MINUTE_S = 60


def minutes(kind: Kind, length: float) -> Stage:
    """Make a stage by time."""
    return Stage(kind, Unit.SECONDS, length * MINUTE_S)


@dataclass
class Pod:
    """One pod; `true` is what it counted, `told` what it last told."""

    mac: str = "a0:00:00:00:00:01"
    in_reach: bool = True
    true: dict[str, int] = field(
        default_factory=lambda: {"back": 900, "fwd": 700, "back_dm": 4000, "fwd_dm": 4200}
    )
    told: dict[str, int] = field(default_factory=dict)
    direction: Direction | None = None
    walking_backward: bool = False
    cadence: float = 0.0
    strides: int = 0
    bout_over: bool = False  # the last bout ended with a turn, which shows when the next one is proven
    stride_at: float = 0.0
    sums_at: float = -1e9
    gait_at: float = -1e9

    def seen(self) -> PodSeen:
        """What Home Assistant knows of it now."""
        return PodSeen(self.mac, self.in_reach, self.told or None, self.walking_backward, self.cadence)

    def turn(self, walks: Direction | None, now: float) -> None:
        """Let a moment pass in which the wearer walks, or stands."""
        if walks and walks is not self.direction:
            self.bout_over = self.strides >= 2
            self.direction, self.strides, self.stride_at = walks, 0, now
        if walks and now - self.stride_at >= STRIDE_S:
            self.stride(now)
        if not walks and self.direction and now - self.stride_at >= 3:
            self.direction, self.strides = None, 0
            self.walking_backward = self.walking_backward and not self.in_reach
            self.tell_sums(now, at_once=True)
        self.tell_sums(now)

    def stride(self, now: float) -> None:
        """One stride is counted, once two have proven the walk."""
        assert self.direction
        self.stride_at = now
        self.strides += 1
        proven = 2 if self.strides == 2 else 1 if self.strides > 2 else 0
        names = ("back", "back_dm") if self.direction is BACKWARD else ("fwd", "fwd_dm")
        self.true[names[0]] += 2 * proven
        self.true[names[1]] += STRIDE_DM[self.direction] * proven
        if self.in_reach and proven:
            self.walking_backward = self.direction is BACKWARD
            self.told["back"] = self.true["back"]
            if self.bout_over:
                self.bout_over = False
                self.tell_sums(now, at_once=True)

    def tell_sums(self, now: float, *, at_once: bool = False) -> None:
        """Tell sums and gait if their time has come."""
        if not self.in_reach:
            return
        if at_once or now - self.sums_at >= 20:
            if at_once or self.true != self.told:
                self.sums_at = now
            self.told = dict(self.true)
        if at_once or (self.strides >= 2 and now - self.gait_at >= 30):
            self.gait_at = now
            self.cadence = 100.0 if self.strides >= 2 else 0.0

    def comes_back(self, now: float) -> None:
        """Come into reach and tell everything."""
        self.in_reach = True
        self.walking_backward = self.direction is BACKWARD
        self.tell_sums(now, at_once=True)


class Story:
    """One walker; time goes on in steps of a fifth of a second."""

    def __init__(self, *pods: Pod) -> None:
        self.session = GuidedSession()
        self.pods = list(pods) or [Pod()]
        self.now = 1_790_000_000.0
        self.events: list[SessionEvent] = []
        self.event_at: list[float] = []
        for pod in self.pods:
            pod.tell_sums(self.now, at_once=True)

    @property
    def pod(self) -> Pod:
        """The first pod."""
        return self.pods[0]

    def start(self, *stages: Stage, pause_min: float = 5, routine: Routine = Routine.CUSTOM) -> None:
        """Begin a session."""
        self._note(
            self.session.start(
                routine, stages, [pod.seen() for pod in self.pods], self.now, pause_s=pause_min * MINUTE_S
            )
        )

    def walk(self, direction: Direction | None, length_min: float, *pods: Pod) -> None:
        """Walk one way, on all pods unless some are named."""
        end = self.now + length_min * MINUTE_S
        while self.now < end - 1e-6:
            self.now += 0.2
            for pod in self.pods:
                pod.turn(direction if not pods or pod in pods else None, self.now)
            self._note(self.session.update([pod.seen() for pod in self.pods], self.now))

    def stand(self, length_min: float) -> None:
        """Stand still."""
        self.walk(None, length_min)

    def walk_until(self, kind: EventKind, direction: Direction, at_most_min: float = 10) -> float:
        """Walk until something is announced; gives the minutes it took."""
        begin, known = self.now, self.told(kind)
        while self.told(kind) == known:
            assert self.now - begin < at_most_min * MINUTE_S, f"no {kind} in {at_most_min} min"
            self.walk(direction, 0.02)
        return (self.now - begin) / MINUTE_S

    def leave(self) -> None:
        """Walk out of reach."""
        for pod in self.pods:
            pod.in_reach = False

    def come_back(self) -> None:
        """Come into reach."""
        for pod in self.pods:
            pod.comes_back(self.now)

    def restart(self, down_min: float = 0, walking: Direction | None = None) -> None:
        """Restart Home Assistant; the walker may walk on meanwhile."""
        kept = json.loads(json.dumps(self.session.as_dict()))
        end = self.now + down_min * MINUTE_S
        while self.now < end - 1e-6:
            self.now += 0.2
            for pod in self.pods:
                pod.turn(walking, self.now)
        self.session = GuidedSession.from_dict(kept)
        # Pods are found a moment after the walker was set up.
        self._note(self.session.update([], self.now))
        self._note(self.session.update([replace(pod.seen(), in_reach=False) for pod in self.pods], self.now))

    def clock_jumps(self, jump: Jump) -> None:
        """Set Home Assistant's clock; pods and walkers go on."""
        self.now += jump.by_s
        for pod in self.pods:
            pod.stride_at += jump.by_s
            pod.sums_at += jump.by_s
            pod.gait_at += jump.by_s
        self.session.clock_jumped(jump)

    def stop(self) -> None:
        """End the session by hand."""
        self._note(self.session.stop(self.now, EndReason.USER))

    def told(self, kind: EventKind) -> int:
        """How often something was announced."""
        return sum(event.kind is kind for event in self.events)

    def last(self, kind: EventKind) -> Any:
        """What was said when something was announced last."""
        return [event.attributes for event in self.events if event.kind is kind][-1]

    @property
    def kinds(self) -> list[str]:
        """Everything that was announced, in order."""
        return [event.kind.value for event in self.events]

    def _note(self, events: list[SessionEvent]) -> None:
        self.events += events
        self.event_at += [self.now] * len(events)
