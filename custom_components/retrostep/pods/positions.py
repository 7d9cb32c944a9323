"""What was taken of each pod by walkers who let go of it or are gone.

A pod keeps minutes long after they were fetched. Whoever gets it next must know which of them were
somebody else's, also when that walker's ledger is not there any more.
"""

import asyncio
import contextlib
import errno
import logging
from collections.abc import Collection, Iterator
from typing import Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.singleton import singleton
from homeassistant.util.hass_dict import HassKey

from ..const import CONF_POSITIONS_KEPT, DOMAIN
from ..core.documents import Migrations, lift
from ..core.ledger.ledger import Ledger
from ..core.ledger.pod_log import PodLog
from ..core.storage.files import Failure, StorageError
from ..core.storage.layout import LEDGER
from ..storage import WalkerArchive, async_begin_anew, async_go_back, async_remove_kept, reading

_LOGGER = logging.getLogger(__name__)

VERSION: Final = 1
MIGRATIONS: Final[Migrations] = {}
FOLDER: Final = "pods"
"""Kept as a walker is, in a folder beside those of the walkers."""
_PART: Final = LEDGER

# By the walker's entry and the pod's MAC: its logs as `PodLog.as_list` writes them.
type Positions = dict[str, dict[str, list[list[Any]]]]


class PodPositions:
    """The positions of all walkers, as they were when each was last unloaded."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._positions: Positions = {}
        self._archive = self._new_archive()
        self._is_loaded = False
        self._one_load = asyncio.Lock()
        self._is_lost = False

    def _new_archive(self) -> WalkerArchive:
        archive = WalkerArchive(self._hass, FOLDER, lambda _: None)
        archive.part(_PART)
        return archive

    async def async_load(self) -> None:
        """Read what was kept, once; raises StorageError for what a newer version wrote, and OSError.

        What can't be read is set aside and taken from the last copy. Is there none, it is lost (`take_loss`):
        then a pod that changes its walker may bring minutes of one who was removed. What the walkers there
        are have taken stands in their ledgers: this stops nobody.
        """
        async with self._one_load:
            if not self._is_loaded:
                self._positions = await self._async_read()
                self._is_loaded = True

    async def _async_read(self) -> Positions:
        entries = self._hass.config_entries.async_entries(DOMAIN)
        is_expected = any(CONF_POSITIONS_KEPT in entry.data for entry in entries)
        try:
            return await self._async_kept(is_expected=is_expected)
        except StorageError as err:
            if err.reason is Failure.TOO_NEW:
                raise
            _LOGGER.warning("Which minutes of pods belong to whom can't be read: %s", err)
            damaged = err.parts
        except OSError as err:
            if err.errno != errno.EIO:
                raise
            _LOGGER.warning("Which minutes of pods belong to whom lies on a bad sector: %s", err)
            damaged = ()
        if await async_go_back(self._hass, FOLDER, damaged):
            with contextlib.suppress(StorageError):
                return await self._async_kept()
        _LOGGER.warning("There is no copy either: who gets a pod from another walker may get minutes with it")
        await async_begin_anew(self._hass, FOLDER, {}, damaged)
        self._is_lost = True
        return await self._async_kept()

    async def _async_kept(self, *, is_expected: bool = False) -> Positions:
        await self._archive.async_load(is_expected=is_expected)
        with reading(_PART):
            return _read(self._archive.async_take(_PART))

    @callback
    def take_loss(self) -> bool:
        """Say once whether what was kept is lost."""
        is_lost, self._is_lost = self._is_lost, False
        return is_lost

    @callback
    def knows(self, entry_id: str) -> bool:
        """Say whether a walker had taken anything of a pod."""
        return any(self._positions.get(entry_id, {}).values())

    @callback
    def async_note(self, entry_id: str, ledger: Ledger, macs: Collection[str]) -> None:
        """Take down what a walker's ledger has taken of pods by now; `async_save` keeps it."""
        noted = {mac: [log.as_list() for log in ledger.logs(mac)] for mac in macs}
        self._positions[entry_id] = self._positions.get(entry_id, {}) | noted

    async def async_save(self) -> None:
        """Write down what was noted; what a disk does not take now is tried again."""
        document = {"version": VERSION, "walkers": dict(self._positions)}
        try:
            await self._archive.async_save(_PART, document)
        except OSError as err:
            _LOGGER.warning("Which minutes of pods belong to whom could not be written: %s", err)
            return
        for entry in self._hass.config_entries.async_entries(DOMAIN):
            if CONF_POSITIONS_KEPT not in entry.data:
                self._hass.config_entries.async_update_entry(
                    entry, data={**entry.data, CONF_POSITIONS_KEPT: True}
                )

    @callback
    def async_of_others(self, entry_id: str, mac: str) -> Iterator[list[PodLog]]:
        """Give what each walker but one has taken of a pod."""
        for walker, pods in self._positions.items():
            if walker != entry_id and mac in pods:
                yield [PodLog.from_list(log) for log in pods[mac]]

    async def async_remove(self) -> None:
        """Forget everything."""
        self._positions, self._archive = {}, self._new_archive()
        self._is_loaded = True
        await async_remove_kept(self._hass, FOLDER)


def _read(kept: dict[str, Any] | None) -> Positions:
    """Read what is kept, today's or as it was before it said a version; raises what `reading` turns."""
    if kept is None:
        return {}
    positions: Positions = lift(kept, VERSION, MIGRATIONS)["walkers"] if "version" in kept else kept
    for pods in positions.values():
        for logs in pods.values():
            for log in logs:
                PodLog.from_list(log)
    return positions


@singleton(HassKey[PodPositions](f"{DOMAIN}_pod_positions"))
@callback
def async_pod_positions(hass: HomeAssistant) -> PodPositions:
    """Return the positions all walkers share, perhaps not read yet."""
    return PodPositions(hass)
