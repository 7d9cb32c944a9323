"""A Home Assistant process that listens and speaks on loopback only."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tools import ROOT

from . import processes

if TYPE_CHECKING:
    import asyncio

PORTS_TRIED = 5
# Listed one by one: `default_config` would bring parts that look for the network.
CONFIGURATION = """\
homeassistant:
  name: RetroStep demo
  unit_system: metric
  currency: EUR
  time_zone: {time_zone}
frontend:
config:
history:
logbook:
person:
zone:
zeroconf:
automation: !include automations.yaml
script:
logger:
  default: warning
  logs:
    custom_components.retrostep: info
"""


class HomeAssistant:
    """One Home Assistant with its configuration folder; an async context manager."""

    def __init__(self, folder: Path, *, port: int = 0, time_zone: str = "UTC") -> None:
        self.folder = folder
        self.port = processes.free_port(port)
        self.log = folder / "home-assistant.log.txt"
        self._time_zone = time_zone
        self._process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """Address to open in a browser."""
        return f"http://{processes.LOOPBACK}:{self.port}"

    @property
    def pid(self) -> int:
        """Process id; raises StageError when it does not run."""
        if self._process is None:
            raise processes.StageError("Home Assistant does not run")
        return self._process.pid

    def _write_configuration(self) -> None:
        storage = self.folder / ".storage"
        components = self.folder / "custom_components"
        storage.mkdir(parents=True, exist_ok=True)
        components.mkdir(exist_ok=True)
        link = components / "retrostep"
        if not link.is_symlink():
            link.symlink_to(ROOT / "custom_components" / "retrostep")
        configuration = CONFIGURATION.format(time_zone=self._time_zone)
        (self.folder / "configuration.yaml").write_text(configuration)
        # Where the editor keeps what is made in it.
        automations = self.folder / "automations.yaml"
        if not automations.exists():
            automations.write_text("[]\n")
        self._write_storage("core.network", 1, 1, {"configured_adapters": ["lo"]})
        # The first-run step "core_config" would also set up parts that speak to the internet.
        if not (storage / "onboarding").exists():
            self._write_storage("onboarding", 4, 1, {"done": ["core_config"]})
        # What the `http:` YAML would be migrated to; as YAML it would be a trial that reverts.
        stable = {
            "server_host": [processes.LOOPBACK],
            "server_port": self.port,
            "cors_allowed_origins": [],
            "login_attempts_threshold": -1,
            "ip_ban_enabled": False,
            "ssl_profile": "modern",
            "use_x_frame_options": True,
            "created_at": "2026-01-01T00:00:00+00:00",
            "error": None,
            "error_message": None,
        }
        self._write_storage("http", 2, 2, {"stable": stable, "pending": None, "yaml_migration_done": True})

    def _write_storage(self, key: str, version: int, minor_version: int, data: object) -> None:
        document = {"version": version, "minor_version": minor_version, "key": key, "data": data}
        (self.folder / ".storage" / key).write_text(json.dumps(document))

    async def start(self) -> None:
        """Start and wait until the address answers; a stopped one may be started again.

        A port that something else took meanwhile is changed for another.
        """
        for _ in range(PORTS_TRIED):
            try:
                return await self._start()
            except processes.PortTakenError:
                await self.kill()
                self.port = processes.free_port()
            except BaseException:
                await self.kill()
                raise
        raise processes.StageError(
            f"{PORTS_TRIED} free ports were taken before Home Assistant could have one"
        )

    async def _start(self) -> None:
        self._write_configuration()
        command: list[str | Path] = [
            Path(sys.executable).parent / "hass",
            "--config",
            self.folder,
            "--skip-pip",
        ]
        env = {**os.environ, "PYTHONUNBUFFERED": "1", "SETUP_PORT": str(self.port)}
        self._process = await processes.start(command, log=self.log, env=env)
        await processes.wait_for_port(self._process, self.port, self.log, timeout_s=180)

    async def stop(self) -> None:
        """Stop it so that it saves what it holds."""
        if self._process is not None:
            await processes.stop(self._process, patience_s=60)
            self._process = None

    async def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            await self._process.wait()
            self._process = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
