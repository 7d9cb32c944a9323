"""Fixes of what may be wrong with a pod."""

import asyncio
from typing import Any, Final

from homeassistant.components.repairs import RepairsFlowResult
from homeassistant.components.update.const import DOMAIN as UPDATE_DOMAIN
from homeassistant.components.update.const import SERVICE_INSTALL
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import callback

from ..const import CONF_MAC, SUBENTRY_POD
from ..core.ledger.row_sync import Outcome
from ..core.markdown import as_text
from ..pods.device import async_connect_anew, async_enable, async_pod_name, async_update_entity
from ..pods.identity import async_replace, async_subentry, async_successor
from ..pods.sync import PodSync
from ..walker import async_macs_in_use, async_walker_entries
from .flow import CONFIRM, STILL_SO, CheckFlow, IssueFlow, WalkerRepairFlow
from .pod import CLOCK_SKEW_MAX_S, MINUTES_LOST, async_withdraw

ENABLE: Final = "enable"
REMOVE: Final = "remove"
INSTALL: Final = "install"
SAME_SHOE: Final = "same_shoe"
OTHER_POD: Final = "other_pod"
ABORT_BOARD_GONE: Final = "board_gone"
ABORT_UPDATE_STARTED: Final = "update_started"
OUT_OF_REACH: Final = "out_of_reach"
FUTURE_MINUTES: Final = "future_minutes"

# A pod in reach is back within a few seconds after ESPHome let go of it.
REACHED_WITHIN_S: Final = 20


class PodFlow(WalkerRepairFlow):
    """What can be done about a pod; the issue's data name its MAC too."""

    @property
    def _mac(self) -> str:
        return str((self.data or {})["mac"])

    @callback
    def _async_take_off(self) -> RepairsFlowResult:
        """Take the pod off its walker; what it counted stays."""
        subentries = self._entry.get_subentries_of_type(SUBENTRY_POD) if self._entry else ()
        for subentry in list(subentries):
            if self._entry and subentry.data[CONF_MAC] == self._mac:
                self.hass.config_entries.async_remove_subentry(self._entry, subentry.subentry_id)
        async_withdraw(self.hass, self._mac)
        return self._async_fixed()


class MinutesLostFlow(IssueFlow):
    """Have it taken note of; the issue is kept over restarts, and names no pod on disk and in diagnostics."""

    @callback
    def _async_begin(self) -> RepairsFlowResult:
        about = self.issue_id.removeprefix(f"{MINUTES_LOST}_")
        names = {
            subentry.subentry_id: async_pod_name(self.hass, subentry)
            for entry in async_walker_entries(self.hass)
            for subentry in entry.get_subentries_of_type(SUBENTRY_POD)
        }
        self._placeholders["pod"] = as_text(names.get(about, ""))
        return self._async_ask()

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Take it as read."""
        return self._async_fixed()


class PodGoneFlow(PodFlow):
    """Take a pod off its walker."""

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Do what was asked."""
        return self._async_take_off()


class PodReplacedFlow(PodFlow):
    """Let a walker's pod be the board that ESPHome has in its place now, or take the pod off."""

    @callback
    def _async_begin(self) -> RepairsFlowResult:
        return self._async_offer(SAME_SHOE, OTHER_POD)

    async def async_step_same_shoe(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Go on with the new board."""
        entry = self._entry
        subentry = async_subentry(entry, self._mac) if entry else None
        in_use = async_macs_in_use(self.hass)
        new = async_successor(self.hass, subentry, in_use) if subentry else None
        if entry is None or subentry is None or new is None:
            return self.async_abort(reason=ABORT_BOARD_GONE, description_placeholders=self._placeholders)
        async_replace(self.hass, entry, subentry, new)
        async_withdraw(self.hass, self._mac)
        return self._async_fixed()

    async def async_step_other_pod(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Take the old pod off; the new one is anybody's."""
        return self._async_take_off()


class PodDisabledFlow(PodFlow):
    """Enable a pod again or take it off its walker."""

    @callback
    def _async_begin(self) -> RepairsFlowResult:
        return self._async_offer(ENABLE, REMOVE)

    async def async_step_enable(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Enable the pod in ESPHome."""
        await async_enable(self.hass, self._mac)
        return self._async_fixed()

    async def async_step_remove(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Take the pod off."""
        return self._async_take_off()


class PodCheckFlow(CheckFlow, PodFlow):
    """Ask a pod for its minutes once more: that shows whether all is well now."""

    @property
    def _sync(self) -> PodSync | None:
        entry = self._entry
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            return None
        sync: PodSync | None = entry.runtime_data.syncs.get(self._mac)
        return sync

    async def _async_check(self) -> str | None:
        if (sync := self._sync) is None:
            return None if self._is_over else OUT_OF_REACH
        result = await sync.async_sync()
        if result.outcome in (Outcome.OK, Outcome.REFUSED):
            return None if self._is_over else STILL_SO
        return OUT_OF_REACH


class ClockFlow(PodCheckFlow):
    """Have a pod ask Home Assistant for the time."""

    async def _async_check(self) -> str | None:
        """Connect anew, because a pod asks for the time whenever it is connected."""
        if not await async_connect_anew(self.hass, self._mac) or not await self._async_reached():
            return None if self._is_over else OUT_OF_REACH
        error = await super()._async_check()
        skew_s = (self._sync and self._sync.last_result and self._sync.last_result.clock_skew_s) or 0
        if error != STILL_SO:
            return error
        self._placeholders["minutes"] = str(abs(skew_s) // 60)
        # The clock may be right again while the log still holds what it dated before.
        return STILL_SO if abs(skew_s) > CLOCK_SKEW_MAX_S else FUTURE_MINUTES

    async def _async_reached(self) -> bool:
        """Wait until the pod is connected again; returns whether it is."""
        if (sync := self._sync) is None:
            return False
        try:
            async with asyncio.timeout(REACHED_WITHIN_S):
                await sync.pod.async_wait_until_reached()
        except TimeoutError:
            return False
        return True


class FirmwareTooOldFlow(PodCheckFlow):
    """Install a newer firmware where Home Assistant can, and ask the pod again."""

    @callback
    def _async_begin(self) -> RepairsFlowResult:
        if async_update_entity(self.hass, self._mac):
            return self._async_offer(INSTALL, CONFIRM)
        return self._async_ask()

    async def async_step_install(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Begin the update; it takes minutes, and the issue goes when the pod is back."""
        if (entity_id := async_update_entity(self.hass, self._mac)) is None:
            return await self.async_step_confirm()
        await self.hass.services.async_call(UPDATE_DOMAIN, SERVICE_INSTALL, {ATTR_ENTITY_ID: entity_id})
        return self.async_abort(reason=ABORT_UPDATE_STARTED, description_placeholders=self._placeholders)
