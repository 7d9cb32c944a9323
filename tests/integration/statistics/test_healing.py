"""What the recorder lost is written again, and what only the recorder has stays."""

import errno
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.components.recorder.statistics import list_statistic_ids
from homeassistant.util import dt as dt_util

from custom_components.retrostep.const import CONF_KEPT
from custom_components.retrostep.diagnostics import async_get_config_entry_diagnostics
from custom_components.retrostep.pods.positions import async_pod_positions
from custom_components.retrostep.storage import FolderFiles

from ..helpers import copy_kept, put_back
from .hours import (
    METRES,
    STEPS,
    ledger_rows,
    reach,
    remove_walks,
    rows,
    settle,
    walk_at,
    written_by_a_stranger,
)

if TYPE_CHECKING:
    from homeassistant.components.recorder.core import Recorder
    from homeassistant.core import HomeAssistant
    from homeassistant.helpers import issue_registry as ir
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod
    from ..repairs_page import Repairs

pytestmark = pytest.mark.usefixtures("noon_in_kolkata")


async def go_back_to(
    hass: HomeAssistant, backup: dict[str, bytes], walker: MockConfigEntry, fake: FakePod
) -> None:
    """Start with an older ledger; of the pod's rows all but the third are overwritten meanwhile."""
    put_back(hass, walker.entry_id, backup)
    fake.oldest = 3
    fake.disconnect()
    await hass.config_entries.async_setup(walker.entry_id)
    await settle(hass)


def lose_everything(hass: HomeAssistant, walker: MockConfigEntry) -> None:
    """Have nothing left of a walker, nor the knowledge that there was something: as if it was made anew."""
    put_back(hass, walker.entry_id, {})
    async_pod_positions(hass)._positions.pop(walker.entry_id)
    object.__setattr__(walker, "created_at", dt_util.utcnow())
    data = {key: value for key, value in walker.data.items() if key != CONF_KEPT}
    hass.config_entries.async_update_entry(walker, data=data)


async def test_hours_the_recorder_missed_are_healed_at_the_start(
    hass: HomeAssistant, recorder_mock: Recorder, walker: MockConfigEntry, pod: FakePod
) -> None:
    walk_at(pod, "06:10", back=10)
    walk_at(pod, "07:10", back=20)
    walk_at(pod, "08:10", back=30)
    await reach(hass, pod)
    # What an older backup of the database and a stranger may have left behind.
    written_by_a_stranger(hass, {7: (1, 1), 9: (500, 900)})
    await settle(hass)

    await hass.config_entries.async_reload(walker.entry_id)
    await settle(hass)

    assert await rows(hass, recorder_mock) == {
        "11-18 06": (10, 10),
        "11-18 07": (20, 30),
        "11-18 08": (30, 60),
        # The ledger does not know this hour: it stays, and its sum follows those before it.
        "11-18 09": (500, 560),
    }


