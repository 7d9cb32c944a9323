"""Calls of actions of others, which may fail in any way and hold up nothing."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

_LOGGER = logging.getLogger(__name__)

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


class Unreached:
    """Remembers which targets can't be reached: each is named once, and once when it can again."""

    def __init__(self, what: str) -> None:
        """Begin with all of them in reach; `what` is sent, as the log calls it."""
        self._what = what
        self._targets: set[str] = set()

    def note(self, target: str, failure: str | None) -> bool:
        """Note whether a target was reached (None); returns whether that is news."""
        if (failure is not None) == (target in self._targets):
            return False
        if failure is None:
            self._targets.discard(target)
            _LOGGER.info("%s reaches %s again", self._what, target)
        else:
            self._targets.add(target)
            _LOGGER.warning("%s did not reach %s: %s", self._what, target, failure)
        return True
