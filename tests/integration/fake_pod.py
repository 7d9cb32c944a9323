"""A pod as Home Assistant's ESPHome integration shows it: entry, device, entities and action.

The entities are real registry entries with states written by hand; `get_minutes` answers from
a log that follows the rules of the firmware (design of the minute log: rows are kept after they
were acknowledged, a foreign log id acknowledges nothing).
"""

from dataclasses import dataclass, field
from typing import Any

from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

SENSORS = {
    "Backward steps": "steps",
    "Forward steps": "steps",
    "Backward distance": "m",
    "Forward distance": "m",
    "Backward time": "s",
    "Unsynced minutes": "min",
    "Speed": "m/s",
    "Cadence": "steps/min",
}
BINARY_SENSORS = ("Walking backward", "Worn", "Status")
PAGE_ROWS = 3


@dataclass
class FakePod:
    """One pod; `rows` are minute rows as the firmware answers them, `open_minute` is not yet one."""

    hass: HomeAssistant
    mac: str = "aa:bb:cc:dd:ee:01"
    node: str = "step-pod-01"
    name: str = "Left shoe"
    log: int = 4711
    now_s: int = 0
    rows: list[list[int]] = field(default_factory=list)
    open_minute: list[int] = field(default_factory=lambda: [0] * 7)
    oldest: int = 1
    asked: list[dict[str, Any]] = field(default_factory=list)
    failure: str | None = None
    answer: Any = None

    @property
    def action(self) -> str:
        """Name of the pod's action."""
        return f"{self.node.replace('-', '_')}_get_minutes"

    def adopt(
        self, *, model: str = "step_pod", entities: bool = True, action: bool = True
    ) -> MockConfigEntry:
        """Make ESPHome know the pod."""
        self.entry = MockConfigEntry(
            domain="esphome", unique_id=self.mac, title=self.name, data={"device_name": self.node}
        )
        self.entry.add_to_hass(self.hass)
        self.device = dr.async_get(self.hass).async_get_or_create(
            config_entry_id=self.entry.entry_id,
            connections={(dr.CONNECTION_NETWORK_MAC, self.mac)},
            manufacturer="retrostep",
            model=model,
            name=self.name,
        )
        if action:
            self.register_action()
        if entities:
            for name in SENSORS:
                self.register("sensor", name)
            for name in BINARY_SENSORS:
                self.register("binary_sensor", name)
        return self.entry

    def register(self, domain: str, name: str) -> str:
        """Put an entity of the pod into the entity registry."""
        return (
            er.async_get(self.hass)
            .async_get_or_create(
                domain,
                "esphome",
                f"{self.mac.upper()}/0/{domain}/{name}",
                config_entry=self.entry,
                device_id=self.device.id,
                original_name=name,
                has_entity_name=True,
            )
            .entity_id
        )

    def save_power(self) -> None:
        """Have firmware of a profile that saves power, which alone has this switch."""
        self.register("switch", "Prevent sleep")

    def register_action(self) -> None:
        """Make Home Assistant know the pod's action."""
        self.hass.services.async_register(
            "esphome", self.action, self._get_minutes, supports_response=SupportsResponse.OPTIONAL
        )

    def entity_id(self, domain: str, name: str) -> str:
        """Entity id of one of the pod's entities, as it is called now."""
        found = er.async_get(self.hass).async_get_entity_id(
            domain, "esphome", f"{self.mac.upper()}/0/{domain}/{name}"
        )
        assert found
        return found

    def set(self, domain: str, name: str, value: object) -> None:
        """Write the state of one entity."""
        unit = SENSORS.get(name)
        self.hass.states.async_set(
            self.entity_id(domain, name), str(value), {"unit_of_measurement": unit} if unit else {}
        )

    # Walking

    def walk(self, **counts: int) -> None:
        """Take steps in the open minute (`back`, `fwd`, `side`, `back_dm`, `fwd_dm`, `back_s`, `fwd_s`)."""
        names = ("back", "fwd", "side", "back_dm", "fwd_dm", "back_s", "fwd_s")
        for index, name in enumerate(names):
            self.open_minute[index] += counts.get(name, 0)

    def close_minute(self, epoch_min: int) -> None:
        """End the open minute: it becomes a row."""
        seq = self.rows[-1][0] + 1 if self.rows else 1
        walked = self.open_minute[0] > 0
        self.rows.append(
            [
                seq,
                epoch_min,
                *self.open_minute,
                5 if walked else -1,
                50 if walked else -1,
                110 if walked else 0,
            ]
        )
        self.open_minute = [0] * 7

    def totals(self, rows: list[list[int]]) -> list[int]:
        """Sum up rows, in the order of the protocol."""
        return [sum(row[2 + index] for row in rows) for index in range(7)]

    # What Home Assistant sees

    def publish(self) -> None:
        """Write the cumulative sensors."""
        back, fwd, _side, back_dm, fwd_dm, back_s, _fwd_s = self.totals(
            [*self.rows, [0, 0, *self.open_minute]]
        )
        self.set("sensor", "Backward steps", float(back))
        self.set("sensor", "Forward steps", float(fwd))
        self.set("sensor", "Backward distance", back_dm / 10)
        self.set("sensor", "Forward distance", fwd_dm / 10)
        self.set("sensor", "Backward time", float(back_s))

    def connect(self) -> None:
        """Come into reach."""
        self.publish()
        self.set("binary_sensor", "Walking backward", STATE_OFF)
        self.set("binary_sensor", "Worn", STATE_ON)
        self.set("sensor", "Unsynced minutes", 0)
        self.set("binary_sensor", "Status", STATE_ON)

    def disconnect(self) -> None:
        """Get out of reach."""
        for name in SENSORS:
            self.set("sensor", name, STATE_UNAVAILABLE)
        self.set("binary_sensor", "Walking backward", STATE_UNAVAILABLE)
        self.set("binary_sensor", "Worn", STATE_UNAVAILABLE)
        self.set("binary_sensor", "Status", STATE_OFF)

    def sleep(self) -> None:
        """Say goodbye: ESPHome keeps what the other entities showed."""
        self.set("binary_sensor", "Status", STATE_OFF)

    async def _get_minutes(self, call: ServiceCall) -> Any:
        self.asked.append(dict(call.data))
        if self.failure:
            raise HomeAssistantError(self.failure)
        if self.answer is not None:
            return self.answer
        after = call.data["after"] if call.data["log"] == self.log else 0
        rows = [row for row in self.rows if row[0] > after and row[0] >= self.oldest]
        page, rest = rows[:PAGE_ROWS], rows[PAGE_ROWS:]
        end = rest[0][0] if rest else self.rows[-1][0] + 1 if self.rows else 1
        return {
            "v": 1,
            "log": self.log,
            "oldest": self.oldest,
            "next": end,
            "more": bool(rest),
            "now": self.now_s,
            "total": self.totals([row for row in self.rows if row[0] < end]),
            "m": page,
            "asked": [call.data["log"], call.data["after"]],
        }
