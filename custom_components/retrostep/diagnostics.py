"""What helps to find a fault, without what tells who walks, where, or with which things of the house."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from homeassistant.components.diagnostics import REDACTED, async_redact_data
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from .const import (
    CONF_MAC,
    CONF_PERSON,
    CONF_TIME_ZONE,
    CONF_WALKER_SLUG,
    CONF_WEIGHT_KG,
    DOMAIN,
    SECTION_COACH,
    SECTION_GOALS,
    SECTION_REMINDERS,
)
from .coordinator import RetroStepConfigEntry, WalkerCoordinator
from .core.goals.programme import CONF_PROGRAMME
from .core.guided_sessions.coaching import NAMES_OF_THINGS
from .core.ledger.page import Position
from .features.guided_sessions import START_THREE_METRES
from .features.pod_sounds import GOAL_TUNE, METRONOME, METRONOME_RATE, REMIND
from .issues.pod import async_about
from .issues.walker import ISSUE_OF_SETTING, async_gone_settings, async_person_is_gone
from .pods.pod import (
    BACKWARD_STEPS,
    BATTERY_LEVEL,
    CADENCE,
    CHARGING,
    PREVENT_SLEEP,
    SPEED,
    STATUS,
    THREE_METRES,
    THREE_METRES_TIME,
    UNSYNCED_MINUTES,
    WALKING_BACKWARD,
    WORN,
)
from .pods.sync import PodSync

# The entities that are read or pressed here, by the names of the firmware.
NAMED: Final = {
    BACKWARD_STEPS,
    BATTERY_LEVEL,
    CADENCE,
    CHARGING,
    GOAL_TUNE,
    METRONOME,
    METRONOME_RATE,
    PREVENT_SLEEP,
    REMIND,
    SPEED,
    START_THREE_METRES,
    STATUS,
    THREE_METRES,
    THREE_METRES_TIME,
    UNSYNCED_MINUTES,
    WALKING_BACKWARD,
    WORN,
}

TO_REDACT: Final = {CONF_MAC, CONF_PERSON, CONF_WALKER_SLUG, CONF_TIME_ZONE, CONF_WEIGHT_KG}


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: RetroStepConfigEntry
) -> dict[str, Any]:
    """Return the state of a walker's ledger, of what lives from it and of the links to the pods."""
    coordinator = entry.runtime_data
    ledger = coordinator.ledger
    today = ledger.today(dt_util.utcnow())
    return {
        "entry": async_redact_data(dict(entry.data), TO_REDACT),
        "options": _options(entry.options),
        "issues": _issues(hass, entry),
        "person_gone": async_person_is_gone(hass, entry),
        "settings_gone": {name: len(gone) for name, gone in async_gone_settings(hass, entry).items()},
        "ledger": {
            "today": today.counts.as_tuple(),
            # The offsets of these tell what the zone does; its name would tell where the walker lives.
            "day_start": today.start.isoformat(),
            "day_end": today.end.isoformat(),
            "total": ledger.total().as_tuple(),
            "settled_total": ledger.settled_total().as_tuple(),
            "hours": len(ledger.hours()),
            "days": len(ledger.days(date.min, date.max)),
        },
        # Hours that Home Assistant's statistics have and the ledger lacks.
        "statistics": {"hours_missing": len(coordinator.statistics.missing)},
        "goal": _goal(coordinator),
        "sitting": {
            **_plain(coordinator.reminders.view),
            "days": len(coordinator.reminders.days(date.min, date.max)),
        },
        "guide": {
            **_plain(coordinator.guided_sessions.view),
            "three_metres": _plain(coordinator.guided_sessions.three_metres),
        },
        "pods": [_pod(ledger.position(mac), sync) for mac, sync in coordinator.syncs.items()],
    }


def _options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Give the settings; of what they name in the house only how many there are."""
    told: dict[str, Any] = async_redact_data(dict(options), TO_REDACT)
    told = {**told, SECTION_GOALS: async_redact_data(dict(told.get(SECTION_GOALS, {})), {CONF_PROGRAMME})}
    for section, names in ((SECTION_REMINDERS, ISSUE_OF_SETTING), (SECTION_COACH, NAMES_OF_THINGS)):
        settings = dict(told.get(section, {}))
        for name in {*names} & settings.keys():
            kept = settings[name]
            settings[name] = [REDACTED] * len(kept) if isinstance(kept, list) else kept and REDACTED
        told = {**told, section: settings}
    return told


def _issues(hass: HomeAssistant, entry: RetroStepConfigEntry) -> list[str]:
    """Give the kinds of the issues that concern the walker or a pod of theirs."""
    mine = (entry.entry_id, *(async_about(hass, mac) for mac in entry.runtime_data.syncs))
    return sorted(
        issue.translation_key
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN and issue.active and issue.translation_key and issue.issue_id.endswith(mine)
    )


def _goal(coordinator: WalkerCoordinator) -> dict[str, Any]:
    """Give today's goal; its explanation by the key of the text only."""
    told = _plain(coordinator.goals.view)
    told["explanation"] = coordinator.goals.view.explanation.key
    # Which program somebody follows tells what they are ill with.
    programme = coordinator.goals.view.programme
    told["programme"] = programme and {"state": programme.state.value, "week": programme.week}
    told["settings"].pop("programme")
    return {**told, "days": len(coordinator.goals.days(date.min, date.max))}


def _plain(view: Any) -> dict[str, Any]:
    """Turn what is shown into plain data."""
    told: dict[str, Any] = asdict(view)
    return told


def _pod(position: Position | None, sync: PodSync) -> dict[str, Any]:
    pod, result = sync.pod, sync.last_result
    named = pod.device.entities if pod.device else {}
    return {
        "in_esphome": pod.device is not None,
        # A pod's YAML is the person's own: what they added to it may be called after anything.
        "entities": sorted(f"{domain}: {name}" for domain, name in named if name in NAMED),
        "other_entities": sum(name not in NAMED for _, name in named),
        "reachable": pod.reachable,
        "live": pod.live,
        "acknowledged": position and position.after,
        "complete_at": sync.complete_at,
        # Without the detail, which may hold names and addresses.
        "last_fetch": result
        and {
            "outcome": result.outcome.value,
            "reason": result.reason,
            "pages": result.pages,
            "clock_skew_s": result.clock_skew_s,
            "lost_rows": result.lost_rows,
        },
    }
