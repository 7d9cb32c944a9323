"""`motion:` platform of the LSM6DS family that loses no sample when the main loop stalls."""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components import i2c
from esphome.components.lsm6ds import motion as polled
from esphome.components.motion_fifo import FifoImu, MotionFifo, motion_fifo_schema, new_motion_fifo
from esphome.types import ConfigType

DEPENDENCIES = ["i2c"]
AUTO_LOAD = ["lsm6ds", "motion_fifo"]

CONF_FIFO_DURING_SLEEP = "fifo_during_sleep"

lsm6ds_fifo_ns = cg.esphome_ns.namespace("lsm6ds_fifo")
LSM6DSFifo = lsm6ds_fifo_ns.class_("LSM6DSFifo", MotionFifo, i2c.I2CDevice)

IMU = FifoImu(
    polled=polled,
    rates_hz={"26HZ": 26.0, "52HZ": 52.0, "104HZ": 104.0, "208HZ": 208.0, "416HZ": 416.0},
    default_rate="104HZ",
    # Of the LSM6DSO: 512 words, two a sample. The LSM6DS3TR-C holds 341, the older LSM6DS3 twice as many,
    # and which chip it is shows only when it answers.
    capacity=512 // 2,
    address=0x6A,
)
CONFIG_SCHEMA = motion_fifo_schema(LSM6DSFifo, IMU).extend(
    {cv.Optional(CONF_FIFO_DURING_SLEEP, default=False): cv.boolean}
)


async def to_code(config: ConfigType) -> None:
    """Generate the driver."""
    var = await new_motion_fifo(config, IMU)
    cg.add(var.set_fills_asleep(config[CONF_FIFO_DURING_SLEEP]))
