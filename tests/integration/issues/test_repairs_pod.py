"""What is wrong with a pod can be looked at once more with a click, and the answer is told."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.components.update.const import UpdateEntityFeature
from homeassistant.config_entries import ConfigEntryState, ConfigFlow
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    MockModule,
    async_mock_service,
    mock_config_flow,
    mock_integration,
    mock_platform,
)

from custom_components.retrostep.issues import pod_flows as repairs_pod

from ..helpers import settle, this_minute

if TYPE_CHECKING:
    from collections.abc import Generator

    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod
    from ..repairs_page import Flow, Repairs

HOUR_S = 3600


@pytest.fixture
def repairs(walker: MockConfigEntry, repairs: Repairs, at_once: None) -> Repairs:
    """The page; the walker is there before."""
    return repairs


async def fetch(hass: HomeAssistant, fake: FakePod, skew_s: int = 0) -> None:
    """Let a pod whose clock is this far ahead come into reach."""
    fake.now_s = int(dt_util.utcnow().timestamp()) + skew_s
    fake.disconnect()
    await settle(hass)
    fake.connect()
    await settle(hass)


# Clock


class Connection:
    """How ESPHome connects to a pod when its entry is loaded: the pod asks for the time then."""

    def __init__(self, hass: HomeAssistant, fake: FakePod) -> None:
        self.fake = fake
        self.reached = True
        self.skew_s = 0
        self.made = 0
        module = MockModule("esphome", async_setup_entry=self.make, async_unload_entry=self.drop)
        # As one of nobody's: newer releases let only those return a bool, older ones want it of all.
        mock_integration(hass, module, built_in=False)
        mock_platform(hass, "esphome.config_flow", built_in=False)
        hass.config.components.add("esphome")
        fake.entry.mock_state(hass, ConfigEntryState.LOADED)

    async def make(self, *_: object) -> bool:
        """Load the entry; a pod in reach is connected at once."""
        self.made += 1
        if self.reached:
            self.fake.now_s = int(dt_util.utcnow().timestamp()) + self.skew_s
            self.fake.connect()
        return True

    async def drop(self, *_: object) -> bool:
        """Unload the entry."""
        self.fake.disconnect()
        return True


@pytest.fixture
def connection(hass: HomeAssistant, pod: FakePod) -> Generator[Connection]:
    with mock_config_flow("esphome", ConfigFlow):
        yield Connection(hass, pod)


async def test_a_wrong_clock_is_set_by_connecting_to_the_pod_anew(
    hass: HomeAssistant, pod: FakePod, repairs: Repairs, connection: Connection
) -> None:
    await fetch(hass, pod, skew_s=-HOUR_S)
    flow = await repairs.open("clock_wrong")
    assert flow["description_placeholders"] == {"pod": "Left shoe"}

    assert (await repairs.answer(flow))["type"] == "create_entry"
    assert connection.made == 1
    assert not repairs.issue("clock_wrong")


async def test_a_clock_that_stays_wrong_is_told_with_how_far_it_is_off(
    hass: HomeAssistant, pod: FakePod, repairs: Repairs, connection: Connection
) -> None:
    connection.skew_s = -HOUR_S
    await fetch(hass, pod, skew_s=-HOUR_S)
    flow = await repairs.open("clock_wrong")
    still_so = await repairs.answer(flow)

    assert still_so["errors"] == {"base": "still_so"}
    assert still_so["description_placeholders"] == {"pod": "Left shoe", "minutes": "60"}
    assert repairs.issue("clock_wrong")
    connection.skew_s = 0
    assert (await repairs.answer(flow))["type"] == "create_entry"


@pytest.mark.usefixtures("connection")
async def test_minutes_of_the_future_outlive_a_clock_that_was_put_right(
    hass: HomeAssistant, pod: FakePod, repairs: Repairs
) -> None:
    pod.walk(back=10)
    pod.close_minute(this_minute() + 600)
    await fetch(hass, pod, skew_s=10 * HOUR_S)
    told = await repairs.answer(await repairs.open("clock_wrong"))

    assert told["errors"] == {"base": "future_minutes"}
    assert repairs.issue("clock_wrong")


@pytest.mark.parametrize("why", ["asleep", "removed", "stuck", "no answer"])
async def test_the_clock_of_a_pod_out_of_reach_can_not_be_set(
    hass: HomeAssistant,
    pod: FakePod,
    repairs: Repairs,
    connection: Connection,
    monkeypatch: pytest.MonkeyPatch,
    why: str,
) -> None:
    monkeypatch.setattr(repairs_pod, "REACHED_WITHIN_S", 0.01)
    await fetch(hass, pod, skew_s=-HOUR_S)
    flow = await repairs.open("clock_wrong")
    if why == "removed":
        await hass.config_entries.async_remove(pod.entry.entry_id)
    elif why == "stuck":
        pod.entry.mock_state(hass, ConfigEntryState.FAILED_UNLOAD)
    elif why == "no answer":
        pod.failure = "timeout"
    else:
        connection.reached = False

    assert (await repairs.answer(flow))["errors"] == {"base": "out_of_reach"}


# Firmware and log


@pytest.mark.parametrize(("version", "key"), [(0, "firmware_too_old"), (2, "firmware_too_new")])
async def test_firmware_is_checked_again_as_often_as_asked(
    hass: HomeAssistant, pod: FakePod, repairs: Repairs, version: int, key: str
) -> None:
    pod.answer = {"v": version}
    await fetch(hass, pod)
    flow = await repairs.open(key)
    assert (await repairs.answer(flow))["errors"] == {"base": "still_so"}
    pod.failure = "asleep"
    assert (await repairs.answer(flow))["errors"] == {"base": "out_of_reach"}
    assert repairs.issue(key)

    pod.failure = pod.answer = None
    assert (await repairs.answer(flow))["type"] == "create_entry"
    assert not repairs.issue(key)


async def test_a_rewound_log_is_checked_again(hass: HomeAssistant, pod: FakePod, repairs: Repairs) -> None:
    for ago_min in (2, 1):
        pod.walk(back=10)
        pod.close_minute(this_minute() - ago_min)
    await fetch(hass, pod)
    newest = pod.rows.pop()
    await fetch(hass, pod)
    flow = await repairs.open("log_rewound")
    assert (await repairs.answer(flow))["errors"] == {"base": "still_so"}

    pod.rows.append(newest)
    assert (await repairs.answer(flow))["type"] == "create_entry"
    assert not repairs.issue("log_rewound")


async def too_old(hass: HomeAssistant, pod: FakePod, repairs: Repairs, **update: Any) -> Flow:
    """Begin to mend a firmware that is too old, with an update entity beside it."""
    entity_id = pod.register("update", "Firmware")
    attributes = {"supported_features": update.get("features", UpdateEntityFeature.INSTALL)}
    hass.states.async_set(entity_id, update.get("state", "on"), attributes)
    pod.answer = {"v": 0}
    await fetch(hass, pod)
    return await repairs.open("firmware_too_old")


async def test_an_update_that_is_ready_can_be_installed(
    hass: HomeAssistant, pod: FakePod, repairs: Repairs
) -> None:
    installed = async_mock_service(hass, "update", "install")
    flow = await too_old(hass, pod, repairs)
    assert (flow["type"], flow["menu_options"]) == ("menu", ["install", "confirm"])
    begun = await repairs.answer(flow, next_step_id="install")
    await settle(hass)

    assert (begun["type"], begun["reason"]) == ("abort", "update_started")
    assert begun["description_placeholders"] == {"pod": "Left shoe"}
    assert [call.data["entity_id"] for call in installed] == ["update.left_shoe"]
    assert repairs.issue("firmware_too_old"), "it goes when the pod is back"


async def test_an_update_that_somebody_else_installed_needs_no_other(
    hass: HomeAssistant, pod: FakePod, repairs: Repairs
) -> None:
    flow = await too_old(hass, pod, repairs)
    hass.states.async_set("update.left_shoe", "off")
    pod.answer = None

    assert (await repairs.answer(flow, next_step_id="install"))["type"] == "create_entry"


@pytest.mark.parametrize("update", [{"state": "off"}, {"features": 0}])
async def test_an_update_is_offered_only_where_there_is_one(
    hass: HomeAssistant, pod: FakePod, repairs: Repairs, update: dict[str, Any]
) -> None:
    flow = await too_old(hass, pod, repairs, **update)

    assert (flow["type"], flow["step_id"]) == ("form", "confirm")


async def test_a_pod_that_esphome_lost_has_no_update(
    hass: HomeAssistant, pod: FakePod, repairs: Repairs
) -> None:
    pod.answer = {"v": 0}
    await fetch(hass, pod)
    await hass.config_entries.async_remove(pod.entry.entry_id)
    await settle(hass)

    assert (await repairs.open("firmware_too_old"))["step_id"] == "confirm"


async def test_a_walker_that_went_while_its_pod_was_mended_needs_no_mending(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    pod.answer = {"v": 2}
    await fetch(hass, pod)
    flow = await repairs.open("firmware_too_new")
    await hass.config_entries.async_unload(walker.entry_id)
    assert (await repairs.answer(flow))["errors"] == {"base": "out_of_reach"}
    await hass.config_entries.async_remove(walker.entry_id)

    assert (await repairs.answer(flow))["type"] == "create_entry"
