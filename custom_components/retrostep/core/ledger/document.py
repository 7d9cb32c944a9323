"""The written form of a ledger: its version, and why one can't be read."""

from enum import StrEnum, auto
from typing import Final

from ..documents import Document, Migrations, NewerDocumentError, UnknownDocumentError, lift

VERSION: Final = 1

MIGRATIONS: Final[Migrations] = {}


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
    try:
        return lift(kept, VERSION, MIGRATIONS)
    except NewerDocumentError as err:
        raise DocumentError(DocumentFailure.LEDGER_TOO_NEW, str(err)) from err
    except UnknownDocumentError as err:
        raise DocumentError(DocumentFailure.LEDGER_UNREADABLE, str(err)) from err
