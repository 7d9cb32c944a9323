"""What the person should know about a walker, as repair issues; each goes when its cause is gone."""

import errno
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from homeassistant.components.notify.const import DOMAIN as NOTIFY_DOMAIN
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_DOMAIN, EVENT_SERVICE_REGISTERED, EVENT_SERVICE_REMOVED
from homeassistant.core import CALLBACK_TYPE, CoreState, Event, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ..const import CONF_PERSON, DOMAIN, SECTION_REMINDERS
from ..core.sitting.settings import (
    CONF_BUSY,
    CONF_NOTIFY,
    CONF_PHONES,
    CONF_SCHEDULE,
    CONF_SEAT,
    CONF_ZONES,
    HOME_ZONE,
)
from ..core.storage.files import Failure, StorageError
from ..features.phones import async_can_be_notified
from ..features.surroundings import async_to_entity_id
from ..pods.positions import PodPositions
from ..walker import async_settings, async_with_settings
from .issue import async_show_issue, async_withdraw_issues

PERSON_GONE: Final = "person_gone"
PHONES_SILENT: Final = "phones_silent"
SAFETY_NOTES: Final = "safety_notes"
STORAGE_TOO_NEW: Final = "storage_too_new"
STORAGE_DAMAGED: Final = "storage_damaged"
HOURS_MISSING: Final = "hours_missing"
STORAGE_FULL: Final = "storage_full"
STORAGE_REFUSED: Final = "storage_refused"
POSITIONS_LOST: Final = "positions_lost"

# The settings of the reminders that name something of the house, and the issue when it is gone.
ISSUE_OF_SETTING: Final = {
    CONF_SEAT: "seat_gone",
    CONF_SCHEDULE: "schedule_gone",
    CONF_ZONES: "zones_gone",
    CONF_BUSY: "busy_gone",
    CONF_NOTIFY: "notify_gone",
    CONF_PHONES: "phones_gone",
}


@callback
def async_report_storage(hass: HomeAssistant, entry: ConfigEntry, error: StorageError | None) -> None:
    """Say why what is kept of a walker can't be used; None: it can."""
    wrong = None
    if error is not None:
        wrong = STORAGE_TOO_NEW if error.reason is Failure.TOO_NEW else STORAGE_DAMAGED
    for key in (STORAGE_TOO_NEW, STORAGE_DAMAGED):
        async_show_issue(
            hass,
            key,
            entry.entry_id,
            {"walker": entry.title},
            holds=key == wrong,
            severity=ir.IssueSeverity.ERROR,
            data={"entry_id": entry.entry_id, "parts": " ".join(error.parts) if error else ""},
        )


@callback
def async_refusal(
    hass: HomeAssistant, entry: ConfigEntry, error: OSError | StorageError
) -> ConfigEntryError | ConfigEntryNotReady:
    """Report why a walker can't be read, with ways out; gives what to raise.

    A disk that refuses is tried again by itself: it may be away for a moment, or a sector of it for good.
    """
    about = {"walker": entry.title}
    if isinstance(error, OSError):
        async_report_storage(hass, entry, StorageError(Failure.UNREADABLE, str(error)))
        return ConfigEntryNotReady(
            translation_domain=DOMAIN, translation_key=STORAGE_REFUSED, translation_placeholders=about
        )
    async_report_storage(hass, entry, error)
    key = STORAGE_TOO_NEW if error.reason is Failure.TOO_NEW else STORAGE_DAMAGED
    return ConfigEntryError(translation_domain=DOMAIN, translation_key=key, translation_placeholders=about)


@callback
def async_report_writing(hass: HomeAssistant, entry: ConfigEntry, error: OSError | None) -> None:
    """Say that the disk does not take what happens; None: it does."""
    wrong = None
    if error is not None:
        wrong = STORAGE_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else STORAGE_REFUSED
    for key in (STORAGE_FULL, STORAGE_REFUSED):
        async_show_issue(
            hass,
            key,
            entry.entry_id,
            {"walker": entry.title, "error": (error and error.strerror) or str(error or "")},
            holds=key == wrong,
            severity=ir.IssueSeverity.ERROR,
            is_fixable=False,
        )


