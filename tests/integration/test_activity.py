"""Home Assistant's Activity tells of a walker's day what is an event for people, and no more.

Lived through core's own recorder and logbook, with the entities of the walker and of the pod: in the
Activity of the walker on RetroStep's dashboard, and in that of the whole house with what the page on
entities has people exclude there. Home Assistant's pages leave out numbers and nothing else, whatever
category an entity has.
"""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import datetime
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
from homeassistant.const import STATE_OFF, Platform
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done

from custom_components.retrostep.const import DOMAIN
from tests.conftest import ROOT
from tests.docs.pages import blocks

from .actions.test_rights import ONE_LAMP
from .activity_day import REMINDERS, WALKS, live
from .helpers import STEPS_TODAY, reach, settle

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.components.recorder.core import Recorder
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
    from pytest_homeassistant_custom_component.typing import WebSocketGenerator

    from .desk import Desk
    from .fake_pod import FakePod
    from .helpers import MakeWalker

ROWS_MAX = 40
STRATEGY = ROOT / "frontend" / "src" / "strategy.ts"


@pytest.fixture(autouse=True)
def _custom_integrations(recorder_mock: Recorder, enable_custom_integrations: None) -> None:
    """Start the recorder before everything else."""


async def activity(
    hass: HomeAssistant, recorder: Recorder, since: datetime, entity_ids: list[str] | None = None
) -> list[dict[str, Any]]:
    """Give what Activity shows of entities, or of the whole house, by the logbook that is set up now."""
    await async_wait_recording_done(hass)
    event_types = async_determine_event_types(hass, entity_ids, None)
    processor = EventProcessor(hass, event_types, entity_ids)
    rows: list[dict[str, Any]] = await recorder.async_add_executor_job(
        processor.get_events, since, dt_util.utcnow()
    )
    return rows


def on_the_dashboard() -> list[str]:
    """Give the entities that the dashboard lists the Activity of."""
    (keys,) = re.findall(r"const ACTIVITY_KEYS = (\[.*\]);", STRATEGY.read_text(encoding="utf-8"))
    return [key.replace(".", ".ann_") for key in json.loads(keys)]


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


@pytest.mark.usefixtures("as_delivered")
async def test_a_day_with_walks_and_reminders_is_told_in_forty_rows(
    hass: HomeAssistant,
    desk: Desk,
    make_walker: MakeWalker,
    freezer: FrozenDateTimeFactory,
    recorder_mock: Recorder,
) -> None:
    assert await async_setup_component(hass, "http", {})
    hass.config.components.add("frontend")
    assert await async_setup_component(hass, "logbook", {})
    since = await live(hass, freezer, desk, make_walker)

    assert desk.happened.count("due") == REMINDERS
    rows = await activity(hass, recorder_mock, since, on_the_dashboard())
    assert told_of(rows).keys() == {*on_the_dashboard()}
    assert len(rows) <= ROWS_MAX, told_of(rows)
    events = Counter(
        row["attributes"]["event_type"] for row in rows if row["entity_id"].startswith(EVENT_DOMAIN)
    )
    assert events["due"] == REMINDERS
    assert events["session_ended"] == len(WALKS)

    house = await activity(hass, recorder_mock, since)
    assert len(house) > ROWS_MAX, "Home Assistant leaves more out now: the page may say less"
    exclude_documented(hass)
    house = await activity(hass, recorder_mock, since)
    assert len(house) <= ROWS_MAX, told_of(house)
    assert told_of(rows).items() <= told_of(house).items()


async def test_home_assistant_tells_every_user_what_the_page_on_security_says(
    hass: HomeAssistant,
    pod: FakePod,
    walker: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_user: MockUser,
    hass_read_only_access_token: str,
) -> None:
    hass.config.components.add("frontend")
    for component in ("http", "config", "logbook"):
        assert await async_setup_component(hass, component, {})
    since = dt_util.utcnow()
    await reach(hass, pod)
    pod.set("binary_sensor", "Worn", STATE_OFF)
    await settle(hass)
    await async_wait_recording_done(hass)
    hass_read_only_user.mock_policy(ONE_LAMP)
    client = await hass_ws_client(hass, hass_read_only_access_token)

    async def told(command: str, **data: Any) -> str:
        await client.send_json_auto_id({"type": command, **data})
        answer = await client.receive_json()
        assert answer["success"], answer
        if command == "render_template":
            answer = await client.receive_json()
        return json.dumps(answer)

    assert STEPS_TODAY not in await told("get_states"), "rights are checked here"
    assert '"result": 0' in await told("render_template", template=f"{{{{ states('{STEPS_TODAY}') }}}}")
    worn = pod.entity_id("binary_sensor", "Worn")
    times = {"start_time": since.isoformat(), "entity_ids": [worn]}
    assert f'"entity_id": "{worn}"' in await told("logbook/get_events", **times)
    assert '"title": "Ann"' in await told("config_entries/get", domain=DOMAIN)
    devices = await told("config/device_registry/list")
    assert pod.name in devices
    assert pod.mac in devices
