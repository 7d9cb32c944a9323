"""Tools that copy files copy the folder while it is written: each copy holds what was kept at one moment."""

import json
import shutil
import subprocess
import tarfile
import threading
from itertools import count
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.components.backup.const import EXCLUDE_DATABASE_FROM_BACKUP, EXCLUDE_FROM_BACKUP
from securetar import SecureTarArchive, atomic_contents_add

from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.storage import FolderFiles
from tests.core.storage.life import Life

if TYPE_CHECKING:
    from collections.abc import Callable

DAYS = 6
PLACE = ".storage/retrostep/01K0WALKER"


def excluded(path: PurePath) -> bool:
    """Say whether Home Assistant leaves a file out of a backup, its database too."""
    return any(
        path.full_match(f"data/{pattern}")
        for pattern in (*EXCLUDE_FROM_BACKUP, *EXCLUDE_DATABASE_FROM_BACKUP)
    )


def by_cp(config: Path, copy: Path) -> None:
    # What vanishes between listing and reading is told and passed over, and so is what is replaced then:
    # without `current` the walker would stop and offer its last copy, so who is told copies again.
    command = ["cp", "-r", config, copy]
    done = subprocess.run(command, env={"LC_ALL": "C"}, check=False, capture_output=True, text=True)
    if "replaced while being copied" in done.stderr:
        assert done.returncode != 0
        shutil.rmtree(copy)


def by_tar(config: Path, copy: Path) -> None:
    copy.mkdir()
    archive = copy.with_suffix(".tar")
    subprocess.run(["tar", "-C", config, "-cf", archive, "."], check=False, capture_output=True)
    subprocess.run(["tar", "-C", copy, "-xf", archive], check=True)


def by_backup(config: Path, copy: Path) -> None:
    """As Home Assistant's own backup does, file by file, failing as it does; and as it restores."""
    archive = copy.with_suffix(".tar")
    with (
        SecureTarArchive(archive, "w", bufsize=2**22, create_version=3, password=None) as outer,
        outer.create_tar("./homeassistant.tar.gz", gzip=True) as core,
    ):
        atomic_contents_add(core, config, excluded, arcname="data")
    with tarfile.open(archive) as outer_tar:
        inner = outer_tar.extractfile("homeassistant.tar.gz")
        with tarfile.open(fileobj=inner, mode="r:gz") as tar:
            tar.extractall(copy.parent / f"{copy.name}.out", filter="data")
    (copy.parent / f"{copy.name}.out" / "data").rename(copy)


def text(parts: object) -> str:
    return json.dumps(parts, sort_keys=True)


def counted(parts: dict[str, Any]) -> int:
    return Ledger.from_dict(parts["ledger"]).settled_total().back


@pytest.mark.parametrize("take", [by_cp, by_tar, by_backup])
def test_a_copy_taken_while_the_walker_is_written_holds_every_row_once(
    tmp_path: Path, take: Callable[[Path, Path], None]
) -> None:
    """A tool takes less than the six hours of a round; in each copy here one round ends."""
    config = tmp_path / "config"
    archive = Archive(FolderFiles(config / PLACE), "ann")
    archive.load()
    caught = failed = 0
    for number, (now_s, parts) in enumerate(Life().live(DAYS)):
        if number < 3:
            archive.commit(parts, now_s)
            continue
        copy = tmp_path / str(number)
        copying = threading.Thread(target=take, args=(config, copy))
        before = parts | {"guide": {"number": -1}}
        archive.commit({"guide": {"number": -1}}, now_s - 3 * 3_600 + 60)
        moments = [text(Archive(FolderFiles(config / PLACE), "ann").load())]
        copying.start()
        archive.commit(before, now_s)
        moments.append(text(before))
        for small in count():
            if not copying.is_alive():
                break
            later = before | {"guide": {"number": small}}
            archive.commit(later, now_s)
            moments.append(text(later))
        copying.join()
        if not copy.exists():
            # The backup's archive reads the length of a file before the file: where `current` is replaced
            # between the two it fails, as with any file of Home Assistant's own. The next one does not. `cp`
            # says that it passed a file over.
            failed += 1
            copy = tmp_path / f"{number}-again"
            take(config, copy)
        found = Archive(FolderFiles(copy / PLACE), "ann").load()
        assert text(found) in moments
        caught += text(found) not in (moments[0], moments[-1])
        assert found
        assert counted(found) in (counted(json.loads(moments[0])), counted(parts))
    assert failed == 0 or take is not by_tar
    assert caught or failed, "copies were taken while it was written"


def test_home_assistants_backup_leaves_out_nothing_that_is_kept(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path / PLACE)
    archive = Archive(files, "ann")
    archive.load()
    for now_s, parts in Life().live(4):
        archive.commit(parts, now_s)
    held = [file for file in files.folder.rglob("*") if file.is_file()]
    assert {file.parent.name for file in held} == {"01K0WALKER", "blocks", "copy"}
    assert not any(excluded(PurePath("data", file.relative_to(tmp_path))) for file in held)
    half_written = PurePath("data", PLACE, "__pycache__", "tmp1234")
    assert excluded(half_written), "it would be gone when its turn comes"
