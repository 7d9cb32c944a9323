"""The recorder's hours are those of the ledger, whenever the minutes arrive."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import sleep
from typing import TYPE_CHECKING, Any, override

import pytest
from homeassistant.components.recorder.models import StatisticData, StatisticMeanType
from homeassistant.components.recorder.statistics import (
    async_add_external_statistics,
    list_statistic_ids,
    statistics_during_period,
)
from homeassistant.components.recorder.tasks import RecorderTask
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done

from custom_components.retrostep import clock
from custom_components.retrostep.diagnostics import async_get_config_entry_diagnostics

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.components.recorder.core import Recorder
    from homeassistant.core import HomeAssistant
    from homeassistant.helpers import issue_registry as ir

    from .fake_pod import FakePod

MakeWalker = Callable[..., MockConfigEntry]

STEPS = "retrostep:ann_backward_steps"
METRES = "retrostep:ann_backward_distance"
MINUTES = "retrostep:ann_backward_minutes"
FORWARD = "retrostep:ann_forward_steps"
ALL = {STEPS, METRES, MINUTES, FORWARD}


class BusyTask(RecorderTask):
    """Keeps the recorder from writing what is queued after it for a while."""

    @override
    def run(self, instance: Recorder) -> None:
        sleep(0.2)


@pytest.fixture(autouse=True)
def _custom_integrations(recorder_mock: Recorder, enable_custom_integrations: None) -> None:
    """Start the recorder before everything else."""


@pytest.fixture(autouse=True)
async def noon(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be noon in a zone whose hours do not begin with those of UTC."""
    await hass.config.async_set_time_zone("Asia/Kolkata")
    freezer.move_to("2026-11-18 11:00:30+00:00")


async def settle(hass: HomeAssistant) -> None:
    await hass.async_block_till_done(wait_background_tasks=True)
    await async_wait_recording_done(hass)


async def reach(hass: HomeAssistant, fake: FakePod) -> None:
    fake.now_s = int(dt_util.utcnow().timestamp())
    fake.connect()
    await settle(hass)


