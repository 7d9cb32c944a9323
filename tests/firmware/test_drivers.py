"""The real drivers read the IMU as on a board, over a simulated bus and in virtual time."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tools.gait.generate import generate
from tools.gait.kinematics import Sensor
from tools.gait.recording import write_recording

from .conftest import REAL_TIME

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tools.stage import hostpod

    from .pod_client import PodClient

DRIVERS = ["bmi270", "lsm6ds", "qmi8658"]
FIFO_DRIVERS = ["lsm6ds_fifo", "lsm6dso_fifo", "bmi270_fifo", "qmi8658_fifo"]
# No sensor converts at the rate it is said to; (driver, real rate, how the main loop stalls).
FIFO_RUNS = [
    ("lsm6ds_fifo", 104.0, ""),
    ("lsm6ds_fifo", 104.0, "1000/3700"),
    ("lsm6ds_fifo", 109.2, "1000/3700"),
    ("lsm6ds_fifo", 98.8, "1000/3700"),
    ("lsm6dso_fifo", 104.0, ""),
    ("lsm6dso_fifo", 104.0, "1000/3700"),
    ("lsm6dso_fifo", 109.2, "1000/3700"),
    ("lsm6dso_fifo", 98.8, "1000/3700"),
    ("bmi270_fifo", 100.0, "1000/3700"),
    ("bmi270_fifo", 104.0, "1000/3700"),
    ("bmi270_fifo", 96.0, "1000/3700"),
    ("qmi8658_fifo", 112.1, ""),
    ("qmi8658_fifo", 112.1, "1000/3700"),
    ("qmi8658_fifo", 115.5, "1000/3700"),
    ("qmi8658_fifo", 107.6, "1000/3700"),
]


def walk(folder: Path, rate_hz: float, scenario: str = "demo", strides: int = 30) -> Path:
    """Make a recording of a scenario at the rate at which the IMU converts."""
    path = folder / "walk.csv"
    recording, _ = generate(scenario, strides=strides, sensor=Sensor(rate_hz=rate_hz))
    write_recording(path, recording)
    return path


@dataclass(frozen=True, slots=True)
class Played:
    """A walk that a pod has seen to its end, and the pod."""

    pod: hostpod.HostPod
    total: dict[str, Any]  # what script/count says of the walk


@pytest.fixture
def play(start_bench: Any, client: PodClient, count: Callable[[Path], dict[str, Any]]) -> Any:
    """Play a walk to its end in virtual time, then connect."""

    async def play(driver: str, recording: Path, stall: str = "", **environment: str) -> Played:
        pod = await start_bench(recording, driver, stall, **environment)
        await client.connect()
        await client.until(lambda: client.state("Sampling gaps") is not None)
        return Played(pod, count(recording))

    return play


@pytest.mark.parametrize("driver", DRIVERS)
async def test_a_walk_read_by_polling_counts_as_the_recording_does(
    driver: str, tmp_path: Path, play: Any, client: PodClient
) -> None:
    played = await play(driver, walk(tmp_path, 200, "backward", 12))
    expected = played.total["backward_steps"]
    assert client.state("Backward steps") == pytest.approx(expected, abs=2)
    assert expected >= 20
    assert client.state("Forward steps") == 0
    assert client.state("Sample rate") == pytest.approx(99, abs=4)
    assert client.state("Sampling gaps") == 0


@pytest.mark.parametrize(("driver", "rate_hz", "stall"), FIFO_RUNS)
async def test_a_fifo_loses_no_stride_when_the_main_loop_stalls(
    driver: str,
    rate_hz: float,
    stall: str,
    tmp_path: Path,
    play: Any,
    client: PodClient,
) -> None:
    total = (await play(driver, walk(tmp_path, rate_hz), stall)).total
    assert total["backward_steps"] > 90
    assert client.state("Backward steps") == total["backward_steps"]
    assert client.state("Forward steps") == total["forward_steps"]
    # The sensor's own rate is found out: metres are as good as those of a recording with true times.
    assert client.state("Backward distance") == pytest.approx(total["backward_m"], rel=0.02)
    assert client.state("Forward distance") == pytest.approx(total["forward_m"], rel=0.02)
    assert client.state("Sample rate") == pytest.approx(rate_hz, rel=0.03)
    assert client.state("Sampling gaps") == 0


async def test_the_same_stalls_cost_a_pod_that_polls_its_strides(
    tmp_path: Path, play: Any, client: PodClient
) -> None:
    played = await play("bmi270", walk(tmp_path, 200), "1000/3700")
    assert client.state("Backward steps") < 0.8 * played.total["backward_steps"]
    assert client.state("Sampling gaps") > 30


@pytest.mark.parametrize("stall", ["", "1000/3700"])
async def test_an_imu_that_stores_nothing_while_it_is_read_is_read_between_two_samples(
    stall: str, tmp_path: Path, play: Any
) -> None:
    """On a bus on which each byte takes its time; after a stall there is more than fits between two."""
    played = await play("qmi8658_fifo", walk(tmp_path, 112.1), stall)
    # From there on time is that of a machine that may be busy.
    in_virtual_time = played.pod.log.read_text().partition(REAL_TIME)[0]
    assert "Samples came while others were read" not in in_virtual_time


@pytest.mark.parametrize("driver", FIFO_DRIVERS)
async def test_a_fifo_that_ran_over_is_noticed_and_counted_as_gaps(
    driver: str, tmp_path: Path, play: Any, client: PodClient
) -> None:
    """The FIFOs hold 3.3, 2.5, 1.6 and 1.3 s."""
    played = await play(driver, walk(tmp_path, 100), "4000/20000")
    log = played.pod.log.read_text()
    overflows = log.count("The FIFO ran over")
    stalls = log.count("virtual_clock took a long time")
    assert stalls >= 6
    assert overflows == pytest.approx(stalls, abs=1)
    assert client.state("Sampling gaps") == pytest.approx(overflows, abs=2)
    expected = played.total["backward_steps"]
    assert 0.5 * expected < client.state("Backward steps") <= expected


@pytest.mark.parametrize("driver", FIFO_DRIVERS)
async def test_a_fifo_that_slipped_is_noticed_before_wrong_samples_count(
    driver: str, tmp_path: Path, play: Any, client: PodClient
) -> None:
    """A disturbed bus: gyroscope and accelerometer trade places, and nothing ran over."""
    played = await play(driver, walk(tmp_path, 100), I2C_FAKE_SLIP="150")
    log, total = played.pod.log.read_text(), played.total
    slips = log.count("The FIFO was out of step")
    # 20 bursts a second, 150 bursts apart, 175 s.
    assert slips == pytest.approx(175 * 20 / 150, abs=3)
    assert client.state("Sampling gaps") == pytest.approx(slips, abs=1)
    assert "ran over" not in log
    assert client.state("Sample rate") == pytest.approx(100, rel=0.03)
    assert 0.6 * total["backward_steps"] < client.state("Backward steps") <= total["backward_steps"]
    assert client.state("Forward steps") <= total["forward_steps"]


@pytest.mark.parametrize("mounting", ["known", "auto"])
async def test_nothing_is_allocated_once_the_pod_runs(
    mounting: str, bench: Path, tmp_path: Path, port: int
) -> None:
    """Driver, pod and everything around them; the API allocates only for clients, and none connects."""
    environment = {
        "MOTION_REPLAY_CSV": str(walk(tmp_path, 104, "mixed")),
        "I2C_FAKE_DRIVER": "lsm6ds_fifo",
        "VIRTUAL_CLOCK": "1000/3700",
        "RETROSTEP_API_PORT": str(port),
        "RETROSTEP_MOUNTING": mounting,
        "ESPHOME_PREFDIR": str(tmp_path / "flash"),
    }
    pod = await asyncio.create_subprocess_exec(bench, env=environment, stdout=asyncio.subprocess.PIPE)
    assert pod.stdout is not None
    report = []
    try:
        async with asyncio.timeout(20):
            while REAL_TIME not in (line := (await pod.stdout.readline()).decode()):
                report += [line] if "heap_watch" in line else []
    finally:
        pod.kill()
        await pod.wait()
    assert len(report) == 1, report
    assert "The heap grew by 0 bytes" in report[0]
