"""Keeps a walker's goals: gives each day its goal, evaluates what is done and publishes what happened."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, NamedTuple, override

from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.event import async_call_later

from ..const import DOMAIN, SECTION_GOALS
from ..core.clock import Clocked, Jump
from ..core.documents import lift
from ..core.goals.activity import LATE_DAYS, Activity, DaySteps, Journal
from ..core.goals.document import MIGRATIONS, VERSION
from ..core.goals.facts import LedgerFacts
from ..core.goals.goal import GoalDay, GoalKind
from ..core.goals.goal_days import GoalDays
from ..core.goals.plan import GoalSettings, Plan, read_settings
from ..core.goals.programme import CONF_PROGRAMME, CONF_START
from ..core.goals.session_activity import KEPT_S, LiveWalk
from ..core.goals.view import GoalView, goal_view
from ..core.history.session_index import LastSession
from ..core.ledger.counts import ZERO, Counts
from ..core.ledger.day_calendar import epoch_minute
from .activity_outbox import ActivityOutbox, session_activity
from .feature import Feature
from .goal_texts import async_explain
from .host import Host

# Rows of a minute reach Home Assistant within two minutes: it ends, is saved by the pod, is fetched.
ROWS_AFTER = timedelta(minutes=3)
# A pod that stays away may be in the other shoe; a day waits half a day for its steps, then it is over.
LATE_STEPS_WAIT = timedelta(hours=12)
# After a start the pods first report what was walked meanwhile, else a session would begin twice.
FIRST_SYNC_WAIT = timedelta(minutes=3)
# Older days are looked at again after a start only: steps this late are rare, and days become many.
REFRESHED = timedelta(days=61)
# How often what only time decides is looked at, while there is such a thing.
LOOK_EVERY_S = 30


class GoalInputs(NamedTuple):
    """What the goals of all days depend on, besides what is counted live today."""

    today: date
    settings: GoalSettings
    settled_before: date
    settled_total: Counts
    last_session: LastSession | None


class GoalTracker(Feature):
    """Goals, streaks and what happened on a walker's days."""

    part: ClassVar[str] = SECTION_GOALS

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.store = host.archive.part(self.part)
        self.goal_days = GoalDays()
        self.view: GoalView
        """Today's goal."""
        self._is_new = False
        self._live = LiveWalk()
        self._steps: Mapping[date, DaySteps] = {}
        self._inputs: GoalInputs | None = None
        self._total = ZERO
        self._chosen = read_settings(self.settings)
        self._started: datetime | None = None
        self._outbox = ActivityOutbox(host, self.store, self._document)
        self._stop_looking: CALLBACK_TYPE | None = None

    def days(self, first: date, last: date) -> list[GoalDay]:
        """Give the days that had a goal with what was done, ascending, both ends included."""
        return self.goal_days.days(first, last)

    @callback
    def async_choose_kind(self, kind: GoalKind) -> None:
        """Have goals of another kind; a plan of one kind only gives way to the fixed goal."""
        if kind is not self.view.settings.kind:
            self.async_change_settings(kind=kind.value, plan=Plan.FIXED.value)

    @callback
    def async_set_fixed(self, kind: GoalKind, value: float) -> None:
        """Change the fixed goal of a kind; it holds if there is no plan and no other kind is chosen."""
        self.async_change_settings(**{kind.value: int(value) if value.is_integer() else value})

    @callback
    def async_choose_plan(self, plan: Plan) -> None:
        """Have the goals come from another plan; raises ServiceValidationError if it is no program yet."""
        if plan is Plan.PROGRAMME and CONF_PROGRAMME not in self.settings:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="no_programme")
        self.async_change_settings(plan=plan.value)

    @callback
    def async_restart_plan(self) -> None:
        """Begin the plan anew; a program begins today."""
        if self.view.programme is not None:
            start = self.goal_days.current.day.isoformat()
            kept = self.settings[CONF_PROGRAMME]
            self.async_change_settings(**{CONF_PROGRAMME: {**kept, CONF_START: start}})
            return
        self.goal_days.restart()
        self._inputs = None
        self.host.show()

    @override
    async def async_load(self) -> None:
        document = await self.store.async_load()
        if document is None:
            self._is_new = True
            return
        document = lift(document, VERSION, MIGRATIONS)
        self.goal_days = await self.hass.async_add_executor_job(GoalDays.from_dict, document["goal_days"])
        self._outbox.journal = Journal.from_dict(document["journal"])

    @property
    @override
    def clocked(self) -> list[Clocked]:
        journal = self._outbox.journal
        return [self.goal_days, journal, journal.sessions]

    @callback
    @override
    def async_start(self) -> None:
        self._started = self.host.now()
        self.entry.async_on_unload(self._async_stop_looking)

    @override
    async def async_close(self) -> None:
        self._outbox.async_stop()
        await self.store.async_close(self._document())

    # What is new

    @callback
    @override
    def async_update(self, now: datetime) -> None:
        ledger, sessions = self.host.ledger, self.host.sessions
        today, total = ledger.today(now), ledger.total()
        inputs = GoalInputs(
            today=today.date,
            settings=self._chosen,
            settled_before=self._settled_before(now, today.date),
            settled_total=ledger.settled_total(),
            last_session=sessions.last,
        )
        changed = (inputs, total) != (self._inputs, self._total)
        self._update_days(inputs, LedgerFacts(ledger, sessions, today), today.counts)
        self._inputs, self._total = inputs, total
        view = goal_view(self.goal_days, inputs.settings)
        explanation = replace(view.explanation, text=async_explain(self.hass, view.explanation))
        self.view = replace(view, explanation=explanation)
        self._live.see(int(now.timestamp()), _seconds(ledger.last_step_at()), total)
        if self._started:
            due = self._due(now, self._started)
            self._outbox.async_send(due)
            self._async_look_again(now)
            changed = changed or bool(due)
        if changed:
            self.store.async_save_later(self._document)

    def _update_days(self, inputs: GoalInputs, facts: LedgerFacts, counts: Counts) -> None:
        """Bring the days up to date: on a stride today alone, all of them when more than that is new."""
        today = inputs.today
        if inputs == self._inputs:
            self.goal_days.update_today(facts)
            best_before = self._steps[today].best_before
            self._steps = {**self._steps, today: DaySteps(counts.back, best_before)}
            return
        self.goal_days.update(
            inputs.settings,
            today,
            facts,
            settled_before=inputs.settled_before,
            since=today - REFRESHED if self._inputs else date.min,
            in_doubt=not self.host.clock.is_believed,
        )
        self._steps = facts.steps(today - timedelta(days=ago) for ago in range(LATE_DAYS + 1))

    @callback
    @override
    def async_clock_jumped(self, jump: Jump, now: datetime) -> None:
        self._live.clock_jumped(jump.by_s)
        if self._started:
            self._started += timedelta(seconds=jump.by_s)
        self.goal_days.clock_jumped(jump, self.host.ledger.today(now).date)
        self._outbox.journal.clock_jumped(jump, self._day_of)
        self._inputs = None
        self.store.async_save_later(self._document)

    @callback
    @override
    def async_settings_changed(self) -> None:
        self._chosen = read_settings(self.settings)

    @callback
    @override
    def summary(self, now: datetime) -> Mapping[str, Any]:
        view = self.view
        return {
            "kind": view.kind.value,
            "goal": view.goal,
            "done": view.done,
            "progress_pct": view.progress_pct,
            "met": view.met,
            "plan": view.settings.plan.value,
            "paused": view.paused,
            "streak": view.streak,
            "best_streak": view.best,
            "days_met_this_week": view.days_met_this_week,
            "programme": view.programme and view.programme.as_dict(),
        }

    def _due(self, now: datetime, started: datetime) -> list[Activity]:
        """Find what is to be published now."""
        journal = self._outbox.journal
        due = journal.due(self.goal_days, self._steps, int(now.timestamp()), self.view.programme)
        since, made = now - timedelta(seconds=KEPT_S), self.entry.created_at
        if since < made <= now:
            # What a pod remembers of the time before the walker was made is no news. The clock may have
            # been ahead when it was made, so that this has not come yet.
            since = made
        if self.goal_days.is_visiting:
            since = max(since, started)
        sessions = self.host.sessions.between(since, now)
        if self._is_new:
            journal.sessions.take_as_published(sessions)
            self._is_new = False
        if now - started < FIRST_SYNC_WAIT and not self.host.synced_since(started):
            return due
        news = journal.sessions.due(int(now.timestamp()), self._live, sessions)
        return due + [session_activity(session, self._day_at) for session in news]

    def _day_at(self, moment: datetime) -> date:
        return self.host.ledger.calendar.span_at(epoch_minute(moment)).day

    def _day_of(self, moment_s: float) -> date:
        return self._day_at(datetime.fromtimestamp(moment_s, UTC))

    def _settled_before(self, now: datetime, today: date) -> date:
        """Give the first day for which steps are still waited for."""
        if self.host.clock.has_leapt:
            # Nobody knows whether those days were lived; a clock that was wrong is set soon.
            return date.min
        waiting = self.goal_days.unsettled(today)
        day = waiting[0].day if waiting else today
        # Days that nobody opened yet wait too.
        while day < today:
            end = self.host.ledger.day(day).end
            waited = now >= max(end, self._started or now) + LATE_STEPS_WAIT
            if not (waited or (now >= end + ROWS_AFTER and self.host.synced_since(end + ROWS_AFTER))):
                return day
            day += timedelta(days=1)
        return today

    # What only time decides

    @callback
    def _async_look_again(self, now: datetime) -> None:
        """Look again soon while a session may end or a day still waits for steps."""
        sessions = self._outbox.journal.sessions
        if not sessions.ongoing and not self.goal_days.unsettled(self.goal_days.current.day):
            self._async_stop_looking()
        elif not self._stop_looking:
            self._stop_looking = async_call_later(self.hass, LOOK_EVERY_S, self._async_look)

    @callback
    def _async_look(self, now: datetime) -> None:
        self._stop_looking = None
        self.host.show()

    @callback
    def _async_stop_looking(self) -> None:
        if self._stop_looking:
            self._stop_looking()
            self._stop_looking = None

    def _document(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "goal_days": self.goal_days.as_dict(),
            "journal": self._outbox.journal.as_dict(),
        }


def _seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0
