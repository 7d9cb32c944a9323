"""A session that waits because something is in the way is not said to begin."""

from typing import TYPE_CHECKING

from ..guided_sessions import read_safety_notes
from ..helpers import MakeWalker, reach
from .house import expose, say, set_up_assist

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant

    from ..fake_pod import FakePod

DOOR = "binary_sensor.front_door"
START = "Start my backward walk"


async def test_who_starts_by_voice_hears_what_is_in_the_way(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker
) -> None:
    hass.states.async_set(DOOR, "on", {"friendly_name": "Front door"})
    entry = make_walker(pod, options={"coach": {"doors": [DOOR]}})
    assert await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, pod)
    await set_up_assist(hass)
    expose(hass, "ann")
    read_safety_notes(hass)
    assert await say(hass, START) == (
        "The backward walk is waiting: Front door is open. It starts once that changes."
    )
    assert await say(hass, "Stop") == "Stopped after 0 steps backward."
    hass.states.async_set(DOOR, "off", {"friendly_name": "Front door"})
    assert str(await say(hass, START)).startswith("Starting the backward walk")
