"""Every configuration of the repository validates, generates and says what the design fixes."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT, VERSION

from .configurations import Configurations

if TYPE_CHECKING:
    from pathlib import Path

BOARDS = sorted(path for path in (ROOT / "esphome" / "boards").glob("*.yaml") if "." not in path.stem)

SENSORS = {
    "Backward steps": ("steps", 0),
    "Forward steps": ("steps", 0),
    "Backward distance": ("m", 1),
    "Forward distance": ("m", 1),
    "Backward time": ("s", 0),
    "Cadence": ("steps/min", 0),
    "Stride length": ("m", 2),
    "Speed": ("m/s", 2),
    "Unsynced minutes": ("min", 0),
    "Sample rate": ("Hz", 0),
    "Sampling gaps": ("gaps", 0),
    "Sensor faults": ("faults", 0),
    "Direction confidence": ("%", 0),
    "3 m walk time": ("s", 2),
}
CUMULATIVE = ["Backward steps", "Forward steps", "Backward distance", "Forward distance", "Backward time"]


@pytest.fixture(scope="module", params=BOARDS, ids=lambda path: path.stem)
def config(
    request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Give the configuration of each board as ESPHome understands it."""
    configurations = Configurations(root, tmp_path_factory.mktemp("board"))
    return configurations.validated(configurations.board(request.param))


@pytest.mark.parametrize("board", BOARDS, ids=lambda path: path.stem)
def test_a_board_generates_firmware(board: Path, configurations: Configurations) -> None:
    result = configurations.run("compile", "--only-generate", configurations.board(board))
    assert result.returncode == 0, result.stdout
    assert "Successfully generated source code" in result.stdout


def test_a_board_keeps_counting_without_network_and_measures_far_and_often_enough(
    config: dict[str, Any],
) -> None:
    assert config["api"]["reboot_timeout"] == "0s"
    assert config["wifi"]["reboot_timeout"] == "0s"
    assert config["api"]["encryption"]["key"]
    (over_the_air,) = [ota for ota in config["ota"] if ota["platform"] == "esphome"]
    assert over_the_air["password"]
    assert config["i2c"][0]["frequency"] == 400000
    (imu,) = config["motion"]
    assert imu["update_interval"] == ("50ms" if imu["platform"].endswith("_fifo") else "10ms")
    assert imu["accelerometer_range"] == "16G"
    assert imu["gyroscope_range"] in {"2000DPS", "2048DPS"}
    assert config["esphome"]["project"] == {"name": "retrostep.step_pod", "version": VERSION}
    assert config["esphome"]["name_add_mac_suffix"] is True


@pytest.mark.parametrize("name", ["m5stack-capsule", "xiao-esp32c3", "xiao-esp32c6"])
def test_a_board_whose_imu_has_a_driver_for_its_fifo_uses_it_and_can_poll_instead(
    name: str, configurations: Configurations
) -> None:
    path = ROOT / "esphome" / "boards" / f"{name}.yaml"
    (fifo,) = configurations.validated(configurations.board(path))["motion"]
    board = configurations.board(path, sampling="polling")
    (polled,) = configurations.validated(board)["motion"]
    assert fifo["platform"] == f"{polled['platform']}_fifo"
    assert polled["update_interval"] == "10ms"
    same = ("id", "address", "axis_map", "accelerometer_range", "gyroscope_range")
    assert {key: fifo[key] for key in same} == {key: polled[key] for key in same}
    assert configurations.run("compile", "--only-generate", board).returncode == 0


def test_what_is_set_or_diagnosed_is_apart_from_what_is_counted(config: dict[str, Any]) -> None:
    categories = {
        entry["name"]: entry.get("entity_category", "")
        for domain in ("sensor", "text_sensor", "binary_sensor", "button", "select")
        for platform in config[domain]
        for entry in (platform, *platform.values())
        if isinstance(entry, dict) and entry.get("name")
    }
    names = (
        *("Unsynced minutes", "Sample rate", "Sampling gaps", "Direction confidence", "Status"),
        *("Problem", "Sensor status", "Sensor faults"),
    )
    # It changes with every stretch of walking, which Activity shall not list.
    for name in (*names, "Walking backward"):
        assert categories.pop(name) == "diagnostic", name
    assert categories.pop("Battery level", "diagnostic") == "diagnostic"
    assert categories.pop("Calibrate: walk 8 steps forward") == "config"
    assert categories.pop("Foot") == "config"
    assert {"Worn", "Backward steps"} <= categories.keys()
    assert set(categories.values()) == {""}


def test_a_board_has_the_fixed_entities(config: dict[str, Any]) -> None:
    (sensors,) = [platform for platform in config["sensor"] if platform["platform"] == "retrostep"]
    found = {entry["name"]: entry for entry in sensors.values() if isinstance(entry, dict)}
    assert {
        name: (entry.get("unit_of_measurement"), entry["accuracy_decimals"]) for name, entry in found.items()
    } == (SENSORS)
    assert [name for name in CUMULATIVE if found[name].get("state_class")] == []
    names = {
        entry["name"]
        for platform in config["binary_sensor"]
        for entry in (platform, *platform.values())
        if isinstance(entry, dict) and "name" in entry
    }
    assert {"Walking backward", "Worn", "Problem", "Status"} <= names


def test_a_board_hands_out_minutes(config: dict[str, Any]) -> None:
    (action,) = [action for action in config["api"]["actions"] if action["action"] == "get_minutes"]
    assert list(action["variables"]) == ["log", "after", "limit"]
    assert {variable["type"] for variable in action["variables"].values()} == {"int"}
    assert action["supports_response"] == "optional"


@pytest.mark.parametrize(("name", "pin"), [("m5stack-capsule", 46), ("waveshare-esp32-s3-touch-lcd-169", 41)])
def test_a_board_that_switches_itself_off_stays_switched_on(
    name: str, pin: int, root: Path, configurations: Configurations
) -> None:
    config = configurations.validated(configurations.board(root / "esphome" / "boards" / f"{name}.yaml"))
    (hold,) = [switch for switch in config["switch"] if switch.get("id") == "power_hold"]
    assert hold["restore_mode"] == "ALWAYS_ON"
    assert hold["pin"]["number"] in {pin, f"GPIO{pin}"}


def test_the_capsule_saves_before_an_empty_battery_switches_it_off(
    root: Path, configurations: Configurations
) -> None:
    config = configurations.validated(
        configurations.board(root / "esphome" / "boards" / "m5stack-capsule.yaml")
    )
    sensors = {sensor.get("id"): sensor for sensor in config["sensor"]}
    (empty,) = sensors["battery_voltage"]["on_value_range"]
    warn, save, switch_off = empty["then"]
    assert "empty" in warn["logger.log"]["format"]
    assert save == {"lambda": "id(pod).on_shutdown();"}
    assert switch_off["script.execute"]["id"] == "switch_off"
    (level,) = [sensor for sensor in config["sensor"] if sensor.get("name") == "Battery level"]
    assert (level["unit_of_measurement"], level["device_class"]) == ("%", "battery")
