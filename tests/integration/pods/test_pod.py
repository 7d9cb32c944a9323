"""A pod is found by the names its firmware gives, and asked whenever it has something to tell."""

from datetime import timedelta
from typing import TYPE_CHECKING
from unittest.mock import MagicMock, patch

import pytest
from homeassistant.exceptions import HomeAssistantError
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from ..fake_pod import FakePod
from ..helpers import (
    STEPS_TODAY,
    MakeWalker,
    copy_kept,
    reach,
    settle,
    state,
    sync,
    walked_minute,
)

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from homeassistant.helpers import device_registry as dr
    from homeassistant.helpers import entity_registry as er


pytestmark = pytest.mark.usefixtures("noon")


# Finding


async def test_a_renamed_entity_is_followed(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, entity_registry: er.EntityRegistry
) -> None:
    await reach(hass, pod)
    old = pod.entity_id("sensor", "Backward steps")
    entity_registry.async_update_entity(old, new_entity_id="sensor.something_else", name="My steps")
    await settle(hass)

    pod.walk(back=12)
    pod.publish()
    await settle(hass)

    assert state(hass, STEPS_TODAY) == "12"


async def test_a_renamed_pod_keeps_its_name_in_what_is_said(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, device_registry: dr.DeviceRegistry
) -> None:
    await reach(hass, pod)
    device_registry.async_update_device(pod.device.id, name_by_user="Ann's shoe")

    assert (await sync(hass))["pods"][0]["name"] == "Ann's shoe"


async def test_a_pod_that_esphome_gets_later_is_found(hass: HomeAssistant, make_walker: MakeWalker) -> None:
    fake = FakePod(hass)
    entry = make_walker(fake)
    await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    assert state(hass, STEPS_TODAY) == "0"

    fake.adopt(entities=False, action=False)
    for name in ("Backward steps", "Forward steps", "Backward distance", "Forward distance", "Backward time"):
        fake.register("sensor", name)
    fake.register("sensor", "Unsynced minutes")
    for name in ("Walking backward", "Worn", "Status"):
        fake.register("binary_sensor", name)
    walked_minute(fake)
    await reach(hass, fake)
    assert fake.asked == []

    fake.register_action()
    await settle(hass)
    assert state(hass, STEPS_TODAY) == "10"


async def test_an_entity_that_appears_later_is_followed(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, entity_registry: er.EntityRegistry
) -> None:
    entity_registry.async_remove(pod.entity_id("binary_sensor", "Worn"))
    await settle(hass)
    pod.register("binary_sensor", "Worn")
    await reach(hass, pod)

    assert hass.states.get("binary_sensor.ann_worn").state == "on"


async def test_an_unloaded_walker_follows_nobody(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    device_registry: dr.DeviceRegistry,
    freezer: FrozenDateTimeFactory,
) -> None:
    await reach(hass, pod)
    followed = walker.runtime_data.syncs[pod.mac].pod
    await hass.config_entries.async_unload(walker.entry_id)
    written = copy_kept(hass, walker.entry_id)

    followed._on_live(followed)
    followed._on_live = MagicMock()
    pod.walk(back=10)
    pod.publish()
    device_registry.async_update_device(pod.device.id, name_by_user="Old shoe")
    freezer.tick(timedelta(minutes=2))
    async_fire_time_changed(hass)
    await settle(hass)

    followed._on_live.assert_not_called()
    assert copy_kept(hass, walker.entry_id) == written


async def test_an_entity_that_disappears_is_no_longer_followed(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, entity_registry: er.EntityRegistry
) -> None:
    await reach(hass, pod)
    entity_registry.async_remove(pod.entity_id("binary_sensor", "Worn"))
    await settle(hass)

    sync_of_pod = walker.runtime_data.syncs[pod.mac]
    assert sync_of_pod.pod.is_on("Worn") is None
    assert sync_of_pod.pod.reachable


async def test_a_pod_removed_from_esphome_is_out_of_reach_and_its_steps_stay(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    walked_minute(pod)
    await reach(hass, pod)
    await hass.config_entries.async_remove(pod.entry.entry_id)
    await settle(hass)

    assert not walker.runtime_data.syncs[pod.mac].pod.reachable
    assert state(hass, STEPS_TODAY) == "10"
    with pytest.raises(HomeAssistantError) as error:
        await sync(hass)
    assert error.value.translation_key == "pod_unreachable"


async def test_distances_are_understood_in_the_unit_the_person_chose(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await reach(hass, pod)
    entity_id = pod.entity_id("sensor", "Backward distance")
    hass.states.async_set(entity_id, "10", {"unit_of_measurement": "ft"})

    assert walker.runtime_data.syncs[pod.mac].pod.live["back_dm"] == 30


@pytest.mark.parametrize("nonsense", ["nan", "inf", "walking", "unknown"])
async def test_a_live_value_that_is_no_number_is_passed_over(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, nonsense: str
) -> None:
    await reach(hass, pod)
    pod.set("sensor", "Backward steps", nonsense)
    await settle(hass)

    assert "back" not in walker.runtime_data.syncs[pod.mac].pod.live
    assert state(hass, STEPS_TODAY) == "0"


# Asking


async def test_a_pod_is_asked_when_it_comes_into_reach(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    assert pod.asked == []
    walked_minute(pod)
    await reach(hass, pod)

    assert pod.asked[0] == {"log": 0, "after": 0, "limit": pod.asked[0]["limit"]}
    assert pod.asked[-1] == {"log": pod.log, "after": 1, "limit": pod.asked[0]["limit"]}
    assert state(hass, STEPS_TODAY) == "10"


async def test_a_pod_without_status_is_in_reach_while_it_shows_steps(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, entity_registry: er.EntityRegistry
) -> None:
    entity_registry.async_remove(pod.entity_id("binary_sensor", "Status"))
    walked_minute(pod)
    pod.publish()
    await settle(hass)

    assert state(hass, STEPS_TODAY) == "10"


async def test_a_pod_is_asked_when_it_announces_minutes_and_not_when_it_has_none(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await reach(hass, pod)
    asked = len(pod.asked)
    walked_minute(pod)
    pod.set("sensor", "Unsynced minutes", 1)
    await settle(hass)
    assert len(pod.asked) > asked

    asked = len(pod.asked)
    pod.set("sensor", "Unsynced minutes", 0)
    await settle(hass)
    assert len(pod.asked) == asked


async def test_a_pod_in_reach_is_asked_now_and_then_and_one_out_of_reach_is_not(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    await reach(hass, pod)
    walked_minute(pod)
    freezer.tick(timedelta(minutes=5, seconds=1))
    async_fire_time_changed(hass)
    await settle(hass)
    assert state(hass, STEPS_TODAY) == "10"

    pod.disconnect()
    await settle(hass)
    asked = len(pod.asked)
    freezer.tick(timedelta(minutes=5, seconds=1))
    async_fire_time_changed(hass)
    await settle(hass)
    assert len(pod.asked) == asked


async def test_announcements_during_a_round_lead_to_one_more_round(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    pod_sync = walker.runtime_data.syncs[pod.mac]
    with patch.object(pod_sync._link, "sync", wraps=pod_sync._link.sync) as rounds:
        async with pod_sync._one_round:
            for _ in range(5):
                pod_sync.async_request()
        await settle(hass)

    assert rounds.call_count == 1


async def test_many_pages_arrive_as_one(hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod) -> None:
    for minute in range(20):
        walked_minute(pod, back=2, ago_min=40 - minute)
    await reach(hass, pod)

    assert state(hass, STEPS_TODAY) == "40"
    assert len(pod.asked) > 5
