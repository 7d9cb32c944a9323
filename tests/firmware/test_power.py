"""Every board validates and generates in each power profile; options that cannot work are refused."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tools.bench.battery import CURRENTS

if TYPE_CHECKING:
    from .configurations import Configurations

BOARDS = sorted(path for path in (ROOT / "esphome" / "boards").glob("*.yaml") if "." not in path.stem)
# Where the interrupt of the IMU wakes the processor.
WAKE_PINS = {"xiao-esp32c3": 3, "xiao-esp32c6": 1}


def of_profile(configurations: Configurations, name: str, *packages: str, **substitutions: str) -> Path:
    """Write a board with other substitutions, and with packages beside it."""
    folder = ROOT / "esphome"
    path = configurations.board(folder / "boards" / f"{name}.yaml", **substitutions)
    beside = "".join(f", {Path(package).stem}: !include {folder / package}" for package in packages)
    path.write_text(path.read_text().replace(f"{name}.yaml}}", f"{name}.yaml{beside}}}"))
    return path


PROFILES = [
    (board.stem, profile)
    for board in BOARDS
    for profile in ("balanced", "endurance")
    if profile == "balanced" or board.stem in WAKE_PINS
]


@pytest.mark.parametrize(("name", "profile"), PROFILES)
def test_a_board_is_generated_in_each_of_its_power_profiles(
    name: str, profile: str, configurations: Configurations
) -> None:
    path = of_profile(configurations, name, profile=profile, clock="scaled")
    result = configurations.run("compile", "--only-generate", path)
    assert result.returncode == 0, result.stdout
    config = configurations.validated(path)
    assert config["wifi"]["enable_on_boot"] is False
    assert config["wifi"]["fast_connect"]["enabled"] is True
    settings = next(configurations.folder.glob("**/sdkconfig.*.esphomeinternal")).read_text().splitlines()
    assert "CONFIG_LWIP_DHCP_RESTORE_LAST_IP=y" in settings, "it asks for the address it had"
    assert "pod_sleep" in str(config["deep_sleep"])
    assert config["pod_power"]["profile"] == profile
    names = [switch.get("name") for switch in config["switch"]]
    assert "Prevent sleep" in names
    assert ("wakeup_pin" in str(config["deep_sleep"])) == (profile == "endurance")


def test_motion_wakes_a_board_at_the_pin_that_its_page_wires(configurations: Configurations) -> None:
    for name, pin in WAKE_PINS.items():
        config = configurations.validated(of_profile(configurations, name, profile="endurance"))
        deep_sleep = str(config["deep_sleep"])
        assert f"GPIO{pin}'" in deep_sleep or f"'number': {pin}," in deep_sleep
        assert "watch_for_motion" in str(config["pod_power"]["arm_wake"])


@pytest.mark.parametrize(
    ("options", "fills"),
    [
        ({"profile": "home"}, False),
        ({"profile": "balanced"}, False),
        ({"profile": "endurance"}, True),
        ({"profile": "endurance", "fifo_during_sleep": "'false'"}, False),
    ],
)
def test_the_imu_of_a_pod_that_sleeps_goes_on_measuring_unless_told_otherwise(
    options: dict[str, str], fills: bool, configurations: Configurations
) -> None:
    config = configurations.validated(of_profile(configurations, "xiao-esp32c6", **options))
    (imu,) = config["motion"]
    assert imu["fifo_during_sleep"] is fills


@pytest.mark.parametrize(
    ("name", "options"),
    [
        *((board.stem, {}) for board in BOARDS if board.stem not in WAKE_PINS),
        ("xiao-esp32c6", {"sampling": "polling"}),
    ],
)
def test_a_pod_that_motion_cannot_wake_is_not_put_to_sleep(
    name: str, options: dict[str, str], configurations: Configurations
) -> None:
    result = configurations.run("config", of_profile(configurations, name, profile="endurance", **options))
    assert result.returncode != 0
    assert "use 'profile: balanced'" in " ".join(result.stdout.split())


ASLEEP_REFUSED = {
    "a sensor that is polled": (
        "xiao-esp32c3",
        {"sampling": "polling"},
        "wakes the chip a hundred times a second: use 'sampling: fifo'",
    ),
    "a sensor's memory that is too small": (
        "waveshare-esp32-s3-matrix",
        {},
        "set 'data_rate: 62_5HZ' or less",
    ),
}


@pytest.mark.parametrize("case", ASLEEP_REFUSED)
def test_a_chip_that_could_not_sleep_between_looks_is_not_told_to(
    case: str, configurations: Configurations
) -> None:
    name, options, way_out = ASLEEP_REFUSED[case]
    path = of_profile(configurations, name, clock="light-sleep", **options)
    result = configurations.run("config", path)
    assert result.returncode != 0
    assert way_out in " ".join(result.stdout.split())


def test_the_budget_shows_light_sleep_for_the_boards_that_take_it(configurations: Configurations) -> None:
    boards = json.loads(CURRENTS.read_text())["boards"]
    shown = {name for name, board in boards.items() if "awake_light" in board["mA"]}
    taken = {
        name
        for name in boards
        if configurations.run("config", of_profile(configurations, name, clock="light-sleep")).returncode == 0
    }
    assert taken == shown
    assert taken < set(boards)


@pytest.mark.parametrize("name", WAKE_PINS)
def test_an_led_shows_signs_for_who_asks_for_them(name: str, configurations: Configurations) -> None:
    usual = configurations.validated(of_profile(configurations, name))["pod_feedback"]
    assert usual["signs"] is False
    path = of_profile(configurations, name, "packages/battery-divider.yaml", led_signs="true")
    asked = configurations.validated(path)
    assert asked["pod_feedback"]["signs"] is True
    (level,) = [sensor for sensor in asked["sensor"] if sensor.get("name") == "Battery level"]
    assert asked["pod_feedback"]["battery_level"] == level["id"]


@pytest.mark.parametrize(
    ("awake", "way_out"),
    [
        ("pod_feedback: {signs: true}", "set 'led_signs: \"false\"'"),
        ("logger: {baud_rate: 115200}", "set 'logger: baud_rate: 0'"),
        ("wifi: {power_save_mode: none}", "set 'wifi: power_save_mode: high'"),
    ],
)
def test_what_keeps_a_chip_awake_is_refused_beside_light_sleep(
    awake: str, way_out: str, configurations: Configurations
) -> None:
    path = of_profile(configurations, "xiao-esp32c6", clock="light-sleep")
    path.write_text(f"{path.read_text()}{awake}\n")
    result = configurations.run("config", path)
    assert result.returncode != 0
    assert way_out in " ".join(result.stdout.split())


@pytest.mark.parametrize("profile", ["home", "endurance"])
def test_a_cell_at_a_xiao_is_measured_with_a_divider(profile: str, configurations: Configurations) -> None:
    for name in WAKE_PINS:
        path = of_profile(configurations, name, "packages/battery-divider.yaml", profile=profile)
        config = configurations.validated(path)
        assert "Battery level" in [sensor.get("name") for sensor in config["sensor"]]
        (switch_off,) = [script for script in config["script"] if script["id"] == "switch_off"]
        assert "write_byte(0x10, 0x00)" in str(switch_off["then"][0]), "the IMU is off"
        assert "deep_sleep.enter" in switch_off["then"][1]


def test_a_charger_that_tells_gives_charging_beside_the_cells_level(configurations: Configurations) -> None:
    for name, pin in {"xiao-esp32c3": "GPIO5", "xiao-esp32c6": "GPIO21"}.items():
        packages = ("packages/battery-divider.yaml", "packages/charging.yaml")
        path = of_profile(configurations, name, *packages, profile="endurance")
        config = configurations.validated(path)
        (charging,) = [entity for entity in config["binary_sensor"] if entity.get("name") == "Charging"]
        assert (charging["device_class"], charging["entity_category"]) == ("battery_charging", "diagnostic")
        assert charging["pin"]["number"] in {pin, int(pin.removeprefix("GPIO"))}
        assert charging["pin"]["inverted"] is True
        assert "Battery level" in [sensor.get("name") for sensor in config["sensor"]]
        assert configurations.run("compile", "--only-generate", path).returncode == 0


def test_a_charger_at_a_board_without_a_pin_for_it_names_the_substitution(
    configurations: Configurations,
) -> None:
    result = configurations.run(
        "config", of_profile(configurations, "m5stack-capsule", "packages/charging.yaml")
    )
    assert result.returncode != 0
    assert "charging_pin" in result.stdout
    named = of_profile(configurations, "m5stack-capsule", "packages/charging.yaml", charging_pin="GPIO13")
    assert configurations.validated(named)


SILENT = {"m5stack-atoms3r", "waveshare-esp32-s3-matrix", "waveshare-esp32-s3-touch-lcd-128"}


@pytest.mark.parametrize(
    "board", [path for path in BOARDS if path.stem not in SILENT], ids=lambda path: path.stem
)
def test_a_board_that_can_sound_has_the_fixed_controls(board: Path, configurations: Configurations) -> None:
    config = configurations.validated(configurations.board(board))
    names = {
        platform.get("name")
        for domain in ("switch", "number", "button")
        for platform in config[domain]
        if platform["platform"] == "template"
    }
    assert {"Metronome", "Mute", "Metronome rate", "Remind", "Goal tune", "Start signal"} <= names
