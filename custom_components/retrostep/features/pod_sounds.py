"""What a walker's pods sound: the tune when the goal is reached, the buzz of a reminder, the metronome."""

import logging
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError

from ..core.goals.activity import ActivityKind
from ..core.guided_sessions.result import EventKind, Waiting
from ..core.sitting.models import ReminderEvent
from ..pods.controls import async_press, async_set_number, async_switch
from ..pods.pod import Pod
from .events import ACTIVITY, GUIDED_SESSION, REMINDER, FeatureEvent
from .host import Host

_LOGGER = logging.getLogger(__name__)

GOAL_TUNE: Final = "Goal tune"
REMIND: Final = "Remind"
METRONOME: Final = "Metronome"
METRONOME_RATE: Final = "Metronome rate"
# A metronome that does not answer is tried again then.
RETRY_S: Final = 30

# Key of the event and its type → the pod's button.
BUTTONS: Mapping[tuple[str, str], str] = {
    (ACTIVITY, ActivityKind.GOAL_REACHED): GOAL_TUNE,
    (REMINDER, ReminderEvent.DUE): REMIND,
    (REMINDER, ReminderEvent.REPEATED): REMIND,
    (GUIDED_SESSION, EventKind.WAITING): REMIND,
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
        # Of a session that waits only what is in the way is worth a buzz.
        if event.key == GUIDED_SESSION and event.attributes.get("reason") != Waiting.PATH:
            return
        for pod in [pod for pod in host.pods.values() if pod.reachable]:
            host.config_entry.async_create_background_task(
                host.hass,
                _async_sound(host.hass, pod, button),
                f"RetroStep {button} of {pod.mac}",
            )

    for key in (ACTIVITY, REMINDER, GUIDED_SESSION):
        host.config_entry.async_on_unload(host.events.async_subscribe(key, happened))


async def _async_sound(hass: HomeAssistant, pod: Pod, button: str) -> None:
    try:
        await async_press(hass, pod, button)
    except HomeAssistantError as err:
        _LOGGER.debug("%s does not answer to %s: %s", pod.name, button, err)


class Metronome:
    """Has pods tick for a stage.

    Each pod is turned on once a stage: who turns it off by hand meanwhile has silence. Only what was
    turned on here is turned off here. A pod out of reach is operated when it returns.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, ticking: Collection[str] = ()) -> None:
        self._hass = hass
        self._entry = entry
        self._stage_of: dict[str, str] = dict.fromkeys(ticking, "")
        self._busy: set[str] = set()
        self._retry_at: dict[str, float] = {}

    @property
    def ticking(self) -> list[str]:
        """The pods turned on here, by MAC."""
        return sorted(self._stage_of)

    @callback
    def async_clock_jumped(self, by_s: float) -> None:
        """Try again as soon as if the clock had not been set."""
        self._retry_at = {mac: at + by_s for mac, at in self._retry_at.items()}

    @callback
    def async_update(self, pods: Iterable[Pod], stage: str | None, rate: float, now: float) -> None:
        """Have the pods tick for a stage; None: be silent."""
        for pod in pods:
            known = self._stage_of.get(pod.mac)
            if known == stage or pod.mac in self._busy or now < self._retry_at.get(pod.mac, 0):
                continue
            if pod.reachable and (switch := pod.entity_id(Platform.SWITCH, METRONOME)):
                self._busy.add(pod.mac)
                self._entry.async_create_background_task(
                    self._hass,
                    self._async_set(pod, switch, stage, rate, now),
                    f"RetroStep metronome of {pod.mac}",
                )

    async def _async_set(self, pod: Pod, switch: str, stage: str | None, rate: float, now: float) -> None:
        try:
            if stage is not None:
                await async_set_number(self._hass, pod, METRONOME_RATE, rate)
            await async_switch(self._hass, switch, on=stage is not None)
        except HomeAssistantError as err:
            _LOGGER.debug("The metronome of %s does not answer: %s", pod.name, err)
            self._retry_at[pod.mac] = now + RETRY_S
        else:
            if stage is None:
                self._stage_of.pop(pod.mac, None)
            else:
                self._stage_of[pod.mac] = stage
        finally:
            self._busy.discard(pod.mac)
