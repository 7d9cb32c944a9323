"""What other entities say of the walker: on the seat, busy, away, or within a schedule."""

from homeassistant.const import STATE_HOME, STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event

from ..core.sitting.models import QuietReason
from ..core.sitting.settings import HOME_ZONE, ReminderSettings
from .host import Host

# A meeting or an event of a calendar, music or a film that runs.
BUSY_STATES = frozenset({STATE_ON, "playing", "buffering"})
SEAT_STATES = {STATE_ON: True, STATE_OFF: False}
ATTR_IN_ZONES = "in_zones"


@callback
def async_to_entity_id(hass: HomeAssistant, kept: str) -> str | None:
    """Give the entity id of today for what is kept in the settings; None if it is gone."""
    return er.async_resolve_entity_id(er.async_get(hass), kept)


@callback
def async_to_kept(hass: HomeAssistant, entity_id: str) -> str:
    """Give what to keep of an entity: its registry id, so that it may be renamed."""
    entry = er.async_get(hass).async_get(entity_id)
    return entry.id if entry else entity_id


class Surroundings:
    """Watches the entities named in the settings wherever they are renamed to.

    An entity that is gone or says nothing never makes a quiet time, and never ends one by error.
    """

    def __init__(self, host: Host, settings: ReminderSettings, person: str | None) -> None:
        """Prepare to watch; `person` is the registry id of the walker's person.

        The host is asked to show when one of the entities says something new.
        """
        self._hass = host.hass
        self._host = host
        self._settings = settings
        self._person = person
        self._stop_tracking: CALLBACK_TYPE | None = None
        self._tracked: set[str] = set()

    @callback
    def async_start(self) -> None:
        """Watch until the walker is unloaded."""
        entry, bus = self._host.config_entry, self._hass.bus
        entry.async_on_unload(bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, self._async_entity_changed))
        entry.async_on_unload(self._async_stop_tracking)
        self._async_track()

    @callback
    def async_set(self, settings: ReminderSettings) -> None:
        """Take over other settings."""
        self._settings = settings
        if self._stop_tracking:
            self._async_track()

    @callback
    def _async_track(self) -> None:
        self._async_stop_tracking()
        settings = self._settings
        kept = (self._person, settings.seat, settings.schedule, *settings.busy, *settings.zones)
        self._tracked = {
            entity_id for one in kept if one and (entity_id := async_to_entity_id(self._hass, one))
        }
        self._stop_tracking = async_track_state_change_event(
            self._hass, self._tracked, self._async_state_changed
        )

    @callback
    def _async_stop_tracking(self) -> None:
        if self._stop_tracking:
            self._stop_tracking()
            self._stop_tracking = None

    @callback
    def _async_state_changed(self, event: Event[EventStateChangedData]) -> None:
        self._host.show()

    @callback
    def _async_entity_changed(self, event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        if {event.data["entity_id"], event.data.get("old_entity_id")} & self._tracked:
            self._async_track()
            self._host.show()

    # What they say

    def _state(self, kept: str | None) -> State | None:
        """Return a state that says something."""
        entity_id = async_to_entity_id(self._hass, kept) if kept else None
        state = self._hass.states.get(entity_id) if entity_id else None
        if state is None or state.state in (STATE_UNAVAILABLE, STATE_UNKNOWN):
            return None
        return state

    @property
    def seat(self) -> bool | None:
        """Whether the seat is taken; None without a seat that says so."""
        state = self._state(self._settings.seat)
        return SEAT_STATES.get(state.state) if state else None

    def quiet(self, clock: QuietReason | None) -> QuietReason | None:
        """Give the first reason for which nobody is reminded; `clock` is that of quiet hours and days off."""
        reasons = {
            QuietReason.AWAY: self._away,
            QuietReason.SWITCHED_OFF: not self._settings.enabled,
            clock: clock is not None,
            QuietReason.SCHEDULE: self._off_schedule,
            QuietReason.BUSY: self._busy,
        }
        return next((reason for reason, holds in reasons.items() if holds), None)

    @property
    def _off_schedule(self) -> bool:
        schedule = self._state(self._settings.schedule)
        return schedule is not None and schedule.state == STATE_OFF

    @property
    def _busy(self) -> bool:
        return any(
            (state := self._state(busy)) and state.state in BUSY_STATES for busy in self._settings.busy
        )

    @property
    def _away(self) -> bool:
        """Say whether the walker's person is in none of the zones in which to remind."""
        person = self._state(self._person)
        if person is None:
            return False
        found = [state for zone in self._settings.zones if (state := self._state(zone))]
        inside = set(person.attributes.get(ATTR_IN_ZONES) or ())
        if person.state == STATE_HOME:
            inside.add(HOME_ZONE)
        # Trackers that do not report zones have the name of one as their state.
        return bool(found) and not any(
            zone.entity_id in inside or zone.name == person.state for zone in found
        )
