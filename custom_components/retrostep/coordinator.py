"""The walker: brings pods, ledger and storage together and updates the entities."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, UnitOfLength
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from .clock import WalkerClock
from .const import CONF_KEPT, CONF_MAC, CONF_WALKER_SLUG, DOMAIN, SUBENTRY_POD
from .core.clock import ClockWatch, Jump
from .core.goals.view import GoalView
from .core.guided_sessions.result import SessionView
from .core.guided_sessions.three_metre_walks import ThreeMetreView
from .core.history.history import History, Week
from .core.history.session_index import LastSession, SessionIndex
from .core.ledger.corrections import WalkChange
from .core.ledger.counts import Counts
from .core.ledger.ledger import Ledger
from .core.ledger.row_sync import SyncResult
from .core.ledger.totals import DayTotals
from .core.sitting.models import SittingView
from .core.storage.files import StorageError
from .core.storage.layout import LEDGER
from .features.events import Events
from .features.feature import Feature
from .features.feelings import Feelings
from .features.goals import GoalTracker
from .features.guided_sessions import GuidedSessions
from .features.pod_sounds import async_start_pod_sounds
from .features.reminders import Reminders
from .issues import walker as walker_issues
from .issues.pod import async_report, async_report_refused, async_report_shown, async_withdraw
from .length_units import async_length_unit
from .pods.pod import CADENCE, SPEED, WALKING_BACKWARD, Pod, async_any_on, async_highest
from .pods.positions import async_pod_positions
from .pods.sync import FetchBudget, PodSync, async_last_contact
from .statistics import WalkerStatistics, async_has_rows
from .storage import WalkerArchive, reading
from .walker import async_day_start, async_has_pods, async_set_up_by, async_weight_kg, async_zone

_LOGGER = logging.getLogger(__name__)

type RetroStepConfigEntry = ConfigEntry[WalkerCoordinator]


@dataclass(frozen=True, slots=True)
class WalkerData:
    """What the walker's entities show; speed and cadence are those of now, None while nobody walks.

    `length_unit` is the unit of the house for what Home Assistant does not convert by itself.
    """

    today: DayTotals
    week: Week
    total: Counts
    sessions_today: int
    last_session: LastSession | None
    last_step: datetime | None
    last_contact: datetime | None
    walking_backward: bool | None
    worn: bool | None
    speed_mps: float | None
    cadence_spm: float | None
    weight_kg: float | None
    length_unit: UnitOfLength
    goal: GoalView
    sitting: SittingView
    guided_session: SessionView
    three_metres: ThreeMetreView


class WalkerCoordinator(DataUpdateCoordinator[WalkerData]):
    """Keeps one walker's ledger; pushed by pods, never polling."""

    config_entry: RetroStepConfigEntry

    def __init__(self, hass: HomeAssistant, entry: RetroStepConfigEntry) -> None:
        super().__init__(hass, _LOGGER, config_entry=entry, name=entry.title)
        self.slug: str = entry.data[CONF_WALKER_SLUG]
        self.archive = WalkerArchive(hass, entry.entry_id, self._async_written)
        self.store = self.archive.part(LEDGER)
        self.ledger: Ledger
        self._clock = WalkerClock(hass, entry.entry_id, self._async_clock_jumped)
        self.zone: ZoneInfo
        self.history: History
        self.statistics: WalkerStatistics
        self.pods: dict[str, Pod] = {}
        self.syncs: dict[str, PodSync] = {}
        self.goals = GoalTracker(self)
        self.reminders = Reminders(self)
        self.guided_sessions = GuidedSessions(
            self, lambda: self.goals.view, partial(walker_issues.async_report_safety_notes, hass, entry)
        )
        self.feelings = Feelings(self)
        self.features: list[Feature] = [self.goals, self.reminders, self.guided_sessions, self.feelings]
        self.events = Events(hass, entry.entry_id)
        self._positions = async_pod_positions(hass)
        self._set_up_with = async_set_up_by(entry)
        self._options = entry.options
        self._day_end: datetime
        self._is_round_due = False
        self._stop_waiting_for_midnight: CALLBACK_TYPE | None = None

    async def async_load(self) -> None:
        """Read what is kept; raise ConfigEntryError rather than begin anew over what can't be read."""
        try:
            await walker_issues.async_read_positions(self.hass, self.config_entry, self._positions)
            await self._clock.async_read(self._async_read)
        except (OSError, StorageError) as err:
            _LOGGER.warning("What is kept of %s can't be used: %s", self.config_entry.title, err)
            raise walker_issues.async_refusal(self.hass, self.config_entry, err) from None
        walker_issues.async_report_storage(self.hass, self.config_entry, None)
        made = self.config_entry.created_at
        self.config_entry.async_on_unload(self._clock.async_start(self.hass, self.ledger.known_s, made))
        self._async_settle()

    async def _async_read(self) -> None:
        zone = await async_zone(self.hass, self.config_entry)
        await self.archive.async_load(is_expected=await self._async_was_kept())
        document = await self.store.async_load()
        if document is None:
            self.ledger = Ledger(zone, async_day_start(self.config_entry))
        else:
            with reading(LEDGER):
                self.ledger = await self.hass.async_add_executor_job(Ledger.from_dict, document)
        self._async_update_zone(zone)
        self.history = History(self.ledger)
        self.statistics = WalkerStatistics(self.hass, self.config_entry.title, self.slug, self.ledger)
        await self.hass.async_add_executor_job(self.history.open, self.now())
        for feature in self.features:
            with reading(feature.part):
                await feature.async_load()
        clocked = [one for feature in self.features for one in feature.clocked]
        self._clock.async_go_on(self.archive.stamp, [self.ledger.redating, *clocked])

    async def _async_was_kept(self) -> bool:
        """Say whether there must be a ledger, by what else remembers one."""
        entry = self.config_entry
        if CONF_KEPT in entry.data or self._positions.knows(entry.entry_id):
            return True
        return not await self.archive.async_is_there() and await async_has_rows(
            self.hass, self.slug, entry.created_at
        )

    @callback
    def async_start(self) -> None:
        """Watch the pods, the clock and Home Assistant's zone until the entry is unloaded."""
        entry = self.config_entry
        budget = FetchBudget()
        for subentry in entry.get_subentries_of_type(SUBENTRY_POD):
            mac: str = subentry.data[CONF_MAC]
            self._async_take_over(mac)
            pod = self.pods[mac] = Pod(self.hass, entry, mac, self._async_live, self._async_reachable)
            self.syncs[mac] = PodSync(
                self.hass,
                entry,
                pod,
                ledger=self.ledger,
                store=self.store,
                now=self.now,
                budget=budget,
                on_settled=self._async_synced,
            )
        self.ledger.expect_pods(self.pods)
        for sync in self.syncs.values():
            sync.async_start()
        for feature in self.features:
            feature.async_start()
        entry.async_on_unload(self._async_forget_midnight)
        self._async_show()
        async_start_pod_sounds(self)
        entry.async_on_unload(self.hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, self._async_zone_changed))

    @callback
    def _async_take_over(self, mac: str) -> None:
        """Leave the minutes a pod counted for another walker to that walker."""
        for other in self.hass.config_entries.async_loaded_entries(DOMAIN):
            if other is not self.config_entry:
                coordinator: WalkerCoordinator = other.runtime_data
                self.ledger.take_over(mac, coordinator.ledger.logs(mac))
        for logs in self._positions.async_of_others(self.config_entry.entry_id, mac):
            self.ledger.take_over(mac, logs)

    async def async_close(self) -> None:
        """Write everything down; what pods report from now on is for the next set-up."""
        # At the same moment: the next walker of a pod must not skip a row that is not in the document.
        self._clock.async_end()
        memories = [self.ledger.redating.clock_memory()]
        self._positions.async_note(self.config_entry.entry_id, self.ledger, self.syncs)
        await self.store.async_close(self.ledger.as_dict())
        await self._positions.async_save()
        for feature in self.features:
            memories += [one.clock_memory() for one in feature.clocked]
            await feature.async_close()
        if not self.archive.is_unsaved:
            self._clock.async_remember(self.archive.stamp, memories)

    @callback
    def async_take_over_settings(self) -> bool:
        """Take over changed options; returns False if only a new set-up can.

        A goal or a threshold is changed without letting go of the pods.
        """
        if async_set_up_by(self.config_entry) != self._set_up_with:
            return False
        if self._options == self.config_entry.options:
            # What an entry remembers of its storage is no setting.
            return True
        self._options = self.config_entry.options
        for feature in self.features:
            feature.async_settings_changed()
        self._async_show()
        return True

    @callback
    def async_forget_removed_pods(self) -> None:
        """Drop the live part of pods that are no longer the walker's; their history stays."""
        owned = {
            subentry.data[CONF_MAC] for subentry in self.config_entry.get_subentries_of_type(SUBENTRY_POD)
        }
        for mac in self.syncs.keys() - owned:
            self.ledger.forget_pod(mac)
            async_withdraw(self.hass, mac)

    # What pods report

    @callback
    def _async_live(self, pod: Pod) -> None:
        """Take over what a pod shows now."""
        async_report_shown(self.hass, pod)
        before = self.ledger.total()
        if (live := pod.live) is None:
            self.ledger.live_lost(pod.mac)
        else:
            self.ledger.live(pod.mac, live, self.now())
        if self.ledger.total() != before:
            self.store.async_save_later(self.ledger.as_dict)
        self._async_show()

    @callback
    def _async_reachable(self, pod: Pod) -> None:
        self.syncs[pod.mac].async_request()

    @callback
    def _async_synced(self, pod: Pod, result: SyncResult) -> None:
        """Take over what a round of fetching minutes changed."""
        if self.store.closed:
            return
        async_report(self.hass, self.config_entry, pod, result, self.syncs[pod.mac].clocks_differ_s)
        async_report_refused(self.hass, pod, self.syncs[pod.mac].refused_for_long, result.reason)
        self.statistics.async_send(result.changed_hours)
        self._async_settle(result.changed_hours)

    @callback
    def async_corrected(self, change: WalkChange) -> None:
        """Show a walk that was added or removed by hand."""
        self.statistics.async_corrected(change.changed_hours)
        self._async_settle(change.changed_hours)

    # What the entities show

    @callback
    def _async_settle(self, changed_hours: Collection[datetime] = ()) -> None:
        """Show the ledger after something else than live values changed it, or after midnight."""
        now = self.now()
        self.history.refresh(now, changed_hours)
        today = self.ledger.today(now)
        self._day_end = today.end
        self._async_forget_midnight()
        self._stop_waiting_for_midnight = async_track_point_in_utc_time(
            self.hass, self._async_midnight, today.end
        )
        self._async_show()

    @callback
    def show(self) -> None:
        """Show soon, once, however often it is asked for until then; for features."""
        if not self._is_round_due:
            self._is_round_due = True
            self.hass.loop.call_soon(self._async_round)

    @callback
    def _async_round(self) -> None:
        self._is_round_due = False
        if not self.store.closed:
            self._async_show()

    @callback
    def _async_show(self) -> None:
        """Have features take over what is new, then show it, then publish what happened."""
        now = self.now()
        if now >= self._day_end:
            # Something woke at midnight before the clock of the days did.
            self._async_settle()
            return
        for feature in self.features:
            feature.async_update(now)
        pods, has_pods = list(self.pods.values()), async_has_pods(self.config_entry)
        self.async_set_updated_data(
            WalkerData(
                today=(today := self.ledger.today(now)),
                week=self.history.week(today),
                total=self.ledger.total(),
                sessions_today=self.history.sessions_today,
                last_session=self.sessions.last,
                last_step=self.ledger.last_step_at(),
                last_contact=async_last_contact(self.syncs.values()),
                # Without a pod nothing is unknown: there is none to wear.
                walking_backward=async_any_on(pods, WALKING_BACKWARD) if has_pods else False,
                worn=self.reminders.view.worn if has_pods else False,
                speed_mps=async_highest(pods, SPEED),
                cadence_spm=async_highest(pods, CADENCE),
                weight_kg=async_weight_kg(self.config_entry),
                length_unit=async_length_unit(self.hass),
                goal=self.goals.view,
                sitting=self.reminders.view,
                guided_session=self.guided_sessions.view,
                three_metres=self.guided_sessions.three_metres,
            )
        )
        self.events.async_publish()

    @callback
    def _async_written(self, error: OSError | None) -> None:
        """Tell whether what happens can be written down; remember once that something is kept."""
        entry = self.config_entry
        walker_issues.async_report_writing(self.hass, entry, error)
        if error is None and CONF_KEPT not in entry.data:
            self.hass.config_entries.async_update_entry(entry, data={**entry.data, CONF_KEPT: True})

    # What features ask for

    @property
    def clock(self) -> ClockWatch:
        """What is known of Home Assistant's clock."""
        return self._clock.watch

    @callback
    def now(self) -> datetime:
        """Give the time; a jump of the clock since the last look is dealt with first."""
        return self._clock.async_now()

    @callback
    def _async_clock_jumped(self, jump: Jump, now: datetime) -> None:
        """Put right what a wrong clock dated, and go on by the clock as it is now."""
        _LOGGER.warning("The clock of Home Assistant jumped by %d s; %s goes on by it", jump.by_s, self.name)
        changed = self.ledger.clock_jumped(jump)
        for sync in self.syncs.values():
            sync.async_clock_jumped(jump.by_s)
        for feature in self.features:
            feature.async_clock_jumped(jump, now)
        self._async_update_zone(self.zone)
        self.store.async_save_later(self.ledger.as_dict)
        self.statistics.async_send(changed)
        self._async_settle(changed)

    @property
    def sessions(self) -> SessionIndex:
        """The sessions of the ledger."""
        return self.history.sessions

    @callback
    def synced_since(self, moment: datetime) -> bool:
        """Say whether every pod has reported all it knows since a moment."""
        return all(sync.complete_at and sync.complete_at >= moment for sync in self.syncs.values())

    # The walker's day

    @callback
    def _async_midnight(self, now: datetime) -> None:
        self._stop_waiting_for_midnight = None
        self._async_update_zone(self.zone)
        self._async_settle()

    @callback
    def _async_forget_midnight(self) -> None:
        if self._stop_waiting_for_midnight:
            self._stop_waiting_for_midnight()
            self._stop_waiting_for_midnight = None

    async def _async_zone_changed(self, event: Event) -> None:
        self._async_update_zone(await async_zone(self.hass, self.config_entry))
        self._async_settle()

    @callback
    def _async_update_zone(self, zone: ZoneInfo) -> None:
        """Have the next day in a new zone; that it is the next one must survive a restart."""
        self.zone = zone
        if self.clock.is_set_back:
            return  # Days that were lived lie ahead; it is asked again when the clock jumps, and at midnight.
        start, is_believed = async_day_start(self.config_entry), self.clock.is_believed
        if self.ledger.set_zone(zone, start, dt_util.utcnow(), in_doubt=not is_believed):
            self.store.async_save_later(self.ledger.as_dict)
