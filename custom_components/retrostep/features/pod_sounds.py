"""What a walker's pods sound: the tune when the goal is reached, the buzz of a reminder."""

import logging
from collections.abc import Mapping
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError

from ..core.goals.activity import ActivityKind
from ..core.sitting.models import ReminderEvent
from ..pods.controls import async_press
from ..pods.pod import Pod
from .events import ACTIVITY, REMINDER, FeatureEvent
from .host import Host

_LOGGER = logging.getLogger(__name__)

GOAL_TUNE: Final = "Goal tune"
REMIND: Final = "Remind"

# Key of the event and its type → the pod's button.
BUTTONS: Mapping[tuple[str, str], str] = {
    (ACTIVITY, ActivityKind.GOAL_REACHED): GOAL_TUNE,
    (REMINDER, ReminderEvent.DUE): REMIND,
    (REMINDER, ReminderEvent.REPEATED): REMIND,
}


@callback
def async_start_pod_sounds(host: Host) -> None:
    """Press the buttons of pods in reach as things happen, until the walker is unloaded.

    A pod that is asleep or has no such button stays silent, one that is muted too: nothing is made up for.
    """

    @callback
    def happened(event: FeatureEvent) -> None:
        button = BUTTONS.get((event.key, event.event_type))
        # Of a goal that became known after its day nobody plays a tune.
        if button is None or event.attributes.get("late"):
            return
        for pod in [pod for pod in host.pods.values() if pod.reachable]:
            host.config_entry.async_create_background_task(
                host.hass,
                _async_sound(host.hass, pod, button),
                f"RetroStep {button} of {pod.mac}",
            )

    for key in (ACTIVITY, REMINDER):
        host.config_entry.async_on_unload(host.events.async_subscribe(key, happened))


async def _async_sound(hass: HomeAssistant, pod: Pod, button: str) -> None:
    try:
        await async_press(hass, pod, button)
    except HomeAssistantError as err:
        _LOGGER.debug("%s does not answer to %s: %s", pod.name, button, err)
