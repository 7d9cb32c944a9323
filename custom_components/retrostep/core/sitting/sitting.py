"""Reminders to get up after long sitting: when one is due, repeated, over or wrong.

A pure state machine; it is given what happens, asked what follows from it (`evaluate`), and says when to ask
again (`next_look`). Nothing here reads a clock.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from ..clock import Jump
from ..documents import Document, Migrations, lift
from ..ledger.counts import Counts
from .diary import Sit, SittingDay, SittingDiary
from .models import GRACE, Facts, ReminderEvent, SittingSettings, SittingState, SittingView
from .posture import Posture, PostureTracker, moved

VERSION: Final = 2
MIGRATIONS: Final[Migrations] = {1: lambda kept: {**kept, "posture": kept.get("body")}}

_POSTURES = {
    Posture.AWAY: SittingState.QUIET,
    Posture.NOT_WORN: SittingState.NOT_WORN,
    Posture.UNKNOWN: SittingState.UNKNOWN,
    Posture.MOVING: SittingState.MOVING,
}


class Sitting:
    """The reminders of one walker."""

    def __init__(
        self, settings: SittingSettings, now: datetime, kept: Mapping[str, Any] | None = None
    ) -> None:
        """Start without knowing anything, or go on with what `as_dict` gave, maybe hours ago.

        Raises ValueError, TypeError, AttributeError or LookupError for what can't be read.
        """
        document: Document = {} if kept is None else lift(kept, VERSION, MIGRATIONS)
        if _is_ahead(document, now):
            # The clock was set between: nobody knows how long ago that was. The diary stands.
            document = {"diary": document.get("diary")}
        self._settings = settings
        self.diary = SittingDiary(document.get("diary"))
        self._posture = PostureTracker(self.diary, settings, document.get("posture"))
        self._facts = Facts()
        self._given: int = document.get("given", 0)
        moments = {
            name: datetime.fromisoformat(text) for name, text in document.get("moments", {}).items() if text
        }
        self._first_given = moments.get("first_given")
        self._last_given = moments.get("last_given")
        self._again_at = moments.get("again_at")
        self._snoozed_until = moments.get("snoozed_until")
        self._dismissed_at = moments.get("dismissed_at")
        self._not_before = now + GRACE

    def as_dict(self) -> dict[str, Any]:
        """Write everything down."""
        moments = {
            "first_given": self._first_given,
            "last_given": self._last_given,
            "again_at": self._again_at,
            "snoozed_until": self._snoozed_until,
            "dismissed_at": self._dismissed_at,
        }
        return {
            "version": VERSION,
            "given": self._given,
            "moments": {name: at and at.isoformat() for name, at in moments.items()},
            "posture": self._posture.as_dict(),
            "diary": self.diary.as_dict(),
        }

    # -- what comes in ------------------------------------------------------------------------

    def begin_day(self, day: date, start: datetime, end: datetime) -> None:
        """Open one of the walker's days."""
        self.diary.begin_day(day, start, end)

    def clock_jumped(self, jump: Jump, now: datetime) -> None:
        """Go on as if the clock had not been set to `now`; the diary is put right where it was wrong."""
        by = timedelta(seconds=jump.by_s)
        self._first_given = moved(self._first_given, by)
        self._last_given = moved(self._last_given, by)
        self._again_at = moved(self._again_at, by)
        self._snoozed_until = moved(self._snoozed_until, by)
        self._dismissed_at = moved(self._dismissed_at, by)
        # Read since the jump it is dated by the clock after it.
        self._not_before = min(self._not_before + by, now + GRACE)
        self._posture.clock_jumped(by)
        self.diary.clock_jumped(jump)

    def observe(self, facts: Facts, now: datetime) -> None:
        """Take what is known besides steps."""
        if self._facts.quiet and not facts.quiet:
            self._not_before = now + GRACE
        self._facts = facts
        self._posture.observe(facts, now)

    def walk(self, totals: Mapping[str, Mapping[str, int] | None], now: datetime) -> None:
        """Take the running totals of all pods by MAC; None: out of reach."""
        self._posture.walk(totals, now)

    def walked(self, minutes: Iterable[tuple[datetime, Counts]], now: datetime) -> None:
        """Take the walked minutes of the ledger, which may have arrived late."""
        self._posture.walked(minutes, now)

    def forget_seat(self) -> None:
        """Go on without a seat."""
        self._posture.forget_seat()

    def change_settings(self, settings: SittingSettings) -> None:
        """Remind by other settings from now on, also of what is out already."""
        self._settings = self._posture.settings = settings
        snoozed = self._snoozed_until and self._last_given and self._snoozed_until > self._last_given
        if self._last_given and not snoozed:
            self._again_at = self._last_given + self._pause

    def snooze(self, until: datetime) -> list[ReminderEvent]:
        """Remind no earlier than `until`, whether a reminder is out or not."""
        self._snoozed_until = until
        if self._given:
            self._again_at = until
        return [ReminderEvent.SNOOZED]

    def dismiss(self, now: datetime) -> list[ReminderEvent]:
        """End the reminder that is out; the next one comes only after the walker got up."""
        if not self._given:
            return []
        self._put_away()
        self._dismissed_at = now
        return [ReminderEvent.DISMISSED]

    def done(self, now: datetime) -> list[ReminderEvent]:
        """Take the walker's word for having got up."""
        self._posture.got_up(now)
        return self.evaluate(now)

    # -- what follows -------------------------------------------------------------------------

    def evaluate(self, now: datetime) -> list[ReminderEvent]:
        """Take over what became of the reminder; returns what happened, in this order."""
        self._posture.settle(now)
        events = []
        if self._first_given and (end := self._end(self._first_given, now)):
            self._put_away()
            events.append(end)
        if self._dismissed_at and (self._posture.since is None or self._posture.since > self._dismissed_at):
            self._dismissed_at = None
        at = self._next_at()
        if at is not None and at <= now and not self._posture.stirs:
            events.append(ReminderEvent.REPEATED if self._given else ReminderEvent.DUE)
            self._give(now)
        return events

    def _end(self, given: datetime, now: datetime) -> ReminderEvent | None:
        """Say how the reminder that is out since `given` ended, if it did."""
        posture = self._posture
        got_up_at = posture.backward_at if self._settings.backward_only else posture.got_up_at
        if got_up_at is not None and got_up_at > given:
            return ReminderEvent.DONE
        if self._facts.quiet or posture.posture not in (Posture.MOVING, Posture.SITTING):
            return ReminderEvent.WITHDRAWN
        wrong = posture.since and posture.since <= given and now - posture.since < self._settings.threshold
        return ReminderEvent.WITHDRAWN if wrong else None

    def _next_at(self) -> datetime | None:
        """Give when to remind next, if all stays as it is."""
        posture = self._posture
        if (
            not (posture.posture is Posture.SITTING or posture.stirs)
            or self._facts.quiet
            or self._dismissed_at
            or not posture.since
        ):
            return None
        at = self._again_at or posture.since + self._settings.threshold
        return max(at, self._not_before, self._snoozed_until or at)

    @property
    def _pause(self) -> timedelta:
        few = self._given < self._settings.at_most
        return self._settings.repeat if few else self._settings.then_every

    def _give(self, now: datetime) -> None:
        self._given += 1
        self._first_given = self._first_given or now
        self._last_given = now
        self._again_at = now + self._pause

    def _put_away(self) -> None:
        self._given = 0
        self._first_given = self._last_given = self._again_at = None

    # -- what is known ------------------------------------------------------------------------

    def sits(self) -> list[Sit]:
        """Give the single sits of the last days that are over, ascending."""
        return self.diary.sits()

    def days(self, first: date, last: date, now: datetime) -> list[SittingDay]:
        """Give how long the walker sat on the days that anything is known of, ascending, ends included."""
        return self.diary.days(first, last, self._posture.sitting(now), now)

    @property
    def earliest(self) -> datetime | None:
        """Since when walked minutes that arrive late are of use."""
        return self.diary.earliest

    def view(self, today: date, now: datetime) -> SittingView:
        """Give what to show after `evaluate`."""
        state = self._state(now)
        day = next(iter(self.days(today, today, now)), SittingDay(today))
        unknown, moving = state is SittingState.UNKNOWN, state is SittingState.MOVING
        sat_s = 0 if moving else self._posture.sitting(now).total_seconds()
        # A few steps are no end of a reminder.
        sits = self._posture.posture is Posture.SITTING or self._posture.stirs
        snoozed_until = self._snoozed_until if self._snoozed_until and self._snoozed_until > now else None
        return SittingView(
            state=state,
            reason=self._facts.quiet if state is SittingState.QUIET else None,
            sitting_min=None if unknown else int(sat_s // 60),
            too_long=None if unknown else self._given > 0 and sits,
            worn=self._posture.worn(now),
            next_reminder=self._next_at(),
            snoozed_until=snoozed_until,
            reminders_given=self._given,
            sitting_today_min=day.sitting_s // 60,
            longest_today_min=day.longest_s // 60,
            breaks_today=day.breaks,
            threshold_min=int(self._settings.threshold.total_seconds() // 60),
            repeat_min=int(self._settings.repeat.total_seconds() // 60),
        )

    def _state(self, now: datetime) -> SittingState:
        if (state := _POSTURES.get(self._posture.posture)) is not None:
            return state
        if self._facts.quiet:
            return SittingState.QUIET
        if self._snoozed_until and self._snoozed_until > now:
            return SittingState.SNOOZED
        return SittingState.DUE if self._given else SittingState.SITTING

    def next_look(self, now: datetime) -> datetime | None:
        """Give the next moment at which time alone changes something."""
        moments = [*self._posture.next_look(now), self._facts.until, self._snoozed_until, self._next_at()]
        return min((moment for moment in moments if moment and moment > now), default=None)


# Moments that lie behind when they are written down, of the posture and of a reminder.
_PAST = ("since", "backward_at", "got_up_at", "worn_at", "seat_at", "off_seat_at", "left_at", "last_given")


def _is_ahead(document: Mapping[str, Any], now: datetime) -> bool:
    """Say whether something is written down that by the clock did not happen yet."""
    moments = {**document.get("posture", {}).get("moments", {}), **document.get("moments", {})}
    found = [datetime.fromisoformat(moments[name]) for name in _PAST if moments.get(name)]
    return any(moment > now + GRACE for moment in found)
