"""The texts and icons of the integration, and its source, as tests read them."""

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "custom_components" / "retrostep"


def read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def code(*patterns: str) -> str:
    """Return the source of the modules that match, such as `walker` or `options/*`."""
    paths = [path for pattern in patterns for path in sorted(FOLDER.glob(f"{pattern}.py"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def parts_of(body: str) -> tuple[str, set[str], set[str], set[str]]:
    """Return a flow's source and its steps, errors and abort reasons."""
    return (
        body,
        set(re.findall(r'step_id="(\w+)"', body)),
        set(re.findall(r'errors\[[^]]+\] = "(\w+)"', body)),
        set(re.findall(r'reason="(\w+)"', body)),
    )
