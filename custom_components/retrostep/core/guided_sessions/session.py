"""A guided session: leads a walker through the stages of a routine by what pods really see.

- A stage ends when its target is done. Time counts only while the walker walks in the stage's direction.
- Walking the other way counts for nothing and breaks nothing: the stage waits, and the session stays awake.
  Who turns round in a short hallway or goes back for the phone shall not lose the session.
- A walker who stops is waited for; after a pause longer than allowed the session ends.
- A pod out of reach is waited for, longer. What it counted meanwhile is credited when it returns, stage after
  stage. A restart of Home Assistant is the same: whoever walked on loses nothing.
- Of several pods the one that saw most of a stage counts; they are never added.

Nothing here knows Home Assistant or reads a clock; times are seconds since 1970.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ..clock import Clocked, Jump
from .meter import NOTHING, Meter, Moved, PodSeen, Walked
from .result import EndReason, EventKind, Result, SessionEvent, SessionView, StageResult, Waiting
from .routine import Direction, Routine, Stage, Unit

AWAY_MAX_S: Final = 30 * 60
"""A pod that stays out of reach ends the session after this, or after the walker's longest pause."""
AWAY_GRACE_S: Final = 15
"""A connection that drops for a moment is not worth a word."""
GRACE_S: Final[Mapping[Direction, float]] = {Direction.BACKWARD: 10, Direction.FORWARD: 30}
"""How long nobody is seen walking before the session says that it waits.

Backward strides are reported at once, forward ones up to 10 s after the walk began, then every 20 s.
"""
ESTIMATE_SHARE: Final = 0.9
"""The time walked out of reach is estimated from steps: so much of a target is taken for all of it."""
END_MOVES_S: Final = 3
"""The expected end of a stage is published anew only if it moves by more."""


@dataclass(slots=True)
class _Session:
    """A session that goes on."""

    routine: Routine
    stages: tuple[Stage, ...]
    pause_s: float
    metronome: bool
    started_at: float
    number: int = 0  # of the stage, from 0
    tally: dict[str, Walked] = field(default_factory=dict)  # of this stage, by pod
    results: list[StageResult] = field(default_factory=list)
    right_at: float = 0.0  # when walking in the stage's direction was seen last
    walked_at: float = 0.0  # when any walking was seen last
    reach_at: float = 0.0  # when a pod was in reach last
    going: bool = False
    waiting: Waiting | None = None
    ends_at: float | None = None

    @property
    def stage(self) -> Stage:
        return self.stages[self.number]

    @property
    def done(self) -> float:
        return max(0.0, max((walked.of(self.stage.unit) for walked in self.tally.values()), default=0.0))

    @property
    def following(self) -> Stage | None:
        return next(iter(self.stages[self.number + 1 :]), None)

    def part(self) -> dict[str, Any]:
        """Describe the stage for an announcement."""
        return {
            "stage": self.stage.kind.value,
            "number": self.number + 1,
            "of": len(self.stages),
            "direction": self.stage.direction.value,
            "unit": self.stage.unit.value,
            "target": round(self.stage.target),
            "next_stage": self.following.kind.value if self.following else None,
        }

    def pause(self, reason: Waiting) -> dict[str, Any]:
        """Describe why the stage does not go on."""
        return {**self.part(), "reason": reason.value, "remaining": round(self.stage.target - self.done)}


