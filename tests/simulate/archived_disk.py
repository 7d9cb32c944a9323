"""A disk on which a walker is kept in files, as the product does it; they get damaged, lost and mixed up."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from custom_components.retrostep.core.history.rebuilt import rebuilt
from custom_components.retrostep.core.storage.archive import ROUND_S, Archive
from custom_components.retrostep.core.storage.files import (
    CURRENT,
    Failure,
    StorageError,
    encoded,
    opened,
    sealed,
)
from custom_components.retrostep.core.storage.layout import GOALS, LEDGER, REMINDERS
from custom_components.retrostep.core.storage.versions import VERSION
from custom_components.retrostep.core.storage.ways_out import begin_anew, go_back
from tests.core.storage.memory import MemoryFiles

from .disk import ByHand, Disk, stored
from .invariants import Invariant, hold

if TYPE_CHECKING:
    from datetime import datetime, time
    from random import Random
    from zoneinfo import ZoneInfo

ROUNDS_FASTER: Final = 96
"""So much faster days pass for the archive: a story of hours sees blocks filed and several daily copies."""
type Content = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was kept after a commit; `moment`: how often files had changed by then."""

    moment: int
    text: str
    document: dict[str, Any]
    features: dict[str, Any] | None
    by_hand: ByHand


def _text(parts: object) -> str:
    return json.dumps(parts, sort_keys=True)


def _spoil(content: bytes, dice: Random) -> bytes:
    """Damage a file as cards do."""
    at = dice.randrange(len(content))
    spoilt = (
        b"",
        content[:at],
        b"\0" * len(content),
        content[:at] + b"\xff" + content[at + 1 :],
        content * 2,
    )
    return dice.choice([one for one in spoilt if one != content])


