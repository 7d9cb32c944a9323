"""Simulated time: what happens when, decided by one seed and by nothing else."""

import heapq
from collections import Counter
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Agenda:
    """A clock that jumps from event to event, the story's dice, and a book of what happened."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.later = Random(f"later {seed}")
        """Decides about the faults that came later: what the first dice decide stays as it was."""
        self.now_s = 0
        """The true time in epoch seconds."""
        self.trace: list[str] = []
        self.faults: Counter[str] = Counter()
        self._queue: list[tuple[int, int, Callable[..., None], tuple[object, ...]]] = []
        self._events = 0

    def note(self, text: str) -> None:
        """Add a line to the trace."""
        self.trace.append(f"{self.now_s} {text}")

    def at(self, delay_s: int, event: Callable[..., None], *arguments: object) -> None:
        """Let something happen later; events of one second happen in the order they were asked for."""
        self._events += 1
        heapq.heappush(self._queue, (self.now_s + delay_s, self._events, event, arguments))

    def coming(self) -> list[tuple[int, str, object]]:
        """Give when what is to happen, the name of the event and the first of its arguments, in order."""
        return [
            (at_s, getattr(event, "__name__", ""), arguments[0] if arguments else None)
            for at_s, _, event, arguments in sorted(self._queue, key=lambda entry: entry[:2])
        ]

    def live_until(self, end_s: int) -> None:
        """Let everything happen up to a moment."""
        while self._queue and self._queue[0][0] <= end_s:
            self.now_s, _, event, arguments = heapq.heappop(self._queue)
            event(*arguments)
        self.now_s = end_s
