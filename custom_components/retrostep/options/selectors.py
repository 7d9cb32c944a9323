"""Fields that several forms have."""

from math import ceil, floor, isfinite
from typing import Any, Final, override

import voluptuous as vol
from homeassistant.const import MAX_LENGTH_STATE_ENTITY_ID, UnitOfLength
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.selector import (
    DateSelector,
    DeviceSelector,
    EntitySelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    TimeSelector,
)
from homeassistant.util.unit_conversion import DistanceConverter

# "12:34:56" or "2026-11-30", and room for spaces; what is longer is not read.
_CLOCK_MAX: Final = 16
# Of one kind: meetings, zones or phones.
_NAMES_MAX: Final = 100


class FiniteNumberSelector(NumberSelector):
    """Asks for a number; "nan", which is neither too small nor too large, is none."""

    @override
    def __call__(self, data: Any) -> float:
        """Check what was given; raises vol.Invalid."""
        _refuse_long(data)
        if isinstance(data, bool) or not isfinite(value := super().__call__(data)):
            raise vol.Invalid("Not a number")
        return value


class WholeNumberSelector(FiniteNumberSelector):
    """Asks for a whole number; nothing is cut off without a word."""

    @override
    def __call__(self, data: Any) -> int:
        """Check what was given; raises vol.Invalid."""
        if not (value := super().__call__(data)).is_integer():
            raise vol.Invalid("Not a whole number")
        return int(value)


class ClockSelector(TimeSelector):
    """Asks for a time of the day and gives it as it is kept, also if it was written "7:00"."""

    @override
    def __call__(self, data: Any) -> str:
        """Check what was given; raises vol.Invalid."""
        _refuse_long(data, _CLOCK_MAX)
        return cv.time(data).isoformat()


class DaySelector(DateSelector):
    """Asks for a day and gives it as it is kept."""

    @override
    def __call__(self, data: Any) -> str:
        """Check what was given; raises vol.Invalid."""
        _refuse_long(data, _CLOCK_MAX)
        return cv.date(data).isoformat()


class ShortEntitySelector(EntitySelector):
    """Asks for entities, of which a house has so many with names so long."""

    @override
    def __call__(self, data: Any) -> str | list[str]:
        """Check what was given; raises vol.Invalid."""
        _refuse_long(data)
        return super().__call__(data)


class ShortDeviceSelector(DeviceSelector):
    """Asks for devices, of which a house has so many."""

    @override
    def __call__(self, data: Any) -> str | list[str]:
        """Check what was given; raises vol.Invalid."""
        _refuse_long(data)
        return super().__call__(data)


class ShortSelectSelector(SelectSelector):
    """Asks for some of a few values, each of which needs to be said once."""

    @override
    def __call__(self, data: Any) -> str | list[str]:
        """Check what was given; raises vol.Invalid."""
        _refuse_long(data)
        chosen: str | list[str] = super().__call__(data)
        return chosen


def _refuse_long(data: Any, most: int = MAX_LENGTH_STATE_ENTITY_ID) -> None:
    """Refuse texts that are too long and too many of them; raises vol.Invalid."""
    names = data if isinstance(data, list) else [data]
    if len(names) > _NAMES_MAX:
        raise vol.Invalid(f"More than {_NAMES_MAX}")
    if any(isinstance(name, str) and len(name) > most for name in names):
        raise vol.Invalid(f"Longer than {most} characters")


def number_box(low: float, high: float, step: float = 1, unit: str | None = None) -> NumberSelector:
    """Ask for a number from `low` to `high`, both included; for a whole one if it grows in whole steps."""
    selector = WholeNumberSelector if float(step).is_integer() else FiniteNumberSelector
    return selector(_box(low, high, step, unit))


def length_selector(low_m: float, high_m: float, step_m: float, unit: UnitOfLength) -> NumberSelector:
    """Ask for a length in the unit of the house, as exactly as somebody wants."""
    # Within the limits, whichever way they are rounded.
    return FiniteNumberSelector(
        _box(
            ceil(DistanceConverter.convert(low_m, UnitOfLength.METERS, unit)),
            floor(DistanceConverter.convert(high_m, UnitOfLength.METERS, unit)),
            step_m if unit is UnitOfLength.METERS else 1,
            unit,
        )
    )


def _box(low: float, high: float, step: float, unit: str | None) -> NumberSelectorConfig:
    config = NumberSelectorConfig(min=low, max=high, step=step, mode=NumberSelectorMode.BOX)
    if unit:
        config["unit_of_measurement"] = unit
    return config
