"""Step pod: counts steps, backward ones above all, with an IMU worn on a shoe."""

import re

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components.const import (
    CONF_ACCELEROMETER_ODR,
    CONF_ACCELEROMETER_RANGE,
    CONF_GYROSCOPE_ODR,
    CONF_GYROSCOPE_RANGE,
)
from esphome.components.motion import (
    CONF_MOTION_ID,
    KEY_ACCELEROMETER,
    KEY_GYROSCOPE,
    MotionComponent,
    get_motion_config,
)
from esphome.components.time import RealTimeClock
from esphome.const import CONF_DATA_RATE, CONF_ID, CONF_TIME_ID, CONF_UPDATE_INTERVAL
from esphome.core import CORE, ID
from esphome.types import ConfigType

CODEOWNERS = ["@retrostep"]
DEPENDENCIES = ["api"]
AUTO_LOAD = ["binary_sensor", "json", "sensor", "text_sensor"]

CONF_FIFO_CLOCK = "fifo_clock"
CONF_MOUNTING = "mounting"
CONF_RETROSTEP_ID = "retrostep_id"
CONF_SAMPLE_CLOCK = "sample_clock"

# `esphome::retrostep` would clash with `retrostep`, where the parts that know no ESPHome live.
retrostep_ns = cg.esphome_ns.namespace("retrostep")
Pod = retrostep_ns.class_("Pod", cg.Component)
SampleClock = retrostep_ns.class_("SampleClock")
FifoSampleClock = retrostep_ns.class_("FifoSampleClock", SampleClock)
# By its name, so that a pod that polls needs no `motion_fifo` among its external components.
MotionFifo = cg.esphome_ns.namespace("motion_fifo").class_("MotionFifo", MotionComponent)

MOUNTING_AUTO = "auto"
MOUNTING_KNOWN = "known"

# The strapdown integration of a swing of 0.4 s needs 20 samples; the stride core takes at most 400 Hz.
MAX_INTERVAL_MS = 20
MIN_INTERVAL_MS = 2.5
# A shoe that hits the ground reaches 8 g and turns at more than 500 deg/s; a clipped sample bends the path.
MIN_RANGE_G = 8
MIN_RANGE_DPS = 1000
MIN_RATE_HZ = 50


def _has_imu_and_time(config: ConfigType) -> ConfigType:
    """Say what is missing and what to add, where ESPHome would only say that it is missing."""
    if "motion" not in CORE.raw_config:
        raise cv.Invalid(
            "there is no IMU to count steps with: add 'motion:' with a six-axis IMU, "
            "for example '- platform: lsm6ds_fifo' or '- platform: bmi270'"
        )
    if "time" not in CORE.raw_config:
        raise cv.Invalid(
            "there is no time source, so that no minute would have its time: "
            "add 'time:' with '- platform: homeassistant'"
        )
    return config


CONFIG_SCHEMA = cv.All(
    _has_imu_and_time,
    cv.Schema(
        {
            cv.GenerateID(): cv.declare_id(Pod),
            cv.GenerateID(CONF_FIFO_CLOCK): cv.declare_id(FifoSampleClock),
            cv.GenerateID(CONF_MOTION_ID): cv.use_id(MotionComponent),
            cv.GenerateID(CONF_TIME_ID): cv.use_id(RealTimeClock),
            cv.Optional(CONF_MOUNTING, default=MOUNTING_KNOWN): cv.one_of(
                MOUNTING_KNOWN, MOUNTING_AUTO, lower=True
            ),
            cv.Optional(CONF_SAMPLE_CLOCK): cv.use_id(SampleClock),
        }
    ).extend(cv.COMPONENT_SCHEMA),
)


def fetches_from_fifo(motion_id: ID) -> bool:
    """Whether an IMU, by the id it declares, fetches its samples from a FIFO."""
    return motion_id.type is not None and motion_id.type.inherits_from(MotionFifo)


def _leading_number(option: str) -> float:
    """Return the number an IMU option begins with: `12_5HZ` is 12.5, `OFF` is 0."""
    match = re.match(r"\d+(?:_\d+)?", option)
    return float(match[0].replace("_", ".")) if match else 0.0


def _check_interval(interval_ms: float) -> None:
    if interval_ms > MAX_INTERVAL_MS:
        raise cv.Invalid(
            f"the IMU is read every {interval_ms:g} ms, too seldom to follow a step: "
            f"set 'update_interval: 10ms' (at most {MAX_INTERVAL_MS}ms) at the motion component"
        )
    if interval_ms < MIN_INTERVAL_MS:
        raise cv.Invalid(
            f"the IMU is read every {interval_ms:g} ms, more often than steps need: "
            "set 'update_interval: 10ms' (at least 3ms) at the motion component"
        )


def _check_option(motion: ConfigType, option: str, least: float, unit: str, why: str) -> None:
    if option in motion and _leading_number(str(motion[option])) < least:
        raise cv.Invalid(
            f"'{option}: {motion[option]}' {why}: set it to {least:g}{unit} or more at the motion component"
        )


def _check_polling(motion: ConfigType) -> None:
    interval_ms = motion[CONF_UPDATE_INTERVAL].total_microseconds / 1000
    _check_interval(interval_ms)
    for odr in (CONF_ACCELEROMETER_ODR, CONF_GYROSCOPE_ODR):
        _check_option(motion, odr, 1000 / interval_ms, "HZ", "is slower than the IMU is read")


def _final_validate(config: ConfigType) -> None:
    """Check that the motion component measures what steps need, often and far enough."""
    motion = get_motion_config(config[CONF_MOTION_ID])
    with cv.prepend_path([CONF_MOTION_ID]):
        if not (motion[KEY_ACCELEROMETER] and motion[KEY_GYROSCOPE]):
            raise cv.Invalid(
                "counting steps needs an accelerometer and a gyroscope: use a six-axis IMU "
                "such as bmi270, lsm6ds or qmi8658"
            )
        if fetches_from_fifo(motion[CONF_ID]):
            _check_option(motion, CONF_DATA_RATE, MIN_RATE_HZ, "HZ", "is too slow to follow a step")
        else:
            _check_polling(motion)
        _check_option(motion, CONF_ACCELEROMETER_RANGE, MIN_RANGE_G, "G", "is exceeded by every heel strike")
        _check_option(motion, CONF_GYROSCOPE_RANGE, MIN_RANGE_DPS, "DPS", "is exceeded by a swinging foot")


FINAL_VALIDATE_SCHEMA = _final_validate


async def to_code(config: ConfigType) -> None:
    """Generate the pod and turn on what its action needs to answer with data."""
    cg.add_define("USE_API_USER_DEFINED_ACTION_RESPONSES")
    cg.add_define("USE_API_USER_DEFINED_ACTION_RESPONSES_JSON")
    var = cg.new_Pvariable(config[CONF_ID])
    await cg.register_component(var, config)
    motion_id, motion = await cg.get_variable_with_full_id(config[CONF_MOTION_ID])
    cg.add(var.set_motion(motion))
    cg.add(var.set_time(await cg.get_variable(config[CONF_TIME_ID])))
    cg.add(var.set_find_mounting(config[CONF_MOUNTING] == MOUNTING_AUTO))
    if clock := config.get(CONF_SAMPLE_CLOCK):
        cg.add(var.set_sample_clock(await cg.get_variable(clock)))
    elif fetches_from_fifo(motion_id):
        driver = cg.TemplateArguments(motion_id.type)
        cg.add(var.set_sample_clock(cg.new_Pvariable(config[CONF_FIFO_CLOCK], driver, motion)))
