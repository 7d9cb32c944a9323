"""Counts backward steps with step pods and keeps them per walker."""

from datetime import timedelta
from functools import partial

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import async_get_platforms
from homeassistant.helpers.typing import ConfigType
from homeassistant.util import dt as dt_util

from . import compatibility  # noqa: F401  # first: it checks what all others need
from .assist.door import ASSIST, async_setup_assist
from .card.dashboard import async_forget_start_page, async_setup_dashboard, async_show_start_page
from .card.resources import async_add_card, async_forget_card, async_serve_card
from .card.sessions import async_setup_session_choices
from .card.websocket import async_setup_websocket
from .clock import async_forget_clock
from .const import (
    CONF_KEPT,
    CONF_MAC,
    CONF_WALKER_SLUG,
    DOMAIN,
    SUBENTRY_POD,
)
from .coordinator import RetroStepConfigEntry, WalkerCoordinator
from .issues.pod import async_watch_pods, async_withdraw
from .issues.walker import WalkerWatch, async_report_missing_hours, async_withdraw_walker
from .pods.discovery import async_offer_pods
from .pods.positions import async_pod_positions
from .services import async_setup_services
from .statistics import async_clear_statistics
from .storage import async_remove_kept
from .walker import async_macs_in_use, async_walker_entries, async_wants_calendar

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)
KEPT_AFTER = timedelta(days=1)
PLATFORMS = [
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.EVENT,
    Platform.NUMBER,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SWITCH,
]


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Set up the actions, what the card needs, and what Assist may ask."""
    async_setup_services(hass)
    async_setup_websocket(hass)
    async_setup_session_choices(hass)
    async_setup_dashboard(hass)
    async_setup_assist(hass)
    await async_serve_card(hass)
    await async_add_card(hass)
    async_offer_pods(hass, partial(async_macs_in_use, hass))
    return True


async def async_setup_entry(hass: HomeAssistant, entry: RetroStepConfigEntry) -> bool:
    """Set up a walker."""
    await async_add_card(hass)
    async_show_start_page(hass)
    coordinator = entry.runtime_data = WalkerCoordinator(hass, entry)
    await coordinator.async_load()
    await hass.config_entries.async_forward_entry_setups(entry, _async_platforms(hass, entry))
    compared = partial(async_report_missing_hours, hass, entry)
    entry.async_on_unload(coordinator.statistics.async_start(compared))
    coordinator.async_start()
    async_watch_pods(hass, entry)
    WalkerWatch(hass, entry).async_start()
    hass.data[ASSIST].async_add(entry)
    entry.async_on_unload(entry.add_update_listener(_async_update_listener))
    return True


@callback
def _async_platforms(hass: HomeAssistant, entry: RetroStepConfigEntry) -> list[Platform]:
    """Give what to set up: a calendar brings a page of its own, so only who wants one has it."""
    if async_wants_calendar(entry):
        return [*PLATFORMS, Platform.CALENDAR]
    registry = er.async_get(hass)
    for entity in er.async_entries_for_config_entry(registry, entry.entry_id):
        if entity.domain == Platform.CALENDAR:
            registry.async_remove(entity.entity_id)
    return PLATFORMS


async def async_migrate_entry(hass: HomeAssistant, entry: RetroStepConfigEntry) -> bool:
    """Have older versions refuse an entry whose files they would not find; those are taken over at set-up.

    The first version noted nowhere that it had kept something. It wrote the ledger with the first minute of a
    pod, so that none after a day with one is damage.
    """
    if entry.version == 1:
        is_old = dt_util.utcnow() - entry.created_at > KEPT_AFTER
        is_kept = is_old and any(entry.get_subentries_of_type(SUBENTRY_POD))
        data = {**entry.data, **({CONF_KEPT: True} if is_kept else {})}
        hass.config_entries.async_update_entry(entry, version=2, data=data)
    return entry.version == 2


async def _async_update_listener(hass: HomeAssistant, entry: RetroStepConfigEntry) -> None:
    """Take over other options; start anew with another day, another person or other pods."""
    if entry.runtime_data.async_take_over_settings():
        return
    entry.runtime_data.async_forget_removed_pods()
    await hass.config_entries.async_reload(entry.entry_id)


async def async_unload_entry(hass: HomeAssistant, entry: RetroStepConfigEntry) -> bool:
    """Unload a walker; nothing it knows is lost."""
    # Whether there is a calendar may have changed since they were loaded.
    loaded = {one.domain for one in async_get_platforms(hass, DOMAIN) if one.config_entry is entry}
    if not await hass.config_entries.async_unload_platforms(entry, [Platform(name) for name in loaded]):
        return False
    await entry.runtime_data.async_close()
    return True


async def async_remove_entry(hass: HomeAssistant, entry: RetroStepConfigEntry) -> None:
    """Remove everything a walker leaves behind, except what the next one has to know of its pods."""
    async_forget_clock(hass, entry.entry_id)
    await async_remove_kept(hass, entry.entry_id)
    async_clear_statistics(hass, entry.data[CONF_WALKER_SLUG])
    for subentry in entry.get_subentries_of_type(SUBENTRY_POD):
        async_withdraw(hass, subentry.data[CONF_MAC], subentry.subentry_id)
    async_withdraw_walker(hass, entry.entry_id)
    if not async_walker_entries(hass):
        await async_pod_positions(hass).async_remove()
        async_forget_card(hass)
        async_forget_start_page(hass)
