"""Pods that ESPHome has and nobody wears are offered, however they came to ESPHome.

A pod on another network is not heard there, and one that was added to ESPHome by its address need not be.
"""

from collections.abc import Callable

from homeassistant.config_entries import SOURCE_INTEGRATION_DISCOVERY
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import discovery_flow
from homeassistant.helpers.device_registry import EventDeviceRegistryUpdatedData, format_mac
from homeassistant.helpers.start import async_at_started

from ..const import CONF_MAC, DOMAIN
from .device import POD_MANUFACTURER, async_all_pods

CONF_NAME = "name"


@callback
def async_offer_pods(hass: HomeAssistant, macs_in_use: Callable[[], set[str]]) -> None:
    """Offer pods that belong to nobody, once Home Assistant has started and whenever ESPHome gets one."""

    @callback
    def is_ours(data: EventDeviceRegistryUpdatedData) -> bool:
        if data["action"] == "remove":
            return False
        device = dr.async_get(hass).async_get(data["device_id"])
        return isinstance(device, dr.DeviceEntry) and device.manufacturer == POD_MANUFACTURER

    @callback
    def changed(event: Event[EventDeviceRegistryUpdatedData]) -> None:
        _async_offer_free_pods(hass, macs_in_use())

    @callback
    def started(_: HomeAssistant) -> None:
        _async_offer_free_pods(hass, macs_in_use())
        hass.bus.async_listen(dr.EVENT_DEVICE_REGISTRY_UPDATED, changed, is_ours)

    async_at_started(hass, started)


@callback
def _async_offer_free_pods(hass: HomeAssistant, known: set[str]) -> None:
    for flow in hass.config_entries.flow.async_progress_by_handler(DOMAIN):
        if unique_id := flow["context"].get("unique_id"):
            known.add(format_mac(unique_id))
    for pod in async_all_pods(hass):
        if pod.mac not in known:
            discovery_flow.async_create_flow(
                hass,
                DOMAIN,
                context={"source": SOURCE_INTEGRATION_DISCOVERY},
                data={CONF_MAC: pod.mac, CONF_NAME: pod.name},
            )
