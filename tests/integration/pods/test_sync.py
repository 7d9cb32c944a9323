"""What can go wrong when minutes are fetched disturbs nothing and is said once."""

import asyncio
import logging
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util import dt as dt_util

from custom_components.retrostep.core.ledger.row_sync import Outcome
from custom_components.retrostep.storage import FolderFiles

from ..helpers import (
    STEPS_TODAY,
    MakeWalker,
    copy_kept,
    kept,
    reach,
    settle,
    state,
    sync,
    walked_minute,
)

if TYPE_CHECKING:
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod


pytestmark = pytest.mark.usefixtures("noon")


# Failures


async def test_a_pod_that_cannot_be_asked_is_reported_once_down_and_once_up(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "custom_components.retrostep.pods.sync")
    pod.failure = "out of reach"
    await reach(hass, pod)
    for minutes in (1, 2, 3):
        pod.set("sensor", "Unsynced minutes", minutes)
        await settle(hass)
    assert caplog.text.count("could not be fetched") == 1

    pod.failure = None
    walked_minute(pod)
    pod.set("sensor", "Unsynced minutes", 4)
    await settle(hass)
    assert caplog.text.count("are fetched again") == 1
    assert state(hass, STEPS_TODAY) == "10"


@pytest.mark.parametrize("answer", [[], {}, {"v": 1}, {"v": 1, "log": -1}, "minutes"])
async def test_nonsense_is_refused_with_one_line_and_disturbs_nothing(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    caplog: pytest.LogCaptureFixture,
    answer: Any,
) -> None:
    walked_minute(pod)
    await reach(hass, pod)
    with patch.object(walker.runtime_data.syncs[pod.mac].pod, "get_minutes", return_value=answer):
        pod.set("sensor", "Unsynced minutes", 1)
        await settle(hass)
        pod.set("sensor", "Unsynced minutes", 2)
        await settle(hass)

    assert caplog.text.count("could not be fetched: pod_refused") == 1
    assert state(hass, STEPS_TODAY) == "10"


async def test_minutes_that_did_not_reach_the_disk_are_not_acknowledged(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    walked_minute(pod)
    with patch.object(FolderFiles, "write", side_effect=OSError(28, "disk full")):
        await reach(hass, pod)
        assert [call["after"] for call in pod.asked] == [0]
        with pytest.raises(HomeAssistantError) as error:
            await sync(hass)
        assert error.value.translation_key == "not_saved"
        assert error.value.translation_placeholders == {"pod": "Left shoe", "detail": "[Errno 28] disk full"}

    await sync(hass)
    assert pod.asked[-1]["after"] == 1
    assert state(hass, STEPS_TODAY) == "10"


async def test_what_is_fetched_while_home_assistant_stops_is_on_disk_before_it_is_acknowledged(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    walked_minute(pod)
    hass.set_state(CoreState.stopping)
    await reach(hass, pod)
    hass.set_state(CoreState.running)

    assert [call["after"] for call in pod.asked] == [0, 1]
    assert pod.mac in kept(hass, walker.entry_id)["ledger"]["pods"]


async def test_a_round_that_outlives_the_walker_writes_nothing(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await reach(hass, pod)
    asked, go_on = asyncio.Event(), asyncio.Event()
    running = walker.runtime_data.syncs[pod.mac]
    original = running.pod.get_minutes

    async def slow(log: int, after: int, limit: int) -> object:
        answer = await original(log, after, limit)
        asked.set()
        await go_on.wait()
        return answer

    walked_minute(pod)
    with patch.object(running.pod, "get_minutes", slow):
        round_of_action = hass.async_create_task(running.async_sync())
        await asked.wait()
        await hass.config_entries.async_unload(walker.entry_id)
        written = copy_kept(hass, walker.entry_id)
        go_on.set()
        result = await round_of_action
    running.pod._on_live(running.pod)
    await settle(hass)

    assert result.outcome is Outcome.NOT_SAVED
    assert copy_kept(hass, walker.entry_id) == written


# The action


async def test_the_action_tells_how_many_minutes_were_new(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await reach(hass, pod)
    walked_minute(pod, ago_min=5)
    walked_minute(pod, ago_min=4)

    answer = await sync(hass, config_entry_id=walker.entry_id)

    assert answer == {
        "new_minutes": 2,
        "pods": [{"name": "Left shoe", "mac": pod.mac, "new_minutes": 2, "lost_minutes": 0}],
    }
    assert state(hass, STEPS_TODAY) == "20"


async def test_the_action_needs_a_pod(hass: HomeAssistant, make_walker: MakeWalker) -> None:
    entry = make_walker()
    await hass.config_entries.async_setup(entry.entry_id)

    with pytest.raises(ServiceValidationError) as error:
        await sync(hass)

    assert error.value.translation_key == "no_pods"


async def test_the_action_says_what_a_pod_answered_wrong(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await reach(hass, pod)
    pod.answer = {"v": 2}

    with pytest.raises(HomeAssistantError) as error:
        await sync(hass)

    assert error.value.translation_key == "pod_refused"


async def test_the_action_says_that_a_pod_holds_minutes_back(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    walked_minute(pod)
    await reach(hass, pod)
    now = int(dt_util.utcnow().timestamp())
    pod.answer = {
        "v": 1,
        "log": pod.log,
        "oldest": 1,
        "next": 9,
        "more": True,
        "now": now,
        "total": [99] * 7,
        "m": [],
    }

    with pytest.raises(HomeAssistantError) as error:
        await sync(hass)

    assert error.value.translation_key == "pod_incomplete"
