"""Fixes of the issues, from the dialogue that tells of them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import voluptuous as vol
from homeassistant.components.repairs import ConfirmRepairFlow, RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.util.ulid import ulid_now

from .card.resources import ISSUE_YAML_RESOURCES, async_read_resources_again
from .const import CONF_PERSON, DOMAIN
from .coordinator import WalkerCoordinator
from .features.guided_sessions import GuidedSessions
from .issues.flow import STILL_SO, CheckFlow, SetUpFlow, WalkerRepairFlow
from .issues.pod import (
    CLOCK_WRONG,
    FIRMWARE_TOO_NEW,
    FIRMWARE_TOO_OLD,
    LOG_REWOUND,
    MINUTES_LOST,
    POD_DISABLED,
    POD_GONE,
    POD_REPLACED,
)
from .issues.pod_flows import (
    ClockFlow,
    FirmwareTooOldFlow,
    MinutesLostFlow,
    PodCheckFlow,
    PodDisabledFlow,
    PodGoneFlow,
    PodReplacedFlow,
)
from .issues.storage_flows import StorageDamagedFlow
from .issues.walker import (
    ISSUE_OF_SETTING,
    PERSON_GONE,
    SAFETY_NOTES,
    STORAGE_DAMAGED,
    STORAGE_TOO_NEW,
    async_forget_gone,
)
from .walker import PERSON_SELECTOR, Walker, async_valid_walker

GUEST: Final = "guest"
OTHER_PERSON: Final = "other_person"
ABORT_WALKER_GONE: Final = "walker_gone"
NOT_READ: Final = "not_read"


class PersonGoneFlow(WalkerRepairFlow):
    """Make a walker a guest or another person."""

    @callback
    def _async_begin(self) -> RepairsFlowResult:
        return self._async_offer(GUEST, OTHER_PERSON)

    async def async_step_guest(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Let the walker go on under the same name, without a person."""
        if self._entry is None:
            return self.async_abort(reason=ABORT_WALKER_GONE)
        return self._async_become(self._entry, Walker(ulid_now(), self._entry.title, None))

    async def async_step_other_person(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask which person the walker is."""
        errors: dict[str, str] = {}
        if self._entry is None:
            return self.async_abort(reason=ABORT_WALKER_GONE)
        if user_input is not None and (
            walker := async_valid_walker(self.hass, user_input, errors, self._entry)
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

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Do what was asked."""
        if self._entry:
            async_forget_gone(self.hass, self._entry, self._setting)
        return self._async_fixed()


class SafetyNotesFlow(WalkerRepairFlow):
    """Have the safety notes read before the first guided session."""

    @callback
    def _async_begin(self) -> RepairsFlowResult:
        if (sessions := self._sessions) is not None:
            self._placeholders["notes"] = "\n".join(f"- {note}" for note in sessions.safety.values())
            return self._async_ask()
        return self.async_abort(reason=ABORT_WALKER_GONE)

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Remember that they were read."""
        if (sessions := self._sessions) is None:
            return self.async_abort(reason=ABORT_WALKER_GONE)
        sessions.async_confirm_safety()
        return self._async_fixed()

    @property
    def _sessions(self) -> GuidedSessions | None:
        """The sessions of the walker, if the walker is there and loaded."""
        entry = self._entry
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            return None
        coordinator: WalkerCoordinator = entry.runtime_data
        return coordinator.guided_sessions


class YamlResourcesFlow(CheckFlow):
    """Read the resources of the dashboards again."""

    async def _async_check(self) -> str | None:
        try:
            await async_read_resources_again(self.hass)
        except HomeAssistantError:
            return NOT_READ
        return None if self._is_over else STILL_SO


FLOWS: Final[Mapping[str, Callable[[], RepairsFlow]]] = {
    POD_GONE: PodGoneFlow,
    POD_REPLACED: PodReplacedFlow,
    POD_DISABLED: PodDisabledFlow,
    FIRMWARE_TOO_OLD: FirmwareTooOldFlow,
    FIRMWARE_TOO_NEW: PodCheckFlow,
    CLOCK_WRONG: ClockFlow,
    LOG_REWOUND: PodCheckFlow,
    MINUTES_LOST: MinutesLostFlow,
    PERSON_GONE: PersonGoneFlow,
    SAFETY_NOTES: SafetyNotesFlow,
    STORAGE_TOO_NEW: SetUpFlow,
    STORAGE_DAMAGED: StorageDamagedFlow,
    ISSUE_YAML_RESOURCES: YamlResourcesFlow,
    **{key: partial(SettingGoneFlow, setting) for setting, key in ISSUE_OF_SETTING.items()},
}


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Give the flow that fixes an issue."""
    issue = ir.async_get(hass).async_get_issue(DOMAIN, issue_id)
    return FLOWS.get((issue and issue.translation_key) or "", ConfirmRepairFlow)()
