"""The XIAO ESP32-C6 connects its radio to an antenna, before there is a radio and without showing how."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from .configurations import Configurations

BOARD = ROOT / "esphome" / "boards" / "xiao-esp32c6.yaml"
# The pins of the switch chip between radio and antennas: its power, on when low, and external when high.
POWER, CHOICE = 3, 14


def driven(configurations: Configurations, board: Path) -> dict[int, bool]:
    """Give the level at which each GPIO switch of the generated firmware drives its pin after a start."""
    result = configurations.run("compile", "--only-generate", board)
    assert result.returncode == 0, result.stdout
    (generated,) = (configurations.folder / "data" / "build").glob("*/src/main.cpp")
    main = generated.read_text()
    levels = {}
    for switch, pin in re.findall(r"(\w+)->set_pin\((\w+)\);", main):
        if f"new({switch}) gpio::GPIOSwitch();" not in main:
            continue
        (number,) = re.findall(rf"{pin}->set_pin\(::GPIO_NUM_(\d+)\);", main)
        (mode,) = re.findall(rf"{switch}->set_restore_mode\(switch_::SWITCH_(ALWAYS_\w+)\);", main)
        (inverted,) = re.findall(rf"{pin}->set_inverted\((\w+)\);", main) or ["false"]
        levels[int(number)] = (mode == "ALWAYS_ON") != (inverted == "true")
        assert f"{pin}->set_flags(gpio::Flags::FLAG_OUTPUT);" in main
    return levels


@pytest.mark.parametrize(
    ("chosen", "external"),
    [
        ({"profile": "home"}, False),
        ({"profile": "home", "external_antenna": "'false'"}, False),
        ({"profile": "home", "external_antenna": "'true'"}, True),
        ({"profile": "balanced"}, False),
        ({"profile": "endurance", "external_antenna": "'true'"}, True),
    ],
)
def test_the_antenna_switch_has_power_and_leads_to_the_chosen_antenna(
    chosen: dict[str, str], external: bool, configurations: Configurations
) -> None:
    board = configurations.board(BOARD, **chosen)
    assert driven(configurations, board) == {POWER: False, CHOICE: external}


def test_the_antenna_is_connected_before_anything_uses_the_radio(configurations: Configurations) -> None:
    """Deep sleep ends in a start like any other: what holds for a start holds for waking."""
    found = configurations.run_program("import esphome; print(*esphome.__path__)")
    esphome = Path(found.stdout.strip())
    header = (esphome / "core" / "component.h").read_text()
    values = {name: float(value) for name, value in re.findall(r"float (\w+) = (-?[\d.]+)f;", header)}

    def priority(file: str) -> float:
        source = (esphome / "components" / file).read_text()
        (name,) = re.findall(r"get_setup_priority\(\).*\{ return setup_priority::(\w+);", source)
        return values[name]

    antenna = priority("gpio/switch/gpio_switch.cpp")
    assert antenna > priority("esp32_ble/ble.cpp")
    assert antenna > priority("wifi/wifi_component.h")
    config = configurations.validated(configurations.board(BOARD))
    for component in (config["wifi"], *config["switch"]):
        assert "setup_priority" not in component, "nobody changes the order"


def test_what_drives_the_antenna_is_no_entity(configurations: Configurations) -> None:
    config = configurations.validated(configurations.board(BOARD))
    switches = [switch for switch in config["switch"] if switch["platform"] == "gpio"]
    assert [switch["internal"] for switch in switches] == [True, True]


def test_an_antenna_that_is_neither_is_refused_with_the_two_that_are(configurations: Configurations) -> None:
    result = configurations.run("config", configurations.board(BOARD, external_antenna="outside"))
    assert result.returncode != 0
    said = " ".join(result.stdout.split())
    assert "cannot convert outside to a boolean. Please use 'true' or 'false'" in said


@pytest.mark.parametrize("pin", ["wake_pin", "battery_pin", "charging_pin", "feedback_pin"])
def test_a_pin_of_the_antenna_serves_nothing_else(pin: str, configurations: Configurations) -> None:
    board = configurations.board(BOARD, profile="endurance", **{pin: f"GPIO{POWER}"})
    options = [ROOT / "esphome" / "packages" / f"{name}.yaml" for name in ("battery-divider", "charging")]
    beside = "".join(f", {option.stem}: !include {option}" for option in options)
    board.write_text(board.read_text().replace(f"{BOARD.name}}}", f"{BOARD.name}{beside}}}"))
    result = configurations.run("config", board)
    assert result.returncode != 0
    assert f"Pin {POWER} is used in multiple places" in result.stdout
