"""What a walker set about guided sessions, and what holds until then."""

from typing import Final

from .routine import Routine

CONF_ROUTINE: Final = "routine"
CONF_PAUSE_MIN: Final = "pause_min"
CONF_METRONOME: Final = "metronome"
CONF_METRONOME_RATE: Final = "metronome_rate"
DEFAULT_ROUTINE: Final = Routine.INTERVALS
DEFAULT_PAUSE_MIN: Final = 5
# Steps a minute of a backward stride of 1.34 s, the usual one of healthy adults.
DEFAULT_METRONOME_RATE: Final = 90
