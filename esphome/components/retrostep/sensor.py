"""Sensors of the pod."""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components import sensor
from esphome.const import (
    DEVICE_CLASS_DISTANCE,
    DEVICE_CLASS_DURATION,
    DEVICE_CLASS_FREQUENCY,
    DEVICE_CLASS_SPEED,
    ENTITY_CATEGORY_DIAGNOSTIC,
    STATE_CLASS_MEASUREMENT,
    UNIT_HERTZ,
    UNIT_METER,
    UNIT_MINUTE,
    UNIT_PERCENT,
    UNIT_SECOND,
)
from esphome.types import ConfigType

from . import CONF_RETROSTEP_ID, Pod

UNIT_STEPS = "steps"
UNIT_GAPS = "gaps"
UNIT_FAULTS = "faults"
UNIT_STEPS_PER_MINUTE = "steps/min"
UNIT_METER_PER_SECOND = "m/s"

# The cumulative ones have no state class: they count since the log began and fall after a power cut;
# statistics are the integration's, made from minutes.
SENSORS = {
    "backward_steps": sensor.sensor_schema(
        unit_of_measurement=UNIT_STEPS, accuracy_decimals=0, icon="mdi:shoe-print"
    ),
    "forward_steps": sensor.sensor_schema(
        unit_of_measurement=UNIT_STEPS, accuracy_decimals=0, icon="mdi:shoe-print"
    ),
    "backward_distance": sensor.sensor_schema(
        unit_of_measurement=UNIT_METER, accuracy_decimals=1, device_class=DEVICE_CLASS_DISTANCE
    ),
    "forward_distance": sensor.sensor_schema(
        unit_of_measurement=UNIT_METER, accuracy_decimals=1, device_class=DEVICE_CLASS_DISTANCE
    ),
    "backward_time": sensor.sensor_schema(
        unit_of_measurement=UNIT_SECOND, accuracy_decimals=0, device_class=DEVICE_CLASS_DURATION
    ),
    "cadence": sensor.sensor_schema(
        unit_of_measurement=UNIT_STEPS_PER_MINUTE,
        accuracy_decimals=0,
        icon="mdi:metronome",
        state_class=STATE_CLASS_MEASUREMENT,
    ),
    "stride_length": sensor.sensor_schema(
        unit_of_measurement=UNIT_METER,
        accuracy_decimals=2,
        device_class=DEVICE_CLASS_DISTANCE,
        state_class=STATE_CLASS_MEASUREMENT,
    ),
    "speed": sensor.sensor_schema(
        unit_of_measurement=UNIT_METER_PER_SECOND,
        accuracy_decimals=2,
        device_class=DEVICE_CLASS_SPEED,
        state_class=STATE_CLASS_MEASUREMENT,
    ),
    # A state without a unit is a text to Home Assistant: shown as 1.0, and told in the activity each time.
    "unsynced_minutes": sensor.sensor_schema(
        unit_of_measurement=UNIT_MINUTE,
        accuracy_decimals=0,
        icon="mdi:cloud-upload-outline",
        entity_category=ENTITY_CATEGORY_DIAGNOSTIC,
    ),
    "sample_rate": sensor.sensor_schema(
        unit_of_measurement=UNIT_HERTZ,
        accuracy_decimals=0,
        device_class=DEVICE_CLASS_FREQUENCY,
        entity_category=ENTITY_CATEGORY_DIAGNOSTIC,
    ),
    "sampling_gaps": sensor.sensor_schema(
        unit_of_measurement=UNIT_GAPS,
        accuracy_decimals=0,
        icon="mdi:timeline-alert-outline",
        entity_category=ENTITY_CATEGORY_DIAGNOSTIC,
    ),
    "sensor_faults": sensor.sensor_schema(
        unit_of_measurement=UNIT_FAULTS,
        accuracy_decimals=0,
        icon="mdi:alert-circle-outline",
        entity_category=ENTITY_CATEGORY_DIAGNOSTIC,
    ),
    "direction_confidence": sensor.sensor_schema(
        unit_of_measurement=UNIT_PERCENT,
        accuracy_decimals=0,
        icon="mdi:compass-outline",
        entity_category=ENTITY_CATEGORY_DIAGNOSTIC,
    ),
    "three_metres_time": sensor.sensor_schema(
        unit_of_measurement=UNIT_SECOND,
        accuracy_decimals=2,
        device_class=DEVICE_CLASS_DURATION,
        state_class=STATE_CLASS_MEASUREMENT,
        icon="mdi:timer-outline",
    ),
}

CONFIG_SCHEMA = cv.Schema(
    {
        cv.GenerateID(CONF_RETROSTEP_ID): cv.use_id(Pod),
        **{cv.Optional(key): schema for key, schema in SENSORS.items()},
    }
)


async def to_code(config: ConfigType) -> None:
    """Generate the sensors that are listed."""
    pod = await cg.get_variable(config[CONF_RETROSTEP_ID])
    for key in SENSORS:
        if sensor_config := config.get(key):
            cg.add(getattr(pod, f"set_{key}_sensor")(await sensor.new_sensor(sensor_config)))
