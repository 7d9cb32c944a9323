"""An I2C bus with a simulated IMU on it, which measures what another motion component plays."""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components.i2c import I2CBus
from esphome.components.motion import CONF_MOTION_ID
from esphome.const import CONF_ID, CONF_MODEL

from esphome.components.motion_replay.motion import MotionReplay

AUTO_LOAD = ["i2c"]

i2c_fake_ns = cg.esphome_ns.namespace("i2c_fake")
FakeBus = i2c_fake_ns.class_("FakeBus", I2CBus, cg.Component)
Chip = i2c_fake_ns.struct("Chip")

CHIPS = {"bmi270": i2c_fake_ns.BMI270, "lsm6ds": i2c_fake_ns.LSM6DS, "qmi8658": i2c_fake_ns.QMI8658}
# By the name of the driver; the same chip may have two.
MODELS = {**CHIPS, "bmi270_fifo": CHIPS["bmi270"], "lsm6ds_fifo": CHIPS["lsm6ds"]}

CONFIG_SCHEMA = cv.Schema(
    {
        cv.GenerateID(): cv.declare_id(FakeBus),
        cv.Required(CONF_MOTION_ID): cv.use_id(MotionReplay),
        cv.Required(CONF_MODEL): cv.enum(MODELS, lower=True),
    }
).extend(cv.COMPONENT_SCHEMA)


async def to_code(config: dict[str, object]) -> None:
    """Generate the bus."""
    var = cg.new_Pvariable(config[CONF_ID], config[CONF_MODEL])
    await cg.register_component(var, config)
    cg.add(var.set_motion(await cg.get_variable(config[CONF_MOTION_ID])))
