"""Settings of a walker that are chosen from a list."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import RetroStepConfigEntry, WalkerCoordinator, WalkerData
from .core.goals.goal import GoalKind
from .core.goals.plan import Plan
from .entity import WalkerEntity, WalkerEntityDescription

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class WalkerSelectEntityDescription(WalkerEntityDescription, SelectEntityDescription):
    """Describes a choice; `set_fn` changes the setting behind it."""

    value_fn: Callable[[WalkerData], str | None]
    set_fn: Callable[[WalkerCoordinator, str], None]
    pause_s: int = 0


SELECTS: tuple[WalkerSelectEntityDescription, ...] = (
    WalkerSelectEntityDescription(
        key="goal_kind",
        entity_registry_enabled_default=False,
        entity_category=EntityCategory.CONFIG,
        options=[kind.value for kind in GoalKind],
        value_fn=lambda data: data.goal.settings.kind.value,
        set_fn=lambda walker, kind: walker.goals.async_choose_kind(GoalKind(kind)),
    ),
    WalkerSelectEntityDescription(
        key="goal_plan",
        entity_registry_enabled_default=False,
        entity_category=EntityCategory.CONFIG,
        options=[plan.value for plan in Plan],
        value_fn=lambda data: data.goal.settings.plan.value,
        set_fn=lambda walker, plan: walker.goals.async_choose_plan(Plan(plan)),
    ),
)


async def async_setup_entry(
    hass: HomeAssistant, entry: RetroStepConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Set up the choices of a walker."""
    async_add_entities(WalkerSelect(entry.runtime_data, description) for description in SELECTS)


class WalkerSelect(WalkerEntity, SelectEntity):
    """A setting that is chosen."""

    _platform = Platform.SELECT
    entity_description: WalkerSelectEntityDescription

    @property
    @override
    def shown(self) -> Hashable:
        """What is chosen."""
        return self.current_option

    @property
    @override
    def current_option(self) -> str | None:
        """Return what is chosen."""
        return self.entity_description.value_fn(self.coordinator.data)

    @override
    async def async_select_option(self, option: str) -> None:
        """Change the setting."""
        self.entity_description.set_fn(self.coordinator, option)