async def async_read_positions(hass: HomeAssistant, entry: ConfigEntry, positions: PodPositions) -> None:
    """Read what walkers took of pods; say until it is confirmed that nobody knows that any more.

    Raises StorageError for what a newer version wrote, and ConfigEntryNotReady if the disk refuses.
    """
    try:
        await positions.async_load()
    except OSError as err:
        async_report_writing(hass, entry, err)
        raise ConfigEntryNotReady(
            translation_domain=DOMAIN,
            translation_key=STORAGE_REFUSED,
            translation_placeholders={"walker": entry.title},
        ) from err
    if positions.take_loss():
        async_show_issue(hass, POSITIONS_LOST, None, {}, is_persistent=True)


@callback
def async_report_safety_notes(hass: HomeAssistant, entry: ConfigEntry, is_unread: bool) -> None:
    """Have somebody read the safety notes who wanted to start a session without; they go when it is done."""
    async_show_issue(
        hass,
        SAFETY_NOTES,
        entry.entry_id,
        {"walker": entry.title},
        holds=is_unread,
        data={"entry_id": entry.entry_id},
    )


@callback
def async_report_missing_hours(hass: HomeAssistant, entry: ConfigEntry, hours: Sequence[datetime]) -> None:
    """Say which hours of the walker's statistics the ledger lacks, as long as it does."""
    days = [dt_util.as_local(hour).date().isoformat() for hour in (*hours[:1], *hours[-1:])]
    async_show_issue(
        hass,
        HOURS_MISSING,
        entry.entry_id,
        {
            "walker": entry.title,
            "hours": str(len(hours)),
            "first": days[0] if days else "",
            "last": days[-1] if days else "",
        },
        holds=bool(hours),
        is_fixable=False,
    )


