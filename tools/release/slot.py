"""Refuses firmware that all but fills its slot: later releases, which come over the air, must fit too.

Usage: python -m tools.release.slot BUILDS
  BUILDS  ESPHome's folder of builds with one firmware in it: NAME/partitions.csv, NAME/build/firmware.ota.bin
"""

import csv
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FULL: Final = 0.95
"""A fuller slot is refused: what is left, 90 KB of the smallest, is for fixes and for growth of ESPHome."""

MAGIC: Final = b"\xe9"
"""First byte of an application's image (ESP-IDF, esp_app_format.h)."""

SLOT: Final = re.compile(r"ota_(?:[0-9]|1[0-5])")
"""Subtypes of the partitions that take an update (ESP-IDF Programming Guide, "Partition Tables")."""

SIZE: Final = re.compile(r"(0[xX][0-9a-fA-F]+|[0-9]+)([kKmM]?)")
UNITS: Final = {"": 1, "k": 1024, "m": 1024 * 1024}


class SlotError(Exception):
    """Firmware that can't be released, or whose room nobody knows; says why."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Size of an image and of the slot it goes to, in bytes."""

    image: int
    slot: int

    @property
    def share(self) -> float:
        """Share of the slot that is used."""
        return self.image / self.slot

    def __str__(self) -> str:
        return f"{self.image:,} of {self.slot:,} bytes, {self.share:.1%}"


def size(text: str) -> int:
    """Read a partition's size as ESP-IDF writes it: 0x1C0000, 1835008, 1792K or 2M; raises SlotError."""
    found = SIZE.fullmatch(text.strip())
    if found is None:
        raise SlotError(f"a partition has the size {text.strip()!r}")
    return int(found[1], 16 if found[1][:2].lower() == "0x" else 10) * UNITS[found[2].lower()]


def slot(table: str) -> int:
    """Give the bytes of the smallest slot of a `partitions.csv`: updates take turns; raises SlotError."""
    rows = [[cell.strip() for cell in row] for row in csv.reader(table.splitlines())]
    slots = [
        size(row[4])
        for row in rows
        if len(row) > 4 and not row[0].startswith("#") and row[1] in {"app", "0"} and SLOT.fullmatch(row[2])
    ]
    if len(slots) < 2 or min(slots) == 0:
        raise SlotError("partitions.csv has no two slots for updates")
    return min(slots)


def fit(builds: Path) -> Fit:
    """Measure the one firmware that was built; raises SlotError if there is none or more than one."""
    # Only at the top: components that ESP-IDF fetches bring tables of their own.
    tables = sorted(builds.glob("*/partitions.csv"))
    images = sorted(builds.glob("*/build/firmware.ota.bin"))
    if [table.parent for table in tables] != [image.parents[1] for image in images] or len(tables) != 1:
        raise SlotError(
            f"{builds} holds {len(tables)} partitions.csv, {len(images)} firmware.ota.bin, not one each"
        )
    with images[0].open("rb") as image:
        if image.read(1) != MAGIC:
            raise SlotError(f"{images[0]} is not a firmware image")
    return Fit(images[0].stat().st_size, slot(tables[0].read_text(encoding="utf-8", errors="replace")))


def main(builds: Path) -> str:
    """Tell how full the slot is; raises SlotError if it is too full."""
    found = fit(builds)
    if found.share > FULL:
        raise SlotError(f"the image is too big for its slot: {found}, more than {FULL:.0%}")
    return f"slot: {found}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        print(main(Path(sys.argv[1])))
    except SlotError as error:
        sys.exit(f"slot: {error}")
