"""When a pod's minutes are fetched, and what is said about it."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from time import monotonic
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later, async_track_time_interval

from ..core.ledger.ledger import Ledger
from ..core.ledger.page import PageFailure
from ..core.ledger.row_sync import Outcome, RowSync, SyncResult
from ..storage import WalkerStore
from .plausible import LASTS_S
from .pod import GET_MINUTES, Pod

_LOGGER = logging.getLogger(__name__)

# Minutes are fetched when the pod announces them; the timer only catches what was missed.
SYNC_INTERVAL = timedelta(minutes=5)
# A pod asks for the time now and then; a clock that is still another after a week stays another.
PATIENCE_S = 7 * 86_400

# Fetching all a pod can hold takes some ten seconds; one that answers slower or for ever is asked again
# at the next round, so that no round outlasts what others wait for.
ROUND_S = 120


# After a pause so many rounds follow each other as they are asked for, then one in so many seconds.
ROUNDS_AT_ONCE: Final = 8
ROUND_EVERY_S: Final = 110


class FetchBudget:
    """How often the minutes of a walker's pods are fetched, and so written to a memory card that wears out.

    A short walk is fetched minute by minute; of a long one several minutes at a time, as a pod that is read
    later gives the same rows.
    """

    def __init__(self) -> None:
        self._left: float = ROUNDS_AT_ONCE
        self._counted_at = monotonic()

    def take(self) -> float:
        """Take a round; returns in how many seconds it may begin."""
        now = monotonic()
        elapsed = max(0.0, now - self._counted_at)
        self._left = min(ROUNDS_AT_ONCE, self._left + elapsed / ROUND_EVERY_S) - 1
        self._counted_at = now
        return max(0.0, -self._left * ROUND_EVERY_S)


class PodSync:
    """Fetches the minutes of one pod into the walker's ledger, one round at a time.

    `on_settled` is called after every round in which the ledger may have changed.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        pod: Pod,
        *,
        ledger: Ledger,
        store: WalkerStore,
        now: Callable[[], datetime],
        budget: FetchBudget,
        on_settled: Callable[[Pod, SyncResult], None],
    ) -> None:
        self.pod = pod
        self.last_result: SyncResult | None = None
        self.complete_at: datetime | None = None
        """When everything the pod had was last fetched."""
        self._hass = hass
        self._entry = entry
        self._link = RowSync(pod.mac, ledger, pod, store)
        self._now = now
        self._on_settled = on_settled
        self._round_began: datetime | None = None
        self._refused_since: float | None = None
        self._differ_since: float | None = None
        self._budget = budget
        self._stop_delay: CALLBACK_TYPE | None = None
        self._one_round = asyncio.Lock()
        self._waiting = False

    @callback
    def async_start(self) -> None:
        """Fetch whenever the pod has minutes, until the walker is unloaded."""
        self._entry.async_on_unload(async_track_time_interval(self._hass, self._async_tick, SYNC_INTERVAL))
        self._entry.async_on_unload(self._async_stop)
        self.pod.async_start()

    @callback
    def async_request(self) -> None:
        """Fetch soon; a request during a round leads to one more round."""
        if self._waiting:
            return
        self._waiting = True
        if delay_s := self._budget.take():
            self._stop_delay = async_call_later(self._hass, delay_s, self._async_begin)
        else:
            self._async_begin()

    @callback
    def _async_begin(self, now: datetime | None = None) -> None:
        self._stop_delay = None
        self._entry.async_create_background_task(
            self._hass, self._async_requested_sync(), f"RetroStep minutes of {self.pod.mac}"
        )

    @callback
    def _async_stop(self) -> None:
        if self._stop_delay:
            self._stop_delay()
            self._stop_delay = None

    async def _async_requested_sync(self) -> None:
        async with self._one_round:
            self._waiting = False
            await self._async_round()

    async def async_sync(self) -> SyncResult:
        """Fetch now."""
        async with self._one_round:
            return await self._async_round()

    async def _async_round(self) -> SyncResult:
        self._round_began = self._now()
        ends_at = monotonic() + ROUND_S
        result = await self._link.sync(
            self._round_began, lambda: monotonic() < ends_at, insist=self.clocks_differ_s >= PATIENCE_S
        )
        self._async_note_clock(result)
        self._async_log(result)
        if result.outcome is Outcome.OK:
            self.complete_at = self._round_began
            self._refused_since = None
        elif result.outcome in (Outcome.REFUSED, Outcome.INCOMPLETE) and self._refused_since is None:
            self._refused_since = monotonic()
        self.last_result = result
        self._on_settled(self.pod, result)
        return result

    @property
    def refused_for_long(self) -> list[str]:
        """What of the pod can't be true and has not for long: names of its sensors and of its action."""
        since = self._refused_since
        pages = [GET_MINUTES] if since is not None and monotonic() - since >= LASTS_S else []
        return [*self.pod.plausibility.refused_for_long, *pages]

    @property
    def clocks_differ_s(self) -> float:
        """For how long nothing was taken because the pod's clock and ours disagree."""
        return 0 if self._differ_since is None else monotonic() - self._differ_since

    @callback
    def async_clock_jumped(self, by_s: float) -> None:
        """Go on as if the clock had not been set, also in a round that is under way."""
        self._link.clock_jumped(by_s)
        by = timedelta(seconds=by_s)
        if self._round_began:
            self._round_began += by
        if self.complete_at:
            self.complete_at += by

    @callback
    def _async_note_clock(self, result: SyncResult) -> None:
        if result.reason is not PageFailure.FUTURE_MINUTE:
            if result.outcome is Outcome.OK and self.clocks_differ_s < PATIENCE_S:
                self._differ_since = None
        elif self._differ_since is None:
            self._differ_since = monotonic()

    @callback
    def _async_tick(self, now: datetime) -> None:
        if self.pod.reachable:
            self.async_request()

    @callback
    def _async_log(self, result: SyncResult) -> None:
        """Say once that something went wrong, and once that it is over."""
        before = self.last_result
        if result.log_reused:
            _LOGGER.warning(
                "Pod %s (%s) began a new log under an earlier one's name; its minutes count as new",
                self.pod.name,
                self.pod.mac,
            )
        if result.strays and not (before and before.strays):
            _LOGGER.warning(
                "Pod %s (%s) gave %d answers to questions that were not asked; they were set aside",
                self.pod.name,
                self.pod.mac,
                result.strays,
            )
        if before and (before.outcome, before.reason) == (result.outcome, result.reason):
            return
        if result.outcome is not Outcome.OK:
            _LOGGER.warning(
                "Minutes of pod %s (%s) could not be fetched: %s %s %s",
                self.pod.name,
                self.pod.mac,
                result.outcome.value,
                result.reason or "",
                result.detail or "",
            )
        elif before:
            _LOGGER.info("Minutes of pod %s (%s) are fetched again", self.pod.name, self.pod.mac)


@callback
def async_last_contact(syncs: Iterable[PodSync]) -> datetime | None:
    """Say when a pod was last reached and everything it had was fetched; None: not since the start."""
    return max((sync.complete_at for sync in syncs if sync.complete_at), default=None)
