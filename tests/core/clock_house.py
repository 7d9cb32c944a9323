"""Two weeks of a walker in a house whose clock may be wrong; the same story with a right one is the truth.

Composed like the coordinator and its features, without Home Assistant; the pod dates rows as the firmware
does (minute_log_clock.h).
"""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from custom_components.retrostep.core.clock import ClockWatch, Jump
from custom_components.retrostep.core.goals.activity import Journal
from custom_components.retrostep.core.goals.facts import LedgerFacts
from custom_components.retrostep.core.goals.goal_days import GoalDays
from custom_components.retrostep.core.goals.plan import read_settings
from custom_components.retrostep.core.goals.session_activity import LiveWalk
from custom_components.retrostep.core.history.session_index import SessionIndex
from custom_components.retrostep.core.history.statistics_rows import hourly_rows
from custom_components.retrostep.core.ledger.counts import ZERO, Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import PageError, parse_page
from custom_components.retrostep.core.sitting.models import Facts, SittingSettings
from custom_components.retrostep.core.sitting.sitting import Sitting

from .ledger.story import BERLIN, MAC

# The Friday before a week in which Berlin's clocks go forward.
BEGIN_S = int(datetime(2026, 3, 20, 6, tzinfo=UTC).timestamp())
MINUTE_S, HOUR_S, DAY_S = 60, 3_600, 86_400
WRONG_BY = (HOUR_S, 3 * DAY_S, 3_653 * DAY_S, -HOUR_S, -3 * DAY_S, -20 * DAY_S, -400 * DAY_S)
BEHIND_BY = (-3 * DAY_S, -10 * DAY_S, -365 * DAY_S)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens at a true time, s after the begin."""

    at_s: int
    what: str
    value: Any = None


def life(dice: Random, days: int) -> list[Happening]:
    """Make up walks, changed goals and restarts; each day has a walk, some before and over midnight."""
    story: list[Happening] = []
    for day in range(days):
        for _ in range(dice.randrange(1, 4)):
            begins_s = day * DAY_S + dice.randrange(0, 17 * 60) * MINUTE_S
            story.append(Happening(begins_s, "walk", (dice.randrange(1, 6), dice.randrange(10, 80))))
        if dice.random() < 0.2:
            story.append(Happening(day * DAY_S + 7_201, "goal", dice.choice([50, 100, 200])))
        if dice.random() < 0.2:
            story.append(Happening(day * DAY_S + dice.randrange(20) * HOUR_S + 1_817, "restart"))
    return story


def faults(dice: Random, days: int, number: int) -> list[Happening]:
    """Make up clocks that are wrong for a while, one after the other, also from a start on."""
    wrong: list[Happening] = []
    length_s = days * DAY_S // number
    for turn in range(number):
        begin_s = turn * length_s + dice.randrange(HOUR_S, length_s - 2 * HOUR_S) // 30 * 30
        starts_wrong = dice.random() < 0.3
        by_s = dice.choice(BEHIND_BY if starts_wrong else WRONG_BY)
        wrong.append(Happening(begin_s, "start wrong" if starts_wrong else "clock", by_s))
        wrong.append(Happening(begin_s + dice.randrange(2, 50) * MINUTE_S, "clock", 0))
    return wrong


def walks_meanwhile(dice: Random, wrong: list[Happening]) -> list[Happening]:
    """Have somebody walk while the clock is wrong, wherever there is time for it."""
    return [
        Happening(begin.at_s + 2 * MINUTE_S, "walk", (dice.randrange(1, 6), dice.randrange(30, 80)))
        for begin, end in zip(wrong[::2], wrong[1::2], strict=True)
        if end.at_s - begin.at_s > 9 * MINUTE_S
    ]


@dataclass(slots=True)
class Row:
    """A walked minute: when by the true time, and how far the pod's clock was ahead."""

    true_s: int
    ahead_s: int
    steps: int


