"""What the tests of repairs share."""

from typing import TYPE_CHECKING

import pytest

from custom_components.retrostep.issues import pod as pod_issues

from ..helpers import STEPS_TODAY, reach, state, walked_minute

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have clocks that disagree told without waiting for the pod to ask for the time."""
    monkeypatch.setattr(pod_issues, "CLOCKS_DIFFER_MAX_S", 0)


@pytest.fixture
async def walked(hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod) -> MockConfigEntry:
    """Ann, who walked 30 steps that are on disk, unloaded."""
    for ago in (30, 20, 10):
        walked_minute(pod, ago_min=ago)
    await reach(hass, pod)
    assert state(hass, STEPS_TODAY) == "30"
    assert await hass.config_entries.async_unload(walker.entry_id)
    return walker
