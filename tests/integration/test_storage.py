"""What is said to be on disk is on disk; a disk that takes nothing is told and lost nothing."""

import asyncio
import errno
import threading
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE

from custom_components.retrostep.core.ledger.row_sync import Outcome
from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.storage import SAVE_DELAY_S, FolderFiles, WalkerArchive, WalkerStore

from .helpers import STEPS_TODAY, kept, pass_time, reach, settle, state, sync, walked_minute

if TYPE_CHECKING:
    from collections.abc import Mapping

    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from homeassistant.helpers import issue_registry as ir
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from .fake_pod import FakePod

WRITE = FolderFiles.write


@pytest.fixture
async def archive(hass: HomeAssistant) -> WalkerArchive:
    """Make the archive of a walker."""
    made = WalkerArchive(hass, "walker", lambda _: None)
    await made.async_load(is_expected=False)
    return made


@pytest.fixture
def store(archive: WalkerArchive) -> WalkerStore:
    """Make the store of one part."""
    return archive.part("ledger")


def written(hass: HomeAssistant) -> Mapping[str, Any]:
    return kept(hass, "walker")


async def test_of_two_documents_at_once_the_latest_stays(hass: HomeAssistant, store: WalkerStore) -> None:
    await asyncio.gather(store.save({"number": 1}), store.save({"number": 2}))

    assert written(hass) == {"ledger": {"number": 2}}
    await store.async_close({"number": 2})


async def test_parts_that_change_together_are_written_together(
    hass: HomeAssistant, archive: WalkerArchive, store: WalkerStore
) -> None:
    goals = archive.part("goals")
    goals.async_save_later(lambda: {"day": 1})
    with patch.object(Archive, "commit", autospec=True, side_effect=Archive.commit) as commit:
        await store.save({"number": 1})
        await asyncio.gather(store.save({"number": 2}), goals.save({"day": 2}))
    assert commit.call_count <= 3
    assert commit.call_args_list[0].args[1] == {"ledger": {"number": 1}, "goals": {"day": 1}}
    assert written(hass) == {"ledger": {"number": 2}, "goals": {"day": 2}}
    await store.async_close({"number": 2})
    await goals.async_close({"day": 2})


async def test_a_failed_write_is_not_hidden_by_a_good_one_right_after_it(
    hass: HomeAssistant, store: WalkerStore
) -> None:
    tries = 0

    def fail_first(self: FolderFiles, name: str, content: bytes) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise OSError(errno.ENOSPC, "disk full")
        WRITE(self, name, content)

    with patch.object(FolderFiles, "write", fail_first):
        first = asyncio.ensure_future(store.save({"number": 1}))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        second = store.save({"number": 2})
        results = await asyncio.gather(first, second, return_exceptions=True)

    assert isinstance(results[0], OSError)
    assert results[1] is None
    assert written(hass) == {"ledger": {"number": 2}}
    await store.async_close({"number": 2})


async def test_what_changed_while_a_write_failed_is_what_is_written_next(
    hass: HomeAssistant, archive: WalkerArchive, store: WalkerStore
) -> None:
    def fail(self: FolderFiles, name: str, content: bytes) -> None:
        hass.loop.call_soon_threadsafe(store.async_save_later, lambda: {"number": 2})
        raise OSError(errno.ENOSPC, "disk full")

    with patch.object(FolderFiles, "write", fail), pytest.raises(OSError, match="disk full"):
        await store.save({"number": 1})
    await archive.part("goals").save({"day": 1})
    assert written(hass) == {"ledger": {"number": 2}, "goals": {"day": 1}}
    await store.async_close({"number": 2})
    await archive.part("goals").async_close({"day": 1})


async def test_a_cancelled_save_lets_its_write_end(hass: HomeAssistant, store: WalkerStore) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(self: FolderFiles, name: str, content: bytes) -> None:
        begun.set()
        go_on.wait(5)
        WRITE(self, name, content)

    with patch.object(FolderFiles, "write", slow):
        task = hass.async_create_task(store.save({"number": 1}))
        await hass.async_add_executor_job(begun.wait, 5)
        task.cancel()
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert written(hass) == {"ledger": {"number": 1}}
    await store.async_close({"number": 1})


