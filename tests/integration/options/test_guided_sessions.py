"""The form of guided sessions: routine, lengths, pace."""

from typing import TYPE_CHECKING

from ..flow_helpers import open_options, suggested
from ..guided_sessions import start, stop
from ..helpers import reach, settle

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod
    from ..helpers import MakeWalker


async def test_the_settings_of_sessions_have_sections_and_are_taken_over_at_once(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry
) -> None:
    await reach(hass, pod)
    coordinator = walker.runtime_data
    form = await open_options(hass, walker, "guided_sessions")
    filled_in = {
        "session": {"routine": "short", "pause_min": 3},
        "lengths": {
            "warm_up_min": 1,
            "backward_min": 1.5,
            "forward_min": 1,
            "repeats": 3,
            "cool_down_min": 0,
            "distance_m": 150,
        },
        "pace": {"metronome": True, "metronome_rate": 80},
    }
    result = await hass.config_entries.options.async_configure(form["flow_id"], filled_in)
    await hass.async_block_till_done()
    assert result["type"] == "create_entry"
    assert walker.runtime_data is coordinator
    answer = await start(hass)
    assert [stage["target"] for stage in answer["stages"]] == [90]
    await stop(hass)
    answer = await start(hass, routine="distance")
    assert [(stage["unit"], stage["target"]) for stage in answer["stages"]] == [
        ("seconds", 60), ("metres", 150),
    ]  # fmt: skip


async def test_the_form_shows_what_was_chosen_before(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker
) -> None:
    entry = make_walker(pod, options={"guide": {"routine": "distance", "repeats": 7}})
    assert await hass.config_entries.async_setup(entry.entry_id)
    form = await open_options(hass, entry, "guided_sessions")
    suggested = {
        str(key): key.description["suggested_value"]
        for part in form["data_schema"].schema.values()
        for key in part.schema.schema
        if key.description
    }
    # The distance too: its default is in metres, which may not be the unit of the house.
    assert suggested == {"routine": "distance", "repeats": 7, "distance_m": 100}


async def test_the_form_of_guided_sessions_asks_in_feet(
    hass: HomeAssistant, in_feet: MockConfigEntry
) -> None:
    flow = await open_options(hass, in_feet, "guided_sessions")
    lengths = suggested(flow, "lengths")
    assert lengths["distance_m"] == 328
    given = {
        "session": {"routine": "distance", "pause_min": 5},
        "lengths": {
            "warm_up_min": 2,
            "backward_min": 2,
            "forward_min": 2,
            "repeats": 3,
            "cool_down_min": 2,
            "distance_m": 500,
        },
        "pace": {"metronome": False, "metronome_rate": 60},
    }
    await hass.config_entries.options.async_configure(flow["flow_id"], given)
    await settle(hass)

    assert in_feet.options["guide"]["distance_m"] == 152.4
