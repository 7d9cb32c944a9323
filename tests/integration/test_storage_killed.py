"""A real process on a real folder, killed with SIGKILL around the renaming of a file."""

import json
import subprocess
import sys
from signal import SIGKILL
from typing import TYPE_CHECKING

import pytest

from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.storage import FolderFiles
from tests.core.storage.life import Life
from tools import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DAYS = 3
PROGRAM = """
import os, signal, sys
from pathlib import Path
from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.storage import FolderFiles
from tests.core.storage.life import Life

folder, at, after = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "after"
rename, count = os.rename, 0

def renamed(source, target):
    global count
    count += 1
    if count == at and not after:
        os.kill(os.getpid(), signal.SIGKILL)
    rename(source, target)
    if count == at:
        os.kill(os.getpid(), signal.SIGKILL)

os.rename = renamed
archive = Archive(FolderFiles(folder), "ann")
archive.load()
for number, (now_s, parts) in enumerate(Life().live(int(sys.argv[4]))):
    archive.commit(parts, now_s)
    print(number, flush=True)
"""


@pytest.mark.parametrize("after", ["before", "after"])
@pytest.mark.parametrize("at", [2, 7, 12, 19])
def test_a_killed_process_leaves_what_was_committed_and_life_goes_on(
    tmp_path: Path, at: int, after: str
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path, str(at), after, str(DAYS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == -SIGKILL, ended.stderr
    committed = len(ended.stdout.split())
    kept = [(now_s, json.dumps(parts)) for now_s, parts in Life().live(DAYS)]

    files = FolderFiles(tmp_path)
    files.clear()
    archive = Archive(files, "ann")
    found = archive.load()
    assert json.dumps(found) in [text for _, text in kept[max(committed - 1, 0) : committed + 1]]
    for now_s, text in kept[committed:]:
        archive.commit(json.loads(text), now_s)
    assert json.dumps(Archive(files, "ann").load()) == kept[-1][1]
    assert not list(tmp_path.rglob("tmp*"))
