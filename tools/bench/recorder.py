"""How long a year of minutes takes in Home Assistant: its store, its recorder, the walker's statistics."""

import asyncio
import tempfile
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from homeassistant import loader
from homeassistant.bootstrap import async_load_base_functionality
from homeassistant.components.recorder.tasks import SynchronizeTask
from homeassistant.config_entries import ConfigEntries
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import async_initialize_recorder, get_instance
from homeassistant.setup import async_setup_component

from custom_components.retrostep.core.history.statistics_rows import SERIES
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.storage.layout import LEDGER
from custom_components.retrostep.statistics import WalkerStatistics
from custom_components.retrostep.storage import WalkerArchive
from tools.stage.processes import StageError

from .ledger import ZONE, sync
from .row import Row

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

DAYS = 365


@asynccontextmanager
async def home(folder: str) -> AsyncIterator[HomeAssistant]:
    """Run Home Assistant's core with nothing but a recorder on a file."""
    hass = HomeAssistant(folder)
    hass.config_entries = ConfigEntries(hass, {})
    loader.async_setup(hass)
    await async_load_base_functionality(hass)
    async_initialize_recorder(hass)
    configuration = {"recorder": {"db_url": f"sqlite:///{folder}/home-assistant_v2.db"}}
    if not await async_setup_component(hass, "recorder", configuration):
        raise StageError("the recorder does not start")
    await hass.async_start()
    try:
        yield hass
    finally:
        await hass.async_stop(force=True)


async def written(hass: HomeAssistant) -> None:
    """Wait until the recorder has done what it was asked before now."""
    future = hass.loop.create_future()
    get_instance(hass).queue_task(SynchronizeTask(future))
    await future


async def _measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        async with home(folder) as hass:
            await written(hass)
            ledger = Ledger(ZONE)
            statistics = WalkerStatistics(hass, "Bench", "bench", ledger)
            began = time.perf_counter()
            archive = WalkerArchive(hass, "bench", lambda _: None)
            await archive.async_load(is_expected=False)
            changed = await sync(DAYS, ledger, archive.part(LEDGER))
            synced = time.perf_counter()
            statistics.async_send(changed)
            await hass.async_block_till_done(wait_background_tasks=True)
            await written(hass)
            ended = time.perf_counter()
    note = f"{len(changed)} hours, {len(SERIES)} series"
    return [
        Row("a year of 60 walked minutes a day at once, all in all", ended - began, "s", 2),
        Row("  merged and saved, page by page", synced - began, "s"),
        Row("  statistics written by the recorder", ended - synced, "s", None, note),
    ]


def rows() -> list[Row]:
    """Measure; gives the rows of the performance table."""
    return asyncio.run(_measure())
