"""`motion:` platform of the BMI270 that loses no sample when the main loop stalls."""

import esphome.codegen as cg
from esphome.components import i2c
from esphome.components.bmi270 import motion as polled
from esphome.components.motion_fifo import FifoImu, MotionFifo, motion_fifo_schema, new_motion_fifo
from esphome.types import ConfigType

DEPENDENCIES = ["i2c"]
AUTO_LOAD = ["bmi270", "motion_fifo"]

bmi270_fifo_ns = cg.esphome_ns.namespace("bmi270_fifo")
BMI270Fifo = bmi270_fifo_ns.class_("BMI270Fifo", MotionFifo, i2c.I2CDevice)

IMU = FifoImu(
    polled=polled,
    rates_hz={"25HZ": 25.0, "50HZ": 50.0, "100HZ": 100.0, "200HZ": 200.0, "400HZ": 400.0},
    default_rate="100HZ",
    capacity=2048 // 13,  # 2 KB of 13 bytes each, header included
    address=0x68,
)
CONFIG_SCHEMA = motion_fifo_schema(BMI270Fifo, IMU)


async def to_code(config: ConfigType) -> None:
    """Generate the driver."""
    await new_motion_fifo(config, IMU)
