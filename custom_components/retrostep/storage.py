"""What is known of a walker, on disk."""

import asyncio
from collections.abc import Callable
from typing import Any, override

from homeassistant.core import CoreState, HomeAssistant, callback
from homeassistant.helpers.storage import Store
from homeassistant.util.file import WriteError
from homeassistant.util.json import SerializationError

from .const import DOMAIN

# The layout inside is versioned by whoever writes it; this number stands for the envelope.
STORE_VERSION = 1

# A walked minute is saved when it arrives; this only keeps what the open minute showed.
LIVE_SAVE_DELAY_S = 60


class WalkerStore(Store[dict[str, Any]]):
    """One file, written as a whole; `save` returns only when it is on disk.

    The file without a part is the walker's ledger; each feature has its own part beside it.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str, part: str = "") -> None:
        super().__init__(
            hass,
            STORE_VERSION,
            f"{DOMAIN}.{entry_id}.{part}" if part else f"{DOMAIN}.{entry_id}",
            private=True,
            atomic_writes=True,
            serialize_in_event_loop=False,
        )
        self._failure: WriteError | SerializationError | None = None
        self._is_due = False
        self.closed = False

    async def save(self, document: dict[str, Any]) -> None:
        """Write the document; raise OSError when it did not reach the disk.

        Home Assistant's `async_save` only logs a failed write, and while Home Assistant stops it
        leaves the write for later. Both would let a pod believe that its minutes are safe.
        """
        if self.closed:
            raise OSError("The walker was unloaded")
        # A cancelled round must not leave a writing thread behind that a later write overtakes.
        write = asyncio.ensure_future(self._async_save_for_sure(document))
        try:
            await asyncio.shield(write)
        except asyncio.CancelledError:
            await write
            raise

    async def _async_save_for_sure(self, document: dict[str, Any]) -> None:
        # Writing it takes the snapshot's turn; what changes from now on needs one of its own.
        self._is_due = False
        await self.async_save(document)
        if self.hass.state is CoreState.stopping:
            raise OSError("Home Assistant is stopping")
        # Asked before anything else can run: the next write begins with a clean slate.
        if self._failure:
            raise OSError(str(self._failure))

    @callback
    def async_save_later(self, snapshot: Callable[[], dict[str, Any]]) -> None:
        """Write a snapshot soon, at the latest when Home Assistant stops; a store has one kind of snapshot.

        Asked again meanwhile it does not wait longer: what changes all the time is written all the same.
        """
        if not self.closed and not self._is_due:
            self._is_due = True
            self.async_delay_save(snapshot, LIVE_SAVE_DELAY_S)

    async def async_close(self, document: dict[str, Any]) -> None:
        """Write the last document; nothing that still runs may overwrite it."""
        self.closed = True
        await self.async_save(document)

    @override
    async def _async_write_data(self, data: dict[str, Any]) -> None:
        if "data_func" in data:
            # Taken here and not in the writing thread: the ledger must not change meanwhile.
            data["data"] = data.pop("data_func")()
        self._is_due = False
        self._failure = None
        try:
            await super()._async_write_data(data)
        except (SerializationError, WriteError) as err:
            self._failure = err
            raise
