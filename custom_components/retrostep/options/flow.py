"""The walker's settings: a menu, and a form behind each of its lines."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult

from .goals import GoalOptions
from .guided_sessions import GuidedSessionOptions
from .reminders import ReminderOptions
from .walker import BodyOptions, DayOptions


class WalkerOptionsFlow(GoalOptions, DayOptions, BodyOptions, GuidedSessionOptions, ReminderOptions):
    """Offer all settings of a walker."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask which settings to change."""
        return self.async_show_menu(
            step_id="init", menu_options=["goal", "reminders", "guided_sessions", "day", "body"]
        )
