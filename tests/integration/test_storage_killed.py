"""A real process on a real folder, killed with SIGKILL before each thing it asks of the disk."""

import json
import subprocess
import sys
from signal import SIGKILL
from typing import TYPE_CHECKING

from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.storage import FolderFiles
from tests.core.storage.life import Life
from tools import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DAYS = 3
# Lives once for each thing asked of the disk, and once to the end; says what was committed each time.
PROGRAM = """
import os, signal, sys
from itertools import count
from pathlib import Path
from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.storage import FolderFiles
from tests.core.storage.life import Life

ASKED = "mkdir", "open", "fsync", "rename", "unlink"
life = list(Life().live(int(sys.argv[2])))

def live(folder, die_at, told):
    asked = count()
    def counted(real):
        def ask(*args, **kwargs):
            if next(asked) == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)
        return ask
    for name in ASKED:
        setattr(os, name, counted(getattr(os, name)))
    archive = Archive(FolderFiles(folder), "ann")
    archive.load()
    for now_s, parts in life:
        archive.commit(parts, now_s)
        told.write(b".")
    os._exit(0)

for die_at in count():
    folder = Path(sys.argv[1], str(die_at))
    read, write = os.pipe()
    if not (child := os.fork()):
        live(folder, die_at, os.fdopen(write, "wb", 0))
    os.close(write)
    committed = len(os.fdopen(read, "rb").read())
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(committed, status, flush=True)
    if status != -signal.SIGKILL:
        break
"""


def test_a_process_killed_anywhere_leaves_what_was_committed_and_life_goes_on(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path, str(DAYS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    *killed, last = [tuple(map(int, line.split())) for line in ended.stdout.splitlines()]
    life = [(now_s, json.dumps(parts)) for now_s, parts in Life().live(DAYS)]
    assert last == (len(life), 0), ended.stderr
    assert len(killed) > 60
    for asked, (committed, status) in enumerate(killed):
        assert status == -SIGKILL
        files = FolderFiles(tmp_path / str(asked))
        files.clear()
        archive = Archive(files, "ann")
        found = json.dumps(archive.load())
        assert found in ["null", *[text for _, text in life]][committed : committed + 2], asked
        for now_s, text in life[committed:]:
            archive.commit(json.loads(text), now_s)
        assert json.dumps(Archive(files, "ann").load()) == life[-1][1]
        assert not list(files.folder.rglob("tmp*"))
