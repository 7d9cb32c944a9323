"""The real drivers read the IMU as on a board: polled by the main loop, stamped with its clock."""

import asyncio
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import hostpod
import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .pod_client import PodClient

DRIVERS = {
    "bmi270": {},
    "lsm6ds": {"address": "0x6A", "odr": "208HZ"},
    "qmi8658": {"address": "0x6B", "odr": "250HZ", "gyroscope_range": "2048DPS"},
}
# Each takes a build and half a minute of walking.
CHOSEN = list(DRIVERS) if os.environ.get("RETROSTEP_LONG") else ["bmi270"]


@pytest.fixture(params=CHOSEN)
def program(request: pytest.FixtureRequest) -> Path:
    """Build the pod with a real driver."""
    config = ROOT / "tests" / "firmware" / "driver.yaml"
    return asyncio.run(hostpod.build(config, driver=request.param, **DRIVERS[request.param]))


@pytest.fixture
def walk(root: Path, tmp_path: Path) -> Path:
    """Make a recording as fast as the IMU converts."""
    path = tmp_path / "walk.csv"
    command = [
        sys.executable,
        "-m",
        "lab.generate",
        "backward",
        str(path),
        "--strides",
        "12",
        "--rate-hz",
        "200",
    ]
    subprocess.run(command, check=True, cwd=root / "script", stdout=subprocess.DEVNULL)
    return path


async def test_a_walk_read_by_the_driver_counts_as_the_recording_does(
    walk: Path, count: Callable[..., dict[str, Any]], start_pod: Any, client: PodClient
) -> None:
    expected = count(walk)["backward_steps"]
    pod = await start_pod(walk, wait=True)
    await client.connect()
    await client.until(lambda: "Recording ended" in pod.log.read_text(), timeout_s=60)
    await client.until(lambda: client.state("Walking backward") is False)
    assert client.state("Backward steps") == pytest.approx(expected, abs=2)
    assert expected >= 20
    assert client.state("Forward steps") == 0
    assert client.state("Sample rate") == pytest.approx(99, abs=4)
