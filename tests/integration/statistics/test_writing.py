"""The recorder's hours are those of the ledger, whenever the minutes arrive."""

from datetime import timedelta
from time import sleep
from typing import TYPE_CHECKING, override

import pytest
from homeassistant.components.recorder.models import StatisticMeanType
from homeassistant.components.recorder.statistics import list_statistic_ids
from homeassistant.components.recorder.tasks import RecorderTask
from homeassistant.util import dt as dt_util

from custom_components.retrostep import clock

from ..helpers import MakeWalker
from .hours import (
    ALL,
    FORWARD,
    METRES,
    MINUTES,
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
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.components.recorder.core import Recorder
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod

pytestmark = pytest.mark.usefixtures("noon_in_kolkata")


class BusyTask(RecorderTask):
    """Keeps the recorder from writing what is queued after it for a while."""

    @override
    def run(self, instance: Recorder) -> None:
        sleep(0.2)


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


async def test_a_walk_taken_back_leaves_its_hour_at_zero(
    hass: HomeAssistant, recorder_mock: Recorder, walker: MockConfigEntry, pod: FakePod
) -> None:
    walk_at(pod, "06:10", back=10)
    walk_at(pod, "07:10", back=20)
    await reach(hass, pod)
    await remove_walks(hass, "06:10", "06:11")
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
    assert await rows(hass, recorder_mock, name="%Y-%m-%d %H") == {
        "2026-11-18 10": (20, 20),
        "2026-11-18 11": (30, 50),
        "2036-11-18 11": (0, 50),
    }
