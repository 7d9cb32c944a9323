"""Runs ESPHome again and again without importing it anew: each run is a fork of a process that has.

For the Python of the firmware's environment. A line of JSON comes in for each run (`arguments`,
`environment`, `output`: the file for what it prints), a line with its exit code goes out.
"""

import importlib
import json
import os
import sys
from pathlib import Path

# What every board has; what only some have would make actions known that their configurations must bring.
for component in ("api", "esp32", "logger", "sensor", "wifi"):
    importlib.import_module(f"esphome.components.{component}")
main = importlib.import_module("esphome.__main__").main


def run(arguments: list[str], environment: dict[str, str], output: str) -> int:
    """Be ESPHome; returns its exit code."""
    with Path(output).open("w") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.environ.update(environment)
    sys.argv = ["esphome", *arguments]
    try:
        code = main()
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    return int(code or 0)


for line in sys.stdin:
    if child := os.fork():
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    else:
        os._exit(run(**json.loads(line)))