async def test_nothing_is_written_at_the_start_when_all_is_right(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    walker: MockConfigEntry,
    pod: FakePod,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    walk_at(pod, "06:10", back=10, back_dm=33, back_s=7)
    await reach(hass, pod)
    pod.disconnect()
    written: list[Any] = []
    monkeypatch.setattr(
        "custom_components.retrostep.statistics.async_add_external_statistics",
        lambda *arguments: written.append(arguments),
    )

    await hass.config_entries.async_reload(walker.entry_id)
    await settle(hass)

    assert not written


async def test_a_restored_backup_takes_no_hour_from_the_recorder(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    walker: MockConfigEntry,
    pod: FakePod,
) -> None:
    walk_at(pod, "06:10", back=10)
    await reach(hass, pod)
    await hass.config_entries.async_unload(walker.entry_id)
    backup = copy_kept(hass, walker.entry_id)
    await hass.config_entries.async_setup(walker.entry_id)
    walk_at(pod, "07:10", back=20)
    walk_at(pod, "08:10", back=30)
    pod.set("sensor", "Unsynced minutes", 2)
    await settle(hass)
    before = await rows(hass, recorder_mock)
    assert before == {"11-18 06": (10, 10), "11-18 07": (20, 30), "11-18 08": (30, 60)}
    await hass.config_entries.async_unload(walker.entry_id)

    await go_back_to(hass, backup, walker, pod)
    assert await rows(hass, recorder_mock) == before

    await reach(hass, pod)
    assert await rows(hass, recorder_mock) == before
    assert ledger_rows(walker) == {"11-18 06": (10, 10), "11-18 08": (30, 40)}


async def test_a_backup_from_before_the_first_walk_takes_no_hour_from_the_recorder(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    walker: MockConfigEntry,
    pod: FakePod,
) -> None:
    await hass.config_entries.async_unload(walker.entry_id)
    backup = copy_kept(hass, walker.entry_id)
    await hass.config_entries.async_setup(walker.entry_id)
    walk_at(pod, "06:10", back=10)
    walk_at(pod, "07:10", back=20)
    walk_at(pod, "08:10", back=30)
    await reach(hass, pod)
    await hass.config_entries.async_unload(walker.entry_id)

    before = await rows(hass, recorder_mock)
    await go_back_to(hass, backup, walker, pod)
    assert await rows(hass, recorder_mock) == before

    walk_at(pod, "09:10", back=5)
    await reach(hass, pod)
    assert await rows(hass, recorder_mock) == {**before, "11-18 09": (5, 65)}
    assert ledger_rows(walker) == {"11-18 08": (30, 30), "11-18 09": (5, 35)}


async def test_a_damaged_ledger_goes_on_from_what_the_recorder_has_and_says_so(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    walker: MockConfigEntry,
    pod: FakePod,
    issue_registry: ir.IssueRegistry,
) -> None:
    walk_at(pod, "06:10", back=1_000, back_dm=5_000, back_s=600)
    walk_at(pod, "07:10", back=100, back_dm=500, back_s=60)
    await reach(hass, pod)
    await hass.config_entries.async_unload(walker.entry_id)
    lose_everything(hass, walker)
    pod.rows.clear()
    pod.log += 1
    pod.disconnect()
    await hass.config_entries.async_setup(walker.entry_id)
    await settle(hass)
    issue = issue_registry.async_get_issue("retrostep", f"hours_missing_{walker.entry_id}")
    assert issue
    placeholders = {"walker": "Ann", "hours": "2", "first": "2026-11-18", "last": "2026-11-18"}
    assert issue.translation_placeholders == placeholders
    told = await async_get_config_entry_diagnostics(hass, walker)
    assert told["statistics"] == {"hours_missing": 2}

    walk_at(pod, "09:10", back=50, back_dm=255, back_s=30)
    await reach(hass, pod)

    hours = {"11-18 06": (1_000, 1_000), "11-18 07": (100, 1_100), "11-18 09": (50, 1_150)}
    assert await rows(hass, recorder_mock) == hours
    assert await rows(hass, recorder_mock, METRES) == {
        "11-18 06": (500, 500),
        "11-18 07": (50, 550),
        "11-18 09": (25.5, 575.5),
    }
    await hass.config_entries.async_reload(walker.entry_id)
    await settle(hass)
    assert await rows(hass, recorder_mock) == hours

    await remove_walks(hass, "06:00", "08:00")
    zero = {"11-18 06": (0, 0), "11-18 07": (0, 0), "11-18 09": (50, 50)}
    assert await rows(hass, recorder_mock) == zero
    assert issue_registry.async_get_issue("retrostep", f"hours_missing_{walker.entry_id}") is None


async def test_hours_that_a_pod_gives_again_are_missing_no_more(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    walker: MockConfigEntry,
    pod: FakePod,
    issue_registry: ir.IssueRegistry,
) -> None:
    walk_at(pod, "06:10", back=10)
    walk_at(pod, "07:10", back=20)
    await reach(hass, pod)
    before = await rows(hass, recorder_mock)
    await hass.config_entries.async_unload(walker.entry_id)
    lose_everything(hass, walker)
    pod.disconnect()
    await hass.config_entries.async_setup(walker.entry_id)
    await settle(hass)
    assert issue_registry.async_get_issue("retrostep", f"hours_missing_{walker.entry_id}")

    await reach(hass, pod)

    assert await rows(hass, recorder_mock) == before == ledger_rows(walker)
    assert issue_registry.async_get_issue("retrostep", f"hours_missing_{walker.entry_id}") is None


@pytest.mark.parametrize("edit", ["state", "adjusted", "cleared"])
async def test_what_developer_tools_changed_makes_no_leap(
    hass: HomeAssistant, recorder_mock: Recorder, walker: MockConfigEntry, pod: FakePod, edit: str
) -> None:
    walk_at(pod, "06:10", back=50)
    await reach(hass, pod)
    match edit:
        case "state":
            written_by_a_stranger(hass, {6: (1_100, 1_100)})
        case "adjusted":
            recorder_mock.async_adjust_statistics(
                STEPS, datetime(2026, 11, 18, 6, tzinfo=UTC), 1_050, "steps"
            )
        case "cleared":
            recorder_mock.async_clear_statistics([STEPS])
    await settle(hass)
    assert await rows(hass, recorder_mock) != {"11-18 06": (50, 50)}

    walk_at(pod, "07:10", back=100)
    pod.set("sensor", "Unsynced minutes", 1)
    await settle(hass)

    assert await rows(hass, recorder_mock) == {"11-18 06": (50, 50), "11-18 07": (100, 150)}


async def test_a_series_that_was_given_another_unit_is_written_as_a_whole(
    hass: HomeAssistant, recorder_mock: Recorder, walker: MockConfigEntry, pod: FakePod
) -> None:
    walk_at(pod, "06:10", back=10, back_dm=100)
    await reach(hass, pod)
    recorder_mock.async_change_statistics_unit(
        METRES, new_unit_of_measurement="ft", old_unit_of_measurement="m"
    )
    await settle(hass)

    walk_at(pod, "07:10", back=20, back_dm=200)
    pod.set("sensor", "Unsynced minutes", 1)
    await settle(hass)

    found = await recorder_mock.async_add_executor_job(list_statistic_ids, hass, {METRES})
    assert [series["statistics_unit_of_measurement"] for series in found] == ["m"]
    assert await rows(hass, recorder_mock, METRES) == {"11-18 06": (10, 10), "11-18 07": (20, 30)}


def read_only(*_: object) -> None:
    raise OSError(errno.EROFS, "read-only")


async def test_a_ledger_rebuilt_from_statistics_holds_what_they_hold_and_counts_later_minutes_once(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    walker: MockConfigEntry,
    pod: FakePod,
    repairs: Repairs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    walk_at(pod, "06:10", back=10, back_dm=40, back_s=12)
    walk_at(pod, "07:10", back=20, back_dm=80, back_s=24)
    walk_at(pod, "08:10", back=30, back_dm=120, back_s=36)
    await reach(hass, pod)
    before = await rows(hass, recorder_mock)
    await hass.config_entries.async_unload(walker.entry_id)
    put_back(hass, walker.entry_id, {})
    assert not await hass.config_entries.async_setup(walker.entry_id)

    flow = await repairs.choose("storage_damaged", "statistics")
    with monkeypatch.context() as disk:
        disk.setattr(FolderFiles, "write", read_only)
        assert (await repairs.answer(flow))["errors"] == {"base": "not_done"}
    assert (await repairs.answer(flow))["type"] == "create_entry"
    await settle(hass)

    ledger = walker.runtime_data.ledger
    assert ledger.settled_total().back == 60
    assert ledger.settled_total().back_dm == 240
    assert ledger.today(dt_util.utcnow()).counts.back == 60
    assert await rows(hass, recorder_mock) == before
    # The pod still holds all its minutes, and they are not counted once more.
    assert [call["after"] for call in pod.asked][-2:] == [0, 3]


async def test_a_rebuild_from_statistics_that_hold_nothing_asks_for_a_clear_yes(
    hass: HomeAssistant, recorder_mock: Recorder, walker: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    await reach(hass, pod)
    await hass.config_entries.async_unload(walker.entry_id)
    put_back(hass, walker.entry_id, {})
    assert not await hass.config_entries.async_setup(walker.entry_id)
    flow = await repairs.choose("storage_damaged", "statistics")
    assert (await repairs.answer(flow))["step_id"] == "new_beginning"
    assert (await repairs.answer(flow, sure=False))["errors"] == {"base": "not_sure"}


@pytest.mark.parametrize(("pod_tells", "steps"), [((), 60), (("08:10",), 60), (("08:10", "08:40"), 65)])
async def test_the_last_hour_of_a_rebuilt_ledger_is_what_statistics_or_pods_know_more_of(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    walker: MockConfigEntry,
    pod: FakePod,
    repairs: Repairs,
    pod_tells: tuple[str, ...],
    steps: int,
) -> None:
    walk_at(pod, "06:10", back=30, back_dm=40, back_s=12)
    walk_at(pod, "08:10", back=30, back_dm=120, back_s=36)
    await reach(hass, pod)
    await hass.config_entries.async_unload(walker.entry_id)
    if "08:40" in pod_tells:
        walk_at(pod, "08:40", back=5)
    pod.oldest = 2 if pod_tells else 3
    put_back(hass, walker.entry_id, {})
    assert not await hass.config_entries.async_setup(walker.entry_id)

    flow = await repairs.choose("storage_damaged", "statistics")
    assert (await repairs.answer(flow))["type"] == "create_entry"
    await settle(hass)
    for _ in range(2):
        assert walker.runtime_data.ledger.settled_total().back == steps
        assert sum(state for state, _ in (await rows(hass, recorder_mock)).values()) == steps
        await hass.config_entries.async_reload(walker.entry_id)
        await settle(hass)
