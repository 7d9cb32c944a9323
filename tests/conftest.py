"""What all tests share: where things are, and which version they are of."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_MANIFEST = ROOT / "custom_components" / "retrostep" / "manifest.json"
VERSION: str = json.loads(_MANIFEST.read_text(encoding="utf-8"))["version"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what only a person asks for."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write tests/tools/gait/count_golden.jsonl as strides are counted now (see CONTRIBUTING.md)",
    )


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT
