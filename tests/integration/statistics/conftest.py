"""The recorder is there before everything else."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.components.recorder.core import Recorder
    from homeassistant.core import HomeAssistant


@pytest.fixture(autouse=True)
def _custom_integrations(recorder_mock: Recorder, enable_custom_integrations: None) -> None:
    """Start the recorder before everything else."""


@pytest.fixture
async def noon_in_kolkata(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be noon in a zone whose hours do not begin with those of UTC."""
    await hass.config.async_set_time_zone("Asia/Kolkata")
    freezer.move_to("2026-11-18 11:00:30+00:00")
