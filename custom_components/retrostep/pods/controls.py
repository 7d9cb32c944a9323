"""Operates what a pod offers to be operated: its buttons, switches and numbers.

They are ESPHome's entities; the pod's own name for one finds it, whatever it is called by now.
"""

from homeassistant.components.button.const import SERVICE_PRESS
from homeassistant.components.number.const import ATTR_MAX, ATTR_MIN, ATTR_VALUE, SERVICE_SET_VALUE
from homeassistant.const import ATTR_ENTITY_ID, SERVICE_TURN_OFF, SERVICE_TURN_ON, Platform
from homeassistant.core import HomeAssistant

from .pod import Pod


async def async_press(hass: HomeAssistant, pod: Pod, name: str) -> bool:
    """Press a button of a pod; returns whether the pod has it. Raises HomeAssistantError."""
    if not (entity_id := pod.entity_id(Platform.BUTTON, name)):
        return False
    await hass.services.async_call(Platform.BUTTON, SERVICE_PRESS, {ATTR_ENTITY_ID: entity_id}, blocking=True)
    return True


async def async_switch(hass: HomeAssistant, entity_id: str, *, on: bool) -> None:
    """Turn a switch of a pod on or off; raises HomeAssistantError."""
    action = SERVICE_TURN_ON if on else SERVICE_TURN_OFF
    await hass.services.async_call(Platform.SWITCH, action, {ATTR_ENTITY_ID: entity_id}, blocking=True)


async def async_set_number(hass: HomeAssistant, pod: Pod, name: str, value: float) -> bool:
    """Set a number of a pod, as far as the pod's limits allow; returns whether the pod has it.

    Raises HomeAssistantError.
    """
    entity_id = pod.entity_id(Platform.NUMBER, name)
    if not entity_id or not (state := hass.states.get(entity_id)):
        return False
    value = min(max(value, state.attributes.get(ATTR_MIN, value)), state.attributes.get(ATTR_MAX, value))
    await hass.services.async_call(
        Platform.NUMBER, SERVICE_SET_VALUE, {ATTR_ENTITY_ID: entity_id, ATTR_VALUE: value}, blocking=True
    )
    return True