class GuidedSession(Clocked):
    """Leads one walker through one session at a time and keeps the result of the last."""

    _OF_THE_CLOCK = ("_segment", "_last_segment", "_last_moved_s")

    def __init__(self) -> None:
        self._session: _Session | None = None
        self._meters: dict[str, Meter] = {}
        self.last: Result | None = None
        self._segment = 0
        # The segment of the clock in which the last session ended, and how far its result was moved since.
        self._last_segment: int | None = None
        self._last_moved_s = 0

    @property
    def active(self) -> bool:
        """A session goes on."""
        return self._session is not None

    @property
    def is_held(self) -> bool:
        """Something is in the way."""
        return self._session is not None and self._session.waiting is Waiting.PATH

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of the session that goes on."""
        return self._session.stages if self._session else ()

    @property
    def wants_metronome(self) -> str | None:
        """Name the stage that shall be walked to the metronome; None: silence."""
        session = self._session
        if not session or not session.metronome or session.stage.direction is not Direction.BACKWARD:
            return None
        return None if self.is_held else f"{session.started_at:.0f}.{session.number}"

    def start(
        self,
        routine: Routine,
        stages: Sequence[Stage],
        seen: Sequence[PodSeen],
        now: float,
        *,
        pause_s: float,
        metronome: bool = False,
    ) -> list[SessionEvent]:
        """Begin with the first stage; there must be one, and no session that goes on."""
        self._meters = {pod.mac: Meter() for pod in seen}
        for pod in seen:
            self._meters[pod.mac].update(pod, now)
        session = _Session(routine, tuple(stages), pause_s, metronome, now)
        session.right_at = session.walked_at = session.reach_at = now
        self._session = session
        started = {"routine": routine.value, "stages": len(session.stages)}
        return [
            SessionEvent(EventKind.SESSION_STARTED, started),
            SessionEvent(EventKind.STAGE_STARTED, session.part()),
        ]

    def clock_jumped(self, jump: Jump) -> None:
        """Go on as if the clock had not been set; the last result moves if its clock was wrong."""
        for meter in self._meters.values():
            meter.clock_jumped(jump.by_s)
        if session := self._session:
            session.started_at += jump.by_s
            session.right_at += jump.by_s
            session.walked_at += jump.by_s
            session.reach_at += jump.by_s
            session.ends_at = session.ends_at and session.ends_at + jump.by_s
        for correction in jump.corrections:
            if self.last and self._last_segment == correction.segment:
                by_s = correction.by_s - self._last_moved_s
                began, ended = self.last.started_at + by_s, self.last.ended_at + by_s
                self.last = replace(self.last, started_at=began, ended_at=ended)
                self._last_moved_s = correction.by_s
        self._segment = jump.segment

    def stop(self, now: float, reason: EndReason = EndReason.USER) -> list[SessionEvent]:
        """End the session where it is."""
        session = self._session
        if session is None:
            return []
        if reason is not EndReason.COMPLETED:
            session.results.append(StageResult.of(session.stage, session.done, completed=False))
            rest = session.stages[session.number + 1 :]
            session.results += [StageResult.of(stage, 0, completed=False) for stage in rest]
        self.last = Result(
            routine=session.routine,
            started_at=round(session.started_at),
            ended_at=round(now),
            reason=reason,
            stages=tuple(session.results),
            backward=self._most(Direction.BACKWARD),
            forward=self._most(Direction.FORWARD),
        )
        self._last_segment, self._last_moved_s = self._segment, 0
        self._session = None
        self._meters = {}
        kind = EventKind.FINISHED if reason is EndReason.COMPLETED else EventKind.STOPPED
        return [SessionEvent(kind, self.last.summary())]

    def update(self, seen: Sequence[PodSeen], now: float) -> list[SessionEvent]:
        """Take what the pods report now; call it whenever that changed, and about every second."""
        session = self._session
        if session is None:
            return []
        moved = {pod.mac: self._meters.setdefault(pod.mac, Meter()).update(pod, now) for pod in seen}
        in_reach = any(pod.in_reach for pod in seen)
        events: list[SessionEvent] = []
        if not self.is_held:
            events = self._credit(session, moved, now)
            if self._session is None:
                return events
            events += self._notice(session, list(moved.values()), in_reach, now)
        if reason := self._overdue(session, in_reach, now):
            return events + self.stop(now, reason)
        self._expect(session, now)
        return events

    def hold(self, now: float, in_the_way: Sequence[tuple[str, str]]) -> list[SessionEvent]:
        """Have the session wait, and no walking count for it: something is in the way, by role and name."""
        session = self._session
        if session is None or self.is_held:
            return []
        session.waiting, session.ends_at, session.going = Waiting.PATH, None, False
        told = {**session.pause(Waiting.PATH), "in_the_way": [list(one) for one in in_the_way]}
        return [SessionEvent(EventKind.WAITING, told)]

    def release(self, now: float) -> list[SessionEvent]:
        """Go on: nothing is known to be in the way any more."""
        session = self._session
        if session is None or not self.is_held:
            return []
        session.waiting = None
        session.right_at = session.walked_at = now
        return [SessionEvent(EventKind.RESUMED, session.pause(Waiting.PATH))]

    # -- inside -------------------------------------------------------------------------------

    def _credit(self, session: _Session, moved: Mapping[str, Moved], now: float) -> list[SessionEvent]:
        """Add what was walked to the stage, and go on while stages are done."""
        events: list[SessionEvent] = []
        pool = {mac: dict(pod.walked) for mac, pod in moved.items()}
        caught_up = any(pod.caught_up for pod in moved.values())
        while self._session:
            stage = session.stage
            for mac, walked in pool.items():
                session.tally[mac] = session.tally.get(mac, NOTHING) + walked.pop(stage.direction, NOTHING)
            estimated = caught_up and stage.unit is Unit.SECONDS
            if session.done < stage.target * (ESTIMATE_SHARE if estimated else 1):
                return events
            # What a pod counted out of reach may be more than one stage.
            for mac, tally in session.tally.items():
                surplus = tally.of(stage.unit) - stage.target
                if mac in moved and moved[mac].caught_up and surplus > 0:
                    pool[mac][stage.direction] = tally.part(surplus / tally.of(stage.unit))
            events += self._next_stage(session, now)
        return events

    def _next_stage(self, session: _Session, now: float) -> list[SessionEvent]:
        result = StageResult.of(session.stage, session.stage.target, completed=True)
        session.results.append(result)
        events = [SessionEvent(EventKind.STAGE_DONE, {**session.part(), "done": result.done})]
        if session.number + 1 == len(session.stages):
            return events + self.stop(now, EndReason.COMPLETED)
        session.number += 1
        session.tally = {}
        session.right_at = now
        session.waiting = session.ends_at = None
        return [*events, SessionEvent(EventKind.STAGE_STARTED, session.part())]

    def _notice(
        self, session: _Session, moved: Sequence[Moved], in_reach: bool, now: float
    ) -> list[SessionEvent]:
        """Notice whether the walker walks, and which way."""
        walks = {
            direction: any(pod.going is direction or pod.walked[direction].steps > 0 for pod in moved)
            for direction in Direction
        }
        session.going = walks[session.stage.direction]
        if session.going:
            session.right_at = now
        if any(walks.values()):
            session.walked_at = now
        if in_reach:
            if now - session.reach_at > AWAY_GRACE_S:
                # Back in reach: nobody knows how long the walker has stood by now.
                session.walked_at = now
            session.reach_at = now
        waiting = self._waits_for(session, other_way=any(walks.values()), now=now)
        if waiting is session.waiting:
            return []
        was, session.waiting = session.waiting, waiting
        if waiting is None:
            return [SessionEvent(EventKind.RESUMED, session.part())]
        if was is Waiting.DIRECTION and waiting is Waiting.STOPPED:
            return []
        return [SessionEvent(EventKind.WAITING, session.pause(waiting))]

    @staticmethod
    def _waits_for(session: _Session, *, other_way: bool, now: float) -> Waiting | None:
        if session.going:
            return None
        if now - session.reach_at > AWAY_GRACE_S:
            return Waiting.AWAY
        if now - session.right_at <= GRACE_S[session.stage.direction]:
            return session.waiting
        if other_way:
            return Waiting.DIRECTION
        return session.waiting if session.waiting is Waiting.DIRECTION else Waiting.STOPPED

    @staticmethod
    def _overdue(session: _Session, in_reach: bool, now: float) -> EndReason | None:
        if in_reach:
            return EndReason.PAUSE if now - session.walked_at >= session.pause_s else None
        if now - session.reach_at >= max(AWAY_MAX_S, session.pause_s):
            return EndReason.AWAY
        return None

    @staticmethod
    def _expect(session: _Session, now: float) -> None:
        """Say when the stage ends if the walker goes on."""
        if not session.going or session.stage.unit is not Unit.SECONDS:
            session.ends_at = None
            return
        ends_at = now + session.stage.target - session.done
        if session.ends_at is None or abs(ends_at - session.ends_at) > END_MOVES_S:
            session.ends_at = ends_at

    def _most(self, direction: Direction) -> Walked:
        """What the pod that saw most saw in one direction."""
        walked = [meter.walked[direction] for meter in self._meters.values()]
        return max(walked, key=lambda each: each.steps, default=NOTHING)

    # -- what is known ------------------------------------------------------------------------

    def view(self) -> SessionView:
        """Give what is shown."""
        session = self._session
        if session is None:
            return SessionView(last=self.last)
        stage = session.stage
        following = session.following
        done = min(session.done, stage.target)
        whole = sum(each.expected_s for each in session.stages)
        walked = sum(each.expected_s for each in session.stages[: session.number])
        walked += stage.expected_s * done / stage.target
        return SessionView(
            active=True,
            stage=stage.kind.value,
            number=session.number + 1,
            of=len(session.stages),
            direction=stage.direction.value,
            unit=stage.unit.value,
            target=round(stage.target),
            done=round(done),
            remaining=round(stage.target - done),
            next_stage=following.kind.value if following else None,
            next_target=round(following.target) if following else None,
            next_unit=following.unit.value if following else None,
            waiting=session.waiting.value if session.waiting else None,
            ends_at=round(session.ends_at) if session.ends_at is not None else None,
            progress=int(100 * walked / whole),
            routine=session.routine.value,
            started_at=round(session.started_at),
            metronome=session.metronome,
            last=self.last,
        )

    def as_dict(self) -> dict[str, Any]:
        """Write everything down."""
        session = self._session
        return {
            "last": self.last.as_dict() if self.last else None,
            "meters": {mac: meter.as_dict() for mac, meter in self._meters.items()},
            "session": session
            and {
                "routine": session.routine.value,
                "stages": [stage.as_list() for stage in session.stages],
                "pause_s": session.pause_s,
                "metronome": session.metronome,
                "started_at": session.started_at,
                "number": session.number,
                "tally": {mac: [each.steps, each.dm, each.s] for mac, each in session.tally.items()},
                "results": [result.as_list() for result in session.results],
                "right_at": session.right_at,
                "walked_at": session.walked_at,
                "reach_at": session.reach_at,
                "waiting": session.waiting.value if session.waiting else None,
            },
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> GuidedSession:
        """Read what `as_dict` wrote; raises KeyError, TypeError or ValueError if it did not."""
        guided = cls()
        guided.last = Result.from_dict(kept["last"]) if kept["last"] else None
        if session := kept["session"]:
            guided._meters = {mac: Meter.from_dict(meter) for mac, meter in kept["meters"].items()}
            guided._session = _Session(
                routine=Routine(session["routine"]),
                stages=tuple(Stage.from_list(stage) for stage in session["stages"]),
                pause_s=session["pause_s"],
                metronome=session["metronome"],
                started_at=session["started_at"],
                number=session["number"],
                tally={mac: Walked(*each) for mac, each in session["tally"].items()},
                results=[StageResult.from_list(result) for result in session["results"]],
                right_at=session["right_at"],
                walked_at=session["walked_at"],
                reach_at=session["reach_at"],
                waiting=Waiting(session["waiting"]) if session["waiting"] else None,
            )
        return guided
