"""What a walker's pods sound: the tune when the goal is reached, the buzz of a reminder."""

import logging
from typing import TYPE_CHECKING, Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError

from ..core.goals.activity import ActivityKind
from ..core.sitting.models import ReminderEvent
from ..pods.controls import async_press
from .events import ACTIVITY, REMINDER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..coordinator import WalkerCoordinator
    from ..pods.pod import Pod
    from .events import FeatureEvent

_LOGGER = logging.getLogger(__name__)

GOAL_TUNE: Final = "Goal tune"
REMIND: Final = "Remind"

# Key of the happening and its type → the pod's button.
BUTTONS: Mapping[tuple[str, str], str] = {
    (ACTIVITY, ActivityKind.GOAL_REACHED): GOAL_TUNE,
    (REMINDER, ReminderEvent.DUE): REMIND,
    (REMINDER, ReminderEvent.REPEATED): REMIND,
}


@callback
def async_follow_happenings(coordinator: WalkerCoordinator) -> CALLBACK_TYPE:
    """Press the buttons of pods in reach as things happen; call what is returned to end it.

    A pod that is asleep or has no such button stays silent, one that is muted too: nothing is made up for.
    """

    @callback
    def happened(happening: FeatureEvent) -> None:
        button = BUTTONS.get((happening.key, happening.event_type))
        # Of a goal that became known after its day nobody plays a tune.
        if button is None or happening.attributes.get("late"):
            return
        for pod in [sync.pod for sync in coordinator.syncs.values() if sync.pod.reachable]:
            coordinator.config_entry.async_create_background_task(
                coordinator.hass,
                _async_sound(coordinator.hass, pod, button),
                f"RetroStep {button} of {pod.mac}",
            )

    stops = [coordinator.events.async_subscribe(key, happened) for key in (ACTIVITY, REMINDER)]

    @callback
    def stop() -> None:
        for stop_listening in stops:
            stop_listening()

    return stop


async def _async_sound(hass: HomeAssistant, pod: Pod, button: str) -> None:
    try:
        await async_press(hass, pod, button)
    except HomeAssistantError as err:
        _LOGGER.debug("%s does not answer to %s: %s", pod.name, button, err)
