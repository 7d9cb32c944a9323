"""Counts what is allocated after set-up until a recording has ended, and by which component."""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.const import CONF_ID

from esphome.components.retrostep import CONF_SAMPLE_CLOCK, SampleClock

HeapWatch = cg.esphome_ns.namespace("heap_watch").class_("HeapWatch", cg.Component)

CONFIG_SCHEMA = cv.Schema(
    {
        cv.GenerateID(): cv.declare_id(HeapWatch),
        cv.Required(CONF_SAMPLE_CLOCK): cv.use_id(SampleClock),
    }
).extend(cv.COMPONENT_SCHEMA)

# The C++ operators are replaced as the language allows; these are C's functions and what stands in for flash.
WRAPPED_SYMBOLS = (
    "malloc",
    "calloc",
    "realloc",
    "_ZNK7esphome4host21HostPreferenceBackend4saveEPKhm",
    "_ZN7esphome4host15HostPreferences4syncEv",
)


async def to_code(config: dict[str, object]) -> None:
    """Generate the watch and let the linker route the wrapped symbols through it."""
    var = cg.new_Pvariable(config[CONF_ID], await cg.get_variable(config[CONF_SAMPLE_CLOCK]))
    await cg.register_component(var, config)
    for symbol in WRAPPED_SYMBOLS:
        cg.add_build_flag(f"-Wl,--wrap={symbol}")
