"""Binary sensors of the pod."""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components import binary_sensor
from esphome.const import DEVICE_CLASS_MOVING, DEVICE_CLASS_PROBLEM, ENTITY_CATEGORY_DIAGNOSTIC
from esphome.types import ConfigType

from . import CONF_RETROSTEP_ID, Pod

BINARY_SENSORS = {
    "walking_backward": binary_sensor.binary_sensor_schema(device_class=DEVICE_CLASS_MOVING, icon="mdi:walk"),
    "worn": binary_sensor.binary_sensor_schema(icon="mdi:shoe-sneaker"),
    "problem": binary_sensor.binary_sensor_schema(
        device_class=DEVICE_CLASS_PROBLEM, entity_category=ENTITY_CATEGORY_DIAGNOSTIC
    ),
}

CONFIG_SCHEMA = cv.Schema(
    {
        cv.GenerateID(CONF_RETROSTEP_ID): cv.use_id(Pod),
        **{cv.Optional(key): schema for key, schema in BINARY_SENSORS.items()},
    }
)


async def to_code(config: ConfigType) -> None:
    """Generate the binary sensors that are listed."""
    pod = await cg.get_variable(config[CONF_RETROSTEP_ID])
    for key in BINARY_SENSORS:
        if sensor_config := config.get(key):
            cg.add(
                getattr(pod, f"set_{key}_binary_sensor")(await binary_sensor.new_binary_sensor(sensor_config))
            )
