"""What helps to find a fault, without what tells who walks."""

from datetime import date
from typing import TYPE_CHECKING, Any

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.util import dt as dt_util

from .const import CONF_MAC, CONF_PERSON, CONF_WALKER_SLUG

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant

    from .coordinator import RetroStepConfigEntry
    from .pod_sync import PodSync

TO_REDACT = {CONF_MAC, CONF_PERSON, CONF_WALKER_SLUG, "title", "unique_id", "node", "name", "entities"}


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: RetroStepConfigEntry
) -> dict[str, Any]:
    """Return the state of a walker's ledger and of the links to the pods."""
    coordinator = entry.runtime_data
    ledger = coordinator.ledger
    today = ledger.today(dt_util.utcnow())
    return {
        "entry": async_redact_data(dict(entry.data), TO_REDACT),
        "options": dict(entry.options),
        "ledger": {
            "today": today.counts.as_tuple(),
            "day_start": today.start.isoformat(),
            "day_end": today.end.isoformat(),
            "zone": today.zone,
            "total": ledger.total().as_tuple(),
            "settled_total": ledger.settled_total().as_tuple(),
            "hours": len(ledger.hours()),
            "days": len(ledger.days(date.min, date.max)),
        },
        "pods": [_pod(coordinator.ledger.position(mac), sync) for mac, sync in coordinator.syncs.items()],
    }


def _pod(position: Any, sync: PodSync) -> dict[str, Any]:
    pod, result = sync.pod, sync.last_result
    return {
        "in_esphome": pod.device is not None,
        "entities": sorted(f"{domain}: {name}" for domain, name in pod.device.entities) if pod.device else [],
        "reachable": pod.reachable,
        "live": pod.live,
        "acknowledged": position and position.after,
        "last_fetch": result
        and {"outcome": result.outcome.value, "reason": result.reason, "pages": result.pages},
    }
