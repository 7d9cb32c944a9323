"""Motion platform without a gyroscope; never compiled."""

import esphome.codegen as cg
from esphome.components.motion import MotionComponent, motion_schema, new_motion_component

CONFIG_SCHEMA = motion_schema(
    cg.esphome_ns.class_("AccelerometerOnly", MotionComponent), has_accel=True, has_gyro=False
)


async def to_code(config: dict[str, object]) -> None:
    """Register it like any other."""
    await new_motion_component(config)
