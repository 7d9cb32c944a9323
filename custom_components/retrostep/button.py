"""What a person may ask for with a press."""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import RetroStepConfigEntry, WalkerCoordinator
from .entity import WalkerEntity, WalkerEntityDescription

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class WalkerButtonEntityDescription(WalkerEntityDescription, ButtonEntityDescription):
    """Describes a button; `press_fn` may raise what the person is told."""

    press_fn: Callable[[WalkerCoordinator], Awaitable[None] | None]


BUTTONS: tuple[WalkerButtonEntityDescription, ...] = (
    WalkerButtonEntityDescription(
        key="restart_plan",
        entity_category=EntityCategory.CONFIG,
        press_fn=lambda walker: walker.goals.async_restart_plan(),
    ),
    WalkerButtonEntityDescription(key="snooze", press_fn=lambda walker: walker.reminders.async_snooze()),
    WalkerButtonEntityDescription(
        key="test_reminder",
        entity_category=EntityCategory.CONFIG,
        press_fn=lambda walker: walker.reminders.async_test(),
    ),
    WalkerButtonEntityDescription(key="dismiss", press_fn=lambda walker: walker.reminders.async_dismiss()),
    WalkerButtonEntityDescription(
        key="start_session", press_fn=lambda walker: walker.guided_sessions.async_press_start()
    ),
    WalkerButtonEntityDescription(
        key="stop_session", press_fn=lambda walker: walker.guided_sessions.async_press_stop()
    ),
    WalkerButtonEntityDescription(
        key="start_3m_walk", press_fn=lambda walker: walker.guided_sessions.async_start_three_metres()
    ),
)


async def async_setup_entry(
    hass: HomeAssistant, entry: RetroStepConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Set up the buttons of a walker."""
    async_add_entities(WalkerButton(entry.runtime_data, description) for description in BUTTONS)


class WalkerButton(WalkerEntity, ButtonEntity):
    """A button; it shows only when it was pressed last."""

    _platform = Platform.BUTTON
    entity_description: WalkerButtonEntityDescription

    @property
    @override
    def shown(self) -> Hashable:
        """Nothing the walker's data hold."""
        return None

    @override
    async def async_press(self) -> None:
        """Do it."""
        if (pressed := self.entity_description.press_fn(self.coordinator)) is not None:
            await pressed
