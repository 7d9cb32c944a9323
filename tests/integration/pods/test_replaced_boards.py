"""A board is replaced: ESPHome gives its entry another MAC, and the history of the shoe stays one."""

from typing import TYPE_CHECKING

import pytest
from homeassistant.components.esphome.manager import async_replace_device
from homeassistant.config_entries import SOURCE_ZEROCONF, ConfigEntryState
from homeassistant.helpers import device_registry as dr

from custom_components.retrostep.const import DOMAIN

from ..fake_pod import FakePod
from ..flow_helpers import heard, start
from ..helpers import STEPS_TODAY, MakeWalker, reach, settle, state, walked_minute

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..repairs_page import Repairs

BOBS_STEPS_TODAY = "sensor.bob_backward_steps_today"
NEW_MAC = "aa:bb:cc:dd:ee:99"
THIRD_MAC = "aa:bb:cc:dd:ee:98"
NEW_LOG = 990_099

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def repairs(walker: MockConfigEntry, repairs: Repairs) -> Repairs:
    """The page; the walker is there before."""
    return repairs


def become_new(fake: FakePod, mac: str = NEW_MAC) -> None:
    """Let what ESPHome has be a board fresh from the shop."""
    fake.mac, fake.log, fake.rows, fake.open_minute = mac, NEW_LOG, [], [0] * 7


async def migrate(hass: HomeAssistant, fake: FakePod, mac: str = NEW_MAC) -> None:
    """Choose "migrate" in ESPHome's repair for a board of the same name: this is what it does."""
    fake.disconnect()
    await async_replace_device(hass, fake.entry.entry_id, fake.mac, mac)
    become_new(fake, mac)
    await settle(hass)


async def make_anew(hass: HomeAssistant, fake: FakePod) -> None:
    """Choose "overwrite" when ESPHome finds a board of a name it has: the old entry goes, a new one comes."""
    await hass.config_entries.async_remove(fake.entry.entry_id)
    become_new(fake)
    fake.adopt()
    await settle(hass)


@pytest.mark.parametrize("replace", [migrate, make_anew], ids=["migrated", "made anew"])
async def test_the_same_shoe_goes_on_with_its_new_board(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs, replace: object
) -> None:
    walked_minute(pod, back=10)
    await reach(hass, pod)
    assert callable(replace)
    await replace(hass, pod)
    issue = repairs.issue("pod_replaced")
    assert issue
    assert issue.translation_placeholders == {
        "pod": "Left shoe",
        "walker": "Ann",
        "mac": "aa:bb:cc:dd:ee:01",
        "new_mac": NEW_MAC,
    }
    assert not repairs.issue("pod_gone"), "one question is enough"
    walked_minute(pod, back=25, ago_min=2)
    await reach(hass, pod)
    assert state(hass, STEPS_TODAY) == "10"

    assert (await repairs.choose("pod_replaced", "same_shoe"))["type"] == "create_entry"
    await settle(hass)
    assert state(hass, STEPS_TODAY) == "35"
    assert not repairs.issue("pod_replaced")
    (subentry,) = walker.subentries.values()
    assert (subentry.data["mac"], subentry.unique_id, subentry.title) == (NEW_MAC, NEW_MAC, "Left shoe")

    walked_minute(pod, back=5, ago_min=1)
    await reach(hass, pod)
    pod.set("sensor", "Unsynced minutes", 1)
    await settle(hass)
    assert state(hass, STEPS_TODAY) == "40"


async def give_to_bob(hass: HomeAssistant, make_walker: MakeWalker, pod: FakePod) -> None:
    """Make another walker, to whom a pod belongs now."""
    bob = make_walker(pod, slug="bob")
    assert await hass.config_entries.async_setup(bob.entry_id)
    await settle(hass)


async def test_another_pod_is_left_to_anybody_and_the_old_one_is_taken_off(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    repairs: Repairs,
    make_walker: MakeWalker,
) -> None:
    walked_minute(pod, back=10)
    await reach(hass, pod)
    await migrate(hass, pod)
    assert (await repairs.choose("pod_replaced", "other_pod"))["type"] == "create_entry"
    await settle(hass)
    assert not walker.subentries
    assert not repairs.issue("pod_replaced")

    walked_minute(pod, back=25, ago_min=2)
    await give_to_bob(hass, make_walker, pod)
    await reach(hass, pod)
    assert (state(hass, STEPS_TODAY), state(hass, BOBS_STEPS_TODAY)) == ("10", "25")


