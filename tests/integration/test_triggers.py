"""Triggers and conditions of walkers in automations, through Home Assistant's own helpers."""

from typing import TYPE_CHECKING, Any

import pytest
import voluptuous as vol
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.condition import async_get_all_descriptions as condition_descriptions
from homeassistant.helpers.trigger import async_get_all_descriptions as trigger_descriptions
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service
from pytest_homeassistant_custom_component.components.common import (
    TargetSupport,
    arm_trigger,
    assert_conditions_target_support,
    assert_triggers_target_support,
    create_target_condition,
)

from custom_components.retrostep.condition import CONDITIONS
from custom_components.retrostep.const import DOMAIN
from custom_components.retrostep.trigger import TRIGGERS

from .helpers import pass_time, settle

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant

    from .desk import Desk
    from .helpers import MakeWalker

# Trigger, the entity it looks at, and for events their types.
BINARY = {
    "became_sedentary": ("sitting_too_long", STATE_ON),
    "no_longer_sedentary": ("sitting_too_long", STATE_OFF),
    "started_walking_backward": ("walking_backward", STATE_ON),
    "stopped_walking_backward": ("walking_backward", STATE_OFF),
    "pod_put_on": ("worn", STATE_ON),
    "pod_put_off": ("worn", STATE_OFF),
}
EVENTS = {
    "reminder_due": ("reminder", {"due", "repeated"}),
    "reminder_ended": ("reminder", {"done", "withdrawn", "snoozed", "dismissed"}),
    "goal_reached": ("activity", {"goal_reached"}),
    "goal_half_reached": ("activity", {"half_goal"}),
    "session_started": ("activity", {"session_started"}),
    "session_ended": ("activity", {"session_ended"}),
    "streak_extended": ("activity", {"streak_extended"}),
    "streak_lost": ("activity", {"streak_lost"}),
    "record_set": ("activity", {"record"}),
}
ALL_EVENT_TYPES = {event_type for _, event_types in EVENTS.values() for event_type in event_types}
IS = {
    "is_sedentary": ("sitting_too_long", STATE_ON),
    "is_not_sedentary": ("sitting_too_long", STATE_OFF),
    "is_goal_reached": ("goal_reached", STATE_ON),
    "is_goal_not_reached": ("goal_reached", STATE_OFF),
    "is_walking_backward": ("walking_backward", STATE_ON),
    "is_not_walking_backward": ("walking_backward", STATE_OFF),
    "is_worn": ("worn", STATE_ON),
    "is_not_worn": ("worn", STATE_OFF),
}
OTHER = {STATE_ON: STATE_OFF, STATE_OFF: STATE_ON}


@pytest.fixture
async def kinds(hass: HomeAssistant) -> dict[str, str]:
    """Entities of walkers as the registry knows them, renamed; gives entity ids by key."""
    assert await async_setup_component(hass, "homeassistant", {})
    entry = MockConfigEntry(domain=DOMAIN)
    entry.add_to_hass(hass)
    registry = er.async_get(hass)
    platforms = {"reminder": "event", "activity": "event"}
    platforms |= dict.fromkeys(("daily_goal_progress", "sitting_time"), "sensor")
    keys = {key for key, _ in (*BINARY.values(), *IS.values())} | platforms.keys()
    return {
        key: registry.async_get_or_create(
            platforms.get(key, "binary_sensor"),
            DOMAIN,
            f"walker_{key}",
            config_entry=entry,
            suggested_object_id=f"renamed_{key}",
            translation_key=key,
        ).entity_id
        for key in keys
    }


def test_targets_are_resolved_by_home_assistant_alone() -> None:
    assert_triggers_target_support(TRIGGERS, dict.fromkeys(TRIGGERS, TargetSupport.STANDARD))
    assert_conditions_target_support(CONDITIONS, dict.fromkeys(CONDITIONS, TargetSupport.STANDARD))
    others = {"goal_progress_crossed_threshold", "been_sitting_for"}
    assert TRIGGERS.keys() == BINARY.keys() | EVENTS.keys() | others
    assert CONDITIONS.keys() == IS.keys() | {"is_goal_progress"}


@pytest.mark.parametrize("category", [None, er.EntityCategory.DIAGNOSTIC])
async def test_a_walkers_device_means_what_is_diagnostic_too(
    hass: HomeAssistant, walker: MockConfigEntry, category: er.EntityCategory | None
) -> None:
    registry = er.async_get(hass)
    registered = registry.async_update_entity("binary_sensor.ann_sitting_too_long", entity_category=category)
    calls: list[str] = []
    hass.states.async_set(registered.entity_id, STATE_OFF)
    target = {"device_id": registered.device_id}
    await arm_trigger(hass, f"{DOMAIN}.became_sedentary", {}, target, calls)
    hass.states.async_set(registered.entity_id, STATE_ON)
    await hass.async_block_till_done()
    assert calls == [registered.entity_id]


