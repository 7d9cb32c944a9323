"""The sets of recordings an evaluation runs over: as recorded, generated, and transformed from both."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tools.gait import transform
from tools.gait.generate import NEGATIVES, generate
from tools.gait.generate_gait import WALKERS
from tools.gait.recording import (
    Array,
    Recording,
    RecordingError,
    Truth,
    read_recording,
    read_truth,
    truth_path,
    write_recording,
)
from tools.gait.transform_walk import shrink_and_slow

from . import optical
from .count import Counted, count
from .match import Score, score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

WORN = "worn sensor"
GENERATED = "generated"
MANY_STRIDES = 20


@dataclass(frozen=True, slots=True)
class Take:
    """One recording with its truth; `group` is the set it belongs to."""

    group: str
    recording: Recording
    truth: Truth

    @property
    def worn(self) -> bool:
        """Whether a person wore the sensor."""
        return self.truth.kind == WORN

    @property
    def walking_strides(self) -> int:
        """How many of its true strides have a direction."""
        return sum(stride.direction not in ("none", "turn") for stride in self.truth.strides)


@dataclass(frozen=True, slots=True)
class Result:
    """A take's truth, what the stride core found, and the comparison."""

    group: str
    truth: Truth
    counted: Counted
    score: Score


def load(folder: Path) -> list[Take]:
    """Read every recording with truth below a folder; where shoes had optical markers, lengths are theirs.

    Raises RecordingError where a file breaks the format or there is none.
    """
    takes = []
    for path in sorted((*folder.rglob("*.csv"), *folder.rglob("*.csv.gz"))):
        if not truth_path(path).exists():
            continue
        group = path.parent.relative_to(folder).as_posix()
        truth = read_truth(truth_path(path))
        side = optical.MARKED.get(truth.name)
        markers = path.parent / optical.MARKERS_FILE
        if side and markers.exists():
            truth = optical.with_optical_lengths(truth, optical.read_shoe(markers, side))
        takes.append(Take(group if group != "." else folder.name, read_recording(path), truth))
    if not takes:
        raise RecordingError(f"{folder}: no recordings with truth")
    return takes


def generated_walks() -> Iterator[Take]:
    """Generate every walker in every walking scenario, two seeds each."""
    for name in ("forward", "backward", "sideways", "turns", "mixed", "stairs", "running"):
        for walker in WALKERS.values():
            for seed in (1, 2):
                recording, truth = generate(name, seed=seed, walker=walker, strides=24)
                yield Take(GENERATED, recording, truth)


def generated_rooms() -> Iterator[Take]:
    """Generate every walker in a small room: arcs, figures of eight, corners, turns between."""
    for walker in WALKERS.values():
        yield Take(GENERATED, *generate("small_room", seed=3, walker=walker))


def generated_negatives() -> Iterator[Take]:
    """Generate everything that holds no step, five seeds each."""
    for name in NEGATIVES:
        for seed in range(1, 6):
            recording, truth = generate(name, seed=seed)
            yield Take("negatives", recording, truth)


def reversed_in_time(takes: Iterable[Take]) -> Iterator[Take]:
    """Play the takes backwards."""
    for take in takes:
        yield Take(take.group, *transform.reverse_time(take.recording, take.truth))


def shuffles(takes: Iterable[Take], lengths_m: tuple[float, ...], slowness: float) -> Iterator[Take]:
    """Scale the takes' median stride to each length and slow them, with the noise of a real sensor."""
    for number, take in enumerate(takes):
        median_m = float(np.median([stride.length_m for stride in take.truth.strides]))
        for length_m in lengths_m:
            recording, truth = shrink_and_slow(take.recording, take.truth, length_m / median_m, slowness)
            noisy = transform.gyro_bias(transform.noise(recording, number), (0.5, -0.5, 0.5))
            yield Take(take.group, noisy, truth)


def changed(takes: Iterable[Take], change: Callable[[Recording, int], Recording]) -> Iterator[Take]:
    """Change what leaves the truth as it is; `change` gets the take's number as a seed."""
    for number, take in enumerate(takes):
        yield replace(take, recording=change(take.recording, number))


def mounted(takes: Iterable[Take], rotation: Array) -> Iterator[Take]:
    """Turn the takes as a pod would read them that sits turned in its clip."""
    for take in takes:
        yield replace(take, recording=transform.mount(take.recording, rotation))


def evaluate(takes: Iterable[Take], *options: str) -> list[Result]:
    """Count takes with options of `script/count` and compare with their truth."""
    with tempfile.TemporaryDirectory(prefix="evaluate-") as folder:
        truths: dict[Path, tuple[str, Truth]] = {}
        for number, take in enumerate(takes):
            path = Path(folder) / f"{number}.csv"
            write_recording(path, take.recording)
            truths[path] = take.group, take.truth
        counted = count(list(truths), *options)
    return [
        Result(group, truth, counted[path], score(truth, counted[path], group))
        for path, (group, truth) in truths.items()
    ]
