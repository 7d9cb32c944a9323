"""Feedback of the pod: metronome, goal tune and reminder on a buzzer or an LED, and signs on an LED."""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components import output, sensor
from esphome.const import CONF_BATTERY_LEVEL, CONF_ID, CONF_OUTPUT
from esphome.types import ConfigType

CODEOWNERS = ["@retrostep"]

CONF_SIGNS = "signs"

pod_feedback_ns = cg.esphome_ns.namespace("pod_feedback")
PodFeedback = pod_feedback_ns.class_("PodFeedback", cg.Component)

CONFIG_SCHEMA = cv.Schema(
    {
        cv.GenerateID(): cv.declare_id(PodFeedback),
        cv.Required(CONF_OUTPUT): cv.use_id(output.FloatOutput),
        # Only for an LED: a buzzer would beep.
        cv.Optional(CONF_SIGNS, default=False): cv.boolean,
        cv.Optional(CONF_BATTERY_LEVEL): cv.use_id(sensor.Sensor),
    }
).extend(cv.COMPONENT_SCHEMA)


async def to_code(config: ConfigType) -> None:
    """Generate the component; its entities are templates of `packages/feedback.yaml`."""
    var = cg.new_Pvariable(config[CONF_ID])
    await cg.register_component(var, config)
    cg.add(var.set_output(await cg.get_variable(config[CONF_OUTPUT])))
    cg.add(var.set_signs(config[CONF_SIGNS]))
    if CONF_BATTERY_LEVEL in config:
        cg.add(var.set_battery_level(await cg.get_variable(config[CONF_BATTERY_LEVEL])))