async def test_what_happened_before_a_reload_does_not_happen_again(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    walker.runtime_data.events.async_add("reminder", "due")
    walker.runtime_data.events.async_publish()
    await settle(hass)
    calls: list[str] = []
    await arm_trigger(hass, f"{DOMAIN}.reminder_due", {}, {"entity_id": "event.ann_reminder"}, calls)
    await hass.config_entries.async_reload(walker.entry_id)
    await settle(hass)
    found = hass.states.get("event.ann_reminder")
    assert found
    assert found.attributes["event_type"] == "due", "it comes back"
    assert calls == []


async def test_all_of_them_are_offered_to_the_editor(hass: HomeAssistant, walker: MockConfigEntry) -> None:
    triggers = await trigger_descriptions(hass)
    conditions = await condition_descriptions(hass)
    assert {f"{DOMAIN}.{key}" for key in TRIGGERS} <= triggers.keys()
    assert {f"{DOMAIN}.{key}" for key in CONDITIONS} <= conditions.keys()
    for described in (*triggers.items(), *conditions.items()):
        if described[0].startswith(f"{DOMAIN}."):
            assert described[1]["target"]["entity"][0]["integration"] == DOMAIN, described[0]


@pytest.mark.parametrize("trigger", BINARY)
async def test_a_change_triggers_once_and_only_from_the_opposite(
    hass: HomeAssistant, kinds: dict[str, str], trigger: str
) -> None:
    key, wanted = BINARY[trigger]
    entity_id, calls = kinds[key], list[str]()
    hass.states.async_set(entity_id, OTHER[wanted])
    await arm_trigger(hass, f"{DOMAIN}.{trigger}", {}, {"entity_id": [*kinds.values()]}, calls)
    hass.states.async_set(entity_id, wanted)
    await settle(hass)
    assert calls == [entity_id]
    for state in (STATE_UNKNOWN, wanted, STATE_UNAVAILABLE, wanted):
        hass.states.async_set(entity_id, state)
    for other in kinds.values():
        if other != entity_id:
            hass.states.async_set(other, OTHER[wanted])
            hass.states.async_set(other, wanted)
    await settle(hass)
    assert calls == [entity_id]


@pytest.mark.parametrize("trigger", EVENTS)
async def test_an_event_triggers_if_it_is_of_the_type_meant(
    hass: HomeAssistant, kinds: dict[str, str], trigger: str
) -> None:
    key, wanted = EVENTS[trigger]
    entity_id, calls = kinds[key], list[str]()
    hass.states.async_set(entity_id, STATE_UNKNOWN)
    await arm_trigger(hass, f"{DOMAIN}.{trigger}", None, {"entity_id": [*kinds.values()]}, calls)
    for second, event_type in enumerate(sorted(ALL_EVENT_TYPES)):
        moment = f"2026-11-18T12:00:{second:02}.000+00:00"
        hass.states.async_set(entity_id, moment, {"event_type": event_type})
    await settle(hass)
    assert calls == [entity_id] * len(wanted)


async def test_an_entity_of_somebody_else_triggers_nothing(
    hass: HomeAssistant, kinds: dict[str, str]
) -> None:
    foreign = er.async_get(hass).async_get_or_create(
        "binary_sensor", "other", "x", translation_key="sitting_too_long"
    )
    calls: list[str] = []
    hass.states.async_set(foreign.entity_id, STATE_OFF)
    hass.states.async_set("binary_sensor.made_up", STATE_OFF)
    target = {"entity_id": [foreign.entity_id, "binary_sensor.made_up"]}
    await arm_trigger(hass, f"{DOMAIN}.became_sedentary", {}, target, calls)
    hass.states.async_set(foreign.entity_id, STATE_ON)
    hass.states.async_set("binary_sensor.made_up", STATE_ON)
    await settle(hass)
    assert calls == []


async def test_a_trigger_waits_as_long_as_asked(
    hass: HomeAssistant, kinds: dict[str, str], freezer: FrozenDateTimeFactory
) -> None:
    entity_id, calls = kinds["sitting_too_long"], list[str]()
    hass.states.async_set(entity_id, STATE_OFF)
    options = {"for": {"minutes": 5}}
    await arm_trigger(hass, f"{DOMAIN}.became_sedentary", options, {"entity_id": entity_id}, calls)
    hass.states.async_set(entity_id, STATE_ON)
    await pass_time(hass, freezer, minutes=4)
    hass.states.async_set(entity_id, STATE_OFF)
    hass.states.async_set(entity_id, STATE_ON)
    await pass_time(hass, freezer, minutes=4)
    assert calls == []
    await pass_time(hass, freezer, minutes=1.1)
    assert calls == [entity_id]


async def test_progress_triggers_when_it_crosses_a_threshold(
    hass: HomeAssistant, kinds: dict[str, str]
) -> None:
    entity_id, calls = kinds["daily_goal_progress"], list[str]()
    percent = {"unit_of_measurement": "%"}
    hass.states.async_set(entity_id, "70", percent)
    options = {"threshold": {"type": "above", "value": {"number": 80}}}
    await arm_trigger(
        hass, f"{DOMAIN}.goal_progress_crossed_threshold", options, {"entity_id": entity_id}, calls
    )
    for value in ("79", "81", "90"):
        hass.states.async_set(entity_id, value, percent)
    await settle(hass)
    assert calls == [entity_id]


@pytest.mark.parametrize(("unit", "per_minute"), [("min", 1), ("h", 1 / 60), ("s", 60)])
async def test_a_sit_triggers_once_when_it_is_as_long_as_asked(
    hass: HomeAssistant, kinds: dict[str, str], unit: str, per_minute: float
) -> None:
    entity_id, calls = kinds["sitting_time"], list[str]()

    async def sit(*states: float | str) -> None:
        for value in states:
            shown = value if isinstance(value, str) else str(value * per_minute)
            hass.states.async_set(entity_id, shown, {"unit_of_measurement": unit})
        await settle(hass)

    await sit(0)
    await arm_trigger(
        hass, f"{DOMAIN}.been_sitting_for", {"minutes": 50}, {"entity_id": [*kinds.values()]}, calls
    )
    await sit(45)
    assert calls == []
    await sit(50)
    assert calls == [entity_id]
    await sit(55, 60, STATE_UNAVAILABLE, 65)
    assert calls == [entity_id], "once a sit"
    await sit(0, 40, STATE_UNKNOWN, "long", 0, 55)
    assert calls == [entity_id] * 2, "the next sit"


async def test_a_sit_that_is_no_time_triggers_nothing(hass: HomeAssistant, kinds: dict[str, str]) -> None:
    entity_id, calls = kinds["sitting_time"], list[str]()
    options, metres = {"minutes": 5}, {"unit_of_measurement": "m"}
    hass.states.async_set(entity_id, "0", metres)
    await arm_trigger(hass, f"{DOMAIN}.been_sitting_for", options, {"entity_id": entity_id}, calls)
    hass.states.async_set(entity_id, "50", metres)
    await settle(hass)
    assert calls == []


@pytest.mark.parametrize("minutes", [0, 3, 47, 45.5, 485, -5, True, "45", None])
async def test_a_sit_is_known_in_steps_of_five_minutes(hass: HomeAssistant, minutes: object) -> None:
    config = {"target": {"entity_id": "sensor.ann_sitting_time"}, "options": {"minutes": minutes}}
    with pytest.raises(vol.Invalid):
        await TRIGGERS["been_sitting_for"].async_validate_config(hass, config)


async def test_who_asks_for_45_minutes_waits_45_whatever_the_reminders_wait(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker
) -> None:
    calls: list[str] = []
    await desk.begin(make_walker, threshold_min=60)
    device = er.async_get(hass).async_get("sensor.ann_sitting_time")
    assert device
    target = {"device_id": device.device_id}
    await arm_trigger(hass, f"{DOMAIN}.been_sitting_for", {"minutes": 45}, target, calls)
    await desk.sit(44.5)
    assert calls == []
    await desk.sit(1)
    assert calls == ["sensor.ann_sitting_time"]
    assert desk.happened == []


@pytest.mark.parametrize("condition", IS)
async def test_a_condition_asks_the_entity_it_means(
    hass: HomeAssistant, kinds: dict[str, str], condition: str
) -> None:
    key, wanted = IS[condition]
    for entity_id in kinds.values():
        hass.states.async_set(entity_id, OTHER[wanted])
    check = await create_target_condition(
        hass,
        condition=f"{DOMAIN}.{condition}",
        target={"entity_id": [*kinds.values()]},
        behavior="all",
    )
    assert check(hass) is False
    hass.states.async_set(kinds[key], wanted)
    await settle(hass)
    assert check(hass) is True


async def test_a_condition_compares_progress(hass: HomeAssistant, kinds: dict[str, str]) -> None:
    entity_id = kinds["daily_goal_progress"]
    check = await create_target_condition(
        hass,
        condition=f"{DOMAIN}.is_goal_progress",
        target={"entity_id": entity_id},
        behavior="any",
        condition_options={"threshold": {"type": "above", "value": {"number": 80}}},
    )
    for value, passes in (("70", False), ("90", True)):
        hass.states.async_set(entity_id, value, {"unit_of_measurement": "%"})
        await settle(hass)
        assert check(hass) is passes


async def test_an_automation_is_written_for_the_walkers_device(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    """Whoever chooses the device of a walker means the entity that belongs to the trigger."""
    entity = er.async_get(hass).async_get("binary_sensor.ann_sitting_too_long")
    assert entity
    lit = async_mock_service(hass, "test", "light")
    automation: dict[str, Any] = {
        "triggers": {"trigger": "retrostep.became_sedentary", "target": {"device_id": entity.device_id}},
        "conditions": {
            "condition": "retrostep.is_not_walking_backward",
            "target": {"device_id": entity.device_id},
        },
        "actions": {"action": "test.light"},
    }
    assert await async_setup_component(hass, "automation", {"automation": automation})
    hass.states.async_set("binary_sensor.ann_walking_backward", STATE_OFF)
    hass.states.async_set(entity.entity_id, STATE_OFF)
    await settle(hass)
    hass.states.async_set(entity.entity_id, STATE_ON)
    await settle(hass)
    assert len(lit) == 1
