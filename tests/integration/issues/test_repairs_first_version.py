"""The files of the first version are read whole and once; that there are none, or odd ones, is damage."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.config_entries import ConfigEntryState
from homeassistant.util import dt as dt_util

from custom_components.retrostep.const import DOMAIN
from custom_components.retrostep.core.storage.files import CURRENT
from custom_components.retrostep.pods.positions import FOLDER, async_pod_positions
from custom_components.retrostep.storage import walker_files

from ..helpers import STEPS_TODAY, MakeWalker, copy_kept, kept, put_back, settle, state

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod
    from ..repairs_page import Repairs

VERSION_1 = Path(__file__).parents[1] / "version_1"

pytestmark = pytest.mark.usefixtures("noon")


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


# What else remembers that there was a ledger


def as_first_version(hass: HomeAssistant, entry: MockConfigEntry, *, days_old: float) -> None:
    """Have an entry as the first version left it, without any file."""
    put_back(hass, entry.entry_id, {})
    data = {key: value for key, value in entry.data.items() if not key.endswith("kept")}
    hass.config_entries.async_update_entry(entry, version=1, data=data)
    entry.created_at = dt_util.utcnow() - timedelta(days=days_old)
    shutil.rmtree(walker_files(hass, FOLDER).folder)
    hass.data.pop("retrostep_pod_positions")
    async_pod_positions.cache_clear()


@pytest.mark.parametrize(("days_old", "is_damage"), [(0.9, False), (1.1, True)])
async def test_an_entry_of_the_first_version_that_lost_its_file_does_not_begin_at_zero(
    hass: HomeAssistant, walked: MockConfigEntry, repairs: Repairs, days_old: float, *, is_damage: bool
) -> None:
    """The first version noted nowhere that it had kept something; it wrote with the first minute of a pod."""
    as_first_version(hass, walked, days_old=days_old)
    assert await hass.config_entries.async_setup(walked.entry_id) is not is_damage
    if is_damage:
        flow = await repairs.choose("storage_damaged", "new_beginning")
        assert (await repairs.answer(flow, sure=True))["type"] == "create_entry"
    assert walked.state is ConfigEntryState.LOADED


async def test_goals_of_the_first_version_without_a_ledger_do_not_make_it_begin_at_zero(
    hass: HomeAssistant, walked: MockConfigEntry, repairs: Repairs, storage_folder: Path
) -> None:
    parts = kept(hass, walked.entry_id)
    as_first_version(hass, walked, days_old=400)
    file = old_file(storage_folder, f"{DOMAIN}.{walked.entry_id}.goals", parts["goals"])
    assert not await hass.config_entries.async_setup(walked.entry_id)
    assert file.exists()
    flow = await repairs.choose("storage_damaged", "new_beginning")
    assert (await repairs.answer(flow, sure=True))["type"] == "create_entry"
    assert not file.exists(), "taken over"
    assert walked.runtime_data.goals.goal_days.days()


async def test_a_walker_who_never_had_a_pod_has_nothing_to_lose(
    hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs
) -> None:
    entry = make_walker()
    entry.created_at = dt_util.utcnow() - timedelta(days=400)
    assert await hass.config_entries.async_setup(entry.entry_id)


async def test_what_walkers_took_of_pods_remembers_a_ledger(
    hass: HomeAssistant, walked: MockConfigEntry, repairs: Repairs
) -> None:
    put_back(hass, walked.entry_id, {})
    data = {key: value for key, value in walked.data.items() if key != "kept"}
    hass.config_entries.async_update_entry(walked, data=data)
    assert not await hass.config_entries.async_setup(walked.entry_id)
    assert repairs.issue("storage_damaged")


async def test_an_old_file_that_the_disk_does_not_give_is_not_missing(
    hass: HomeAssistant, walked: MockConfigEntry, repairs: Repairs, storage_folder: Path
) -> None:
    as_first_version(hass, walked, days_old=0)
    # Reading a folder as a file fails for root, too.
    (storage_folder / f"{DOMAIN}.{walked.entry_id}").mkdir()
    assert not await hass.config_entries.async_setup(walked.entry_id)
    assert walked.state is ConfigEntryState.SETUP_RETRY
    assert repairs.issue("storage_damaged")
