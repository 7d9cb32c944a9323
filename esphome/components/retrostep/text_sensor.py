"""Texts of the pod."""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components import text_sensor
from esphome.types import ConfigType

from . import CONF_RETROSTEP_ID, Pod

CONF_THREE_METRES = "three_metres"

CONFIG_SCHEMA = cv.Schema(
    {
        cv.GenerateID(CONF_RETROSTEP_ID): cv.use_id(Pod),
        cv.Optional(CONF_THREE_METRES): text_sensor.text_sensor_schema(icon="mdi:walk"),
    }
)


async def to_code(config: ConfigType) -> None:
    """Generate the texts that are listed."""
    pod = await cg.get_variable(config[CONF_RETROSTEP_ID])
    if three_metres := config.get(CONF_THREE_METRES):
        cg.add(pod.set_three_metres_text_sensor(await text_sensor.new_text_sensor(three_metres)))
