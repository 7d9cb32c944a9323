"""Stands in for ESPHome's `json` on a PC, so that a host build needs no download.

The pod writes its JSON itself; only ESPHome's action headers name these types.
"""

import esphome.codegen as cg
import esphome.config_validation as cv
from esphome.types import ConfigType

json_ns = cg.esphome_ns.namespace("json")

CONFIG_SCHEMA = cv.All(cv.Schema({}))


def enable_arena() -> None:
    """Asked for by components that build documents on the stack; there is nothing to enable."""


async def to_code(config: ConfigType) -> None:
    """Generate nothing: without USE_JSON the core headers do without the library."""
