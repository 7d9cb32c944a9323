"""An estimate of the energy that walking backward takes; only for walkers who entered their weight.

The Compendium of Physical Activities knows one figure for level ground: 17320 "walking backwards,
3.5 mph, level", 6.0 MET. A straight line is drawn from 1.3 MET (sitting quietly, same source) at rest to
6.0 MET at 3.5 mph, and nothing above 6.0 MET is ever claimed. 1 MET is 1 kcal per kilogram and hour; rest
is included, as it is in the source.

Slower walking is published: Myatt 1995 (25 men, 0.89-1.79 m/s) and Clarkson 1997 (25 women, 0.96-1.91 m/s)
found curves, but their abstracts give no figures to draw one with. Practice lowers the energy by about a
fifth (Heath 2001, 8 men, four weeks), which no speed shows. `docs/sources.md` lists them.
"""

from typing import Final

from ..ledger.counts import Counts

SOURCE: Final = "Compendium of Physical Activities 17320 (walking backwards, 3.5 mph, level: 6.0 MET)"
MET_BACKWARD: Final = 6.0
MET_REST: Final = 1.3
_SPEED_OF_SOURCE_MPS: Final = 3.5 * 1609.344 / 3600
_MET_HOURS_PER_M: Final = (MET_BACKWARD - MET_REST) / _SPEED_OF_SOURCE_MPS / 3600


def backward_kcal(counts: Counts, weight_kg: float) -> float:
    """Estimate the kilocalories of the backward walking in some counts.

    As the line is straight, time and distance are all it needs: no single walk is looked at.
    """
    hours = counts.back_s / 3600
    met_hours = MET_REST * hours + _MET_HOURS_PER_M * counts.back_dm / 10
    return weight_kg * min(met_hours, MET_BACKWARD * hours)
