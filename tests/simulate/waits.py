"""What a home waits for: everything awaited is handed to the world, which decides when and how it goes on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator


@dataclass(slots=True)
class Wait:
    """Something awaited: `kind` is "ask", "save" or "read", `detail` what it is about."""

    kind: str
    detail: Any

    def __await__(self) -> Generator[Wait, Any, Any]:
        """Hand itself to the world; gives what the world sends back."""
        return (yield self)


class Wire:
    """The row sync's way to one pod."""

    def __init__(self, mac: str) -> None:
        self._mac = mac

    async def get_minutes(self, log: int, after: int, limit: int) -> object:
        """Ask the world."""
        return await Wait("ask", (self._mac, log, after, limit))


class Store:
    """The row sync's storage."""

    async def save(self, document: dict[str, Any]) -> None:
        """Let the world write the document down; it may end before or after it did."""
        await Wait("save", document)
