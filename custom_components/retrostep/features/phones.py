"""How a phone is notified, by what the companion app's own integration says of it.

The name of a phone's notify action is that integration's business: two phones of one name share one action,
and a phone renamed in the app gets another. So it is asked for by the phone, never put together here.
"""

from typing import Final

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er

from ..const import MOBILE_APP_DOMAIN

# Where the companion app's integration keeps who signed a phone in.
CONF_USER_ID: Final = "user_id"
# Of a person's state; what Home Assistant calls it in its own code differs from release to release.
ATTR_DEVICE_TRACKERS: Final = "device_trackers"


@callback
def async_phone_action(hass: HomeAssistant, device_id: str) -> str | None:
    """Give the notify action of a phone, which knows buttons; None if it has none of its own."""
    if MOBILE_APP_DOMAIN not in hass.config.components:
        return None
    # It brings the cloud and more with it: only where the companion app is used anyway.
    from homeassistant.components.mobile_app.util import (  # noqa: PLC0415
        get_notify_service,
        webhook_id_from_device_id,
    )

    if (webhook_id := webhook_id_from_device_id(hass, device_id)) is None:
        return None
    try:
        return get_notify_service(hass, webhook_id)
    except KeyError:
        # The companion app's integration is still being set up.
        return None


@callback
def async_phone_entity(hass: HomeAssistant, device_id: str) -> str | None:
    """Give the notify entity of a phone, which takes a text only; None if it has none that is enabled."""
    return next(
        (
            entity.entity_id
            for entity in er.async_entries_for_device(er.async_get(hass), device_id)
            if entity.platform == MOBILE_APP_DOMAIN and entity.domain == Platform.NOTIFY
        ),
        None,
    )


@callback
def async_phone_user(hass: HomeAssistant, device_id: str) -> str | None:
    """Give the id of the user who signed a phone in; None if it is no phone."""
    device = dr.async_get(hass).async_get(device_id)
    entry = hass.config_entries.async_get_entry(device.config_entry_id) if device else None
    if entry is None or entry.domain != MOBILE_APP_DOMAIN:
        return None
    user_id: str | None = entry.data.get(CONF_USER_ID)
    return user_id


@callback
def async_phone_maker(hass: HomeAssistant, device_id: str) -> str | None:
    """Give who made a phone; None if it is no device of its own."""
    device = dr.async_get(hass).async_get(device_id)
    return device.manufacturer if isinstance(device, dr.DeviceEntry) else None


@callback
def async_can_be_notified(hass: HomeAssistant, device_id: str) -> bool:
    """Say whether a phone can be notified in any way."""
    return bool(async_phone_action(hass, device_id) or async_phone_entity(hass, device_id))


@callback
def async_person_phones(hass: HomeAssistant, person: str | None) -> list[str]:
    """Give the device ids of a person's phones that can be notified; `person` is a registry id.

    They are the companion apps among the device trackers that Home Assistant knows the person by.
    """
    registry = er.async_get(hass)
    entity_id = er.async_resolve_entity_id(registry, person) if person else None
    state = hass.states.get(entity_id) if entity_id else None
    trackers = state.attributes.get(ATTR_DEVICE_TRACKERS) or () if state else ()
    entries = (registry.async_get(tracker) for tracker in trackers)
    phones = (entry.device_id for entry in entries if entry and entry.platform == MOBILE_APP_DOMAIN)
    return [phone for phone in dict.fromkeys(phones) if phone and async_can_be_notified(hass, phone)]
