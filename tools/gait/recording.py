"""Recordings of a foot-worn pod and their truth: the data types, and reading and writing them.

A recording is `NAME.csv` or `NAME.csv.gz`; what really happened stands beside it in `NAME.truth.json`.
Axes: x to the toe, y to the left, z up; at rest z reads +1 g; a positive y rate turns the toe down.
"""

import gzip
import json
import math
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

type Array = NDArray[np.float64]
type Direction = Literal["forward", "backward", "left", "right", "none", "turn"]

HEADER = "t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps"
_ROW = "%.6f,%.5f,%.5f,%.5f,%.3f,%.3f,%.3f\n"
DIRECTIONS: tuple[str, ...] = get_args(Direction.__value__)

NONE_BELOW_M = 0.10
TURN_ABOVE_DEG = 120.0
FORWARD_BELOW_DEG = 45.0
BACKWARD_ABOVE_DEG = 135.0


class RecordingError(ValueError):
    """A recording or its truth that can't be used; the message names the file and the reason."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Samples of one pod: `t_s` (n,), `accel_g` (n, 3), `gyro_dps` (n, 3), time strictly rising."""

    t_s: Array
    accel_g: Array
    gyro_dps: Array

    def __post_init__(self) -> None:
        n = len(self.t_s)
        if self.t_s.shape != (n,) or self.accel_g.shape != (n, 3) or self.gyro_dps.shape != (n, 3):
            raise RecordingError("the columns differ in length")
        if n < 2:
            raise RecordingError("fewer than two samples")
        if not all(np.isfinite(column).all() for column in (self.t_s, self.accel_g, self.gyro_dps)):
            raise RecordingError("a value is not a finite number")
        steps = np.diff(self.t_s)
        if (steps <= 0).any():
            row = int(np.argmax(steps <= 0)) + 1
            raise RecordingError(f"time does not rise at sample {row} (t_s = {self.t_s[row]:g})")

    @property
    def duration_s(self) -> float:
        """Time from the first to the last sample."""
        return float(self.t_s[-1] - self.t_s[0])

    @property
    def rate_hz(self) -> float:
        """Samples per second, by the median interval."""
        return float(1.0 / np.median(np.diff(self.t_s)))


@dataclass(frozen=True, slots=True)
class StrideTruth:
    """One true stride: from leaving a stance to reaching the next; `direction` in the foot's own heading."""

    start_s: float
    end_s: float
    direction: Direction
    length_m: float
    dz_m: float = 0.0
    yaw_deg: float = 0.0
    optical: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """What a recording holds. `truth` says how it is known: exact, optical or estimate."""

    name: str
    label: str
    kind: str = "generated"
    source: str = "generated"
    motion_class: str = "walk"
    truth: str = "exact"
    duration_s: float = 0.0
    strides: tuple[StrideTruth, ...] = ()
    notes: Mapping[str, Any] = field(default_factory=dict)

    def with_strides(self, strides: tuple[StrideTruth, ...]) -> Truth:
        """Return the same truth with other strides."""
        return replace(self, strides=strides)


def direction_of(along_m: float, left_m: float, yaw_deg: float) -> Direction:
    """Name the direction of a displacement in the foot's heading (start heading turned by half the yaw)."""
    if abs(yaw_deg) > TURN_ABOVE_DEG:
        return "turn"
    if math.hypot(along_m, left_m) < NONE_BELOW_M:
        return "none"
    angle_deg = abs(math.degrees(math.atan2(left_m, along_m)))
    if angle_deg < FORWARD_BELOW_DEG:
        return "forward"
    if angle_deg > BACKWARD_ABOVE_DEG:
        return "backward"
    return "left" if left_m > 0 else "right"


def truth_path(path: Path) -> Path:
    """Return where the truth of a recording stands."""
    return path.with_name(stem(path) + ".truth.json")


def stem(path: Path) -> str:
    """Return the name of a recording without folder and ending."""
    return path.name.removesuffix(".gz").removesuffix(".csv")


def read_recording(path: Path) -> Recording:
    """Read a `.csv` or `.csv.gz` recording; raise RecordingError where it breaks the format."""
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("ascii")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise RecordingError(f"{path}: not readable: {error}") from error
    header, _, body = text.partition("\n")
    if header.strip() != HEADER:
        raise RecordingError(f"{path}: the first line must be {HEADER!r}, it is {header.strip()[:80]!r}")
    if not body.strip():
        raise RecordingError(f"{path}: no samples")
    try:
        table = np.loadtxt(body.splitlines(), delimiter=",", ndmin=2, comments=None)
    except ValueError as error:
        raise RecordingError(f"{path}: {error}") from error
    if table.shape[1] != 7:
        raise RecordingError(f"{path}: 7 columns expected, {table.shape[1]} found")
    try:
        return Recording(table[:, 0], table[:, 1:4], table[:, 4:7])
    except RecordingError as error:
        raise RecordingError(f"{path}: {error}") from error


def write_recording(path: Path, recording: Recording, truth: Truth | None = None) -> None:
    """Write a recording (gzipped if the name says so; same input, same bytes) and its truth beside it."""
    rows = np.column_stack((recording.t_s, recording.accel_g, recording.gyro_dps))
    content = (f"{HEADER}\n" + (_ROW * len(rows)) % tuple(rows.ravel().tolist())).encode("ascii")
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
    if truth is not None:
        write_truth(truth_path(path), truth)


def read_truth(path: Path) -> Truth:
    """Read a `.truth.json`; raise RecordingError where it breaks the format."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        strides = tuple(_stride(item) for item in data["strides"])
        return Truth(
            name=data["name"],
            label=data["label"],
            kind=data["kind"],
            source=data["source"],
            motion_class=data["class"],
            truth=data["truth"],
            duration_s=float(data["duration_s"]),
            strides=strides,
            notes={key: data[key] for key in data.keys() - _KNOWN_KEYS},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordingError(f"{path}: {type(error).__name__}: {error}") from error


def write_truth(path: Path, truth: Truth) -> None:
    """Write a truth as JSON."""
    data: dict[str, Any] = {
        "name": truth.name,
        "source": truth.source,
        "kind": truth.kind,
        "class": truth.motion_class,
        "label": truth.label,
        "truth": truth.truth,
        "duration_s": round(truth.duration_s, 3),
        **truth.notes,
        "strides": [_rounded(stride) for stride in truth.strides],
    }
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


_KNOWN_KEYS = {"name", "source", "kind", "class", "label", "truth", "duration_s", "strides"}


def _stride(item: Mapping[str, Any]) -> StrideTruth:
    if item["direction"] not in DIRECTIONS:
        raise ValueError(f"unknown direction {item['direction']!r}")
    if not item["end_s"] > item["start_s"]:
        raise ValueError(f"a stride ends before it starts ({item['start_s']})")
    return StrideTruth(
        start_s=float(item["start_s"]),
        end_s=float(item["end_s"]),
        direction=item["direction"],
        length_m=float(item["length_m"]),
        dz_m=float(item["dz_m"]),
        yaw_deg=float(item["yaw_deg"]),
        optical=bool(item.get("optical", False)),
    )


def _rounded(stride: StrideTruth) -> dict[str, Any]:
    data = {key: round(v, 4) if isinstance(v, float) else v for key, v in asdict(stride).items()}
    if not stride.optical:
        del data["optical"]
    return data
