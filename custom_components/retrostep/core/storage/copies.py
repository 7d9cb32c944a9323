"""The last good copy of a walker's files: made once a day, whole at any moment."""

from collections.abc import Mapping
from typing import Any, Final

from .files import (
    BLOCKS,
    COPIES,
    COPY,
    Files,
    StorageError,
    is_block,
    name_of,
    opened,
    sealed,
)

FREE_AT_LEAST: Final = 8_000_000
"""With less space left on the disk no copy is made: what is new needs it more."""


def keep_copy(files: Files, used: set[str], body: bytes, now_s: int) -> bool:
    """Copy the body of `current` just committed and its blocks, `used`; returns whether it was possible.

    The blocks first, then `current`, then what is too much is deleted: the copy is whole at any moment. A
    copy that can't be made loses nothing: the one before stays.
    """
    try:
        there = set(files.names(COPIES))
        sound = {name for name in used & there if _sound(files, COPIES, name)}
        missing = {name: _sound(files, BLOCKS, name) for name in sorted(used - sound)}
        whole = {name: content for name, content in missing.items() if content is not None}
        size = len(body) + sum(map(len, whole.values()))
        if len(whole) < len(missing) or files.free() < size + FREE_AT_LEAST:
            return False
        for name, content in whole.items():
            files.write(f"{COPIES}/{name}", content)
        files.write(COPY, sealed(b'{"copied_s":%d,"body":%b}' % (now_s, body)))
        for name in there - used:
            if is_block(name):
                files.remove(f"{COPIES}/{name}")
    except OSError:
        return False
    return True


def _sound(files: Files, folder: str, name: str) -> bytes | None:
    """Read a block; None if it is not there as it was written."""
    try:
        content = files.read(f"{folder}/{name}")
    except OSError:
        return None
    return content if content is not None and name_of(content) == name else None


def _copy(files: Files) -> Mapping[str, Any] | None:
    """Read the copy; None if there is none that is as it was made."""
    try:
        content = files.read(COPY)
        kept = opened(content) if content else None
    except OSError, StorageError:
        return None
    return kept if isinstance(kept, Mapping) and "body" in kept else None


def copied_at(files: Files) -> int | None:
    """Give when the copy was made, in epoch seconds; None if there is none to go back to."""
    kept = _copy(files)
    if kept is None or type(kept.get("copied_s")) is not int:
        return None
    at: int = kept["copied_s"]
    return at


def copy_day(files: Files) -> int | None:
    """Give the day of the copy, counted from 1970."""
    at = copied_at(files)
    return None if at is None else at // 86_400


def copied_body(files: Files) -> Any:
    """Give the body of `current` as it was when the copy was made; None: there is no copy."""
    kept = _copy(files)
    return None if kept is None else kept["body"]
