"""What is not meant exactly as it is written is refused, not cut to what fits."""

from typing import TYPE_CHECKING, Any

import pytest
import voluptuous as vol
from homeassistant.exceptions import ServiceValidationError

from custom_components.retrostep.actions.guided_sessions import SCHEMAS as SESSION_SCHEMAS
from custom_components.retrostep.actions.reminders import SNOOZE_SCHEMA
from custom_components.retrostep.actions.walks import ADD_SCHEMA, REMOVE_SCHEMA
from custom_components.retrostep.const import DOMAIN

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant

ADD = {"start": "2026-11-18 10:00", "minutes": 5}
START = SESSION_SCHEMAS["start_session"]


@pytest.mark.parametrize(
    "value", [12.9, "12.9", True, False, None, "twelve", float("nan"), "inf", [12], 1e400]
)
@pytest.mark.parametrize(
    ("schema", "field"),
    [
        (ADD_SCHEMA, "backward_steps"),
        (ADD_SCHEMA, "forward_steps"),
        (REMOVE_SCHEMA, "walk"),
        (SNOOZE_SCHEMA, "minutes"),
    ],
)
def test_what_is_counted_is_a_whole_number(schema: vol.Schema, field: str, value: object) -> None:
    rest = ADD if schema is ADD_SCHEMA else {}
    with pytest.raises(vol.Invalid):
        schema({**rest, field: value})
    for written in (12, 12.0, "12", "12.0"):
        assert schema({**rest, field: written})[field] == 12


@pytest.mark.parametrize("value", [True, None, "long", float("nan"), "-inf", 1e400])
@pytest.mark.parametrize("field", ["minutes", "backward_metres", "forward_metres"])
def test_what_is_measured_is_a_number(field: str, value: object) -> None:
    with pytest.raises(vol.Invalid):
        ADD_SCHEMA({**ADD, field: value})
    assert ADD_SCHEMA({**ADD, field: "12.5"})[field] == 12.5


def test_the_metronome_is_on_or_off() -> None:
    for value, meant in ((True, True), ("off", False), (1, True), (0, False)):
        assert START({"metronome": value})["metronome"] is meant
    for value in (2, 0.5, "loud", None):
        with pytest.raises(vol.Invalid):
            START({"metronome": value})


@pytest.mark.usefixtures("walker")
async def test_a_stage_has_whole_steps(hass: HomeAssistant) -> None:
    data = {"stages": [{"direction": "backward", "steps": 12.9}]}
    with pytest.raises(ServiceValidationError) as refused:
        await hass.services.async_call(DOMAIN, "start_session", data, blocking=True)
    assert refused.value.translation_key == "not_a_whole_number"
    assert refused.value.translation_placeholders == {"field": "stages[0].steps", "detail": "12.9"}


@pytest.mark.usefixtures("walker")
@pytest.mark.parametrize("key", ["goal_steps", "goal_sessions", "sitting_threshold", "reminder_repeat"])
async def test_a_setting_that_is_whole_takes_no_part_of_one(hass: HomeAssistant, key: str) -> None:
    async def set_to(value: Any) -> None:
        data = {"entity_id": f"number.ann_{key}", "value": value}
        await hass.services.async_call("number", "set_value", data, blocking=True)

    await set_to(15)
    with pytest.raises(ServiceValidationError) as refused:
        await set_to(15.9)
    assert refused.value.translation_key == "not_a_whole_number"
    found = hass.states.get(f"number.ann_{key}")
    assert found
    assert float(found.state) == 15
