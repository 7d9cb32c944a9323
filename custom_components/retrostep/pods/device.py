"""Where Home Assistant keeps a pod: its ESPHome entry, its device and the device's entities.

Everything is read from the public registries; ESPHome's own objects are never touched.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from homeassistant.components.update.const import UpdateEntityFeature
from homeassistant.config_entries import SOURCE_IGNORE, ConfigEntry, ConfigSubentry
from homeassistant.const import ATTR_SUPPORTED_FEATURES, STATE_ON, Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er

from ..const import CONF_MAC, ESPHOME_DOMAIN

# The two halves of the firmware's project name `retrostep.step_pod`.
POD_MANUFACTURER = "retrostep"
POD_MODEL = "step_pod"

# Key of the node name in the data of an ESPHome config entry.
ESPHOME_DEVICE_NAME = "device_name"


@dataclass(frozen=True, slots=True)
class PodDevice:
    """A pod as ESPHome shows it to Home Assistant.

    `node` is the name its actions should begin with (empty as long as ESPHome has not heard it), `is_unique`
    that no other pod has it; `entities` maps (entity platform, name given by the firmware) to the entity
    id of today.
    """

    mac: str
    name: str
    device_id: str
    entry_id: str
    node: str
    is_unique: bool
    entities: Mapping[tuple[str, str], str]


@callback
def async_find_pod(hass: HomeAssistant, mac: str) -> PodDevice | None:
    """Return the pod with this formatted MAC, or None while ESPHome does not have it."""
    entry = _async_esphome_entry(hass, mac)
    return _async_pod_of_entry(hass, entry) if entry else None


@callback
def async_pod_name(hass: HomeAssistant, subentry: ConfigSubentry) -> str:
    """Return the name of a walker's pod, the one it had if ESPHome has lost it."""
    pod = async_find_pod(hass, subentry.data[CONF_MAC])
    return pod.name if pod else subentry.title


class Presence(StrEnum):
    """What ESPHome knows of a pod that belongs to a walker; what is wrong is the key of its issue."""

    THERE = "there"
    DISABLED = "pod_disabled"
    GONE = "pod_gone"
    AMBIGUOUS = "pod_name_shared"


@callback
def async_presence(hass: HomeAssistant, mac: str) -> Presence:
    """Say whether ESPHome has a pod, whether it is in reach or not."""
    entry = _async_esphome_entry(hass, mac)
    if entry is None or entry.source == SOURCE_IGNORE:
        return Presence.GONE
    device = _async_device(hass, entry)
    if entry.disabled_by or (device and device.disabled):
        return Presence.DISABLED
    if device is None:
        # A device that was not connected yet may still turn out to be a pod.
        return Presence.THERE
    if not _is_pod(device):
        return Presence.GONE
    return (
        Presence.THERE
        if node_of(entry) not in async_other_nodes(hass, entry.entry_id)
        else Presence.AMBIGUOUS
    )


async def async_enable(hass: HomeAssistant, mac: str) -> None:
    """Have ESPHome use a pod again."""
    if not (entry := _async_esphome_entry(hass, mac)):
        return
    if entry.disabled_by:
        await hass.config_entries.async_set_disabled_by(entry.entry_id, None)
    device = _async_device(hass, entry)
    if device and device.disabled:
        dr.async_get(hass).async_update_device(device.id, disabled_by=None)


async def async_connect_anew(hass: HomeAssistant, mac: str) -> bool:
    """Have ESPHome connect to a pod anew; returns False if it can't."""
    entry = _async_esphome_entry(hass, mac)
    if entry is None or entry.disabled_by or not entry.state.recoverable:
        return False
    return await hass.config_entries.async_reload(entry.entry_id)


@callback
def async_update_entity(hass: HomeAssistant, mac: str) -> str | None:
    """Give the entity that can install a newer firmware on a pod now."""
    entry = _async_esphome_entry(hass, mac)
    if entry is None or (device := _async_device(hass, entry)) is None:
        return None
    for entity in er.async_entries_for_device(er.async_get(hass), device.id):
        state = hass.states.get(entity.entity_id)
        if (
            entity.domain == Platform.UPDATE
            and state is not None
            and state.state == STATE_ON
            and state.attributes.get(ATTR_SUPPORTED_FEATURES, 0) & UpdateEntityFeature.INSTALL
        ):
            return entity.entity_id
    return None


@callback
def _async_esphome_entry(hass: HomeAssistant, mac: str) -> ConfigEntry | None:
    entries = hass.config_entries
    if entry := entries.async_entry_for_domain_unique_id(ESPHOME_DOMAIN, mac):
        return entry
    # An old entry may spell the MAC otherwise.
    wanted = dr.format_mac(mac)
    same = (entry for entry in entries.async_entries(ESPHOME_DOMAIN) if wanted == _mac_of(entry))
    return next(same, None)


def _mac_of(entry: ConfigEntry) -> str | None:
    return dr.format_mac(entry.unique_id) if entry.unique_id else None


def node_of(entry: ConfigEntry) -> str:
    """Give the name of an ESPHome entry's node as its actions have it; empty: not heard yet."""
    name: str = entry.data.get(ESPHOME_DEVICE_NAME, "")
    return name.replace("-", "_").lower()


@callback
def async_other_nodes(hass: HomeAssistant, entry_id: str) -> set[str]:
    """Give the names that other pods of ESPHome have for their actions."""
    others = hass.config_entries.async_entries(ESPHOME_DOMAIN, include_ignore=False, include_disabled=False)
    return {
        node_of(other)
        for other in others
        if other.entry_id != entry_id and (device := _async_device(hass, other)) and _is_pod(device)
    }


@callback
def _async_device(hass: HomeAssistant, entry: ConfigEntry) -> dr.DeviceEntry | None:
    """Return the device of an ESPHome entry."""
    if not (mac := _mac_of(entry)):
        return None
    return dr.async_get(hass).async_get_device_by_connection((dr.CONNECTION_NETWORK_MAC, mac), entry.entry_id)


def _is_pod(device: dr.DeviceEntry) -> bool:
    """Say whether a device runs the firmware of a pod."""
    return device.manufacturer == POD_MANUFACTURER and (device.model or "").startswith(POD_MODEL)


@callback
def async_all_pods(hass: HomeAssistant) -> list[PodDevice]:
    """Return every pod that ESPHome has."""
    entries = hass.config_entries.async_entries(ESPHOME_DOMAIN, include_ignore=False)
    return [pod for entry in entries if (pod := _async_pod_of_entry(hass, entry))]


@callback
def _async_pod_of_entry(hass: HomeAssistant, entry: ConfigEntry) -> PodDevice | None:
    device, mac = _async_device(hass, entry), _mac_of(entry)
    if device is None or mac is None or not _is_pod(device):
        return None
    return PodDevice(
        mac=mac,
        name=device.name_by_user or device.name or entry.title,
        device_id=device.id,
        entry_id=entry.entry_id,
        node=node_of(entry),
        is_unique=node_of(entry) not in async_other_nodes(hass, entry.entry_id),
        entities={
            (entity.domain, entity.original_name): entity.entity_id
            for entity in er.async_entries_for_device(er.async_get(hass), device.id)
            if entity.platform == ESPHOME_DOMAIN and entity.original_name
        },
    )
