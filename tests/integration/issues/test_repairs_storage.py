"""What is kept and can't be read stops its walker with ways out; nothing begins anew without a clear yes."""

import errno
import os
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.config_entries import ConfigEntryState

from custom_components.retrostep.core.storage.files import CURRENT, SET_ASIDE, opened
from custom_components.retrostep.storage import FolderFiles, walker_files

from ..helpers import (
    STEPS_TODAY,
    STEPS_TOTAL,
    MakeWalker,
    copy_kept,
    keep,
    kept,
    put_back,
    settle,
    state,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod
    from ..repairs_page import Repairs

pytestmark = pytest.mark.usefixtures("noon")


def spoil(hass: HomeAssistant, entry_id: str, change: Callable[[bytes], bytes]) -> None:
    files = walker_files(hass, entry_id)
    content = files.read(CURRENT)
    assert content
    files.write(CURRENT, change(content))


def bad_sector(number: int) -> Any:
    """Have `current` be what the disk does not give."""
    read = FolderFiles.read

    def refuse_current(self: FolderFiles, name: str) -> bytes | None:
        if name == CURRENT:
            raise OSError(number, os.strerror(number))
        return read(self, name)

    return refuse_current


def refuse(*_: object) -> None:
    raise OSError(errno.EROFS, "read-only")


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut off": lambda content: content[: len(content) // 2],
    "full of NUL bytes": lambda content: b"\0" * len(content),
    "another file": lambda _: b'{"version":1,"data":{}}',
}


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE.keys())
async def test_a_damaged_file_stops_its_walker_only_and_is_not_touched(
    hass: HomeAssistant,
    walked: MockConfigEntry,
    make_walker: MakeWalker,
    repairs: Repairs,
    caplog: pytest.LogCaptureFixture,
    *,
    change: Callable[[bytes], bytes],
) -> None:
    spoil(hass, walked.entry_id, change)
    before = copy_kept(hass, walked.entry_id)
    bob = make_walker(slug="bob")
    assert not await hass.config_entries.async_setup(walked.entry_id)
    assert await hass.config_entries.async_setup(bob.entry_id)

    assert walked.state is ConfigEntryState.SETUP_ERROR
    issue = repairs.issue("storage_damaged")
    assert issue
    assert issue.translation_placeholders == {"walker": "Ann"}
    assert copy_kept(hass, walked.entry_id) == before
    # Home Assistant itself shows where a set-up ended; what went wrong inside is a sentence.
    assert "Error: " not in caplog.text.replace("ConfigEntryError: ", "")


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES])
async def test_a_disk_that_does_not_give_a_file_is_told_with_ways_out_and_tried_again(
    hass: HomeAssistant,
    walked: MockConfigEntry,
    repairs: Repairs,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    """A sector may be bad for good, then the copy is of use; a disk that only refuses may give it later."""
    before = copy_kept(hass, walked.entry_id)
    with monkeypatch.context() as disk:
        disk.setattr(FolderFiles, "read", bad_sector(number))
        assert not await hass.config_entries.async_setup(walked.entry_id)
        assert walked.state is ConfigEntryState.SETUP_RETRY
        flow = await repairs.choose("storage_damaged", "last_copy")
        answered = await repairs.answer(flow)
    if number == errno.EACCES:
        assert answered["errors"] == {"base": "not_done"}
        assert copy_kept(hass, walked.entry_id) == before
        await hass.config_entries.async_reload(walked.entry_id)
    else:
        assert answered["errors"] == {"base": "still_so"}, "as far as this disk says"
        await hass.config_entries.async_reload(walked.entry_id)
    await settle(hass)
    assert walked.state is ConfigEntryState.LOADED
    assert not repairs.issue("storage_damaged")
    assert state(hass, STEPS_TODAY) == "30"


async def test_missing_files_are_damage_if_there_were_some(
    hass: HomeAssistant, walked: MockConfigEntry, repairs: Repairs
) -> None:
    put_back(hass, walked.entry_id, {})
    assert not await hass.config_entries.async_setup(walked.entry_id)
    flow = await repairs.open("storage_damaged")
    assert "last_copy" not in flow["menu_options"]


async def test_files_that_are_put_back_are_read_again(
    hass: HomeAssistant, walked: MockConfigEntry, repairs: Repairs
) -> None:
    backup = copy_kept(hass, walked.entry_id)
    spoil(hass, walked.entry_id, DAMAGE["empty"])
    assert not await hass.config_entries.async_setup(walked.entry_id)
    flow = await repairs.choose("storage_damaged", "try_again")
    assert (await repairs.answer(flow))["errors"] == {"base": "still_so"}

    put_back(hass, walked.entry_id, backup)
    assert (await repairs.answer(flow))["type"] == "create_entry"
    assert walked.state is ConfigEntryState.LOADED
    assert not repairs.issue("storage_damaged")
    assert state(hass, STEPS_TODAY) == "30"


async def test_the_last_good_copy_is_filled_up_by_the_pod_and_nothing_counts_twice(
    hass: HomeAssistant, walked: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    spoil(hass, walked.entry_id, DAMAGE["cut off"])
    assert not await hass.config_entries.async_setup(walked.entry_id)
    flow = await repairs.choose("storage_damaged", "last_copy")
    assert flow["description_placeholders"]["copied"].startswith("2026-11-18")
    assert (await repairs.answer(flow))["type"] == "create_entry"
    await settle(hass)

    assert walked.state is ConfigEntryState.LOADED
    assert state(hass, STEPS_TODAY) == "30"
    assert walked.runtime_data.ledger.settled_total().back == 30
    assert walker_files(hass, walked.entry_id).read(SET_ASIDE)


async def test_a_new_beginning_needs_a_clear_yes(
    hass: HomeAssistant, walked: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    pod.oldest = 4
    pod.disconnect()
    spoil(hass, walked.entry_id, DAMAGE["empty"])
    assert not await hass.config_entries.async_setup(walked.entry_id)
    flow = await repairs.choose("storage_damaged", "new_beginning")
    refused = await repairs.answer(flow, sure=False)
    assert refused["errors"] == {"base": "not_sure"}
    assert walked.state is ConfigEntryState.SETUP_ERROR

    assert (await repairs.answer(flow, sure=True))["type"] == "create_entry"
    assert walked.state is ConfigEntryState.LOADED
    assert state(hass, STEPS_TOTAL) == "0"


@pytest.mark.parametrize(("way", "answer"), [("last_copy", {}), ("new_beginning", {"sure": True})])
async def test_a_way_out_that_the_disk_refuses_says_so_and_can_be_gone_again(
    hass: HomeAssistant,
    walked: MockConfigEntry,
    repairs: Repairs,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
    answer: dict[str, Any],
) -> None:
    spoil(hass, walked.entry_id, DAMAGE["empty"])
    assert not await hass.config_entries.async_setup(walked.entry_id)
    flow = await repairs.choose("storage_damaged", way)
    before = copy_kept(hass, walked.entry_id)
    with monkeypatch.context() as disk:
        for call in ("write", "remove"):
            disk.setattr(FolderFiles, call, refuse)
        assert (await repairs.answer(flow, **answer))["errors"] == {"base": "not_done"}
    assert copy_kept(hass, walked.entry_id) == before
    assert walked.state is ConfigEntryState.SETUP_ERROR

    assert (await repairs.answer(flow, **answer))["type"] == "create_entry"
    await settle(hass)
    assert state(hass, STEPS_TODAY) == "30"


async def test_a_walker_that_was_removed_meanwhile_needs_no_way_out(
    hass: HomeAssistant, walked: MockConfigEntry, repairs: Repairs
) -> None:
    spoil(hass, walked.entry_id, DAMAGE["empty"])
    assert not await hass.config_entries.async_setup(walked.entry_id)
    flow = await repairs.choose("storage_damaged", "try_again")
    await hass.config_entries.async_remove(walked.entry_id)
    assert (await repairs.answer(flow))["type"] == "create_entry"
    assert not repairs.issue("storage_damaged")


@pytest.mark.parametrize(("choice", "given"), [("last_copy", {}), ("new_beginning", {"sure": True})])
async def test_a_repair_that_stayed_open_changes_nothing_once_the_walker_is_well(
    hass: HomeAssistant, walked: MockConfigEntry, repairs: Repairs, choice: str, given: dict[str, Any]
) -> None:
    backup = copy_kept(hass, walked.entry_id)
    spoil(hass, walked.entry_id, DAMAGE["empty"])
    assert not await hass.config_entries.async_setup(walked.entry_id)
    flow = await repairs.choose("storage_damaged", choice)
    put_back(hass, walked.entry_id, backup)
    await hass.config_entries.async_reload(walked.entry_id)
    before = copy_kept(hass, walked.entry_id)

    assert (await repairs.answer(flow, **given))["type"] == "create_entry"
    assert copy_kept(hass, walked.entry_id) == before
    assert state(hass, STEPS_TODAY) == "30"


async def test_a_damaged_part_alone_begins_anew_and_the_steps_stay(
    hass: HomeAssistant, walked: MockConfigEntry, repairs: Repairs
) -> None:
    odd = {"version": 2, "goal_days": {}}
    keep(hass, walked.entry_id, "goals", odd)
    assert not await hass.config_entries.async_setup(walked.entry_id)
    flow = await repairs.choose("storage_damaged", "new_beginning")
    assert (await repairs.answer(flow, sure=True))["type"] == "create_entry"
    assert state(hass, STEPS_TODAY) == "30"
    put_aside = walker_files(hass, walked.entry_id).read(SET_ASIDE)
    assert put_aside
    assert opened(put_aside) == {"goals": odd}


@pytest.mark.parametrize(
    ("part", "key"), [("ledger", "too_new"), ("goals", "too_new"), ("reminders", "too_new")]
)
async def test_what_a_newer_version_wrote_is_reported_and_left_alone(
    hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs, part: str, key: str
) -> None:
    entry = make_walker()
    keep(hass, entry.entry_id, part, {"version": 99})
    before = copy_kept(hass, entry.entry_id)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    flow = await repairs.open(f"storage_{key}")
    assert (await repairs.answer(flow))["errors"] == {"base": "still_so"}
    assert copy_kept(hass, entry.entry_id) == before
    await hass.config_entries.async_remove(entry.entry_id)
    assert not repairs.issue(f"storage_{key}")
    assert (await repairs.answer(flow))["type"] == "create_entry"


@pytest.mark.parametrize("spoiled", [{"rules": []}, {"hours": {"1": ["a"] * 8}}, {"days": {"1": [1, 2, 3]}}])
async def test_a_ledger_with_a_right_checksum_that_makes_no_sense_is_damage_and_is_kept(
    hass: HomeAssistant, walked: MockConfigEntry, repairs: Repairs, spoiled: dict[str, Any]
) -> None:
    ledger = kept(hass, walked.entry_id)["ledger"]
    odd = {**ledger, "totals": {**ledger["totals"], **spoiled}}
    keep(hass, walked.entry_id, "ledger", odd)
    assert not await hass.config_entries.async_setup(walked.entry_id)
    flow = await repairs.choose("storage_damaged", "last_copy")
    assert (await repairs.answer(flow))["type"] == "create_entry"
    await settle(hass)
    assert state(hass, STEPS_TODAY) == "30"
    put_aside = walker_files(hass, walked.entry_id).read(SET_ASIDE)
    assert put_aside
    assert opened(put_aside) == {"ledger": odd}
