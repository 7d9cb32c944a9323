"""A TCP relay on loopback that can be cut, to stand for bad Wi-Fi."""

import asyncio
import contextlib
from typing import Self

from tools.stage import processes


class Proxy:
    """Relays connections to `target_port`; an async context manager listening on `port`."""

    def __init__(self, target_port: int) -> None:
        self.port = processes.free_port()
        self._target_port = target_port
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(4096):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(processes.LOOPBACK, self._target_port)
        except OSError:
            writer.close()
            return
        pair = {writer, far_writer}
        self._writers |= pair
        await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))
        self._writers -= pair

    def cut(self) -> int:
        """Drop every connection at once, as a lost radio link does; return how many ends were dropped."""
        dropped = len(self._writers)
        for writer in self._writers:
            writer.transport.abort()
        return dropped

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._relay, processes.LOOPBACK, self.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()
