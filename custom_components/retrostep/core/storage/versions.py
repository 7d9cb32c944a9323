"""The version of what is kept, one for all parts of a walker, and the way from older versions to this one."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from .files import Failure, StorageError, decoded
from .layout import PARTS

VERSION: Final = 2

type Parts = dict[str, dict[str, Any]]


def _without_versions(parts: Parts) -> Parts:
    """Lift the four files of version 1: each part had a version of its own."""
    for part, document in parts.items():
        number = document.get("version")
        if type(number) is not int:
            raise StorageError(Failure.UNREADABLE, f"no version in {part}", part)
        if number > 1:
            raise StorageError(Failure.TOO_NEW, f"{part} of version {number}", part)
    return {
        part: {name: value for name, value in document.items() if name != "version"}
        for part, document in parts.items()
    }


MIGRATIONS: Final[Mapping[int, Callable[[Parts], Parts]]] = {1: _without_versions}
"""For each older version the step that lifts all parts of a walker to the next one."""


def lifted(parts: Parts, version: object) -> Parts:
    """Lift parts to this version; raises StorageError if they are newer or there is no way."""
    if type(version) is not int or version < 1:
        raise StorageError(Failure.UNREADABLE, "no version")
    if version > VERSION:
        raise StorageError(Failure.TOO_NEW, f"version {version}, understood is {VERSION}")
    for number in range(version, VERSION):
        parts = MIGRATIONS[number](parts)
    return parts


def of_old_files(files: Mapping[str, bytes]) -> Parts:
    """Read the files of version 1, by the part they hold: each is an envelope of Home Assistant's.

    Raises StorageError with the parts that can't be read.
    """
    parts: Parts = {}
    damaged: list[str] = []
    for part in PARTS:
        if part not in files:
            continue
        try:
            envelope = decoded(files[part])
        except StorageError:
            envelope = None
        if not isinstance(envelope, Mapping) or not isinstance(envelope.get("data"), Mapping):
            damaged.append(part)
            continue
        if envelope.get("version") != 1:
            raise StorageError(Failure.TOO_NEW, f"file of {part} of version {envelope.get('version')}", part)
        parts[part] = dict(envelope["data"])
    if damaged:
        raise StorageError(Failure.UNREADABLE, "files of version 1", *damaged)
    return lifted(parts, 1)
