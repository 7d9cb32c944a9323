"""The written form of a ledger: its version, and the way from older versions to this one."""

from collections.abc import Callable, Mapping
from enum import StrEnum, auto
from typing import Any, Final

VERSION: Final = 1

type Document = dict[str, Any]

MIGRATIONS: Final[dict[int, Callable[[Document], Document]]] = {}
"""For each older version the step that lifts a document to the next one."""


class DocumentFailure(StrEnum):
    """Why a document can't be read, as the key of the text that says so."""

    LEDGER_TOO_NEW = auto()
    LEDGER_UNREADABLE = auto()


class DocumentError(Exception):
    """A document that can't be read."""

    def __init__(self, reason: DocumentFailure, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def current_document(kept: object) -> Document:
    """Lift a document to this version; raises DocumentError if it is none or newer."""
    if not isinstance(kept, Mapping) or type(kept.get("version")) is not int:
        raise DocumentError(DocumentFailure.LEDGER_UNREADABLE, "no version")
    document = dict(kept)
    if document["version"] > VERSION:
        raise DocumentError(
            DocumentFailure.LEDGER_TOO_NEW, f"version {document['version']}, understood is {VERSION}"
        )
    while document["version"] < VERSION:
        step = MIGRATIONS.get(document["version"])
        if step is None:
            raise DocumentError(
                DocumentFailure.LEDGER_UNREADABLE, f"no way from version {document['version']}"
            )
        document = {**step(document), "version": document["version"] + 1}
    return document
