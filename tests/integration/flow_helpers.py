"""Short words for what tests of flows do."""

from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from homeassistant.config_entries import SOURCE_USER, ConfigFlowResult
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo

from custom_components.retrostep.const import DOMAIN, SUBENTRY_POD

if TYPE_CHECKING:
    from homeassistant.config_entries import ConfigEntry
    from homeassistant.core import HomeAssistant

    from .fake_pod import FakePod


def heard(fake: FakePod, **properties: str) -> ZeroconfServiceInfo:
    """Tell about a pod what mDNS tells."""
    address = ip_address("127.0.0.1")
    return ZeroconfServiceInfo(
        ip_address=address,
        ip_addresses=[address],
        port=6053,
        hostname=f"{fake.node}.local.",
        type="_esphomelib._tcp.local.",
        name=f"{fake.node}._esphomelib._tcp.local.",
        properties={
            "mac": fake.mac.replace(":", ""),
            "friendly_name": fake.name,
            "project_name": "retrostep.step_pod",
        }
        | properties,
    )


async def start(
    hass: HomeAssistant, source: str = SOURCE_USER, data: Any = None, **context: Any
) -> ConfigFlowResult:
    """Begin a flow."""
    return await hass.config_entries.flow.async_init(DOMAIN, context={"source": source, **context}, data=data)


async def submit(hass: HomeAssistant, flow: ConfigFlowResult, **user_input: Any) -> ConfigFlowResult:
    """Fill in a form of a flow."""
    result = await hass.config_entries.flow.async_configure(flow["flow_id"], user_input)
    await hass.async_block_till_done()
    return result


def macs_of(entry: Any) -> set[str]:
    """Give the MACs of a walker's pods."""
    return {subentry.unique_id for subentry in entry.get_subentries_of_type(SUBENTRY_POD)}


async def open_options(hass: HomeAssistant, entry: ConfigEntry, step: str) -> ConfigFlowResult:
    """Choose a line of the menu of a walker's settings."""
    menu = await hass.config_entries.options.async_init(entry.entry_id)
    assert menu["step_id"] == "init"
    form = await hass.config_entries.options.async_configure(menu["flow_id"], {"next_step_id": step})
    assert form["step_id"] == step
    return form


def suggested(flow: Any, part: str) -> dict[str, Any]:
    """Give what a section of a form begins with."""
    fields = next(value for key, value in flow["data_schema"].schema.items() if key == part)
    return {
        str(key): key.description["suggested_value"]
        for key in fields.schema.schema
        if key.description and "suggested_value" in key.description
    }


async def give_weight(hass: HomeAssistant, walker: ConfigEntry, **weight: float) -> None:
    """Fill in a weight, or none."""
    flow = await open_options(hass, walker, "body")
    await hass.config_entries.options.async_configure(flow["flow_id"], weight)
    await hass.async_block_till_done(wait_background_tasks=True)
