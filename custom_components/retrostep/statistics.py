"""Hourly statistics of a walker in the recorder, equal to the ledger for the hours it knows.

They are external statistics: no entity owns them, so a minute that arrives late can be written into
the hour it was walked in, together with the sums of all hours after it.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime

from homeassistant.components.recorder.const import DOMAIN as RECORDER_DOMAIN
from homeassistant.components.recorder.models import StatisticData, StatisticMeanType, StatisticMetaData
from homeassistant.components.recorder.statistics import (
    async_add_external_statistics,
    get_metadata,
    statistics_during_period,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.recorder import get_instance
from homeassistant.util.unit_conversion import DistanceConverter, DurationConverter

from .const import DOMAIN
from .core.history.statistics_rows import EVERYTHING, SERIES, Healing, Rows, StatisticsRow
from .core.ledger.ledger import Ledger

UNIT_CLASSES = {"m": DistanceConverter.UNIT_CLASS, "min": DurationConverter.UNIT_CLASS, "steps": None}
UNITS_OF_CLASSES: dict[str, str] = {"distance": "m", "duration": "min"}


def statistic_ids(slug: str) -> dict[str, str]:
    """Return the id of each series of a walker."""
    return {key: f"{DOMAIN}:{slug}_{key}" for key in SERIES}


@callback
def async_clear_statistics(hass: HomeAssistant, slug: str) -> None:
    """Remove all statistics of a walker."""
    if RECORDER_DOMAIN in hass.config.components:
        get_instance(hass).async_clear_statistics(list(statistic_ids(slug).values()))


async def async_stored_rows(hass: HomeAssistant, slug: str) -> Rows:
    """Return what the recorder holds of each series of a walker."""
    recorder = get_instance(hass)
    await recorder.async_block_till_done()
    return await recorder.async_add_executor_job(_stored, hass, statistic_ids(slug), EVERYTHING)


async def async_has_rows(hass: HomeAssistant, slug: str, since: datetime) -> bool:
    """Say whether the recorder holds an hour of a walker that began after a moment."""
    if RECORDER_DOMAIN not in hass.config.components:
        return False
    recorder = get_instance(hass)
    rows = await recorder.async_add_executor_job(_stored, hass, statistic_ids(slug), since)
    return any(rows.values())


def _stored(hass: HomeAssistant, ids: Mapping[str, str], since: datetime) -> Rows:
    """Read what is stored of each series from an hour on; in a thread of the recorder."""
    found = statistics_during_period(
        hass, since, None, set(ids.values()), "hour", UNITS_OF_CLASSES, {"state", "sum"}
    )
    return {
        key: [
            StatisticsRow(
                start=datetime.fromtimestamp(row["start"], UTC), state=row["state"] or 0, sum=row["sum"] or 0
            )
            for row in found.get(statistic_id, [])
        ]
        for key, statistic_id in ids.items()
    }


class WalkerStatistics:
    """Writes the ledger's hours into the recorder, if there is one, after a look at what it has.

    Whatever was edited there meanwhile, sums go on without a leap.
    """

    def __init__(self, hass: HomeAssistant, walker: str, slug: str, ledger: Ledger) -> None:
        self._hass = hass
        self._walker = walker
        self._ids = statistic_ids(slug)
        self._healing = Healing(ledger)
        self._on_compared: Callable[[Sequence[datetime]], None] = lambda _: None
        self._changed: set[datetime] = set()
        self._everything = False
        self._task: asyncio.Task[None] | None = None

    @property
    def missing(self) -> Sequence[datetime]:
        """The hours that only the recorder has, as far as that is known."""
        return self._healing.missing

    @callback
    def async_start(self, on_compared: Callable[[Sequence[datetime]], None]) -> CALLBACK_TYPE:
        """Compare everything, soon; gives what ends it.

        `on_compared` is told the hours that only the recorder has, whenever everything was compared.
        """
        self._on_compared = on_compared
        self._async_compare_soon()
        return self._async_stop

    @callback
    def _async_stop(self) -> None:
        """Write nothing any more; what was not written is found at the next start."""
        if self._task:
            self._task.cancel()

    @callback
    def _async_compare_soon(self) -> None:
        self._everything = True
        self._async_work_soon()

    @callback
    def async_send(self, changed_hours: Collection[datetime]) -> None:
        """Write the changed hours, soon, and all later ones because their sums changed too."""
        if changed_hours:
            self._changed.update(changed_hours)
            self._async_work_soon()

    @callback
    def async_corrected(self, changed_hours: Collection[datetime]) -> None:
        """Write what a correction changed; it may also be of hours that only the recorder has."""
        if self.missing:
            self._async_compare_soon()
        self.async_send(changed_hours)

    @callback
    def _async_work_soon(self) -> None:
        if RECORDER_DOMAIN in self._hass.config.components and (self._task is None or self._task.done()):
            self._task = self._hass.async_create_background_task(
                self._async_work(), f"RetroStep statistics of {self._walker}"
            )

    async def _async_work(self) -> None:
        """Compare and write until nothing is left to do."""
        while self._everything or self._changed:
            changed, everything = frozenset(self._changed), self._everything
            self._changed.clear()
            # If this fails nothing is known any more.
            self._everything = True
            await self._async_compare(EVERYTHING if everything else self._healing.read_from(changed))

    async def _async_compare(self, since: datetime) -> None:
        """Write what the rows from an hour on, or all if these are not as expected, do not say."""
        recorder = get_instance(self._hass)
        # What waits to be written counts: a removed walker of this name may still be on its way out.
        await recorder.async_block_till_done()
        stored, rewrite = await recorder.async_add_executor_job(self._read, since)
        self._everything = False
        rows = self._healing.rows_to_send(stored, since, rewrite)
        if rows is None:
            self._everything = True
            return
        self._async_import(rows)
        if since == EVERYTHING:
            self._on_compared(self.missing)

    def _read(self, since: datetime) -> tuple[Rows, set[str]]:
        """Read what is stored from an hour on, and which series somebody gave another unit; in a thread."""
        ids = set(self._ids.values())
        stored = _stored(self._hass, self._ids, since)
        units = {
            statistic_id: metadata["unit_of_measurement"]
            for statistic_id, (_, metadata) in get_metadata(self._hass, statistic_ids=ids).items()
        }
        rewrite = {
            key
            for key, statistic_id in self._ids.items()
            if units.get(statistic_id, SERIES[key].unit) != SERIES[key].unit
        }
        return stored, rewrite

    @callback
    def _async_import(self, rows: Rows) -> None:
        for key, series in SERIES.items():
            if not rows[key]:
                continue
            metadata = StatisticMetaData(
                has_sum=True,
                mean_type=StatisticMeanType.NONE,
                name=f"{self._walker} {key.replace('_', ' ')}",
                source=DOMAIN,
                statistic_id=self._ids[key],
                unit_class=UNIT_CLASSES[series.unit],
                unit_of_measurement=series.unit,
            )
            # A list: the recorder reads it twice.
            data = [
                StatisticData(start=row["start"], state=row["state"], sum=row["sum"]) for row in rows[key]
            ]
            async_add_external_statistics(self._hass, metadata, data)
