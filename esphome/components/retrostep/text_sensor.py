"""Texts of the pod."""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components import text_sensor
from esphome.const import ENTITY_CATEGORY_DIAGNOSTIC
from esphome.types import ConfigType

from . import CONF_RETROSTEP_ID, Pod

TEXT_SENSORS = {
    "three_metres": text_sensor.text_sensor_schema(icon="mdi:walk"),
    "sensor_status": text_sensor.text_sensor_schema(
        icon="mdi:chip", entity_category=ENTITY_CATEGORY_DIAGNOSTIC
    ),
}

CONFIG_SCHEMA = cv.Schema(
    {
        cv.GenerateID(CONF_RETROSTEP_ID): cv.use_id(Pod),
        **{cv.Optional(key): schema for key, schema in TEXT_SENSORS.items()},
    }
)


async def to_code(config: ConfigType) -> None:
    """Generate the texts that are listed."""
    pod = await cg.get_variable(config[CONF_RETROSTEP_ID])
    for key in TEXT_SENSORS:
        if sensor_config := config.get(key):
            cg.add(getattr(pod, f"set_{key}_text_sensor")(await text_sensor.new_text_sensor(sensor_config)))
