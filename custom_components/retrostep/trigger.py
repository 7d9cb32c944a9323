"""Triggers for automations: thin layers over a walker's entities, which work in plain triggers too."""

from typing import ClassVar, Final, cast, override

import voluptuous as vol
from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    CONF_OPTIONS,
    PERCENTAGE,
    STATE_OFF,
    STATE_ON,
    Platform,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.trigger import (
    ENTITY_STATE_TRIGGER_SCHEMA_WITH_BEHAVIOR,
    EntityTriggerBase,
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
    TriggerConfig,
    make_entity_numerical_state_crossed_threshold_trigger,
    make_entity_transition_trigger,
)
from homeassistant.util.unit_conversion import DurationConverter

from .core.goals.activity import ActivityKind
from .core.sitting.models import ReminderEvent
from .entity import async_with_key
from .features.events import ACTIVITY, REMINDER
from .sensors.sitting import SITTING_STEP_MIN

CONF_MINUTES: Final = "minutes"
# Nobody sits longer without a night between.
SITTING_MAX_MIN: Final = 480


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


def _sitting_minutes(value: object) -> int:
    """Take the minutes of a sit, which are shown every few minutes and so known no closer."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise vol.Invalid("expected a number of minutes")
    if not SITTING_STEP_MIN <= value <= SITTING_MAX_MIN or value % SITTING_STEP_MIN:
        raise vol.Invalid(
            f"expected {SITTING_STEP_MIN} to {SITTING_MAX_MIN} minutes in steps of {SITTING_STEP_MIN}"
        )
    return int(value)


class WalkerSittingTrigger(WalkerTrigger):
    """Fires when a walker has been sitting for so many minutes, whether reminders are on or not."""

    _key = "sitting_time"
    _domain_specs = {Platform.SENSOR: DomainSpec()}  # noqa: RUF012 # as the base class declares it
    _schema = ENTITY_STATE_TRIGGER_SCHEMA_WITH_BEHAVIOR.extend(
        {vol.Required(CONF_OPTIONS, default={}): {vol.Required(CONF_MINUTES): _sitting_minutes}}
    )

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Read after how many minutes to fire."""
        super().__init__(hass, config)
        self._minutes: int = self._options[CONF_MINUTES]

    @override
    def is_valid_state(self, state: State, report_not_triggered: NotTriggeredReasonReporter) -> bool:
        """Say whether the walker has been sitting that long, in whatever unit a person has it shown."""
        if (minutes := _shown_minutes(state)) is None:
            report_not_triggered("not_a_duration", state=state.state)
            return False
        return minutes >= self._minutes

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Say whether the walker had not been sitting that long before."""
        before = _shown_minutes(from_state)
        return before is None or before < self._minutes


def _shown_minutes(state: State) -> float | None:
    """Give the minutes of a duration; None if it is none. A unit of hours leaves them not quite whole."""
    unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT, UnitOfTime.MINUTES)
    try:
        return round(DurationConverter.convert(float(state.state), unit, UnitOfTime.MINUTES), 2)
    except ValueError, HomeAssistantError:
        return None


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
    "been_sitting_for": WalkerSittingTrigger,
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
