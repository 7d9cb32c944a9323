"""The card's files: where they are served, and how dashboards come to load them.

Home Assistant loads scripts named by `add_extra_js_url` beside its own, at times before the registry of
elements they belong to; resources of dashboards are loaded when it is ready. So the card is a resource,
and the former way is left to dashboards whose resources are kept in YAML, where only the person can add one.

The card belongs to the integration, not to a walker: it is there for a walker that can't be loaded, and after
the last one was removed, until Home Assistant stops. Then it leaves no trace.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from aiohttp import web
from aiohttp.hdrs import CACHE_CONTROL
from homeassistant.components.frontend import add_extra_js_url
from homeassistant.components.lovelace.const import DOMAIN as LOVELACE_DOMAIN
from homeassistant.components.lovelace.const import LOVELACE_DATA, SERVICE_RELOAD_RESOURCES
from homeassistant.components.lovelace.resources import ResourceStorageCollection
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView
from homeassistant.loader import async_get_integration
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..issues.issue import async_show_issue, async_withdraw_issues
from ..walker import async_walker_entries

FOLDER: Final = Path(__file__).parents[1] / "frontend"
URL_BASE: Final = f"/{DOMAIN}"
CARD_FILE: Final = "retrostep-card.js"
CARD_PATH: Final = f"{URL_BASE}/{CARD_FILE}"
ISSUE_YAML_RESOURCES: Final = "yaml_resources"

DIGEST_CHARACTERS: Final = 8
# Bytes that the address names never change; all else is asked for again.
KEPT: Final[Mapping[str, str]] = {CACHE_CONTROL: f"public, max-age={31 * 86_400}, immutable"}
ASKED_AGAIN: Final[Mapping[str, str]] = {CACHE_CONTROL: "no-cache"}
NOT_KEPT: Final[Mapping[str, str]] = {CACHE_CONTROL: "no-store"}


@dataclass(slots=True)
class _Card:
    """The card as it is served; its address tells version and content, so that no old one is kept."""

    url: str
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    extra: bool = False


_CARD: HassKey[_Card] = HassKey(f"{DOMAIN}_card")


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:DIGEST_CHARACTERS]


def _read(name: str) -> bytes | None:
    """Read a file of the card as it is now; None if there is none of this name."""
    file = next((file for file in FOLDER.glob("*.js") if file.name == name), None)
    return file.read_bytes() if file else None


class CardFilesView(HomeAssistantView):
    """Serves the card's files, whose addresses end in a digest of their bytes.

    An update replaces files while Home Assistant runs: under the address of before there are other bytes
    then, which no browser may keep for it.
    """

    url = f"{URL_BASE}/{{file}}"
    name = DOMAIN
    requires_auth = False

    async def get(self, request: web.Request, file: str) -> web.Response:
        """Give a file."""
        hass = request.app[KEY_HASS]
        content = await hass.async_add_executor_job(_read, file)
        if content is None:
            return web.Response(status=404, headers=NOT_KEPT)
        digest = _digest(content)
        address = request.query.get("v") or file.removesuffix(".js")
        headers = KEPT if address.endswith(f"-{digest}") else ASKED_AGAIN
        if any(tag.value == digest for tag in request.if_none_match or ()):
            return web.Response(status=304, headers={**headers, "ETag": f'"{digest}"'})
        return web.Response(
            body=content,
            content_type="text/javascript",
            charset="utf-8",
            headers={**headers, "ETag": f'"{digest}"'},
        )


async def async_serve_card(hass: HomeAssistant) -> None:
    """Serve the card's files; once in the life of Home Assistant, and not at all without its web server."""
    if "http" not in hass.config.components:
        return
    hass.http.register_view(CardFilesView)
    version = (await async_get_integration(hass, DOMAIN)).version
    content = await hass.async_add_executor_job(_read, CARD_FILE)
    hass.data[_CARD] = _Card(f"{CARD_PATH}?v={version}-{_digest(content or b'')}")

    async def leave(event: Event) -> None:
        if not async_walker_entries(hass):
            await _async_remove_resources(hass)

    # Without a walker the integration is not even set up next time.
    hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, leave)


@callback
def async_card_url(hass: HomeAssistant) -> str | None:
    """Give the card's address; None without a web server."""
    card = hass.data.get(_CARD)
    return card.url if card else None


async def async_add_card(hass: HomeAssistant) -> None:
    """Have dashboards load the card; may be called again, as after the last walker was removed."""
    if (card := hass.data.get(_CARD)) is None or (lovelace := hass.data.get(LOVELACE_DATA)) is None:
        return
    async with card.lock:
        if isinstance(lovelace.resources, ResourceStorageCollection):
            await _async_store_resource(lovelace.resources, card.url)
        else:
            _async_ask_for_resource(hass, card, lovelace.resources.async_items() or [])


async def _async_store_resource(resources: ResourceStorageCollection, url: str) -> None:
    """Have exactly one resource with the card's address of today."""
    await resources.async_get_info()
    mine = _ours(resources.async_items())
    if not mine:
        await resources.async_create_item({"res_type": "module", "url": url})
        return
    if mine[0]["url"] != url:
        await resources.async_update_item(mine[0]["id"], {"url": url})
    for item in mine[1:]:
        await resources.async_delete_item(item["id"])


@callback
def _async_ask_for_resource(hass: HomeAssistant, card: _Card, items: list[dict[str, Any]]) -> None:
    """Load the card beside the dashboards, and show the person which resource would do it for sure."""
    if not card.extra:
        add_extra_js_url(hass, card.url)
        card.extra = True
    is_loaded = any(item["url"] == card.url for item in items)
    async_show_issue(hass, ISSUE_YAML_RESOURCES, None, {"url": card.url}, holds=not is_loaded)


async def async_read_resources_again(hass: HomeAssistant) -> None:
    """Look at the YAML of the resources once more; raises HomeAssistantError if it can't be read."""
    if hass.services.has_service(LOVELACE_DOMAIN, SERVICE_RELOAD_RESOURCES):
        await hass.services.async_call(LOVELACE_DOMAIN, SERVICE_RELOAD_RESOURCES, blocking=True)
    await async_add_card(hass)


@callback
def async_forget_card(hass: HomeAssistant) -> None:
    """Ask for nothing more when the last walker is gone; dashboards show that nobody walks."""
    async_withdraw_issues(hass, [ISSUE_YAML_RESOURCES], None)


async def _async_remove_resources(hass: HomeAssistant) -> None:
    lovelace = hass.data.get(LOVELACE_DATA)
    if lovelace and isinstance(resources := lovelace.resources, ResourceStorageCollection):
        await resources.async_get_info()
        for item in _ours(resources.async_items()):
            await resources.async_delete_item(item["id"])


def _ours(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the resources that load the card, of whatever version."""
    return [item for item in items if str(item["url"]).partition("?")[0] == CARD_PATH]
