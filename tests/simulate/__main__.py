"""Fault schedules: `script/simulate --seeds A-B [--faults NAME,…] [--json] [--trace]`.

Each seed tells one story of a pod, its walker and a home in which things go wrong, with the real minute log,
ledger and row sync; at its end everything walked must be counted once. A failing seed prints its story.
"""

import argparse
import json
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from tools import ROOT

from .plan import EVERY_FAULT, EVERYTHING, Plan, UnknownFaultError
from .pod import load_library
from .world import World

if TYPE_CHECKING:
    import ctypes

LIBRARY = ROOT / "build" / "native" / "libminute_log_c.so"
TRACE_LINES = 400


def tell(seed: int, library: ctypes.CDLL, plan: Plan = EVERYTHING) -> tuple[World, str]:
    """Live through one seed; gives the world and what went wrong, if anything."""
    world = World(seed, library, plan=plan)
    try:
        world.run()
    except AssertionError as error:
        return world, str(error) or "assertion"
    return world, ""


def _seeds(text: str) -> range:
    first, dash, last = text.partition("-")
    try:
        seeds = range(int(first), int(last if dash else first) + 1)
    except ValueError:
        seeds = range(0)
    if not seeds:
        raise argparse.ArgumentTypeError(f"{text!r} is neither a seed nor a range like 0-199")
    return seeds


def _plan(text: str) -> Plan:
    try:
        return Plan.of(text)
    except UnknownFaultError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def main() -> int:
    """Run the stories; exit code 1 if one ends badly."""
    parser = argparse.ArgumentParser(prog="script/simulate", description=__doc__)
    parser.add_argument("--seeds", type=_seeds, default=_seeds("0-199"), metavar="A-B")
    parser.add_argument(
        "--faults",
        type=_plan,
        default=EVERYTHING,
        metavar="NAME,…",
        help="classic, all (if not given), or some of: " + ", ".join(EVERY_FAULT),
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--trace", action="store_true", help="print the story of every seed")
    arguments = parser.parse_args()
    library = load_library(LIBRARY)
    began = time.perf_counter()
    failed: list[int] = []
    sums: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    for seed in arguments.seeds:
        world, error = tell(seed, library, arguments.faults)
        sums += world.sums()
        faults += world.faults
        if error:
            failed.append(seed)
        if error or arguments.trace:
            _print_story(seed, error, world.trace[-TRACE_LINES:], as_json=arguments.json)
    total: dict[str, Any] = {
        "type": "total",
        "seeds": len(arguments.seeds),
        "failed": failed,
        **sums,
        "faults": dict(sorted(faults.items())),
        "seconds": round(time.perf_counter() - began, 1),
    }
    if arguments.json:
        print(json.dumps(total))
    else:
        print(f"{total['seeds']} stories in {total['seconds']} s: {len(failed)} ended badly {failed or ''}")
        print(", ".join(f"{name} {number}" for name, number in (sums + faults).items()))
    return 1 if failed else 0


def _print_story(seed: int, error: str, trace: list[str], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"type": "story", "seed": seed, "error": error, "trace": trace}))
        return
    print(*trace, sep="\n")
    print(f"seed {seed}: {error or 'all well'}; tell it again: script/simulate --seeds {seed} --trace")


if __name__ == "__main__":
    sys.exit(main())
