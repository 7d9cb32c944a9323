"""What a person tells of a walk, made into counts."""

from dataclasses import dataclass
from typing import Final

from .ledger import WalkError
from .models import Counts

STEP_DM: Final = 5.85
"""Half of the median backward stride of healthy adults, 1.17 m; used until the walker's own is known."""
OWN_STEPS: Final = 100
"""From so many steps on the walker's own mean step is used."""
STEPS_A_MINUTE_MAX: Final = 300
METRES_A_MINUTE_MAX: Final = 300
"""More than that nobody runs; the same bounds as for what a pod may say of a minute."""


@dataclass(frozen=True, slots=True)
class ToldWalk:
    """A walk as told; None: not told. Of backward steps and metres one is enough."""

    duration_s: int
    backward_steps: int | None = None
    backward_m: float | None = None
    forward_steps: int = 0
    forward_m: float = 0

    def counts(self, so_far: Counts) -> Counts:
        """Give its counts; raises WalkError `empty` or `implausible`.

        What of the backward steps and metres was not told is estimated with the walker's own mean step
        `so_far`; the time is shared out by steps.
        """
        step_dm = so_far.back_dm / so_far.back if so_far.back >= OWN_STEPS and so_far.back_dm else STEP_DM
        back, back_dm = self.backward_steps, self.backward_m and self.backward_m * 10
        if back is None:
            back = round((back_dm or 0) / step_dm)
        if back_dm is None:
            back_dm = back * step_dm
        steps = back + self.forward_steps
        if not steps:
            raise WalkError("empty")
        minutes = self.duration_s / 60
        metres = back_dm / 10 + self.forward_m
        if steps > STEPS_A_MINUTE_MAX * minutes or metres > METRES_A_MINUTE_MAX * minutes:
            raise WalkError("implausible")
        back_s = round(self.duration_s * back / steps)
        return Counts(
            back=back,
            fwd=self.forward_steps,
            back_dm=round(back_dm),
            fwd_dm=round(self.forward_m * 10),
            back_s=back_s,
            fwd_s=self.duration_s - back_s,
        )
