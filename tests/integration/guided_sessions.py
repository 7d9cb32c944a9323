"""Short words for what tests of guided sessions do."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.retrostep.const import DOMAIN

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant

    from .fake_pod import FakePod


def read_safety_notes(hass: HomeAssistant) -> None:
    """Let everybody have read them."""
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        entry.runtime_data.guided_sessions.async_confirm_safety()


async def press(hass: HomeAssistant, key: str, slug: str = "ann") -> None:
    """Press a button of somebody who has read the safety notes."""
    read_safety_notes(hass)
    await hass.services.async_call("button", "press", {"entity_id": f"button.{slug}_{key}"}, blocking=True)
    await hass.async_block_till_done()


async def start(hass: HomeAssistant, **data: Any) -> Any:
    """Start a session of somebody who has read the safety notes."""
    read_safety_notes(hass)
    answer = await hass.services.async_call(
        DOMAIN, "start_session", data, blocking=True, return_response=True
    )
    await hass.async_block_till_done()
    return answer


async def stop(hass: HomeAssistant, **data: Any) -> Any:
    answer = await hass.services.async_call(DOMAIN, "stop_session", data, blocking=True, return_response=True)
    await hass.async_block_till_done()
    return answer


async def pass_seconds(hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: int) -> None:
    for _ in range(seconds):
        freezer.tick(timedelta(seconds=1))
        async_fire_time_changed(hass)
        await hass.async_block_till_done()


async def walk_backward(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, seconds: int
) -> None:
    """Walk a step and half a metre a second."""
    pod.set("binary_sensor", "Walking backward", "on")
    for second in range(seconds):
        pod.walk(back=2 if second % 2 else 0, back_dm=5)
        pod.publish()
        await pass_seconds(hass, freezer, 1)
