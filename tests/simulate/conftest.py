"""What all tests of the simulator share."""

import subprocess
from typing import TYPE_CHECKING

import pytest

from .pod import load_library
from .stories import LIBRARY

if TYPE_CHECKING:
    import ctypes
    from pathlib import Path


@pytest.fixture(scope="session")
def library(root: Path) -> ctypes.CDLL:
    """The real minute log, built by the command itself."""
    subprocess.run([root / "script" / "simulate", "--seeds", "0"], check=True, capture_output=True)
    return load_library(LIBRARY)
