"""The dashboard that a person asked for when a walker was made.

Only a browser can make it, with Home Assistant's own commands, and only an administrator's. So the wish
waits in the walker's entry until one fulfills it: the page that the set-up links to, or the card when it is
loaded next.
"""

from typing import Any, Final

import voluptuous as vol
from homeassistant.components.frontend import (
    DATA_PANELS,
    async_panel_exists,
    async_register_built_in_panel,
    async_remove_panel,
)
from homeassistant.components.lovelace.const import LOVELACE_DATA, ConfigNotFound
from homeassistant.components.websocket_api import async_register_command
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.decorators import (
    async_response,
    require_admin,
    websocket_command,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.hass_dict import HassKey

from ..const import CONF_DASHBOARD, DOMAIN
from ..walker import async_walker_entries
from .resources import async_card_url

COMMAND_CLAIM: Final = f"{DOMAIN}/dashboard/claim"
COMMAND_DONE: Final = f"{DOMAIN}/dashboard/done"

# The page that opens the dashboard and makes it first if it is wanted; in no sidebar.
PANEL: Final = "retrostep-start"
ELEMENT: Final = "retrostep-start"
STRATEGY: Final = f"custom:{DOMAIN}"
DASHBOARD_PATH: Final = "retro-step"

# So long a browser may take; then another may try.
CLAIM_S: Final = 20

# Until when one browser is at it, by the clock of the event loop.
_CLAIM: HassKey[float] = HassKey(f"{DOMAIN}_dashboard_claim")


@callback
def async_setup_dashboard(hass: HomeAssistant) -> None:
    """Register the commands; once in the life of Home Assistant."""
    async_register_command(hass, _claim)
    async_register_command(hass, _done)


@callback
def async_show_start_page(hass: HomeAssistant) -> None:
    """Have the page that opens the dashboard, and say there whether one is wanted; may be called again."""
    if (url := async_card_url(hass)) is None or "frontend" not in hass.config.components:
        return
    config = {
        "wanted": bool(_async_wishes(hass)),
        "_panel_custom": {
            "name": ELEMENT,
            "module_url": url,
            "embed_iframe": False,
            "trust_external": False,
        },
    }
    if not async_panel_exists(hass, PANEL) or hass.data[DATA_PANELS][PANEL].config != config:
        async_register_built_in_panel(
            hass, "custom", frontend_url_path=PANEL, config=config, update=True, show_in_sidebar=False
        )


@callback
def async_forget_start_page(hass: HomeAssistant) -> None:
    """Have no such page any more, when the last walker is gone."""
    if "frontend" in hass.config.components:
        async_remove_panel(hass, PANEL, warn_if_unknown=False)


@callback
def async_can_have_dashboard(hass: HomeAssistant) -> bool:
    """Say whether there are dashboards at all."""
    return LOVELACE_DATA in hass.data and "frontend" in hass.config.components


async def async_dashboard_path(hass: HomeAssistant) -> str | None:
    """Give the path of a dashboard that is RetroStep's; None if there is none."""
    if (lovelace := hass.data.get(LOVELACE_DATA)) is None:
        return None
    for path, dashboard in lovelace.dashboards.items():
        try:
            config = await dashboard.async_load(False)
        except ConfigNotFound:
            continue
        except HomeAssistantError, OSError:
            # Somebody's YAML that can't be read is not ours.
            continue
        if path and (config.get("strategy") or {}).get("type") == STRATEGY:
            return path
    return None


@callback
def _async_wishes(hass: HomeAssistant) -> list[Any]:
    return [entry for entry in async_walker_entries(hass) if entry.data.get(CONF_DASHBOARD)]


@callback
def _async_drop_wishes(hass: HomeAssistant) -> None:
    for entry in _async_wishes(hass):
        data = {key: value for key, value in entry.data.items() if key != CONF_DASHBOARD}
        hass.config_entries.async_update_entry(entry, data=data)
    hass.data.pop(_CLAIM, None)
    async_show_start_page(hass)


@callback
def _async_free_path(hass: HomeAssistant) -> str:
    """Give a path that no page of Home Assistant has."""
    taken = {*hass.data.get(DATA_PANELS, {}), *hass.data[LOVELACE_DATA].dashboards}
    path, number = DASHBOARD_PATH, 1
    while path in taken:
        number += 1
        path = f"{DASHBOARD_PATH}-{number}"
    return path


@require_admin
@websocket_command({vol.Required("type"): COMMAND_CLAIM})
@async_response
async def _claim(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Say which dashboard there is (`path`), or ask this one browser to make one (`create`, `config`).

    With neither, nobody wants one, or another browser is about to make it (`wait`).
    """
    if (path := await async_dashboard_path(hass)) is not None:
        _async_drop_wishes(hass)
        connection.send_result(msg["id"], {"path": path})
    elif not _async_wishes(hass) or not async_can_have_dashboard(hass):
        connection.send_result(msg["id"], {})
    elif hass.loop.time() < hass.data.get(_CLAIM, 0):
        connection.send_result(msg["id"], {"wait": True})
    else:
        hass.data[_CLAIM] = hass.loop.time() + CLAIM_S
        create = {"url_path": _async_free_path(hass), "title": "RetroStep", "icon": "mdi:shoe-print"}
        config = {"strategy": {"type": STRATEGY}}
        connection.send_result(msg["id"], {"create": create, "config": config})


@require_admin
@websocket_command({vol.Required("type"): COMMAND_DONE})
@async_response
async def _done(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Take it that a dashboard was made, if there is one now; else another browser may try."""
    path = await async_dashboard_path(hass)
    if path is not None:
        _async_drop_wishes(hass)
    else:
        hass.data.pop(_CLAIM, None)
    connection.send_result(msg["id"], {"path": path})
