"""`motion:` platform that plays a recording, in real time or faster in virtual time."""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components.motion import MotionComponent, motion_schema, new_motion_component
from esphome.components.retrostep import SampleClock
from esphome.const import CONF_PATH, CONF_SPEED, PLATFORM_HOST
from esphome.core import CORE
from esphome.types import ConfigType

DEPENDENCIES = ["retrostep"]

CONF_LOOP = "loop"

motion_replay_ns = cg.esphome_ns.namespace("motion_replay")
MotionReplay = motion_replay_ns.class_("MotionReplay", MotionComponent, SampleClock)


def _loop_only_in_real_time(config: ConfigType) -> ConfigType:
    if config[CONF_LOOP] and config[CONF_SPEED] != 1:
        raise cv.Invalid(
            "a looped recording has no end that could be 'now': remove 'loop' or set 'speed: 1'",
            path=[CONF_LOOP],
        )
    return config


def _only_on_a_pc(config: ConfigType) -> ConfigType:
    if CORE.target_platform != PLATFORM_HOST:
        raise cv.Invalid("'motion_replay' plays a recording on a PC: use an IMU's platform, or 'host:'")
    return config


CONFIG_SCHEMA = cv.All(
    motion_schema(MotionReplay, has_accel=True, has_gyro=True).extend(
        {
            cv.Optional(CONF_PATH, default=""): cv.string,
            cv.Optional(CONF_SPEED, default=1.0): cv.float_range(min=0.1, max=100000),
            cv.Optional(CONF_LOOP, default=False): cv.boolean,
        }
    ),
    _loop_only_in_real_time,
    _only_on_a_pc,
)


async def to_code(config: ConfigType) -> None:
    """Generate the player."""
    var = await new_motion_component(config)
    cg.add(var.set_path(config[CONF_PATH]))
    cg.add(var.set_speed(config[CONF_SPEED]))
    cg.add(var.set_loop(config[CONF_LOOP]))
