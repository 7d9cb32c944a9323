"""Triggers for automations: thin layers over a walker's entities, which work in plain triggers too."""

from typing import ClassVar, cast, override

from homeassistant.const import PERCENTAGE, STATE_OFF, STATE_ON, Platform
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.trigger import (
    EntityTriggerBase,
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
    make_entity_numerical_state_crossed_threshold_trigger,
    make_entity_transition_trigger,
)

from .core.goals.activity import ActivityKind
from .core.sitting.models import ReminderEvent
from .entity import async_with_key
from .features.events import ACTIVITY, REMINDER


class WalkerTrigger(EntityTriggerBase):
    """Looks at one kind of entity of walkers."""

    _key: ClassVar[str]
    # What moves all day is of no interest in Activity and so diagnostic; who names a walker means it too.
    _primary_entities_only: ClassVar[bool] = False

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Leave out everything that is not of this kind."""
        return async_with_key(self._hass, super().entity_filter(entities), self._key)


class WalkerEventTrigger(WalkerTrigger, StatelessEntityTriggerBase):
    """Fires when something happened to a walker."""

    _domain_specs = {Platform.EVENT: DomainSpec()}  # noqa: RUF012 # as the base class declares it
    _event_types: ClassVar[frozenset[str]]

    @override
    def is_valid_state(self, state: State, report_not_triggered: NotTriggeredReasonReporter) -> bool:
        """Say whether the event is one of those meant."""
        return state.attributes.get("event_type") in self._event_types


def _became(key: str, *, on: bool) -> type[Trigger]:
    """Make a trigger for a binary sensor that went on or off."""
    states: tuple[str, str] = (STATE_OFF, STATE_ON) if on else (STATE_ON, STATE_OFF)
    base = make_entity_transition_trigger(
        Platform.BINARY_SENSOR, from_states={states[0]}, to_states={states[1]}
    )
    return cast("type[Trigger]", type("WalkerBecameTrigger", (WalkerTrigger, base), {"_key": key}))


def _happened(key: str, *event_types: str) -> type[Trigger]:
    """Make a trigger for events of some types."""
    fields = {"_key": key, "_event_types": frozenset(event_types)}
    return cast("type[Trigger]", type("WalkerHappenedTrigger", (WalkerEventTrigger,), fields))


def _crossed(key: str) -> type[Trigger]:
    """Make a trigger for a percentage that crossed a threshold."""
    base = make_entity_numerical_state_crossed_threshold_trigger({Platform.SENSOR: DomainSpec()}, PERCENTAGE)
    return cast("type[Trigger]", type("WalkerCrossedTrigger", (WalkerTrigger, base), {"_key": key}))


TRIGGERS: dict[str, type[Trigger]] = {
    "became_sedentary": _became("sitting_too_long", on=True),
    "no_longer_sedentary": _became("sitting_too_long", on=False),
    "reminder_due": _happened(REMINDER, ReminderEvent.DUE, ReminderEvent.REPEATED),
    "reminder_ended": _happened(
        REMINDER,
        ReminderEvent.DONE,
        ReminderEvent.WITHDRAWN,
        ReminderEvent.SNOOZED,
        ReminderEvent.DISMISSED,
    ),
    "goal_reached": _happened(ACTIVITY, ActivityKind.GOAL_REACHED),
    "goal_half_reached": _happened(ACTIVITY, ActivityKind.HALF_GOAL),
    "goal_progress_crossed_threshold": _crossed("daily_goal_progress"),
    "session_started": _happened(ACTIVITY, ActivityKind.SESSION_STARTED),
    "session_ended": _happened(ACTIVITY, ActivityKind.SESSION_ENDED),
    "streak_extended": _happened(ACTIVITY, ActivityKind.STREAK_EXTENDED),
    "streak_lost": _happened(ACTIVITY, ActivityKind.STREAK_LOST),
    "record_set": _happened(ACTIVITY, ActivityKind.RECORD),
    "started_walking_backward": _became("walking_backward", on=True),
    "stopped_walking_backward": _became("walking_backward", on=False),
    "pod_put_on": _became("worn", on=True),
    "pod_put_off": _became("worn", on=False),
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers of walkers."""
    return TRIGGERS
