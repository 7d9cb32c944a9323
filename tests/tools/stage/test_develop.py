"""What script/develop follows: changed sources, each change once."""

import os
from typing import TYPE_CHECKING

from tools.stage.develop import Watch, mac_of

if TYPE_CHECKING:
    from pathlib import Path


def later(file: Path, seconds: int) -> None:
    """Let a file have been written some seconds after it was."""
    moment = file.stat().st_mtime + seconds
    os.utime(file, (moment, moment))


def test_a_changed_file_is_noticed_once(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "sensor.py"
    file.parent.mkdir()
    file.write_text("steps = 1")
    watch = Watch(tmp_path, ("*.py",))
    assert not watch.changed()

    later(file, 5)
    assert watch.changed()
    assert not watch.changed()


def test_other_files_and_removed_ones_are_not_a_change(tmp_path: Path) -> None:
    file = tmp_path / "sensor.py"
    file.write_text("steps = 1")
    watch = Watch(tmp_path, ("*.py",))
    (tmp_path / "notes.txt").write_text("steps")
    later(tmp_path / "notes.txt", 5)
    file.unlink()
    assert not watch.changed()


def test_every_simulated_pod_has_a_mac_of_its_own() -> None:
    assert len({mac_of(number) for number in range(8)}) == 8