def walk_at(fake: FakePod, clock: str, **counts: int) -> None:
    """Walk in a minute of the day, UTC."""
    fake.walk(**counts)
    fake.close_minute(int(datetime.fromisoformat(f"2026-11-18T{clock}:00+00:00").timestamp()) // 60)


async def go_back_to(
    hass: HomeAssistant, hass_storage: dict[str, Any], backup: Any, walker: MockConfigEntry, fake: FakePod
) -> None:
    """Start with an older ledger; of the pod's rows all but the third are overwritten meanwhile."""
    hass_storage[f"retrostep.{walker.entry_id}"] = backup
    fake.oldest = 3
    fake.disconnect()
    await hass.config_entries.async_setup(walker.entry_id)
    await settle(hass)


async def rows(
    hass: HomeAssistant, recorder: Recorder, statistic_id: str = STEPS
) -> dict[str, tuple[float, float]]:
    """Return (state, sum) by hour, UTC."""
    found = await recorder.async_add_executor_job(
        statistics_during_period,
        hass,
        datetime(2026, 1, 1, tzinfo=UTC),
        None,
        {statistic_id},
        "hour",
        None,
        {"state", "sum"},
    )
    return {
        datetime.fromtimestamp(row["start"], UTC).strftime("%m-%d %H"): (row["state"], row["sum"])
        for row in found.get(statistic_id, [])
    }


def written_by_a_stranger(hass: HomeAssistant, hours: dict[int, tuple[float, float]]) -> None:
    """Write (state, sum) of hours of the day behind the ledger's back."""
    async_add_external_statistics(
        hass,
        {
            "has_sum": True,
            "mean_type": StatisticMeanType.NONE,
            "name": "Ann backward steps",
            "source": "retrostep",
            "statistic_id": STEPS,
            "unit_class": None,
            "unit_of_measurement": "steps",
        },
        [
            StatisticData(start=datetime(2026, 11, 18, hour, tzinfo=UTC), state=held, sum=until_then)
            for hour, (held, until_then) in hours.items()
        ],
    )


def ledger_rows(entry: MockConfigEntry) -> dict[str, tuple[float, float]]:
    total = 0
    found = {}
    for start, counts in entry.runtime_data.ledger.hours():
        total += counts.back
        found[start.strftime("%m-%d %H")] = (counts.back, total)
    return found


async def test_minutes_are_written_into_the_hour_they_were_walked_in(
    hass: HomeAssistant, recorder_mock: Recorder, walker: MockConfigEntry, pod: FakePod
) -> None:
    walk_at(pod, "07:59", back=30, back_dm=150, back_s=30)
    walk_at(pod, "08:00", back=10, back_dm=55, back_s=15)
    walk_at(pod, "08:30", back=4, fwd=60)

    await reach(hass, pod)

    assert await rows(hass, recorder_mock) == {"11-18 07": (30, 30), "11-18 08": (14, 44)}
    assert await rows(hass, recorder_mock, METRES) == {"11-18 07": (15, 15), "11-18 08": (5.5, 20.5)}
    assert await rows(hass, recorder_mock, MINUTES) == {"11-18 07": (0.5, 0.5), "11-18 08": (0.25, 0.75)}
    assert await rows(hass, recorder_mock, FORWARD) == {"11-18 07": (0, 0), "11-18 08": (60, 60)}


async def test_series_tell_their_name_and_unit(
    hass: HomeAssistant, recorder_mock: Recorder, walker: MockConfigEntry, pod: FakePod
) -> None:
    walk_at(pod, "07:59", back=30)
    await reach(hass, pod)

    found = await recorder_mock.async_add_executor_job(list_statistic_ids, hass, ALL)

    by_id = {series["statistic_id"]: series for series in found}
    units = {
        key: (series["statistics_unit_of_measurement"], series["unit_class"]) for key, series in by_id.items()
    }
    assert by_id[STEPS]["name"] == "Ann backward steps"
    assert units == {
        STEPS: ("steps", None),
        FORWARD: ("steps", None),
        METRES: ("m", "distance"),
        MINUTES: ("min", "duration"),
    }
    assert all(series["has_sum"] and series["mean_type"] is StatisticMeanType.NONE for series in found)


async def test_late_minutes_change_their_hour_and_every_sum_after_it(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    pod: FakePod,
    other_pod: FakePod,
    make_walker: MakeWalker,
) -> None:
    entry = make_walker(pod, other_pod)
    await hass.config_entries.async_setup(entry.entry_id)
    walk_at(pod, "06:10", back=10)
    walk_at(pod, "09:10", back=10)
    await reach(hass, pod)

    walk_at(other_pod, "05:30", back=7)
    walk_at(other_pod, "07:30", back=5)
    await reach(hass, other_pod)

    found = await rows(hass, recorder_mock)
    assert found == {"11-18 05": (7, 7), "11-18 06": (10, 17), "11-18 07": (5, 22), "11-18 09": (10, 32)}
    assert found == ledger_rows(entry)


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
    hass_storage: dict[str, Any],
) -> None:
    walk_at(pod, "06:10", back=10)
    await reach(hass, pod)
    await hass.config_entries.async_unload(walker.entry_id)
    backup = hass_storage[f"retrostep.{walker.entry_id}"]
    await hass.config_entries.async_setup(walker.entry_id)
    walk_at(pod, "07:10", back=20)
    walk_at(pod, "08:10", back=30)
    pod.set("sensor", "Unsynced minutes", 2)
    await settle(hass)
    before = await rows(hass, recorder_mock)
    assert before == {"11-18 06": (10, 10), "11-18 07": (20, 30), "11-18 08": (30, 60)}
    await hass.config_entries.async_unload(walker.entry_id)

    await go_back_to(hass, hass_storage, backup, walker, pod)
    assert await rows(hass, recorder_mock) == before

    await reach(hass, pod)
    assert await rows(hass, recorder_mock) == before
    assert ledger_rows(walker) == {"11-18 06": (10, 10), "11-18 08": (30, 40)}


async def test_a_backup_from_before_the_first_walk_takes_no_hour_from_the_recorder(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    walker: MockConfigEntry,
    pod: FakePod,
    hass_storage: dict[str, Any],
) -> None:
    await hass.config_entries.async_unload(walker.entry_id)
    backup = hass_storage[f"retrostep.{walker.entry_id}"]
    await hass.config_entries.async_setup(walker.entry_id)
    walk_at(pod, "06:10", back=10)
    walk_at(pod, "07:10", back=20)
    walk_at(pod, "08:10", back=30)
    await reach(hass, pod)
    await hass.config_entries.async_unload(walker.entry_id)

    before = await rows(hass, recorder_mock)
    await go_back_to(hass, hass_storage, backup, walker, pod)
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
    hass_storage: dict[str, Any],
    issue_registry: ir.IssueRegistry,
) -> None:
    walk_at(pod, "06:10", back=1_000, back_dm=5_000, back_s=600)
    walk_at(pod, "07:10", back=100, back_dm=500, back_s=60)
    await reach(hass, pod)
    await hass.config_entries.async_unload(walker.entry_id)
    # Home Assistant puts a file it can't read aside: what is left is nothing.
    del hass_storage[f"retrostep.{walker.entry_id}"]
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

    await hass.services.async_call(
        "retrostep",
        "remove_walk",
        {"start": "2026-11-18 06:00+00:00", "end": "2026-11-18 08:00+00:00"},
        blocking=True,
    )
    await settle(hass)
    zero = {"11-18 06": (0, 0), "11-18 07": (0, 0), "11-18 09": (50, 50)}
    assert await rows(hass, recorder_mock) == zero
    assert issue_registry.async_get_issue("retrostep", f"hours_missing_{walker.entry_id}") is None


