"""Sensors of a walker's sitting and of the reminders to get up."""

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import EntityCategory, UnitOfTime

from ..core.sitting.models import SittingState
from .description import WalkerSensorEntityDescription, since_today

# It changes once a minute: the pause is over by then, so that no minute is shown late.
SITTING_PAUSE_S = 55
# Time sat grows by a minute a minute: once in a while is enough for what is looked at in the evening.
TODAY_PAUSE_S = 300

SITTING_SENSORS: tuple[WalkerSensorEntityDescription, ...] = (
    WalkerSensorEntityDescription(
        key="sitting_time",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        pause_s=SITTING_PAUSE_S,
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
        },
    ),
    WalkerSensorEntityDescription(
        key="longest_sitting_today",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=0,
        since_fn=since_today,
        pause_s=TODAY_PAUSE_S,
        value_fn=lambda data: data.sitting.longest_today_min,
    ),
    WalkerSensorEntityDescription(
        key="breaks_today",
        state_class=SensorStateClass.TOTAL,
        since_fn=since_today,
        value_fn=lambda data: data.sitting.breaks_today,
    ),
    WalkerSensorEntityDescription(
        key="next_reminder",
        entity_category=EntityCategory.DIAGNOSTIC,
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda data: data.sitting.next_reminder,
    ),
)
