"""The version of a walker's folder, and the files that were there before it.

Each part of a walker carries a version of its own; all are lifted in the same way (`core/documents.py`).
"""

from collections.abc import Mapping
from typing import Any, Final

from ..documents import Document, Migrations, NewerDocumentError, UnknownDocumentError, lift
from .files import Failure, StorageError, decoded
from .layout import LEDGER, PARTS, split

VERSION: Final = 1
MIGRATIONS: Final[Migrations] = {}

type Parts = dict[str, dict[str, Any]]


def lifted(body: object) -> Document:
    """Lift what `current` holds to this version; raises StorageError if it is newer or there is no way."""
    try:
        return lift(body, VERSION, MIGRATIONS)
    except NewerDocumentError as error:
        raise StorageError(Failure.TOO_NEW, str(error)) from error
    except UnknownDocumentError as error:
        raise StorageError(Failure.UNREADABLE, str(error)) from error


def of_old_files(files: Mapping[str, bytes]) -> Parts:
    """Read the files from before there was a folder, by the part they hold: envelopes of Home Assistant's.

    They have no checksum: that rows are numbers is looked at here. Raises StorageError.
    """
    parts: Parts = {}
    damaged: list[str] = []
    for part in (part for part in PARTS if part in files):
        try:
            envelope = decoded(files[part])
        except StorageError:
            envelope = None
        if isinstance(envelope, Mapping) and type(envelope.get("version")) is int and envelope["version"] > 1:
            raise StorageError(Failure.TOO_NEW, f"file of {part} of version {envelope['version']}", part)
        document = envelope.get("data") if isinstance(envelope, Mapping) else None
        if isinstance(document, Mapping) and (part != LEDGER or _holds_numbers(document)):
            parts[part] = dict(document)
        else:
            damaged.append(part)
    if damaged:
        raise StorageError(Failure.UNREADABLE, "files of the first version", *damaged)
    return parts


def _holds_numbers(document: Mapping[str, Any]) -> bool:
    """Say whether all rows of a ledger are whole numbers."""
    _, tables = split(LEDGER, document)
    return all(type(n) is int for table in tables.values() for rows in table.values() for n in rows)
