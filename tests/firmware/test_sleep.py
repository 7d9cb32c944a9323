"""A pod falls asleep and is woken: what its IMU watches for, and what becomes of the first strides."""

import itertools
import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tools.gait.generate import generate
from tools.gait.kinematics import Sensor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .pod_client import PodClient

RATE_HZ = 104
# Registers of the LSM6DS3TR-C and the LSM6DSO; only the latter has the first.
TAP_CFG0 = 0x56
FIFO_MODE, CTRL1_XL, CTRL2_G, CTRL6_C, CTRL7_G, CTRL8_XL = 0x0A, 0x10, 0x11, 0x15, 0x16, 0x17
TAP_CFG, WAKE_UP_THS, MD1_CFG = 0x58, 0x5B, 0x5E
# What differs: the FIFO running, what passes the filter (ODR / 100) goes to the interrupt; samples held.
LSM6DS3TR_C = {FIFO_MODE: 0x26, CTRL8_XL: 0x20, TAP_CFG: 0x90}
LSM6DSO = {FIFO_MODE: 0x06, CTRL8_XL: 0x80, TAP_CFG0: 0x10, TAP_CFG: 0x80}
CHIPS = {"lsm6ds_fifo": LSM6DS3TR_C, "lsm6dso_fifo": LSM6DSO}
HELD = {"lsm6ds_fifo": 4096 // 12, "lsm6dso_fifo": 512 // 2}

type Rows = list[list[float]]


def lasting(seconds: float, *reading: float) -> Rows:
    """Rows of one reading, all the time."""
    return [[0.0, *reading] for _ in range(round(seconds * RATE_HZ))]


def still(seconds: float) -> Rows:
    """Rows of a foot at rest."""
    return lasting(seconds, 0, 0, 1, 0, 0, 0)


# Somebody knocks at the table: 60 mg, back and forth.
KNOCK = [[0.0, 0, 0, 1 + 0.06 * (-1) ** n, 0, 0, 0] for n in range(12)]


def walk(strides: int) -> Rows:
    """Rows of some backward strides, from the last moment of standing to the first."""
    recording, _ = generate("backward", strides=strides, sensor=Sensor(rate_hz=RATE_HZ))
    rows: Rows = np.column_stack((recording.t_s, recording.accel_g, recording.gyro_dps)).tolist()
    moves = [n for n, row in enumerate(rows) if max(map(abs, row[4:])) > 15]  # °/s
    return rows[moves[0] - RATE_HZ // 10 : moves[-1] + RATE_HZ // 10]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a recording of rows, with times of their own, one part after the other."""

    def make(name: str, *parts: Rows) -> Path:
        rows = itertools.chain.from_iterable(parts)
        lines = [
            ",".join(f"{value:.6g}" for value in [round(n / RATE_HZ, 6), *row[1:]])
            for n, row in enumerate(rows)
        ]
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(["t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps", *lines, ""]))
        return path

    return make


def strides_of(root: Path, recording: Path) -> list[dict[str, Any]]:
    """What script/count says of each counted stride."""
    command = [root / "script" / "count", "--json", "--mount", "known", recording]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = [json.loads(line) for line in said.splitlines()]
    return [stride for stride in found if stride["type"] == "stride" and stride["counted"]]


@pytest.mark.parametrize("driver", CHIPS)
@pytest.mark.parametrize("fills", ["0", "1"], ids=["watching only", "filling its FIFO"])
async def test_the_imu_of_a_sleeping_pod_calls_for_a_step_and_not_for_a_knock(
    fills: str, driver: str, root: Path, write: Callable[..., Path], start_bench: Any
) -> None:
    before, again = walk(6), walk(6)
    asleep = [*still(60), *KNOCK, *still(20)]
    recording = write("recording", still(3), before, asleep, again, still(2))
    pod = await start_bench(recording, driver, BENCH_WAKE="motion", BENCH_FILLS_ASLEEP=fills)
    log = pod.log.read_text()
    sleeps, calls = log.index("deep_sleep.enter"), [int(ms) for ms in re.findall(r"INT1 at (\d+) ms", log)]
    assert sleeps < log.index("INT1 at")
    first = strides_of(root, recording)[6]
    moves_s = (3 * RATE_HZ + len(before) + len(asleep)) / RATE_HZ
    assert moves_s <= calls[0] / 1000 < first["end_s"]


@pytest.mark.parametrize("driver", CHIPS)
@pytest.mark.parametrize("fills", ["0", "1"], ids=["watching only", "filling its FIFO"])
async def test_registers_of_an_imu_that_watches_for_motion(
    fills: str, driver: str, write: Callable[..., Path], start_bench: Any, tmp_path: Path
) -> None:
    kept = tmp_path / "registers"
    environment = {"BENCH_FILLS_ASLEEP": fills, "I2C_FAKE_REGISTERS": str(kept)}
    recording = write("recording", still(3), walk(6), still(40))
    pod = await start_bench(recording, driver, BENCH_WAKE="motion", **environment)
    assert "deep_sleep.enter" in pod.log.read_text()
    await pod.stop()
    registers = kept.read_bytes()
    assert registers[MD1_CFG] == 0x20, "only motion goes to INT1"
    assert registers[CTRL6_C] == 0x10, "the accelerometer saves power"
    if fills == "1":
        differs = CHIPS[driver]
        assert {at: registers[at] for at in differs} == differs, "continuous; what differs from gravity"
        assert registers[WAKE_UP_THS] == 1, "by 16 g / 64"
        assert (registers[CTRL1_XL], registers[CTRL2_G]) == (0x44, 0x4C), "16 g and 2000 °/s at 104 Hz"
        assert registers[CTRL7_G] == 0x80, "the gyroscope saves power"
    else:
        assert registers[TAP_CFG0] == 0
        assert registers[TAP_CFG] == 0x80, "what changes"
        assert registers[WAKE_UP_THS] == 2, "by 2 · 2 g / 64"
        assert (registers[CTRL1_XL], registers[CTRL2_G]) == (0x20, 0), "2 g at 26 Hz, no gyroscope"
        assert registers[FIFO_MODE] == 0, "off"


# Seconds of rest before the walk that wakes the pod, seconds walked until its firmware runs, why it woke.
WAKES = {
    "woken by the first stride": (6.0, 1.2, "motion"),
    "longer to start than the FIFO holds": (6.0, 5.0, "motion"),
    "hardly asleep": (1.0, 0.8, "motion"),
    "woken by the timer before the walk": (6.0, -1.0, "timer"),
}


@pytest.mark.parametrize("driver", CHIPS)
@pytest.mark.parametrize("fills", ["1", "0"], ids=["filling its FIFO", "watching only"])
@pytest.mark.parametrize("case", WAKES)
async def test_the_first_strides_after_a_sleep_count_if_the_fifo_holds_them(
    case: str,
    fills: str,
    driver: str,
    root: Path,
    write: Callable[..., Path],
    start_bench: Any,
    client: PodClient,
    tmp_path: Path,
) -> None:
    rest_s, walked_s, wake = WAKES[case]
    environment = {"BENCH_FILLS_ASLEEP": fills, "I2C_FAKE_REGISTERS": str(tmp_path / "registers")}
    before = write("before", still(3), walk(6), still(40))
    pod = await start_bench(before, driver, BENCH_WAKE="motion", **environment)
    assert "deep_sleep.enter" in pod.log.read_text()
    await pod.stop()
    slept = len(pod.log.read_text())

    wakes = write("wakes", still(rest_s), walk(12), still(5))
    begun_s = rest_s + walked_s
    environment["MOTION_REPLAY_BEGUN_S"] = str(begun_s)
    pod = await start_bench(wakes, driver, BENCH_WAKE=wake, **environment)
    await client.connect()
    await client.until(lambda: client.state("Backward steps") is not None)
    counted = client.state("Backward steps") - 2 * len(strides_of(root, before))

    rows = [[float(value) for value in line.split(",")] for line in wakes.read_text().splitlines()[1:]]
    held = rows[max(0, round(begun_s * RATE_HZ - HELD[driver])) :]
    expected = 2 * len(strides_of(root, write("held", held)))
    lost = fills == "0" and wake == "motion"
    assert expected >= 16
    if lost:
        assert counted < expected
    else:
        assert counted == expected
    assert client.state("Forward steps") == 0
    assert client.state("Sampling gaps") == 0
    assert client.state("Sample rate") == pytest.approx(RATE_HZ, rel=0.03)
    # After the recording the bus has nothing to give: only until then is a FIFO read in time.
    assert "ran over" not in pod.log.read_text()[slept:].partition("Recording ended")[0]
