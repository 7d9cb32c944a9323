"""Prints how much of each module of the integration its tests run, and fails below the floor.

Reads the report of `coverage json` over the tests of pure rooms and doors together.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

INTEGRATION: Final = "custom_components/retrostep/"
FLOOR_PCT: Final = 95.0


def floor_of(module: str) -> float:
    """Least share of a module that must be run, in percent; set-up and settings forms: all of it."""
    return 100.0 if module == "config_flow.py" or module.startswith("options/") else FLOOR_PCT


def shares_of(report: dict[str, Any]) -> dict[str, float]:
    """Give each module, as its path within the integration, with its share in percent."""
    files = report["files"].items()
    return {name.removeprefix(INTEGRATION): file["summary"]["percent_covered"] for name, file in files}


def main(path: str) -> int:
    """Print the table; return 1 if a module is below its floor."""
    report = json.loads(Path(path).read_text(encoding="utf-8"))
    shares = shares_of(report)
    for name, file in sorted(report["files"].items()):
        missing = ", ".join(str(line) for line in file["missing_lines"])
        module = name.removeprefix(INTEGRATION)
        print(f"{module:42} {shares[module]:6.1f} %  {missing}")
    print(f"{'all':42} {report['totals']['percent_covered']:6.1f} %")
    low = {module: share for module, share in shares.items() if share < floor_of(module)}
    for module, share in low.items():
        print(f"coverage: {module} {share:.1f} % is below {floor_of(module):.0f} %", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
