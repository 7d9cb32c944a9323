"""Stride lengths from optical markers on the shoe, for the recordings that have them.

Reads the raw files of the gait recordings with motion capture: marker positions in mm at 100 frames a
second on the same clock as the recordings.
"""

import csv
import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tools.gait.recording import Array, StrideTruth, Truth

_FRAMES_HZ = 100.0
_SHOE_MARKERS = ("FCC", "FM5", "TOE")  # heel, ball, toe
MARKERS_FILE = Path("raw/mocap_sample.csv")
"""Where the markers stand, seen from the folder of the recordings."""
MARKED = {"imu_sample_l": "L", "imu_sample_r": "R"}
"""Recordings with markers: name, side letter of the markers."""


def read_shoe(path: Path, side: str) -> Array:
    """Return the mean position (frames, 3) in metres of the shoe's markers; `side` is L or R."""
    with path.open(encoding="ascii", newline="") as file:
        rows = csv.reader(file)
        markers, axes = next(rows), next(rows)
        table = np.array([[float(value or "nan") for value in row] for row in rows])
    picked = [
        [
            i
            for i, (m, a) in enumerate(zip(markers, axes, strict=True))
            if m.endswith(marker) and m[0] == side and a == axis
        ]
        for axis in "xyz"
        for marker in _SHOE_MARKERS
    ]
    columns = np.array(picked).reshape(3, len(_SHOE_MARKERS))
    return np.asarray(table[:, columns].mean(axis=2) / 1000.0)


def with_optical_lengths(truth: Truth, shoe_m: Array) -> Truth:
    """Replace lengths and rises by those the markers moved between the stances around each stride."""
    strides = tuple(_measured(truth.strides, index, shoe_m) for index in range(len(truth.strides)))
    return replace(truth, truth="optical", strides=strides)


def _measured(strides: tuple[StrideTruth, ...], index: int, shoe_m: Array) -> StrideTruth:
    stride = strides[index]
    before_s = strides[index - 1].end_s if index else stride.start_s - 0.2
    after_s = strides[index + 1].start_s if index + 1 < len(strides) else stride.end_s + 0.2
    start = _resting_place(shoe_m, before_s, stride.start_s)
    end = _resting_place(shoe_m, stride.end_s, after_s)
    moved = end - start
    if not np.isfinite(moved).all():
        return stride
    return replace(stride, length_m=math.hypot(moved[0], moved[1]), dz_m=float(moved[2]), optical=True)


def _resting_place(shoe_m: Array, from_s: float, to_s: float) -> Array:
    """Return where the shoe is in the calmest 50 ms of a stance."""
    first, last = (round(time_s * _FRAMES_HZ) for time_s in (from_s, max(to_s, from_s + 0.06)))
    span = shoe_m[max(first, 0) : last + 1]
    width = min(5, len(span))
    if width == 0:
        return np.full(3, np.nan)
    spread = [np.ptp(span[i : i + width], axis=0).max() for i in range(len(span) - width + 1)]
    calmest = int(np.argmin(spread))
    return np.asarray(span[calmest : calmest + width].mean(axis=0))
