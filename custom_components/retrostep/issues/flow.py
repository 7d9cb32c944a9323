"""What the fixes of all issues have in common."""

from abc import abstractmethod
from typing import Any, Final

import voluptuous as vol
from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import callback
from homeassistant.helpers import issue_registry as ir

MENU: Final = "init"
CONFIRM: Final = "confirm"
STILL_SO: Final = "still_so"


class IssueFlow(RepairsFlow):
    """Fixes something; what the issue's texts name, the texts of its fix name too."""

    _placeholders: dict[str, str]

    @callback
    def _async_note_placeholders(self) -> None:
        """Remember what the issue names; it may be withdrawn while its fix is open."""
        issue = ir.async_get(self.hass).async_get_issue(self.handler, self.issue_id)
        self._placeholders = dict((issue.translation_placeholders or {}) if issue else {})

    @callback
    def _async_ask(self, error: str | None = None) -> RepairsFlowResult:
        """Ask whether to do it; `error` says why it did not help before."""
        return self.async_show_form(
            step_id=CONFIRM,
            data_schema=vol.Schema({}),
            description_placeholders=self._placeholders,
            errors={"base": error} if error else None,
        )

    @callback
    def _async_offer(self, *choices: str) -> RepairsFlowResult:
        """Let the person choose what to do."""
        return self.async_show_menu(
            step_id=MENU, menu_options=list(choices), description_placeholders=self._placeholders
        )

    @callback
    def _async_fixed(self) -> RepairsFlowResult:
        return self.async_create_entry(data={})

    @property
    def _is_over(self) -> bool:
        """Whether the issue is withdrawn."""
        issue = ir.async_get(self.hass).async_get_issue(self.handler, self.issue_id)
        return issue is None or not issue.active

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Begin."""
        self._async_note_placeholders()
        return self._async_begin()

    @callback
    def _async_begin(self) -> RepairsFlowResult:
        return self._async_ask()


class WalkerRepairFlow(IssueFlow):
    """Fixes something of one walker; the issue's data name the walker's entry."""

    @property
    def _entry(self) -> ConfigEntry | None:
        return self.hass.config_entries.async_get_entry(str((self.data or {})["entry_id"]))


class CheckFlow(IssueFlow):
    """Looks again whether all is well now, as often as the person asks."""

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Look, and say so if nothing changed."""
        error = await self._async_check()
        return self._async_ask(error) if error else self._async_fixed()

    @abstractmethod
    async def _async_check(self) -> str | None:
        """Do what may help and look; returns the key of the error that says why it did not."""


class SetUpFlow(CheckFlow, WalkerRepairFlow):
    """Tries once more to set a walker up."""

    async def _async_check(self) -> str | None:
        if (entry := self._entry) is None:
            return None
        await self.hass.config_entries.async_reload(entry.entry_id)
        return None if entry.state is ConfigEntryState.LOADED else STILL_SO
