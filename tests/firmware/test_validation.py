"""What can count is accepted; what cannot is refused with a message that names the way out."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .configurations import Configurations

BOARD = """\
esphome: {{name: pod}}
esp32: {{variant: esp32s3, framework: {{type: esp-idf}}}}
wifi: {{ssid: test, password: test password}}
api:
logger:
i2c: {{sda: GPIO8, scl: GPIO10}}
time: [{{platform: homeassistant}}]
"""
PC = """\
esphome: {{name: pod}}
host:
api:
logger:
time: [{{platform: host}}]
"""
COMPONENTS = """\
external_components:
  - source: {root}/esphome/components
  - source: {root}/tests/firmware/components
retrostep: {{id: pod}}
"""
IMU = (
    "motion: [{{platform: bmi270, id: imu, update_interval: 10ms, accelerometer_range: 16G, "
    "accelerometer_odr: 200HZ, gyroscope_odr: 200HZ}}]\n"
)
LSM6DS_FIFO = (
    "motion: [{{platform: lsm6ds_fifo, id: imu, accelerometer_range: 16G, update_interval: 50ms, "
    "data_rate: 104HZ}}]\n"
)
BMI270_FIFO = "motion: [{{platform: bmi270_fifo, id: imu, accelerometer_range: 16G, data_rate: 100HZ}}]\n"
REPLAY = "motion: [{{platform: motion_replay, id: imu, update_interval: 10ms}}]\n"

REFUSED = {
    "read too seldom": (
        BOARD + IMU.replace("10ms", "25ms"),
        ["every 25 ms", "set 'update_interval: 10ms'"],
    ),
    "left at ESPHome's default interval": (
        BOARD + IMU.replace("update_interval: 10ms, ", ""),
        ["every 250 ms", "set 'update_interval: 10ms'"],
    ),
    "read too often": (BOARD + IMU.replace("10ms", "1ms"), ["every 1 ms", "at least 3ms"]),
    "accelerometer range too small": (
        BOARD + IMU.replace("16G", "4G"),
        ["accelerometer_range: 4G", "heel strike", "8G or more"],
    ),
    "left at the driver's default range": (
        BOARD + IMU.replace("accelerometer_range: 16G, ", ""),
        ["accelerometer_range: 4G", "8G or more"],
    ),
    "gyroscope range too small": (
        BOARD + IMU.replace("gyroscope_odr", "gyroscope_range: 500DPS, gyroscope_odr"),
        ["gyroscope_range: 500DPS", "1000DPS or more"],
    ),
    "accelerometer slower than it is read": (
        BOARD + IMU.replace("accelerometer_odr: 200HZ", "accelerometer_odr: 12_5HZ"),
        ["accelerometer_odr: 12_5HZ", "100HZ or more"],
    ),
    "gyroscope slower than it is read": (
        BOARD + IMU.replace("gyroscope_odr: 200HZ", "gyroscope_odr: 50HZ"),
        ["gyroscope_odr: 50HZ", "100HZ or more"],
    ),
    "no gyroscope": (
        BOARD + "motion: [{{platform: accelerometer_only, id: imu, update_interval: 10ms}}]\n",
        ["needs an accelerometer and a gyroscope", "bmi270, lsm6ds or qmi8658"],
    ),
    "IMU too slow for steps": (
        BOARD + IMU.replace("10ms", "20ms").replace("accelerometer_odr: 200HZ", "accelerometer_odr: 25HZ"),
        ["accelerometer_odr: 25HZ", "50HZ or more"],
    ),
    "FIFO filled too slowly for steps": (
        BOARD + LSM6DS_FIFO.replace("104HZ", "26HZ"),
        ["data_rate: 26HZ", "too slow to follow a step", "50HZ or more"],
    ),
    "FIFO of an LSM6DS filled too fast for a stall": (
        BOARD + LSM6DS_FIFO.replace("104HZ", "416HZ"),
        ["full after 0.8 s at 416HZ", "set 'data_rate: 208HZ' or less"],
    ),
    "FIFO of a BMI270 filled too fast for a stall": (
        BOARD + BMI270_FIFO.replace("100HZ", "200HZ"),
        ["full after 0.8 s at 200HZ", "set 'data_rate: 100HZ' or less"],
    ),
    "FIFO fetched too seldom": (
        BOARD + LSM6DS_FIFO.replace("50ms", "20s"),
        ["full after 3.3 s at 104HZ", "readings 20 s apart", "set 'update_interval: 50ms'"],
    ),
    "FIFO left at the driver's default range": (
        BOARD + LSM6DS_FIFO.replace("accelerometer_range: 16G, ", ""),
        ["accelerometer_range: 4G", "8G or more"],
    ),
    "FIFO of a gyroscope with too small a range": (
        BOARD + BMI270_FIFO.replace("data_rate", "gyroscope_range: 250DPS, data_rate"),
        ["gyroscope_range: 250DPS", "1000DPS or more"],
    ),
    "rate that the IMU does not have": (
        BOARD + LSM6DS_FIFO.replace("104HZ", "100HZ"),
        ["Unknown value '100HZ', did you mean '104HZ'"],
    ),
    "no IMU": (BOARD, ["there is no IMU", "add 'motion:' with a six-axis IMU"]),
    "no clock": (
        BOARD.replace("time: [{{platform: homeassistant}}]\n", "") + IMU,
        ["there is no time source", "add 'time:' with '- platform: homeassistant'"],
    ),
    "mounting that is none": (
        (BOARD + IMU, "mounting: left"),
        ["Unknown value 'left', valid options are 'known', 'auto'"],
    ),
    "sample clock that is none": (
        (BOARD + IMU, "sample_clock: imu"),
        ["imu", "doesn't inherit from retrostep::SampleClock"],
    ),
    "replay on a board": (BOARD + REPLAY, ["plays a recording on a PC", "use an IMU's platform, or 'host:'"]),
    "replay looped in virtual time": (
        PC + REPLAY.replace("10ms", "10ms, loop: true, speed: 20"),
        ["remove 'loop' or set 'speed: 1'"],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_the_way_out(case: str, configurations: Configurations) -> None:
    board, texts = REFUSED[case]
    components = COMPONENTS
    if isinstance(board, tuple):
        board, option = board
        components = components.replace("id: pod", f"id: pod, {option}")
    result = configurations.run(
        "config", configurations.write((board + components).format(root=configurations.root))
    )
    assert result.returncode != 0
    output = " ".join(result.stdout.split())
    assert [text for text in texts if text not in output] == [], result.stdout


ACCEPTED = {
    "BMI270, polled": BOARD + IMU,
    "as seldom, slow and narrow as it may be": BOARD
    + IMU.replace("10ms", "20ms").replace("200HZ", "50HZ").replace("16G", "8G, gyroscope_range: 1000DPS"),
    "LSM6DS3TR-C, polled": BOARD + IMU.replace("bmi270", "lsm6ds").replace("200HZ", "208HZ"),
    "QMI8658, polled": BOARD
    + IMU.replace("bmi270", "qmi8658")
    .replace("200HZ", "250HZ")
    .replace("16G", "16G, gyroscope_range: 2048DPS"),
    "LSM6DS3TR-C, FIFO": BOARD + LSM6DS_FIFO,
    "LSM6DS3TR-C, FIFO twice as fast": BOARD + LSM6DS_FIFO.replace("104HZ", "208HZ"),
    "BMI270, FIFO": BOARD + BMI270_FIFO,
    "time from the internet": BOARD.replace("homeassistant", "sntp") + BMI270_FIFO,
    "recording on a PC": PC + REPLAY,
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_it_is_accepted(case: str, configurations: Configurations) -> None:
    """Otherwise the table of what is refused would prove nothing."""
    text = (ACCEPTED[case] + COMPONENTS).format(root=configurations.root)
    assert configurations.validated(configurations.write(text))["retrostep"]


# Runs ESPHome as if it were an older one.
OLD_ESPHOME = """\
import sys
import esphome.const
esphome.const.__version__ = "2026.9.4"
from esphome.__main__ import main
sys.exit(main())
"""


def test_an_older_esphome_is_told_which_one_is_needed(configurations: Configurations) -> None:
    board = configurations.root / "esphome" / "boards" / "m5stack-capsule.yaml"
    result = configurations.run("config", configurations.board(board), program=("-c", OLD_ESPHOME))

    assert result.returncode != 0
    assert "Your ESPHome version is too old. Please update to at least 2026.10.0" in result.stdout
