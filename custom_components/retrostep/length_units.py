"""Lengths of walks in the unit of the house: metres, or feet where Home Assistant counts in miles.

Kept and told to automations are always metres; people read and type the unit of the house.
"""

from homeassistant.const import UnitOfLength
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.unit_conversion import DistanceConverter


@callback
def async_length_unit(hass: HomeAssistant) -> UnitOfLength:
    """Give the unit that walks are told in."""
    in_miles = hass.config.units.length_unit == UnitOfLength.MILES
    return UnitOfLength.FEET if in_miles else UnitOfLength.METERS


def to_house(metres: float, unit: UnitOfLength) -> float:
    """Write metres in the unit of the house; feet are whole, as nobody walks more exactly."""
    if unit is UnitOfLength.METERS:
        return metres
    return round(DistanceConverter.convert(metres, UnitOfLength.METERS, unit))


def to_metres(value: float, unit: UnitOfLength, kept: float) -> float:
    """Give the metres somebody typed; `kept` metres stay as exact as they are if they are typed again."""
    if value == to_house(kept, unit):
        return kept
    if unit is UnitOfLength.METERS:
        return value
    return round(DistanceConverter.convert(value, unit, UnitOfLength.METERS), 2)
