"""The time of the 3 m walk against the truth of generated walks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tools.evaluate.count import count
from tools.evaluate.three_metres import pod_s, true_s
from tools.gait.generate import generate
from tools.gait.generate_gait import WALKERS, resized
from tools.gait.recording import write_recording

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = 5
# Stride length and period against the walker's usual ones: usual, short, quick, both.
WAYS = ((1.0, 1.0), (0.8, 1.0), (1.0, 0.8), (0.7, 0.7))


@dataclass
class Stride:
    """A stride as `Timed` wants it."""

    start_s: float
    end_s: float
    length_m: float = 1.0


@pytest.fixture(scope="module")
def errors_s(tmp_path_factory: pytest.TempPathFactory) -> dict[str, np.ndarray]:
    """Time walks of every kind of walker; seconds too long, by walker."""
    folder, truths = tmp_path_factory.mktemp("three_metres"), {}
    for name, walker in WALKERS.items():
        for seed in range(1, SEEDS + 1):
            for way, (longer, slower) in enumerate(WAYS):
                gait = walker.backward
                walks = resized(walker, gait.stride_m * longer, gait.period_s * slower)
                strides = int(4 / (gait.stride_m * longer)) + 4
                recording, truth = generate("backward", seed=seed, walker=walks, strides=strides)
                path: Path = folder / f"{name}-{seed}-{way}.csv"
                write_recording(path, recording)
                truths[path] = truth
    found = count(list(truths), "--mount", "known")
    errors: dict[str, list[float]] = {}
    for path, truth in truths.items():
        backward = [each for each in found[path].counted_strides if each.direction == "backward"]
        shown, took = pod_s(backward), true_s(truth.strides)
        assert shown is not None
        assert took is not None
        errors.setdefault(path.name.split("-")[0], []).append(shown - took)
    return {name: np.array(values) for name, values in errors.items()}


def test_over_all_walks_the_time_is_right_to_a_tenth_of_a_second(errors_s: dict[str, np.ndarray]) -> None:
    everything = np.concatenate(list(errors_s.values()))
    assert len(everything) == len(WALKERS) * SEEDS * len(WAYS)
    assert abs(everything.mean()) <= 0.1


@pytest.mark.parametrize("walker", sorted(WALKERS.keys() - {"slow"}))
def test_each_walker_is_timed_without_bias_and_alike_each_time(
    walker: str, errors_s: dict[str, np.ndarray]
) -> None:
    assert abs(errors_s[walker].mean()) <= 0.1
    assert errors_s[walker].std() <= 0.1


def test_strides_of_two_seconds_are_measured_short_and_so_timed_long(
    errors_s: dict[str, np.ndarray],
) -> None:
    """Known and documented: about 2 % of eleven seconds."""
    assert 0.05 < errors_s["slow"].mean() <= 0.25


def test_the_body_goes_on_while_the_foot_stands() -> None:
    strides = [Stride(t, t + 0.5) for t in (0.0, 1.0, 2.0, 3.0)]
    assert pod_s(strides) == true_s(strides) == pytest.approx(2.75)
    assert pod_s(strides, 2.001) == pytest.approx(1.75, abs=0.01)
    assert pod_s(strides, 1.999) == pytest.approx(1.75, abs=0.01)


def test_a_hesitation_is_part_of_the_time_but_not_of_the_stance() -> None:
    strides = [Stride(0.0, 0.5), Stride(1.0, 1.5), Stride(4.0, 4.5)]
    assert pod_s(strides) == pytest.approx(4.75)


def test_too_short_a_walk_has_no_time() -> None:
    strides = [Stride(0.0, 0.5), Stride(1.0, 1.5)]
    assert pod_s(strides) is None
    assert true_s(strides) is None
    assert pod_s([]) is true_s([]) is None
