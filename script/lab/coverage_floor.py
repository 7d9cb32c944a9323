"""Prints how much of each module of the integration its tests run, and fails below the floor.

Reads the report of `coverage json` over the tests of pure rooms and doors together.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

FLOOR_PCT: Final = 95.0
FULL: Final = {"config_flow"}
"""Modules of which every line and branch is run (Home Assistant's rule for set-up flows)."""


def floor_of(module: str) -> float:
    """Least share of a module that must be run, in percent; set-up and settings forms: all of it."""
    return 100.0 if module in FULL or module.startswith("options_") else FLOOR_PCT


def below_floor(report: dict[str, Any]) -> dict[str, float]:
    """Give the modules below their floor with their share in percent."""
    shares = {Path(name).stem: file["summary"]["percent_covered"] for name, file in report["files"].items()}
    return {module: share for module, share in shares.items() if share < floor_of(module)}


def main(path: str) -> int:
    """Print the table; return 1 if a module is below its floor."""
    report = json.loads(Path(path).read_text(encoding="utf-8"))
    for name, file in sorted(report["files"].items()):
        missing = ", ".join(str(line) for line in file["missing_lines"])
        print(f"{Path(name).stem:22} {file['summary']['percent_covered']:6.1f} %  {missing}")
    print(f"{'all':22} {report['totals']['percent_covered']:6.1f} %")
    low = below_floor(report)
    for module, share in low.items():
        print(f"coverage: {module} {share:.1f} % is below {floor_of(module):.0f} %", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
