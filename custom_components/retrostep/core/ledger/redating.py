"""What was taken since the start, and under which clock, so that it can move when the clock proves wrong.

Kept in memory only, also over a new set-up: after a restart nobody could say any more by how much a date is
wrong.
"""

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from ..clock import Clocked, Correction, Jump
from .corrections import Corrections
from .counts import ZERO, Counts
from .pod_log import KeptMinute
from .pod_records import PodRecords
from .totals import Totals

ROWS_REMEMBERED: Final = 10_000
"""Months of walking; what was taken before keeps its date."""

REMOVALS_REMEMBERED: Final = 100

type Place = tuple[str, int]
"""The MAC of a pod and an epoch minute."""


@dataclass(slots=True)
class _Row:
    """A row that was taken: as dated, and where it is now."""

    mac: str
    segment: int
    dated: int
    row: KeptMinute
    minute: int
    is_removed: bool
    """Somebody took it away where it was: it counts nothing wherever it moves."""

    @property
    def place(self) -> Place:
        return self.mac, self.minute

    def __deepcopy__(self, memo: object) -> Self:
        # Nothing in it can be changed, and there may be thousands.
        return copy(self)


@dataclass(slots=True)
class _Undated:
    """A row without a time, credited to its arrival."""

    segment: int
    dated: int
    counts: Counts
    minute: int