@dataclass(slots=True)
class ArchivedDisk(Disk):
    """What is written goes into files; `document` and the rest stay what was written last."""

    walker: str = ""
    files: MemoryFiles = field(default_factory=MemoryFiles)
    _archive: Archive | None = field(default=None, compare=False)
    _kept: list[_Kept] = field(default_factory=list)
    _sound_from: int = 0
    """Since this moment nothing happened to files but what was written."""
    _times: list[int] = field(default_factory=list)
    """When files changed, by the archive's time."""
    _newer: tuple[bytes, bytes] | None = None
    """What a newer version wrote, and the same as this version wrote it."""

    @property
    def is_full(self) -> bool:
        """Whether a write may fail."""
        return self.files.fails_at is not None

    def open(self) -> None:
        """Read what is kept, as a process that starts; raises StorageError if a person has to decide."""
        archive = Archive(self.files, self.walker)
        parts = archive.load() or None
        is_newer = self._newer is not None and self.files.held.get(CURRENT) == self._newer[0]
        hold(Invariant.DAMAGE_STOPS, not is_newer, "what a newer version wrote was read")
        if parts is None and self.document is not None:
            # The door knows from the entry that there was something.
            raise StorageError(Failure.MISSING, "nothing is kept")
        if parts is not None:
            kept = self._find(_text(parts))
            hold(Invariant.DAMAGE_STOPS, kept, "what was read was never kept")
            assert kept is not None
            self.document, self.features, self.by_hand = kept.document, kept.features, kept.by_hand.copy()
        self._archive = archive

    def _find(self, text: str) -> _Kept | None:
        return next((kept for kept in reversed(self._kept) if kept.text == text), None)

    def write(self, document: dict[str, Any], features: dict[str, Any] | None, now_s: int) -> None:
        """Keep the ledger and what belongs to it; raises OSError."""
        assert self._archive is not None
        kept = {GOALS: features["goals"], REMINDERS: features["sitting"]} if features else {}
        parts = {LEDGER: document, **kept}
        self._archive.commit(parts, now_s * ROUNDS_FASTER)
        self._times += [now_s * ROUNDS_FASTER] * (len(self.files.history) - len(self._times))
        if self.is_full:
            there = Archive(MemoryFiles(dict(self.files.held)), self.walker).load() or {}
            is_there = all(_text(there.get(part)) == _text(parts[part]) for part in parts)
            hold(Invariant.ACKNOWLEDGED, is_there, "a full disk did not hold what was called written")
        self.document, self.features = document, features
        now = _Kept(len(self.files.history), _text(parts), document, features, self.by_hand.copy())
        if self._kept and now.text == self._kept[-1].text:
            self._kept.pop()
        self._kept.append(now)

    def restore(self, backup: Disk, *, with_table: bool) -> None:
        """Have what a backup holds, the files too."""
        for kept in self._kept:
            if kept.document is backup.document:
                self._take(dict(self.files.history[kept.moment - 1]), kept)
                break
        if with_table:
            self.table = backup.copy().table

    # -- what happens to files ----------------------------------------------------------------

    def damage(self, dice: Random) -> None:
        """Spoil a file, mostly the one that matters most."""
        if name := self._some_file(dice):
            self._sound_from = len(self.files.history)
            self.files.held[name] = _spoil(self.files.held[name], dice)

    def lose(self, dice: Random) -> None:
        """Lose a file, or all of them."""
        self._sound_from = len(self.files.history)
        if dice.random() < 0.2:
            self.files.held.clear()
        elif name := self._some_file(dice):
            del self.files.held[name]

    def _some_file(self, dice: Random) -> str | None:
        names = sorted(name for name, content in self.files.held.items() if content)
        if CURRENT in names and dice.random() < 0.5:
            return CURRENT
        return dice.choice(names) if names else None

    def go_back(self, dice: Random) -> None:
        """Have the files as they were after an earlier commit."""
        if sound := self._sound():
            kept = dice.choice(sound)
            self._take(dict(self.files.history[kept.moment - 1]), kept)

    def swap(self, dice: Random) -> None:
        """Have the files of another walker, all of them or one."""
        self._sound_from = len(self.files.history)
        files = MemoryFiles()
        Archive(files, "somebody else").commit({LEDGER: self.document or {}}, 1_780_000_000)
        if dice.random() < 0.5:
            self.files.held.clear()
        self.files.held.update(files.held)

    def be_upgraded(self, dice: Random) -> None:  # noqa: ARG002
        """Have been written by a newer version, from which the person went back to this one."""
        if (content := self.files.held.get(CURRENT)) is None:
            return
        try:
            body = opened(content)
        except StorageError:
            return
        if body["version"] == VERSION:
            newer = sealed(encoded({**body, "version": VERSION + 1}))
            self._newer, self.files.held[CURRENT] = (newer, content), newer

    def copy_files(self, dice: Random) -> tuple[Content, _Kept] | None:
        """Copy file by file in any order while they are written; holds that the copy can be read."""
        if not (sound := self._sound()):
            return None
        history = self.files.history
        at = start = dice.randrange(sound[0].moment - 1, len(history))
        names = sorted(history[start])
        dice.shuffle(names)
        copied: Content = {}
        for name in names:
            later = min(at + (dice.random() < 0.3), len(history) - 1, start + 8)
            at = later if self._time(later) - self._time(start) < ROUND_S else at
            if name in history[at]:
                copied[name] = history[at][name]
        try:
            text = _text(Archive(MemoryFiles(dict(copied)), self.walker).load())
        except StorageError as error:
            hold(Invariant.COPIES_READ, False, str(error))
            return None
        kept = self._find(text)
        hold(Invariant.COPIES_READ, kept, f"a copy begun at {start} of {len(history)} was never kept")
        return (copied, kept) if kept else None

    def _time(self, moment: int) -> int:
        return self._times[min(moment, len(self._times) - 1)]

    def put_back(self, copied: Content, kept: _Kept) -> None:
        """Have the files of a copy."""
        self._take(dict(copied), kept)

    def _sound(self) -> list[_Kept]:
        return [kept for kept in self._kept if kept.moment > self._sound_from]

    def _take(self, held: Content, kept: _Kept) -> None:
        self._sound_from = len(self.files.history)
        self.files.held = held
        self.document, self.features, self.by_hand = kept.document, kept.features, kept.by_hand.copy()

    # -- what the person decides --------------------------------------------------------------

    def decide(self, dice: Random, zone: ZoneInfo, day_start: time, now: datetime) -> str:
        """Have the recorder's statistics, or the last good copy if one can be read, else a new beginning.

        Who went back to an older version installs the newer one again.
        """
        if self._newer is not None and self.files.held.get(CURRENT) == self._newer[0]:
            self.files.held[CURRENT] = self._newer[1]
            return "the newer version"
        if self._is_sound():
            return "what was put back"
        if any(self.table.values()) and dice.random() < 0.4:
            self._rebuild(zone, day_start, now)
            return "the recorder's statistics"
        if go_back(self.files, self.walker, [], int(now.timestamp())) and self._is_sound():
            return "the last good copy"
        self._begin_anew(now)
        return "a new beginning"

    def _is_sound(self) -> bool:
        """Say whether something is kept that can be read."""
        try:
            return bool(Archive(self.files, self.walker).load())
        except StorageError:
            return False

    def _begin_anew(self, now: datetime) -> None:
        begin_anew(self.files, self.walker, damaged=[], parts={}, others={}, now_s=int(now.timestamp()))
        self.document = self.features = None
        self.by_hand = ByHand()

    def _rebuild(self, zone: ZoneInfo, day_start: time, now: datetime) -> None:
        ledger = rebuilt(stored(self.table), zone, day_start, now)
        self._begin_anew(now)
        self.by_hand = ByHand.from_statistics(self.table, now)
        self._archive = Archive(self.files, self.walker)
        self._archive.load()
        self.write(ledger.as_dict(), None, int(now.timestamp()))
