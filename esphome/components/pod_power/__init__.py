"""When the pod's radio is on and when the pod sleeps.

What that means on a board, the automations say: `on_radio_on`, `on_radio_off`, `on_sleep` (with `x`, the
most seconds to sleep; 0: until the foot moves). `arm_wake` has motion wake the pod and returns whether
that is certain; without it, or if it is not, a timer wakes the pod too.
"""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome import automation
from esphome.components.retrostep import CONF_RETROSTEP_ID, Pod
from esphome.const import CONF_ID
from esphome.types import ConfigType

CODEOWNERS = ["@retrostep"]
DEPENDENCIES = ["api", "retrostep"]

CONF_ARM_WAKE = "arm_wake"
CONF_ON_RADIO_OFF = "on_radio_off"
CONF_ON_RADIO_ON = "on_radio_on"
CONF_ON_SLEEP = "on_sleep"
CONF_PROFILE = "profile"
CONF_SYNC_INTERVAL = "sync_interval"

PodPower = cg.esphome_ns.namespace("pod_power").class_("PodPower", cg.Component)
PowerProfile = cg.esphome_ns.namespace("pod_power").enum("PowerProfile", is_class=True)

PROFILES = {"balanced": PowerProfile.BALANCED, "endurance": PowerProfile.ENDURANCE}


def _wakes_by_itself(config: ConfigType) -> ConfigType:
    """Refuse a pod that would sleep and never count again."""
    if config[CONF_PROFILE] == "endurance" and CONF_ON_SLEEP not in config:
        raise cv.Invalid(
            "nothing wakes this board when the foot moves: use 'profile: balanced', or a board whose IMU has "
            "its interrupt at a pin that wakes the processor"
        )
    return config


CONFIG_SCHEMA = cv.All(
    cv.Schema(
        {
            cv.GenerateID(): cv.declare_id(PodPower),
            cv.GenerateID(CONF_RETROSTEP_ID): cv.use_id(Pod),
            cv.Required(CONF_PROFILE): cv.enum(PROFILES, lower=True),
            # Home Assistant relies for 30 min on what a silent pod told last.
            cv.Optional(CONF_SYNC_INTERVAL, default="15min"): cv.All(
                cv.positive_time_period_seconds,
                cv.Range(min=cv.TimePeriod(minutes=2), max=cv.TimePeriod(minutes=25)),
            ),
            cv.Required(CONF_ON_RADIO_ON): automation.validate_automation(single=True),
            cv.Required(CONF_ON_RADIO_OFF): automation.validate_automation(single=True),
            cv.Optional(CONF_ARM_WAKE): cv.returning_lambda,
            cv.Optional(CONF_ON_SLEEP): automation.validate_automation(single=True),
        }
    ).extend(cv.COMPONENT_SCHEMA),
    _wakes_by_itself,
)


async def to_code(config: ConfigType) -> None:
    """Generate the component and its automations."""
    var = cg.new_Pvariable(config[CONF_ID])
    await cg.register_component(var, config)
    cg.add(var.set_pod(await cg.get_variable(config[CONF_RETROSTEP_ID])))
    cg.add(var.set_profile(config[CONF_PROFILE]))
    cg.add(var.set_interval_s(config[CONF_SYNC_INTERVAL].total_seconds))
    await automation.build_automation(var.get_radio_on_trigger(), [], config[CONF_ON_RADIO_ON])
    await automation.build_automation(var.get_radio_off_trigger(), [], config[CONF_ON_RADIO_OFF])
    if arm_wake := config.get(CONF_ARM_WAKE):
        cg.add(var.set_arm_wake(await cg.process_lambda(arm_wake, [], return_type=cg.bool_)))
    if on_sleep := config.get(CONF_ON_SLEEP):
        await automation.build_automation(var.get_sleep_trigger(), [(cg.uint32, "x")], on_sleep)
