"""The recorder's hours of a walker, and those of the ledger beside them."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from homeassistant.components.recorder.models import StatisticData, StatisticMeanType
from homeassistant.components.recorder.statistics import (
    async_add_external_statistics,
    statistics_during_period,
)
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done

from custom_components.retrostep.const import DOMAIN

if TYPE_CHECKING:
    from homeassistant.components.recorder.core import Recorder
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod

STEPS = "retrostep:ann_backward_steps"
METRES = "retrostep:ann_backward_distance"
MINUTES = "retrostep:ann_backward_minutes"
FORWARD = "retrostep:ann_forward_steps"
ALL = {STEPS, METRES, MINUTES, FORWARD}


async def settle(hass: HomeAssistant) -> None:
    """Wait until everything that was begun is done and recorded."""
    await hass.async_block_till_done(wait_background_tasks=True)
    await async_wait_recording_done(hass)


async def reach(hass: HomeAssistant, fake: FakePod) -> None:
    """Let a pod come into reach and give its minutes."""
    fake.now_s = int(dt_util.utcnow().timestamp())
    fake.connect()
    await settle(hass)


def walk_at(fake: FakePod, clock: str, **counts: int) -> None:
    """Walk in a minute of the day, UTC."""
    fake.walk(**counts)
    fake.close_minute(int(datetime.fromisoformat(f"2026-11-18T{clock}:00+00:00").timestamp()) // 60)


async def remove_walks(hass: HomeAssistant, start: str, end: str) -> None:
    """Take away what was walked between two times of the day, UTC."""
    span = {"start": f"2026-11-18 {start}+00:00", "end": f"2026-11-18 {end}+00:00"}
    await hass.services.async_call(DOMAIN, "remove_walk", span, blocking=True)
    await settle(hass)


async def recorded(
    hass: HomeAssistant, recorder: Recorder, statistic_id: str, period: Literal["5minute", "hour"] = "hour"
) -> list[Any]:
    """Give what the recorder has of a series, ascending."""
    found = await recorder.async_add_executor_job(
        statistics_during_period,
        hass,
        datetime(2026, 1, 1, tzinfo=UTC),
        None,
        {statistic_id},
        period,
        None,
        {"state", "sum"},
    )
    return found.get(statistic_id, [])


async def rows(
    hass: HomeAssistant, recorder: Recorder, statistic_id: str = STEPS, name: str = "%m-%d %H"
) -> dict[str, tuple[float, float]]:
    """Give (state, sum) by hour, UTC."""
    return {
        datetime.fromtimestamp(row["start"], UTC).strftime(name): (row["state"], row["sum"])
        for row in await recorded(hass, recorder, statistic_id)
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
    """Give (state, sum) of backward steps by hour as the ledger has them."""
    total = 0
    found = {}
    for start, counts in entry.runtime_data.ledger.hours():
        total += counts.back
        found[start.strftime("%m-%d %H")] = (counts.back, total)
    return found
