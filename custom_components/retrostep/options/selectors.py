"""Fields that several forms have."""

from math import ceil, floor

from homeassistant.const import UnitOfLength
from homeassistant.helpers.selector import NumberSelector, NumberSelectorConfig, NumberSelectorMode
from homeassistant.util.unit_conversion import DistanceConverter


def number_box(low: float, high: float, step: float = 1, unit: str | None = None) -> NumberSelector:
    """Ask for a number from `low` to `high`, both included."""
    config = NumberSelectorConfig(min=low, max=high, step=step, mode=NumberSelectorMode.BOX)
    if unit:
        config["unit_of_measurement"] = unit
    return NumberSelector(config)


def length_selector(low_m: float, high_m: float, step_m: float, unit: UnitOfLength) -> NumberSelector:
    """Ask for a length in the unit of the house."""
    # Within the limits, whichever way they are rounded.
    return number_box(
        ceil(DistanceConverter.convert(low_m, UnitOfLength.METERS, unit)),
        floor(DistanceConverter.convert(high_m, UnitOfLength.METERS, unit)),
        step_m if unit is UnitOfLength.METERS else 1,
        unit,
    )
