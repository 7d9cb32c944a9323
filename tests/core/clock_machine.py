"""A machine whose wall clock is set, and what its watch makes of it."""

from custom_components.retrostep.core.clock import ClockWatch, Jump

NOON = 1_780_000_000
HOUR = 3_600


class Machine:
    """A machine with two clocks; `ahead_s` is how far its wall clock is off."""

    def __init__(self, ahead_s: float = 0, known_s: float = 0) -> None:
        self.true_s: float = NOON
        self.paused_s: float = 0
        self.ahead_s = ahead_s
        self.watch = ClockWatch(known_s)
        self.jumps: list[Jump] = []
        self.run(0)

    def run(self, seconds: float) -> None:
        """Let time pass, looked at every half minute."""
        end = self.true_s + seconds
        while True:
            jump = self.watch.look(self.true_s + self.ahead_s, self.true_s - self.paused_s - NOON + 77)
            self.jumps += [jump] if jump else []
            if self.true_s >= end:
                return
            self.true_s = min(end, self.true_s + 30)

    def set(self, ahead_s: float) -> None:
        """Set the wall clock."""
        self.ahead_s = ahead_s
        self.run(0)

    def pause(self, seconds: float) -> None:
        """Stop the machine; only the wall clock is put right afterwards."""
        self.true_s += seconds
        self.paused_s += seconds
        self.run(0)

    @property
    def moved(self) -> dict[int, int]:
        """Give what is known of segments by now."""
        return {each.segment: each.by_s for jump in self.jumps for each in jump.corrections}
