"""How well the stride core counts, over recordings with truth, generated and transformed ones."""

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tools import ROOT
from tools.gait import transform
from tools.gait.recording import Recording, RecordingError
from tools.gait.transform_walk import stances_are_calm

from . import lab, rows
from .beside import as_lines, beside_gaitmap
from .count import CountError
from .ground import ground_rows
from .mounting import mounting_rows
from .page import write_page
from .plots import plot_all
from .report import as_json, as_text
from .sets import (
    Result,
    Take,
    changed,
    evaluate,
    generated_negatives,
    generated_rooms,
    generated_walks,
    load,
    reversed_in_time,
    shuffles,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .rows import Row

_DOCS = ROOT / "docs"
_SHUFFLE_LENGTHS_M = (0.40, 0.30, 0.20, 0.16, 0.135)
_SLOWNESS = 2.0


def measure(takes: Sequence[Take], *options: str) -> tuple[list[Result], list[Row]]:
    """Count everything; return the results of recordings and generated walks, and the target rows."""
    walk_takes = list(generated_walks())
    originals, walks = evaluate(takes, *options), evaluate(walk_takes, *options)
    worn = [take for take in takes if take.worn]
    shrinkable = [
        take
        for take in takes
        if take.truth.motion_class == "back" and stances_are_calm(take.recording, take.truth)
    ]
    reversed_worn = list(reversed_in_time(worn))
    found = rows.accuracy_rows(originals, walks)
    found += rows.reversed_rows(evaluate(reversed_worn, *options))
    found += rows.shuffle_rows(evaluate(shuffles(shrinkable, _SHUFFLE_LENGTHS_M, _SLOWNESS), *options))
    negatives = list(generated_negatives())
    found += rows.negative_rows(evaluate(negatives, *options))
    found.append(rows.gappy_negatives_row(evaluate(changed(negatives, transform.gaps), *options)))
    found += rows.rule_rows(walks, evaluate(list(generated_rooms()), *options))
    found += ground_rows(*options)
    found += _sensor_rows([*worn, *walk_takes], *options)
    found += mounting_rows([*takes, *walk_takes], [*originals, *walks])
    return [*originals, *walks], found


def _sensor_rows(takes: Sequence[Take], *options: str) -> list[Row]:
    """Return the rows about worse sensors: the same takes before and after."""
    before = evaluate(takes, *options)
    found = [
        rows.unchanged_row(row_id, title, before, evaluate(changed(takes, change), *options), limit)
        for row_id, title, limit, change in _SENSORS
    ]
    return found + rows.gap_rows(before, evaluate(changed(takes, transform.gaps), *options))


def _rate(rate_hz: float) -> Callable[[Recording, int], Recording]:
    return lambda recording, _: transform.resample(recording, rate_hz)


_SENSORS: tuple[tuple[str, str, float, Callable[[Recording, int], Recording]], ...] = (
    ("bias_3", "gyro bias 3 °/s on each axis", 0.0, lambda r, _: transform.gyro_bias(r, (3.0, -3.0, 3.0))),
    ("bias_6", "gyro bias 6 °/s on each axis", 0.0, lambda r, _: transform.gyro_bias(r, (-6.0, 6.0, 6.0))),
    ("clip_8g", "clipped at ±8 g", 0.0, lambda r, _: transform.clip(r, accel_range_g=8.0)),
    ("jitter", "samples 8 to 16 ms apart", 0.0, transform.jitter),
    ("noise", "noise, 16-bit steps", 0.01, lambda r, seed: transform.quantise(transform.noise(r, seed))),
    ("rate_25", "25 samples a second", 0.05, _rate(25.0)),
    ("rate_50", "50 samples a second", 0.02, _rate(50.0)),
    ("rate_200", "200 samples a second", 0.01, _rate(200.0)),
    ("rate_400", "400 samples a second", 0.01, _rate(400.0)),
)
"""What a worse or another sensor does, with the share of counted strides that may differ."""


def main() -> int:
    """Run the command line; exit 0 if it could measure, whatever the targets say."""
    parser = argparse.ArgumentParser(prog="script/evaluate", description=__doc__)
    parser.add_argument("folder", type=Path, help="recordings with truth, in any depth of folders")
    parser.add_argument("--json", action="store_true", help="one JSON document with everything")
    parser.add_argument(
        "--mount", choices=("known", "auto"), default="known", help="axes given or to be found"
    )
    parser.add_argument("--plots", type=Path, help="draw every recording into this folder")
    parser.add_argument("--beside-gaitmap", action="store_true", help="count with the gaitmap library, too")
    parser.add_argument(
        "--paper", action="store_true", help="only these recordings: people, agreement, worst person"
    )
    parser.add_argument("--write-docs", action="store_true", help="write docs/accuracy.md")
    args = parser.parse_args()
    began_s = time.monotonic()
    try:
        takes = load(args.folder)
        if args.paper:
            results = evaluate(takes, "--mount", args.mount)
            print(json.dumps(lab.report(results), indent=1) if args.json else lab.as_tables(results))
            return 0
        results, found = measure(takes, "--mount", args.mount)
        beside = beside_gaitmap(takes) if args.beside_gaitmap else None
    except (RecordingError, CountError) as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 2
    if args.plots:
        plot_all(takes, results, args.plots)
    if args.write_docs:
        write_page(_DOCS, results, found, beside)
    took_s = time.monotonic() - began_s
    if args.json:
        document = as_json(results, [asdict(row) for row in found])
        more = {"beside": beside, "mount": args.mount, "seconds": round(took_s, 1)}
        print(json.dumps({**document, **more}, indent=1))
    else:
        print(as_text(results, found))
        if beside:
            print("", *as_lines(beside), sep="\n")
        print(f"\n{took_s:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
