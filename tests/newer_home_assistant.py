"""Lets the test plugin load in a Home Assistant newer than it; pytest's `-p tests.newer_home_assistant`.

It comes before the plugins that are installed. Home Assistant is imported first: from 2026.11 on it puts its
own HTTP client in the place of `httpx`, which `respx` imports, and refuses when it comes second.
"""

import importlib
from typing import Final

# Where the plugin looks for a name, the name, and where it moved to.
MOVED: Final = (
    (
        "homeassistant.components.logger",
        "_clear_logger_overwrites",
        "homeassistant.components.logger.helpers",
    ),
)

for module, name, home in MOVED:
    if not hasattr(importlib.import_module(module), name):
        setattr(importlib.import_module(module), name, getattr(importlib.import_module(home), name))
