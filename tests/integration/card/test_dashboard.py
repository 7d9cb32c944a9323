"""The dashboard that was asked for at the set-up is made once, in an administrator's browser."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.components.frontend import DATA_PANELS
from homeassistant.components.lovelace.const import LOVELACE_DATA
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component

from custom_components.retrostep.card import dashboard as ours
from custom_components.retrostep.const import DOMAIN

from ..flow_helpers import start, submit
from ..helpers import settle

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockUser
    from pytest_homeassistant_custom_component.typing import WebSocketGenerator

type Call = Callable[..., Awaitable[Any]]

CLAIM = "retrostep/dashboard/claim"
DONE = "retrostep/dashboard/done"
STRATEGY = {"strategy": {"type": "custom:retrostep"}}


@pytest.fixture(autouse=True)
async def _dashboards(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, "lovelace", {})
    assert await async_setup_component(hass, "frontend", {})
    # Before a client comes: the web server of tests takes no address after that.
    assert await async_setup_component(hass, DOMAIN, {})
    await settle(hass)


@pytest.fixture
async def call(hass: HomeAssistant, hass_ws_client: WebSocketGenerator) -> Call:
    """Do what a page of Home Assistant does; gives the result, or the code of the error."""
    client = await hass_ws_client(hass)

    async def ask(command: str, **arguments: Any) -> Any:
        await client.send_json_auto_id({"type": command, **arguments})
        answer = await client.receive_json()
        await settle(hass)
        return answer["result"] if answer["success"] else answer["error"]["code"]

    return ask


async def make(call: Call, create: dict[str, Any], config: dict[str, Any]) -> None:
    """Make a dashboard as a browser does."""
    await call("lovelace/dashboards/create", **create)
    await call("lovelace/config/save", url_path=create["url_path"], config=config)


def wanted(hass: HomeAssistant) -> bool:
    panel: bool = hass.data[DATA_PANELS]["retrostep-start"].config["wanted"]
    return panel


async def test_a_browser_makes_it_once(hass: HomeAssistant, call: Call) -> None:
    result = await submit(hass, await start(hass), guest_name="Eve")
    assert result["description"] == "dashboard"
    assert result["description_placeholders"] == {"walker": "Eve", "dashboard": "/retrostep-start"}
    assert wanted(hass)

    asked = await call(CLAIM)
    assert asked["create"]["url_path"] == "retro-step"
    assert await call(CLAIM) == {"wait": True}, "another tab"
    await make(call, **asked)
    assert await call(DONE) == {"path": "retro-step"}

    assert not wanted(hass)
    assert "dashboard" not in result["result"].data
    assert await call(CLAIM) == {"path": "retro-step"}
    assert [one["url_path"] for one in await call("lovelace/dashboards/list")] == ["retro-step"]


async def test_a_wish_does_not_set_the_walker_up_again(hass: HomeAssistant, call: Call) -> None:
    entry = (await submit(hass, await start(hass), guest_name="Eve"))["result"]
    before = entry.runtime_data
    await make(call, **(await call(CLAIM)))
    await call(DONE)
    assert entry.runtime_data is before


async def test_a_dashboard_of_the_same_path_is_never_written(hass: HomeAssistant, call: Call) -> None:
    mine = {"views": [{"title": "Mine"}]}
    await make(call, {"url_path": "retro-step", "title": "Mine"}, mine)
    await call("lovelace/dashboards/create", url_path="retro-step-2", title="Empty")
    await submit(hass, await start(hass), guest_name="Eve")

    asked = await call(CLAIM)
    assert asked["create"]["url_path"] == "retro-step-3"
    await make(call, **asked)
    assert await call("lovelace/config", url_path="retro-step") == mine


async def test_a_dashboard_there_is_is_opened_and_none_is_offered(hass: HomeAssistant, call: Call) -> None:
    await make(call, {"url_path": "the-kitchen", "title": "Kitchen"}, STRATEGY)
    flow = await start(hass)
    assert flow["data_schema"]
    assert "dashboard" not in flow["data_schema"].schema

    result = await submit(hass, flow, guest_name="Eve")
    assert result["description"] == "dashboard"
    assert await call(CLAIM) == {"path": "the-kitchen"}


async def test_nobody_who_did_not_ask_gets_one(hass: HomeAssistant, call: Call) -> None:
    result = await submit(hass, await start(hass), guest_name="Eve", dashboard=False)
    assert result["description"] is None
    assert not wanted(hass)
    assert await call(CLAIM) == {}
    assert await call(DONE) == {"path": None}


async def test_who_is_no_administrator_is_refused(
    hass: HomeAssistant, call: Call, hass_admin_user: MockUser
) -> None:
    await submit(hass, await start(hass), guest_name="Eve")
    hass_admin_user.groups = []

    assert await call(CLAIM) == "unauthorized"
    assert await call(DONE) == "unauthorized"
    assert wanted(hass)


async def test_a_browser_that_fails_lets_another_try(hass: HomeAssistant, call: Call) -> None:
    await submit(hass, await start(hass), guest_name="Eve")
    assert "create" in await call(CLAIM)
    assert await call(DONE) == {"path": None}, "it could not make it"
    assert "create" in await call(CLAIM)


async def test_a_browser_that_is_closed_lets_another_try(
    hass: HomeAssistant, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ours, "CLAIM_S", 0)
    await submit(hass, await start(hass), guest_name="Eve")
    assert "create" in await call(CLAIM)
    assert "create" in await call(CLAIM)


async def test_a_dashboard_that_can_not_be_read_is_not_ours(
    hass: HomeAssistant, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make(call, {"url_path": "the-kitchen", "title": "Kitchen"}, STRATEGY)

    async def fail(force: bool) -> None:
        raise HomeAssistantError

    kitchen = hass.data[LOVELACE_DATA].dashboards["the-kitchen"]
    monkeypatch.setattr(kitchen, "async_load", fail)
    assert await ours.async_dashboard_path(hass) is None


async def test_the_page_goes_with_the_last_walker(hass: HomeAssistant) -> None:
    entry = (await submit(hass, await start(hass), guest_name="Eve"))["result"]
    assert "retrostep-start" in hass.data[DATA_PANELS]
    await hass.config_entries.async_remove(entry.entry_id)
    assert "retrostep-start" not in hass.data[DATA_PANELS]

    await submit(hass, await start(hass), guest_name="Bob")
    assert wanted(hass)


async def test_without_dashboards_none_is_looked_for(hass: HomeAssistant) -> None:
    lovelace = hass.data.pop(LOVELACE_DATA)
    assert await ours.async_dashboard_path(hass) is None
    assert not ours.async_can_have_dashboard(hass)
    hass.data[LOVELACE_DATA] = lovelace
    assert hass.config_entries.async_entries(DOMAIN) == []