class Redating(Clocked):
    """Remembers what was taken in each segment of the clock."""

    _OF_THE_CLOCK = (
        *("segment", "step_before_s", "_corrections", "_steps"),
        *("_rows", "_undated", "_bases", "_removals", "_seen"),
    )

    def __init__(self) -> None:
        """Start with nothing taken."""
        self.segment = 0
        """Number of the clock's segment that goes on."""
        self._corrections: dict[int, Correction] = {}
        self.step_before_s = 0
        """When the last step before the start was walked."""
        # The last step of each segment, by its own clock.
        self._steps: dict[int, int] = {}
        self._rows: list[_Row] = []
        self._undated: list[_Undated] = []
        # What else is in the minutes that rows were taken into; None: nothing.
        self._bases: dict[Place, KeptMinute | None] = {}
        # Stretches that were taken away: in which segment, first and end minute.
        self._removals: list[tuple[int, int, int]] = []
        # What was seen live and has no row yet, until the last jump: in which segment, and as dated by it.
        self._seen: dict[Place, tuple[int, int]] = {}

    def note(self, mac: str, minute: int, row: KeptMinute, before: KeptMinute | None) -> None:
        """Remember a row that was taken into a minute, which held `before`."""
        self._bases.setdefault((mac, minute), before)
        is_removed = any(
            segment == self.segment and first <= minute < end for segment, first, end in self._removals
        )
        self._rows.append(_Row(mac, self.segment, minute, row, minute, is_removed))
        if len(self._rows) > ROWS_REMEMBERED:
            oldest = self._rows.pop(0)
            self._bases[oldest.place] = _joined(self._bases[oldest.place], oldest.row)

    def note_undated(self, arrival: int, counts: Counts) -> None:
        """Remember a row without a time."""
        self._undated = [
            *self._undated[1 - ROWS_REMEMBERED :],
            _Undated(self.segment, arrival, counts, arrival),
        ]

    def note_removed(self, first: int, end: int) -> None:
        """Remember that somebody took a stretch of time away, by the clock as it is."""
        self._removals = [*self._removals[1 - REMOVALS_REMEMBERED :], (self.segment, first, end)]
        for one in self._rows:
            one.is_removed = one.is_removed or first <= one.minute < end

    def jumped(
        self, jump: Jump, pods: PodRecords, totals: Totals, corrections: Corrections
    ) -> frozenset[datetime]:
        """Move what a clock dated that proved wrong; gives the UTC hours whose counts changed."""
        changed: set[datetime] = set()
        live = {(mac, minute) for mac, pod in pods.items() for minute in pod.live.minutes()}
        self._seen = {place: self._seen.get(place, (jump.segment - 1, place[1])) for place in live}
        for correction in jump.corrections:
            self._corrections[correction.segment] = correction
            moved = self._moved_rows(correction, pods)
            removed = {one.minute for one in self._rows if one.is_removed and one.place in moved}
            for minute in removed:
                if not corrections.is_removed(minute):
                    changed.add(totals.credit(minute, ZERO - pods.best(minute).counts))
                    corrections.remove(minute, minute + 1)
            for (mac, minute), kept in moved.items():
                before = pods.best(minute)
                pods[mac].put_minute(minute, kept)
                delta = pods.best(minute).counts - before.counts
                if delta and not corrections.is_removed(minute):
                    changed.add(totals.credit(minute, corrections.beyond_lent(minute, delta)))
            for first, end in self._not_come_yet(correction):
                corrections.take_back_removal(first, end)
            for source, target, counts in self._moved_undated(correction):
                changed.add(totals.credit(source, ZERO - counts, undated=True))
                changed.add(totals.credit(target, counts, undated=True))
            self._move_seen(correction, pods)
            if correction.segment == jump.segment - 1:
                for pod in pods.values():
                    pod.fetched = correction.minute(pod.fetched)
        self.segment = jump.segment
        return frozenset(changed)

    def stepped(self, dated_s: int) -> None:
        """Note that a step was seen, or came with a row, that is dated so."""
        self._steps[self.segment] = max(dated_s, self._steps.get(self.segment, 0))

    def last_step_s(self) -> int:
        """Give when the last step was walked, as far as is known; 0: there was none."""
        found = [self.step_before_s]
        for segment, dated_s in self._steps.items():
            correction = self._corrections.get(segment)
            found.append(correction.minute(dated_s // 60) * 60 + dated_s % 60 if correction else dated_s)
        return max(found)

    def _not_come_yet(self, correction: Correction) -> list[tuple[int, int]]:
        """Give what was taken away under a clock that was ahead, of time that has not come yet."""
        come = int(correction.ended_s + correction.by_s) // 60 + 1
        return [
            (max(first, come), end)
            for segment, first, end in self._removals
            if segment == correction.segment and correction.by_s < 0 and end > come
        ]

    def _moved_rows(self, correction: Correction, pods: PodRecords) -> dict[Place, KeptMinute | None]:
        """Move the rows of a segment; gives what the minutes concerned are to hold."""
        touched: set[Place] = set()
        for one in self._rows:
            minute = correction.minute(one.dated)
            if one.segment == correction.segment and minute != one.minute:
                touched |= {one.place, (one.mac, minute)}
                one.minute = minute
                self._bases.setdefault(one.place, pods[one.mac].minutes.get(minute))
        held = {place: self._bases[place] for place in touched}
        for one in self._rows:
            if one.place in held:
                held[one.place] = _joined(held[one.place], one.row)
        return held

    def _move_seen(self, correction: Correction, pods: PodRecords) -> None:
        """Move what was seen live in a segment and has no row yet."""
        moves = {
            place: correction.minute(dated)
            for place, (segment, dated) in self._seen.items()
            if segment == correction.segment
        }
        for mac, pod in pods.items():
            pod.live.redate({minute: target for (of, minute), target in moves.items() if of == mac})
        moved = {(place[0], moves.get(place, place[1])): seen for place, seen in self._seen.items()}
        self._seen = moved

    def _moved_undated(self, correction: Correction) -> list[tuple[int, int, Counts]]:
        """Move the rows without a time; gives from and to which minute what goes."""
        moved = []
        for one in self._undated:
            minute = correction.minute(one.dated)
            if one.segment == correction.segment and minute != one.minute:
                moved.append((one.minute, minute, one.counts))
                one.minute = minute
        return moved


def _joined(kept: KeptMinute | None, row: KeptMinute) -> KeptMinute:
    return row if kept is None else kept.joined(row)
