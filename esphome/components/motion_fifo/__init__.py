"""Base of motion platforms that fetch their samples from the FIFO of an IMU."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components import i2c
from esphome.components.const import CONF_ACCELEROMETER_RANGE, CONF_GYROSCOPE_RANGE
from esphome.components.motion import MotionComponent, motion_schema, new_motion_component
from esphome.const import CONF_DATA_RATE, CONF_UPDATE_INTERVAL
from esphome.cpp_generator import MockObj, MockObjClass
from esphome.types import ConfigType

CODEOWNERS = ["@retrostep"]

motion_fifo_ns = cg.esphome_ns.namespace("motion_fifo")
MotionFifo = motion_fifo_ns.class_("MotionFifo", MotionComponent)

# The main loop stands still for about a second while it joins a network or rewrites its flash.
STALL_S = 1.0


@dataclass(frozen=True, kw_only=True)
class FifoImu:
    """What an IMU offers."""

    polled: ModuleType  # ESPHome's `motion:` platform of this IMU, with its tables of ranges and rates
    rates_hz: Mapping[str, float]  # option → samples per second of both sensors, so that they stay in pairs
    default_rate: str
    capacity: int  # samples (of both sensors) that the FIFO holds
    address: int  # on the I²C bus
    gyroscope_range: str = "2000DPS"  # the widest


def motion_fifo_schema(class_: MockObjClass, imu: FifoImu) -> cv.Schema:
    """Return the schema of a FIFO platform."""

    def outlasts_a_stall(config: ConfigType) -> ConfigType:
        rate = config[CONF_DATA_RATE]
        lasts_s = imu.capacity / imu.rates_hz[rate]
        interval_s = config[CONF_UPDATE_INTERVAL].total_milliseconds / 1000
        if lasts_s < STALL_S + interval_s:
            longest = [
                option for option, hz in imu.rates_hz.items() if imu.capacity / hz >= STALL_S + interval_s
            ]
            way_out = f"set 'data_rate: {longest[-1]}' or less" if longest else "set 'update_interval: 50ms'"
            raise cv.Invalid(
                f"the FIFO is full after {lasts_s:.1f} s at {rate}, so that samples are lost when the main "
                f"loop stalls for {STALL_S:g} s between two readings {interval_s:g} s apart: {way_out}",
                path=[CONF_DATA_RATE],
            )
        return config

    accel_ranges, gyro_ranges = imu.polled.ACCEL_RANGE_OPTIONS, imu.polled.GYRO_RANGE_OPTIONS
    return (
        motion_schema(class_, has_accel=True, has_gyro=True)
        .extend(cv.polling_component_schema("50ms"))
        .extend(i2c.i2c_device_schema(imu.address))
        .extend(
            {
                cv.Optional(CONF_DATA_RATE, default=imu.default_rate): cv.one_of(*imu.rates_hz, upper=True),
                cv.Optional(CONF_ACCELEROMETER_RANGE, default="4G"): cv.enum(accel_ranges, upper=True),
                cv.Optional(CONF_GYROSCOPE_RANGE, default=imu.gyroscope_range): cv.enum(
                    gyro_ranges, upper=True
                ),
            }
        )
        .add_extra(outlasts_a_stall)
    )


async def new_motion_fifo(config: ConfigType, imu: FifoImu) -> MockObj:
    """Generate and register a FIFO platform."""
    var = await new_motion_component(config)
    await i2c.register_i2c_device(var, config)
    rate = config[CONF_DATA_RATE]
    cg.add(var.set_data_rate(imu.rates_hz[rate]))
    cg.add(var.set_accel_range(config[CONF_ACCELEROMETER_RANGE]))
    cg.add(var.set_gyro_range(config[CONF_GYROSCOPE_RANGE]))
    cg.add(var.set_accel_odr(imu.polled.ACCEL_ODR_OPTIONS[rate]))
    cg.add(var.set_gyro_odr(imu.polled.GYRO_ODR_OPTIONS[rate]))
    return var
