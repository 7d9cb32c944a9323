"""What was taken of each pod by walkers who let go of it or are gone.

A pod keeps minutes long after they were fetched. Whoever gets it next must know which of them were
somebody else's, also when that walker's ledger is not there any more.
"""

from collections.abc import Collection, Iterator
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.storage import Store
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..core.ledger.ledger import Ledger
from ..core.ledger.pod_log import PodLog

STORE_VERSION = 1

# By the walker's entry and the pod's MAC: its logs as `PodLog.as_list` writes them.
type Positions = dict[str, dict[str, list[list[Any]]]]


class PodPositions:
    """The positions of all walkers, as they were when each was last unloaded."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._store: Store[Positions] = Store(hass, STORE_VERSION, f"{DOMAIN}.pods", private=True)
        self._positions: Positions = {}

    async def async_load(self) -> None:
        """Read what was kept."""
        self._positions = await self._store.async_load() or {}

    @callback
    def async_note(self, entry_id: str, ledger: Ledger, macs: Collection[str]) -> None:
        """Take down what a walker's ledger has taken of pods by now; `async_save` keeps it."""
        self._positions.setdefault(entry_id, {}).update(
            {mac: [log.as_list() for log in ledger.logs(mac)] for mac in macs}
        )

    async def async_save(self) -> None:
        """Write down what was noted."""
        await self._store.async_save(self._positions)

    @callback
    def async_of_others(self, entry_id: str, mac: str) -> Iterator[list[PodLog]]:
        """Give what each walker but one has taken of a pod."""
        for walker, pods in self._positions.items():
            if walker != entry_id and mac in pods:
                yield [PodLog.from_list(log) for log in pods[mac]]

    async def async_remove(self) -> None:
        """Forget everything."""
        self._positions = {}
        await self._store.async_remove()


@singleton(HassKey[PodPositions](f"{DOMAIN}_pod_positions"), async_=True)
async def async_pod_positions(hass: HomeAssistant) -> PodPositions:
    """Return the positions all walkers share."""
    positions = PodPositions(hass)
    await positions.async_load()
    return positions
