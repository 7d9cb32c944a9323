"""What a walker costs the memory card by age, and what a start after years costs."""

import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Final, override

from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.pods.sync import ROUND_EVERY_S, ROUNDS_AT_ONCE
from custom_components.retrostep.storage import FolderFiles

from . import start
from .ledger import START
from .life import Life
from .row import Row

WALKER: Final = "walker"
# What happens in an hour besides minutes: a session begins and ends, half a goal, a goal, a streak, a record.
EVENTS: Final = 6
AGES: Final = {"1 day": 1, "1 year": 365, "5 years": 5 * 365}


class _Counted(FolderFiles):
    """A folder that counts what is written into it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.bytes = 0

    @override
    def write(self, name: str, content: bytes) -> None:
        super().write(name, content)
        self.bytes += len(content)


def walked_hour(archive: Archive, files: _Counted, life: Life, days: int) -> tuple[int, int]:
    """Walk an hour; gives commits and bytes."""
    begin = START + timedelta(days=days, hours=9)
    first = int(begin.timestamp()) // 60
    # One round a minute at first, then as often as is allowed, then what happened.
    rounds = sorted(
        {min(60 * (i + 1), 3_600) for i in range(ROUNDS_AT_ONCE)}
        | set(range(60 * ROUNDS_AT_ONCE, 3_660, ROUND_EVERY_S // 2))
    )
    files.bytes = commits = done = 0
    budget = float(ROUNDS_AT_ONCE)
    last = 0
    for at in rounds:
        budget = min(ROUNDS_AT_ONCE, budget + (at - last) / ROUND_EVERY_S)
        last = at
        if budget < 1 or at // 60 <= done:
            continue
        budget -= 1
        now = begin + timedelta(seconds=at)
        life.walk(list(range(first + done, first + at // 60)), now)
        done = at // 60
        commits += archive.commit(life.parts(), int(now.timestamp()))
    for event in range(EVENTS):
        parts = life.parts()
        parts["goals"]["journal"] = {"told": event}
        commits += archive.commit(parts, int((begin + timedelta(hours=1)).timestamp()))
    return commits, files.bytes


def rows() -> list[Row]:
    """Measure; gives the rows of the performance table."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for age, days in AGES.items():
            files = _Counted(Path(folder) / age)
            archive, life = Archive(files, WALKER), Life()
            archive.load()
            # Of the years only the last months are written day by day; what was filed before looks the same.
            for day, now_s in life.live(days):
                if day == 0 or day > days - 30:
                    archive.commit(life.parts(), now_s)
            commits, written = walked_hour(archive, files, life, days)
            found.append(Row(f"commits in a walked hour after {age}", commits, "", 60))
            found.append(Row(f"written in a walked hour after {age}", written / 1e6, "MB", 1))
        return [*found, *_start(files), *start.rows()]


def _start(files: FolderFiles) -> list[Row]:
    """Measure the parts of a start after five years, in time of the processor."""
    began = time.process_time()
    parts = Archive(files, WALKER).load() or {}
    ledger = Ledger.from_dict(parts["ledger"])
    read_ms = 1_000 * (time.process_time() - began)
    began = time.process_time()
    ledger.as_dict()
    snapshot_ms = 1_000 * (time.process_time() - began)
    return [
        Row("reading five years, in a thread", read_ms, "ms"),
        Row("a snapshot of the ledger, in the event loop", snapshot_ms, "ms", 10),
    ]
