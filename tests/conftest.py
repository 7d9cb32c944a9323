"""What all tests share: where things are, and which version they are of."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_MANIFEST = ROOT / "custom_components" / "retrostep" / "manifest.json"
VERSION: str = json.loads(_MANIFEST.read_text(encoding="utf-8"))["version"]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT
