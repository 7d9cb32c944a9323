"""What is kept and can't be read stops its walker with ways out; nothing begins anew without a clear yes."""

import errno
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.config_entries import ConfigEntryState

from custom_components.retrostep.const import DOMAIN
from custom_components.retrostep.core.storage.files import CURRENT, SET_ASIDE
from custom_components.retrostep.storage import FolderFiles, walker_files

from ..helpers import (
    STEPS_TODAY,
    STEPS_TOTAL,
    MakeWalker,
    copy_kept,
    keep,
    kept,
    put_back,
    reach,
    settle,
    state,
    walked_minute,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod
    from ..repairs_page import Repairs

VERSION_1 = Path(__file__).parents[1] / "version_1"

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
async def walked(hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod) -> MockConfigEntry:
    """Ann, who walked 30 steps that are on disk, unloaded."""
    for ago in (30, 20, 10):
        walked_minute(pod, ago_min=ago)
    await reach(hass, pod)
    assert state(hass, STEPS_TODAY) == "30"
    assert await hass.config_entries.async_unload(walker.entry_id)
    return walker


def spoil(hass: HomeAssistant, entry_id: str, change: Callable[[bytes], bytes]) -> None:
    files = walker_files(hass, entry_id)
    content = files.read(CURRENT)
    assert content
    files.write(CURRENT, change(content))


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
    keep(hass, walked.entry_id, "goals", {"version": 2, "goal_days": {}})
    assert not await hass.config_entries.async_setup(walked.entry_id)
    flow = await repairs.choose("storage_damaged", "new_beginning")
    assert (await repairs.answer(flow, sure=True))["type"] == "create_entry"
    assert state(hass, STEPS_TODAY) == "30"


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


# The files of the first version


def old_file(folder: Path, name: str, data: object, version: int = 1) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(json.dumps({"version": version, "minor_version": 1, "key": name, "data": data}))
    return file


async def test_the_one_file_of_the_first_version_is_taken_over_once_and_put_away(
    hass: HomeAssistant, walked: MockConfigEntry, pod: FakePod, storage_folder: Path
) -> None:
    parts = kept(hass, walked.entry_id)
    put_back(hass, walked.entry_id, {})
    hass.config_entries.async_update_entry(walked, version=1)
    name = f"{DOMAIN}.{walked.entry_id}"
    files = [old_file(storage_folder, name, parts["ledger"])]
    files += [
        old_file(storage_folder, f"{name}.{part}", parts[part]) for part in ("goals", "reminders", "guide")
    ]
    assert await hass.config_entries.async_setup(walked.entry_id)
    await settle(hass)

    assert walked.version == 2
    assert state(hass, STEPS_TODAY) == "30"
    assert walked.runtime_data.ledger.settled_total().back == 30
    assert not any(file.exists() for file in files)
    assert all(file.with_name(f"{file.name}.version_1").exists() for file in files)
    # A file of the first version that somebody puts back later is not read.
    old_file(storage_folder, name, {"version": 1})
    assert await hass.config_entries.async_reload(walked.entry_id)
    assert walked.runtime_data.ledger.settled_total().back == 30
    await hass.config_entries.async_remove(walked.entry_id)
    assert not [file for file in storage_folder.rglob("*") if file.is_file() and walked.entry_id in str(file)]


async def test_an_old_file_beside_newer_blocks_is_not_read_in_their_place(
    hass: HomeAssistant, walked: MockConfigEntry, repairs: Repairs, storage_folder: Path
) -> None:
    """A disk that refused to rename the old file, and lost the new one later."""
    old_file(storage_folder, f"{DOMAIN}.{walked.entry_id}", kept(hass, walked.entry_id)["ledger"])
    held = copy_kept(hass, walked.entry_id)
    del held[CURRENT]
    put_back(hass, walked.entry_id, held)
    assert not await hass.config_entries.async_setup(walked.entry_id)
    assert repairs.issue("storage_damaged")


@pytest.mark.parametrize(
    "spoiled",
    [
        {"rules": []},
        {"rules": [[0, "Nowhere/Nothing", 0]]},
        {"hours": {"1": ["a"] * 8}},
        {"hours": {"1": [1, 2, 3]}},
        {"hours": {"one": [1] * 8}},
        {"all": None},
    ],
)
async def test_an_odd_ledger_of_the_first_version_is_damage_without_a_traceback(
    hass: HomeAssistant,
    walked: MockConfigEntry,
    repairs: Repairs,
    storage_folder: Path,
    caplog: pytest.LogCaptureFixture,
    spoiled: dict[str, Any],
) -> None:
    ledger = kept(hass, walked.entry_id)["ledger"]
    put_back(hass, walked.entry_id, {})
    old_file(
        storage_folder, f"{DOMAIN}.{walked.entry_id}", {**ledger, "totals": {**ledger["totals"], **spoiled}}
    )
    assert not await hass.config_entries.async_setup(walked.entry_id)
    assert repairs.issue("storage_damaged")
    # Home Assistant itself shows where a set-up ended; what went wrong inside is a sentence.
    assert "Error: " not in caplog.text.replace("ConfigEntryError: ", "")


async def test_odd_ranges_of_rows_taken_are_damage(
    hass: HomeAssistant, walked: MockConfigEntry, pod: FakePod, repairs: Repairs, storage_folder: Path
) -> None:
    ledger = kept(hass, walked.entry_id)["ledger"]
    put_back(hass, walked.entry_id, {})
    ledger["pods"][pod.mac]["logs"][0][3].append(7)
    old_file(storage_folder, f"{DOMAIN}.{walked.entry_id}", ledger)
    assert not await hass.config_entries.async_setup(walked.entry_id)
    assert repairs.issue("storage_damaged")


async def test_files_that_the_first_version_wrote_are_read_whole(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker, storage_folder: Path
) -> None:
    """Written by the code of that time: a week, a walk by hand, a correction, goals, a timed walk."""
    entry = make_walker(pod)
    hass.config_entries.async_update_entry(entry, version=1)
    for file in VERSION_1.iterdir():
        kept_as = file.name.replace("walker", entry.entry_id)
        old_file(storage_folder, kept_as, json.loads(file.read_text(encoding="utf-8"))["data"])
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)

    coordinator = entry.runtime_data
    assert coordinator.ledger.settled_total().back == 1_400
    assert coordinator.ledger.day(date(2026, 11, 12)).counts.back == 100
    assert coordinator.ledger.position(pod.mac) == (4711, 70)
    assert len(coordinator.ledger.walks()) == 1
    assert coordinator.goals.days(date(2026, 11, 11), date(2026, 11, 17))[2].done == 200
    assert coordinator.guided_sessions.three_metres.last.seconds == 6.4
    export = await hass.services.async_call(
        DOMAIN, "export", {"config_entry_id": entry.entry_id}, blocking=True, return_response=True
    )
    document = json.loads(export["content"])
    assert sum(row["backward_steps"] for row in document["days"]) == 1_400
    # The same file once more, as from a backup of a month ago, changes nothing.
    before = kept(hass, entry.entry_id)["ledger"]["totals"]
    await hass.config_entries.async_reload(entry.entry_id)
    assert kept(hass, entry.entry_id)["ledger"]["totals"] == before
