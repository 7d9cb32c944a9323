"""One pod of a walker, as far as Home Assistant is concerned.

Follows the pod's ESPHome entities wherever they are renamed to, and gives the pure row sync a
way to call the pod's action.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from homeassistant.config_entries import SIGNAL_CONFIG_ENTRY_CHANGED, ConfigEntry, ConfigEntryChange
from homeassistant.const import (
    ATTR_DOMAIN,
    ATTR_SERVICE,
    EVENT_SERVICE_REGISTERED,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    Platform,
    UnitOfLength,
    UnitOfSpeed,
    UnitOfTime,
)
from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util.unit_conversion import (
    BaseUnitConverter,
    DistanceConverter,
    DurationConverter,
    SpeedConverter,
)

from ..const import CONF_NODE, ESPHOME_DOMAIN
from ..core.ledger.row_sync import TransportError
from .device import PodDevice, async_connect_anew, async_find_pod, async_other_nodes
from .identity import async_note, async_subentry
from .plausible import (
    CADENCE_SPM,
    PERCENT,
    SPEED_MPS,
    THREE_METRES_S,
    TOTAL,
    TOTAL_M,
    Bounds,
    Plausibility,
)

BACKWARD_STEPS = "Backward steps"
UNSYNCED_MINUTES = "Unsynced minutes"
WALKING_BACKWARD = "Walking backward"
WORN = "Worn"
PROBLEM = "Problem"
SENSOR_STATUS = "Sensor status"
STATUS = "Status"
PREVENT_SLEEP = "Prevent sleep"
BATTERY_LEVEL = "Battery level"
CHARGING = "Charging"
SPEED = "Speed"
CADENCE = "Cadence"
THREE_METRES_TIME = "3 m walk time"
THREE_METRES = "3 m walk"

# How a sensor is read: the unit the integration wants it in, and what it may show in that unit.
type Reading = tuple[type[BaseUnitConverter] | None, str | None, Bounds]

_STEPS: Reading = (None, None, TOTAL)
_METRES: Reading = (DistanceConverter, UnitOfLength.METERS, TOTAL_M)

# The pod's cumulative sensors: field of the ledger's counts, and how a state becomes that field.
LIVE_SENSORS: Mapping[str, tuple[str, Reading, int]] = {
    BACKWARD_STEPS: ("back", _STEPS, 1),
    "Forward steps": ("fwd", _STEPS, 1),
    "Backward distance": ("back_dm", _METRES, 10),
    "Forward distance": ("fwd_dm", _METRES, 10),
    "Backward time": ("back_s", (DurationConverter, UnitOfTime.SECONDS, TOTAL), 1),
}

# What the pod measures of the walking.
GAIT_SENSORS: Mapping[str, Reading] = {
    SPEED: (SpeedConverter, UnitOfSpeed.METERS_PER_SECOND, SPEED_MPS),
    CADENCE: (None, None, CADENCE_SPM),
    THREE_METRES_TIME: (DurationConverter, UnitOfTime.SECONDS, THREE_METRES_S),
}
_BATTERY: Reading = (None, None, PERCENT)

# What the pod's action is called behind the name of its node.
GET_MINUTES = "get_minutes"

# ESPHome itself gives up after 30 s; this only guards against an action that never ends.
ACTION_TIMEOUT_S = 45

TRACKED = (
    *((Platform.SENSOR, name) for name in (*LIVE_SENSORS, *GAIT_SENSORS, THREE_METRES, UNSYNCED_MINUTES)),
    *((Platform.SENSOR, name) for name in (BATTERY_LEVEL, SENSOR_STATUS)),
    *((Platform.BINARY_SENSOR, name) for name in (WALKING_BACKWARD, WORN, PROBLEM, STATUS, CHARGING)),
)


def _number(state: State | None) -> float | None:
    """Return the number a state holds; it may be infinite or none at all (nan)."""
    try:
        return float(state.state) if state else None
    except ValueError:
        return None


class Pod:
    """Follows one pod and calls its action.

    `on_live` is called when a shown value changed, `on_reachable` when minutes should be fetched:
    the pod came into reach, its action appeared, or it says that it holds minutes.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        mac: str,
        on_live: Callable[[Pod], None],
        on_reachable: Callable[[Pod], None],
    ) -> None:
        self.mac = mac
        self.device: PodDevice | None = None
        self._hass = hass
        self._entry = entry
        self._on_live = on_live
        self._on_reachable = on_reachable
        # The name its action was found under last: ESPHome keeps it until it reloads a renamed node.
        subentry = async_subentry(entry, mac)
        self._node: str = subentry.data.get(CONF_NODE, "") if subentry else ""
        self._loaded_as: str | None = None
        self._is_loading = False
        self._reached = asyncio.Event()
        self._stop_tracking: CALLBACK_TYPE | None = None
        self.plausibility = Plausibility(mac)

    # Following

    @callback
    def async_start(self) -> None:
        """Watch the pod until the walker is unloaded."""
        bus, unload = self._hass.bus, self._entry.async_on_unload
        unload(bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, self._async_entity_changed))
        unload(bus.async_listen(dr.EVENT_DEVICE_REGISTRY_UPDATED, self._async_device_changed))
        unload(bus.async_listen(EVENT_SERVICE_REGISTERED, self._async_action_registered))
        unload(
            async_dispatcher_connect(
                self._hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._async_esphome_entry_changed
            )
        )
        unload(lambda: self._async_track_states(None))
        self._async_find()

    @callback
    def _async_find(self) -> None:
        """Look the pod up again and follow the states its entities have now."""
        device = async_find_pod(self._hass, self.mac)
        if device and self._lost_its_name_to_another(device):
            self._async_load_again()
        if device != self.device:
            self._async_track_states(device)
            self._on_live(self)
        if device:
            self._node = self._registered_node or self._node or device.node
            async_note(self._hass, self._entry, self.mac, device, self._node)
        self._async_check_reachable()

    def _lost_its_name_to_another(self, device: PodDevice) -> bool:
        """Say whether the action of the pod's name may be another pod's until ESPHome loads the pod again."""
        if not device.is_unique:
            self._loaded_as = None
        if not device.is_unique or self._loaded_as == device.node:
            return False
        shared = self.device is not None and not self.device.is_unique
        others = async_other_nodes(self._hass, device.entry_id)
        return shared or (self._node in others and not self._is_registered(device.node))

    @callback
    def _async_load_again(self) -> None:
        """Have ESPHome register the pod's action under the name that is the pod's alone now."""
        if self._is_loading:
            return
        self._is_loading = True
        self._entry.async_create_background_task(
            self._hass, self._async_loaded_again(), f"RetroStep action of {self.mac}"
        )

    async def _async_loaded_again(self) -> None:
        try:
            await async_connect_anew(self._hass, self.mac)
        finally:
            self._is_loading = False
        device = async_find_pod(self._hass, self.mac)
        self._loaded_as = device.node if device else ""
        self._async_find()

    @callback
    def _async_track_states(self, device: PodDevice | None) -> None:
        if self._stop_tracking:
            self._stop_tracking()
            self._stop_tracking = None
        self.device = device
        if device:
            entity_ids = [device.entities[key] for key in TRACKED if key in device.entities]
            self._stop_tracking = async_track_state_change_event(
                self._hass, entity_ids, self._async_state_changed
            )

    @callback
    def _async_state_changed(self, event: Event[EventStateChangedData]) -> None:
        self._async_check_reachable()
        if event.data["entity_id"] != self.entity_id(Platform.SENSOR, UNSYNCED_MINUTES):
            self._on_live(self)
        elif (_number(event.data["new_state"]) or 0) > 0 and self._reached.is_set():
            self._on_reachable(self)

    @callback
    def _async_entity_changed(self, event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        data = event.data
        known = self.device.entities.values() if self.device else ()
        entry = er.async_get(self._hass).async_get(data["entity_id"])
        is_ours = entry is not None and self.device is not None and entry.device_id == self.device.device_id
        if is_ours or data["entity_id"] in known or data.get("old_entity_id") in known:
            self._async_find()

    @callback
    def _async_device_changed(self, event: Event[dr.EventDeviceRegistryUpdatedData]) -> None:
        # Devices come and go rarely; a cheap look-up needs no filter of its own.
        self._async_find()

    @callback
    def _async_action_registered(self, event: Event[Any]) -> None:
        if event.data[ATTR_DOMAIN] == ESPHOME_DOMAIN and event.data[ATTR_SERVICE].endswith(f"_{GET_MINUTES}"):
            self._async_find()

    @callback
    def _async_esphome_entry_changed(self, change: ConfigEntryChange, changed: ConfigEntry) -> None:
        if changed.domain == ESPHOME_DOMAIN:
            self._async_find()

    @callback
    def _async_check_reachable(self) -> None:
        """Notice that the pod can be asked for minutes from now on."""
        if not self.reachable:
            self._reached.clear()
        elif not self._reached.is_set():
            self._reached.set()
            self._on_reachable(self)

    # What is known of it

    @property
    def name(self) -> str:
        """Name of the pod, or its MAC while ESPHome does not have it."""
        return self.device.name if self.device else self.mac

    @property
    def reachable(self) -> bool:
        """Whether the pod is connected and has its action.

        A sleeping pod's entities stay available, so its status entity decides where there is one.
        """
        if not self._registered_node:
            return False
        if self.entity_id(Platform.BINARY_SENSOR, STATUS):
            return self.is_on(STATUS) is True
        return self._state(Platform.SENSOR, BACKWARD_STEPS) is not None

    @property
    def saves_power(self) -> bool:
        """Whether the pod is out of reach on purpose most of the time; only such firmware has the switch."""
        return self.has(Platform.SWITCH, PREVENT_SLEEP)

    @property
    def is_blind(self) -> bool:
        """Whether the pod reports that its sensor failed: that it counts nothing says nothing."""
        return self.is_on(PROBLEM) is True

    @property
    def live(self) -> dict[str, int] | None:
        """The pod's running totals in the units of the ledger; None while it shows none."""
        totals: dict[str, int] = {}
        for name, (field, reading, per_unit) in LIVE_SENSORS.items():
            if (number := self._measured(name, reading)) is not None:
                totals[field] = round(number * per_unit)
        return totals or None

    @callback
    def number(self, name: str) -> float | None:
        """Return what the pod measures of the walking (a name of `GAIT_SENSORS`); None: not known."""
        return self._measured(name, GAIT_SENSORS[name])

    @property
    def battery_percent(self) -> float | None:
        """Charge of the pod's cell; None: not known, or the pod can't measure it."""
        return self._measured(BATTERY_LEVEL, _BATTERY)

    @callback
    def text(self, name: str, platform: Platform = Platform.SENSOR) -> str | None:
        """Return what a sensor or a select of the pod says; None while it is not known."""
        state = self._state(platform, name)
        return state.state if state else None

    def _measured(self, name: str, reading: Reading) -> float | None:
        """Return a sensor's number in the unit it is wanted in; None if it can't be true."""
        state = self._state(Platform.SENSOR, name)
        if state is None or (number := _number(state)) is None:
            return None
        converter, unit, bounds = reading
        shown_unit = state.attributes.get("unit_of_measurement")
        # The person may have chosen another unit for the entity.
        if converter and shown_unit in converter.VALID_UNITS:
            number = converter.convert(number, shown_unit, unit)
        return self.plausibility.check(name, state.state, number, bounds)

    @callback
    def is_on(self, name: str) -> bool | None:
        """Return a binary sensor of the pod; None while it is not known."""
        state = self._state(Platform.BINARY_SENSOR, name)
        return state.state == STATE_ON if state else None

    @callback
    def has(self, platform: Platform, name: str) -> bool:
        """Say whether the pod's firmware has an entity of this name."""
        return self.entity_id(platform, name) is not None

    @property
    def _registered_node(self) -> str | None:
        """The name under which ESPHome has the pod's action; None: it has none, or it may be another pod's.

        A node that was renamed keeps its action's old name until ESPHome loads it again. The old name says
        nothing once another pod has it.
        """
        if not self.device or not self.device.is_unique or self._is_loading:
            return None
        if self._is_registered(self.device.node):
            return self.device.node
        is_ours = self._node not in async_other_nodes(self._hass, self.device.entry_id)
        return self._node if is_ours and self._is_registered(self._node) else None

    def _is_registered(self, node: str) -> bool:
        return bool(node) and self._hass.services.has_service(ESPHOME_DOMAIN, f"{node}_{GET_MINUTES}")

    @callback
    def entity_id(self, platform: Platform, name: str) -> str | None:
        """Return what an entity of the pod is called now; None: the pod does not have it."""
        return self.device.entities.get((platform, name)) if self.device else None

    def _state(self, platform: Platform, name: str) -> State | None:
        """Return a state that says something."""
        entity_id = self.entity_id(platform, name)
        state = self._hass.states.get(entity_id) if entity_id else None
        if state is None or state.state in (STATE_UNAVAILABLE, STATE_UNKNOWN):
            return None
        return state

    # Asking it

    async def async_wait_until_reached(self) -> None:
        """Return when the pod is in reach."""
        await self._reached.wait()

    async def get_minutes(self, log: int, after: int, limit: int) -> object:
        """Ask the pod for minute rows (transport of the row sync)."""
        if not (node := self._registered_node):
            raise TransportError("its action is not there")
        try:
            async with asyncio.timeout(ACTION_TIMEOUT_S):
                return await self._hass.services.async_call(
                    ESPHOME_DOMAIN,
                    f"{node}_{GET_MINUTES}",
                    {"log": log, "after": after, "limit": limit},
                    blocking=True,
                    return_response=True,
                )
        except HomeAssistantError as err:
            raise TransportError(str(err)) from err


@callback
def async_any_on(pods: Iterable[Pod], name: str) -> bool | None:
    """Return whether a binary sensor of any pod is on; None while no pod knows.

    ESPHome keeps what a pod showed that fell asleep, over restarts too: on is believed of pods in reach only.
    """
    states = [(pod.reachable, pod.is_on(name)) for pod in pods]
    known = [state for in_reach, state in states if state is False or (state and in_reach)]
    return any(known) if known else None


@callback
def async_highest(pods: Iterable[Pod], name: str) -> float | None:
    """Return what the pods in reach measure of the walking now; they show 0 while nobody walks."""
    return max((number for pod in pods if pod.reachable and (number := pod.number(name))), default=None)
