"""The forms for the walker's day and weight."""

from typing import TYPE_CHECKING

import pytest
from homeassistant.data_entry_flow import InvalidData
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM

from ..flow_helpers import give_weight, open_options

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry


async def test_the_walkers_day_can_be_set_and_set_back(hass: HomeAssistant, walker: MockConfigEntry) -> None:
    flow = await open_options(hass, walker, "day")
    await hass.config_entries.options.async_configure(
        flow["flow_id"], {"time_zone": "Pacific/Chatham", "day_start": "04:00:00"}
    )
    await hass.async_block_till_done()
    assert walker.options == {"time_zone": "Pacific/Chatham", "day_start": "04:00:00"}

    flow = await open_options(hass, walker, "day")
    await hass.config_entries.options.async_configure(flow["flow_id"], {})
    await hass.async_block_till_done()
    assert walker.options == {"day_start": "00:00:00"}


async def test_the_weight_is_asked_in_the_unit_of_the_house(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    await give_weight(hass, walker, weight=154.3)
    assert walker.options["body"]["weight_kg"] == pytest.approx(69.99, abs=0.01)
    form = await open_options(hass, walker, "body")
    (field,) = form["data_schema"].schema
    assert field.description == {"suggested_value": 154.3}
    assert form["data_schema"].schema[field].config["unit_of_measurement"] == "lb"


async def test_a_weight_nobody_has_is_refused_at_the_field(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    for weight in (3, 900):
        with pytest.raises(InvalidData) as refused:
            await give_weight(hass, walker, weight=weight)
        assert refused.value.path == ["weight"]
