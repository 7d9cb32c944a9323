"""Reminds a walker to get up: feeds the state machine and publishes what follows from it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, NamedTuple, override
from zoneinfo import ZoneInfo

from homeassistant.const import Platform
from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.event import async_track_point_in_utc_time

from ..const import CONF_PERSON, SECTION_REMINDERS
from ..core.clock import Clocked, Jump
from ..core.reports.answers import sitting_answer
from ..core.sitting.diary import SittingDay
from ..core.sitting.models import Facts, QuietReason, ReminderEvent, SittingState, SittingView
from ..core.sitting.settings import ReminderSettings, WeeklyTimes
from ..core.sitting.sitting import Sitting
from ..pods.pod import WORN, Pod
from .events import REMINDER
from .feature import Feature
from .host import Host
from .reminder_notifier import Notifier
from .surroundings import Surroundings

# What a crash may forget while somebody sits: less than for how long a silent pod is relied on.
SAVE_EVERY = timedelta(minutes=10)


class ClockSays(NamedTuple):
    """What the walker's times say of a stretch of time: why nobody is reminded, if so."""

    times: WeeklyTimes
    zone: ZoneInfo
    since: datetime
    until: datetime
    reason: QuietReason | None

    def holds(self, times: WeeklyTimes, zone: ZoneInfo, now: datetime) -> bool:
        """Say whether that is still so."""
        return (self.times, self.zone) == (times, zone) and self.since <= now < self.until