@dataclass
class Pod:
    """A pod that takes its time from the house and keeps what it dated."""

    rows: list[Row] = field(default_factory=list)
    clocks: list[int] = field(default_factory=list)
    after: int = 0

    def follow(self, ahead_s: int) -> None:
        """Take over the clock of the house."""
        if not self.clocks or self.clocks[-1] != ahead_s:
            self.clocks.append(ahead_s)

    def answer(self, log: int, after: int, now_s: int) -> Any:
        """Answer `get_minutes` with everything after a row."""
        after = after if log == 7 else 0
        self.after = max(self.after, after)
        rows = [
            [seq, self._minute(row), row.steps, 0, 0, row.steps * 5, 0, 30, 0, 5, 40, 60]
            for seq, row in enumerate(self.rows, 1)
            if seq > after
        ]
        return {
            "v": 1, "asked": [log, after], "log": 7, "oldest": 1, "next": len(self.rows) + 1, "more": False,
            "now": now_s + self.clocks[-1], "total": list(self.total().as_tuple()), "m": rows,
        }  # fmt: skip

    def _minute(self, row: Row) -> int:
        """Date a row by what is known of the clocks."""
        ahead_s = row.ahead_s
        if ahead_s < self.clocks[-1] or self.clocks[-1] in self.clocks[: self.clocks.index(ahead_s)]:
            ahead_s = self.clocks[-1]
        return (row.true_s + ahead_s) // MINUTE_S

    def total(self) -> Counts:
        """Give what it counted."""
        steps = sum(row.steps for row in self.rows)
        return Counts(steps, 0, 0, steps * 5, 0, 30 * len(self.rows), 0)


