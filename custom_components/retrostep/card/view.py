"""One walker as the card sees it, as far as entity states do not hold it."""

from collections.abc import Collection, Mapping
from datetime import date
from itertools import dropwhile
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from ..const import CONF_MAC, CONF_WALKER_SLUG, DOMAIN, SUBENTRY_POD
from ..coordinator import RetroStepConfigEntry, WalkerCoordinator
from ..core.goals.goal import Goal
from ..core.goals.view import Explanation
from ..core.history.history import Period
from ..core.history.hours_of_day import hours_of_today
from ..core.history.session_index import LastSession
from ..pods.device import async_find_pod, async_pod_name
from ..walker import STEPS, async_may

DAYS_SHOWN = 7

# The entity that each field of a walker, of a day or of an hour belongs to: who may not read it is not told.
FIELDS: Final[Mapping[str, str]] = {
    "today": STEPS,
    "since": STEPS,
    "days": STEPS,
    "hours": STEPS,
    "backward": STEPS,
    "forward": "sensor.forward_steps_today",
    "distance_m": "sensor.backward_distance_today",
    "walking_s": "sensor.backward_minutes_today",
    "sessions": "sensor.sessions_today",
    "goal": "sensor.daily_goal_progress",
    "explanation": "sensor.daily_goal_progress",
    "last_session": "sensor.last_session",
}


@callback
def walker_view(hass: HomeAssistant, entry: RetroStepConfigEntry, user: User) -> dict[str, Any] | None:
    """Describe a walker to a user; None if the user may see nothing of the walker.

    `entities` maps "platform.key" to the entity id of today, so that renamed entities are found; what is
    disabled or hidden from the user is not in it. Distances are metres, durations seconds, times ISO.
    """
    entities = _entities(hass, entry, user)
    if not entities and not async_may(hass, user, entry, POLICY_READ):
        return None
    loaded = entry.state is ConfigEntryState.LOADED
    device = dr.async_get(hass).async_get_device_by_identifier((DOMAIN, entry.entry_id), entry.entry_id)
    view: dict[str, Any] = {
        "entry_id": entry.entry_id,
        "slug": entry.data[CONF_WALKER_SLUG],
        "name": entry.title,
        "device_id": device.id if device else None,
        "loaded": loaded,
        "entities": entities,
        "pods": _pods(hass, entry, user),
    }
    if not loaded:
        return view
    hidden = {name for name, key in FIELDS.items() if not async_may(hass, user, entry, POLICY_READ, key)}
    return view | _without(hidden, _past(entry, entry.runtime_data))


@callback
def _may_read(user: User, entity_id: str) -> bool:
    return user.permissions.check_entity(entity_id, POLICY_READ)


def _without(hidden: Collection[str], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the fields that are hidden, and those of rows."""
    return {
        name: [_without(hidden, row) for row in value] if isinstance(value, list) else value
        for name, value in fields.items()
        if name not in hidden
    }


@callback
def _entities(hass: HomeAssistant, entry: RetroStepConfigEntry, user: User) -> dict[str, str]:
    """Give the walker's entities by what they are."""
    prefix = f"{entry.entry_id}_"
    return {
        f"{entity.domain}.{entity.unique_id.removeprefix(prefix)}": entity.entity_id
        for entity in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
        if entity.unique_id.startswith(prefix)
        and entity.disabled_by is None
        and _may_read(user, entity.entity_id)
    }


@callback
def _pods(hass: HomeAssistant, entry: RetroStepConfigEntry, user: User) -> list[dict[str, Any]]:
    """Give the walker's pods with their entities by the names the firmware gave them."""
    pods = []
    for subentry in entry.get_subentries_of_type(SUBENTRY_POD):
        pod = async_find_pod(hass, subentry.data[CONF_MAC])
        enabled = {
            name: entity_id
            for (_, name), entity_id in (pod.entities if pod else {}).items()
            if hass.states.get(entity_id) and _may_read(user, entity_id)
        }
        pods.append(
            {
                "name": async_pod_name(hass, subentry),
                "device_id": pod.device_id if pod else None,
                "entities": enabled,
            }
        )
    return pods


@callback
def _past(entry: RetroStepConfigEntry, coordinator: WalkerCoordinator) -> dict[str, Any]:
    """Give the last days with their own goals, the hours of today and the last session."""
    now = dt_util.utcnow()
    today = coordinator.data.today
    days = _days(coordinator)
    made = entry.created_at.astimezone(ZoneInfo(today.zone)).date().isoformat()
    return {
        "since": min([made, *(day["date"] for day in days[:1])]),
        "today": {"date": today.date.isoformat(), "start": today.start.isoformat(), "zone": today.zone},
        "days": days,
        "hours": [
            {"start": hour.start.isoformat(), "backward": hour.counts.back, "forward": hour.counts.fwd}
            for hour in hours_of_today(coordinator.ledger, now)
        ],
        "last_session": _session(coordinator.data.last_session),
        "explanation": _explanation(coordinator.data.goal.explanation),
    }


@callback
def _days(coordinator: WalkerCoordinator) -> list[dict[str, Any]]:
    """Give the last days of the walker, today last; `goal` is the one that held on the day."""
    periods = coordinator.history.last_days(DAYS_SHOWN, dt_util.utcnow())
    dated: list[tuple[Any, Period]] = [(period.dates[0], period) for period in periods if period.dates]
    goals = {day.day: day for day in coordinator.goals.days(dated[0][0], dated[-1][0])} if dated else {}

    def is_before(row: tuple[Any, Period]) -> bool:
        day, period = row
        return day != dated[-1][0] and day not in goals and not period.counts.back and not period.counts.fwd

    return [
        {
            "date": day.isoformat(),
            "backward": period.counts.back,
            "forward": period.counts.fwd,
            "distance_m": period.counts.back_dm / 10,
            "walking_s": period.counts.back_s,
            "sessions": period.sessions,
            "goal": None
            if (kept := goals.get(day)) is None
            else {
                "kind": kept.goal.kind.value,
                "value": kept.goal.value,
                "done": round(kept.done, 2),
                "met": kept.met,
                "status": kept.status.value,
            },
        }
        for day, period in dropwhile(is_before, dated)
    ]


def _explanation(explanation: Explanation) -> dict[str, Any]:
    """Give why the goal is what it is, to be written in the language of who reads it."""
    return {
        "key": explanation.key,
        "values": {
            name: {"kind": value.kind.value, "value": value.value}
            if isinstance(value, Goal)
            else value.isoformat()
            if isinstance(value, date)
            else value
            for name, value in explanation.placeholders.items()
        },
    }


def _session(last: LastSession | None) -> dict[str, Any] | None:
    """Describe the newest session."""
    if last is None:
        return None
    session = last.session
    return {
        "start": session.start.isoformat(),
        "end": session.end.isoformat(),
        "steps": session.steps,
        "distance_m": session.distance_dm / 10,
        "walking_s": session.walking_s,
    }
