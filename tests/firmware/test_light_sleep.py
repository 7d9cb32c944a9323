"""A chip that sleeps between two looks: nothing is lost by it, and it is awake for little.

In virtual time, which passes while the main loop sleeps, while the bus carries bytes, and not otherwise: what
the processor computes is not in it.
"""

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tools.bench.battery import looks
from tools.gait.recording import Recording, write_recording

from .test_drivers import walk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .pod_client import PodClient

RATES_HZ = {"lsm6ds_fifo": 104.0, "lsm6dso_fifo": 104.0, "bmi270_fifo": 100.0}
ASLEEP = {"BENCH_LIGHT_SLEEP": "1", "I2C_FAKE_BUS_TIME": "1"}


def awake(log: str) -> tuple[float, float]:
    """How often a second the main loop was awake, and the milliseconds a second the bus took."""
    (found,) = re.findall(r"In (\d+) ms the main loop was awake (\d+) times, for (\d+) ms", log)
    total_ms, times, awake_ms = map(int, found)
    return 1000 * times / total_ms, 1000 * awake_ms / total_ms


@pytest.mark.parametrize("stall", ["", "1000/3700"], ids=["undisturbed", "with stalls"])
@pytest.mark.parametrize("driver", RATES_HZ)
async def test_a_pod_that_sleeps_between_looks_counts_every_stride(
    driver: str,
    stall: str,
    tmp_path: Path,
    start_bench: Any,
    client: PodClient,
    count: Callable[[Path], dict[str, Any]],
) -> None:
    recording = walk(tmp_path, RATES_HZ[driver])
    pod = await start_bench(recording, driver, stall, **ASLEEP)
    await client.connect()
    await client.until(lambda: client.state("Sampling gaps") is not None)
    total = count(recording)
    assert total["backward_steps"] > 90
    assert client.state("Backward steps") == total["backward_steps"]
    assert client.state("Forward steps") == total["forward_steps"]
    assert client.state("Backward distance") == pytest.approx(total["backward_m"], rel=0.02)
    assert client.state("Sampling gaps") == 0
    if not stall:
        assert awake(pod.log.read_text()) == pytest.approx(looks("moving"), rel=0.15)


async def test_a_pod_whose_foot_rests_looks_seldom(tmp_path: Path, start_bench: Any) -> None:
    rate_hz, seconds = RATES_HZ["lsm6ds_fifo"], 300
    t_s = np.arange(rate_hz * seconds) / rate_hz
    still = np.zeros((t_s.size, 3))
    path = tmp_path / "rest.csv"
    write_recording(path, Recording(t_s=t_s, accel_g=np.add(still, [0, 0, 1]), gyro_dps=still))
    pod = await start_bench(path, "lsm6ds_fifo", **ASLEEP)
    turns, bus_ms = awake(pod.log.read_text())
    most, bus_most_ms = looks("resting")
    # What is due once a second has a turn of its own or one of the looks', as its phase falls.
    assert 0.85 * (most - 1) <= turns <= 1.15 * most
    assert bus_ms == pytest.approx(bus_most_ms, rel=0.15)
