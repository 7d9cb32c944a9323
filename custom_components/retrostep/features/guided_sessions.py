"""Leads a walker through guided sessions and keeps the results of the 3 m walk."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final, override

from homeassistant.const import Platform
from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.translation import async_get_translations

from ..const import DOMAIN, SECTION_GUIDE
from ..core.clock import Clocked, Jump
from ..core.documents import Migrations, lift
from ..core.goals.goal import GoalKind
from ..core.goals.view import GoalView
from ..core.guided_sessions.fitting import fitted, most_s
from ..core.guided_sessions.meter import PodSeen
from ..core.guided_sessions.result import EventKind, Result, SessionEvent, SessionMoment, SessionView
from ..core.guided_sessions.routine import (
    CONF_METRONOME,
    CONF_METRONOME_RATE,
    CONF_PAUSE_MIN,
    CONF_ROUTINE,
    DEFAULT_METRONOME_RATE,
    DEFAULT_PAUSE_MIN,
    DEFAULT_ROUTINE,
    SECONDS_PER_UNIT,
    Lengths,
    Routine,
    Stage,
    Unit,
    stages_of,
)
from ..core.guided_sessions.session import GuidedSession
from ..core.guided_sessions.three_metre_walks import ThreeMetreView, ThreeMetreWalks
from ..core.reports.answers import trend_answer, trial_set_answer
from ..pods.controls import async_press
from ..pods.pod import CADENCE, THREE_METRES, THREE_METRES_TIME, WALKING_BACKWARD, Pod
from .coaching import Coaching
from .events import GUIDED_SESSION
from .feature import Feature
from .host import Host
from .pod_sounds import Metronome

_LOGGER = logging.getLogger(__name__)

VERSION: Final = 2
MIGRATIONS: Final[Migrations] = {1: lambda kept: {**kept, "session": kept["coach"]}}
START_THREE_METRES: Final = "Start 3 m walk"
START_SIGNAL: Final = "Start signal"
SETS_TOLD: Final = 20
TICK: Final = timedelta(seconds=1)
# What a stage has done changes all the time; nobody needs a new state every second.
CALM_S: Final = 10

# Said where a session starts, in this order.
SAFETY: Final = ("professional", "place", "company", "small_steps", "posture", "rest")

# In what a session counts what is left of a goal.
UNIT_OF_GOAL: Final[Mapping[GoalKind, Unit]] = {GoalKind.STEPS: Unit.STEPS, GoalKind.METRES: Unit.METRES}


class GuidedSessions(Feature):
    """Leads one walker through guided sessions, by what the pods report."""

    part: ClassVar[str] = SECTION_GUIDE

    def __init__(self, host: Host, goal: Callable[[], GoalView], tell_unread: Callable[[bool], None]) -> None:
        """Prepare; `goal` gives today's goal, `tell_unread` shows the safety notes or takes them away."""
        super().__init__(host)
        self.store = host.archive.part(self.part)
        self._goal = goal
        self._tell_unread = tell_unread
        self.session = GuidedSession()
        self.walks = ThreeMetreWalks()
        self.view = SessionView()
        self.three_metres = ThreeMetreView()
        self.safety: dict[str, str] = {}
        """Safety notes in the language of the house, by their key."""
        self.has_read_safety = False
        """Whether somebody said that the safety notes were read."""
        self._metronome = Metronome(self.hass, self.entry)
        self._coaching = Coaching(host, self)
        self._shown_at = 0.0
        self._started = False
        self._stop_ticking: CALLBACK_TYPE | None = None

    # Sessions

    @callback
    def async_press_start(self) -> None:
        """Start the routine the walker chose; for the button."""
        self.async_start_session()

    @callback
    def async_start_session(
        self,
        routine: Routine | None = None,
        stages: Sequence[Stage] = (),
        *,
        metronome: bool | None = None,
        has_read_safety: bool = False,
        anyway: bool = False,
    ) -> tuple[Stage, ...]:
        """Start a session; returns its stages. Raises ServiceValidationError.

        Nobody begins their first one before the safety notes were read. One with something in the way waits
        until that is gone, unless it shall begin `anyway`: that may be said later, too.
        """
        if anyway and self.session.is_held:
            self._coaching.async_accept()
            return self.session.stages
        if self.session.active:
            raise self._refusal(translation_key="session_running")
        if not self._pods:
            raise self._refusal(translation_key="no_pods_for_session")
        if has_read_safety:
            self.async_confirm_safety()
        if not self.has_read_safety:
            self._tell_unread(True)
            raise self._refusal(translation_key="safety_notes_unread")
        routine = routine or Routine(self.settings.get(CONF_ROUTINE, DEFAULT_ROUTINE))
        chosen = tuple(stages) or self.stages(routine)
        if metronome is None:
            metronome = self.settings.get(CONF_METRONOME, False)
        now_s = self.host.now().timestamp()
        pause_s = self.settings.get(CONF_PAUSE_MIN, DEFAULT_PAUSE_MIN) * 60
        events = self.session.start(
            routine, chosen, self._seen(), now_s, pause_s=pause_s, metronome=metronome
        )
        self.async_announce(events + self._coaching.async_begin(now_s, anyway=anyway), now_s)
        self._async_tick_while_active()
        self.host.show()
        return chosen

    @callback
    def async_press_stop(self) -> None:
        """End the session; for the button."""
        self.async_stop_session()

    @callback
    def async_stop_session(self) -> Result | None:
        """End the session that goes on and give its result; raises ServiceValidationError."""
        if not self.session.active:
            raise self._refusal(translation_key="no_session")
        now_s = self.host.now().timestamp()
        self.async_announce(self.session.stop(now_s), now_s)
        self.host.show()
        return self.session.last

    @callback
    def async_confirm_safety(self) -> None:
        """Take somebody's word for having read the safety notes."""
        self._tell_unread(False)
        if not self.has_read_safety:
            self.has_read_safety = True
            self.store.async_save_later(self._document)

    def stages(self, routine: Routine) -> tuple[Stage, ...]:
        """Give the stages of a routine as it would be started now."""
        return self._fitted() if routine is Routine.FIT else stages_of(routine, self.lengths)

    def choices(self) -> dict[Routine, tuple[Stage, ...]]:
        """Give the routines as they would be started now, the walker's own first, none twice."""
        own = Routine(self.settings.get(CONF_ROUTINE, DEFAULT_ROUTINE))
        found: dict[Routine, tuple[Stage, ...]] = {}
        for routine in (own, Routine.FIT, Routine.SHORT, Routine.INTERVALS, Routine.DISTANCE):
            stages = self.stages(routine)
            pointless = routine is Routine.FIT and not self._is_anything_left
            if stages and stages not in found.values() and not pointless:
                found[routine] = stages
        return found

    @property
    def _is_anything_left(self) -> bool:
        """Whether today asks for more; a rest day and a paused goal ask for nothing."""
        goal = self._goal()
        return not (goal.met or goal.paused or goal.rest_day)

    def _fitted(self) -> tuple[Stage, ...]:
        """Give stages for what is left of today's goal; one interval if it counts sessions or is met."""
        goal, lengths = self._goal(), self.lengths
        unit = UNIT_OF_GOAL.get(goal.kind, Unit.SECONDS)
        left = goal.remaining * 60 if goal.kind is GoalKind.MINUTES else goal.remaining
        if goal.kind is GoalKind.SESSIONS or not self._is_anything_left:
            # Shorter ones don't count where a plan says how long a session is.
            least_s = goal.settings.spec.session_s if goal.settings.spec else 0
            unit, left = Unit.SECONDS, max(lengths.backward_min * 60, least_s)
        return fitted(unit, min(left, most_s(lengths) / SECONDS_PER_UNIT[unit]), lengths)

    def fitted_to(self, minutes: float) -> tuple[Stage, ...]:
        """Give stages that lead backward for so many minutes."""
        return fitted(Unit.SECONDS, minutes * 60, self.lengths)

    @property
    def lengths(self) -> Lengths:
        """What the walker chose for the routines."""
        chosen = {key: self.settings[key] for key in Lengths.__slots__ if key in self.settings}
        return Lengths(**{**chosen, "repeats": int(chosen.get("repeats", Lengths().repeats))})

    # The 3 m walk

    @property
    def can_time_three_metres(self) -> bool:
        """Whether a pod in reach can time them."""
        return any(pod.reachable and pod.has(Platform.BUTTON, START_THREE_METRES) for pod in self._pods)

    async def async_start_three_metres(self) -> None:
        """Have a pod time the next 3 m; raises ServiceValidationError if none can.

        A pod with a buzzer gives the signal to start.
        """
        for pod in self._pods:
            if pod.reachable and await async_press(self.hass, pod, START_THREE_METRES):
                await self._async_signal_start(pod)
                return
        raise self._refusal(translation_key="no_pod_for_3m_walk")

    async def _async_signal_start(self, pod: Pod) -> None:
        """Have a pod sound the start; it times the walk without, too."""
        try:
            await async_press(self.hass, pod, START_SIGNAL)
        except HomeAssistantError as err:
            _LOGGER.debug("%s gives no signal to start: %s", pod.name, err)

    # As a feature

    @override
    async def async_load(self) -> None:
        texts = await async_get_translations(self.hass, self.hass.config.language, "selector", {DOMAIN})
        place = f"component.{DOMAIN}.selector.safety.options"
        self.safety = {key: text for key in SAFETY if (text := texts.get(f"{place}.{key}"))}
        if (document := await self.store.async_load()) is None:
            return
        document = lift(document, VERSION, MIGRATIONS)
        self.session = GuidedSession.from_dict(document["session"])
        self.walks = ThreeMetreWalks.from_dict(document["three_metres"])
        self.has_read_safety = document["warned"]
        self._metronome = Metronome(self.hass, self.entry, document["metronome"])

    @property
    @override
    def clocked(self) -> list[Clocked]:
        return [self.session, self.walks]

    @callback
    @override
    def async_start(self) -> None:
        self._started = True
        self._coaching.async_start()
        self.entry.async_on_unload(self._async_end_ticking)
        self._async_tick_while_active()

    @callback
    @override
    def async_update(self, now: datetime) -> None:
        self._async_take(now.timestamp())

    @callback
    def _async_take(self, now_s: float) -> bool:
        """Take what the pods report; returns whether there is something to show."""
        if not self._started:
            return False
        shown = self.view
        events = self.session.update(self._seen(), now_s)
        self.async_announce(events, now_s)
        for pod in self._pods:
            seconds = pod.number(THREE_METRES_TIME)
            if self.walks.update(pod.mac, seconds, pod.text(THREE_METRES), now_s):
                self.store.async_save_later(self._document)
        self.three_metres = self.walks.view()
        rate = self.settings.get(CONF_METRONOME_RATE, DEFAULT_METRONOME_RATE)
        self._metronome.async_update(self._pods, self.session.wants_metronome, rate, now_s)
        self.view = self._calmed(self.session.view(), now_s)
        return bool(events) or self.view is not shown

    @callback
    @override
    def async_clock_jumped(self, jump: Jump, now: datetime) -> None:
        self.session.clock_jumped(jump)
        self.walks.clock_jumped(jump)
        self._metronome.async_clock_jumped(jump.by_s)
        self._coaching.async_clock_jumped(jump.by_s)
        self._shown_at += jump.by_s
        self.store.async_save_later(self._document)

    @callback
    @override
    def async_settings_changed(self) -> None:
        self._coaching.async_settings_changed()

    @override
    async def async_close(self) -> None:
        await self.store.async_close(self._document())

    @callback
    @override
    def summary(self, now: datetime) -> Mapping[str, Any]:
        told: dict[str, Any] = {}
        if last := self.session.last:
            start = datetime.fromtimestamp(last.started_at, UTC).isoformat()
            told["last_session"] = {"start": start, **last.summary()}
        if (walks := self.walks.view()).last:
            told["three_metres"] = {
                "last_s": walks.last.seconds,
                "best_s": walks.best.seconds if walks.best else None,
                "count": walks.count,
                "sets": [
                    trial_set_answer(trials, self.host.zone) for trials in self.walks.sets()[-SETS_TOLD:]
                ],
                "trend": walks.trend and trend_answer(walks.trend),
            }
        return told

    # Inside

    @property
    def _pods(self) -> list[Pod]:
        return list(self.host.pods.values())

    def _seen(self) -> list[PodSeen]:
        return [
            PodSeen(
                mac=pod.mac,
                in_reach=pod.reachable,
                totals=pod.live,
                walking_backward=pod.is_on(WALKING_BACKWARD),
                cadence=pod.number(CADENCE),
            )
            for pod in self._pods
        ]

    def _calmed(self, view: SessionView, now_s: float) -> SessionView:
        """Keep what is shown for a while if only the stage's progress changed."""
        shown = self.view
        same = replace(view, done=shown.done, remaining=shown.remaining, progress=shown.progress)
        if same == shown and now_s - self._shown_at < CALM_S:
            return shown
        self._shown_at = now_s
        return view

    @callback
    def _async_tick_while_active(self) -> None:
        if self.session.active and not self._stop_ticking:
            self._stop_ticking = async_track_time_interval(self.hass, self._async_tick, TICK)

    @callback
    def _async_end_ticking(self) -> None:
        if self._stop_ticking:
            self._stop_ticking()
            self._stop_ticking = None

    @callback
    def _async_tick(self, now: datetime) -> None:
        if self._async_take(self.host.now().timestamp()):
            self.host.show()
        if not self.session.active:
            self._async_end_ticking()

    @callback
    def async_report_path(self) -> dict[str, Any] | None:
        """Say what is in the way and what can't be seen; None: nothing is watched."""
        return self._coaching.async_report()

    @callback
    def async_announce(self, events: list[SessionEvent], now_s: float) -> None:
        """Announce what happened, and have what goes with the session take it."""
        for event in events:
            attributes = dict(event.attributes)
            if event.kind is EventKind.SESSION_STARTED:
                attributes["safety"] = [*self.safety.values()]
            self.host.events.async_add(GUIDED_SESSION, event.kind.value, **attributes)
        if events or self.session.active:
            self.store.async_save_later(self._document)
            self._coaching.async_take(SessionMoment(tuple(events), self.session.view(), now_s))

    def _refusal(self, translation_key: str) -> ServiceValidationError:
        return ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key=translation_key,
            translation_placeholders={"walker": self.entry.title},
        )

    def _document(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "session": self.session.as_dict(),
            "three_metres": self.walks.as_dict(),
            "metronome": self._metronome.ticking,
            "warned": self.has_read_safety,
        }
