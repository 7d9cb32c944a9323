"""A configuration that cannot count is refused with a message that names the way out."""

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
    "no IMU": (BOARD, ["requires component motion"]),
    "no clock": (
        BOARD.replace("time: [{{platform: homeassistant}}]\n", "") + IMU,
        ["requires component time"],
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


def test_what_the_table_starts_from_is_accepted(configurations: Configurations) -> None:
    """Otherwise the table would prove nothing."""
    text = (BOARD + IMU + COMPONENTS).format(root=configurations.root)
    assert configurations.validated(configurations.write(text))["retrostep"]
