"""Goals and the sitting diary along with the ledger, kept and read again with it."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from custom_components.retrostep.core.goals.facts import LedgerFacts
from custom_components.retrostep.core.goals.goal import COUNTED
from custom_components.retrostep.core.goals.goal_days import GoalDays
from custom_components.retrostep.core.goals.plan import read_settings
from custom_components.retrostep.core.history.session_index import SessionIndex
from custom_components.retrostep.core.sitting.models import Facts, SittingSettings
from custom_components.retrostep.core.sitting.sitting import Sitting

from .invariants import Invariant, hold
from .sat import Sat, Stretch, overlap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custom_components.retrostep.core.clock import ClockWatch, Jump
    from custom_components.retrostep.core.ledger.ledger import Ledger

GOALS: Final = ({"kind": "steps", "plan": "fixed", "steps": 60}, {"kind": "steps", "plan": "gentle_start"})
_LATE: Final = timedelta(hours=1)
_DAY_S: Final = 86_400
LOOK_EVERY_S: Final = 1_800


class Features:
    """What depends on the ledger and is kept beside it."""

    def __init__(self, section: Mapping[str, Any], now: datetime, kept: Mapping[str, Any] | None) -> None:
        """Start with nothing, or go on with what `as_dict` gave."""
        self._settings = read_settings(section)
        self._goal_days = GoalDays.from_dict(kept["goals"]) if kept else GoalDays()
        self._sitting = Sitting(SittingSettings(), now, kept["sitting"] if kept else None)
        self._settled = {day.day: day.goal for day in self._goal_days.days() if day.settled}
        self._news: object = None
        self._live: dict[str, dict[str, int] | None] = {}
        self.since_s: int | None = kept["since_s"] if kept else None
        """Since when somebody looks at who sits, epoch seconds; kept along by the simulator alone."""

    def as_dict(self) -> dict[str, Any]:
        """Write everything down."""
        return {
            "goals": self._goal_days.as_dict(),
            "sitting": self._sitting.as_dict(),
            "since_s": self.since_s,
        }

    def update(self, ledger: Ledger, now: datetime, clock: ClockWatch) -> None:
        """Take over what is new after a round, and every half hour what only time changes."""
        today = ledger.today(now)
        news = (today.date, ledger.settled_total(), int(now.timestamp()) // LOOK_EVERY_S, ledger.removed())
        if news == self._news:
            return
        self._news = news
        waiting = [day.day for day in self._goal_days.unsettled(today.date)]
        settled = today.date if now >= today.start + _LATE else min(waiting, default=today.date)
        self._goal_days.update(
            self._settings,
            today.date,
            LedgerFacts(ledger, SessionIndex(ledger), today),
            settled_before=date.min if clock.has_leapt else settled,
            in_doubt=not clock.is_believed,
        )
        self._sitting.begin_day(today.date, today.start, today.end)
        self._observe(now)
        if not clock.is_set_back:
            self._sitting.walked(ledger.minutes(self._sitting.earliest or now, now), now)
        self._sitting.evaluate(now)
        self._check_goals()

    def walk(self, mac: str, totals: dict[str, int] | None, now: datetime) -> None:
        """Take a pod's live totals; None: it is out of reach."""
        known = self._live.get(mac)
        self._live[mac] = {**known, **totals} if known and totals else totals
        if self.since_s is None:
            return  # not looked at yet
        self._observe(now)
        self._sitting.walk(self._live, now)
        self._sitting.evaluate(now)

    def _observe(self, now: datetime) -> None:
        if self.since_s is None:
            self.since_s = int(now.timestamp())
        self._sitting.observe(Facts(worn=True), now)

    def clock_jumped(self, jump: Jump, ledger: Ledger, now: datetime) -> None:
        """Go on after a jump of the clock."""
        self._news = None
        self._goal_days.clock_jumped(jump, ledger.today(now).date)
        self._sitting.clock_jumped(jump, now)
        # What a wrong clock settled was undone with it.
        self._settled = {day.day: day.goal for day in self._goal_days.days() if day.settled}

    def _check_goals(self) -> None:
        """Hold that days that are over keep their goal."""
        for day in self._goal_days.days():
            if day.settled:
                had = self._settled.setdefault(day.day, day.goal)
                hold(Invariant.GOALS_STAY, day.goal == had, f"goal of {day.day} was {had}, is {day.goal}")

    def check_quiet(self, ledger: Ledger, now: datetime) -> None:
        """Hold goals and diary against the ledger once nothing happens any more."""
        # A clock that is not believed yet may say a day before one that was lived: it changes none.
        if not self._goal_days.is_visiting:
            self._check_done(ledger)
        for day in self._sitting.days(date.min, date.max, now):
            # A day that the calendar or the zone made longer has 48 h at the most.
            is_possible = 0 <= day.longest_s <= day.sitting_s <= 2 * _DAY_S
            hold(Invariant.SITTING, is_possible, f"{day}")

    def check_sitting(self, truth: Sat, wrong_s: int, now: datetime) -> None:
        """Hold the days of the diary that late rows still correct against the truth.

        `wrong_s`: by how much the clock was set in all; then only the sum of a day is known, within that.
        """
        diary = self._sitting.as_dict()["diary"]
        twice = overlap(Stretch(start, end) for start, end, _ in diary["sits"])
        hold(Invariant.SITTING, twice is None or wrong_s, f"{twice} is sat twice")
        spans = {day: Stretch(start, end) for day, start, end in diary["open"]}
        for day in self._sitting.days(date.min, date.max, now):
            if (span := spans.get(day.date.toordinal())) is None:
                continue
            for seen, bounds in (
                (day.sitting_s, truth.sitting_s(span)),
                (day.longest_s, truth.longest_s(span)),
            ):
                is_so = bounds.hold(seen, wrong_s) or (wrong_s and seen == day.longest_s)
                hold(Invariant.SITTING, is_so, f"{seen} s of {day}, in truth {bounds}")

    def _check_done(self, ledger: Ledger) -> None:
        for day in (day for day in self._goal_days.days() if day.settled):
            done, counted = day.done, COUNTED[day.goal.kind](ledger.day(day.day).counts)
            hold(Invariant.GOALS_COUNT, done == counted, f"{done} done on {day.day}, {counted} counted")
