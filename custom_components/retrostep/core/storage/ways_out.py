"""What a person may choose when what is kept of a walker can't be used.

Nothing goes before its successor is there: whoever is killed at any write of a choice finds what was there
before, or what was chosen.
"""

import errno
from collections.abc import Collection, Mapping
from typing import Final

from .archive import Archive
from .copies import copied_body
from .files import CURRENT, SET_ASIDE, Failure, Files, StorageError, encoded, sealed
from .layout import Document
from .versions import Parts

SET_ASIDE_MAX: Final = 4
"""So many files that can't be used are kept; with more, the last one gives way."""


class _Copied:
    """The folder as it was when the last good copy was made; it is only read."""

    def __init__(self, files: Files, current: bytes) -> None:
        self._files = files
        self._current = current
        self.names, self.free = files.names, files.free

    def read(self, name: str) -> bytes | None:
        return self._current if name == CURRENT else self._files.read(name)

    def write(self, name: str, content: bytes) -> None:
        raise OSError(errno.EROFS, name)

    def remove(self, name: str) -> None:
        raise OSError(errno.EROFS, name)


def go_back(files: Files, walker: str, damaged: Collection[str], now_s: int) -> bool:
    """Have the damaged parts (none named: all) as in the last copy; returns whether there is one to read.

    Rows since then come from the pods again. What can be read after all is not given up: with no part named
    that changes nothing. Raises OSError, then nothing has changed, and StorageError for what a newer
    version wrote.
    """
    if (body := copied_body(files)) is None:
        return False
    current = sealed(encoded(body))
    try:
        copied = Archive(_Copied(files, current), walker).load() or {}
    except StorageError:
        return False
    archive = Archive(files, walker)
    held = _loaded(archive)
    if held is None:
        set_aside(files)
        files.write(CURRENT, current)
    elif damaged:
        _set_parts_aside(files, held, damaged)
        archive.commit({part: copied.get(part) for part in damaged}, now_s)
    return True


def begin_anew(
    files: Files,
    walker: str,
    *,
    damaged: Collection[str],
    parts: Mapping[str, Document],
    others: Mapping[str, Document],
    now_s: int,
) -> None:
    """Have the damaged parts (none named: all) hold nothing but `parts`; what they held is set aside.

    `others`: parts beside the damaged ones that were kept elsewhere so far. As in `go_back` nothing changes
    if all can be read, and the same is raised. Blocks and the copy of what was there before go with the
    next rounds.
    """
    archive = Archive(files, walker)
    held = _loaded(archive)
    if held is None:
        set_aside(files)
        Archive(files, walker).commit({**others, **parts}, now_s)
    elif damaged:
        _set_parts_aside(files, held, damaged)
        archive.commit({**dict.fromkeys(damaged), **parts}, now_s)


def _loaded(archive: Archive) -> Parts | None:
    """Read all parts; None if that is not possible, and never will be."""
    try:
        return archive.load()
    except StorageError as error:
        if error.reason is Failure.TOO_NEW:
            raise
    except OSError as error:
        if error.errno != errno.EIO:
            raise
    return None


def _held(files: Files) -> bytes | None:
    """Read `current`; None too if it lies on a bad sector. A disk that only refuses now raises OSError."""
    try:
        return files.read(CURRENT)
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        return None


def set_aside(files: Files) -> None:
    """Keep a `current` that can't be used under another name, for whoever can make something of it."""
    if (content := _held(files)) is not None:
        _put_aside(files, content)


def _set_parts_aside(files: Files, held: Parts, damaged: Collection[str]) -> None:
    """Keep parts that can be read and make no sense, whole: their blocks will go."""
    _put_aside(files, sealed(encoded({part: held[part] for part in damaged if part in held})))


def _put_aside(files: Files, content: bytes) -> None:
    names = [SET_ASIDE, *(f"{SET_ASIDE}.{number}" for number in range(2, SET_ASIDE_MAX + 1))]
    for name in names:
        there = files.read(name)
        if there == content:
            return
        if there is None or name == names[-1]:
            files.write(name, content)
            return
