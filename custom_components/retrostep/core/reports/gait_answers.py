"""What the actions tell of gait, as plain data."""

from collections.abc import Mapping
from typing import Any

from ..smallest_change import Comparison
from .gait import Gait, Week

type Answer = dict[str, Any]


def gait_answer(gait: Gait) -> Answer:
    """Tell gait figures."""
    return {
        "speed_mps": _rounded(gait.speed_mps, 2),
        "cadence": _rounded(gait.cadence_spm),
        "stride_length_m": _rounded(gait.stride_length_m, 2),
        "stride_time_s": _rounded(gait.stride_time_s, 2),
        "longest_stride_m": gait.longest_stride_m,
    }


def feet_answer(gaits: Mapping[str, Gait], feet: Mapping[str, str]) -> Answer:
    """Tell the figures of each pod of a session, left foot first, and how far those of two differ.

    `feet` says which pod is on which foot, as far as the walker said so.
    """
    pods = sorted(gaits, key=lambda pod: feet.get(pod, ""))
    told: Answer = {"pods": [{"foot": feet.get(pod), **gait_answer(gaits[pod])} for pod in pods]}
    if {feet.get(pod) for pod in pods} == {"left", "right"} and len(pods) == 2:
        left, right = (gaits[pod] for pod in pods)
        told["right_minus_left_pct"] = {
            "stride_length": _difference_pct(left.stride_length_m, right.stride_length_m),
            "stride_time": _difference_pct(left.stride_time_s, right.stride_time_s),
        }
    return told


def week_answer(week: Week) -> Answer:
    """Tell the gait of a week."""
    return {"week": week.monday.isoformat(), "sessions": week.sessions, **gait_answer(week.gait)}


def comparison_answer(found: Comparison) -> Answer:
    """Tell how a figure stands to the weeks before."""
    return {
        "usual": round(found.usual, 3),
        "smallest_change": round(found.smallest_change, 3),
        "difference": round(found.difference, 3),
        "changed": found.changed,
    }


def _rounded(value: float | None, digits: int | None = None) -> float | None:
    return None if value is None else round(value, digits)


def _difference_pct(one: float | None, two: float | None) -> float | None:
    """Give by how many percent of their mean the second is larger."""
    return round(200 * (two - one) / (one + two), 1) if one and two else None
