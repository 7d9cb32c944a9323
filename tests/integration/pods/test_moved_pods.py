"""A pod that gets another walker leaves the minutes of the one before behind."""

import errno
import json
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState

from custom_components.retrostep.core.storage.files import SET_ASIDE
from custom_components.retrostep.pods.positions import FOLDER, async_pod_positions
from custom_components.retrostep.storage import FolderFiles, walker_files

from ..helpers import STEPS_TODAY, MakeWalker, copy_kept, kept, put_back, reach, state, this_minute

if TYPE_CHECKING:
    from pathlib import Path

    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod
    from ..repairs_page import Repairs

BOBS_STEPS_TODAY = "sensor.bob_backward_steps_today"


pytestmark = pytest.mark.usefixtures("noon")


async def walk(hass: HomeAssistant, fake: FakePod, back: int, ago_min: int) -> None:
    """Let a pod hold one more walked minute and give it."""
    fake.walk(back=back)
    fake.close_minute(this_minute() - ago_min)
    await reach(hass, fake)
    fake.set("sensor", "Unsynced minutes", 1)
    await hass.async_block_till_done(wait_background_tasks=True)


async def release(hass: HomeAssistant, walker: MockConfigEntry) -> None:
    """Take a walker's only pod away."""
    (subentry_id,) = walker.subentries
    hass.config_entries.async_remove_subentry(walker, subentry_id)
    await hass.async_block_till_done()


