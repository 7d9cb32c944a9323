"""Pictures of recordings: what the foot did and what the stride core made of it. For people only."""

import matplotlib as mpl

mpl.use("agg")

from typing import TYPE_CHECKING

import numpy as np
from matplotlib import pyplot as plt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from tools.gait.recording import StrideTruth

    from .count import Reported
    from .sets import Result, Take

COLOURS = {
    "backward": "#1f77b4",
    "forward": "#2ca02c",
    "left": "#ff7f0e",
    "right": "#d62728",
    "turn": "#9467bd",
    "none": "#7f7f7f",
}


def plot_all(takes: Sequence[Take], results: Sequence[Result], folder: Path) -> None:
    """Draw each take with its result (same order) as FOLDER/GROUP_NAME.png."""
    folder.mkdir(parents=True, exist_ok=True)
    for take, result in zip(takes, results, strict=False):
        name = f"{take.group}_{take.truth.name}".replace("/", "_")
        plot(take, result, folder / f"{name}.png")


def plot(take: Take, result: Result, path: Path) -> None:
    """Draw the strides over the gyro signal, and the way they add up to seen from above."""
    figure, (signal, way) = plt.subplots(1, 2, figsize=(14, 4.5), width_ratios=(3, 1), layout="constrained")
    _draw_signal(signal, take, result)
    signal.set_title("band above: true, below: counted (pale: seen, not counted)", fontsize=9)
    way.set_title("from above: true (line), counted (dots)", fontsize=9)
    _draw_way(way, take.truth.strides, "-", 1.0)
    _draw_way(way, result.counted.counted_strides, ".", 0.7)
    way.set_aspect("equal", adjustable="datalim")
    way.set_xlabel("m")
    figure.suptitle(f"{take.group} {take.truth.name}")
    figure.savefig(path, dpi=90)
    plt.close(figure)


def _draw_signal(axes: Axes, take: Take, result: Result) -> None:
    recording = take.recording
    axes.plot(recording.t_s, np.linalg.norm(recording.gyro_dps, axis=1), color="black", linewidth=0.5)
    top = axes.get_ylim()[1]
    for stride in take.truth.strides:
        axes.axvspan(stride.start_s, stride.end_s, 0.90, 0.97, color=COLOURS[stride.direction])
    for found in result.counted.strides:
        colour = COLOURS.get(found.direction, "#7f7f7f")
        axes.axvspan(
            found.start_s, found.end_s, 0.0, 0.9, color=colour, alpha=0.35 if found.counted else 0.08
        )
    axes.set_ylim(0.0, top * 1.12)
    axes.set_ylabel("|gyro| in °/s")
    for direction, colour in COLOURS.items():
        axes.plot([], [], color=colour, linewidth=6, label=direction)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.07), ncols=6, fontsize=8)


def _draw_way(
    axes: Axes, strides: Sequence[StrideTruth] | Sequence[Reported], style: str, alpha: float
) -> None:
    """Chain strides of known length and direction."""
    angles = {"forward": 0.0, "left": 90.0, "backward": 180.0, "right": -90.0}
    here, heading_deg = np.zeros(2), 0.0
    for stride in strides:
        course = np.radians(heading_deg + stride.yaw_deg / 2.0 + angles.get(stride.direction, 0.0))
        there = here + stride.length_m * np.array((np.cos(course), np.sin(course)))
        axes.plot(*zip(here, there, strict=True), style, color=COLOURS.get(stride.direction), alpha=alpha)
        here, heading_deg = there, heading_deg + stride.yaw_deg
