"""Sensors of what lies behind the walker: the week, the last session, shares, speed and energy."""

from collections.abc import Mapping
from typing import Any

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import (
    PERCENTAGE,
    EntityCategory,
    UnitOfEnergy,
    UnitOfLength,
    UnitOfSpeed,
    UnitOfTime,
)

from ..coordinator import WalkerData
from ..core.reports.energy import SOURCE, backward_kcal
from ..core.reports.gait import gait_of
from ..core.reports.gait_answers import gait_answer
from .description import WalkerSensorEntityDescription, since_monday, since_today

# Long spans change little while somebody walks; what is of today shows the walk.
LONG_PAUSE_S = 60


def _last_session(data: WalkerData) -> Mapping[str, Any]:
    """Tell all of the last session; metres, seconds and metres a second whatever units the house has."""
    if data.last_session is None:
        return {}
    session, usual_cm = data.last_session.session, data.last_session.usual_cm
    return {
        "end": session.end,
        "steps": session.steps,
        "distance_m": session.distance_dm / 10,
        "walking_time_s": session.walking_s,
        **gait_answer(gait_of([session])),
        "usual_longest_stride_m": None if usual_cm is None else usual_cm / 100,
    }


def _last_session_s(data: WalkerData) -> float | None:
    if data.last_session is None:
        return None
    session = data.last_session.session
    return (session.end - session.start).total_seconds()


def _backward_share(data: WalkerData) -> float | None:
    """Give the share of today's steps that went backward, in percent; None before the first step."""
    counts = data.today.counts
    return round(100 * counts.back / counts.steps, 1) if counts.steps else None


def _energy_kcal(data: WalkerData) -> float | None:
    return round(backward_kcal(data.today.counts, data.weight_kg), 1) if data.weight_kg else None


HISTORY_SENSORS: tuple[WalkerSensorEntityDescription, ...] = (
    WalkerSensorEntityDescription(
        key="backward_steps_week",
        entity_registry_enabled_default=False,
        pause_s=LONG_PAUSE_S,
        state_class=SensorStateClass.TOTAL,
        since_fn=since_monday,
        value_fn=lambda data: data.week.counts.back,
    ),
    WalkerSensorEntityDescription(
        key="backward_distance_total",
        entity_registry_enabled_default=False,
        pause_s=LONG_PAUSE_S,
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=0,
        value_fn=lambda data: data.total.back_dm / 10,
    ),
    WalkerSensorEntityDescription(
        key="last_session",
        entity_registry_enabled_default=False,
        entity_category=EntityCategory.DIAGNOSTIC,
        device_class=SensorDeviceClass.TIMESTAMP,
        attributes_fn=_last_session,
        value_fn=lambda data: data.last_session.session.start if data.last_session else None,
    ),
    WalkerSensorEntityDescription(
        key="last_session_steps",
        state_class=SensorStateClass.MEASUREMENT,
        entity_registry_enabled_default=False,
        value_fn=lambda data: data.last_session.session.steps if data.last_session else None,
    ),
    WalkerSensorEntityDescription(
        key="last_session_duration",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=1,
        state_class=SensorStateClass.MEASUREMENT,
        entity_registry_enabled_default=False,
        value_fn=_last_session_s,
    ),
    WalkerSensorEntityDescription(
        key="backward_share_today",
        entity_registry_enabled_default=False,
        native_unit_of_measurement=PERCENTAGE,
        suggested_display_precision=0,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=_backward_share,
    ),
    WalkerSensorEntityDescription(
        key="speed",
        device_class=SensorDeviceClass.SPEED,
        # Metres a second would stay so in every house; these become miles an hour where they are usual.
        native_unit_of_measurement=UnitOfSpeed.KILOMETERS_PER_HOUR,
        suggested_display_precision=1,
        state_class=SensorStateClass.MEASUREMENT,
        entity_registry_enabled_default=False,
        value_fn=lambda data: None if data.speed_mps is None else round(data.speed_mps * 3.6, 2),
    ),
    WalkerSensorEntityDescription(
        key="cadence",
        suggested_display_precision=0,
        state_class=SensorStateClass.MEASUREMENT,
        entity_registry_enabled_default=False,
        value_fn=lambda data: data.cadence_spm,
    ),
    WalkerSensorEntityDescription(
        key="energy_today",
        device_class=SensorDeviceClass.ENERGY,
        native_unit_of_measurement=UnitOfEnergy.KILO_CALORIE,
        suggested_display_precision=0,
        state_class=SensorStateClass.TOTAL,
        since_fn=since_today,
        attributes_fn=lambda _: {"estimate": True, "source": SOURCE},
        exists_fn=lambda data: data.weight_kg is not None,
        value_fn=_energy_kcal,
    ),
)
