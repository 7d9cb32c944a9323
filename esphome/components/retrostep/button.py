"""Buttons of the pod."""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components import button
from esphome.const import ENTITY_CATEGORY_CONFIG
from esphome.types import ConfigType

from . import CONF_RETROSTEP_ID, Pod, retrostep_ns

CalibrateButton = retrostep_ns.class_("CalibrateButton", button.Button)
ThreeMetresButton = retrostep_ns.class_("ThreeMetresButton", button.Button)

BUTTONS = {
    "calibrate": button.button_schema(
        CalibrateButton, icon="mdi:compass-rose", entity_category=ENTITY_CATEGORY_CONFIG
    ),
    "start_three_metres": button.button_schema(ThreeMetresButton, icon="mdi:timer-play-outline"),
}

CONFIG_SCHEMA = cv.Schema(
    {
        cv.GenerateID(CONF_RETROSTEP_ID): cv.use_id(Pod),
        **{cv.Optional(key): schema for key, schema in BUTTONS.items()},
    }
)


async def to_code(config: ConfigType) -> None:
    """Generate the buttons that are listed."""
    pod = await cg.get_variable(config[CONF_RETROSTEP_ID])
    for key in BUTTONS:
        if button_config := config.get(key):
            var = await button.new_button(button_config)
            cg.add(var.set_pod(pod))