@callback
def async_person_is_gone(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Say whether the walker's person was deleted; guests never had one."""
    person: str | None = entry.data[CONF_PERSON]
    return person is not None and er.async_get(hass).async_get(person) is None


@callback
def async_gone_settings(hass: HomeAssistant, entry: ConfigEntry) -> dict[str, list[str]]:
    """Give what the settings of the reminders name and the house has no more, by setting."""
    settings = async_settings(entry, SECTION_REMINDERS)
    gone: dict[str, list[str]] = {}
    for name in ISSUE_OF_SETTING:
        is_gone = _is_device_gone if name == CONF_PHONES else _is_entity_gone
        if lost := [kept for kept in _listed(settings.get(name)) if is_gone(hass, kept)]:
            gone[name] = lost
    return gone


@callback
def async_silent_phones(hass: HomeAssistant, entry: ConfigEntry) -> list[str]:
    """Give the names of the phones of the reminders that are there and can't be notified."""
    registry = dr.async_get(hass)
    devices = (
        registry.async_get(kept)
        for kept in _listed(async_settings(entry, SECTION_REMINDERS).get(CONF_PHONES))
    )
    return [
        device.name_by_user or device.name or device.id
        for device in devices
        if device and not async_can_be_notified(hass, device.id)
    ]


@callback
def async_forget_gone(hass: HomeAssistant, entry: ConfigEntry, name: str) -> None:
    """Take what is gone out of one setting of the reminders."""
    settings = async_settings(entry, SECTION_REMINDERS)
    gone = async_gone_settings(hass, entry).get(name, [])
    left = [kept for kept in _listed(settings.get(name)) if kept not in gone]
    value = left if isinstance(settings.get(name), list) else next(iter(left), None)
    options = async_with_settings(entry, SECTION_REMINDERS, {**settings, name: value})
    hass.config_entries.async_update_entry(entry, options=options)


class WalkerWatch:
    """Looks whether the walker's person and all that the settings name are still there."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Prepare to look."""
        self._hass = hass
        self._entry = entry
        self._stop_tracking: CALLBACK_TYPE | None = None

    @callback
    def async_start(self) -> None:
        """Look from now on, if Home Assistant has started, until the walker is unloaded."""
        bus, unload = self._hass.bus, self._entry.async_on_unload
        unload(bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, self._async_changed))
        unload(bus.async_listen(dr.EVENT_DEVICE_REGISTRY_UPDATED, self._async_changed))
        # A phone gets and loses its action with what is allowed and how it is named in the app.
        for event in (EVENT_SERVICE_REGISTERED, EVENT_SERVICE_REMOVED):
            unload(bus.async_listen(event, self._async_service_changed))
        unload(self._entry.add_update_listener(self._async_settings_changed))
        # Entities without a place in the registry appear while Home Assistant starts.
        unload(async_at_started(self._hass, self._async_started))
        unload(lambda: self._async_track(set()))

    @callback
    def _async_started(self, hass: HomeAssistant) -> None:
        self._async_check()

    @callback
    def _async_changed(self, event: Event[Any]) -> None:
        if self._hass.state is CoreState.running and event.data["action"] != "update":
            self._async_check()

    @callback
    def _async_service_changed(self, event: Event[Any]) -> None:
        if event.data[ATTR_DOMAIN] == NOTIFY_DOMAIN and self._hass.state is CoreState.running:
            self._async_check()

    @callback
    def _async_state_changed(self, event: Event[Any]) -> None:
        if event.data["old_state"] is None or event.data["new_state"] is None:
            self._async_check()

    async def _async_settings_changed(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        if hass.state is CoreState.running:
            self._async_check()

    @callback
    def _async_check(self) -> None:
        hass, entry = self._hass, self._entry
        self._async_show(PERSON_GONE, {}, holds=async_person_is_gone(hass, entry))
        gone = async_gone_settings(hass, entry)
        for name, key in ISSUE_OF_SETTING.items():
            names = ", ".join(_name(hass, kept) for kept in gone.get(name, ()))
            self._async_show(key, {"entity": names}, holds=name in gone)
        silent = ", ".join(async_silent_phones(hass, entry))
        self._async_show(PHONES_SILENT, {"phone": silent}, holds=bool(silent), is_fixable=False)
        settings = async_settings(entry, SECTION_REMINDERS)
        registry = er.async_get(hass)
        named = {
            entity_id
            for name in ISSUE_OF_SETTING.keys() - {CONF_PHONES}
            for kept in _listed(settings.get(name))
            if (entity_id := async_to_entity_id(hass, kept)) and registry.async_get(entity_id) is None
        }
        self._async_track(named)

    @callback
    def _async_track(self, entity_ids: set[str]) -> None:
        """Notice when entities come and go of which no registry tells."""
        if self._stop_tracking:
            self._stop_tracking()
            self._stop_tracking = None
        if entity_ids:
            self._stop_tracking = async_track_state_change_event(
                self._hass, entity_ids, self._async_state_changed
            )

    @callback
    def _async_show(
        self, key: str, placeholders: dict[str, str], *, holds: bool, is_fixable: bool = True
    ) -> None:
        async_show_issue(
            self._hass,
            key,
            self._entry.entry_id,
            {"walker": self._entry.title, **placeholders},
            holds=holds,
            data={"entry_id": self._entry.entry_id},
            is_fixable=is_fixable,
        )


@callback
def async_withdraw_walker(hass: HomeAssistant, entry_id: str) -> None:
    """Withdraw all issues of a walker who is removed."""
    keys = (
        PERSON_GONE,
        PHONES_SILENT,
        SAFETY_NOTES,
        STORAGE_TOO_NEW,
        STORAGE_DAMAGED,
        *ISSUE_OF_SETTING.values(),
    )
    async_withdraw_issues(hass, keys, entry_id)


def _listed(value: str | list[str] | None) -> list[str]:
    """Give what a setting names, whether it may be one thing or several."""
    if isinstance(value, list):
        return value
    return [value] if value else []


def _is_entity_gone(hass: HomeAssistant, kept: str) -> bool:
    """Say whether there is neither a registered entity nor a state."""
    if kept == HOME_ZONE:
        # Home Assistant always has it.
        return False
    entity_id = async_to_entity_id(hass, kept)
    if entity_id is None:
        return True
    return er.async_get(hass).async_get(entity_id) is None and hass.states.get(entity_id) is None


def _is_device_gone(hass: HomeAssistant, kept: str) -> bool:
    return dr.async_get(hass).async_get(kept) is None


def _name(hass: HomeAssistant, kept: str) -> str:
    """Give the last entity id of what is gone, as far as the registry remembers it."""
    remembered = (
        entry.entity_id for entry in er.async_get(hass).deleted_entities.values() if entry.id == kept
    )
    return next(remembered, kept)
