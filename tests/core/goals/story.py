"""A walker who lives day by day: walks, sleeps, travels, falls ill."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from custom_components.retrostep.core.clock import ClockWatch
from custom_components.retrostep.core.goals.activity import Activity, Journal
from custom_components.retrostep.core.goals.facts import LedgerFacts
from custom_components.retrostep.core.goals.goal_days import GoalDays
from custom_components.retrostep.core.goals.plan import GoalSettings, read_settings
from custom_components.retrostep.core.goals.session_activity import LiveWalk, SessionNews
from custom_components.retrostep.core.goals.view import goal_view
from custom_components.retrostep.core.history.session_index import SessionIndex
from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.ledger.day_calendar import minute_start
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import parse_page
from tests.core.ledger.story import BERLIN, Pod

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
FIXED_100 = {"plan": "fixed", "kind": "steps", "steps": 100}


@dataclass
class Life:
    """Ann's life at a wall clock; `section` is what her options hold."""

    section: dict[str, Any]
    zone: ZoneInfo = BERLIN
    now: datetime = datetime(2026, 3, 2, 8, tzinfo=BERLIN)
    day_start: time = time(0)
    ledger: Ledger = field(init=False)
    goal_days: GoalDays = field(default_factory=GoalDays)
    journal: Journal = field(default_factory=Journal)
    pod: Pod = field(default_factory=Pod)
    settle: bool = True
    told: list[Activity] = field(default_factory=list)
    session_news: list[SessionNews] = field(default_factory=list)
    live: LiveWalk = field(default_factory=LiveWalk)
    clock: ClockWatch = field(default_factory=ClockWatch)
    ahead: timedelta = timedelta()

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.zone, self.day_start)
        self.ledger.live(self.pod.mac, self.pod.live(), self.now)
        self.look()

    @property
    def settings(self) -> GoalSettings:
        """What she chose."""
        return read_settings(self.section)

    @property
    def today(self) -> date:
        """Her day."""
        return self.ledger.today(self.now).date

    @property
    def view(self) -> Any:
        """What is shown of her goal."""
        return goal_view(self.goal_days, self.settings)

    @property
    def goal(self) -> float:
        """Today's goal."""
        return self.view.goal

    @property
    def streak(self) -> int:
        """Her streak."""
        return self.view.streak

    def set_clock(self, by: timedelta) -> None:
        """Have the wall clock jump; pods follow at once."""
        self._look_at_clock()
        self.ahead += by
        self.now += by
        self._look_at_clock()
        self.look()

    def _look_at_clock(self) -> None:
        if jump := self.clock.look(self.now.timestamp(), (self.now - self.ahead).timestamp() - 1.7e9):
            self.ledger.clock_jumped(jump)
            self.live.clock_jumped(jump.by_s)
            self.goal_days.clock_jumped(jump, self.today)
            self.journal.clock_jumped(jump, self.day_at)

    def day_at(self, moment_s: float) -> date:
        """Give the day of a moment."""
        return self.ledger.calendar.span_at(int(moment_s // 60)).day

    def at(self, text: str) -> None:
        """Let it be a wall-clock time in the walker's zone."""
        self.now = datetime.fromisoformat(text).replace(tzinfo=self.zone)
        self.look()

    def change(self, **section: Any) -> None:
        """Change the settings."""
        self.section = {**self.section, **section}
        self.look()

    def walk(self, steps: int = 0, *, minutes: float = 0, at: datetime | None = None) -> None:
        """Walk backward just before now, or at another time: a minute row for each minute."""
        when = (at or self.now).astimezone(UTC)
        if minutes:
            rows = [60] * int(minutes) + ([round(minutes % 1 * 60)] if minutes % 1 else [])
            for ago, seconds in enumerate(rows):
                self.pod.walk(when - timedelta(minutes=len(rows) - ago), Counts(90, 0, 0, 400, 0, seconds, 0))
        if steps:
            self.pod.walk(when - timedelta(minutes=1), steps)

    def sync(self) -> None:
        """Have all rows fetched."""
        log, after = self.ledger.position(self.pod.mac) or (0, 0)
        self.ledger.merge(self.pod.mac, parse_page(self.pod.answer(log, after, 256, self.now)), self.now)
        self.look()

    def look(self) -> None:
        """Have the goals follow, as Home Assistant does after each change."""
        self._look_at_clock()
        last = self.ledger.last_step_at()
        self.live.see(int(self.now.timestamp()), int(last.timestamp()) if last else 0, self.ledger.total())
        sessions = SessionIndex(self.ledger)
        sessions.refresh(self.now)
        today = self.ledger.today(self.now)
        facts = LedgerFacts(self.ledger, sessions, today)
        waits = [day.day for day in self.goal_days.unsettled(today.date)]
        settled_before = today.date if self.settle or not waits else waits[0]
        if self.clock.has_leapt:
            settled_before = date.min
        in_doubt = not self.clock.is_believed
        self.goal_days.update(
            self.settings, today.date, facts, settled_before=settled_before, in_doubt=in_doubt
        )
        steps = facts.steps(today.date - DAY * ago for ago in range(8))
        self.told += self.journal.due(self.goal_days, steps, int(self.now.timestamp()), self.view.programme)
        found = sessions.between(self.now - 9 * DAY, self.now + DAY)
        self.session_news += self.journal.sessions.due(int(self.now.timestamp()), self.live, found)

    def live_steps(self, seconds: int, after_s: int = 0) -> None:
        """Be seen walking backward for some seconds, two steps a second, after a pause."""
        self.now += timedelta(seconds=after_s)
        for _ in range(seconds):
            self.now += timedelta(seconds=1)
            self.pod.open_minute += Counts(2, 0, 0, 5, 0, 1, 0)
            self.ledger.live(self.pod.mac, self.pod.live(), self.now)
            last = self.ledger.last_step_at()
            self.live.see(
                int(self.now.timestamp()), int(last.timestamp()) if last else 0, self.ledger.total()
            )
            self.look()

    def next_day(self, *, good: bool | None = None) -> None:
        """Come to eight in the evening of the next day, after reaching the goal or not walking at all."""
        span = self.ledger.calendar.span_of(self.today + DAY)
        # After a journey to the east a day is short.
        self.now = minute_start(span.first + (span.end - span.first) * 5 // 6)
        self.look()
        if good is not None:
            self.live_day(good=good)

    def live_day(self, *, good: bool = True) -> None:
        """Reach today's goal, or do not walk at all."""
        if good:
            goal = self.goal_days.current.goal
            if goal.kind.value == "minutes":
                self.walk(minutes=goal.value)
            else:
                self.walk(int(goal.value))
        self.sync()

    def week(self, good_days: int) -> None:
        """Live seven days, the first ones good, the others without a step; begins today."""
        for number in range(7):
            self.live_day(good=number < good_days)
            self.next_day()

    def restart(self) -> None:
        """Write everything down and read it again, through real JSON."""
        import json  # noqa: PLC0415

        self.ledger = Ledger.from_dict(json.loads(json.dumps(self.ledger.as_dict())))
        self.goal_days = GoalDays.from_dict(json.loads(json.dumps(self.goal_days.as_dict())))
        self.journal = Journal.from_dict(json.loads(json.dumps(self.journal.as_dict())))
        self.live = LiveWalk()
        self.clock = ClockWatch(self.ledger.known_s)
        self.look()

    def told_kinds(self, day: date | None = None) -> list[str]:
        """Give what was told, of a day or of all."""
        return [str(each.kind) for each in self.told if day is None or each.day == day]
