"""Firmware for strangers: images without secrets, configurations that do not work without them."""

import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.conftest import ROOT, VERSION
from tools.release.slot import slot

from .configurations import SECRETS

if TYPE_CHECKING:
    from pathlib import Path

    from .configurations import Configurations

BOARDS = ROOT / "esphome" / "boards"
NAMES = sorted(path.stem for path in BOARDS.glob("*.yaml") if "." not in path.stem)
# The library comes from a registry; generating needs only its name.
WITHOUT_DOWNLOADS = "esphome: {platformio_options: {lib_ignore: [Improv]}}\n"
SECRET_NAMES = [line.partition(":")[0] for line in SECRETS.splitlines()]


class PlainText(yaml.BaseLoader):
    """Reads secrets and everything else as text."""


PlainText.add_multi_constructor("!", lambda loader, _suffix, node: loader.construct_scalar(node))


def factory(name: str, configurations: Configurations) -> Path:
    """Write a configuration that is the factory image of a board and nothing more."""
    return configurations.write(
        f"packages: {{factory: !include {BOARDS / f'{name}.factory.yaml'}}}\n"
        f"substitutions: {{components: {ROOT / 'esphome' / 'components'}}}\n" + WITHOUT_DOWNLOADS,
        secrets="",
    )


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A repository with the firmware's files as they are now; gives its address."""
    folder = tmp_path_factory.mktemp("remote")
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "esphome"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in tracked.stdout.splitlines():
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    identity = ["-c", "user.name=test", "-c", "user.email=test@localhost"]
    for command in (
        ["init", "-q"],
        ["add", "."],
        [*identity, "commit", "-qm", "firmware"],
        ["tag", f"v{VERSION}"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder.as_uri()


def adopted(name: str, remote: str) -> str:
    """What a user has after taking over a pod, with the repository of this test in place of the real one."""
    text = (ROOT / "esphome" / "adopt" / f"{name}.yaml").read_text()
    text = text.replace("url: https://github.com/retrostep/retrostep", f"url: {remote}")
    return re.sub(r"components: github://\S+", f"components: {ROOT / 'esphome' / 'components'}", text)


def test_every_board_has_a_factory_image_and_a_configuration_to_take_over() -> None:
    assert NAMES
    assert sorted(path.name.removesuffix(".factory.yaml") for path in BOARDS.glob("*.factory.yaml")) == NAMES
    assert sorted(path.stem for path in (ROOT / "esphome" / "adopt").glob("*.yaml")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_factory_image_is_generated_without_any_secret(name: str, configurations: Configurations) -> None:
    result = configurations.run("compile", "--only-generate", factory(name, configurations))
    assert result.returncode == 0, result.stdout
    assert "Successfully generated source code" in result.stdout
    # What a release measures the image against.
    (table,) = (configurations.folder / "data" / "build").glob("*/partitions.csv")
    flash = configurations.validated(factory(name, configurations))["esp32"]["flash_size"]
    assert slot(table.read_text()) == {"4MB": 0x1C0000, "8MB": 0x3C0000, "16MB": 0x7C0000}[flash]


def leaves(config: Any, path: str = "") -> list[tuple[str, Any]]:
    if isinstance(config, dict):
        return [leaf for key, value in config.items() for leaf in leaves(value, f"{path}.{key}")]
    if isinstance(config, list):
        return [leaf for value in config for leaf in leaves(value, path)]
    return [(path, config)]


@pytest.mark.parametrize("name", NAMES)
def test_a_factory_image_takes_key_and_network_when_it_is_set_up(
    name: str, configurations: Configurations
) -> None:
    config = configurations.validated(factory(name, configurations))
    secret = re.compile(r"\.(password|key|ssid|psk|username)$")
    assert [path for path, value in leaves(config) if secret.search(path) and value] == []
    assert config["api"]["encryption"] == {}
    assert "ap" not in config["wifi"]
    assert config["wifi"]["reboot_timeout"] == "0s"
    assert "improv_serial" in config
    assert config["improv_ble"]["authorizer"] in {"none", None}


# The button each board brings, by its print.
BUTTONS = {
    "m5stack-atoms3r": 41,
    "m5stack-capsule": 42,
    "waveshare-esp32-s3-matrix": 0,
    "waveshare-esp32-s3-touch-lcd-128": 0,
    "waveshare-esp32-s3-touch-lcd-169": 0,
    "xiao-esp32c3": 9,
    "xiao-esp32c6": 9,
}


@pytest.mark.parametrize("name", NAMES)
def test_a_factory_image_opens_bluetooth_only_after_power_on_or_a_press_and_never_on_its_way(
    name: str, configurations: Configurations
) -> None:
    config = configurations.validated(factory(name, configurations))
    (script,) = [script for script in config["script"] if script["id"] == "open_bluetooth"]
    assert script["mode"] == "restart", "a press while it is open keeps it open"
    decision, wait, end = script["then"]
    # Whoever has a network is refused, in reach of it or not.
    assert decision["if"]["condition"] == {"lambda": "return wifi::global_wifi_component->has_sta();"}
    assert [list(step) for step in decision["if"]["then"]] == [["logger.log"]]
    assert decision["if"]["else"] == [{"lambda": "id(improv).start();"}]
    assert (wait, end) == ({"delay": "10min"}, {"lambda": "id(improv).stop();"})

    opens = {"script.execute": {"id": "open_bluetooth"}}
    boots = [step for boot in config["esphome"]["on_boot"] for step in boot["then"]]
    assert boots.count(opens) == 1
    (button,) = [sensor for sensor in config["binary_sensor"] if sensor["platform"] == "gpio"]
    assert (button["pin"]["number"], button["pin"]["inverted"], button["internal"]) == (
        BUTTONS[name],
        True,
        True,
    )
    (press,) = button["on_press"]
    assert press["then"] == [opens]

    # It refuses Home Assistant if a pod is switched on away from home and comes back.
    assert "provisioning" not in config
    assert config["improv_ble"]["wifi_timeout"] == "4294967295ms", "more milliseconds than a pod counts"


@pytest.mark.parametrize("name", NAMES)
def test_a_factory_image_takes_firmware_from_releases_only(name: str, configurations: Configurations) -> None:
    config = configurations.validated(factory(name, configurations))
    assert [ota["platform"] for ota in config["ota"]] == ["http_request"]
    (update,) = config["update"]
    assert update["source"] == f"https://retrostep.github.io/retrostep/firmware/{name}.manifest.json"
    assert config["http_request"]["verify_ssl"] is True


@pytest.mark.parametrize("name", NAMES)
def test_taking_over_a_pod_brings_its_own_configuration(name: str, configurations: Configurations) -> None:
    config = configurations.validated(factory(name, configurations))
    version = config["esphome"]["project"]["version"]
    assert config["dashboard_import"] == {
        "package_import_url": f"github://retrostep/retrostep/esphome/adopt/{name}.yaml@v{version}",
        "import_full_config": True,
    }
    # What ESPHome itself looks for when it writes the name of the pod into the file.
    text = yaml.load((ROOT / "esphome" / "adopt" / f"{name}.yaml").read_text(), Loader=PlainText)
    assert text["esphome"]["name"] == "${name}"
    assert text["esphome"]["name_add_mac_suffix"] == "true"
    assert {"name", "friendly_name"} <= text["substitutions"].keys()
    assert text["packages"]["pod"]["ref"] == f"v{version}"


def test_a_pod_taken_over_compiles_from_the_repository_alone(
    configurations: Configurations, remote: str
) -> None:
    for name in NAMES:
        config = configurations.validated(configurations.write(adopted(name, remote)))
        assert config["api"]["encryption"]["key"]
        (ota,) = [ota for ota in config["ota"] if ota["platform"] == "esphome"]
        assert ota["password"]
        assert config["wifi"]["ap"]["password"]
        assert config["wifi"]["ap"]["ap_timeout"] == "12h"


@pytest.mark.parametrize("missing", SECRET_NAMES)
def test_a_pod_taken_over_needs_each_of_its_secrets(
    configurations: Configurations, remote: str, missing: str
) -> None:
    others = "".join(line for line in SECRETS.splitlines(keepends=True) if not line.startswith(f"{missing}:"))
    result = configurations.run("config", configurations.write(adopted(NAMES[0], remote), secrets=others))
    assert result.returncode != 0
    assert f"Secret '{missing}' not defined" in result.stdout


def test_the_example_names_every_secret() -> None:
    example = yaml.safe_load((BOARDS / "secrets.example.yaml").read_text())
    assert list(example) == SECRET_NAMES
