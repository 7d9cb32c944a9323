"""Validates and generates ESPHome configurations, with secrets of the tests' own."""

import functools
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

SECRETS = """\
wifi_ssid: test network
wifi_password: test password
api_encryption_key: kN0sQ2vYxPq3h0cJt1mB7w5uE8rL4aZ9dF6gHiKoVnM=
ota_password: test password
ap_password: test password
"""


class _AnyTag(yaml.SafeLoader):
    """Reads ESPHome's YAML: secrets and lambdas are just their text."""


def _text(loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> Any:
    return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None


_AnyTag.add_multi_constructor("!", _text)


@functools.cache
def _forks(python: Path) -> subprocess.Popen[str]:
    """Start what runs ESPHome; it ends when nobody can ask any more."""
    program = Path(__file__).with_name("esphome_forks.py")
    return subprocess.Popen([python, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@dataclass(frozen=True, slots=True)
class Configurations:
    """Configurations in a folder of their own."""

    root: Path
    folder: Path

    def write(self, text: str, secrets: str = SECRETS) -> Path:
        """Write a configuration, beside the secrets it may ask for."""
        (self.folder / "secrets.yaml").write_text(secrets)
        path = self.folder / "pod.yaml"
        path.write_text(text)
        return path

    def board(self, board: Path, **substitutions: str) -> Path:
        """Write what a user of `board` writes who chooses these substitutions."""
        chosen = substitutions | {"components": str(self.root / "esphome" / "components")}
        values = ", ".join(f"{name}: {value}" for name, value in chosen.items())
        return self.write(f"packages: {{board: !include {board}}}\nsubstitutions: {{{values}}}\n")

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run `esphome` with a data folder of its own; its output is in `stdout`."""
        output = self.folder / "esphome.log"
        words = [str(argument) for argument in arguments]
        order = {"arguments": words, "environment": self._environment, "output": str(output)}
        forks = _forks(self._python)
        assert forks.stdin
        assert forks.stdout
        forks.stdin.write(json.dumps(order) + "\n")
        forks.stdin.flush()
        return subprocess.CompletedProcess(words, int(forks.stdout.readline()), output.read_text())

    def run_program(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run something else than `esphome` in the same environment."""
        return subprocess.run(
            [self._python, "-c", program, *arguments],
            env=os.environ | self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    @property
    def _python(self) -> Path:
        return self.root / ".venv" / "firmware" / "bin" / "python"

    @property
    def _environment(self) -> dict[str, str]:
        return {"ESPHOME_DATA_DIR": str(self.folder / "data"), "NO_COLOR": "1"}

    def validated(self, path: Path) -> dict[str, Any]:
        """Return the configuration as ESPHome understands it."""
        result = self.run("config", path)
        assert result.returncode == 0, result.stdout
        lines = [line for line in result.stdout.splitlines() if not line.startswith(("INFO", "WARNING"))]
        return dict(yaml.load("\n".join(lines), Loader=_AnyTag))
