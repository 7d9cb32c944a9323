"""A node is renamed in ESPHome: its action keeps the old name until ESPHome loads it again.

What ESPHome does: on connecting it writes the new name into its entry and leaves registered actions alone.
When it loads the entry again it registers the new name; the old one stays, but leads nowhere.
"""

from typing import TYPE_CHECKING

import pytest
from homeassistant.config_entries import ConfigEntryState, ConfigFlow
from homeassistant.core import ServiceCall, SupportsResponse
from homeassistant.exceptions import HomeAssistantError
from pytest_homeassistant_custom_component.common import (
    MockModule,
    mock_config_flow,
    mock_integration,
    mock_platform,
)

from ..helpers import STEPS_TODAY, reach, settle, state, walked_minute

if TYPE_CHECKING:
    from collections.abc import Generator

    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod
    from ..helpers import MakeWalker
    from ..repairs_page import Repairs

pytestmark = pytest.mark.usefixtures("noon")


async def rename(hass: HomeAssistant, fake: FakePod, node: str) -> None:
    """Install firmware of another name: ESPHome connects and takes the name into its entry."""
    fake.node = node
    hass.config_entries.async_update_entry(fake.entry, data={"device_name": node})
    await settle(hass)


async def load_again(hass: HomeAssistant, fake: FakePod, old: str) -> None:
    """Let ESPHome load the entry again: the new name is registered, the old one leads nowhere."""

    async def dead(call: ServiceCall) -> None:
        raise HomeAssistantError("not connected")

    hass.services.async_register("esphome", old, dead, supports_response=SupportsResponse.OPTIONAL)
    fake.register_action()
    await settle(hass)


async def more(hass: HomeAssistant, fake: FakePod) -> None:
    """Let the pod announce one more walked minute."""
    walked_minute(fake, back=10, ago_min=4 - len(fake.rows))
    fake.publish()
    fake.set("sensor", "Unsynced minutes", len(fake.rows))
    await settle(hass)


