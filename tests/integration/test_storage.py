"""What is said to be on disk is on disk."""

import asyncio
import json
import threading
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.helpers.storage import Store
from homeassistant.util.file import WriteError

from custom_components.retrostep.storage import WalkerStore

from .helpers import pass_time

if TYPE_CHECKING:
    from pathlib import Path

    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant

WRITE = "homeassistant.helpers.storage.Store._async_write_data"
# Tests write into a dictionary; this is what writes to the disk.
WRITE_TO_DISK = Store._async_write_data


@pytest.fixture
def store(hass: HomeAssistant) -> WalkerStore:
    """Make the store of a walker."""
    return WalkerStore(hass, "walker")


def written(hass_storage: dict[str, Any]) -> Any:
    return hass_storage["retrostep.walker"]["data"]


async def test_of_two_documents_at_once_the_latest_stays(
    store: WalkerStore, hass_storage: dict[str, Any]
) -> None:
    await asyncio.gather(store.save({"number": 1}), store.save({"number": 2}))

    assert written(hass_storage) == {"number": 2}


async def test_a_failed_write_is_not_hidden_by_a_good_one_right_after_it(
    store: WalkerStore, hass_storage: dict[str, Any]
) -> None:
    original = Store._async_write_data

    async def fail_first(self: Store[Any], data: dict[str, Any]) -> None:
        await asyncio.sleep(0)
        if data["data"]["number"] == 1:
            raise WriteError("disk full")
        await original(self, data)

    with patch(WRITE, fail_first):
        first, second = await asyncio.gather(
            store.save({"number": 1}), store.save({"number": 2}), return_exceptions=True
        )

    assert isinstance(first, OSError)
    assert second is None
    assert written(hass_storage) == {"number": 2}


async def test_a_cancelled_save_lets_its_write_end(
    hass: HomeAssistant, store: WalkerStore, hass_storage: dict[str, Any]
) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()
    original = Store._async_write_data

    async def slow(self: Store[Any], data: dict[str, Any]) -> None:
        begun.set()
        await go_on.wait()
        await original(self, data)

    with patch(WRITE, slow):
        task = hass.async_create_task(store.save({"number": 1}))
        await begun.wait()
        task.cancel()
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert written(hass_storage) == {"number": 1}


async def test_a_snapshot_is_taken_when_it_is_written(
    hass: HomeAssistant, store: WalkerStore, hass_storage: dict[str, Any]
) -> None:
    ledger = {"number": 1}
    store.async_save_later(lambda: dict(ledger))
    ledger["number"] = 2
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()

    assert written(hass_storage) == {"number": 2}


async def test_a_snapshot_is_taken_in_the_event_loop_and_not_in_the_thread_that_writes(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    """The ledger goes on changing while it is written."""
    hass.config.config_dir = str(tmp_path)
    store = WalkerStore(hass, "walker")
    threads: list[int] = []

    def snapshot() -> dict[str, Any]:
        threads.append(threading.get_ident())
        return {"number": 1}

    with patch(WRITE, WRITE_TO_DISK):
        store.async_save_later(snapshot)
        hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
        await hass.async_block_till_done()

    assert threads == [threading.get_ident()]
    file = tmp_path / ".storage" / "retrostep.walker"
    assert json.loads(file.read_text())["data"] == {"number": 1}


async def test_a_closed_store_takes_nothing_more(store: WalkerStore, hass_storage: dict[str, Any]) -> None:
    await store.async_close({"number": 1})
    with pytest.raises(OSError, match="unloaded"):
        await store.save({"number": 2})
    store.async_save_later(lambda: {"number": 3})

    assert written(hass_storage) == {"number": 1}


async def test_what_changes_all_the_time_is_written_every_minute_all_the_same(
    hass: HomeAssistant, store: WalkerStore, hass_storage: dict[str, Any], freezer: FrozenDateTimeFactory
) -> None:
    """A power cut within a long walk costs a minute, not the walk."""
    ledger = {"steps": 0}
    for _ in range(25):
        ledger["steps"] += 2
        store.async_save_later(lambda: dict(ledger))
        await pass_time(hass, freezer, seconds=5)
    assert written(hass_storage) == {"steps": 48}
