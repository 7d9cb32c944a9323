"""Makes one host build serve many tests: port and MAC come from the environment, sockets stay on loopback.

`RETROSTEP_API_PORT` and `RETROSTEP_MAC` override what was built in. Host platform only.
"""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.components.api import APIServer
from esphome.const import CONF_ID, PLATFORM_HOST
from esphome.types import ConfigType

CODEOWNERS = ["@retrostep"]
DEPENDENCIES = ["api"]

CONF_API_ID = "api_id"

HostPod = cg.esphome_ns.namespace("host_pod").class_("HostPod", cg.Component)

CONFIG_SCHEMA = cv.All(
    cv.Schema(
        {
            cv.GenerateID(): cv.declare_id(HostPod),
            cv.GenerateID(CONF_API_ID): cv.use_id(APIServer),
        }
    ).extend(cv.COMPONENT_SCHEMA),
    cv.only_on(PLATFORM_HOST),
)

# bind(2) and ESPHome's MAC reader, replaced at link time.
WRAPPED_SYMBOLS = ("bind", "_ZN7esphome19get_mac_address_rawEPh")


async def to_code(config: ConfigType) -> None:
    """Register the component and let the linker route the wrapped symbols through it."""
    var = cg.new_Pvariable(config[CONF_ID])
    await cg.register_component(var, config)
    cg.add(var.set_api(await cg.get_variable(config[CONF_API_ID])))
    for symbol in WRAPPED_SYMBOLS:
        cg.add_build_flag(f"-Wl,--wrap={symbol}")
