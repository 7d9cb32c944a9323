"""Fault schedules: `script/simulate --seeds A-B [--faults NAME,…] [--jobs N] [--json] [--trace]`.

Each seed tells one story of a pod, its walker and a home in which things go wrong, with the real minute log,
ledger and row sync; at its end everything walked must be counted once. A failing seed prints its story.
"""

import argparse
import json
import os
import sys
import time
from collections import Counter
from typing import Any

from .plan import EVERY_FAULT, EVERYTHING, Plan, UnknownFaultError
from .stories import Story, stories


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
    parser.add_argument(
        "--jobs",
        type=int,
        default=os.process_cpu_count() or 1,
        metavar="N",
        help="how many are told at once, as many as there are processors if not given",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--trace", action="store_true", help="print the story of every seed")
    arguments = parser.parse_args()
    began = time.perf_counter()
    failed: list[int] = []
    sums: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    for story in stories(arguments.seeds, arguments.faults, arguments.jobs):
        sums += story.sums
        faults += story.faults
        if story.error:
            failed.append(story.seed)
        if story.error or arguments.trace:
            _print_story(story, as_json=arguments.json)
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


def _print_story(story: Story, *, as_json: bool) -> None:
    seed, error = story.seed, story.error
    if as_json:
        line = {"type": "story", "seed": seed, "error": error, "trace": story.trace}
        print(json.dumps(line), flush=True)
        return
    print(*story.trace, sep="\n")
    again = f"script/simulate --seeds {seed} --trace"
    print(f"seed {seed}: {error or 'all well'}; tell it again: {again}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
