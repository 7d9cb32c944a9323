"""What can count is accepted; what cannot is refused with a message that names the way out."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from .configurations import Configurations

type Config = dict[str, Any]

PC: Config = {
    "esphome": {"name": "pod"},
    "host": {},
    "api": {},
    "logger": {},
    "time": [{"platform": "host"}],
    "external_components": [
        {"source": str(ROOT / "esphome" / "components")},
        {"source": str(ROOT / "tests" / "firmware" / "components")},
    ],
    "retrostep": {"id": "pod"},
}
BOARD: Config = {key: value for key, value in PC.items() if key != "host"} | {
    "esp32": {"variant": "esp32s3", "framework": {"type": "esp-idf"}},
    "wifi": {"ssid": "test", "password": "test password"},
    "i2c": {"sda": "GPIO8", "scl": "GPIO10"},
    "time": [{"platform": "homeassistant"}],
}
# Platforms of `motion:`.
POLLED: Config = {
    "platform": "bmi270",
    "update_interval": "10ms",
    "accelerometer_range": "16G",
    "accelerometer_odr": "200HZ",
    "gyroscope_odr": "200HZ",
}
LSM6DS_FIFO: Config = {
    "platform": "lsm6ds_fifo",
    "update_interval": "50ms",
    "accelerometer_range": "16G",
    "data_rate": "104HZ",
}
BMI270_FIFO: Config = {"platform": "bmi270_fifo", "accelerometer_range": "16G", "data_rate": "100HZ"}
QMI8658_FIFO: Config = {
    "platform": "qmi8658_fifo",
    "accelerometer_range": "16G",
    "gyroscope_range": "2048DPS",
}
REPLAY: Config = {"platform": "motion_replay", "update_interval": "10ms"}


def pod(imu: Config, machine: Config = BOARD, **changes: Any) -> Config:
    """Return the configuration of a pod whose IMU differs by `changes`; None leaves an option out."""
    options = {"id": "imu", **imu, **changes}
    return machine | {"motion": [{key: value for key, value in options.items() if value is not None}]}


REFUSED: dict[str, tuple[Config, list[str]]] = {
    "read too seldom": (
        pod(POLLED, update_interval="25ms"),
        ["every 25 ms", "set 'update_interval: 10ms'"],
    ),
    "left at ESPHome's default interval": (
        pod(POLLED, update_interval=None),
        ["every 250 ms", "set 'update_interval: 10ms'"],
    ),
    "read too often": (pod(POLLED, update_interval="1ms"), ["every 1 ms", "at least 3ms"]),
    "accelerometer range too small": (
        pod(POLLED, accelerometer_range="4G"),
        ["accelerometer_range: 4G", "heel strike", "8G or more"],
    ),
    "left at the driver's default range": (
        pod(POLLED, accelerometer_range=None),
        ["accelerometer_range: 4G", "8G or more"],
    ),
    "gyroscope range too small": (
        pod(POLLED, gyroscope_range="500DPS"),
        ["gyroscope_range: 500DPS", "1000DPS or more"],
    ),
    "accelerometer slower than it is read": (
        pod(POLLED, accelerometer_odr="12_5HZ"),
        ["accelerometer_odr: 12_5HZ", "100HZ or more"],
    ),
    "gyroscope slower than it is read": (
        pod(POLLED, gyroscope_odr="50HZ"),
        ["gyroscope_odr: 50HZ", "100HZ or more"],
    ),
    "no gyroscope": (
        pod({"platform": "accelerometer_only", "update_interval": "10ms"}),
        ["needs an accelerometer and a gyroscope", "bmi270, lsm6ds or qmi8658"],
    ),
    "IMU too slow for steps": (
        pod(POLLED, update_interval="20ms", accelerometer_odr="25HZ"),
        ["accelerometer_odr: 25HZ", "50HZ or more"],
    ),
    "FIFO filled too slowly for steps": (
        pod(LSM6DS_FIFO, data_rate="26HZ"),
        ["data_rate: 26HZ", "too slow to follow a step", "50HZ or more"],
    ),
    "FIFO of an LSM6DS filled too fast for a stall": (
        pod(LSM6DS_FIFO, data_rate="416HZ"),
        ["full after 0.6 s at 416HZ", "set 'data_rate: 208HZ' or less"],
    ),
    "FIFO of a BMI270 filled too fast for a stall": (
        pod(BMI270_FIFO, data_rate="200HZ"),
        ["full after 0.8 s at 200HZ", "set 'data_rate: 100HZ' or less"],
    ),
    "FIFO of a QMI8658 fetched too seldom for a stall": (
        pod(QMI8658_FIFO, update_interval="250ms"),
        ["full after 1.1 s at 125HZ", "set 'data_rate: 62_5HZ' or less"],
    ),
    "FIFO of a QMI8658 filled too slowly for steps": (
        pod(QMI8658_FIFO, data_rate="31_25HZ"),
        ["data_rate: 31_25HZ", "too slow to follow a step", "50HZ or more"],
    ),
    "FIFO fetched too seldom": (
        pod(LSM6DS_FIFO, update_interval="20s"),
        ["full after 2.5 s at 104HZ", "readings 20 s apart", "set 'update_interval: 50ms'"],
    ),
    "FIFO left at the driver's default range": (
        pod(LSM6DS_FIFO, accelerometer_range=None),
        ["accelerometer_range: 4G", "8G or more"],
    ),
    "FIFO of a gyroscope with too small a range": (
        pod(BMI270_FIFO, gyroscope_range="250DPS"),
        ["gyroscope_range: 250DPS", "1000DPS or more"],
    ),
    "rate that the IMU does not have": (
        pod(LSM6DS_FIFO, data_rate="100HZ"),
        ["Unknown value '100HZ', did you mean '104HZ'"],
    ),
    "no IMU": (BOARD, ["there is no IMU", "add 'motion:' with a six-axis IMU"]),
    "no clock": (
        {key: value for key, value in pod(POLLED).items() if key != "time"},
        ["there is no time source", "add 'time:' with '- platform: homeassistant'"],
    ),
    "mounting that is none": (
        pod(POLLED) | {"retrostep": {"id": "pod", "mounting": "left"}},
        ["Unknown value 'left', valid options are 'known', 'auto'"],
    ),
    "sample clock that is none": (
        pod(POLLED) | {"retrostep": {"id": "pod", "sample_clock": "imu"}},
        ["imu", "doesn't inherit from retrostep::SampleClock"],
    ),
    "replay on a board": (pod(REPLAY), ["plays a recording on a PC", "use an IMU's platform, or 'host:'"]),
    "replay looped in virtual time": (
        pod(REPLAY, PC, loop=True, speed=20),
        ["remove 'loop' or set 'speed: 1'"],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_the_way_out(case: str, configurations: Configurations) -> None:
    config, texts = REFUSED[case]
    result = configurations.run("config", configurations.write(json.dumps(config)))
    assert result.returncode != 0
    output = " ".join(result.stdout.split())
    assert [text for text in texts if text not in output] == [], result.stdout


ACCEPTED: dict[str, Config] = {
    "BMI270, polled": pod(POLLED),
    "as seldom, slow and narrow as it may be": pod(
        POLLED,
        update_interval="20ms",
        accelerometer_odr="50HZ",
        gyroscope_odr="50HZ",
        accelerometer_range="8G",
        gyroscope_range="1000DPS",
    ),
    "LSM6DS3TR-C, polled": pod(POLLED, platform="lsm6ds", accelerometer_odr="208HZ", gyroscope_odr="208HZ"),
    "QMI8658, polled": pod(
        POLLED,
        platform="qmi8658",
        accelerometer_odr="250HZ",
        gyroscope_odr="250HZ",
        gyroscope_range="2048DPS",
    ),
    "LSM6DS3TR-C, FIFO": pod(LSM6DS_FIFO),
    "LSM6DS3TR-C, FIFO twice as fast": pod(LSM6DS_FIFO, data_rate="208HZ"),
    "BMI270, FIFO": pod(BMI270_FIFO),
    "QMI8658, FIFO": pod(QMI8658_FIFO),
    "time from the internet": pod(BMI270_FIFO) | {"time": [{"platform": "sntp"}]},
    "recording on a PC": pod(REPLAY, PC),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_it_is_accepted(case: str, configurations: Configurations) -> None:
    """Otherwise the table of what is refused would prove nothing."""
    assert configurations.validated(configurations.write(json.dumps(ACCEPTED[case])))["retrostep"]


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
    result = configurations.run_program(OLD_ESPHOME, "config", configurations.board(board))

    assert result.returncode != 0
    assert "Your ESPHome version is too old. Please update to at least 2026.10.0" in result.stdout
