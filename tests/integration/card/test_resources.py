"""How dashboards come to load the card, and what browsers keep of it."""

from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest
from homeassistant.components.frontend import DATA_EXTRA_MODULE_URL, UrlManager
from homeassistant.components.lovelace.const import LOVELACE_DATA
from homeassistant.const import EVENT_HOMEASSISTANT_STOP, Platform
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import patch_yaml_files

from custom_components.retrostep.card import resources as frontend_resources
from custom_components.retrostep.const import DOMAIN
from tests.conftest import VERSION

from ..helpers import STEPS_TODAY, keep, settle

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry
    from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

    from ..helpers import MakeWalker
    from ..repairs_page import Repairs


@pytest.fixture
async def dashboards(hass: HomeAssistant) -> None:
    """A Home Assistant with dashboards, whose own pages are not built."""
    assert await async_setup_component(hass, "http", {})
    hass.data[DATA_EXTRA_MODULE_URL] = UrlManager(lambda *_: None, [])
    assert await async_setup_component(hass, "lovelace", {})


def urls(hass: HomeAssistant) -> list[str]:
    """Addresses of all resources."""
    return [item["url"] for item in hass.data[LOVELACE_DATA].resources.async_items()]


async def test_dashboards_load_the_card_of_this_version(
    hass: HomeAssistant, dashboards: None, make_walker: MakeWalker, hass_client: ClientSessionGenerator
) -> None:
    for slug in ("ann", "bob"):
        assert await hass.config_entries.async_setup(make_walker(slug=slug).entry_id) or True
    await settle(hass)

    [url] = urls(hass)
    assert url.startswith(f"{frontend_resources.CARD_PATH}?v={VERSION}-")
    answer = await (await hass_client()).get(url)
    assert answer.status == 200
    assert await answer.read() == (frontend_resources.FOLDER / frontend_resources.CARD_FILE).read_bytes()
    assert "max-age" in answer.headers["Cache-Control"]


async def test_an_older_address_is_renewed_and_doubles_go(
    hass: HomeAssistant, dashboards: None, make_walker: MakeWalker
) -> None:
    resources = hass.data[LOVELACE_DATA].resources
    for url in (f"{frontend_resources.CARD_PATH}?v=0.0.1", frontend_resources.CARD_PATH, "/local/other.js"):
        await resources.async_create_item({"res_type": "module", "url": url})
    await hass.config_entries.async_setup(make_walker().entry_id)
    await settle(hass)

    mine, other = urls(hass)
    assert mine.startswith(f"{frontend_resources.CARD_PATH}?v={VERSION}-")
    assert other == "/local/other.js"


async def test_the_card_stays_when_the_last_walker_goes_and_leaves_when_home_assistant_stops(
    hass: HomeAssistant, dashboards: None, make_walker: MakeWalker, hass_client: ClientSessionGenerator
) -> None:
    entry = make_walker()
    await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    await hass.config_entries.async_remove(entry.entry_id)
    [url] = urls(hass)
    assert (await (await hass_client()).get(url)).status == 200

    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await settle(hass)
    assert urls(hass) == [], "without a walker nothing would serve it next time"


async def test_the_card_stays_over_a_stop_while_there_is_a_walker(
    hass: HomeAssistant, dashboards: None, make_walker: MakeWalker
) -> None:
    await hass.config_entries.async_setup(make_walker().entry_id)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await settle(hass)
    assert len(urls(hass)) == 1


async def test_the_card_is_there_for_a_walker_that_can_not_be_loaded(
    hass: HomeAssistant, dashboards: None, make_walker: MakeWalker
) -> None:
    entry = make_walker()
    keep(hass, entry.entry_id, "ledger", {"version": 99})
    assert not await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    assert len(urls(hass)) == 1


# What browsers keep


