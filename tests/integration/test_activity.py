"""Home Assistant's Activity tells of a walker's day what is an event for people, and no more."""

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.components.event import DOMAIN as EVENT_DOMAIN
from homeassistant.components.logbook.helpers import async_determine_event_types
from homeassistant.components.logbook.processor import EventProcessor
from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done

from .desk import Desk
from .helpers import pass_time, this_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.components.recorder.core import Recorder
    from homeassistant.core import HomeAssistant

    from .fake_pod import FakePod
    from .helpers import MakeWalker

ROWS_MAX = 40
# Minutes of the walks of the day; after each of the other reminders a few steps are enough.
WALKS = (2, 3, 4, 5, 6)
REMINDERS = 8


@pytest.fixture(autouse=True)
def _custom_integrations(recorder_mock: Recorder, enable_custom_integrations: None) -> None:
    """Start the recorder before everything else."""


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


async def activity(hass: HomeAssistant, recorder: Recorder, since: datetime) -> list[dict[str, Any]]:
    """Give what Activity shows: Home Assistant leaves out entities with a category there."""
    await async_wait_recording_done(hass)
    processor = EventProcessor(hass, async_determine_event_types(hass, None, None))
    rows: list[dict[str, Any]] = await recorder.async_add_executor_job(
        processor.get_events, since, dt_util.utcnow()
    )
    registry = er.async_get(hass)
    shown = []
    for row in rows:
        entity = registry.async_get(row.get("entity_id", ""))
        if entity is None or entity.entity_category is None:
            shown.append(row)
    return shown


async def test_a_day_with_walks_and_reminders_is_told_in_forty_rows(
    hass: HomeAssistant,
    desk: Desk,
    pod: FakePod,
    make_walker: MakeWalker,
    freezer: FrozenDateTimeFactory,
    recorder_mock: Recorder,
) -> None:
    assert await async_setup_component(hass, "http", {})
    hass.config.components.add("frontend")
    assert await async_setup_component(hass, "logbook", {})
    freezer.move_to("2026-11-18 06:00:00+00:00")
    since = dt_util.utcnow()
    await desk.begin(make_walker)
    # Firmware gives what moves all day a category of its own.
    for name in ("Walking backward", "Status"):
        er.async_get(hass).async_update_entity(
            pod.entity_id("binary_sensor", name), entity_category=er.EntityCategory.DIAGNOSTIC
        )
    day = Day(hass, freezer, pod)
    walks = iter(WALKS)
    for number in range(REMINDERS):
        await day.sit(50)
        if number < len(WALKS):
            await day.walk(next(walks))
        else:
            await day.step_aside()
    while dt_util.utcnow() - since < timedelta(hours=14):
        await day.sit(25)
        await day.step_aside()
    pod.set("binary_sensor", "Worn", STATE_OFF)
    await pass_time(hass, freezer, minutes=1)

    assert desk.happened.count("due") == REMINDERS
    rows = await activity(hass, recorder_mock, since)
    told = Counter(row.get("entity_id", row.get("name")) for row in rows)
    assert len(rows) <= ROWS_MAX, told
    events = Counter(
        row["attributes"]["event_type"] for row in rows if row["entity_id"].startswith(EVENT_DOMAIN)
    )
    assert events["due"] == REMINDERS
    assert events["session_ended"] == len(WALKS)
