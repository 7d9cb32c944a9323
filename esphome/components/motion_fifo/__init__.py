"""Base of motion platforms that fetch their samples from the FIFO of an IMU."""

from collections.abc import Mapping

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components.motion import MotionComponent, motion_schema, new_motion_component
from esphome.const import CONF_DATA_RATE, CONF_UPDATE_INTERVAL
from esphome.cpp_generator import MockObj, MockObjClass
from esphome.types import ConfigType

CODEOWNERS = ["@retrostep"]

motion_fifo_ns = cg.esphome_ns.namespace("motion_fifo")
MotionFifo = motion_fifo_ns.class_("MotionFifo", MotionComponent)

# The main loop stands still for about a second while it joins a network or rewrites its flash.
STALL_S = 1.0


def motion_fifo_schema(
    class_: MockObjClass, rates_hz: Mapping[str, float], default_rate: str, capacity: int
) -> cv.Schema:
    """Return the schema of a FIFO platform.

    rates_hz: option → samples per second; both sensors convert at this rate, so that samples stay in pairs
    capacity: samples (of both sensors) that the FIFO holds
    """

    def outlasts_a_stall(config: ConfigType) -> ConfigType:
        rate = config[CONF_DATA_RATE]
        lasts_s = capacity / rates_hz[rate]
        interval_s = config[CONF_UPDATE_INTERVAL].total_milliseconds / 1000
        if lasts_s < STALL_S + interval_s:
            longest = [option for option, hz in rates_hz.items() if capacity / hz >= STALL_S + interval_s]
            way_out = f"set 'data_rate: {longest[-1]}' or less" if longest else "set 'update_interval: 50ms'"
            raise cv.Invalid(
                f"the FIFO is full after {lasts_s:.1f} s at {rate}, so that samples are lost when the main "
                f"loop stalls for {STALL_S:g} s between two readings {interval_s:g} s apart: {way_out}",
                path=[CONF_DATA_RATE],
            )
        return config

    return (
        motion_schema(class_, has_accel=True, has_gyro=True)
        .extend(cv.polling_component_schema("50ms"))
        .extend({cv.Optional(CONF_DATA_RATE, default=default_rate): cv.one_of(*rates_hz, upper=True)})
        .add_extra(outlasts_a_stall)
    )


async def new_motion_fifo(config: ConfigType, rates_hz: Mapping[str, float]) -> MockObj:
    """Generate and register a FIFO platform."""
    var = await new_motion_component(config)
    cg.add(var.set_data_rate(rates_hz[config[CONF_DATA_RATE]]))
    return var