@pytest.fixture
async def replaced(
    dashboards: None, walker: MockConfigEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A folder of the card's files that an update may change while Home Assistant runs."""
    folder = tmp_path / "frontend"
    copytree(frontend_resources.FOLDER, folder)
    monkeypatch.setattr(frontend_resources, "FOLDER", folder)
    return folder


async def test_bytes_that_their_address_does_not_name_are_not_kept(
    hass: HomeAssistant, replaced: Path, hass_client_no_auth: ClientSessionGenerator
) -> None:
    client = await hass_client_no_auth()
    german = next(replaced.glob("retrostep-de-*.js"))
    url = hass.data[frontend_resources._CARD].url

    for address in (url, f"/retrostep/{german.name}"):
        kept = await client.get(address)
        assert kept.status == 200
        assert "max-age=2678400" in kept.headers["Cache-Control"]
    (replaced / frontend_resources.CARD_FILE).write_text("new")
    german.write_text("new")
    for address in (url, f"/retrostep/{german.name}", frontend_resources.CARD_PATH):
        changed = await client.get(address)
        assert await changed.text() == "new"
        assert changed.headers["Cache-Control"] == "no-cache"
        again = await client.get(address, headers={"If-None-Match": changed.headers["ETag"]})
        assert (again.status, await again.read()) == (304, b"")


@pytest.mark.parametrize("name", ["retrostep-de-00000000.js", "manifest.json", "*.js"])
async def test_what_is_no_file_of_the_card_is_missing_until_it_is_one(
    replaced: Path, hass_client_no_auth: ClientSessionGenerator, name: str
) -> None:
    missing = await (await hass_client_no_auth()).get(f"/retrostep/{name}")
    assert (missing.status, missing.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize("listed", [False, True])
async def test_where_resources_are_yaml_the_person_is_told_what_to_add(
    hass: HomeAssistant, make_walker: MakeWalker, listed: bool
) -> None:
    assert await async_setup_component(hass, "http", {})
    hass.data[DATA_EXTRA_MODULE_URL] = UrlManager(lambda *_: None, [])
    content = (frontend_resources.FOLDER / frontend_resources.CARD_FILE).read_bytes()
    url = f"{frontend_resources.CARD_PATH}?v={VERSION}-{frontend_resources._digest(content)}"
    resources = [{"url": url, "type": "module"}] if listed else []
    config = {"resource_mode": "yaml", "resources": resources}
    assert await async_setup_component(hass, "lovelace", {"lovelace": config})
    entry = make_walker()
    await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)

    issue = ir.async_get(hass).async_get_issue(DOMAIN, frontend_resources.ISSUE_YAML_RESOURCES)
    assert (issue is None) == listed
    assert hass.data[DATA_EXTRA_MODULE_URL].urls == {url}
    if issue:
        assert issue.translation_placeholders == {"url": url}

    await hass.config_entries.async_remove(entry.entry_id)
    assert ir.async_get(hass).async_get_issue(DOMAIN, frontend_resources.ISSUE_YAML_RESOURCES) is None
    assert hass.data[DATA_EXTRA_MODULE_URL].urls == {url}, "dashboards show that nobody walks"


@pytest.mark.parametrize("walkers", ["one that can't be loaded", "none any more"])
async def test_a_dashboard_in_yaml_finds_the_card_whatever_became_of_the_walkers(
    hass: HomeAssistant, make_walker: MakeWalker, hass_client: ClientSessionGenerator, walkers: str
) -> None:
    """Without its script a dashboard says that a custom element doesn't exist."""
    assert await async_setup_component(hass, "http", {})
    hass.data[DATA_EXTRA_MODULE_URL] = UrlManager(lambda *_: None, [])
    assert await async_setup_component(hass, "lovelace", {"lovelace": {"resource_mode": "yaml"}})
    entry = make_walker()
    if walkers == "none any more":
        assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.config_entries.async_remove(entry.entry_id)
    else:
        keep(hass, entry.entry_id, "ledger", {"version": 99})
        assert not await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    [url] = hass.data[DATA_EXTRA_MODULE_URL].urls
    script = await (await hass_client()).get(url)
    assert script.status == 200
    assert b"customElements" in await script.read()


async def test_the_resources_are_read_again_when_the_person_added_the_card(
    hass: HomeAssistant,
    make_walker: MakeWalker,
    repairs: Repairs,
) -> None:
    hass.data[DATA_EXTRA_MODULE_URL] = UrlManager(lambda *_: None, [])
    assert await async_setup_component(hass, "lovelace", {"lovelace": {"resource_mode": "yaml"}})
    await hass.config_entries.async_setup(make_walker().entry_id)
    await settle(hass)
    issue = repairs.issue("yaml_resources")
    assert issue
    assert issue.translation_placeholders
    url = issue.translation_placeholders["url"]
    files = {hass.config.path("configuration.yaml"): "lovelace: {resource_mode: yaml}"}
    with patch_yaml_files(files):
        flow = await repairs.open("yaml_resources")
        assert (await repairs.answer(flow))["errors"] == {"base": "still_so"}
        files[hass.config.path("configuration.yaml")] = "lovelace: ["
        assert (await repairs.answer(flow))["errors"] == {"base": "not_read"}
        resources = f"[{{url: '{url}', type: module}}]"
        files[hass.config.path("configuration.yaml")] = (
            f"lovelace: {{resource_mode: yaml, resources: {resources}}}"
        )
        assert (await repairs.answer(flow))["type"] == "create_entry"

    assert not repairs.issue("yaml_resources")


async def test_without_dashboards_steps_are_counted_all_the_same(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    assert hass.states.get(STEPS_TODAY)
    assert Platform.SENSOR in {entity.domain for entity in er.async_get(hass).entities.values()}
