"""The sheet for a professional: as an action's answer, and as a page to open in a browser."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import voluptuous as vol
from aiohttp import web
from aiohttp.hdrs import CACHE_CONTROL
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView
from homeassistant.helpers.translation import async_get_translations

from ..const import DOMAIN
from ..coordinator import RetroStepConfigEntry
from ..core.reports.sheet import DAYS_MAX, Sheet
from ..core.reports.sheet_page import Words, sheet_page
from ..walker import async_may
from .common import WALKER_FIELD, async_walker, bounded, moment
from .history import async_answers

ACTION_GET_SHEET: Final = "get_sheet"
ATTR_START: Final = "start"
ATTR_END: Final = "end"
ATTR_INITIALS: Final = "initials"
ATTR_LANGUAGE: Final = "language"

LANGUAGES: Final = ("de", "en", "es", "fr", "nl", "pt-BR", "zh-Hans")
INITIALS_MAX: Final = 8
"""Initials, not a name: what is sent says no more of who walked than somebody wants."""
USUAL_DAYS: Final = 12 * 7

_TEXTS: Final = "common"
# The page holds no script and fetches nothing, whatever it would say.
_HEADERS: Final[Mapping[str, str]] = {
    CACHE_CONTROL: "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-modals",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def _day(value: Any) -> date:
    """Accept a day; of a date and time the day."""
    found = moment(value)
    return date(found.year, found.month, found.day)


_FIELDS: Final = {
    vol.Optional(ATTR_START): _day,
    vol.Optional(ATTR_END): _day,
    vol.Optional(ATTR_INITIALS, default=""): vol.All(str, str.strip, vol.Length(max=INITIALS_MAX)),
    vol.Optional(ATTR_LANGUAGE): vol.In(LANGUAGES),
}
SHEET_SCHEMA: Final = vol.Schema({**WALKER_FIELD, **_FIELDS})
_QUERY: Final = bounded(vol.Schema(_FIELDS, extra=vol.REMOVE_EXTRA))


@callback
def async_setup_sheet_action(hass: HomeAssistant) -> None:
    """Register the action and, with a web server, the page."""
    hass.services.async_register(
        DOMAIN,
        ACTION_GET_SHEET,
        _async_get_sheet,
        schema=bounded(SHEET_SCHEMA),
        supports_response=SupportsResponse.ONLY,
    )
    if "http" in hass.config.components:
        hass.http.register_view(SheetView)


async def _async_get_sheet(call: ServiceCall) -> ServiceResponse:
    """Give a sheet as text."""
    entry = await async_walker(call, POLICY_READ)
    name, content = await _async_sheet(call.hass, entry, call.data)
    return {"walker": entry.title, "filename": name, "content": content}


class SheetView(HomeAssistantView):
    """Serves a walker's sheet to whoever is signed in and may read the walker."""

    url = f"/api/{DOMAIN}/sheet/{{entry_id}}"
    name = f"api:{DOMAIN}:sheet"

    async def get(self, request: web.Request, entry_id: str) -> web.Response:
        """Give the page; the query has the fields of the action."""
        hass = request.app[KEY_HASS]
        entry: RetroStepConfigEntry | None = hass.config_entries.async_get_entry(entry_id)
        is_there = entry is not None and entry.domain == DOMAIN and entry.state is ConfigEntryState.LOADED
        # Who may not read a walker is not told whether there is one.
        if entry is None or not is_there or not async_may(hass, request[KEY_HASS_USER], entry, POLICY_READ):
            return web.Response(status=404)
        try:
            name, content = await _async_sheet(hass, entry, _QUERY(dict(request.query)))
        except (vol.Invalid, ServiceValidationError) as err:
            return web.Response(status=400, text=str(err))
        headers = {**_HEADERS, "Content-Disposition": f'inline; filename="{name}"'}
        return web.Response(text=content, content_type="text/html", charset="utf-8", headers=headers)


async def _async_sheet(
    hass: HomeAssistant, entry: RetroStepConfigEntry, fields: Mapping[str, Any]
) -> tuple[str, str]:
    """Give the name and the content of a sheet; raises ServiceValidationError for a period that can't be."""
    coordinator, answers = entry.runtime_data, async_answers(entry)
    today = coordinator.ledger.today(answers.at).date
    last = min(fields.get(ATTR_END, today), today)
    first = fields.get(ATTR_START, last - timedelta(days=USUAL_DAYS - 1))
    if first > last:
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="sheet_empty")
    if (last - first).days >= DAYS_MAX:
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="sheet_too_long")
    programme, walks = coordinator.goals.view.programme, coordinator.guided_sessions.walks.kept()
    language = fields.get(ATTR_LANGUAGE) or hass.config.language
    prefix = f"component.{DOMAIN}.{_TEXTS}."
    texts = await async_get_translations(hass, language, _TEXTS, {DOMAIN})
    words = Words({key.removeprefix(prefix): text for key, text in texts.items()}, language)
    sheet = Sheet.of(answers, programme, walks, (first, last), fields[ATTR_INITIALS])
    content = await hass.async_add_executor_job(sheet_page, sheet, words)
    return f"{DOMAIN}_{coordinator.slug}_{last.isoformat()}.html", content
