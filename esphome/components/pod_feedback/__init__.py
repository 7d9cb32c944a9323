"""Feedback of the pod: metronome, goal tune and reminder on a buzzer or an LED."""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components import output
from esphome.const import CONF_ID, CONF_OUTPUT
from esphome.types import ConfigType

CODEOWNERS = ["@retrostep"]

pod_feedback_ns = cg.esphome_ns.namespace("pod_feedback")
PodFeedback = pod_feedback_ns.class_("PodFeedback", cg.Component)

CONFIG_SCHEMA = cv.Schema(
    {
        cv.GenerateID(): cv.declare_id(PodFeedback),
        cv.Required(CONF_OUTPUT): cv.use_id(output.FloatOutput),
    }
).extend(cv.COMPONENT_SCHEMA)


async def to_code(config: ConfigType) -> None:
    """Generate the component; its entities are templates of `packages/feedback.yaml`."""
    var = cg.new_Pvariable(config[CONF_ID])
    await cg.register_component(var, config)
    cg.add(var.set_output(await cg.get_variable(config[CONF_OUTPUT])))
