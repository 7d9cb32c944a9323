"""What a sheet says of the error of its figures: the short version of docs/accuracy.md.

A test compares them with that page, which `script/evaluate` writes.
"""

from typing import Final

BACKWARD_FOUND: Final = 117
BACKWARD_STRIDES: Final = 118
"""So many recorded backward strides of three actors were found, of so many."""
FOUND_LOW_PCT: Final = 95.4
FOUND_HIGH_PCT: Final = 99.9
"""The true share of them is probably between these (95 %, Wilson)."""
LENGTH_ERROR_PCT: Final = 2.9
"""By so much a stride's length is off on average, measured against optical markers."""
