"""Hourly statistics of a walker in the recorder, always equal to the ledger.

They are external statistics: no entity owns them, so a minute that arrives late can be written into
the hour it was walked in, together with the sums of all hours after it.
"""

from collections.abc import Collection
from datetime import UTC, datetime

from homeassistant.components.recorder.const import DOMAIN as RECORDER_DOMAIN
from homeassistant.components.recorder.models import StatisticData, StatisticMeanType, StatisticMetaData
from homeassistant.components.recorder.statistics import (
    async_add_external_statistics,
    statistics_during_period,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.recorder import get_instance
from homeassistant.util.unit_conversion import DistanceConverter, DurationConverter

from .const import DOMAIN
from .core.history.statistics_rows import SERIES, StatisticsRow, hourly_rows, rows_to_send
from .core.ledger.counts import ZERO
from .core.ledger.ledger import Ledger

UNIT_CLASSES = {"m": DistanceConverter.UNIT_CLASS, "min": DurationConverter.UNIT_CLASS, "steps": None}


def statistic_ids(slug: str) -> dict[str, str]:
    """Return the id of each series of a walker."""
    return {key: f"{DOMAIN}:{slug}_{key}" for key in SERIES}


@callback
def async_clear_statistics(hass: HomeAssistant, slug: str) -> None:
    """Remove all statistics of a walker."""
    if RECORDER_DOMAIN in hass.config.components:
        get_instance(hass).async_clear_statistics(list(statistic_ids(slug).values()))


class WalkerStatistics:
    """Writes the ledger's hours into the recorder, if there is one."""

    def __init__(self, hass: HomeAssistant, walker: str, slug: str, ledger: Ledger) -> None:
        self._hass = hass
        self._walker = walker
        self._ids = statistic_ids(slug)
        self._ledger = ledger

    @callback
    def async_send(self, changed_hours: Collection[datetime]) -> None:
        """Write the changed hours, and all later ones because their sums changed too."""
        if changed_hours and RECORDER_DOMAIN in self._hass.config.components:
            hours = self._ledger.hours(min(changed_hours))
            base = self._ledger.settled_total() - sum((counts for _, counts in hours), ZERO)
            self._async_import(hourly_rows(hours, base))

    async def async_heal(self) -> None:
        """Make the recorder say what the ledger says, from the first hour the recorder has on."""
        if RECORDER_DOMAIN not in self._hass.config.components:
            return
        recorder = get_instance(self._hass)
        # What waits to be written counts: a removed walker of this name may still be on its way out.
        await recorder.async_block_till_done()
        found = await recorder.async_add_executor_job(
            statistics_during_period,
            self._hass,
            datetime.fromtimestamp(0, UTC),
            None,
            set(self._ids.values()),
            "hour",
            None,
            {"state", "sum"},
        )
        stored = {
            key: [
                StatisticsRow(
                    start=datetime.fromtimestamp(row["start"], UTC),
                    state=row["state"] or 0,
                    sum=row["sum"] or 0,
                )
                for row in found.get(statistic_id, [])
            ]
            for key, statistic_id in self._ids.items()
        }
        if rows := rows_to_send(self._ledger, stored):
            self._async_import(rows)

    @callback
    def _async_import(self, rows: dict[str, list[StatisticsRow]]) -> None:
        for key, series in SERIES.items():
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
