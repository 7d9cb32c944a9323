"""What the project's commands run. No part of the product itself."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
