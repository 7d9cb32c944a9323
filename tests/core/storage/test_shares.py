"""A configuration on a share that takes no notice of upper and lower case: nothing falls together."""

from dataclasses import dataclass
from typing import override

import pytest

from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.core.storage.ways_out import go_back

from .life import Life
from .memory import MemoryFiles
from .test_archive import DAYS, found, text


@dataclass
class Share(MemoryFiles):
    """A folder in which `Current` and `current` are one file; some list all names in capitals."""

    shouts: bool = False

    @override
    def read(self, name: str) -> bytes | None:
        return super().read(name.lower())

    @override
    def write(self, name: str, content: bytes) -> None:
        super().write(name.lower(), content)

    @override
    def remove(self, name: str) -> None:
        super().remove(name.lower())

    @override
    def names(self, folder: str) -> list[str]:
        names = super().names(folder.lower())
        return [name.upper() for name in names] if self.shouts else names


@pytest.mark.parametrize("shouts", [False, True])
def test_life_on_a_share_without_case_is_as_on_a_disk_and_can_go_back_to_its_copy(*, shouts: bool) -> None:
    share, disk = Share(shouts=shouts), MemoryFiles()
    on_share, on_disk = Archive(share, "ann"), Archive(disk, "ann")
    for now_s, parts in Life().live(DAYS):
        on_share.commit(parts, now_s)
        on_disk.commit(parts, now_s)
    assert text(Archive(share, "ann").load()) == text(Archive(disk, "ann").load()) == text(parts)
    if not shouts:
        assert share.held == disk.held, "nothing is left that would be cleared"
    share.held["current"] = disk.held["current"] = b"damaged"
    assert go_back(share, "ann", [], now_s)
    assert go_back(disk, "ann", [], now_s)
    assert found(share.held) == found(disk.held)
