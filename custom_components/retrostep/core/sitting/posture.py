"""Whether the walker sits, and since when: from steps, the pod's worn sensor and, if there is one, a seat."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, Final

from ..ledger.counts import ZERO, Counts
from .diary import SittingDiary
from .models import Facts, QuietReason, SittingSettings
from .steps import PodSteps

PRESUMED: Final = timedelta(minutes=30)
"""For so long what a pod or a seat reported last holds while it reports nothing."""

MOVING_FOR: Final = timedelta(seconds=60)
"""A pause between steps that still belongs to the walk."""

STEPPING: Final = timedelta(seconds=10)
"""While steps were told so recently nobody sits, however few they are."""

OFF_SEAT: Final = timedelta(seconds=30)
"""Shorter than this nobody got up: seat sensors flicker."""

SAME_SIT: Final = timedelta(minutes=5)
"""Who sits again so soon after the pod was put off goes on with the same sit."""

MINUTE: Final = timedelta(minutes=1)


class Posture(Enum):
    """What the walker does as far as anybody can tell."""

    AWAY = auto()
    NOT_WORN = auto()
    UNKNOWN = auto()
    MOVING = auto()
    SITTING = auto()


class PostureTracker:
    """Tracks one walker's posture; every change is handed to the diary."""

    def __init__(
        self, diary: SittingDiary, settings: SittingSettings, kept: Mapping[str, Any] | None = None
    ) -> None:
        """Start without knowing anything, or with what `as_dict` gave."""
        self.settings = settings
        self.posture = Posture.UNKNOWN
        self.stirs = False
        """A few steps that may become a walk: the walker moves, and the sit goes on."""
        self._stepped_at: datetime | None = None
        self._diary = diary
        self._pods: dict[str, PodSteps] = {}
        self._facts = Facts()
        document = {name: _moment(text) for name, text in (kept or {}).get("moments", {}).items()}
        self._worn: bool | None = (kept or {}).get("worn")
        self._seat: bool | None = (kept or {}).get("seat")
        self.since = document.get("since")
        """Start of the sit that goes on; None while there is none."""
        self.backward_at = document.get("backward_at")
        """When enough backward steps to end a reminder were seen last."""
        self.got_up_at = document.get("got_up_at")
        """End of the last break."""
        self._worn_at = document.get("worn_at")
        self._seat_at = document.get("seat_at")
        self._off_seat_at = document.get("off_seat_at")
        self._moving_until = document.get("moving_until")
        self._left = (document["left_since"], document["left_at"]) if "left_at" in document else None

    def as_dict(self) -> dict[str, Any]:
        """Write it down."""
        moments = {
            "since": self.since,
            "backward_at": self.backward_at,
            "got_up_at": self.got_up_at,
            "worn_at": self._worn_at,
            "seat_at": self._seat_at,
            "off_seat_at": self._off_seat_at,
            "moving_until": self._moving_until,
        }
        if self._left:
            moments |= {"left_since": self._left[0], "left_at": self._left[1]}
        return {
            "worn": self._worn,
            "seat": self._seat,
            "moments": {name: at.isoformat() for name, at in moments.items() if at},
        }

    # -- what comes in ------------------------------------------------------------------------

    def observe(self, facts: Facts, now: datetime) -> None:
        """Take what is known besides steps."""
        self._facts = facts
        if facts.worn is not None:
            self._worn, self._worn_at = facts.worn, now
        if facts.seat is not None:
            self._seat, self._seat_at = facts.seat, now
            if facts.seat:
                self._off_seat_at = None
            elif self._off_seat_at is None:
                self._off_seat_at = now

    def clock_jumped(self, by: timedelta) -> None:
        """Go on as if the clock had not been set: how long somebody sits is no matter of the wall clock."""
        self.since = moved(self.since, by)
        self.backward_at = moved(self.backward_at, by)
        self.got_up_at = moved(self.got_up_at, by)
        self._worn_at = moved(self._worn_at, by)
        self._seat_at = moved(self._seat_at, by)
        self._off_seat_at = moved(self._off_seat_at, by)
        self._moving_until = moved(self._moving_until, by)
        self._stepped_at = moved(self._stepped_at, by)
        if self._left:
            self._left = (self._left[0] + by, self._left[1] + by)
        for pod in self._pods.values():
            pod.clock_jumped(by)

    def forget_seat(self) -> None:
        """Go on without a seat."""
        self._seat = self._seat_at = self._off_seat_at = None

    def walk(self, totals: Mapping[str, Mapping[str, int] | None], now: datetime) -> None:
        """Take the running totals of all pods by MAC; None: out of reach."""
        for mac in self._pods.keys() - totals.keys():
            del self._pods[mac]
        for mac, reported in totals.items():
            pod = self._pods.setdefault(mac, PodSteps())
            if not pod.take(reported, now):
                continue
            self._stepped_at = now
            pod.forget(now - self.settings.backward_window)
            if self._facts.worn is None:
                self._worn, self._worn_at = True, now
            if pod.back(now - self.settings.backward_window) >= self.settings.backward_steps:
                self.backward_at = now
            window = now - self.settings.break_window
            if pod.steps(window) >= self.settings.break_steps and not self._seat:
                self._moving_until = now + MOVING_FOR
                self._get_up(pod.first(window), now)

    def walked(self, minutes: Iterable[tuple[datetime, Counts]], now: datetime) -> None:
        """Take the walked minutes of the ledger, known ones again or new ones, ascending."""
        settings = self.settings
        before, lead = None, ZERO
        for start, counts in minutes:
            # A walk of few steps may lie across two minutes.
            lead = lead if before == start - MINUTE else ZERO
            backward = _enough(lead.back, counts.back, settings.backward_steps)
            broke = _enough(lead.steps, counts.steps, settings.break_steps)
            before, lead = start, counts
            end = min(start + MINUTE, now)
            if backward and (self.backward_at is None or self.backward_at < start):
                self.backward_at = end
            # A seat knows better than steps when the walker got up.
            if not broke or self._seat is not None:
                continue
            self._diary.walked(start, end)
            if self.since is not None and self.since <= start:
                self._get_up(start, end)
                self._moving_until = max(self._moving_until or end, end + MOVING_FOR)

    def got_up(self, now: datetime) -> None:
        """Take the walker's word for a break."""
        self.backward_at = now
        self._get_up(now, now)

    def _get_up(self, at: datetime, until: datetime) -> None:
        """End the sit that goes on; the next one begins when the walk is over."""
        if self.since is not None:
            self._diary.add(self.since, at, broken=True)
        self.since = self.got_up_at = until
        self._left = None

    def settle(self, now: datetime) -> None:
        """Judge what the walker does at `now`."""
        reported_at = max((at for at in (self._worn_at, self._seat_at) if at), default=now)
        if self._seat_at is not None and now - self._seat_at >= PRESUMED:
            self.forget_seat()
        self.posture = self._judge(now)
        self.stirs = self.posture is Posture.MOVING and not self._walks(now)
        if self._off_seat_at is not None and self.since is not None:
            # Getting off the seat is judged by the seat alone, whatever becomes of the pod meanwhile.
            if now - self._off_seat_at >= OFF_SEAT:
                self._get_up(self._off_seat_at, now)
                self.since = None
        elif self.posture is Posture.SITTING:
            self._sit(now)
        elif self.posture is not Posture.MOVING and self.since is not None:
            self._leave(reported_at if self.posture is Posture.UNKNOWN else now)

    def _judge(self, now: datetime) -> Posture:
        if self._facts.quiet is QuietReason.AWAY:
            return Posture.AWAY
        if self._seat:
            return Posture.SITTING
        if self._is_just_off_seat(now):
            return Posture.MOVING
        worn = self.worn(now)
        if not worn:
            return Posture.UNKNOWN if worn is None else Posture.NOT_WORN
        steps = self._stepped_at is not None and now - self._stepped_at < STEPPING
        return Posture.MOVING if steps or self._walks(now) else Posture.SITTING

    def worn(self, now: datetime) -> bool | None:
        """Say whether a pod is worn, as it was reported last and as long as that can be relied on."""
        return None if self._facts.gone else _presumed(self._worn, self._worn_at, now)

    def _is_just_off_seat(self, now: datetime) -> bool:
        return self._off_seat_at is not None and now - self._off_seat_at < OFF_SEAT

    def _walks(self, now: datetime) -> bool:
        """Say whether the walker got up, not only stirs."""
        is_up = self._moving_until is not None and now < self._moving_until
        return is_up or self._seat is False or self._is_just_off_seat(now)

    def _sit(self, now: datetime) -> None:
        """Go on with the sit, or begin one."""
        if self.since is None and self._left and now - self._left[1] <= SAME_SIT:
            self.since = self._left[0]
            self._diary.take_back(self.since)
        elif self.since is None:
            self.since = now
        self._left = None

    def _leave(self, at: datetime) -> None:
        """End the sit because nobody can tell how it goes on."""
        if self.since is not None:
            at = max(at, self.since)
            self._diary.add(self.since, at, broken=False)
            self._left, self.since = (self.since, at), None

    # -- what is known ------------------------------------------------------------------------

    def sitting(self, now: datetime) -> timedelta:
        """Give how long the walker has been sitting."""
        if self.since is None or not (self.posture is Posture.SITTING or self.stirs):
            return timedelta()
        return max(now - self.since, timedelta())

    def next_look(self, now: datetime) -> list[datetime]:
        """Give the moments at which time alone changes something."""
        moments = [self._moving_until, self._stepped_at and self._stepped_at + STEPPING]
        if self.posture is Posture.SITTING and self.since is not None:
            moments.append(self.since + MINUTE * (self.sitting(now) // MINUTE + 1))
        if self._off_seat_at and self.since:
            moments.append(self._off_seat_at + OFF_SEAT)
        if self._facts.worn is None and self._worn_at:
            moments.append(self._worn_at + PRESUMED)
        if self._facts.seat is None and self._seat_at:
            moments.append(self._seat_at + PRESUMED)
        return [moment for moment in moments if moment and moment > now]


def moved(moment: datetime | None, by: timedelta) -> datetime | None:
    """Give a moment as a clock that was set shows it."""
    return moment and moment + by


def _enough(lead: int, steps: int, wanted: int) -> bool:
    """Say whether a minute, or two of them together, hold a break."""
    return steps >= wanted or (steps > 0 and lead < wanted <= lead + steps)


def _presumed(reported: bool | None, at: datetime | None, now: datetime) -> bool | None:
    """Give what was reported last, as long as it can be relied on."""
    return reported if at is not None and now - at < PRESUMED else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
