"""`motion:` platform of the LSM6DS3 and LSM6DS3TR-C that loses no sample when the main loop stalls."""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components import i2c
from esphome.components.const import CONF_ACCELEROMETER_RANGE, CONF_GYROSCOPE_RANGE
from esphome.components.lsm6ds.motion import (
    ACCEL_ODR_OPTIONS,
    ACCEL_RANGE_OPTIONS,
    GYRO_ODR_OPTIONS,
    GYRO_RANGE_OPTIONS,
)
from esphome.components.motion_fifo import MotionFifo, motion_fifo_schema, new_motion_fifo
from esphome.const import CONF_DATA_RATE
from esphome.types import ConfigType

DEPENDENCIES = ["i2c"]
AUTO_LOAD = ["lsm6ds", "motion_fifo"]

lsm6ds_fifo_ns = cg.esphome_ns.namespace("lsm6ds_fifo")
LSM6DSFifo = lsm6ds_fifo_ns.class_("LSM6DSFifo", MotionFifo, i2c.I2CDevice)

RATES_HZ = {"26HZ": 26.0, "52HZ": 52.0, "104HZ": 104.0, "208HZ": 208.0, "416HZ": 416.0}
# 4 KB of 12 bytes each; the older LSM6DS3 holds twice as many.
CAPACITY = 4096 // 12

CONFIG_SCHEMA = (
    motion_fifo_schema(LSM6DSFifo, RATES_HZ, "104HZ", CAPACITY)
    .extend(
        {
            cv.Optional(CONF_ACCELEROMETER_RANGE, default="4G"): cv.enum(ACCEL_RANGE_OPTIONS, upper=True),
            cv.Optional(CONF_GYROSCOPE_RANGE, default="2000DPS"): cv.enum(GYRO_RANGE_OPTIONS, upper=True),
        }
    )
    .extend(i2c.i2c_device_schema(0x6A))
)


async def to_code(config: ConfigType) -> None:
    """Generate the driver."""
    var = await new_motion_fifo(config, RATES_HZ)
    await i2c.register_i2c_device(var, config)
    cg.add(var.set_accel_range(config[CONF_ACCELEROMETER_RANGE]))
    cg.add(var.set_gyro_range(config[CONF_GYROSCOPE_RANGE]))
    cg.add(var.set_accel_odr(ACCEL_ODR_OPTIONS[config[CONF_DATA_RATE]]))
    cg.add(var.set_gyro_odr(GYRO_ODR_OPTIONS[config[CONF_DATA_RATE]]))
