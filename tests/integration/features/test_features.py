"""Features live from a walker's ledger and keep their settings in the entry's options."""

from datetime import date, datetime
from typing import override

import pytest
from homeassistant.core import HomeAssistant, callback
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.retrostep.core.goals.activity import Activity, ActivityKind
from custom_components.retrostep.features.activity_outbox import ActivityOutbox
from custom_components.retrostep.features.events import Events, FeatureEvent
from custom_components.retrostep.features.feature import Feature


class Diary(Feature):
    """Notes what it is told."""

    part = "diary"

    def __init__(self, entry: MockConfigEntry) -> None:
        super().__init__(entry.runtime_data)
        self.updated: list[datetime] = []
        self.told = 0

    @override
    def async_update(self, now: datetime) -> None:
        self.updated.append(now)

    @override
    def async_settings_changed(self) -> None:
        self.told += 1


async def test_a_changed_setting_reaches_its_feature_without_a_new_set_up(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    coordinator = walker.runtime_data
    diary = Diary(walker)
    coordinator.features.append(diary)

    diary.async_change_settings(pages=3)
    await hass.async_block_till_done()

    assert diary.settings == {"pages": 3}
    assert diary.told == 1
    assert len(diary.updated) == 1
    assert walker.runtime_data is coordinator


async def test_a_feature_that_asks_to_be_shown_is_not_called_back_and_is_shown_once(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    diary = Diary(walker)
    walker.runtime_data.features.append(diary)

    diary.host.show()
    diary.host.show()
    assert not diary.updated
    await hass.async_block_till_done()

    assert len(diary.updated) == 1


async def test_a_walker_that_is_unloaded_shows_nothing_more(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    coordinator = walker.runtime_data
    diary = Diary(walker)
    coordinator.features.append(diary)
    assert await hass.config_entries.async_unload(walker.entry_id)

    diary.host.show()
    await hass.async_block_till_done()

    assert not diary.updated


async def test_another_day_start_sets_the_walker_up_anew(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    coordinator = walker.runtime_data

    hass.config_entries.async_update_entry(walker, options={"day_start": "04:00:00"})
    await hass.async_block_till_done()

    assert walker.runtime_data is not coordinator


async def test_a_listener_that_raises_is_logged_and_silences_nobody(
    hass: HomeAssistant, walker: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[str] = []

    @callback
    def raises(event: FeatureEvent) -> None:
        raise RuntimeError("deaf")

    @callback
    def hears(event: FeatureEvent) -> None:
        heard.append(event.event_type)

    events: Events = walker.runtime_data.events
    events.async_subscribe("activity", raises)
    unsubscribe = events.async_subscribe("activity", hears)
    events.async_subscribe("reminder", hears)
    events.async_add("activity", "goal_reached")
    events.async_add("reminder", "due")
    events.async_publish()
    assert heard == ["goal_reached", "due"]
    assert "deaf" in caplog.text

    unsubscribe()
    events.async_add("activity", "record")
    events.async_publish()
    assert heard == ["goal_reached", "due"]


async def test_what_waits_for_the_entities_is_not_published_with_what_was_written_down(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    heard: list[str] = []

    @callback
    def hears(event: FeatureEvent) -> None:
        heard.append(event.event_type)

    coordinator = walker.runtime_data
    for key in ("activity", "reminder"):
        coordinator.events.async_subscribe(key, hears)
    outbox = ActivityOutbox(coordinator, coordinator.archive.part("told"), dict)
    coordinator.events.async_add("reminder", "snoozed")
    outbox.async_send([Activity(ActivityKind.GOAL_REACHED, date(2026, 11, 18))])
    await hass.async_block_till_done(wait_background_tasks=True)

    assert heard == ["goal_reached"]
    coordinator.events.async_publish()
    assert heard == ["goal_reached", "snoozed"]
