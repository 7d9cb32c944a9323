# mypy: ignore-errors
# (the library and pandas live in an environment of their own)
"""Counts recordings with the gaitmap library, printing the lines that `script/count --json` prints.

Runs in an environment of its own that holds gaitmap, so it imports nothing of the project and keeps to
Python 3.11. Zero-velocity regions are where the body rates stay below 34 °/s for 50 ms (the library's own
choice for walking); each stride goes from the middle of one region to the middle of the next; its trajectory
by gyroscope integration and forward-backward integration.
"""

import json
import math
import sys
import time
from typing import Any

import numpy as np
import pandas as pd
from gaitmap.trajectory_reconstruction import StrideLevelTrajectory
from gaitmap.zupt_detection import NormZuptDetector

STANDARD_GRAVITY = 9.80665
SHORTEST_M, LONGEST_S = 0.15, 4.0
DETECTOR = NormZuptDetector(
    sensor="gyr", window_length_s=0.05, metric="maximum", inactive_signal_threshold=34.0
)
COLUMNS = ("acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z")


def strides(path: str) -> list[dict[str, Any]]:
    """Return the strides gaitmap finds in one recording."""
    table = pd.read_csv(path)
    t_s = table["t_s"].to_numpy()
    rate_hz = 1.0 / float(np.median(np.diff(t_s)))
    data = table.iloc[:, 1:].copy()
    data.columns = COLUMNS
    data[list(COLUMNS[:3])] *= STANDARD_GRAVITY
    zupts = DETECTOR.detect(data, sampling_rate_hz=rate_hz).zupts_
    middles = ((zupts["start"] + zupts["end"]) // 2).to_numpy()
    pieces = pd.DataFrame(
        {"s_id": range(len(middles) - 1), "start": middles[:-1], "end": middles[1:], "min_vel": middles[:-1]}
    )
    moving = list(zip(zupts["end"].to_numpy()[:-1], zupts["start"].to_numpy()[1:], strict=True))
    keep = ((pieces["end"] - pieces["start"]) / rate_hz < LONGEST_S).to_numpy()
    if not keep.any():
        return []
    trajectory = StrideLevelTrajectory().estimate(
        data, pieces[keep].set_index("s_id"), sampling_rate_hz=rate_hz
    )
    found = []
    for s_id, position in trajectory.position_.groupby(level="s_id"):
        moved = position.iloc[-1] - position.iloc[0]
        yaw_rad = _yaw(trajectory.orientation_.loc[s_id].iloc[-1])
        length_m = math.hypot(moved["pos_x"], moved["pos_y"])
        angle_deg = math.degrees(math.atan2(moved["pos_y"], moved["pos_x"]) - yaw_rad / 2.0)
        start, end = moving[s_id]
        if length_m >= SHORTEST_M:
            found.append(
                {
                    "type": "stride",
                    "file": path,
                    "start_s": float(t_s[start]),
                    "end_s": float(t_s[min(end, len(t_s) - 1)]),
                    "direction": _direction((angle_deg + 180.0) % 360.0 - 180.0),
                    "length_m": length_m,
                    "yaw_deg": math.degrees(yaw_rad),
                    "counted": True,
                }
            )
    return found


def _yaw(quaternion: Any) -> float:
    return 2.0 * math.atan2(quaternion["q_z"], quaternion["q_w"])


def _direction(angle_deg: float) -> str:
    if abs(angle_deg) < 50.0:
        return "forward"
    if abs(angle_deg) > 130.0:
        return "backward"
    return "left" if angle_deg > 0 else "right"


def main() -> int:
    """Count the files given; what took how long goes to standard error."""
    began_s = time.process_time()
    for path in sys.argv[1:]:
        for stride in strides(path):
            print(json.dumps(stride))
        print(json.dumps({"type": "total", "file": path}))
    print(time.process_time() - began_s, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
