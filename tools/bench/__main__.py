"""The performance table: what counting costs the chip, how fast minutes are merged, how late strides show."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from . import core, ledger, live, recorder, storage

if TYPE_CHECKING:
    from collections.abc import Callable

    from .row import Row

PARTS: dict[str, Callable[[], list[Row]]] = {
    "core": core.rows,
    "ledger": ledger.rows,
    "statistics": recorder.rows,
    "live": live.rows,
    "storage": storage.rows,
}


def main() -> int:
    """Measure and print the table; return 1 if a figure misses its limit."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a table")
    parser.add_argument("--only", choices=PARTS, action="append", help="this part only (may be repeated)")
    arguments = parser.parse_args()
    rows = {part: PARTS[part]() for part in arguments.only or PARTS}
    if arguments.json:
        print(json.dumps({part: [asdict(row) for row in rows[part]] for part in rows}, indent=1))
    else:
        for part, figures in rows.items():
            print(f"{part}:")
            for row in figures:
                limit = f"≤ {row.limit:g}" if row.limit is not None else ""
                verdict = "" if row.good else "MISSED"
                print(f"  {row.name:58} {row.value:>12,.6g} {row.unit:18} {limit:12} {verdict} {row.note}")
    return 0 if all(row.good for figures in rows.values() for row in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
