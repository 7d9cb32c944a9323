"""Where a walker's reminders go: what was chosen, else the person's own phones."""

from dataclasses import dataclass

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er

from ..const import CONF_PERSON, MOBILE_APP_DOMAIN
from ..core.sitting.settings import ReminderSettings
from .host import Host
from .phones import async_person_phones, async_phone_action, async_phone_entity
from .surroundings import async_to_entity_id


@dataclass(frozen=True, slots=True)
class Target:
    """What is notified: a phone by its own action, which knows buttons, or a notify entity."""

    address: str
    name: str
    is_phone: bool


@callback
def async_targets(host: Host, chosen: ReminderSettings) -> list[Target]:
    """Give the phones and the other notify entities that are there now."""
    hass = host.hass
    others = [entity_id for entity_id in _chosen_entities(hass, chosen) if not _phone_of(hass, entity_id)]
    phones, plain = [], []
    for device_id in async_phones(host, chosen):
        name = _device_name(hass, device_id)
        if action := async_phone_action(hass, device_id):
            phones.append(Target(action, name, is_phone=True))
        elif entity_id := async_phone_entity(hass, device_id):
            # No action of its own, as another phone of the same name has it: without buttons.
            plain.append(Target(entity_id, name, is_phone=False))
    named = [Target(entity_id, _entity_name(hass, entity_id), is_phone=False) for entity_id in others]
    return [*phones, *named, *plain]


@callback
def async_phones(host: Host, chosen: ReminderSettings) -> list[str]:
    """Give the device ids of the phones that are notified, by whichever way they were chosen.

    Where nothing was chosen they are the person's own.
    """
    if not chosen.phones and not chosen.notify:
        return async_person_phones(host.hass, host.config_entry.data[CONF_PERSON])
    # By its notify entity it is the same phone, but its action knows buttons.
    entities = _chosen_entities(host.hass, chosen)
    by_entity = (_phone_of(host.hass, entity_id) for entity_id in entities)
    return list(dict.fromkeys([*chosen.phones, *filter(None, by_entity)]))


def _chosen_entities(hass: HomeAssistant, chosen: ReminderSettings) -> list[str]:
    kept = (async_to_entity_id(hass, one) for one in chosen.notify)
    return [entity_id for entity_id in kept if entity_id is not None]


def _phone_of(hass: HomeAssistant, entity_id: str) -> str | None:
    entry = er.async_get(hass).async_get(entity_id)
    return entry.device_id if entry and entry.platform == MOBILE_APP_DOMAIN else None


def _device_name(hass: HomeAssistant, device_id: str) -> str:
    device = dr.async_get(hass).async_get(device_id)
    return (device and (device.name_by_user or device.name)) or device_id


def _entity_name(hass: HomeAssistant, entity_id: str) -> str:
    state = hass.states.get(entity_id)
    return state.name if state else entity_id
