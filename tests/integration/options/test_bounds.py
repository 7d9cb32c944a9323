"""What is no number, no time or far too long is refused by the forms, at once."""

from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest
import voluptuous as vol
from homeassistant.data_entry_flow import InvalidData
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.selector import BooleanSelector, NumberSelector

from custom_components.retrostep.options import goal_form
from custom_components.retrostep.options.selectors import WholeNumberSelector

from ..flow_helpers import give_weight, open_options

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

STEPS = ("day", "body", "goal", "reminders", "guided_sessions")
LONG = "9" * 10_000_000
AT_ONCE_S = 0.5


def texts(schema: dict[Any, Any]) -> list[Any]:
    """Give what reads each field of a form that is no box to tick, also those in sections."""
    found = []
    for reader in schema.values():
        inside = getattr(reader, "schema", None)
        found += texts(inside.schema) if isinstance(inside, vol.Schema) else [reader]
    assert found
    return [reader for reader in found if not isinstance(reader, BooleanSelector)]


@pytest.mark.parametrize("step", STEPS)
async def test_no_field_reads_ten_megabytes_for_long(
    hass: HomeAssistant, walker: MockConfigEntry, step: str
) -> None:
    form = await open_options(hass, walker, step)
    for reader in texts(form["data_schema"].schema):
        began = perf_counter()
        with pytest.raises(vol.Invalid):
            reader(LONG)
        assert perf_counter() - began < AT_ONCE_S, reader


@pytest.mark.parametrize("step", STEPS)
async def test_no_number_of_a_form_is_nan(hass: HomeAssistant, walker: MockConfigEntry, step: str) -> None:
    form = await open_options(hass, walker, step)
    for reader in texts(form["data_schema"].schema):
        with pytest.raises(vol.Invalid):
            reader("nan")


@pytest.mark.parametrize("step", STEPS)
async def test_no_form_cuts_a_number_to_a_whole_one(
    hass: HomeAssistant, walker: MockConfigEntry, step: str
) -> None:
    form = await open_options(hass, walker, step)
    for reader in texts(form["data_schema"].schema):
        if not isinstance(reader, NumberSelector):
            continue
        for value in (True, False):
            with pytest.raises(vol.Invalid):
                reader(value)
        between = reader.config["min"] + 0.9
        if isinstance(reader, WholeNumberSelector):
            for value in (between, str(between)):
                with pytest.raises(vol.Invalid):
                    reader(value)
            whole = reader.config["min"] + 1
            assert reader(str(float(whole))) == whole
        else:
            assert reader(between) == between, "what is measured is kept as it is"


@pytest.mark.parametrize(
    ("step", "path"),
    [
        ("reminders", ("threshold_min",)),
        ("reminders", ("break", "break_steps")),
        ("guided_sessions", ("lengths", "repeats")),
    ],
)
async def test_what_is_counted_in_a_form_is_whole_or_refused(
    hass: HomeAssistant, walker: MockConfigEntry, step: str, path: tuple[str, ...]
) -> None:
    form = await open_options(hass, walker, step)
    *sections, name = path
    fields = form["data_schema"].schema
    for inside in sections:
        fields = fields[inside].schema.schema
    with pytest.raises(vol.Invalid):
        fields[name](12.9)
    assert fields[name](12.0) == 12


def test_the_weeks_of_a_plan_are_whole() -> None:
    weeks = goal_form.FIELDS["goal_custom"]["weeks"]
    with pytest.raises(vol.Invalid):
        weeks(12.9)
    assert weeks(12.0) == 12


@pytest.mark.parametrize("step", ["goal_fixed", "goal_custom"])
def test_no_field_of_a_goal_reads_what_is_no_number(step: str) -> None:
    for reader in goal_form.FIELDS[step].values():
        for nonsense in ("nan", LONG):
            with pytest.raises(vol.Invalid):
                reader(nonsense)


async def test_no_field_takes_more_names_than_a_house_has(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    form = await open_options(hass, walker, "reminders")
    several = [one for one in texts(form["data_schema"].schema) if one.config.get("multiple")]
    assert several
    for reader in several:
        with pytest.raises(vol.Invalid):
            reader(["mon"] * 1_000_000)


async def test_a_weight_that_is_no_number_is_not_kept(hass: HomeAssistant, walker: MockConfigEntry) -> None:
    with pytest.raises(InvalidData):
        await give_weight(hass, walker, weight="nan")
    assert "body" not in walker.options


async def test_a_time_written_short_is_kept_as_it_is_read(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    flow = await open_options(hass, walker, "day")
    await hass.config_entries.options.async_configure(flow["flow_id"], {"day_start": "4:05"})
    await hass.async_block_till_done()
    assert walker.options == {"day_start": "04:05:00"}
    assert walker.runtime_data.ledger


@pytest.mark.parametrize("number", ["goal_steps", "goal_minutes", "goal_metres", "sitting_threshold"])
async def test_a_goal_that_is_no_number_is_not_kept(
    hass: HomeAssistant, walker: MockConfigEntry, number: str
) -> None:
    entity_id = f"number.ann_{number}"
    before = hass.states.get(entity_id)
    with pytest.raises(ServiceValidationError):
        await hass.services.async_call(
            "number", "set_value", {"entity_id": entity_id, "value": "nan"}, blocking=True
        )
    assert hass.states.get(entity_id) == before