async def test_a_renamed_node_is_asked_under_its_old_name_and_then_under_its_new_one(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await reach(hass, pod)
    old = pod.action
    await rename(hass, pod, "ann-left")
    await more(hass, pod)
    assert (state(hass, STEPS_TODAY), len(pod.asked) > 1) == ("10", True)
    assert walker.runtime_data.syncs[pod.mac].pod.reachable

    await load_again(hass, pod, old)
    await more(hass, pod)
    assert pod.asked[-1]["after"] == 2, "acknowledged under the new name"
    assert walker.runtime_data.syncs[pod.mac].last_result.outcome == "ok"


async def test_a_node_that_gets_its_old_name_back_is_asked_under_it_again(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await reach(hass, pod)
    first, node = pod.action, pod.node
    await rename(hass, pod, "ann-left")
    await load_again(hass, pod, first)
    await more(hass, pod)
    second = pod.action
    await rename(hass, pod, node)
    await load_again(hass, pod, second)
    await more(hass, pod)
    assert (pod.asked[-1]["after"], state(hass, STEPS_TODAY)) == (2, "20")
    assert walker.runtime_data.syncs[pod.mac].last_result.outcome == "ok"


async def test_the_old_name_is_known_after_a_restart_in_which_the_node_was_renamed(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await reach(hass, pod)
    assert await hass.config_entries.async_unload(walker.entry_id)
    await rename(hass, pod, "ann-left")
    assert await hass.config_entries.async_setup(walker.entry_id)
    await settle(hass)
    await more(hass, pod)
    assert pod.asked[-1]["after"] == 1
    assert walker.runtime_data.syncs[pod.mac].last_result.outcome == "ok"


async def test_an_action_that_comes_under_the_new_name_before_the_entry_tells_is_found_with_it(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    """The other way round: the action is there under a name that the entry takes over a moment later."""
    hass.services.async_remove("esphome", pod.action)
    await reach(hass, pod)
    assert not walker.runtime_data.syncs[pod.mac].pod.reachable
    pod.node = "ann-left"
    pod.register_action()
    await settle(hass)
    await rename(hass, pod, "ann-left")
    await more(hass, pod)
    assert pod.asked[-1]["after"] == 1


class Loader:
    """ESPHome loading entries: each registers its pod's action under the name of its node."""

    def __init__(self, hass: HomeAssistant, *pods: FakePod) -> None:
        self.pods = {fake.entry.entry_id: fake for fake in pods}
        self.loaded: list[str] = []
        module = MockModule("esphome", async_setup_entry=self.load, async_unload_entry=self.unload)
        mock_integration(hass, module, built_in=False)
        mock_platform(hass, "esphome.config_flow", built_in=False)
        hass.config.components.add("esphome")
        for fake in pods:
            fake.entry.mock_state(hass, ConfigEntryState.LOADED)

    async def load(self, _: HomeAssistant, entry: MockConfigEntry) -> bool:
        """Load an entry."""
        fake = self.pods[entry.entry_id]
        self.loaded.append(fake.mac)
        fake.register_action()
        return True

    async def unload(self, *_: object) -> bool:
        """Unload an entry; its actions stay registered."""
        return True


@pytest.fixture
def loader(hass: HomeAssistant, pod: FakePod, other_pod: FakePod) -> Generator[Loader]:
    with mock_config_flow("esphome", ConfigFlow):
        yield Loader(hass, pod, other_pod)


async def test_a_pod_that_has_the_name_of_another_is_not_asked_until_it_has_its_own_again(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    other_pod: FakePod,
    make_walker: MakeWalker,
    repairs: Repairs,
    loader: Loader,
) -> None:
    """Both register one action: whose minutes it gives is anybody's guess."""
    await reach(hass, pod)
    own = other_pod.node
    await rename(hass, other_pod, pod.node)
    other_pod.register_action()
    bob = make_walker(other_pod, slug="bob")
    assert await hass.config_entries.async_setup(bob.entry_id)
    walked_minute(other_pod, back=77)
    await reach(hass, other_pod)
    asked = len(pod.asked)
    await more(hass, pod)
    assert (len(pod.asked), len(other_pod.asked)) == (asked, 0)
    issues = repairs.registry.issues.values()
    shared = [issue for issue in issues if issue.translation_key == "pod_name_shared"]
    assert {(issue.translation_placeholders or {})["walker"] for issue in shared} == {"Ann", "Bob"}

    await rename(hass, other_pod, own)
    assert set(loader.loaded) == {pod.mac, other_pod.mac}, "each gets its name's action back"
    assert len(loader.loaded) == 2, "and only once"
    await settle(hass)
    assert (state(hass, STEPS_TODAY), state(hass, "sensor.bob_backward_steps_today")) == ("10", "77")
    assert not repairs.issue("pod_name_shared")


async def test_a_name_that_another_pod_got_is_no_longer_asked_for_the_one_that_had_it(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, other_pod: FakePod, loader: Loader
) -> None:
    await reach(hass, pod)
    await rename(hass, pod, "ann-left")
    await rename(hass, other_pod, "step-pod-01")
    other_pod.register_action()
    await settle(hass)
    assert loader.loaded == [pod.mac]
    await more(hass, pod)
    assert other_pod.asked == []
    assert state(hass, STEPS_TODAY) == "10"


async def test_a_pod_that_nobody_wears_any_more_does_not_take_a_name(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, other_pod: FakePod
) -> None:
    """A disabled entry registers nothing."""
    from homeassistant.config_entries import ConfigEntryDisabler  # noqa: PLC0415

    await hass.config_entries.async_set_disabled_by(other_pod.entry.entry_id, ConfigEntryDisabler.USER)
    await rename(hass, other_pod, pod.node)
    await reach(hass, pod)
    await more(hass, pod)
    assert state(hass, STEPS_TODAY) == "10"
