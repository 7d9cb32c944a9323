"""Putting a foot's motion together piece by piece: curves through knots plus small shakes.

A `MotionBuilder` holds a cursor in time and where the foot stands; gaits (`generate_gait`) and everything
that is no walking (`generate_other`) append to it. The result is a trajectory and the true strides.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .kinematics import Pose, Trajectory, euler_to_matrix
from .recording import Array, StrideTruth, direction_of

CHANNELS = ("x_m", "y_m", "z_m", "yaw_deg", "pitch_deg", "roll_deg")

_MOMENT_S = 0.01

type Knots = Sequence[tuple[float, float]]
"""(time, value) pairs."""


def smooth_curve(times_s: Array, knots_s: Array, values: Array, slopes: Array) -> Array:
    """Evaluate the quintic through knots with given values and slopes and no second derivative at them."""
    i = np.clip(np.searchsorted(knots_s, times_s, side="right") - 1, 0, len(knots_s) - 2)
    out = np.asarray(values[i])
    moving = (np.diff(values) != 0.0) | (slopes[:-1] != 0.0) | (slopes[1:] != 0.0)
    moves = moving[i]
    i = i[moves]
    span = knots_s[i + 1] - knots_s[i]
    u = np.clip((times_s[moves] - knots_s[i]) / span, 0.0, 1.0)
    rise = u**3 * (10.0 - 15.0 * u + 6.0 * u * u)
    leave = u - u**3 * (6.0 - 8.0 * u + 3.0 * u * u)
    reach = -(u**3) * (4.0 - 7.0 * u + 3.0 * u * u)
    out[moves] = (
        values[i] + (values[i + 1] - values[i]) * rise + span * (slopes[i] * leave + slopes[i + 1] * reach)
    )
    return out


def gentle_slopes(knots_s: Array, values: Array) -> Array:
    """Return slopes at the knots that never overshoot: harmonic means, zero at peaks and ends."""
    secants = np.diff(values) / np.diff(knots_s)
    slopes = np.zeros(len(values))
    before, after = secants[:-1], secants[1:]
    same = before * after > 0
    slopes[1:-1][same] = 2.0 * before[same] * after[same] / (before[same] + after[same])
    return slopes


@dataclass(frozen=True, slots=True)
class Shake:
    """A small oscillation of one channel: rises within `rise_s`, then dies away with `decay_s`."""

    channel: str
    start_s: float
    amplitude: float
    frequency_hz: float
    decay_s: float
    rise_s: float = 0.006

    def at(self, t_s: Array) -> Array:
        """Return its value at the times."""
        since = np.maximum(t_s - self.start_s, 0.0)
        grow = 1.0 - np.exp(-((since / self.rise_s) ** 3))
        fade = np.exp(-since / self.decay_s)
        return np.asarray(self.amplitude * grow * fade * np.sin(2.0 * math.pi * self.frequency_hz * since))

    @property
    def end_s(self) -> float:
        """When it is cut off: so small (1e-13) that not even a second difference sees the cut."""
        return self.start_s + 30.0 * self.decay_s


@dataclass(frozen=True, slots=True)
class Wave:
    """A lasting oscillation of one channel between two times, faded in and out over `fade_s`."""

    channel: str
    start_s: float
    end_s: float
    amplitude: float
    frequency_hz: float
    phase_rad: float = 0.0
    fade_s: float = 0.3

    def at(self, t_s: Array) -> Array:
        """Return its value at the times."""
        edge = np.clip(np.minimum(t_s - self.start_s, self.end_s - t_s) / self.fade_s, 0.0, 1.0)
        fade = edge**3 * (10.0 - 15.0 * edge + 6.0 * edge * edge)
        angle = 2.0 * math.pi * self.frequency_hz * (t_s - self.start_s) + self.phase_rad
        return np.asarray(self.amplitude * fade * np.sin(angle))


@dataclass(slots=True)
class MotionBuilder:
    """A motion in the making. `now_s` is the cursor; `place` is where the foot stands there, per channel."""

    now_s: float = 0.0
    place: dict[str, float] = field(default_factory=lambda: dict.fromkeys(CHANNELS, 0.0))
    strides: list[StrideTruth] = field(default_factory=list)
    _pieces: dict[str, list[tuple[Array, Array]]] = field(
        default_factory=lambda: {channel: [] for channel in CHANNELS}
    )
    _additions: list[Shake | Wave] = field(default_factory=list)

    def rest(self, duration_s: float) -> None:
        """Let time pass."""
        self.now_s += duration_s

    def move(self, duration_s: float, **channels: Knots) -> None:
        """Move through knots given as (fraction of the duration, change against the place now) per channel.

        The curves start and end at rest; the last knot of a channel is its new place.
        """
        for channel, knots in channels.items():
            fractions, changes = np.array(((0.0, 0.0), *knots)).T
            if fractions[-1] < 1.0:
                fractions, changes = np.append(fractions, 1.0), np.append(changes, changes[-1])
            values = self.place[channel] + changes
            self._pieces[channel].append((self.now_s + fractions * duration_s, values))
            self.place[channel] = float(values[-1])
        self.now_s += duration_s

    def add(self, addition: Shake | Wave) -> None:
        """Add an oscillation on top."""
        self._additions.append(addition)

    def mark_stride(self, start_s: float, before: dict[str, float]) -> None:
        """Write down that a stride took the foot from the place `before` to the place now."""
        dx, dy = self.place["x_m"] - before["x_m"], self.place["y_m"] - before["y_m"]
        yaw_deg = self.place["yaw_deg"] - before["yaw_deg"]
        heading = math.radians(before["yaw_deg"] + yaw_deg / 2.0)
        along = dx * math.cos(heading) + dy * math.sin(heading)
        left = dy * math.cos(heading) - dx * math.sin(heading)
        self.strides.append(
            StrideTruth(
                start_s=start_s,
                end_s=self.now_s,
                direction=direction_of(along, left, yaw_deg),
                length_m=math.hypot(dx, dy),
                dz_m=self.place["z_m"] - before["z_m"],
                yaw_deg=yaw_deg,
            )
        )

    def moves(self, t_s: Array) -> NDArray[np.bool_]:
        """Tell at which of the times, in order, the motion may move: a moment around it included."""
        spans = [(times[0], times[-1]) for pieces in self._pieces.values() for times, _ in pieces]
        spans += [(addition.start_s, addition.end_s) for addition in self._additions]
        if not spans:
            return np.zeros(len(t_s), dtype=np.bool_)
        starts, ends = np.array(spans).T
        change = np.zeros(len(t_s) + 1, dtype=np.int64)
        np.add.at(change, np.searchsorted(t_s, starts - _MOMENT_S), 1)
        np.add.at(change, np.searchsorted(t_s, ends + _MOMENT_S), -1)
        return np.asarray(np.cumsum(change[:-1]) > 0)

    def trajectory(self) -> Trajectory:
        """Return the motion as a function of time, at rest before its start and after its end."""
        curves = {channel: self._curve(channel) for channel in CHANNELS}
        additions = list(self._additions)

        def pose(t_s: Array) -> Pose:
            values = {channel: smooth_curve(t_s, *curve) for channel, curve in curves.items()}
            for addition in additions:
                window = slice(*np.searchsorted(t_s, (addition.start_s, addition.end_s)))
                values[addition.channel][window] += addition.at(t_s[window])
            position = np.stack([values[channel] for channel in CHANNELS[:3]], axis=-1)
            return position, euler_to_matrix(*(np.radians(values[channel]) for channel in CHANNELS[3:]))

        def pose_in_order(t_s: Array) -> Pose:
            """Additions take slices of rising times; readings ask block-wise descending ones."""
            order = np.argsort(t_s, kind="stable")
            position, rotation = pose(t_s[order])
            back = np.empty_like(order)
            back[order] = np.arange(len(order))
            return position[back], rotation[back]

        return pose_in_order

    def _curve(self, channel: str) -> tuple[Array, Array, Array]:
        knots, values, slopes = [np.array([-1.0])], [np.zeros(1)], [np.zeros(1)]
        for times, levels in self._pieces[channel]:
            rests = times[0] > knots[-1][-1] + 1e-9
            first = 0 if rests else 1
            knots.append(times[first:])
            values.append(levels[first:])
            slopes.append(gentle_slopes(times, levels)[first:])
        knots.append(np.array([max(self.now_s, knots[-1][-1]) + 1.0]))
        values.append(values[-1][-1:])
        slopes.append(np.zeros(1))
        return np.concatenate(knots), np.concatenate(values), np.concatenate(slopes)
