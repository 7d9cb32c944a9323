"""The form for the reminders after long sitting."""

from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.const import Platform, UnitOfTime
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    DeviceFilterSelectorConfig,
    DeviceSelectorConfig,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
    NumberSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)

from ..const import MOBILE_APP_DOMAIN, SECTION_REMINDERS
from ..core.ledger.day_calendar import WEEKDAYS
from ..core.sitting.settings import (
    CONF_AT_MOST,
    CONF_BACKWARD_ONLY,
    CONF_BACKWARD_STEPS,
    CONF_BREAK_STEPS,
    CONF_BUSY,
    CONF_DAYS,
    CONF_NOTIFY,
    CONF_PHONES,
    CONF_QUIET_FROM,
    CONF_QUIET_TO,
    CONF_REPEAT_MIN,
    CONF_SCHEDULE,
    CONF_SEAT,
    CONF_SEND,
    CONF_SNOOZE_MIN,
    CONF_THRESHOLD_MIN,
    CONF_ZONES,
    DEFAULTS,
)
from ..features.surroundings import async_to_entity_id, async_to_kept
from ..walker import async_settings, async_with_settings
from .selectors import (
    ClockSelector,
    ShortDeviceSelector,
    ShortEntitySelector,
    ShortSelectSelector,
    number_box,
)

SECTION_NOTIFICATIONS: Final = "notifications"
SECTION_TIMES: Final = "times"
SECTION_PLACES: Final = "places"
SECTION_BREAK: Final = "break"

# Fields that name one entity, and those that name several.
ENTITY_FIELDS: Final = (CONF_SEAT, CONF_SCHEDULE)
ENTITIES_FIELDS: Final = (CONF_ZONES, CONF_BUSY, CONF_NOTIFY)
EMPTY: Final[Mapping[str, Any]] = {
    CONF_SEAT: None,
    CONF_SCHEDULE: None,
    CONF_ZONES: [],
    CONF_BUSY: [],
    CONF_NOTIFY: [],
    CONF_PHONES: [],
    CONF_DAYS: [],
}


def _minutes(low: int, high: int) -> NumberSelector:
    return number_box(low, high, unit=UnitOfTime.MINUTES)


def _entities(*domains: str, multiple: bool = False) -> ShortEntitySelector:
    return ShortEntitySelector(
        EntitySelectorConfig(
            filter=EntityWithDeviceFilterSelectorConfig(domain=list(domains)), multiple=multiple
        )
    )


FIELDS: Final[Mapping[str, Mapping[vol.Marker, Any]]] = {
    "": {
        vol.Required(CONF_THRESHOLD_MIN): _minutes(1, 240),
        vol.Required(CONF_REPEAT_MIN): _minutes(1, 120),
        vol.Required(CONF_AT_MOST): number_box(1, 20),
    },
    SECTION_NOTIFICATIONS: {
        vol.Required(CONF_SEND): BooleanSelector(),
        vol.Optional(CONF_PHONES): ShortDeviceSelector(
            DeviceSelectorConfig(
                filter=DeviceFilterSelectorConfig(integration=MOBILE_APP_DOMAIN), multiple=True
            )
        ),
        vol.Optional(CONF_NOTIFY): _entities(Platform.NOTIFY, multiple=True),
        vol.Required(CONF_SNOOZE_MIN): _minutes(1, 240),
    },
    SECTION_TIMES: {
        vol.Required(CONF_QUIET_FROM): ClockSelector(),
        vol.Required(CONF_QUIET_TO): ClockSelector(),
        vol.Optional(CONF_DAYS): ShortSelectSelector(
            SelectSelectorConfig(
                options=list(WEEKDAYS),
                multiple=True,
                mode=SelectSelectorMode.LIST,
                translation_key="weekday",
            )
        ),
        vol.Optional(CONF_SCHEDULE): _entities("schedule", "input_boolean", Platform.BINARY_SENSOR),
    },
    SECTION_PLACES: {
        vol.Optional(CONF_SEAT): _entities(Platform.BINARY_SENSOR, "input_boolean"),
        vol.Optional(CONF_ZONES): _entities("zone", multiple=True),
        vol.Optional(CONF_BUSY): _entities(
            Platform.MEDIA_PLAYER,
            Platform.CALENDAR,
            Platform.BINARY_SENSOR,
            "input_boolean",
            Platform.SWITCH,
            multiple=True,
        ),
    },
    SECTION_BREAK: {
        vol.Required(CONF_BREAK_STEPS): number_box(2, 60),
        vol.Required(CONF_BACKWARD_ONLY): BooleanSelector(),
        vol.Required(CONF_BACKWARD_STEPS): number_box(2, 200),
    },
}


class ReminderOptions(OptionsFlow):
    """Say when, where and how to remind of getting up."""

    async def async_step_reminders(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for everything about reminders that is no entity of its own."""
        kept = async_settings(self.config_entry, SECTION_REMINDERS)
        errors: dict[str, str] = {}
        shown = self._shown({**DEFAULTS, **kept})
        if user_input is not None:
            given = {**EMPTY, **_flat(user_input)}
            shown = given
            if given[CONF_DAYS]:
                part = {**kept, **self._to_keep(given)}
                return self.async_create_entry(
                    data=async_with_settings(self.config_entry, SECTION_REMINDERS, part)
                )
            errors[SECTION_TIMES] = "no_days"
        return self.async_show_form(step_id="reminders", data_schema=_schema(shown), errors=errors)

    def _shown(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Give entity ids of today for what is kept; what is gone is left out."""
        shown = dict(kept)
        for name in ENTITY_FIELDS:
            shown[name] = async_to_entity_id(self.hass, kept[name]) if kept[name] else None
        for name in ENTITIES_FIELDS:
            shown[name] = [
                entity_id for one in kept[name] if (entity_id := async_to_entity_id(self.hass, one))
            ]
        return shown

    def _to_keep(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give what to keep of a form: entities by their registry id."""
        keep = {name: value for name, value in given.items() if name in DEFAULTS}
        for name in ENTITY_FIELDS:
            keep[name] = async_to_kept(self.hass, given[name]) if given[name] else None
        for name in ENTITIES_FIELDS:
            keep[name] = [async_to_kept(self.hass, one) for one in given[name]]
        return keep


def _flat(user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Take the fields out of their sections."""
    flat: dict[str, Any] = {}
    for name, value in user_input.items():
        flat |= value if name in FIELDS else {name: value}
    return flat


def _schema(shown: Mapping[str, Any]) -> vol.Schema:
    """Put the form together with what to show in its fields."""
    schema: dict[vol.Marker, Any] = {}
    for name, fields in FIELDS.items():
        filled = {_filled(marker, shown[str(marker)]): selector for marker, selector in fields.items()}
        if name:
            schema[vol.Required(name)] = section(vol.Schema(filled), {"collapsed": True})
        else:
            schema |= filled
    return vol.Schema(schema)


def _filled(marker: vol.Marker, value: object) -> vol.Marker:
    """Give a field with what to show in it; one that must not be left out has it as its default too."""
    if isinstance(marker, vol.Required):
        return vol.Required(marker.schema, default=value)
    return vol.Optional(marker.schema, description={"suggested_value": value})
