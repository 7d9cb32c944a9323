"""A pod's flash: it may lose what was not synced, tear it, refuse to write, or hold another format."""

import ctypes
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

SAVE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_uint32)
LOAD = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_uint32)
SYNC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)


class Flash:
    """Numbered records; a power cut may lose or tear what was written since the last sync."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._safe: dict[int, bytes] = {}
        self._written: dict[int, bytes] = {}
        self.operations_left: int | None = None
        """How many writes and syncs go well before the power fails in the middle of one."""
        self.dead = False
        self.refusals_left = 0
        """How many writes and syncs from now on are refused, though the power is there."""
        self.has_refused = False
        """Since the last save that went well."""
        self.format = 0
        """What the firmware that runs writes its records in; it can't read any other."""
        self.callbacks = (SAVE(self._save), LOAD(self._load), SYNC(self._sync))

    def _fails(self) -> bool:
        if self.refusals_left > 0:
            self.refusals_left -= 1
            self.has_refused = True
            return True
        if self.operations_left is not None:
            self.operations_left -= 1
            self.dead = self.dead or self.operations_left < 0
        return self.dead

    def _save(self, _context: int, slot: int, data: int, size: int) -> int:
        if self.dead:
            return 0
        record = ctypes.string_at(data, size)
        if self.refusals_left > 0:
            return 0 if self._fails() else 1
        self._written[slot] = self._in_format(record)
        return 0 if self._fails() else 1

    def _sync(self, _context: int) -> int:
        if self.dead:
            return 0
        if self._fails():
            return 0
        self._safe.update(self._written)
        self._written.clear()
        return 1

    def _load(self, _context: int, slot: int, data: int, size: int) -> int:
        record = self._written.get(slot, self._safe.get(slot))
        if record is None or len(record) != size:
            return 0
        ctypes.memmove(data, self._in_format(record), size)
        return 1

    def _in_format(self, record: bytes) -> bytes:
        """Write a record as the firmware does, or read it so: what is of another format begins wrongly."""
        return bytes([record[0] ^ self.format]) + record[1:] if self.format else record

    def cut(self) -> None:
        """Lose the power: each record written since the last sync is there, torn, or not there."""
        for slot, record in self._written.items():
            fate = self._dice.randrange(3)
            if fate == 0:
                self._safe[slot] = record
            elif fate == 1:
                torn = self._dice.randrange(len(record))
                before = self._safe.get(slot, b"\xff" * len(record)).ljust(len(record), b"\xff")
                self._safe[slot] = record[:torn] + before[torn : len(record)]
        self._written.clear()
        self.operations_left = None
        self.dead = False

    def exchange(self, held: dict[int, bytes]) -> dict[int, bytes]:
        """Hold something else; gives what was held."""
        before, self._safe = self._safe, held
        return before

    def erase(self) -> None:
        """Forget everything."""
        self._safe.clear()
        self._written.clear()
