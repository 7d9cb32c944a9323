"""The written form of a walker's goals."""

from typing import Final

from ..documents import Document, Migrations

VERSION: Final = 2


def _named_by_what_they_hold(kept: Document) -> Document:
    days, journal = kept["book"], kept["journal"]
    return {
        "goal_days": {**days, "progress": days["run"]},
        "journal": {**journal, "published": journal["told"]},
    }


MIGRATIONS: Final[Migrations] = {1: _named_by_what_they_hold}
