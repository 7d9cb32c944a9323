"""A disk in memory that remembers what it held after each change, and fails where a test wants it to."""

from dataclasses import dataclass, field


@dataclass
class MemoryFiles:
    """A folder; `history` holds it as it was after each write and each deletion."""

    held: dict[str, bytes] = field(default_factory=dict)
    history: list[dict[str, bytes]] = field(default_factory=list)
    writes: int = 0
    written: int = 0
    fails_at: int | None = None
    """Writes from this one on fail: the disk is full."""
    refused: int = 0
    free_bytes: int = 10**9

    def read(self, name: str) -> bytes | None:
        """Read a file."""
        return self.held.get(name)

    def write(self, name: str, content: bytes) -> None:
        """Write a file, unless the disk is full."""
        if self.fails_at is not None and self.writes >= self.fails_at:
            self.refused += 1
            raise OSError(28, "No space left on device")
        self.writes += 1
        self.written += len(content)
        self.held[name] = content
        self.history.append(dict(self.held))

    def remove(self, name: str) -> None:
        """Delete a file."""
        if self.held.pop(name, None) is not None:
            self.history.append(dict(self.held))

    def names(self, folder: str) -> list[str]:
        """List a folder."""
        return [name.removeprefix(f"{folder}/") for name in self.held if name.startswith(f"{folder}/")]

    def free(self) -> int:
        """Tell the room that is left."""
        return self.free_bytes
