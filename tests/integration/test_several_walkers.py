"""Several walkers and several pods: nothing is shared, and what is removed is gone."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.components.recorder.statistics import list_statistic_ids, statistics_during_period
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done

from custom_components.retrostep.const import DOMAIN

from .fake_pod import FakePod
from .helpers import MakeWalker, copy_kept, pass_time, reach, settle, state, this_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.components.recorder.core import Recorder
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry


@pytest.fixture(autouse=True)
def _custom_integrations(recorder_mock: Recorder, enable_custom_integrations: None) -> None:
    """Start the recorder before everything else."""


@pytest.fixture(autouse=True)
async def noon(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be noon in Berlin."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-11-18 11:00:30+00:00")


@pytest.fixture
def third_pod(hass: HomeAssistant) -> FakePod:
    """Make a third pod, known to ESPHome and not in reach yet."""
    fake = FakePod(hass, mac="aa:bb:cc:dd:ee:03", node="step-pod-03", name="Old shoe", log=99)
    fake.adopt()
    return fake


@pytest.fixture
async def walkers(
    hass: HomeAssistant,
    pod: FakePod,
    other_pod: FakePod,
    third_pod: FakePod,
    make_walker: MakeWalker,
    freezer: FrozenDateTimeFactory,
) -> tuple[MockConfigEntry, MockConfigEntry]:
    """Ann with two pods and Bob with one; each walked today and yesterday and added a walk by hand."""
    ann, bob = make_walker(pod, third_pod), make_walker(other_pod, slug="bob")
    for entry in (ann, bob):
        if entry.state.name == "NOT_LOADED":
            await hass.config_entries.async_setup(entry.entry_id)
    # The third pod counted two minutes the first one did not, and fewer steps in one it did.
    for fake, walked in (
        (pod, {1_440: 30, 20: 24}),
        (third_pod, {20: 20, 60: 16, 61: 18}),
        (other_pod, {1_440: 50, 10: 40}),
    ):
        for ago_min, back in sorted(walked.items(), reverse=True):
            fake.walk(back=back, fwd=10, back_dm=back * 5, back_s=back // 2)
            fake.close_minute(this_minute() - ago_min)
        await reach(hass, fake)
    for entry, steps in ((ann, 100), (bob, 7)):
        await ask(hass, "add_walk", entry, start="2026-11-18 06:00", minutes=5, backward_steps=steps)
    await pass_time(hass, freezer, seconds=61)
    await async_wait_recording_done(hass)
    return ann, bob


async def ask(hass: HomeAssistant, action: str, entry: MockConfigEntry, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, action, {"config_entry_id": entry.entry_id, **data}, blocking=True, return_response=True
    )


async def statistics(hass: HomeAssistant, recorder: Recorder) -> dict[str, float]:
    """Give the last sum of each statistic of ours that there is."""
    await async_wait_recording_done(hass)
    ids = await recorder.async_add_executor_job(list_statistic_ids, hass)
    ours = {entry["statistic_id"] for entry in ids if entry["source"] == DOMAIN}
    if not ours:
        return {}
    since = dt_util.utc_from_timestamp(0)
    found = await recorder.async_add_executor_job(
        statistics_during_period, hass, since, None, ours, "hour", None, {"sum"}
    )
    return {key: rows[-1]["sum"] or 0 for key, rows in found.items()}


def figures(hass: HomeAssistant, slug: str) -> dict[str, str]:
    """Give every state of a walker that says what was walked."""
    keys = (
        "backward_steps_today",
        "backward_steps_week",
        "backward_steps_total",
        "backward_distance_total",
        "forward_steps_today",
        "sessions_today",
        "last_session_steps",
    )
    return {key: state(hass, f"sensor.{slug}_{key}") for key in keys}


ANN = {
    "backward_steps_today": "158",
    "backward_steps_week": "188",
    "backward_steps_total": "188",
    "backward_distance_total": "102.5",
    "forward_steps_today": "30",
    "sessions_today": "2",
    "last_session_steps": "24",
}
BOB = {
    "backward_steps_today": "47",
    "backward_steps_week": "97",
    "backward_steps_total": "97",
    "backward_distance_total": "49.1",
    "forward_steps_today": "10",
    "sessions_today": "1",
    "last_session_steps": "40",
}


async def test_two_walkers_with_three_pods_share_nothing(
    hass: HomeAssistant, walkers: tuple[MockConfigEntry, MockConfigEntry], recorder_mock: Recorder
) -> None:
    assert figures(hass, "ann") == ANN
    assert figures(hass, "bob") == BOB
    sums = await statistics(hass, recorder_mock)
    assert (sums["retrostep:ann_backward_steps"], sums["retrostep:bob_backward_steps"]) == (188, 97)
    for entry, steps, sessions, added in zip(walkers, (188, 97), (3, 2), (100, 7), strict=True):
        history = await ask(hass, "get_history", entry)
        assert sum(day["backward_steps"] for day in history["periods"]) == steps
        assert [walk["backward_steps"] for walk in history["walks"]] == [added]
        assert len((await ask(hass, "get_sessions", entry))["sessions"]) == sessions
        assert (await ask(hass, "get_summary", entry))["total"]["backward_steps"] == steps


async def test_a_correction_of_one_walker_leaves_the_other_alone(
    hass: HomeAssistant,
    walkers: tuple[MockConfigEntry, MockConfigEntry],
    recorder_mock: Recorder,
    freezer: FrozenDateTimeFactory,
) -> None:
    ann, _ = walkers
    await ask(hass, "remove_walk", ann, start="2026-11-18", end="2026-11-18")
    await pass_time(hass, freezer, seconds=61)
    assert figures(hass, "ann")["backward_steps_week"] == "30"
    assert figures(hass, "bob") == BOB
    sums = await statistics(hass, recorder_mock)
    assert (sums["retrostep:ann_backward_steps"], sums["retrostep:bob_backward_steps"]) == (30, 97)


async def test_a_removed_walker_leaves_no_file_statistic_entity_or_device_behind(
    hass: HomeAssistant,
    walkers: tuple[MockConfigEntry, MockConfigEntry],
    recorder_mock: Recorder,
    entity_registry: er.EntityRegistry,
    device_registry: dr.DeviceRegistry,
    freezer: FrozenDateTimeFactory,
) -> None:
    ann, bob = walkers
    await hass.config_entries.async_reload(ann.entry_id)
    await settle(hass)
    assert copy_kept(hass, ann.entry_id)

    await hass.config_entries.async_remove(ann.entry_id)
    await settle(hass)

    assert not copy_kept(hass, ann.entry_id)
    assert er.async_entries_for_config_entry(entity_registry, ann.entry_id) == []
    assert dr.async_entries_for_config_entry(device_registry, ann.entry_id) == []
    assert not [entity_id for entity_id in hass.states.async_entity_ids() if ".ann_" in entity_id]
    sums = await statistics(hass, recorder_mock)
    assert {key.split("_")[0] for key in sums} == {"retrostep:bob"}

    # Nothing comes back when time goes on, and Bob has everything he had.
    await pass_time(hass, freezer, minutes=5)
    assert not copy_kept(hass, ann.entry_id)
    assert figures(hass, "bob") == BOB
    assert sums["retrostep:bob_backward_steps"] == 97
    assert copy_kept(hass, bob.entry_id)


async def test_a_removed_pod_leaves_all_history_with_its_walker(
    hass: HomeAssistant,
    walkers: tuple[MockConfigEntry, MockConfigEntry],
    third_pod: FakePod,
    recorder_mock: Recorder,
    entity_registry: er.EntityRegistry,
) -> None:
    ann, _ = walkers
    before = (
        figures(hass, "ann"),
        await ask(hass, "get_history", ann),
        await ask(hass, "get_sessions", ann),
        {entity.entity_id for entity in er.async_entries_for_config_entry(entity_registry, ann.entry_id)},
        await statistics(hass, recorder_mock),
    )
    (subentry_id,) = (key for key, kept in ann.subentries.items() if kept.unique_id == third_pod.mac)
    hass.config_entries.async_remove_subentry(ann, subentry_id)
    await settle(hass)
    await hass.config_entries.async_reload(ann.entry_id)
    await settle(hass)

    after = (
        figures(hass, "ann"),
        await ask(hass, "get_history", ann),
        await ask(hass, "get_sessions", ann),
        {entity.entity_id for entity in er.async_entries_for_config_entry(entity_registry, ann.entry_id)},
        await statistics(hass, recorder_mock),
    )
    assert after == before

    third_pod.walk(back=50)
    third_pod.close_minute(this_minute() - 1)
    await reach(hass, third_pod)
    assert figures(hass, "ann") == ANN
