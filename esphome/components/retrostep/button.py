"""Buttons of the pod."""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components import button
from esphome.const import ENTITY_CATEGORY_CONFIG
from esphome.types import ConfigType

from . import CONF_RETROSTEP_ID, Pod, step_pod_ns

CONF_CALIBRATE = "calibrate"

CalibrateButton = step_pod_ns.class_("CalibrateButton", button.Button)

CONFIG_SCHEMA = cv.Schema(
    {
        cv.GenerateID(CONF_RETROSTEP_ID): cv.use_id(Pod),
        cv.Optional(CONF_CALIBRATE): button.button_schema(
            CalibrateButton, icon="mdi:compass-rose", entity_category=ENTITY_CATEGORY_CONFIG
        ),
    }
)


async def to_code(config: ConfigType) -> None:
    """Generate the buttons that are listed."""
    pod = await cg.get_variable(config[CONF_RETROSTEP_ID])
    if calibrate := config.get(CONF_CALIBRATE):
        var = await button.new_button(calibrate)
        cg.add(var.set_pod(pod))
