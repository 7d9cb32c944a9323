"""Ways out when what is kept of a walker can't be read."""

from datetime import UTC, datetime
from typing import Any, Final

import voluptuous as vol
from homeassistant.components.recorder.const import DOMAIN as RECORDER_DOMAIN
from homeassistant.components.repairs import RepairsFlowResult
from homeassistant.config_entries import ConfigEntryState
from homeassistant.util import dt as dt_util

from ..const import CONF_WALKER_SLUG
from ..core.history.rebuilt import rebuilt
from ..core.storage.files import StorageError
from ..core.storage.layout import LEDGER
from ..statistics import async_stored_rows
from ..storage import async_begin_anew, async_copied_at, async_go_back
from ..walker import async_day_start, async_zone
from .flow import STILL_SO, WalkerRepairFlow

TRY_AGAIN: Final = "try_again"
LAST_COPY: Final = "last_copy"
STATISTICS: Final = "statistics"
NEW_BEGINNING: Final = "new_beginning"
CONF_SURE: Final = "sure"
NOT_SURE: Final = "not_sure"
NOT_DONE: Final = "not_done"


class StorageDamagedFlow(WalkerRepairFlow):
    """Offers the last good copy, the recorder's statistics and, after a clear yes, a new beginning."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Offer what there is."""
        self._async_note_placeholders()
        if (entry := self._entry) is None or self._is_read:
            return self._async_fixed()
        choices = [TRY_AGAIN]
        if (at := await async_copied_at(self.hass, entry.entry_id)) is not None:
            choices.append(LAST_COPY)
            self._placeholders["copied"] = (
                f"{dt_util.as_local(datetime.fromtimestamp(at, UTC)):%Y-%m-%d %H:%M}"
            )
        if LEDGER in (self._damaged or [LEDGER]) and RECORDER_DOMAIN in self.hass.config.components:
            choices.append(STATISTICS)
        return self._async_offer(*choices, NEW_BEGINNING)

    @property
    def _damaged(self) -> list[str]:
        return str((self.data or {}).get("parts", "")).split()

    @property
    def _is_read(self) -> bool:
        """Whether the walker was set up meanwhile: what is kept is sound, and stays."""
        return self._entry is not None and self._entry.state is ConfigEntryState.LOADED

    async def async_step_try_again(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Look whether what was put back can be read."""
        return await self._async_set_up(TRY_AGAIN, user_input)

    async def async_step_last_copy(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Go back to the last good copy."""
        if user_input is not None and not self._is_read and (entry := self._entry):
            try:
                await async_go_back(self.hass, entry.entry_id, self._damaged)
            except OSError, StorageError:
                return self._async_ask_in(LAST_COPY, NOT_DONE)
        return await self._async_set_up(LAST_COPY, user_input)

    async def async_step_statistics(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Rebuild the ledger from what the recorder holds."""
        if user_input is not None and not self._is_read and (entry := self._entry):
            zone = await async_zone(self.hass, entry)
            stored = await async_stored_rows(self.hass, entry.data[CONF_WALKER_SLUG])
            if not any(stored.values()):
                # Nothing to rebuild from is a new beginning: that needs a clear yes.
                return await self.async_step_new_beginning()
            ledger = rebuilt(stored, zone, async_day_start(entry), dt_util.utcnow())
            try:
                await async_begin_anew(self.hass, entry.entry_id, {LEDGER: ledger.as_dict()}, self._damaged)
            except OSError, StorageError:
                return self._async_ask_in(STATISTICS, NOT_DONE)
        return await self._async_set_up(STATISTICS, user_input)

    async def async_step_new_beginning(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Begin with nothing, if that is really wanted."""
        schema = vol.Schema({vol.Required(CONF_SURE, default=False): bool})
        if user_input is None or not user_input[CONF_SURE]:
            return self._async_ask_in(NEW_BEGINNING, NOT_SURE if user_input else None, schema)
        if not self._is_read and (entry := self._entry):
            try:
                await async_begin_anew(self.hass, entry.entry_id, {}, self._damaged)
            except OSError, StorageError:
                return self._async_ask_in(NEW_BEGINNING, NOT_DONE, schema)
        return await self._async_set_up(NEW_BEGINNING, user_input)

    async def _async_set_up(self, step: str, user_input: dict[str, Any] | None) -> RepairsFlowResult:
        """Set the walker up once it was agreed to; say so if it still can't be."""
        if user_input is None:
            return self._async_ask_in(step)
        if not self._is_read and (entry := self._entry):
            await self.hass.config_entries.async_reload(entry.entry_id)
            if entry.state is not ConfigEntryState.LOADED:
                schema = vol.Schema({vol.Required(CONF_SURE, default=False): bool})
                return self._async_ask_in(step, STILL_SO, schema if step == NEW_BEGINNING else None)
        return self._async_fixed()

    def _async_ask_in(
        self, step: str, error: str | None = None, schema: vol.Schema | None = None
    ) -> RepairsFlowResult:
        return self.async_show_form(
            step_id=step,
            data_schema=schema or vol.Schema({}),
            description_placeholders=self._placeholders,
            errors={"base": error} if error else None,
        )
