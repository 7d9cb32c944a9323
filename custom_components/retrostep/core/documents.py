"""The written form of what is kept: its version, and the way from older versions to the one of today."""

from collections.abc import Callable, Mapping
from typing import Any

type Document = dict[str, Any]
type Migrations = Mapping[int, Callable[[Document], Document]]
"""For each older version the step that lifts a document to the next one."""


class UnknownDocumentError(ValueError):
    """A document that says no version, or one from which no way leads here."""


class NewerDocumentError(UnknownDocumentError):
    """A document that a later version of this program wrote."""


def lift(kept: object, version: int, migrations: Migrations) -> Document:
    """Lift a document to `version`, step by step; raises UnknownDocumentError."""
    if not isinstance(kept, Mapping) or type(kept.get("version")) is not int:
        raise UnknownDocumentError("no version")
    document = dict(kept)
    if document["version"] > version:
        raise NewerDocumentError(f"version {document['version']}, understood is {version}")
    while document["version"] < version:
        step = migrations.get(document["version"])
        if step is None:
            raise UnknownDocumentError(f"no way from version {document['version']}")
        document = {**step(document), "version": document["version"] + 1}
    return document
