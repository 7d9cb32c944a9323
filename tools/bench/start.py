"""What a start after years costs Home Assistant: a walker is set up in a real core beside a real recorder."""

import asyncio
import gc
import tempfile
import time
import tracemalloc
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from homeassistant.config_entries import SOURCE_USER, ConfigEntry, ConfigEntryState, ConfigSubentryData

from custom_components.retrostep.config_flow import RetroStepConfigFlow
from custom_components.retrostep.const import (
    CONF_KEPT,
    CONF_MAC,
    CONF_PERSON,
    CONF_WALKER_SLUG,
    DOMAIN,
    SUBENTRY_POD,
)
from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.statistics import WalkerStatistics, async_stored_rows
from custom_components.retrostep.storage import walker_files
from tools.stage.processes import StageError

from .ledger import START
from .life import MAC, Life
from .recorder import home, written
from .row import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homeassistant.core import HomeAssistant

DAYS: Final = 5 * 365
WALKERS: Final = 20
_TIMES: Final = 3
_ROUNDS: Final = 4
"""So many rounds of filing after the last day: what is finished has left `current` by then."""


def _entry(number: int) -> ConfigEntry:
    slug = f"bench_{number}"
    pod = ConfigSubentryData(
        data=MappingProxyType({CONF_MAC: MAC}), subentry_type=SUBENTRY_POD, title="Pod", unique_id=MAC
    )
    return ConfigEntry(
        data={CONF_PERSON: None, CONF_WALKER_SLUG: slug, CONF_KEPT: True},
        discovery_keys=MappingProxyType({}),
        domain=DOMAIN,
        minor_version=RetroStepConfigFlow.MINOR_VERSION,
        options={},
        source=SOURCE_USER,
        subentries_data=[pod] if number == 0 else None,
        title=slug,
        unique_id=slug,
        version=RetroStepConfigFlow.VERSION,
    )


def _keep(hass: HomeAssistant, entry: ConfigEntry, parts: Mapping[str, Any]) -> None:
    """Have files of a walker as they are after years."""
    archive = Archive(walker_files(hass, entry.entry_id), entry.entry_id)
    archive.load()
    end = START + timedelta(days=DAYS)
    for told in range(_ROUNDS):
        changed = {**parts, "goals": {**parts["goals"], "told": told}}
        archive.commit(changed, int((end + timedelta(hours=7 * told)).timestamp()))


async def _start(hass: HomeAssistant, *entries: ConfigEntry) -> float:
    """Start walkers; gives the time of the processor that the event loop spent on it, ms."""
    began = time.thread_time()
    for entry in entries:
        if hass.config_entries.async_get_entry(entry.entry_id):
            await hass.config_entries.async_setup(entry.entry_id)
        else:
            await hass.config_entries.async_add(entry)
    await hass.async_block_till_done(wait_background_tasks=True)
    for entry in entries:
        if entry.state is not ConfigEntryState.LOADED:
            raise StageError(f"{entry.title} does not start: {entry.state} {entry.reason}")
    return 1_000 * (time.thread_time() - began)


async def _stop(hass: HomeAssistant, *entries: ConfigEntry) -> None:
    for entry in entries:
        await hass.config_entries.async_unload(entry.entry_id)
    await written(hass)
    gc.collect()


async def _recorded(hass: HomeAssistant, slug: str, life: Life, days: int) -> None:
    """Live, and have the recorder follow: in the end it has more hours than the ledger still has."""
    statistics = WalkerStatistics(hass, slug, slug, life.ledger)
    for day, _ in life.live(days):
        if day % 365 == 0 or day == days - 1:
            statistics.async_send({start for start, _ in life.ledger.hours()})
            await hass.async_block_till_done(wait_background_tasks=True)
            await written(hass)


async def _measure(days: int, walkers: int) -> list[Row]:
    one, *many = (_entry(number) for number in range(1 + walkers))
    life = Life()
    with tempfile.TemporaryDirectory() as folder:
        async with home(folder) as hass:
            await _recorded(hass, one.title, life, days)
            parts = life.parts()
            for entry in (one, *many):
                await asyncio.to_thread(_keep, hass, entry, parts)
            await _start(hass, one)
            found = []
            for _ in range(_TIMES):
                await _stop(hass, one)
                found.append(await _start(hass, one))
            stored = await async_stored_rows(hass, one.title)
            first_ms = await _start(hass, many[0])
            await _start(hass, *many[1:])
            await _stop(hass, *many)
            tracemalloc.start()
            await _start(hass, *many)
            gc.collect()
            memory = tracemalloc.get_traced_memory()[0] / 1e6
            tracemalloc.stop()
    note = f"{sum(map(len, stored.values()))} rows of statistics compared"
    return [
        Row("a start after five years, in the event loop", min(found), "ms", 50, note),
        Row("one that finds no statistics and writes them", first_ms, "ms"),
        Row(f"{walkers} walkers of five years in memory", memory, "MB", 100),
    ]


def rows(days: int = DAYS, walkers: int = WALKERS) -> list[Row]:
    """Measure; gives the rows of the performance table."""
    return asyncio.run(_measure(days, walkers))