async def give(hass: HomeAssistant, fake: FakePod, make_walker: MakeWalker) -> MockConfigEntry:
    """Give a pod to Bob, who is new."""
    bob = make_walker(fake, slug="bob")
    await hass.config_entries.async_setup(bob.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    return bob


def forget_what_is_in_memory(hass: HomeAssistant) -> None:
    """Have positions read from the disk again, as after a restart."""
    del hass.data["retrostep_pod_positions"]
    async_pod_positions.cache_clear()


async def test_a_pod_that_changes_its_walker_leaves_its_steps_behind(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, make_walker: MakeWalker
) -> None:
    await walk(hass, pod, back=16, ago_min=3)
    await release(hass, walker)
    await give(hass, pod, make_walker)
    await walk(hass, pod, back=6, ago_min=1)

    assert state(hass, STEPS_TODAY) == "16"
    assert state(hass, BOBS_STEPS_TODAY) == "6"


@pytest.mark.parametrize("is_restarted", [False, True])
async def test_a_pod_of_a_removed_walker_leaves_its_steps_behind(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    other_pod: FakePod,
    make_walker: MakeWalker,
    is_restarted: bool,
) -> None:
    make_walker(other_pod, slug="carl")
    await walk(hass, pod, back=16, ago_min=3)
    await hass.config_entries.async_remove(walker.entry_id)
    if is_restarted:
        forget_what_is_in_memory(hass)

    await give(hass, pod, make_walker)
    assert state(hass, BOBS_STEPS_TODAY) == "0"

    await walk(hass, pod, back=6, ago_min=1)
    assert state(hass, BOBS_STEPS_TODAY) == "6"


@pytest.mark.parametrize("is_restarted", [False, True])
async def test_a_pod_of_a_disabled_walker_leaves_its_steps_behind(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, make_walker: MakeWalker, is_restarted: bool
) -> None:
    await walk(hass, pod, back=16, ago_min=3)
    await hass.config_entries.async_set_disabled_by(walker.entry_id, ConfigEntryDisabler.USER)
    await release(hass, walker)
    if is_restarted:
        forget_what_is_in_memory(hass)

    await give(hass, pod, make_walker)
    await walk(hass, pod, back=6, ago_min=1)
    assert state(hass, BOBS_STEPS_TODAY) == "6"

    await hass.config_entries.async_set_disabled_by(walker.entry_id, None)
    await hass.async_block_till_done()
    assert state(hass, STEPS_TODAY) == "16"


async def test_a_walker_who_gets_a_pod_back_does_not_get_what_others_walked_with_it(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, make_walker: MakeWalker
) -> None:
    await walk(hass, pod, back=16, ago_min=9)
    (subentry,) = walker.subentries.values()
    await release(hass, walker)
    bob = await give(hass, pod, make_walker)
    await walk(hass, pod, back=6, ago_min=6)
    await hass.config_entries.async_remove(bob.entry_id)
    pod.walk(back=2)
    pod.close_minute(this_minute() - 3)

    hass.config_entries.async_add_subentry(walker, subentry)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert state(hass, STEPS_TODAY) == "18"


async def test_nothing_is_kept_of_pods_once_the_last_walker_is_removed(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    make_walker: MakeWalker,
) -> None:
    await walk(hass, pod, back=16, ago_min=3)
    await hass.config_entries.async_unload(walker.entry_id)
    assert copy_kept(hass, FOLDER)

    await hass.config_entries.async_remove(walker.entry_id)
    assert not copy_kept(hass, FOLDER)

    await give(hass, pod, make_walker)
    assert state(hass, BOBS_STEPS_TODAY) == "16"


async def gone_with_a_pod(hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod) -> None:
    """Have Ann walk 16 steps and be removed, and Home Assistant started again."""
    await walk(hass, pod, back=16, ago_min=3)
    await hass.config_entries.async_remove(walker.entry_id)
    forget_what_is_in_memory(hass)


@pytest.mark.parametrize("content", [b"", b"\0" * 300, b'{"sum":"x"}', b"[]"])
async def test_positions_that_are_damaged_come_from_their_copy(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    other_pod: FakePod,
    make_walker: MakeWalker,
    caplog: pytest.LogCaptureFixture,
    content: bytes,
) -> None:
    make_walker(other_pod, slug="carl")
    await gone_with_a_pod(hass, walker, pod)
    walker_files(hass, FOLDER).write("current", content)

    await give(hass, pod, make_walker)
    assert state(hass, BOBS_STEPS_TODAY) == "0"
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("held", [{}, {"current": b"\0", "copy/current": b""}], ids=["missing", "damaged"])
async def test_positions_that_are_lost_are_told_and_stop_nobody(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    other_pod: FakePod,
    make_walker: MakeWalker,
    repairs: Repairs,
    caplog: pytest.LogCaptureFixture,
    held: dict[str, bytes],
) -> None:
    make_walker(other_pod, slug="carl")
    await gone_with_a_pod(hass, walker, pod)
    put_back(hass, FOLDER, held)

    bob = await give(hass, pod, make_walker)
    assert "may get minutes with it" in caplog.text
    assert "Traceback" not in caplog.text
    assert (walker_files(hass, FOLDER).read(SET_ASIDE) or b"") == held.get("current", b"")
    await repairs.confirm("positions_lost")
    await hass.config_entries.async_reload(bob.entry_id)
    assert not repairs.issue("positions_lost"), "told once"
    assert state(hass, BOBS_STEPS_TODAY) == "16"
    await hass.config_entries.async_unload(bob.entry_id)
    assert kept(hass, FOLDER)["ledger"]["walkers"][bob.entry_id]


@pytest.mark.parametrize("logs", [[["odd"]], [7], None, {"a": 1}])
async def test_the_odd_file_of_the_first_version_stops_nobody(
    hass: HomeAssistant, storage_folder: Path, pod: FakePod, make_walker: MakeWalker, logs: object
) -> None:
    storage_folder.mkdir(exist_ok=True)
    document = {"version": 1, "minor_version": 1, "key": "retrostep.pods", "data": {"x": {pod.mac: logs}}}
    (storage_folder / "retrostep.pods").write_text(json.dumps(document))
    bob = await give(hass, pod, make_walker)
    assert bob.runtime_data.data


async def test_the_file_of_the_first_version_is_taken_over(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    other_pod: FakePod,
    make_walker: MakeWalker,
    storage_folder: Path,
) -> None:
    make_walker(other_pod, slug="carl")
    await gone_with_a_pod(hass, walker, pod)
    positions = kept(hass, FOLDER)["ledger"]["walkers"]
    put_back(hass, FOLDER, {})
    document = {"version": 1, "minor_version": 1, "key": "retrostep.pods", "data": positions}
    (storage_folder / "retrostep.pods").write_text(json.dumps(document))

    await give(hass, pod, make_walker)
    assert state(hass, BOBS_STEPS_TODAY) == "0"
    assert (storage_folder / "retrostep.pods.version_1").exists()


async def test_a_house_that_never_kept_positions_has_lost_none(
    hass: HomeAssistant, walker: MockConfigEntry, repairs: Repairs
) -> None:
    assert not walker_files(hass, FOLDER).names("")
    assert not repairs.issue("positions_lost")


async def test_positions_that_the_disk_refuses_for_now_are_read_later(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    await walk(hass, pod, back=16, ago_min=3)
    await hass.config_entries.async_unload(walker.entry_id)
    forget_what_is_in_memory(hass)
    before = copy_kept(hass, FOLDER)
    with patch.object(FolderFiles, "read", side_effect=OSError(errno.EACCES, "Permission denied")):
        assert not await hass.config_entries.async_setup(walker.entry_id)
    assert walker.state is ConfigEntryState.SETUP_RETRY
    assert repairs.issue("storage_refused")
    assert not repairs.issue("storage_damaged"), "the walker's own data may be sound"
    assert copy_kept(hass, FOLDER) == before
    assert await hass.config_entries.async_reload(walker.entry_id)


async def test_a_disk_that_takes_no_positions_is_told_in_a_sentence(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, caplog: pytest.LogCaptureFixture
) -> None:
    await walk(hass, pod, back=16, ago_min=3)
    with patch.object(FolderFiles, "write", side_effect=OSError(28, "No space left on device")):
        assert await hass.config_entries.async_unload(walker.entry_id)
    assert "could not be written: [Errno 28] No space left on device" in caplog.text
    assert "Traceback" not in caplog.text
    await hass.config_entries.async_setup(walker.entry_id)
    await hass.config_entries.async_unload(walker.entry_id)
    assert kept(hass, FOLDER)["ledger"]["walkers"][walker.entry_id]
