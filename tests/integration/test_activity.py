"""Home Assistant's Activity tells of a walker's day what is an event for people, and no more.

Lived through core's own recorder and logbook, with the entities of the walker and of the pod: in the
Activity of a device or an area, which leaves out what has a category, and in that of the whole house with
what the page on entities has people exclude there.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.components.event import DOMAIN as EVENT_DOMAIN
from homeassistant.components.logbook import CONFIG_SCHEMA as LOGBOOK_SCHEMA
from homeassistant.components.logbook.helpers import async_determine_event_types, async_filter_entities
from homeassistant.components.logbook.processor import EventProcessor
from homeassistant.components.recorder.filters import (
    extract_include_exclude_filter_conf,
    sqlalchemy_filter_from_include_exclude_conf,
)
from homeassistant.const import STATE_OFF, STATE_ON, Platform
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from homeassistant.util import slugify
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done

from tests.docs.pages import blocks

from .desk import Desk
from .helpers import pass_time, settle, this_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.components.recorder.core import Recorder
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

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


async def whole_house(hass: HomeAssistant, recorder: Recorder, since: datetime) -> list[dict[str, Any]]:
    """Give what the Activity of the whole house shows, by the logbook that is set up now."""
    await async_wait_recording_done(hass)
    processor = EventProcessor(hass, async_determine_event_types(hass, None, None))
    rows: list[dict[str, Any]] = await recorder.async_add_executor_job(
        processor.get_events, since, dt_util.utcnow()
    )
    return rows


def of_a_device(hass: HomeAssistant, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out entities with a category, as Home Assistant does for a device and for an area."""
    registry = er.async_get(hass)
    categories = {entity.entity_id: entity.entity_category for entity in registry.entities.values()}
    return [row for row in rows if categories.get(row.get("entity_id", "")) is None]


def exclude_documented(hass: HomeAssistant) -> None:
    """Have Home Assistant's logbook do what stands in configuration.yaml, as it reads it when it starts."""
    settings = LOGBOOK_SCHEMA({"logbook": documented()})["logbook"]
    filters = sqlalchemy_filter_from_include_exclude_conf(extract_include_exclude_filter_conf(settings))
    hass.data["logbook"] = replace(hass.data["logbook"], sqlalchemy_filter=filters)


def documented() -> dict[str, Any]:
    """Give what the page on entities has people write for the Activity of the whole house."""
    (block,) = [block.yaml for block in blocks("yaml") if "logbook" in block.yaml]
    settings: dict[str, Any] = block["logbook"]
    return settings


def told_of(rows: list[dict[str, Any]]) -> Counter[str]:
    """Count rows by what they tell of."""
    return Counter(row.get("entity_id", str(row.get("name"))) for row in rows)


@pytest.mark.usefixtures("every_entity")
async def test_whatever_changes_all_day_long_is_excluded_where_categories_are_not_known(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    globs = documented()["exclude"]["entity_globs"]
    everything = er.async_entries_for_config_entry(er.async_get(hass), walker.entry_id)
    flooding = {
        entity.entity_id
        for entity in everything
        if entity.domain in (Platform.SENSOR, Platform.BINARY_SENSOR)
        and entity.entity_category is not None
        and async_filter_entities(hass, [entity.entity_id])
    }
    assert flooding
    excluded = {
        entity.entity_id
        for entity in everything
        if any(fnmatchcase(entity.entity_id, glob) for glob in globs)
    }
    assert excluded == flooding
    assert len(globs) == len(flooding), "each line is for one of them"


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
    while dt_util.utcnow() - since < timedelta(hours=14):
        await day.sit(25)
        await day.step_aside()
    pod.set("binary_sensor", "Worn", STATE_OFF)
    await pass_time(hass, freezer, minutes=1)

    assert desk.happened.count("due") == REMINDERS
    house = await whole_house(hass, recorder_mock, since)
    rows = of_a_device(hass, house)
    assert len(rows) <= ROWS_MAX, told_of(rows)
    events = Counter(
        row["attributes"]["event_type"] for row in rows if row["entity_id"].startswith(EVENT_DOMAIN)
    )
    assert events["due"] == REMINDERS
    assert events["session_ended"] == len(WALKS)

    assert len(house) > ROWS_MAX, "Home Assistant knows categories there now: the page may say less"
    exclude_documented(hass)
    house = await whole_house(hass, recorder_mock, since)
    assert len(house) <= ROWS_MAX, told_of(house)
    assert told_of(house)["event.ann_activity"] == told_of(rows)["event.ann_activity"]
    assert told_of(house)["event.ann_reminder"] == told_of(rows)["event.ann_reminder"]
