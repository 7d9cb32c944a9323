"""An IMU that loses its set-up, repeats itself or does not answer is noticed and set up again."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from .test_drivers import DRIVERS, FIFO_DRIVERS, walk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .pod_client import PodClient

RATES_HZ = {
    "bmi270": 200,
    "lsm6ds": 200,
    "qmi8658": 200,
    "bmi270_fifo": 100,
    "lsm6ds_fifo": 104,
    "lsm6dso_fifo": 104,
    "qmi8658_fifo": 112,
}
ALL = [*DRIVERS, *FIFO_DRIVERS]
STRIDES = 40
# A fault is noticed after 2 s and over within another few: so many strides of 1.1 s are walked unseen.
LOST_STRIDES = 7
FOR_GOOD = 100_000


@pytest.fixture(scope="module")
def walked(
    tmp_path_factory: pytest.TempPathFactory, count: Callable[[Path], dict[str, Any]]
) -> Callable[[int], tuple[Path, int]]:
    """Make the walk as an IMU of some rate converts it, once; give how many steps it has, too."""

    @cache
    def make(rate_hz: int) -> tuple[Path, int]:
        recording = walk(tmp_path_factory.mktemp("walk"), rate_hz, "backward", STRIDES)
        return recording, int(count(recording)["backward_steps"])

    return make


@pytest.fixture
def break_sensor(start_bench: Any, client: PodClient, walked: Callable[[int], tuple[Path, int]]) -> Any:
    """Have a pod play a walk while its IMU breaks; give its log and how many steps there were."""

    async def play(driver: str, faults: str, **environment: str) -> tuple[str, int]:
        recording, steps = walked(RATES_HZ[driver])
        pod = await start_bench(recording, driver, I2C_FAKE_FAULTS=faults, **environment)
        await client.connect()
        await client.until(lambda: client.state("Sensor faults") is not None)
        return pod.log.read_text(), steps

    return play


@pytest.mark.parametrize("driver", ALL)
@pytest.mark.parametrize("fault", ["reset", "stuck"])
async def test_an_imu_that_lost_its_set_up_in_a_walk_counts_on_within_seconds(
    fault: str, driver: str, break_sensor: Any, client: PodClient
) -> None:
    log, steps = await break_sensor(driver, f"{fault}@20")
    said = re.findall(r"Sensor: (No samples|Constant readings|Out of range|OK)", log)
    assert len(said) == 2, said
    assert said[0] != "OK"
    assert said[1] == "OK"
    assert log.count("Setting the sensor up again") == 1
    assert client.state("Sensor faults") == 1
    assert client.state("Problem") is False
    assert client.state("Sensor status") == "OK"
    assert client.state("Sample rate") > 0
    assert steps - 2 * LOST_STRIDES <= client.state("Backward steps") < steps
    assert client.state("Forward steps") == 0


@pytest.mark.parametrize("driver", ALL)
async def test_an_imu_that_answers_late_is_set_up_late(
    driver: str, break_sensor: Any, client: PodClient
) -> None:
    log, steps = await break_sensor(driver, "dead@0-12")
    assert "Sensor: No samples" in log
    assert client.state("Problem") is False
    assert client.state("Sample rate") > 0
    # It is tried at 2, 6, 14 s; then the filters settle.
    assert 0.4 * steps < client.state("Backward steps") < steps


@pytest.mark.parametrize("driver", ALL)
async def test_of_a_dead_imu_the_pod_knows_nothing_and_says_so(
    driver: str, break_sensor: Any, client: PodClient
) -> None:
    log, _ = await break_sensor(driver, f"dead@20-{FOR_GOOD}")
    assert client.state("Problem") is True
    assert client.state("Sensor status") == "No samples"
    assert client.state("Sample rate") == 0
    assert client.state("Worn") is None
    assert client.state("Walking backward") is False
    assert client.state("Backward steps") > 0
    # Further and further apart, not all the time.
    assert 2 <= log.count("Setting the sensor up again") <= 5


async def test_a_healthy_sensor_is_never_set_up_again(break_sensor: Any, client: PodClient) -> None:
    log, steps = await break_sensor("lsm6ds_fifo", f"dead@{FOR_GOOD}-{FOR_GOOD + 1}")
    assert "Setting the sensor up again" not in log
    assert client.state("Sensor faults") == 0
    assert client.state("Backward steps") == steps


async def test_a_pod_whose_imu_cannot_wake_it_sleeps_by_the_timer(break_sensor: Any) -> None:
    log, _ = await break_sensor("lsm6ds_fifo", f"dead@0-{FOR_GOOD}", BENCH_WAKE="motion")
    sleeps = [int(seconds) for seconds in re.findall(r"deep_sleep\.enter for (\d+) s", log)]
    assert sleeps
    assert all(0 < seconds <= 900 for seconds in sleeps)
    assert "only the timer wakes the pod" in log
