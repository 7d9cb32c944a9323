"""Time that passes only when the main loop sleeps, until a recording has ended; stalls of the loop on demand.

A minute takes some seconds at most and no machine is too slow. Only if the environment has `VIRTUAL_CLOCK`:
"1000/4300" stalls the main loop for 1000 ms every 4300 ms, an empty one never does. Once the recording has
ended, time is the machine's again, so that a client can ask what was counted.
"""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.const import CONF_ID

from esphome.components.retrostep import CONF_SAMPLE_CLOCK, SampleClock

VirtualClock = cg.esphome_ns.namespace("virtual_clock").class_("VirtualClock", cg.Component)

CONFIG_SCHEMA = cv.Schema(
    {
        cv.GenerateID(): cv.declare_id(VirtualClock),
        cv.Required(CONF_SAMPLE_CLOCK): cv.use_id(SampleClock),
    }
).extend(cv.COMPONENT_SCHEMA)

WRAPPED_SYMBOLS = ("clock_gettime", "nanosleep", "select", "time")


async def to_code(config: dict[str, object]) -> None:
    """Generate the clock and let the linker route the wrapped symbols through it."""
    var = cg.new_Pvariable(config[CONF_ID], await cg.get_variable(config[CONF_SAMPLE_CLOCK]))
    await cg.register_component(var, config)
    for symbol in WRAPPED_SYMBOLS:
        cg.add_build_flag(f"-Wl,--wrap={symbol}")