async def test_the_question_is_there_after_a_restart(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    """The board was replaced while the walker was not loaded: the entry of ESPHome is remembered."""
    await reach(hass, pod)
    assert await hass.config_entries.async_unload(walker.entry_id)
    await migrate(hass, pod)
    assert await hass.config_entries.async_setup(walker.entry_id)
    await settle(hass)
    assert repairs.issue("pod_replaced")


async def test_a_board_replaced_twice_before_anybody_answered_is_asked_about_once_and_as_it_is_now(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    walked_minute(pod, back=10)
    await reach(hass, pod)
    await migrate(hass, pod)
    walked_minute(pod, back=3, ago_min=3)
    await reach(hass, pod)
    await migrate(hass, pod, THIRD_MAC)
    issue = repairs.issue("pod_replaced")
    assert issue
    assert issue.translation_placeholders
    assert issue.translation_placeholders["new_mac"] == THIRD_MAC
    walked_minute(pod, back=25, ago_min=2)
    await reach(hass, pod)

    assert (await repairs.choose("pod_replaced", "same_shoe"))["type"] == "create_entry"
    await settle(hass)
    assert state(hass, STEPS_TODAY) == "35", "what the board in between had went with it"
    assert [subentry.data["mac"] for subentry in walker.subentries.values()] == [THIRD_MAC]
    assert not repairs.issue("pod_replaced")


async def test_a_pod_that_was_never_reached_is_followed_too(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    await migrate(hass, pod)
    assert repairs.issue("pod_replaced")


async def test_a_board_that_got_another_walker_meanwhile_is_no_question_any_more(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    repairs: Repairs,
    make_walker: MakeWalker,
) -> None:
    await reach(hass, pod)
    await migrate(hass, pod)
    flow = await repairs.open("pod_replaced")
    await give_to_bob(hass, make_walker, pod)
    assert not repairs.issue("pod_replaced")
    assert repairs.issue("pod_gone")

    answer = await repairs.answer(flow, next_step_id="same_shoe")
    assert (answer["type"], answer["reason"]) == ("abort", "board_gone")
    (subentry,) = walker.subentries.values()
    assert subentry.data["mac"] == "aa:bb:cc:dd:ee:01"


async def test_a_pod_that_moves_to_another_walker_while_its_board_is_replaced_is_asked_about_there(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    repairs: Repairs,
    make_walker: MakeWalker,
) -> None:
    walked_minute(pod, back=10)
    await reach(hass, pod)
    (subentry_id,) = walker.subentries
    hass.config_entries.async_remove_subentry(walker, subentry_id)
    await settle(hass)
    await give_to_bob(hass, make_walker, pod)
    await migrate(hass, pod)
    issue = repairs.issue("pod_replaced")
    assert issue
    assert issue.translation_placeholders
    assert issue.translation_placeholders["walker"] == "Bob"

    walked_minute(pod, back=25, ago_min=2)
    await repairs.choose("pod_replaced", "same_shoe")
    await reach(hass, pod)
    assert (state(hass, STEPS_TODAY), state(hass, BOBS_STEPS_TODAY)) == ("10", "25")


async def test_two_boards_that_may_be_the_new_one_are_not_guessed_at(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    await reach(hass, pod)
    await hass.config_entries.async_remove(pod.entry.entry_id)
    for number in (1, 2):
        FakePod(hass, mac=f"aa:bb:cc:dd:ee:9{number}", node=pod.node).adopt(action=False)
    await settle(hass)
    assert not repairs.issue("pod_replaced")
    assert repairs.issue("pod_gone")


async def test_the_old_board_comes_back_under_its_own_mac_and_nothing_counts_twice(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    """The repair was a mistake: ESPHome gets the first board again."""
    walked_minute(pod, back=10)
    await reach(hass, pod)
    kept = list(pod.rows)
    await migrate(hass, pod)
    await repairs.choose("pod_replaced", "same_shoe")
    await settle(hass)
    walked_minute(pod, back=25, ago_min=2)
    await reach(hass, pod)
    assert state(hass, STEPS_TODAY) == "35"

    pod.disconnect()
    await async_replace_device(hass, pod.entry.entry_id, NEW_MAC, "aa:bb:cc:dd:ee:01")
    pod.mac, pod.log, pod.rows = "aa:bb:cc:dd:ee:01", 4711, kept
    await settle(hass)
    await repairs.choose("pod_replaced", "same_shoe")
    await settle(hass)
    await reach(hass, pod)
    assert state(hass, STEPS_TODAY) == "35"
    assert walker.state is ConfigEntryState.LOADED


async def test_the_discovery_card_of_a_board_goes_with_the_answer(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    await reach(hass, pod)
    await migrate(hass, pod)
    await start(hass, SOURCE_ZEROCONF, heard(pod))
    assert hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    await repairs.choose("pod_replaced", "same_shoe")
    await settle(hass)
    assert not hass.config_entries.flow.async_progress_by_handler(DOMAIN)


async def test_an_entry_that_esphome_made_anew_for_the_same_board_is_followed(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, repairs: Repairs
) -> None:
    walked_minute(pod, back=10)
    await reach(hass, pod)
    await hass.config_entries.async_remove(pod.entry.entry_id)
    await settle(hass)
    assert repairs.issue("pod_gone")
    pod.adopt()
    await reach(hass, pod)
    assert not repairs.issue("pod_gone")
    (subentry,) = walker.subentries.values()
    assert subentry.data["esphome_entry"] == pod.entry.entry_id

    await migrate(hass, pod)
    assert repairs.issue("pod_replaced"), "and so is what becomes of it"


async def test_a_mac_that_is_written_in_capitals_is_the_same_pod(
    hass: HomeAssistant, make_walker: MakeWalker, repairs: Repairs
) -> None:
    """ESPHome keeps MACs in small letters; an old entry may not."""
    fake = FakePod(hass, mac="AA:BB:CC:DD:EE:05", node="step-pod-05")
    fake.adopt()
    fake.mac = fake.mac.lower()
    entry = make_walker(fake, slug="carl")
    assert await hass.config_entries.async_setup(entry.entry_id)
    walked_minute(fake, back=10)
    await reach(hass, fake)
    assert state(hass, "sensor.carl_backward_steps_today") == "10"

    hass.config_entries.async_update_entry(fake.entry, unique_id=fake.mac)
    await settle(hass)
    assert dr.async_get(hass).async_get(fake.device.id)
    assert not repairs.issue("pod_gone")
    assert not repairs.issue("pod_replaced")
