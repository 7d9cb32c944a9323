"""A pod that gets another walker leaves the minutes of the one before behind."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.config_entries import ConfigEntryDisabler

from ..helpers import STEPS_TODAY, MakeWalker, reach, state, this_minute

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod

POSITIONS = "retrostep.pods"
BOBS_STEPS_TODAY = "sensor.bob_backward_steps_today"


pytestmark = pytest.mark.usefixtures("noon")


async def walk(hass: HomeAssistant, fake: FakePod, back: int, ago_min: int) -> None:
    """Let a pod hold one more walked minute and give it."""
    fake.walk(back=back)
    fake.close_minute(this_minute() - ago_min)
    await reach(hass, fake)
    fake.set("sensor", "Unsynced minutes", 1)
    await hass.async_block_till_done(wait_background_tasks=True)


async def release(hass: HomeAssistant, walker: MockConfigEntry) -> None:
    """Take a walker's only pod away."""
    (subentry_id,) = walker.subentries
    hass.config_entries.async_remove_subentry(walker, subentry_id)
    await hass.async_block_till_done()


async def give(hass: HomeAssistant, fake: FakePod, make_walker: MakeWalker) -> MockConfigEntry:
    """Give a pod to Bob, who is new."""
    bob = make_walker(fake, slug="bob")
    await hass.config_entries.async_setup(bob.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    return bob


def forget_what_is_in_memory(hass: HomeAssistant) -> None:
    """Have positions read from the disk again, as after a restart."""
    del hass.data["retrostep_pod_positions"]


async def test_a_pod_that_changes_its_walker_leaves_its_steps_behind(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, make_walker: MakeWalker
) -> None:
    await walk(hass, pod, back=16, ago_min=3)
    await release(hass, walker)
    await give(hass, pod, make_walker)
    await walk(hass, pod, back=6, ago_min=1)

    assert state(hass, STEPS_TODAY) == "16"
    assert state(hass, BOBS_STEPS_TODAY) == "6"


@pytest.mark.parametrize("is_restarted", [False, True])
async def test_a_pod_of_a_removed_walker_leaves_its_steps_behind(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    other_pod: FakePod,
    make_walker: MakeWalker,
    is_restarted: bool,
) -> None:
    make_walker(other_pod, slug="carl")
    await walk(hass, pod, back=16, ago_min=3)
    await hass.config_entries.async_remove(walker.entry_id)
    if is_restarted:
        forget_what_is_in_memory(hass)

    await give(hass, pod, make_walker)
    assert state(hass, BOBS_STEPS_TODAY) == "0"

    await walk(hass, pod, back=6, ago_min=1)
    assert state(hass, BOBS_STEPS_TODAY) == "6"


@pytest.mark.parametrize("is_restarted", [False, True])
async def test_a_pod_of_a_disabled_walker_leaves_its_steps_behind(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, make_walker: MakeWalker, is_restarted: bool
) -> None:
    await walk(hass, pod, back=16, ago_min=3)
    await hass.config_entries.async_set_disabled_by(walker.entry_id, ConfigEntryDisabler.USER)
    await release(hass, walker)
    if is_restarted:
        forget_what_is_in_memory(hass)

    await give(hass, pod, make_walker)
    await walk(hass, pod, back=6, ago_min=1)
    assert state(hass, BOBS_STEPS_TODAY) == "6"

    await hass.config_entries.async_set_disabled_by(walker.entry_id, None)
    await hass.async_block_till_done()
    assert state(hass, STEPS_TODAY) == "16"


async def test_a_walker_who_gets_a_pod_back_does_not_get_what_others_walked_with_it(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, make_walker: MakeWalker
) -> None:
    await walk(hass, pod, back=16, ago_min=9)
    (subentry,) = walker.subentries.values()
    await release(hass, walker)
    bob = await give(hass, pod, make_walker)
    await walk(hass, pod, back=6, ago_min=6)
    await hass.config_entries.async_remove(bob.entry_id)
    pod.walk(back=2)
    pod.close_minute(this_minute() - 3)

    hass.config_entries.async_add_subentry(walker, subentry)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert state(hass, STEPS_TODAY) == "18"


async def test_nothing_is_kept_of_pods_once_the_last_walker_is_removed(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    make_walker: MakeWalker,
    hass_storage: dict[str, Any],
) -> None:
    await walk(hass, pod, back=16, ago_min=3)
    await hass.config_entries.async_unload(walker.entry_id)
    assert POSITIONS in hass_storage

    await hass.config_entries.async_remove(walker.entry_id)
    assert POSITIONS not in hass_storage

    await give(hass, pod, make_walker)
    assert state(hass, BOBS_STEPS_TODAY) == "16"
