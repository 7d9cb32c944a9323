"""What the page on other places tells to copy gives what the ledger holds."""

import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.helpers.recorder import session_scope
from homeassistant.helpers.template import Template
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from sqlalchemy import text
from yarl import URL

from custom_components.retrostep.const import DOMAIN
from tests.docs.pages import Block, blocks

from ..helpers import STEPS_TODAY, state
from .hours import reach, rows, settle, walk_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homeassistant.components.recorder.core import Recorder
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry
    from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
    from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

    from ..fake_pod import FakePod

LINE = re.compile(
    r"walking,walker=ann backward_steps=(\d+)i,backward_m=(\d+\.\d+),backward_min=(\d+\.\d+) (\d+)"
)


def block(language: str, has: str = "") -> Block:
    """Give the block of the page in a language that holds a text."""
    (found,) = [
        one for one in blocks(language) if one.page == "docs/elsewhere.md" and re.search(has, one.text)
    ]
    return found


@pytest.fixture(autouse=True)
async def walked(
    hass: HomeAssistant, noon_in_kolkata: None, walker: MockConfigEntry, pod: FakePod
) -> MockConfigEntry:
    """Ann, who walked in two hours of the morning and told it late."""
    walk_at(pod, "07:59", back=30, back_dm=150, back_s=30)
    walk_at(pod, "08:00", back=10, back_dm=55, back_s=15)
    await reach(hass, pod)
    return walker


async def test_a_file_is_fetched_by_the_command_of_the_page(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> None:
    words = shlex.split(block("sh").text)
    assert words[0] == "curl"
    url = URL(next(word for word in words if word.startswith("http")))
    assert url.path == f"/api/services/{DOMAIN}/export"
    assert await async_setup_component(hass, "api", {})
    client = await hass_client()
    answer = await client.post(url.path_qs, data=words[words.index("-d") + 1])
    assert answer.status == 200
    content = (await answer.json())["service_response"]["content"]
    header, day = content.splitlines()[:1] + content.splitlines()[-1:]
    told = dict(zip(header.split(","), day.split(","), strict=True))
    assert told["backward_steps"] == "40"


async def write_to_influxdb(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> dict[int, tuple[str, ...]]:
    """Run the automation of the page; gives the points that reach InfluxDB by their time."""
    aioclient_mock.clear_requests()
    command = block("yaml", "rest_command:").yaml
    url = command["rest_command"]["influxdb_write"]["url"]
    aioclient_mock.post(url, status=204)
    assert await async_setup_component(hass, "rest_command", command)
    automation = block("yaml", "alias:").yaml
    assert await async_setup_component(hass, "automation", {"automation": automation})
    await settle(hass)
    (made,) = hass.states.async_all("automation")
    await hass.services.async_call("automation", "trigger", {"entity_id": made.entity_id}, blocking=True)
    await hass.services.async_call("automation", "turn_off", {"entity_id": made.entity_id}, blocking=True)
    ((method, called, data, headers),) = aioclient_mock.mock_calls
    assert (method.lower(), str(called)) == ("post", url)
    assert headers["authorization"] == "influxdb_authorization"
    lines = data.decode().splitlines()
    points = {}
    for line in lines:
        match = LINE.fullmatch(line)
        assert match, line
        points[int(match[4])] = match.groups()[:3]
    assert len(points) == len(lines), "no two points have one time"
    return points


async def test_influxdb_gets_the_hours_of_the_ledger(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, pod: FakePod
) -> None:
    points = await write_to_influxdb(hass, aioclient_mock)
    assert 900 < len(points) < 1000
    walked = {time: point for time, point in points.items() if point[0] != "0"}
    at_seven = int(dt_util.parse_datetime("2026-11-18T07:00:00+00:00", raise_on_error=True).timestamp())
    assert sum(int(point[0]) for point in walked.values()) == 40
    assert sum(float(point[1]) for point in walked.values()) == 20.5
    assert at_seven - 3_600 <= min(walked) <= at_seven + 1_800


async def test_grafana_reads_the_hours_of_the_recorder(hass: HomeAssistant, recorder_mock: Recorder) -> None:
    def ask() -> Mapping[float, float]:
        with session_scope(hass=hass, read_only=True) as session:
            return {row.time: row.steps for row in session.execute(text(block("sql").text))}

    found = await recorder_mock.async_add_executor_job(ask)
    in_hours = {dt_util.utc_from_timestamp(time).strftime("%m-%d %H"): steps for time, steps in found.items()}
    expected: dict[str, Any] = await rows(hass, recorder_mock)
    assert in_hours == {hour: steps for hour, (steps, _) in expected.items()}
    assert sum(in_hours.values()) == 40


async def test_the_number_for_a_shortcut_is_that_of_the_sensor(hass: HomeAssistant) -> None:
    assert state(hass, STEPS_TODAY) == "40"
    assert Template(block("jinja").text.strip(), hass).async_render() == 40
