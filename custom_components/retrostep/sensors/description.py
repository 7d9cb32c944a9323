"""What describes a sensor of a walker."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from homeassistant.components.sensor import SensorEntityDescription
from homeassistant.core import HomeAssistant

from ..coordinator import WalkerData
from ..entity import WalkerEntityDescription


@dataclass(frozen=True, kw_only=True)
class WalkerSensorEntityDescription(WalkerEntityDescription, SensorEntityDescription):
    """Describes a sensor.

    `unit_fn` gives a unit that may change, `since_fn` the start of the day or week for what begins anew
    with it, `attributes_fn` what is told besides the value, `exists_fn` whether a walker has the sensor
    at all, `urgent_fn` what ends a pause when it changes. A value with a `step` that counts on is shown
    whenever it passes a multiple of it, and when what is urgent changes. `none_yet`: without a value it shows
    that there is none yet, as Home Assistant's own word would be "unknown".
    """

    unit_fn: Callable[[HomeAssistant, WalkerData], str] | None = None
    value_fn: Callable[[WalkerData], int | float | str | datetime | None]
    since_fn: Callable[[WalkerData], datetime] | None = None
    attributes_fn: Callable[[WalkerData], Mapping[str, Any]] | None = None
    exists_fn: Callable[[WalkerData], bool] = lambda _: True
    urgent_fn: Callable[[WalkerData], Hashable] | None = None
    step: int | None = None
    none_yet: bool = False


def since_today(data: WalkerData) -> datetime:
    """Give the start of the walker's day."""
    return data.today.start


def since_monday(data: WalkerData) -> datetime:
    """Give the start of the walker's week."""
    return data.week.start