async def test_a_snapshot_is_taken_in_the_event_loop_when_it_is_written(
    hass: HomeAssistant, store: WalkerStore
) -> None:
    """The ledger goes on changing while it is written."""
    threads: list[int] = []
    ledger = {"number": 1}

    def snapshot() -> dict[str, Any]:
        threads.append(threading.get_ident())
        return dict(ledger)

    store.async_save_later(snapshot)
    ledger["number"] = 2
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()

    assert threads == [threading.get_ident()]
    assert written(hass) == {"ledger": {"number": 2}}


async def test_a_closed_store_takes_nothing_more(hass: HomeAssistant, store: WalkerStore) -> None:
    await store.async_close({"number": 1})
    with pytest.raises(OSError, match="unloaded"):
        await store.save({"number": 2})
    store.async_save_later(lambda: {"number": 3})

    assert written(hass) == {"ledger": {"number": 1}}


async def test_what_changes_all_the_time_is_written_every_two_minutes_all_the_same(
    hass: HomeAssistant, store: WalkerStore, freezer: FrozenDateTimeFactory
) -> None:
    """A power cut within a long walk costs two minutes of it, and those come back from the pod."""
    ledger = {"steps": 0}
    for _ in range(SAVE_DELAY_S // 5 + 1):
        ledger["steps"] += 2
        store.async_save_later(lambda: dict(ledger))
        await pass_time(hass, freezer, seconds=5)
    assert written(hass)["ledger"]["steps"] >= 46
    await store.async_close({})


def refuse(number: int, text: str) -> Any:
    return patch.object(FolderFiles, "write", side_effect=OSError(number, text))


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "storage_full"),
        (errno.EDQUOT, "storage_full"),
        (errno.EROFS, "storage_refused"),
        (errno.EACCES, "storage_refused"),
    ],
)
async def test_a_disk_that_takes_nothing_is_told_until_it_does_and_nothing_is_lost(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    issue_registry: ir.IssueRegistry,
    number: int,
    key: str,
) -> None:
    walked_minute(pod)
    with refuse(number, "no"):
        await reach(hass, pod)
        assert [call["after"] for call in pod.asked] == [0]
        assert walker.runtime_data.syncs[pod.mac].last_result.outcome is Outcome.NOT_SAVED
        assert issue_registry.async_get_issue("retrostep", f"{key}_{walker.entry_id}")
    await sync(hass)
    await settle(hass)
    assert pod.asked[-1]["after"] == 1
    assert not issue_registry.async_get_issue("retrostep", f"{key}_{walker.entry_id}")
    assert state(hass, STEPS_TODAY) == "10"


async def test_unloading_with_unsaved_data_says_so(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, caplog: pytest.LogCaptureFixture
) -> None:
    await reach(hass, pod)
    with refuse(errno.EROFS, "Read-only file system"):
        walked_minute(pod)
        assert await hass.config_entries.async_unload(walker.entry_id)
    assert "could not be written: [Errno 30] Read-only file system" in caplog.text
    assert "Traceback" not in caplog.text
    await hass.config_entries.async_setup(walker.entry_id)
    await settle(hass)
    assert state(hass, STEPS_TODAY) == "10"


async def test_a_walker_that_can_not_be_read_for_the_moment_is_tried_again(
    hass: HomeAssistant, walker: MockConfigEntry, issue_registry: ir.IssueRegistry
) -> None:
    await hass.config_entries.async_unload(walker.entry_id)
    with patch.object(FolderFiles, "read", side_effect=OSError(errno.EACCES, "Permission denied")):
        assert not await hass.config_entries.async_setup(walker.entry_id)
    assert issue_registry.async_get_issue("retrostep", f"storage_damaged_{walker.entry_id}")
    await hass.config_entries.async_reload(walker.entry_id)
    assert walker.runtime_data.data
