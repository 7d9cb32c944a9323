"""Sensors of a walker's sitting and of the reminders to get up."""

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import EntityCategory, UnitOfTime

from ..core.sitting.models import SittingState
from .description import WalkerSensorEntityDescription, since_today

# Time sat grows by a minute a minute: each state is kept by the recorder, so it is shown every few minutes.
SITTING_STEP_MIN = 5
# Once in a while is enough for what is looked at in the evening; where a sit ends it is exact.
LONGEST_STEP_MIN = 30

SITTING_SENSORS: tuple[WalkerSensorEntityDescription, ...] = (
    WalkerSensorEntityDescription(
        key="sitting_time",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        step=SITTING_STEP_MIN,
        urgent_fn=lambda data: data.sitting.state,
        value_fn=lambda data: data.sitting.sitting_min,
    ),
    WalkerSensorEntityDescription(
        key="sitting_state",
        entity_category=EntityCategory.DIAGNOSTIC,
        device_class=SensorDeviceClass.ENUM,
        options=[str(state) for state in SittingState],
        pause_s=1,
        value_fn=lambda data: str(data.sitting.state),
        attributes_fn=lambda data: {
            "reason": data.sitting.reason and str(data.sitting.reason),
            "reminders_given": data.sitting.reminders_given,
            "snoozed_until": data.sitting.snoozed_until,
            # It moves with every step until somebody sits again.
            "next_reminder": None
            if data.sitting.state is SittingState.MOVING
            else data.sitting.next_reminder,
            "remind_after_min": data.sitting.threshold_min,
        },
    ),
    WalkerSensorEntityDescription(
        key="longest_sitting_today",
        entity_registry_enabled_default=False,
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=0,
        since_fn=since_today,
        step=LONGEST_STEP_MIN,
        urgent_fn=lambda data: (data.sitting.state, data.sitting.breaks_today),
        value_fn=lambda data: data.sitting.longest_today_min,
    ),
    WalkerSensorEntityDescription(
        key="breaks_today",
        entity_registry_enabled_default=False,
        state_class=SensorStateClass.TOTAL,
        since_fn=since_today,
        value_fn=lambda data: data.sitting.breaks_today,
    ),
    WalkerSensorEntityDescription(
        key="next_reminder",
        entity_registry_enabled_default=False,
        entity_category=EntityCategory.DIAGNOSTIC,
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda data: data.sitting.next_reminder,
    ),
)
