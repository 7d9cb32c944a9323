"""Lets the processor sleep between two looks at the IMU, with the network kept.

ESP-IDF puts the chip to light sleep whenever nobody has anything to do; Wi-Fi wakes it for its beacons, a
timer for the next look. So the main loop must have little to do: the IMU's FIFO is looked at twice a second
while the foot rests and five times while it moves.
"""

import esphome.codegen as cg
import esphome.config_validation as cv
import esphome.final_validate as fv
from esphome.components.esp32 import CONF_CPU_FREQUENCY, add_idf_sdkconfig_option
from esphome.components.motion import CONF_MOTION_ID
from esphome.components.pod_feedback import CONF_SIGNS
from esphome.components.retrostep import CONF_RETROSTEP_ID, Pod, fetches_from_fifo
from esphome.const import CONF_BAUD_RATE, CONF_ID, CONF_LOGGER, CONF_POWER_SAVE_MODE, CONF_WIFI
from esphome.core import CORE
from esphome.types import ConfigType

CODEOWNERS = ["@retrostep"]
DEPENDENCIES = ["retrostep"]

LightSleep = cg.esphome_ns.namespace("light_sleep").class_("LightSleep", cg.Component)

# ESP-IDF's guide "Low Power Mode in Wi-Fi Scenarios": sleep while no task runs, and the code that goes to
# sleep and wakes in RAM, so that it is short.
SETTINGS = (
    "CONFIG_PM_ENABLE",
    "CONFIG_FREERTOS_USE_TICKLESS_IDLE",
    "CONFIG_PM_SLP_IRAM_OPT",
    "CONFIG_PM_RTOS_IDLE_OPT",
    "CONFIG_ESP_WIFI_SLP_IRAM_OPT",
)

CONFIG_SCHEMA = cv.Schema(
    {
        cv.GenerateID(): cv.declare_id(LightSleep),
        cv.GenerateID(CONF_RETROSTEP_ID): cv.use_id(Pod),
        cv.Optional(CONF_MOTION_ID): cv.use_id(cg.PollingComponent),
    }
).extend(cv.COMPONENT_SCHEMA)


def _can_sleep(config: ConfigType) -> None:
    """Refuse what keeps the chip awake, or what light sleep ends, with the way out."""
    if not CORE.is_esp32:
        return
    full = fv.full_config.get()
    imus = full.get("motion", [])
    if not any(
        imu[CONF_ID] == config.get(CONF_MOTION_ID) and fetches_from_fifo(imu[CONF_ID]) for imu in imus
    ):
        raise cv.Invalid(
            "an IMU that is read sample by sample wakes the chip a hundred times a second: use "
            "'sampling: fifo'"
        )
    if full.get(CONF_LOGGER, {}).get(CONF_BAUD_RATE, 0):
        raise cv.Invalid(
            "the serial port ends while the chip sleeps: set 'logger: baud_rate: 0' and read the log over "
            "the network"
        )
    if full.get("pod_feedback", {}).get(CONF_SIGNS):
        raise cv.Invalid("an LED that shows signs wakes the chip again and again: set 'led_signs: \"false\"'")
    if full.get(CONF_WIFI, {}).get(CONF_POWER_SAVE_MODE, "NONE") == "NONE":
        raise cv.Invalid("Wi-Fi keeps the chip awake: set 'wifi: power_save_mode: high'")


FINAL_VALIDATE_SCHEMA = _can_sleep


async def to_code(config: ConfigType) -> None:
    """Generate the component, with what keeps the chip awake while a tone sounds."""
    var = cg.new_Pvariable(config[CONF_ID])
    await cg.register_component(var, config)
    cg.add(var.set_pod(await cg.get_variable(config[CONF_RETROSTEP_ID])))
    if CONF_MOTION_ID in config:
        cg.add(var.set_imu(await cg.get_variable(config[CONF_MOTION_ID])))
    if feedback := CORE.config.get("pod_feedback"):
        cg.add(var.set_feedback(await cg.get_variable(feedback[CONF_ID])))
        cg.add_define("USE_POD_FEEDBACK")
    if not CORE.is_esp32:
        return
    cg.add(var.set_clock_mhz(int(CORE.config["esp32"][CONF_CPU_FREQUENCY].removesuffix("MHZ"))))
    for setting in SETTINGS:
        add_idf_sdkconfig_option(setting, True)
