"""The stride core in this process: counts recordings in memory, for hours that should not lie on a disk."""

import ctypes
import functools
from typing import Final

import numpy as np

from tools import ROOT
from tools.gait.recording import Recording

from .count import Reported

LIBRARY: Final = ROOT / "build" / "native" / "libstride_core_c.so"
_DIRECTIONS: Final = ("none", "forward", "backward", "left", "right")  # as in stride_types.h


class _Stride(ctypes.Structure):
    _fields_ = (
        ("start_us", ctypes.c_uint64),
        ("end_us", ctypes.c_uint64),
        ("direction", ctypes.c_int32),
        ("length_m", ctypes.c_float),
        ("yaw_deg", ctypes.c_float),
        ("counted", ctypes.c_int32),
        ("length_valid", ctypes.c_int32),
    )


@functools.cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(str(LIBRARY))


def strides_of(recording: Recording, *, known: bool) -> list[Reported]:
    """Count a recording with its axes taken for granted or found; all strides, counted or not.

    `script/daily-life` builds the library this needs; raises OSError without it.
    """
    t_us = np.round((recording.t_s - recording.t_s[0]) * 1e6).astype(np.uint64).astype(np.uint32)
    readings = np.ascontiguousarray(np.hstack((recording.accel_g, recording.gyro_dps)), dtype=np.float32)
    room = len(t_us) // 10 + 1  # no stride is so short
    strides = (_Stride * room)()
    found = _library().stride_core_count(
        t_us.ctypes.data_as(ctypes.c_void_p),
        readings.ctypes.data_as(ctypes.c_void_p),
        ctypes.c_uint32(len(t_us)),
        ctypes.c_int(known),
        strides,
        ctypes.c_uint32(room),
    )
    start_s = float(recording.t_s[0])
    return [
        Reported(
            start_s=start_s + one.start_us * 1e-6,
            end_s=start_s + one.end_us * 1e-6,
            direction=_DIRECTIONS[one.direction],
            length_m=one.length_m,
            yaw_deg=one.yaw_deg,
            counted=bool(one.counted),
            length_valid=bool(one.length_valid),
        )
        for one in strides[:found]
    ]
