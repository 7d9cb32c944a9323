"""What a person may ask for with a press."""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import RetroStepConfigEntry, WalkerCoordinator
from .core.goals.plan import Plan
from .entity import WalkerEntity, WalkerEntityDescription
from .walker import async_has_pods

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class WalkerButtonEntityDescription(WalkerEntityDescription, ButtonEntityDescription):
    """Describes a button; `press_fn` may raise what a person reads, `can_fn` says if it can do anything."""

    pause_s: int = 0
    press_fn: Callable[[WalkerCoordinator], Awaitable[None] | None]
    can_fn: Callable[[WalkerCoordinator], bool]


BUTTONS: tuple[WalkerButtonEntityDescription, ...] = (
    WalkerButtonEntityDescription(
        key="restart_plan",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        press_fn=lambda walker: walker.goals.async_restart_plan(),
        can_fn=lambda walker: walker.data.goal.settings.plan is not Plan.FIXED,
    ),
    WalkerButtonEntityDescription(
        key="snooze",
        press_fn=lambda walker: walker.reminders.async_snooze(),
        can_fn=lambda walker: walker.data.sitting.enabled,
    ),
    WalkerButtonEntityDescription(
        key="test_reminder",
        entity_category=EntityCategory.CONFIG,
        press_fn=lambda walker: walker.reminders.async_test(),
        can_fn=lambda walker: walker.reminders.chosen.send,
    ),
    WalkerButtonEntityDescription(
        key="dismiss",
        entity_registry_enabled_default=False,
        press_fn=lambda walker: walker.reminders.async_dismiss(),
        can_fn=lambda walker: walker.data.sitting.reminders_given > 0,
    ),
    WalkerButtonEntityDescription(
        key="start_session",
        press_fn=lambda walker: walker.guided_sessions.async_press_start(),
        can_fn=lambda walker: async_has_pods(walker.config_entry) and not walker.data.guided_session.active,
    ),
    WalkerButtonEntityDescription(
        key="stop_session",
        press_fn=lambda walker: walker.guided_sessions.async_press_stop(),
        can_fn=lambda walker: walker.data.guided_session.active,
    ),
    WalkerButtonEntityDescription(
        key="start_3m_walk",
        entity_registry_enabled_default=False,
        press_fn=lambda walker: walker.guided_sessions.async_start_three_metres(),
        can_fn=lambda walker: walker.guided_sessions.can_time_three_metres,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant, entry: RetroStepConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Set up the buttons of a walker."""
    async_add_entities(WalkerButton(entry.runtime_data, description) for description in BUTTONS)


class WalkerButton(WalkerEntity, ButtonEntity):
    """A button; it shows when it was pressed last, and whether a press can do anything now."""

    _platform = Platform.BUTTON
    entity_description: WalkerButtonEntityDescription

    @property
    @override
    def shown(self) -> Hashable:
        """Whether it can be pressed."""
        return self.available

    @property
    @override
    def available(self) -> bool:
        """Return whether a press can do anything."""
        return self.entity_description.can_fn(self.coordinator)

    @override
    async def async_press(self) -> None:
        """Do it."""
        if (pressed := self.entity_description.press_fn(self.coordinator)) is not None:
            await pressed
