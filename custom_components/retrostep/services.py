"""The actions of the integration."""

from typing import Any

import voluptuous as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .actions.common import WALKER_FIELD, async_walker, bounded
from .actions.feelings import async_setup_feeling_actions
from .actions.guided_sessions import async_setup_guided_session_actions
from .actions.history import async_setup_history_actions
from .actions.reminders import async_setup_reminder_actions
from .actions.sheet import async_setup_sheet_action
from .actions.walks import async_setup_walk_actions
from .const import DOMAIN

ACTION_SYNC = "sync"

SYNC_SCHEMA = vol.Schema(WALKER_FIELD)


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    hass.services.async_register(
        DOMAIN,
        ACTION_SYNC,
        _async_sync,
        schema=bounded(SYNC_SCHEMA),
        supports_response=SupportsResponse.OPTIONAL,
    )
    async_setup_history_actions(hass)
    async_setup_reminder_actions(hass)
    async_setup_walk_actions(hass)
    async_setup_guided_session_actions(hass)
    async_setup_feeling_actions(hass)
    async_setup_sheet_action(hass)


async def _async_sync(call: ServiceCall) -> ServiceResponse:
    """Fetch the minutes of all pods of a walker now; tell how many were new."""
    entry = await async_walker(call, POLICY_CONTROL)
    syncs = entry.runtime_data.syncs.values()
    if not syncs:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="no_pods",
            translation_placeholders={"walker": entry.title},
        )
    results = [(sync.pod, await sync.async_sync()) for sync in syncs]
    for pod, result in results:
        if result.outcome.failed:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key=result.outcome,
                translation_placeholders={"pod": pod.name, "detail": result.detail or result.reason or ""},
            )
    pods: list[dict[str, Any]] = [
        {
            "name": pod.name,
            "mac": pod.mac,
            "new_minutes": result.new_rows,
            "lost_minutes": result.lost_rows,
        }
        for pod, result in results
    ]
    return {"new_minutes": sum(pod["new_minutes"] for pod in pods), "pods": pods}
