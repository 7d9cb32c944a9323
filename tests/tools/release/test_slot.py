"""Firmware that all but fills its slot is not released, nor is any whose room nobody knows."""

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml

from tools import ROOT
from tools.release import slot

if TYPE_CHECKING:
    from pathlib import Path

# As ESPHome writes it for 4 MB of flash.
TABLE = """\
otadata, data, ota, , 0x2000,
phy_init, data, phy, , 0x1000,
app0, app, ota_0, , 0x1C0000,
app1, app, ota_1, , 0x1C0000,
nvs, data, nvs, , 0x70000,
"""
SLOT = 0x1C0000


def build(folder: Path, image: int, begins: bytes = slot.MAGIC, name: str = "step-pod") -> Path:
    """Leave what ESPHome leaves of a firmware with an image of so many bytes."""
    (folder / name / "build").mkdir(parents=True)
    (folder / name / "partitions.csv").write_text(TABLE)
    with (folder / name / "build" / "firmware.ota.bin").open("wb") as file:
        file.write(begins)
        file.truncate(image)
    return folder


def test_size_slot_and_share_are_told(tmp_path: Path) -> None:
    assert slot.main(build(tmp_path, 1_500_000)) == "slot: 1,500,000 of 1,835,008 bytes, 81.7%"


def test_95_percent_pass_and_a_byte_more_does_not(tmp_path: Path) -> None:
    most = SLOT * 95 // 100
    slot.main(build(tmp_path / "most", most))
    with pytest.raises(slot.SlotError, match=r"too big for its slot: 1,743,258 of 1,835,008 bytes, 95\.0%"):
        slot.main(build(tmp_path / "more", most + 1))


@pytest.mark.parametrize(
    ("written", "found"),
    [("0x1C0000", 0x1C0000), ("1835008", 1835008), ("1792K", 1835008), ("2M", 2 * 1024 * 1024), ("0X10", 16)],
)
def test_a_size_is_read_in_each_way_esp_idf_writes_it(written: str, found: int) -> None:
    assert slot.slot(TABLE.replace("0x1C0000", written)) == found


def test_the_smaller_of_two_slots_decides() -> None:
    assert slot.slot(TABLE.replace("ota_1, , 0x1C0000", "ota_1, , 0x100000")) == 0x100000


@pytest.mark.parametrize(
    "table",
    [
        "",
        TABLE.replace("app1", "# app1"),
        TABLE.replace("ota_1", "factory"),
        TABLE.replace("app, ota_1", "data, ota_1"),
        TABLE.replace("0x1C0000", "0"),
    ],
)
def test_a_table_without_two_slots_is_no_table_for_updates(table: str) -> None:
    with pytest.raises(slot.SlotError, match="no two slots"):
        slot.slot(table)


@pytest.mark.parametrize("written", ["", "-1", "1.5M", "1G", "much"])
def test_a_size_that_is_none_is_named(written: str) -> None:
    with pytest.raises(slot.SlotError, match="has the size"):
        slot.slot(TABLE.replace("0x1C0000", written))


def test_a_build_that_failed_or_is_not_the_only_one_is_not_taken_for_one(tmp_path: Path) -> None:
    with pytest.raises(slot.SlotError, match=r"0 partitions\.csv, 0 firmware\.ota\.bin"):
        slot.main(tmp_path)
    build(tmp_path, 1000)
    build(tmp_path, 1000, name="other-pod")
    with pytest.raises(slot.SlotError, match=r"2 partitions\.csv, 2 firmware\.ota\.bin"):
        slot.main(tmp_path)
    (tmp_path / "step-pod" / "build" / "firmware.ota.bin").unlink()
    (tmp_path / "other-pod" / "partitions.csv").unlink()
    with pytest.raises(slot.SlotError, match="not one each"):
        slot.main(tmp_path)


@pytest.mark.parametrize(("size", "begins"), [(0, b""), (1_500_000, b"\x7fELF")])
def test_what_is_empty_or_something_else_is_no_image(size: int, begins: bytes, tmp_path: Path) -> None:
    with pytest.raises(slot.SlotError, match="is not a firmware image"):
        slot.main(build(tmp_path, size, begins))


def test_tables_of_fetched_components_are_not_those_of_the_firmware(tmp_path: Path) -> None:
    build(tmp_path, 1_500_000)
    example = tmp_path / "step-pod" / "managed_components" / "example"
    example.mkdir(parents=True)
    (example / "partitions.csv").write_text("")
    assert slot.fit(tmp_path) == slot.Fit(1_500_000, SLOT)


def test_the_workflows_step_ends_with_one_sentence(tmp_path: Path) -> None:
    python = shutil.which("python3", path="/usr/local/bin:/usr/bin:/bin")
    assert python
    run = subprocess.run(
        [python, "-m", "tools.release.slot", build(tmp_path, SLOT)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    said = "slot: the image is too big for its slot: 1,835,008 of 1,835,008 bytes, 100.0%, more than 95%\n"
    assert (run.returncode, run.stderr) == (1, said)


def test_the_workflow_asks_of_each_boards_image_before_it_takes_it() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))
    firmware = workflow["jobs"]["firmware"]
    assert "board" in firmware["strategy"]["matrix"]
    commands = [step.get("run", step.get("uses")) for step in firmware["steps"]]
    (build,) = [at for at, command in enumerate(commands) if "esphome compile" in command]
    assert commands[build + 1] == "python3 -m tools.release.slot esphome/boards/.esphome/build"
    assert any("upload-artifact" in command for command in commands[build + 2 :])
