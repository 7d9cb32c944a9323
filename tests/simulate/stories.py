"""Tells stories, one after the other or several at once: each has a seed of its own and nothing in common."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import parent_process
from threading import Thread
from typing import TYPE_CHECKING, Final, NamedTuple

from tools import ROOT

from .plan import EVERYTHING, Plan
from .pod import load_library
from .world import World

if TYPE_CHECKING:
    import ctypes

LIBRARY: Final = ROOT / "build" / "native" / "libminute_log_c.so"
_TRACE_LINES: Final = 400


class Story(NamedTuple):
    """What is known of a story that was told."""

    seed: int
    error: str
    trace: list[str]
    sums: Counter[str]
    faults: Counter[str]


def tell(seed: int, library: ctypes.CDLL, plan: Plan = EVERYTHING) -> tuple[World, str]:
    """Live through one seed; gives the world and what went wrong, if anything."""
    world = World(seed, library, plan=plan)
    try:
        world.run()
    except AssertionError as error:
        return world, str(error) or "assertion"
    return world, ""


@cache
def _library() -> ctypes.CDLL:
    return load_library(LIBRARY)


def _tell(plan: Plan, seed: int) -> Story:
    world, error = tell(seed, _library(), plan)
    return Story(seed, error, world.trace[-_TRACE_LINES:], world.sums(), world.faults)


def _end_with_the_parent() -> None:
    """Have a process that tells stories end when the one that wanted them is killed."""
    parent = parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        os._exit(1)

    Thread(target=wait, daemon=True).start()


def stories(seeds: Iterable[int], plan: Plan, jobs: int) -> Iterator[Story]:
    """Tell stories one after the other, or several at once; they come in the order of their seeds."""
    if jobs < 2:
        yield from map(partial(_tell, plan), seeds)
        return
    with ProcessPoolExecutor(jobs, initializer=_end_with_the_parent) as processes:
        yield from processes.map(partial(_tell, plan), seeds, chunksize=4)
