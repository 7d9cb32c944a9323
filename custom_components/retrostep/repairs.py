"""Fixes of the issues that can be fixed from the dialogue that tells of them."""

from typing import TYPE_CHECKING, Any, Final

import voluptuous as vol
from homeassistant.components.repairs import ConfirmRepairFlow, RepairsFlow, RepairsFlowResult
from homeassistant.core import callback
from homeassistant.helpers import issue_registry as ir

from .const import CONF_MAC, CONF_PERSON, SUBENTRY_POD
from .issues_pod import POD_DISABLED, POD_GONE, async_withdraw
from .issues_walker import ISSUE_OF_SETTING, PERSON_GONE, async_forget_gone
from .pod_device import async_enable
from .walker import PERSON_SELECTOR, Walker, async_resolve_walker, async_valid_walker

if TYPE_CHECKING:
    from homeassistant.config_entries import ConfigEntry
    from homeassistant.core import HomeAssistant

MENU: Final = "init"
ENABLE: Final = "enable"
REMOVE: Final = "remove"
GUEST: Final = "guest"
OTHER_PERSON: Final = "other_person"
ABORT_WALKER_GONE: Final = "walker_gone"


class WalkerRepairFlow(RepairsFlow):
    """Fixes something of one walker; the issue's data name the walker's entry."""

    @property
    def _entry(self) -> ConfigEntry | None:
        return self.hass.config_entries.async_get_entry(str((self.data or {})["entry_id"]))

    @property
    def _placeholders(self) -> dict[str, str]:
        issue = ir.async_get(self.hass).async_get_issue(self.handler, self.issue_id)
        return (issue.translation_placeholders or {}) if issue else {}

    @callback
    def _async_ask(self) -> RepairsFlowResult:
        """Ask whether to do it."""
        return self.async_show_form(
            step_id="confirm", data_schema=vol.Schema({}), description_placeholders=self._placeholders
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


class PodFlow(WalkerRepairFlow):
    """What can be done about a pod that ESPHome lost or disabled."""

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


class PodGoneFlow(PodFlow):
    """Take a pod off its walker."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Begin."""
        return self._async_ask()

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Do what was asked."""
        return self._async_take_off()


class PodDisabledFlow(PodFlow):
    """Enable a pod again or take it off its walker."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Offer both."""
        return self._async_offer(ENABLE, REMOVE)

    async def async_step_enable(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Enable the pod in ESPHome."""
        await async_enable(self.hass, self._mac)
        return self._async_fixed()

    async def async_step_remove(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Take the pod off."""
        return self._async_take_off()


class PersonGoneFlow(WalkerRepairFlow):
    """Make a walker a guest or another person."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Offer both."""
        return self._async_offer(GUEST, OTHER_PERSON)

    async def async_step_guest(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Let the walker go on under the same name, without a person."""
        guest = async_resolve_walker(self.hass, None)
        if guest is None or self._entry is None:
            return self.async_abort(reason=ABORT_WALKER_GONE)
        return self._async_become(self._entry, Walker(guest.unique_id, self._entry.title, None))

    async def async_step_other_person(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask which person the walker is."""
        errors: dict[str, str] = {}
        if self._entry is None:
            return self.async_abort(reason=ABORT_WALKER_GONE)
        if user_input is not None and (
            walker := async_valid_walker(self.hass, user_input[CONF_PERSON], errors, self._entry)
        ):
            return self._async_become(self._entry, walker)
        return self.async_show_form(
            step_id=OTHER_PERSON,
            data_schema=vol.Schema({vol.Required(CONF_PERSON): PERSON_SELECTOR}),
            description_placeholders=self._placeholders,
            errors=errors,
        )

    @callback
    def _async_become(self, entry: ConfigEntry, walker: Walker) -> RepairsFlowResult:
        self.hass.config_entries.async_update_entry(
            entry,
            unique_id=walker.unique_id,
            title=walker.name,
            data={**entry.data, CONF_PERSON: walker.person},
        )
        return self._async_fixed()


class SettingGoneFlow(WalkerRepairFlow):
    """Take what is gone out of a setting."""

    def __init__(self, setting: str) -> None:
        """Fix one setting of the reminders."""
        self._setting = setting

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Begin."""
        return self._async_ask()

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Do what was asked."""
        if self._entry:
            async_forget_gone(self.hass, self._entry, self._setting)
        return self._async_fixed()


FLOWS: Final = {POD_GONE: PodGoneFlow, POD_DISABLED: PodDisabledFlow, PERSON_GONE: PersonGoneFlow}


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Give the flow that fixes an issue; lost minutes can only be taken note of."""
    for key, flow in FLOWS.items():
        if issue_id.startswith(f"{key}_"):
            return flow()
    for setting, key in ISSUE_OF_SETTING.items():
        if issue_id.startswith(f"{key}_"):
            return SettingGoneFlow(setting)
    return ConfirmRepairFlow()
