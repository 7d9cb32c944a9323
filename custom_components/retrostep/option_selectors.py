"""Fields that several forms have."""

from homeassistant.helpers.selector import NumberSelector, NumberSelectorConfig, NumberSelectorMode


def number_box(low: float, high: float, step: float = 1, unit: str | None = None) -> NumberSelector:
    """Ask for a number from `low` to `high`, both included."""
    config = NumberSelectorConfig(min=low, max=high, step=step, mode=NumberSelectorMode.BOX)
    if unit:
        config["unit_of_measurement"] = unit
    return NumberSelector(config)
