"""What tests of Assist share."""

from typing import TYPE_CHECKING

import pytest

from custom_components.retrostep.assist import door

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant

    from custom_components.retrostep.assist.answering import Asked


@pytest.fixture
def understood(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """Note what is asked instead of answering it."""
    heard: list[Asked] = []

    async def note(hass: HomeAssistant, asked: Asked) -> str:
        heard.append(asked)
        return "noted"

    monkeypatch.setattr(door, "async_answer", note)
    return heard
