"""Ann at her desk, in a Home Assistant whose clock a test moves."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from .helpers import MakeWalker, reach, settle

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory

    from .fake_pod import FakePod

SITTING_TIME = "sensor.ann_sitting_time"
SITTING = "sensor.ann_sitting_state"
TOO_LONG = "binary_sensor.ann_sitting_too_long"
REMINDER = "event.ann_reminder"
NEXT = "sensor.ann_next_reminder"
# No quiet hours and no zones: tests begin at any time, and nobody has a tracker.
ALWAYS = {"quiet_from": "00:00:00", "quiet_to": "00:00:00"}


class Desk:
    """Ann at her desk."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod) -> None:
        self.hass = hass
        self.freezer = freezer
        self.pod = pod
        self.entry: MockConfigEntry
        self.happened: list[str] = []

    async def begin(self, make_walker: MakeWalker, *, person: str | None = None, **settings: Any) -> None:
        """Set Ann up and put her pod on; `person` is the registry id of the person she is."""
        self.entry = make_walker(self.pod, options={"reminders": {**ALWAYS, **settings}}, person=person)
        assert await self.hass.config_entries.async_setup(self.entry.entry_id)
        self.entry.runtime_data.events.async_subscribe("reminder", self._note)
        await reach(self.hass, self.pod)

    @callback
    def _note(self, event: Any) -> None:
        self.happened.append(event.event_type)

    async def sit(self, minutes: float) -> None:
        """Let time pass minute by minute, as the clock does, once what was begun is done."""
        await settle(self.hass)
        end = dt_util.utcnow() + timedelta(minutes=minutes)
        while (left := end - dt_util.utcnow()) > timedelta():
            self.freezer.tick(min(left, timedelta(seconds=30)))
            async_fire_time_changed(self.hass)
            await self.hass.async_block_till_done()
        await settle(self.hass)

    async def walk(self, steps: int = 20, **counts: int) -> None:
        """Walk within reach of Home Assistant."""
        self.pod.walk(**(counts or {"fwd": steps}))
        self.pod.publish()
        await settle(self.hass)

    async def press(self, key: str) -> None:
        """Press one of Ann's buttons."""
        await self.hass.services.async_call(
            "button", "press", {"entity_id": f"button.ann_{key}"}, blocking=True
        )
        await settle(self.hass)
