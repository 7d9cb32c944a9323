"""The form of reminders: whom to notify, when not to, from which seat."""

from typing import TYPE_CHECKING

from homeassistant.const import STATE_ON
from homeassistant.helpers import entity_registry as er

from ..desk import Desk
from ..flow_helpers import open_options
from ..helpers import MakeWalker, settle, state

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant


async def test_the_form_keeps_registry_ids_and_shows_what_was_chosen(
    hass: HomeAssistant, desk: Desk, phone: str, make_walker: MakeWalker
) -> None:
    registry = er.async_get(hass)
    seat = registry.async_get_or_create("binary_sensor", "test", "seat", suggested_object_id="chair")
    hass.states.async_set("zone.home", "0")
    hass.states.async_set("schedule.work", STATE_ON)
    await desk.begin(make_walker)
    flow = await open_options(hass, desk.entry, "reminders")
    chosen = {
        "threshold_min": 50,
        "repeat_min": 20,
        "notifications": {"phones": [phone], "notify": ["notify.ann_s_phone"], "snooze_min": 12},
        "times": {
            "quiet_from": "22:00:00",
            "quiet_to": "06:00:00",
            "days": ["mon"],
            "schedule": "schedule.work",
        },
        "places": {"seat": "binary_sensor.chair", "zones": ["zone.home"], "busy": []},
        "break": {"backward_only": True, "backward_steps": 30},
    }
    no_day = {**chosen, "times": {"quiet_from": "22:00:00", "quiet_to": "06:00:00"}}
    flow = await hass.config_entries.options.async_configure(flow["flow_id"], no_day)
    assert flow["errors"] == {"times": "no_days"}
    flow = await hass.config_entries.options.async_configure(flow["flow_id"], chosen)
    assert flow["type"] == "create_entry"
    await settle(hass)
    kept = desk.entry.options["reminders"]
    assert kept["seat"] == seat.id
    assert kept["schedule"] == "schedule.work"
    assert kept["notify"] == [registry.async_get("notify.ann_s_phone").id]  # type: ignore[union-attr]
    assert (kept["threshold_min"], kept["days"], kept["backward_steps"]) == (50, ["mon"], 30)
    assert state(hass, "number.ann_sitting_threshold") == "50"
    settings = desk.entry.runtime_data.reminders.chosen
    assert settings.times.days == {0}

    registry.async_update_entity("binary_sensor.chair", new_entity_id="binary_sensor.armchair")
    flow = await open_options(hass, desk.entry, "reminders")
    places = flow["data_schema"].schema["places"].schema.schema
    shown = {str(marker): marker.description for marker in places}
    assert shown["seat"] == {"suggested_value": "binary_sensor.armchair"}
