"""What actions share: which walker, who may, and moments as people write them, in the walker's zone."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any, Final
from zoneinfo import ZoneInfo

import voluptuous as vol
from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import ServiceCall
from homeassistant.exceptions import ServiceValidationError, Unauthorized, UnknownUser
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import service
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..coordinator import RetroStepConfigEntry
from ..core.ledger.day_calendar import epoch_minute, minute_start
from ..core.ledger.ledger import Ledger
from ..walker import async_may

_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEARS = range(2000, 2200)


TEXT_MAX: Final = 1_000
"""Characters of a text: dates, names and ids of entries are much shorter."""
VALUES_MAX: Final = 500
"""Texts, numbers, keys and lists in all fields together: fifty stages need half of it."""


def bounded(schema: vol.Schema) -> vol.All:
    """Refuse the data of a call that are too large to be meant before a schema reads them.

    A long text would be read, and written into the message that refuses it, again and again.
    """
    return vol.All(refuse_too_large, schema)


def refuse_too_large(data: Any) -> Any:
    """Give the data back; raises ServiceValidationError for texts too long and for too many values."""
    left, found = [data], 1
    while left:
        value = left.pop()
        inside: Collection[Any] = ()
        if isinstance(value, Mapping):
            inside = [*value, *value.values()] if len(value) <= VALUES_MAX else value
        elif isinstance(value, (list, tuple, set, frozenset)):
            inside = value
        found += len(inside)
        if found > VALUES_MAX or (isinstance(value, (str, bytes)) and len(value) > TEXT_MAX):
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="input_too_large",
                translation_placeholders={"characters": str(TEXT_MAX), "values": str(VALUES_MAX)},
            )
        left.extend(inside)
    return data


def moment(value: Any) -> datetime | date:
    """Accept a date or a date and time, as an object or a text."""
    found: datetime | date | None = None
    if isinstance(value, date):
        found = value
    elif isinstance(value, str):
        text = value.strip()
        found = dt_util.parse_date(text) if _A_DATE.fullmatch(text) else dt_util.parse_datetime(text)
    if found is None:
        raise vol.Invalid(f"Not a date or time: {value}")
    if found.year not in _YEARS:
        raise vol.Invalid(f"Not a year somebody walks in: {found.year}")
    return found


def number(value: Any) -> float:
    """Accept a number as an object or a text; on and off are none."""
    if isinstance(value, bool):
        raise vol.Invalid(f"Not a number: {value}")
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError) as err:
        raise vol.Invalid(f"Not a number: {value}") from err
    if not isfinite(found):
        raise vol.Invalid(f"Not a number: {value}")
    return found


def whole(value: Any) -> int:
    """Accept a whole number as an object or a text; nothing is cut off without a word."""
    if not (found := number(value)).is_integer():
        raise vol.Invalid(f"Not a whole number: {value}")
    return int(found)


def flag(value: Any) -> bool:
    """Accept on or off, as Home Assistant writes them; of numbers only 1 and 0."""
    if not isinstance(value, bool) and isinstance(value, (int, float)) and value not in (0, 1):
        raise vol.Invalid(f"Neither on nor off: {value}")
    return cv.boolean(value)


def walkers_zone(ledger: Ledger, now: datetime) -> ZoneInfo:
    """Give the zone of the walker's open day."""
    return ZoneInfo(ledger.calendar.span_at(epoch_minute(now)).zone)


def beginning(ledger: Ledger, told: datetime | date, now: datetime) -> datetime:
    """Give the moment something begins: a date alone is the start of the walker's day."""
    if isinstance(told, datetime):
        return _aware(told, walkers_zone(ledger, now))
    return minute_start(ledger.calendar.span_of(told).first)


def ending(ledger: Ledger, told: datetime | date, now: datetime) -> datetime:
    """Give the moment something ends: a date alone includes the walker's whole day."""
    if isinstance(told, datetime):
        return _aware(told, walkers_zone(ledger, now))
    return minute_start(ledger.calendar.span_of(told).end)


def _aware(told: datetime, zone: ZoneInfo) -> datetime:
    return told if told.tzinfo else told.replace(tzinfo=zone)


WALKER_FIELD: Final = {vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string}


async def async_walker(call: ServiceCall, policy: str) -> RetroStepConfigEntry:
    """Give the entry of the walker an action is for.

    Raises ServiceValidationError if that is not clear, Unauthorized if who asks may not read or control it.
    """
    hass, context = call.hass, call.context
    entry: RetroStepConfigEntry = service.async_get_config_entry(
        hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
    )
    if context.user_id is None:
        return entry
    if (user := await hass.auth.async_get_user(context.user_id)) is None:
        raise UnknownUser(context=context, config_entry_id=entry.entry_id, permission=policy)
    if not async_may(hass, user, entry, policy):
        raise Unauthorized(context=context, config_entry_id=entry.entry_id, permission=policy)
    return entry
