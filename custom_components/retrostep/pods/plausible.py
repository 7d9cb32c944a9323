"""What a pod's sensors may say: a number that can't be true counts as not known, and is said once.

A state may hold anything: a wrong sensor behind the name, a broken pod, somebody who writes states.
"""

import logging
from time import monotonic
from typing import Final, NamedTuple

_LOGGER = logging.getLogger(__name__)

# A pod's totals go over the wire as signed 32-bit integers, like those of its pages.
_COUNT_MAX: Final = 2**31 - 1

# Numbers that can't be true for so long are worth a repair; a glitch is over sooner.
LASTS_S: Final = 15 * 60


class Bounds(NamedTuple):
    """The least and the most a sensor may show, both included, in the unit the integration reads it in."""

    low: float
    high: float


TOTAL: Final = Bounds(0, _COUNT_MAX)
"""Steps and seconds a pod counted since its log began."""
TOTAL_M: Final = Bounds(0, _COUNT_MAX / 10)
"""Metres: a pod counts decimetres."""
SPEED_MPS: Final = Bounds(0, 12.5)
"""Nobody ever ran faster."""
CADENCE_SPM: Final = Bounds(0, 400)
"""Sprinters take up to 300 steps a minute; a few quick strides may look like more."""
THREE_METRES_S: Final = Bounds(0.25, 600)
"""Three metres: not faster than anybody runs, and a pod gives up after minutes."""
PERCENT: Final = Bounds(0, 100)


class Plausibility:
    """Lets numbers of one pod through or refuses them, with one line in the log for each sensor."""

    def __init__(self, mac: str) -> None:
        """Judge the numbers of the pod with this MAC."""
        self._mac = mac
        self._refused: dict[str, float] = {}
        self._told: set[str] = set()

    def check(self, name: str, shown: str, number: float | None, bounds: Bounds) -> float | None:
        """Give the number a sensor shows (`shown`: as it is written), None if it can't be true."""
        if number is not None and bounds.low <= number <= bounds.high:
            self._refused.pop(name, None)
            return number
        self._refused.setdefault(name, monotonic())
        if name not in self._told:
            self._told.add(name)
            _LOGGER.warning(
                "%s of pod %s is ignored while it can't be true: %.40s, allowed is %g to %g",
                name,
                self._mac,
                shown,
                *bounds,
            )
        return None

    @property
    def refused_for_long(self) -> list[str]:
        """The sensors that have shown what can't be true for long."""
        now = monotonic()
        return [name for name, since in self._refused.items() if now - since >= LASTS_S]
