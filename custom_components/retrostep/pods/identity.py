"""Which pod is whose, beyond its MAC: a board is replaced, a node is renamed, an entry is made anew.

A pod's subentry notes by which ESPHome entry the pod was known and under which name its action was found.
"""

from collections.abc import Collection
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry, ConfigSubentryData
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.device_registry import format_mac

from ..const import CONF_ESPHOME_ENTRY, CONF_MAC, CONF_NODE, DOMAIN, SUBENTRY_POD
from .device import PodDevice, async_all_pods


def pod_subentry(pod: PodDevice) -> ConfigSubentryData:
    """Give the subentry that makes a pod a walker's."""
    return ConfigSubentryData(data=_noted(pod), subentry_type=SUBENTRY_POD, title=pod.name, unique_id=pod.mac)


def _noted(pod: PodDevice) -> dict[str, Any]:
    return {CONF_MAC: pod.mac, CONF_ESPHOME_ENTRY: pod.entry_id, CONF_NODE: pod.node}


@callback
def async_subentry(entry: ConfigEntry, mac: str) -> ConfigSubentry | None:
    """Return the subentry of one of a walker's pods."""
    subentries = entry.get_subentries_of_type(SUBENTRY_POD)
    return next((subentry for subentry in subentries if subentry.data[CONF_MAC] == mac), None)


@callback
def async_note(hass: HomeAssistant, entry: ConfigEntry, mac: str, pod: PodDevice, node: str) -> None:
    """Note by which ESPHome entry a walker's pod is known and under which name its action is found."""
    if subentry := async_subentry(entry, mac):
        noted = {CONF_ESPHOME_ENTRY: pod.entry_id, CONF_NODE: node}
        hass.config_entries.async_update_subentry(entry, subentry, data={**subentry.data, **noted})


@callback
def async_successor(
    hass: HomeAssistant, subentry: ConfigSubentry, in_use: Collection[str]
) -> PodDevice | None:
    """Return the pod that ESPHome has in the place of one that is gone, unless its MAC is in use.

    ESPHome's repair for a replaced board gives the entry another MAC; its set-up may make a new entry of the
    same name instead.
    """
    free = [pod for pod in async_all_pods(hass) if pod.mac not in in_use]
    same_entry = [pod for pod in free if pod.entry_id == subentry.data.get(CONF_ESPHOME_ENTRY)]
    same_name = [pod for pod in free if pod.node and pod.node == subentry.data.get(CONF_NODE)]
    found = same_entry or same_name
    return found[0] if len(found) == 1 else None


@callback
def async_replace(hass: HomeAssistant, entry: ConfigEntry, subentry: ConfigSubentry, new: PodDevice) -> None:
    """Let a walker's pod be another board from now on; what the old one counted stays."""
    async_dismiss_discoveries(hass, [new.mac])
    hass.config_entries.async_update_subentry(
        entry, subentry, data={**subentry.data, **_noted(new)}, unique_id=new.mac
    )


@callback
def async_dismiss_discoveries(hass: HomeAssistant, macs: Collection[str], but: str | None = None) -> None:
    """Drop the discovery cards of pods that have just found their walker, but not this flow."""
    for flow in hass.config_entries.flow.async_progress_by_handler(DOMAIN):
        unique_id = flow["context"].get("unique_id")
        if unique_id and format_mac(unique_id) in macs and flow["flow_id"] != but:
            hass.config_entries.flow.async_abort(flow["flow_id"])
