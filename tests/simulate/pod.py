"""The pod of the fault simulator: the real C++ minute log on a flash that can lose its power at any write.

The pod keeps its own book of the strides it was given, without looking into the log: which ones were safe on
flash before the power went is what the ledger is held against.
"""

import ctypes
import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final

from custom_components.retrostep.core.ledger.counts import COUNTS, ZERO, Counts

from .flash import LOAD, SAVE, SYNC, Flash
from .invariants import Invariant, hold

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

FORWARD, BACKWARD, LEFT = 1, 2, 3
_DIRECTION_NAMES: Final = {FORWARD: "fwd", BACKWARD: "back", LEFT: "side"}
_PAGE_SIZE: Final = 4_000
_NUDGE_S: Final = 30
"""Less than that a pod takes for no jump of its clock."""
FIRST_S: Final = 1_577_836_800
"""No pod believes that it is earlier than 2020: its clock counts as not set (`retrostep.cpp`)."""
LOST_S_MAX: Final = 60
"""A power cut may cost this much walking and no more."""


def load_library(path: Path) -> ctypes.CDLL:
    """Open the minute log's C interface."""
    library = ctypes.CDLL(str(path))
    u32, handle = ctypes.c_uint32, ctypes.c_void_p
    library.minute_log_boot.restype = handle
    library.minute_log_boot.argtypes = [SAVE, LOAD, SYNC, ctypes.c_void_p, u32]
    library.minute_log_cut.argtypes = [handle]
    library.minute_log_stride.argtypes = [handle, ctypes.c_int, ctypes.c_float, u32, u32, u32]
    library.minute_log_tick.argtypes = [handle, u32, u32]
    library.minute_log_save_due.argtypes = [handle, u32, ctypes.c_float]
    library.minute_log_save.argtypes = [handle]
    library.minute_log_page.restype = u32
    i32 = ctypes.c_int32
    library.minute_log_page.argtypes = [handle, ctypes.c_char_p, u32, i32, i32, u32]
    library.minute_log_totals.argtypes = [handle, ctypes.POINTER(u32)]
    library.minute_log_unsynced.restype = u32
    library.minute_log_unsynced.argtypes = [handle]
    library.minute_log_id.restype = u32
    library.minute_log_id.argtypes = [handle]
    return library


