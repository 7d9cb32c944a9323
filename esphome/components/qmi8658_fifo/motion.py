"""`motion:` platform of the QMI8658 that loses no sample when the main loop stalls."""

import esphome.codegen as cg
from esphome.components import i2c
from esphome.components.motion_fifo import FifoImu, MotionFifo, motion_fifo_schema, new_motion_fifo
from esphome.components.qmi8658 import motion as polled
from esphome.types import ConfigType

DEPENDENCIES = ["i2c"]
AUTO_LOAD = ["qmi8658", "motion_fifo"]

qmi8658_fifo_ns = cg.esphome_ns.namespace("qmi8658_fifo")
QMI8658Fifo = qmi8658_fifo_ns.class_("QMI8658Fifo", MotionFifo, i2c.I2CDevice)

IMU = FifoImu(
    polled=polled,
    # With both sensors on, all goes by the gyroscope's own frequency: datasheet 13-52-25 Rev A, table 22. At
    # 250HZ a reading would take longer than the next sample, and the chip stores nothing meanwhile.
    rates_hz={"31_25HZ": 28.025, "62_5HZ": 56.05, "125HZ": 112.1},
    default_rate="125HZ",
    capacity=128,  # 1,536 bytes of 12 each
    address=0x6B,
    gyroscope_range="2048DPS",
)
CONFIG_SCHEMA = motion_fifo_schema(QMI8658Fifo, IMU)


async def to_code(config: ConfigType) -> None:
    """Generate the driver."""
    await new_motion_fifo(config, IMU)
