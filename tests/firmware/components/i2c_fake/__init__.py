"""I2C buses with a simulated IMU on each, which measures what another motion component plays.

The environment's `I2C_FAKE_DRIVER` says which driver finds its IMU; the others find nothing on their buses.
"""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components.i2c import I2CBus
from esphome.components.motion import CONF_MOTION_ID
from esphome.const import CONF_ID, CONF_MODEL

from esphome.components.motion_replay.motion import MotionReplay

AUTO_LOAD = ["i2c"]
MULTI_CONF = True

CONF_DRIVER = "driver"

i2c_fake_ns = cg.esphome_ns.namespace("i2c_fake")
FakeBus = i2c_fake_ns.class_("FakeBus", I2CBus, cg.Component)

CHIPS = {name: getattr(i2c_fake_ns, name.upper()) for name in ("bmi270", "lsm6ds", "lsm6dso", "qmi8658")}

CONFIG_SCHEMA = cv.Schema(
    {
        cv.GenerateID(): cv.declare_id(FakeBus),
        cv.Required(CONF_MOTION_ID): cv.use_id(MotionReplay),
        cv.Required(CONF_MODEL): cv.enum(CHIPS, lower=True),
        cv.Required(CONF_DRIVER): cv.string,
    }
).extend(cv.COMPONENT_SCHEMA)


async def to_code(config: dict[str, object]) -> None:
    """Generate the bus."""
    var = cg.new_Pvariable(config[CONF_ID], config[CONF_MODEL], config[CONF_DRIVER])
    await cg.register_component(var, config)
    cg.add(var.set_motion(await cg.get_variable(config[CONF_MOTION_ID])))
