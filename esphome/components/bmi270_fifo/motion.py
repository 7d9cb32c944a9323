"""`motion:` platform of the BMI270 that loses no sample when the main loop stalls."""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components import i2c
from esphome.components.bmi270.motion import (
    ACCEL_ODR_OPTIONS,
    ACCEL_RANGE_OPTIONS,
    GYRO_ODR_OPTIONS,
    GYRO_RANGE_OPTIONS,
)
from esphome.components.const import CONF_ACCELEROMETER_RANGE, CONF_GYROSCOPE_RANGE
from esphome.components.motion_fifo import MotionFifo, motion_fifo_schema, new_motion_fifo
from esphome.const import CONF_DATA_RATE
from esphome.types import ConfigType

DEPENDENCIES = ["i2c"]
AUTO_LOAD = ["bmi270", "motion_fifo"]

bmi270_fifo_ns = cg.esphome_ns.namespace("bmi270_fifo")
BMI270Fifo = bmi270_fifo_ns.class_("BMI270Fifo", MotionFifo, i2c.I2CDevice)

RATES_HZ = {"25HZ": 25.0, "50HZ": 50.0, "100HZ": 100.0, "200HZ": 200.0, "400HZ": 400.0}
# 2 KB of 13 bytes each, header included.
CAPACITY = 2048 // 13

CONFIG_SCHEMA = (
    motion_fifo_schema(BMI270Fifo, RATES_HZ, "100HZ", CAPACITY)
    .extend(
        {
            cv.Optional(CONF_ACCELEROMETER_RANGE, default="4G"): cv.enum(ACCEL_RANGE_OPTIONS, upper=True),
            cv.Optional(CONF_GYROSCOPE_RANGE, default="2000DPS"): cv.enum(GYRO_RANGE_OPTIONS, upper=True),
        }
    )
    .extend(i2c.i2c_device_schema(0x68))
)


async def to_code(config: ConfigType) -> None:
    """Generate the driver."""
    var = await new_motion_fifo(config, RATES_HZ)
    await i2c.register_i2c_device(var, config)
    cg.add(var.set_accel_range(config[CONF_ACCELEROMETER_RANGE]))
    cg.add(var.set_gyro_range(config[CONF_GYROSCOPE_RANGE]))
    cg.add(var.set_accel_odr(ACCEL_ODR_OPTIONS[config[CONF_DATA_RATE]]))
    cg.add(var.set_gyro_odr(GYRO_ODR_OPTIONS[config[CONF_DATA_RATE]]))
