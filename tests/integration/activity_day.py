"""A day of Ann's with walks and reminders, lived through Home Assistant's own recorder."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from homeassistant.util import slugify

from .helpers import MakeWalker, pass_time, settle, this_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant

    from .desk import Desk
    from .fake_pod import FakePod

# Minutes of the walks of the day; after each of the other reminders a few steps are enough.
WALKS = (2, 3, 4, 5, 6)
REMINDERS = 8
WORN = timedelta(hours=14)


class Day:
    """A day of Ann's, in the steps in which her pod tells of it."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod) -> None:
        self.hass = hass
        self.freezer = freezer
        self.pod = pod

    async def sit(self, minutes: int) -> None:
        """Sit, five minutes at a time."""
        for _ in range(0, minutes, 5):
            await pass_time(self.hass, self.freezer, minutes=5)

    async def walk(self, minutes: int) -> None:
        """Walk backward with a pause to turn in each half of a minute, as the pod shows it."""
        for _ in range(minutes):
            for _ in range(2):
                self.pod.set("binary_sensor", "Walking backward", STATE_ON)
                for _ in range(2):
                    self.pod.walk(back=12, back_dm=60, back_s=10)
                    self.pod.publish()
                    await pass_time(self.hass, self.freezer, seconds=10)
                self.pod.set("binary_sensor", "Walking backward", STATE_OFF)
                await pass_time(self.hass, self.freezer, seconds=10)
            self.pod.close_minute(this_minute() - 1)
            self.pod.now_s = int(dt_util.utcnow().timestamp())
            self.pod.set("sensor", "Unsynced minutes", len(self.pod.rows) % 2 + 1)
        await pass_time(self.hass, self.freezer, minutes=3)

    async def step_aside(self) -> None:
        """Take a few steps, which are no session."""
        self.pod.walk(fwd=20, fwd_dm=120, fwd_s=12)
        self.pod.publish()
        await pass_time(self.hass, self.freezer, minutes=2)


async def live(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, desk: Desk, make_walker: MakeWalker
) -> datetime:
    """Live the day from seven in the morning, with the pod worn for 14 hours; give its beginning."""
    freezer.move_to("2026-11-18 06:00:00+00:00")
    since = dt_util.utcnow()
    await desk.begin(make_walker)
    pod = desk.pod
    # Firmware gives what moves all day a category of its own.
    for name in ("Walking backward", "Status"):
        er.async_get(hass).async_update_entity(
            pod.entity_id("binary_sensor", name),
            entity_category=er.EntityCategory.DIAGNOSTIC,
            new_entity_id=f"binary_sensor.left_shoe_{slugify(name)}",
        )
    await settle(hass)
    pod.connect()
    day = Day(hass, freezer, pod)
    walks = iter(WALKS)
    for number in range(REMINDERS):
        await day.sit(50)
        if number < len(WALKS):
            await day.walk(next(walks))
        else:
            await day.step_aside()
    while dt_util.utcnow() - since < WORN:
        await day.sit(25)
        await day.step_aside()
    pod.set("binary_sensor", "Worn", STATE_OFF)
    await pass_time(hass, freezer, minutes=1)
    return since
