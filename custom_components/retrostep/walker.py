"""Who walks and which pods belong to whom, read from all config entries of the integration."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.auth.models import User
from homeassistant.components.person.const import DOMAIN as PERSON_DOMAIN
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import format_mac
from homeassistant.helpers.selector import EntitySelector, EntitySelectorConfig
from homeassistant.util import dt as dt_util
from homeassistant.util import slugify
from homeassistant.util.ulid import ulid_now

from .const import (
    CONF_DASHBOARD,
    CONF_DAY_START,
    CONF_GUEST_NAME,
    CONF_KEPT,
    CONF_MAC,
    CONF_PERSON,
    CONF_POSITIONS_KEPT,
    CONF_SHOW,
    CONF_TIME_ZONE,
    CONF_WALKER_SLUG,
    CONF_WEIGHT_KG,
    DEFAULT_DAY_START,
    DOMAIN,
    SECTION_BODY,
    SECTION_CALENDAR,
    SUBENTRY_POD,
)

# What somebody may see or do of a walker is what they may of this entity.
STEPS: Final = "sensor.backward_steps_today"

# A short name is part of every entity id.
SLUG_MAX: Final = 32
GUEST_NAME_MAX: Final = 60

PERSON_SELECTOR: Final = EntitySelector(EntitySelectorConfig(domain=PERSON_DOMAIN))


@dataclass(frozen=True, slots=True)
class Walker:
    """A walker as chosen in a flow: a person of Home Assistant, or a guest (`person` is None)."""

    unique_id: str
    name: str
    person: str | None


@callback
def async_walker_entries(hass: HomeAssistant) -> list[ConfigEntry]:
    """Return the entry of every walker."""
    return hass.config_entries.async_entries(DOMAIN, include_ignore=False)


@callback
def async_may(
    hass: HomeAssistant, user: User | None, entry: ConfigEntry, policy: str, key: str = STEPS
) -> bool:
    """Say whether a user may read or control a walker, by Home Assistant's rights on one of its entities.

    `key` is "platform.key". Whether the entity is enabled does not matter. Without a user, as in automations,
    everything is allowed.
    """
    if user is None or user.is_admin:
        return True
    platform, _, name = key.partition(".")
    registered = er.async_get(hass).async_get_entity_id(platform, DOMAIN, f"{entry.entry_id}_{name}")
    entity_id = registered or f"{platform}.{entry.data[CONF_WALKER_SLUG]}_{name}"
    return user.permissions.check_entity(entity_id, policy)


@callback
def async_settings(entry: ConfigEntry, section: str) -> Mapping[str, Any]:
    """Give a section of a walker's settings; empty while nothing of it was set."""
    settings: Mapping[str, Any] = entry.options.get(section, {})
    return settings


