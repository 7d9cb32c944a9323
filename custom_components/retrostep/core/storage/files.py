"""Files of one walker as the rest of this room sees them, and how what is in them is sealed."""

import json
from enum import StrEnum, auto
from hashlib import sha256
from typing import Any, Final, Protocol

CURRENT: Final = "current"
COPY: Final = "copy/current"
BLOCKS: Final = "blocks"
COPIES: Final = "copy"
SET_ASIDE: Final = "current.damaged"

_NAME_LENGTH: Final = 24
_HEAD: Final = b'{"sum":"'
_BODY: Final = b'","body":'
_END: Final = b"}\n"


class Failure(StrEnum):
    """Why what is kept of a walker can't be used, as the key of the text that says so."""

    TOO_NEW = auto()
    UNREADABLE = auto()
    MISSING = auto()


class StorageError(Exception):
    """What is kept can't be used; `parts` are those concerned, none: all of them."""

    def __init__(self, reason: Failure, detail: str, *parts: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.parts = parts


class Files(Protocol):
    """A folder. Everything raises OSError if the disk does not play along."""

    def read(self, name: str) -> bytes | None:
        """Give what a file holds; None: there is none."""

    def write(self, name: str, content: bytes) -> None:
        """Write a file as a whole: it is safely on the disk once this returns, unchanged before."""

    def remove(self, name: str) -> None:
        """Delete a file; none is fine."""

    def names(self, folder: str) -> list[str]:
        """Give the names of the files in a folder, without it; none if it does not exist."""

    def free(self) -> int:
        """Give how many bytes may still be written."""


def encoded(value: object) -> bytes:
    """Write a value down; raises OSError for one that can't be: it must not count as kept."""
    try:
        return json.dumps(value, separators=(",", ":"), allow_nan=False, ensure_ascii=False).encode()
    except (TypeError, ValueError) as error:
        raise OSError(f"not to be written down: {error!r}") from error


def name_of(content: bytes) -> str:
    """Give the name of a block."""
    return sha256(content).hexdigest()[:_NAME_LENGTH]


def is_block(name: str) -> bool:
    """Say whether a file may be a block of ours; others are nobody's business here."""
    return len(name) == _NAME_LENGTH and not name.strip("0123456789abcdef")


def sealed(body: bytes) -> bytes:
    """Put a checksum to what is written."""
    return _HEAD + name_of(body).encode() + _BODY + body + _END


def opened(content: bytes) -> Any:
    """Give what was sealed; raises StorageError if it is not as it was."""
    start = len(_HEAD) + _NAME_LENGTH + len(_BODY)
    body = content[start : -len(_END)]
    if not body or content != sealed(body):
        raise StorageError(Failure.UNREADABLE, f"{len(content)} bytes that are not as they were written")
    return decoded(body)


def decoded(content: bytes) -> Any:
    """Read a value; raises StorageError if there is none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise StorageError(Failure.UNREADABLE, repr(error)) from error
