"""Walks added and taken away by hand."""

from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
import voluptuous as vol
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError, Unauthorized

from custom_components.retrostep.const import DOMAIN
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.storage import SAVE_DELAY_S, WalkerStore
from tests.core.ledger.story import keep_little

from ..helpers import STEPS_TODAY, kept, pass_time, reach, state, this_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.auth.models import User
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod


@pytest.fixture(autouse=True)
async def wednesday_noon(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be noon on a Wednesday in Berlin."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-11-18 11:00:30+00:00")


async def correct(hass: HomeAssistant, action: str, **data: Any) -> Any:
    return await hass.services.async_call(DOMAIN, action, data, blocking=True, return_response=True)


async def on_disk(hass: HomeAssistant, walker: MockConfigEntry) -> Ledger:
    """Read the walker's ledger as it is on disk."""
    return Ledger.from_dict(kept(hass, walker.entry_id)["ledger"])


# Adding


async def test_a_walk_added_by_hand_counts_at_once_is_marked_and_saved(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    answer = await correct(hass, "add_walk", start="2026-11-18 09:50:00", minutes=20, backward_steps=1_200)

    assert state(hass, STEPS_TODAY) == "1200"
    assert answer["walk"] == 1
    assert answer["start"] == "2026-11-18T09:50:00+01:00"
    assert (answer["backward_min"], answer["backward_m"]) == (20.0, 702.0)
    assert (await on_disk(hass, walker)).settled_total().back == 1_200
    history = await correct(hass, "get_history", period="hour", start="2026-11-18 09:00")
    assert [hour["manual"]["backward_steps"] for hour in history["periods"]] == [600, 600, 0, 0]
    assert [walk["walk"] for walk in history["walks"]] == [1]


async def test_metres_alone_are_enough_and_steps_follow_the_walkers_own_step(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    pod.walk(back=200, back_dm=800, back_s=150)
    pod.close_minute(this_minute() - 100)
    await reach(hass, pod)
    answer = await correct(hass, "add_walk", start="2026-11-17 09:00", minutes=10, backward_metres=100)
    assert (answer["backward_steps"], answer["backward_m"]) == (250, 100.0)


async def test_a_walk_in_both_directions_shares_its_time_by_steps(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    answer = await correct(
        hass,
        "add_walk",
        start="2026-11-17 09:00",
        minutes=10,
        backward_steps=100,
        forward_steps=300,
        forward_metres=210,
    )
    assert (answer["backward_min"], answer["forward_min"]) == (2.5, 7.5)
    assert (answer["forward_steps"], answer["forward_m"]) == (300, 210.0)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"start": "2026-11-18 11:50", "minutes": 20, "backward_steps": 100}, "walk_in_future"),
        ({"start": "2026-11-18 09:00", "minutes": 20}, "walk_empty"),
        ({"start": "2026-11-18 09:00", "minutes": 20, "backward_metres": 0}, "walk_empty"),
        ({"start": "2026-11-18 09:00", "minutes": 1, "backward_steps": 301}, "walk_implausible"),
        ({"start": "2026-11-18 09:00", "minutes": 1, "backward_metres": 301}, "walk_implausible"),
        ({"start": "2019-11-18 09:00", "minutes": 20, "backward_steps": 100}, "walk_too_old"),
    ],
)
async def test_a_walk_that_cannot_have_been_is_refused_in_words(
    hass: HomeAssistant, walker: MockConfigEntry, data: dict[str, Any], key: str
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await correct(hass, "add_walk", **data)
    assert refused.value.translation_key == key
    assert state(hass, STEPS_TODAY) == "0"


@pytest.mark.parametrize("minutes", [0, -5, 1_441, "long", None])
async def test_a_length_nobody_walks_is_refused(
    hass: HomeAssistant, walker: MockConfigEntry, minutes: object
) -> None:
    with pytest.raises(vol.Invalid):
        await correct(hass, "add_walk", start="2026-11-10 09:00", minutes=minutes, backward_steps=10)


async def test_a_walk_that_could_not_be_saved_does_not_count(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    with (
        patch.object(WalkerStore, "save", side_effect=OSError("disk full")),
        pytest.raises(HomeAssistantError) as failed,
    ):
        await correct(hass, "add_walk", start="2026-11-18 09:00", minutes=20, backward_steps=100)
    assert failed.value.translation_key == "correction_not_saved"
    assert walker.runtime_data.ledger.settled_total().back == 0
    assert state(hass, STEPS_TODAY) == "0"

    await correct(hass, "add_walk", start="2026-11-18 09:00", minutes=20, backward_steps=100)
    assert (await on_disk(hass, walker)).settled_total().back == 100


# Taking away


async def test_a_walk_added_by_hand_is_taken_away_by_its_number(
    hass: HomeAssistant, walker: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    old = await correct(hass, "add_walk", start="2023-01-01 09:00", minutes=20, backward_steps=70)
    await correct(hass, "add_walk", start="2026-11-18 09:00", minutes=20, backward_steps=100)
    answer = await correct(hass, "remove_walk", walk=old["walk"])
    assert answer["removed"]["backward_steps"] == 70
    await pass_time(hass, freezer, seconds=61)
    assert state(hass, "sensor.ann_backward_steps_total") == "100"
    with pytest.raises(ServiceValidationError) as refused:
        await correct(hass, "remove_walk", walk=old["walk"])
    assert refused.value.translation_key == "walk_unknown"
    assert refused.value.translation_placeholders["walk"] == "1"


async def test_what_was_counted_in_the_car_is_taken_away_and_told_in_the_history(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    for ago_min in (60, 30):
        pod.walk(back=20, fwd=10)
        pod.close_minute(this_minute() - ago_min)
    await reach(hass, pod)
    await pass_time(hass, freezer, seconds=61)
    answer = await correct(hass, "remove_walk", start="2026-11-18 10:50", end="2026-11-18 11:10")

    assert answer["removed"]["backward_steps"] == 20
    assert answer["removed"]["forward_steps"] == 10
    assert state(hass, STEPS_TODAY) == "20"
    await pass_time(hass, freezer, seconds=61)
    assert state(hass, "sensor.ann_sessions_today") == "1"
    assert (await on_disk(hass, walker)).settled_total().back == 20
    history = await correct(hass, "get_history")
    assert history["removed"] == [{"start": "2026-11-18T10:50:00+01:00", "end": "2026-11-18T11:10:00+01:00"}]


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({}, "walk_or_span"),
        ({"start": "2026-11-18 09:00"}, "walk_or_span"),
        ({"end": "2026-11-18 09:00"}, "walk_or_span"),
        ({"walk": 1, "start": "2026-11-18 09:00", "end": "2026-11-18 10:00"}, "walk_or_span"),
        ({"start": "2026-11-18 09:00", "end": "2026-11-18 08:00"}, "span_empty"),
        ({"start": "2026-11-19 09:00", "end": "2026-11-19 10:00"}, "span_in_future"),
        ({"start": "2026-11-01", "end": "2026-11-08"}, "removal_too_long"),
    ],
)
async def test_what_cannot_be_taken_away_is_refused_in_words(
    hass: HomeAssistant, walker: MockConfigEntry, data: dict[str, Any], key: str
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await correct(hass, "remove_walk", **data)
    assert refused.value.translation_key == key


async def test_minutes_that_are_gone_cannot_be_taken_away(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_little(monkeypatch)
    for days in (100, 0):
        pod.walk(back=20)
        pod.close_minute(this_minute() - days * 24 * 60)
    await reach(hass, pod)
    with pytest.raises(ServiceValidationError) as refused:
        await correct(hass, "remove_walk", start="2026-08-10", end="2026-08-10")
    assert refused.value.translation_key == "removal_too_old"
    assert refused.value.translation_placeholders["since"] == "2026-11-18"


async def test_a_removal_that_could_not_be_saved_is_told_and_saved_later(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    pod.walk(back=20)
    pod.close_minute(this_minute() - 30)
    await reach(hass, pod)
    with (
        patch.object(WalkerStore, "save", side_effect=OSError("disk full")),
        pytest.raises(HomeAssistantError) as failed,
    ):
        await correct(hass, "remove_walk", start="2026-11-18 11:00", end="2026-11-18 12:00")
    assert failed.value.translation_key == "correction_not_saved"
    assert state(hass, STEPS_TODAY) == "0"
    await pass_time(hass, freezer, seconds=SAVE_DELAY_S + 1)
    assert (await on_disk(hass, walker)).settled_total().back == 0


async def test_only_an_administrator_takes_steps_away(
    hass: HomeAssistant, walker: MockConfigEntry, hass_read_only_user: User
) -> None:
    span = {"start": "2026-11-18 10:50", "end": "2026-11-18 11:10"}
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN,
            "remove_walk",
            span,
            blocking=True,
            context=Context(user_id=hass_read_only_user.id),
        )