@dataclass(slots=True)
class Walked:
    """A stride the pod was given: two steps of a kind, at what its clock said."""

    kind: str
    true_s: int
    epoch_s: int
    """By the pod's clock when the stride ended; 0: the clock was not set."""
    set_since: set[int] = field(default_factory=set)
    """How far the clock was set, s, until the pod's next start: its minute may have moved along."""

    def minutes(self) -> set[int]:
        """Give the minutes it may be dated to; none if the clock was not set."""
        if not self.epoch_s:
            return set()
        minute = self.epoch_s // 60
        nudges = (-_NUDGE_S, 0, _NUDGE_S)
        moved = {minute + (by + nudge + 30) // 60 for by in self.set_since for nudge in nudges}
        return {minute, *moved}


@dataclass(slots=True)
class LogBook:
    """The strides of one log that are safe on flash."""

    log: int
    safe: list[Walked] = field(default_factory=list)
    saves: list[int] = field(default_factory=list)
    """How many strides were safe after each save."""
    gone: list[Walked] = field(default_factory=list)
    """Strides that were safe until the log was taken up as it had been before they were saved."""

    def steps(self) -> Counter[str]:
        """Count the steps of each kind."""
        return count_steps(self.safe)


def _is(found: dict[str, int], steps: Counter[str]) -> bool:
    """Say whether totals are those of a count."""
    return all(found[kind] == steps[kind] for kind in _DIRECTION_NAMES.values())


def count_steps(strides: list[Walked]) -> Counter[str]:
    """Count the steps of strides by kind."""
    return Counter({kind: 2 * n for kind, n in Counter(stride.kind for stride in strides).items()})


@dataclass(frozen=True, slots=True)
class Firmware:
    """What may be odd about a pod for a whole story; it leaves the dice of the story alone."""

    repeats: bool = True
    """It repeats what it was asked; older firmware does not."""
    reuses_names: bool = False
    """A log that begins on erased flash draws the name of the one before."""


class SimPod:
    """One pod: power, clock, flash, the log, and the book of what it was given."""

    def __init__(
        self, library: ctypes.CDLL, mac: str, dice: Random, firmware: Firmware | None = None
    ) -> None:
        self.mac = mac
        self.flash = Flash(dice)
        self.books: list[LogBook] = []
        self._clock_ahead_s: int | None = None
        self._since_start: list[tuple[Walked, int]] = []
        self._shared_minute = 0
        self.lost_to_cuts = 0
        self._library = library
        self._dice = dice
        self._firmware = firmware or Firmware()
        self._handle: int | None = None
        self._booted_s = 0
        self._unsafe: list[Walked] = []
        self._in_cut_save: list[Walked] = []
        self._refused_saves: list[int] = []
        """How many unsafe strides there were at saves that the flash did not take whole."""
        self._erased = False
        self._format_changed = False
        self._aside: dict[int, bytes] = {}
        """What a flash holds that is not in the pod now."""
        self.retired = False
        """Another board has taken its place."""
        self.offsets_s: set[int] = set()
        """How far its clock ever was ahead."""
        self.given: list[Walked] = []
        """Every stride, those that a power cut took among them."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it had to get lost: no erased flash, no row overwritten."""
        return len(self.books) == 1 and not self.books[0].gone and not self.retired and self.oldest() == 1

    @property
    def clock_ahead_s(self) -> int | None:
        """How far the pod's clock is ahead of the true time; None: not set."""
        return self._clock_ahead_s

    @clock_ahead_s.setter
    def clock_ahead_s(self, ahead_s: int | None) -> None:
        self._clock_ahead_s = ahead_s
        if ahead_s is None:
            return
        self.offsets_s.add(ahead_s)
        for stride, was_s in self._since_start:
            if abs(ahead_s - was_s) > _NUDGE_S:
                stride.set_since.add(ahead_s - was_s)

    @property
    def on(self) -> bool:
        """Whether the pod has power."""
        return self._handle is not None

    @property
    def has_reused_a_name(self) -> bool:
        """Whether a home may still take its log for the one before: it learns better by asking."""
        had_another = len(self.books) > 1 or bool(self.books[-1].gone)
        return (self._firmware.reuses_names or self._format_changed) and had_another

    def boot(self, now_s: int) -> None:
        """Switch on; the clock is not set. Raises AssertionError if the flash holds other than was walked."""
        name = self._dice.randrange(1, 2**31)
        if self._erased and self._firmware.reuses_names:
            name = self.books[-1].log
        self._handle = self._library.minute_log_boot(*self.flash.callbacks, None, name)
        self._booted_s = now_s
        self._since_start, self._shared_minute = [], 0
        log = int(self._library.minute_log_id(self._handle))
        if not self.books or self.books[-1].log != log or self._erased:
            may_end = self._erased or not self.books or not self.books[-1].safe
            hold(Invariant.SAVED_STAYS, may_end, "the log was lost")
            self._begin_or_go_on(log)
        self._erased = False
        self._settle_after_cut()
        if self.flash.dead:
            self.cut(now_s)

    def _begin_or_go_on(self, log: int) -> None:
        """Open the book of a log; one in the format of this firmware may be as it was before the other."""
        known = [book for book in self.books if book.log == log] if self._format_changed else []
        if not known:
            self.books.append(LogBook(log))
            return
        book, found = known[-1], self.totals()
        self.books.remove(book)
        self.books.append(book)
        for length in (len(book.safe), *reversed(book.saves), 0):
            if _is(found, count_steps(book.safe[:length])):
                self.lost_to_cuts += len(book.safe) - length
                book.gone += book.safe[length:]
                del book.safe[length:]
                return

    def _settle_after_cut(self) -> None:
        """Find out whether a save that the power cut hit, or that was refused, had reached the flash."""
        book, found, waiting = self.books[-1], self.totals(), self._in_cut_save
        for length in (0, len(waiting), *self._refused_saves):
            if _is(found, count_steps(book.safe + waiting[:length])):
                self.lost_to_cuts += len(waiting) - length
                book.safe += waiting[:length]
                self._in_cut_save, self._refused_saves = [], []
                return
        safe = dict(book.steps())
        hold(Invariant.SAVED_STAYS, False, f"after the cut the pod holds {found}, safe were {safe}")

    def cut(self, now_s: int) -> None:
        """Lose the power now."""
        if self._handle is None:
            return
        self._library.minute_log_cut(self._handle)
        self._handle = None
        self.clock_ahead_s = None
        self._check_age(now_s)
        if self.flash.dead or self._refused_saves:
            self._in_cut_save = self._unsafe
        else:
            self.lost_to_cuts += len(self._unsafe)
        self._unsafe = []
        self.flash.has_refused = False
        self.flash.cut()

    def restart(self, now_s: int) -> None:
        """Reboot in an orderly way: nothing is lost, unless the power fails in the middle of it."""
        if self.save(now_s):
            self.cut(now_s)
            self.boot(now_s)

    def erase(self, now_s: int) -> None:
        """Start with an empty flash, as after a reset to factory state."""
        self.cut(now_s)
        self.flash.erase()
        self._in_cut_save, self._refused_saves = [], []
        self._erased = True
        self.boot(now_s)

    def exchange_flash(self, now_s: int) -> None:
        """Get an empty flash, or the one that was in it before: its log comes back as it was."""
        if self.save(now_s):
            self.cut(now_s)
            self._aside = self.flash.exchange(self._aside)
            self._format_changed = self._erased = True
            self.boot(now_s)

    def change_format(self, now_s: int) -> None:
        """Get firmware that keeps its log in another format, or go back to the one before."""
        if not self.save(now_s):
            return
        self.cut(now_s)
        self.flash.format ^= 1
        self._format_changed = self._erased = True
        self.boot(now_s)

    def retire(self, now_s: int) -> None:
        """Be gone for good."""
        self.cut(now_s)
        self.retired = True

    def epoch_s(self, now_s: int) -> int:
        """Give the pod's clock, 0 if it is not set."""
        epoch_s = 0 if self.clock_ahead_s is None else now_s + self.clock_ahead_s
        return epoch_s if epoch_s >= FIRST_S else 0

    def stride(self, now_s: int, direction: int, length_m: float, duration_ms: int) -> None:
        """Count a stride that ended now."""
        if self._handle is None:
            return
        epoch_s, uptime_s = self.epoch_s(now_s), now_s - self._booted_s
        self._library.minute_log_stride(self._handle, direction, length_m, duration_ms, epoch_s, uptime_s)
        self._unsafe.append(Walked(_DIRECTION_NAMES[direction], now_s, epoch_s))
        self.given.append(self._unsafe[-1])
        if self._clock_ahead_s is not None and epoch_s:
            self._since_start.append((self._unsafe[-1], self._clock_ahead_s))
            self._share(epoch_s // 60, self._clock_ahead_s)

    def _share(self, minute: int, ahead_s: int) -> None:
        """Have what an earlier start left in a minute move along with what this one adds: it is one row."""
        if minute != self._shared_minute:
            self._shared_minute = minute
            before = takewhile(lambda one: one.epoch_s // 60 == minute, reversed(self.books[-1].safe))
            self._since_start += [(stride, ahead_s) for stride in before]

    def tick(self, now_s: int, rest_s: float) -> None:
        """Let a second pass; saves when the log wants to."""
        if self._handle is None:
            return
        uptime_s = now_s - self._booted_s
        self._library.minute_log_tick(self._handle, self.epoch_s(now_s), uptime_s)
        if self._library.minute_log_save_due(self._handle, uptime_s, rest_s):
            self.save(now_s)
        self._check_age(now_s)

    def _check_age(self, now_s: int) -> None:
        """Hold that a power cut now would cost a minute of walking and no more."""
        if self._unsafe and not self.flash.has_refused:
            age_s = now_s - self._unsafe[0].true_s
            hold(Invariant.SIXTY_SECONDS, age_s <= LOST_S_MAX, f"a power cut costs {age_s} s of walking")

    def save(self, now_s: int) -> bool:
        """Save; if the power fails in the middle of it the pod is off afterwards."""
        if self._handle is None:
            return False
        saved = bool(self._library.minute_log_save(self._handle))
        if self.flash.dead:
            self.cut(now_s)
            return False
        if not saved:
            assert self.flash.has_refused, "the flash took everything, the log says it is not saved"
            self._refused_saves.append(len(self._unsafe))
            return False
        self.books[-1].safe += self._unsafe
        self.books[-1].saves.append(len(self.books[-1].safe))
        self._unsafe, self._refused_saves = [], []
        self.flash.has_refused = False
        return True

    def page(self, log: int, after: int, limit: int, now_s: int) -> dict[str, Any]:
        """Answer get_minutes."""
        buffer = ctypes.create_string_buffer(_PAGE_SIZE)
        clock = self.epoch_s(now_s)
        length = self._library.minute_log_page(self._handle, buffer, log, after, limit, clock)
        answer: dict[str, Any] = json.loads(buffer.raw[:length])
        if not self._firmware.repeats:
            del answer["asked"]
        return answer

    def oldest(self) -> int:
        """Give the oldest row that was not overwritten."""
        return int(self.page(0, 0, 1, 0)["oldest"])

    def overwritten(self) -> Counts:
        """Give what the rows held that were overwritten."""
        page = self.page(0, 0, 1, 0)
        return Counts(*page["total"]) - sum((Counts(*row[2:9]) for row in page["m"]), ZERO)

    def totals(self) -> dict[str, int]:
        """Give what the cumulative sensors show."""
        numbers = (ctypes.c_uint32 * 7)()
        self._library.minute_log_totals(self._handle, numbers)
        return dict(zip(COUNTS, numbers, strict=True))

    def unsynced(self) -> int:
        """Give the closed minutes that nobody acknowledged."""
        return int(self._library.minute_log_unsynced(self._handle))