async def test_hours_that_a_pod_gives_again_are_missing_no_more(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    walker: MockConfigEntry,
    pod: FakePod,
    hass_storage: dict[str, Any],
    issue_registry: ir.IssueRegistry,
) -> None:
    walk_at(pod, "06:10", back=10)
    walk_at(pod, "07:10", back=20)
    await reach(hass, pod)
    before = await rows(hass, recorder_mock)
    await hass.config_entries.async_unload(walker.entry_id)
    del hass_storage[f"retrostep.{walker.entry_id}"]
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


async def test_a_walk_taken_back_leaves_its_hour_at_zero(
    hass: HomeAssistant, recorder_mock: Recorder, walker: MockConfigEntry, pod: FakePod
) -> None:
    walk_at(pod, "06:10", back=10)
    walk_at(pod, "07:10", back=20)
    await reach(hass, pod)
    await hass.services.async_call(
        "retrostep",
        "remove_walk",
        {"start": "2026-11-18 06:10+00:00", "end": "2026-11-18 06:11+00:00"},
        blocking=True,
    )
    await settle(hass)
    zero = {"11-18 06": (0, 0), "11-18 07": (20, 20)}
    assert await rows(hass, recorder_mock) == zero

    written_by_a_stranger(hass, {6: (10, 10), 7: (20, 30)})
    await settle(hass)
    await hass.config_entries.async_reload(walker.entry_id)
    await settle(hass)
    assert await rows(hass, recorder_mock) == zero


async def test_fifty_days_that_arrive_at_once_are_written_right(
    hass: HomeAssistant, recorder_mock: Recorder, walker: MockConfigEntry, pod: FakePod
) -> None:
    begin = dt_util.utcnow().replace(minute=0, second=0, microsecond=0) - timedelta(days=50)
    for day in range(50):
        pod.walk(back=day + 1)
        pod.close_minute(int((begin + timedelta(days=day)).timestamp()) // 60)

    await reach(hass, pod)

    found = await rows(hass, recorder_mock)
    assert len(found) == 50
    assert found == ledger_rows(walker)


async def test_removing_a_walker_removes_the_series(
    hass: HomeAssistant, recorder_mock: Recorder, walker: MockConfigEntry, pod: FakePod
) -> None:
    walk_at(pod, "06:10", back=10)
    await reach(hass, pod)
    await hass.config_entries.async_remove(walker.entry_id)
    await settle(hass)

    assert not await recorder_mock.async_add_executor_job(list_statistic_ids, hass, ALL)


async def test_a_walker_made_again_begins_with_empty_series(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    walker: MockConfigEntry,
    pod: FakePod,
    make_walker: MakeWalker,
) -> None:
    walk_at(pod, "06:10", back=10)
    await reach(hass, pod)
    recorder_mock.queue_task(BusyTask())
    await hass.config_entries.async_remove(walker.entry_id)
    again = make_walker()
    await hass.config_entries.async_setup(again.entry_id)
    await settle(hass)

    assert not await recorder_mock.async_add_executor_job(list_statistic_ids, hass, ALL)


async def test_a_walk_under_a_clock_that_was_years_ahead_is_in_its_true_hour(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    pod: FakePod,
    make_walker: MakeWalker,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ahead = timedelta()
    monkeypatch.setattr(clock, "monotonic", lambda: (dt_util.utcnow() - ahead).timestamp() - 1e9)
    walker = make_walker(pod)
    assert await hass.config_entries.async_setup(walker.entry_id)
    walk_at(pod, "10:40", back=20)
    await reach(hass, pod)
    ahead = timedelta(days=3_653)
    freezer.tick(ahead)
    walker.runtime_data.now()
    pod.walk(back=30)
    pod.close_minute(int(dt_util.utcnow().timestamp()) // 60)
    pod.disconnect()
    await settle(hass)
    await reach(hass, pod)
    freezer.move_to("2026-11-18 11:02:00+00:00")
    ahead = timedelta()
    walker.runtime_data.now()
    await settle(hass)
    found = await recorder_mock.async_add_executor_job(
        statistics_during_period,
        hass,
        datetime(2026, 1, 1, tzinfo=UTC),
        None,
        {STEPS},
        "hour",
        None,
        {"state", "sum"},
    )
    assert [
        (datetime.fromtimestamp(row["start"], UTC).strftime("%Y-%m-%d %H"), row["state"], row["sum"])
        for row in found[STEPS]
    ] == [("2026-11-18 10", 20, 20), ("2026-11-18 11", 30, 50), ("2036-11-18 11", 0, 50)]