class House:
    """Everything that is kept of a walker, and a clock."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.section = plan
        self.true_s = BEGIN_S
        self.ahead_s = 0
        self.pod = Pod()
        self.ledger = Ledger(BERLIN, time(0))
        self.goal_days, self.journal, self.live = GoalDays(), Journal(), LiveWalk()
        self.sitting = Sitting(SittingSettings(), self.now)
        self.clock = ClockWatch(BEGIN_S)
        self.recorder: dict[datetime, tuple[float, float]] = {}
        self.published: list[tuple[str, date]] = []
        """What was published of which day, while the clock was right."""
        self.sessions_ended = 0
        self._fed: object = None
        self._look()

    @property
    def now(self) -> datetime:
        """What the wall clock says."""
        return datetime.fromtimestamp(self.true_s + self.ahead_s, UTC)

    def live_through(self, story: list[Happening], until_s: int) -> None:
        """Let everything happen, and time pass between."""
        busy_until_s = 0
        for each in sorted(story, key=lambda each: each.at_s):
            self._pass_to(BEGIN_S + each.at_s)
            if each.what == "walk" and self.true_s >= busy_until_s:
                busy_until_s = self.true_s + each.value[0] * MINUTE_S
                self._walk(*each.value)
            elif each.what == "goal":
                self.section = {**self.section, "steps": each.value}
            elif each.what == "restart" and self.ahead_s == 0:
                self._restart()
            elif each.what == "clock":
                self.ahead_s = each.value
            elif each.what == "start wrong":
                self.ahead_s = each.value
                self._restart()
            self._look()
        self._pass_to(BEGIN_S + until_s)

    def _pass_to(self, until_s: int) -> None:
        """Let time pass; the house looks now and then."""
        while self.true_s < until_s:
            self.true_s = min(until_s, self.true_s + 20 * MINUTE_S)
            self._look()

    def _walk(self, minutes: int, steps: int) -> None:
        for _ in range(minutes):
            self.pod.rows.append(Row(self.true_s, self.pod.clocks[-1], steps))
            total = self.pod.total()
            self.true_s += MINUTE_S
            self.pod.follow(self.ahead_s)
            self.ledger.live(MAC, {"back": total.back, "back_dm": total.back_dm}, self.now)
            self._look()

    def _restart(self) -> None:
        """Write everything down and read it again, through real JSON."""

        def again(kept: Any) -> Any:
            return json.loads(json.dumps(kept))

        self.ledger = Ledger.from_dict(again(self.ledger.as_dict()))
        self.goal_days = GoalDays.from_dict(again(self.goal_days.as_dict()))
        self.journal = Journal.from_dict(again(self.journal.as_dict()))
        self.live = LiveWalk()
        self.sitting = Sitting(SittingSettings(), self.now, again(self.sitting.as_dict()))
        self.clock = ClockWatch(max(BEGIN_S, self.ledger.known_s))
        self._fed = None

    def _send(self, changed: frozenset[datetime]) -> None:
        """Write statistics, as `WalkerStatistics.async_send` does."""
        if changed:
            hours = self.ledger.hours(min(changed))
            base = self.ledger.settled_total() - sum((counts for _, counts in hours), ZERO)
            for row in hourly_rows(hours, base)["backward_steps"]:
                self.recorder[row["start"]] = (row["state"], row["sum"])

    def _look(self) -> None:
        """Do what a round does: look at the clocks, fetch, bring everything up to date."""
        if jump := self.clock.look(self.true_s + self.ahead_s, self.true_s - 1_700_000_000):
            self._jumped(jump)
        self.pod.follow(self.ahead_s)
        log, after = self.ledger.position(MAC) or (0, 0)
        with suppress(PageError):
            page = parse_page(self.pod.answer(log, after, self.true_s))
            self._send(self.ledger.merge(MAC, page, self.now).changed_hours)
        today = self.ledger.today(self.now)
        sessions = SessionIndex(self.ledger)
        sessions.refresh(self.now)
        self._goals(sessions)
        self.sitting.begin_day(today.date, today.start, today.end)
        self.sitting.observe(Facts(worn=True), self.now)
        position = self.ledger.position(MAC)
        if position != self._fed and not self.clock.is_set_back:
            self._fed = position
            self.sitting.walked(self.ledger.minutes(self.sitting.earliest or self.now, self.now), self.now)
        self.sitting.evaluate(self.now)

    def _jumped(self, jump: Jump) -> None:
        self._send(self.ledger.clock_jumped(jump))
        self.live.clock_jumped(jump.by_s)
        self.goal_days.clock_jumped(jump, self.ledger.today(self.now).date)
        self.journal.clock_jumped(jump, self._day_of)
        self.sitting.clock_jumped(jump, self.now)
        self._fed = None

    def _day_of(self, moment_s: float) -> date:
        return self.ledger.calendar.span_at(int(moment_s // MINUTE_S)).day

    def _goals(self, sessions: SessionIndex) -> None:
        today = self.ledger.today(self.now)
        facts = LedgerFacts(self.ledger, sessions, today)
        waiting = [day.day for day in self.goal_days.unsettled(today.date)]
        settled_before = (
            today.date if self.now >= today.start + timedelta(hours=1) else min(waiting, default=today.date)
        )
        self.goal_days.update(
            read_settings(self.section),
            today.date,
            facts,
            settled_before=date.min if self.clock.has_leapt else settled_before,
            in_doubt=not self.clock.is_believed,
        )
        now_s = int(self.now.timestamp())
        steps = facts.steps(today.date - timedelta(days=ago) for ago in range(8))
        due = self.journal.due(self.goal_days, steps, now_s)
        if self.ahead_s == 0:
            self.published += [(str(each.kind), each.day) for each in due]
        last = self.ledger.last_step_at()
        self.live.see(now_s, int(last.timestamp()) if last else 0, self.ledger.total())
        known = sessions.between(self.now - timedelta(days=7), self.now)
        if not self.goal_days.is_visiting:
            ended = sum(news.ended for news in self.journal.sessions.due(now_s, self.live, known))
            self.sessions_ended += ended if self.ahead_s == 0 else 0

    def known(self) -> dict[str, Any]:
        """Give all that is known in the end, without what statistics need a zero for."""
        first, end = self.now - timedelta(days=60), self.now + timedelta(days=1)
        goals = self.goal_days.as_dict()
        return {
            "hours": [hour for hour in self.ledger.hours() if hour[1]],
            "days": self.ledger.days(),
            "minutes": self.ledger.minutes(first, end),
            "sessions": self.ledger.sessions(first, end),
            "last step": self.ledger.last_step_at(),
            "total": (self.ledger.total(), self.ledger.settled_total()),
            "statistics": {hour: row for hour, row in self.recorder.items() if row[0]},
            "goal days": goals["days"],
            "plan": goals["progress"],
            "streaks": self.goal_days.streaks(),
        }

    def sat(self) -> list[Any]:
        """Give what is known of sitting."""
        return [day for day in self.sitting.days(date.min, date.max, self.now) if day.sitting_s or day.breaks]
