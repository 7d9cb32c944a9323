"""Phones with the companion app, as Home Assistant's own integration of it sets them up."""

from typing import TYPE_CHECKING

from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .helpers import settle

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant


async def add_phone(hass: HomeAssistant, name: str, number: int = 1, *, allowed: bool = True) -> str:
    """Sign a phone in; gives its device id. Its app may or may not send notifications."""
    assert await async_setup_component(hass, "mobile_app", {})
    push = {"push_token": "token", "push_url": "https://push.invalid/send"} if allowed else {}
    entry = MockConfigEntry(
        domain="mobile_app",
        title=name,
        unique_id=f"phone-{number}",
        data={
            "app_data": push,
            "app_id": "io.homeassistant.app",
            "app_name": "Home Assistant",
            "app_version": "2026.10",
            "device_id": f"device-{number}",
            "device_name": name,
            "manufacturer": "Fairphone",
            "model": "6",
            "os_name": "Android",
            "os_version": "16",
            "supports_encryption": False,
            "user_id": "nobody",
            "webhook_id": f"webhook-{number}",
        },
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    device = dr.async_get(hass).async_get_device_by_identifier(
        ("mobile_app", f"device-{number}"), entry.entry_id
    )
    assert device
    return device.id
