"""Makes one host build serve many tests and behave like a board. Host platform only.

Port, MAC and mounting come from the environment (`RETROSTEP_API_PORT`, `RETROSTEP_MAC`, `RETROSTEP_MOUNTING`:
known or auto), sockets stay on loopback, a pod that can't listen ends with the reason, and a power cut in the
middle of a save leaves the old preferences, as flash does.
"""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components.api import APIServer
from esphome.components.retrostep import Pod
from esphome.const import CONF_ID, PLATFORM_HOST
from esphome.types import ConfigType

CODEOWNERS = ["@retrostep"]
DEPENDENCIES = ["api", "retrostep"]

CONF_API_ID = "api_id"
CONF_POD_ID = "pod_id"

HostPod = cg.esphome_ns.namespace("host_pod").class_("HostPod", cg.Component)

CONFIG_SCHEMA = cv.All(
    cv.Schema(
        {
            cv.GenerateID(): cv.declare_id(HostPod),
            cv.GenerateID(CONF_API_ID): cv.use_id(APIServer),
            cv.GenerateID(CONF_POD_ID): cv.use_id(Pod),
        }
    ).extend(cv.COMPONENT_SCHEMA),
    cv.only_on(PLATFORM_HOST),
)

# Replaced at link time; the last one is ESPHome's reader of the MAC.
WRAPPED_SYMBOLS = ("bind", "listen", "fopen", "fclose", "_ZN7esphome19get_mac_address_rawEPh")


async def to_code(config: ConfigType) -> None:
    """Register the component and let the linker route the wrapped symbols through it."""
    var = cg.new_Pvariable(config[CONF_ID])
    await cg.register_component(var, config)
    cg.add(var.set_api(await cg.get_variable(config[CONF_API_ID])))
    cg.add(var.set_pod(await cg.get_variable(config[CONF_POD_ID])))
    for symbol in WRAPPED_SYMBOLS:
        cg.add_build_flag(f"-Wl,--wrap={symbol}")