@callback
def async_with_settings(entry: ConfigEntry, section: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Give a walker's options with another section of settings."""
    return {**entry.options, section: dict(settings)}


@callback
def async_weight_kg(entry: ConfigEntry) -> float | None:
    """Give the weight the walker entered."""
    weight_kg: float | None = async_settings(entry, SECTION_BODY).get(CONF_WEIGHT_KG)
    return weight_kg


@callback
def async_wants_calendar(entry: ConfigEntry) -> bool:
    """Say whether the walker has a calendar."""
    return bool(async_settings(entry, SECTION_CALENDAR).get(CONF_SHOW))


@callback
def async_day_start(entry: ConfigEntry) -> time:
    """Give when the walker's days begin."""
    text = entry.options.get(CONF_DAY_START)
    return time.fromisoformat(text) if text else DEFAULT_DAY_START


async def async_zone(hass: HomeAssistant, entry: ConfigEntry) -> ZoneInfo:
    """Give the walker's zone: the chosen one, else Home Assistant's."""
    for name in (entry.options.get(CONF_TIME_ZONE), hass.config.time_zone):
        if name and (zone := await dt_util.async_get_time_zone(name)):
            return zone
    return ZoneInfo("UTC")


@callback
def async_set_up_by(entry: ConfigEntry) -> tuple[object, ...]:
    """Give what, once changed, makes a new set-up necessary."""
    return (
        entry.title,
        {
            key: entry.data[key]
            for key in entry.data.keys() - {CONF_KEPT, CONF_POSITIONS_KEPT, CONF_DASHBOARD}
        },
        entry.options.get(CONF_TIME_ZONE),
        entry.options.get(CONF_DAY_START),
        async_weight_kg(entry) is None,
        async_wants_calendar(entry),
        {subentry.data[CONF_MAC] for subentry in entry.get_subentries_of_type(SUBENTRY_POD)},
    )


@callback
def async_has_pods(entry: ConfigEntry) -> bool:
    """Say whether the walker was given a pod, whether it is in reach or not."""
    return any(True for _ in entry.get_subentries_of_type(SUBENTRY_POD))


@callback
def async_macs_in_use(hass: HomeAssistant) -> set[str]:
    """Return the MACs of all pods that belong to a walker."""
    return {
        format_mac(subentry.data[CONF_MAC])
        for entry in async_walker_entries(hass)
        for subentry in entry.get_subentries_of_type(SUBENTRY_POD)
    }


@callback
def async_valid_walker(
    hass: HomeAssistant,
    user_input: Mapping[str, Any],
    errors: dict[str, str],
    current: ConfigEntry | None = None,
) -> Walker | None:
    """Return the walker a form asks for: a person or a guest with a name; says in `errors` why there is none.

    `current` is the entry of the walker who becomes this person or guest, if there is one already.
    """
    person, guest = user_input.get(CONF_PERSON), " ".join(user_input.get(CONF_GUEST_NAME, "").split())
    if not person:
        return _async_valid_guest(hass, guest, errors, current)
    if guest:
        errors[CONF_GUEST_NAME] = "person_or_guest"
        return None
    if (registered := er.async_get(hass).async_get(person)) is None:
        errors[CONF_PERSON] = "person_not_found"
        return None
    if registered.id in {entry.unique_id for entry in async_walker_entries(hass) if entry is not current}:
        errors[CONF_PERSON] = "person_has_walker"
        return None
    state = hass.states.get(registered.entity_id)
    name = state.name if state else registered.name or registered.original_name
    return Walker(registered.id, name or registered.entity_id, registered.id)


@callback
def _async_valid_guest(
    hass: HomeAssistant, name: str, errors: dict[str, str], current: ConfigEntry | None
) -> Walker | None:
    if not name:
        errors[CONF_PERSON] = "nobody_chosen"
    elif len(name) > GUEST_NAME_MAX:
        errors[CONF_GUEST_NAME] = "name_too_long"
    elif name in {entry.title for entry in async_walker_entries(hass) if entry is not current}:
        errors[CONF_GUEST_NAME] = "name_taken"
    else:
        stays_guest = current is not None and current.data[CONF_PERSON] is None
        return Walker((stays_guest and current and current.unique_id) or ulid_now(), name, None)
    return None


@callback
def async_person_entity_id(hass: HomeAssistant, entry: ConfigEntry) -> str | None:
    """Return the entity id of the walker's person as it is called today."""
    person: str | None = entry.data[CONF_PERSON]
    registered = er.async_get(hass).async_get(person) if person else None
    return registered.entity_id if registered else None


@callback
def async_free_slug(hass: HomeAssistant, name: str) -> str:
    """Make a short name of a walker's name, one that no other walker has."""
    taken = async_slugs(hass)
    base = slug = slugify(name)[:SLUG_MAX].strip("_")
    number = 1
    while slug in taken:
        number += 1
        slug = f"{base}_{number}"
    return slug


@callback
def async_slugs(hass: HomeAssistant) -> set[str]:
    """Return the short names that walkers have."""
    return {entry.data[CONF_WALKER_SLUG] for entry in async_walker_entries(hass)}