class Reminders(Feature):
    """Watches one walker's sitting."""

    part: ClassVar[str] = SECTION_REMINDERS

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.store = host.archive.part(self.part)
        self.chosen = ReminderSettings.of(self.settings)
        self.sitting: Sitting
        self.view = SittingView()
        self._notifier = Notifier(host, self)
        self._surroundings = Surroundings(host, self.chosen, self.entry.data[CONF_PERSON])
        self._positions: dict[str, object] = {}
        self._clock: ClockSays | None = None
        self._saved_state: tuple[SittingState, datetime | None] | None = None
        self._saved_at: datetime | None = None
        self._timer: CALLBACK_TYPE | None = None
        self._timer_at: datetime | None = None
        self._started = False

    @override
    async def async_load(self) -> None:
        self.sitting = Sitting(self.chosen.sitting, self.host.now(), await self.store.async_load())
        now = self.host.now()
        view = self.sitting.view(self.host.ledger.today(now).date, now)
        self.view = replace(view, enabled=self.chosen.enabled, worn=None)

    @property
    @override
    def clocked(self) -> list[Clocked]:
        return [self.sitting.diary]

    @callback
    @override
    def async_start(self) -> None:
        self._started = True
        self.entry.async_on_unload(self._async_stop_timer)
        self._surroundings.async_start()
        self._notifier.async_start()

    @override
    async def async_close(self) -> None:
        self._started = False
        await self.store.async_close(self.sitting.as_dict())

    @callback
    @override
    def async_clock_jumped(self, jump: Jump, now: datetime) -> None:
        self.sitting.clock_jumped(jump, now)
        # Rows may have moved, and timers run by the clock as it was.
        self._positions.clear()
        self._clock = None
        self._saved_at = None
        self._async_stop_timer()

    @callback
    @override
    def async_settings_changed(self) -> None:
        seat_before, self.chosen = self.chosen.seat, ReminderSettings.of(self.settings)
        if self.chosen.seat != seat_before:
            self.sitting.forget_seat()
        self.sitting.change_settings(self.chosen.sitting)
        self._surroundings.async_set(self.chosen)

    # What is new

    @callback
    @override
    def async_update(self, now: datetime) -> None:
        if not self._started:
            # Before its pods and entities are there nothing can be said, and nobody could hear it.
            return
        today = self.host.ledger.today(now)
        pods = self.host.pods
        self.sitting.begin_day(today.date, today.start, today.end)
        clock = self._by_the_clock(now)
        quiet = self._surroundings.quiet(clock.reason)
        facts = Facts(_worn(pods), self._surroundings.seat, quiet, clock.until, _gone(pods))
        self.sitting.observe(facts, now)
        self.sitting.walk({mac: pod.live if pod.reachable else None for mac, pod in pods.items()}, now)
        self._take_rows(now)
        self._note(self.sitting.evaluate(now))
        self._show(today.date, now)

    def _by_the_clock(self, now: datetime) -> ClockSays:
        """Say why nobody is reminded by the clock, if so, and until when that holds; asked on each stride."""
        times, zone = self.chosen.times, self.host.zone
        if not self._clock or not self._clock.holds(times, zone, now):
            self._clock = ClockSays(times, zone, now, times.next_look(now, zone), times.reason(now, zone))
        return self._clock

    @callback
    def _take_rows(self, now: datetime) -> None:
        """Take the minutes of the ledger if rows arrived since."""
        ledger = self.host.ledger
        positions: dict[str, object] = {mac: ledger.position(mac) for mac in self.host.pods}
        if positions == self._positions or self.host.clock.is_set_back:
            # By a clock that was set back earlier walks would lie in the sit that goes on.
            return
        self._positions = positions
        since = self.sitting.earliest or now
        self.sitting.walked(ledger.minutes(since, now), now)

    @callback
    def _show(self, today: date, now: datetime) -> None:
        view = self.sitting.view(today, now)
        worn = _felt(self.host.pods, view.worn)
        self.view = replace(view, enabled=self.chosen.enabled, worn=worn)
        self._async_wait(self.sitting.next_look(now))
        state = (view.state, view.snoozed_until)
        # Without reminders a sit is only counted: memory cards are spared what a crash may cost it.
        is_due = self.chosen.enabled and self._saved_at is not None and now - self._saved_at >= SAVE_EVERY
        if state != self._saved_state or is_due:
            self._saved_state, self._saved_at = state, now
            self.store.async_save_later(self.sitting.as_dict)

    @callback
    def _async_wait(self, until: datetime | None) -> None:
        """Look again at a moment, unless that happens earlier anyway."""
        if until is None or (self._timer_at is not None and self._timer_at <= until):
            return
        self._async_stop_timer()
        self._timer_at = until
        self._timer = async_track_point_in_utc_time(self.hass, self._async_time, until)

    @callback
    def _async_stop_timer(self) -> None:
        if self._timer:
            self._timer()
        self._timer = self._timer_at = None

    @callback
    def _async_time(self, now: datetime) -> None:
        self._timer = self._timer_at = None
        self.host.show()

    @callback
    def _note(self, events: list[ReminderEvent]) -> None:
        for event in events:
            self.host.events.async_add(REMINDER, event)

    @callback
    @override
    def summary(self, now: datetime) -> Mapping[str, Any]:
        today = self.host.ledger.today(now).date
        view = self.view
        week = self.days(today - timedelta(days=7), today - timedelta(days=1))
        return {
            "state": str(view.state),
            "sitting_min": view.sitting_min,
            "next_reminder": view.next_reminder and view.next_reminder.isoformat(),
            "today": sitting_answer(self.days(today, today)),
            "last_7_days": {"days": len(week), **sitting_answer(week)},
        }

    # What the person asks for

    @callback
    def async_snooze(self, pause: timedelta | None = None) -> None:
        """Remind no earlier than after a pause."""
        self._note(self.sitting.snooze(self.host.now() + (pause or self.chosen.snooze)))
        self.host.show()

    @callback
    def async_dismiss(self) -> None:
        """End the reminder that is out until the walker got up."""
        self._note(self.sitting.dismiss(self.host.now()))
        self.host.show()

    @callback
    def async_done(self) -> None:
        """Take the walker's word for having got up."""
        self._note(self.sitting.done(self.host.now()))
        self.host.show()

    async def async_test(self) -> None:
        """Send a reminder as a test; raises HomeAssistantError with what it did not reach."""
        await self._notifier.async_test()

    # What is known

    def days(self, first: date, last: date) -> list[SittingDay]:
        """Give how long the walker sat on the days that anything is known of, ascending, ends included."""
        return self.sitting.days(first, last, self.host.now())


def _gone(pods: Mapping[str, Pod]) -> bool:
    """Say whether all pods vanished that would be in reach if all were well, or can't feel the foot."""
    return bool(pods) and not any(
        (pod.reachable or pod.saves_power) and not pod.is_blind for pod in pods.values()
    )


def _worn(pods: Mapping[str, Pod]) -> bool | None:
    """Say whether any pod in reach is worn; one that can't say counts as worn. Without a pod none is."""
    if not pods:
        return False
    known = [
        worn
        for pod in pods.values()
        if pod.reachable
        and not pod.is_blind
        and (worn := pod.is_on(WORN) if pod.has(Platform.BINARY_SENSOR, WORN) else True) is not None
    ]
    return any(known) if known else None


def _felt(pods: Mapping[str, Pod], presumed: bool | None) -> bool | None:
    """Say whether a pod feels the foot; while none of them is in reach, what is `presumed` holds."""
    feeling = [pod for pod in pods.values() if not pod.is_blind and pod.has(Platform.BINARY_SENSOR, WORN)]
    known = [worn for pod in feeling if pod.reachable and (worn := pod.is_on(WORN)) is not None]
    if known:
        return any(known)
    return presumed if feeling else None
