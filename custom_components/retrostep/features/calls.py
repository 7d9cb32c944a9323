"""Calls of actions of others, which may fail in any way and hold up nothing."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

# Push services give up after 10 s; this only guards against one that never ends.
TIMEOUT_S: Final = 30

# What a target that can't be reached raises: Home Assistant refuses, or the connection fails.
# Anything else is a fault of a program, and is told as one.
EXPECTED_FAILURES: Final = (HomeAssistantError, vol.Invalid, OSError)


async def async_call_failure(
    hass: HomeAssistant, target: str, domain: str, action: str, data: Mapping[str, Any]
) -> str | None:
    """Call an action of a target, which is an entity id or the name of the action; give why it failed.

    None: it was reached.
    """
    state = hass.states.get(target)
    if state and state.state == STATE_UNAVAILABLE:
        # Home Assistant would leave it out without a word.
        return STATE_UNAVAILABLE
    try:
        async with asyncio.timeout(TIMEOUT_S):
            await hass.services.async_call(domain, action, dict(data), blocking=True)
    except EXPECTED_FAILURES as err:
        return str(err) or type(err).__name__
    return None
