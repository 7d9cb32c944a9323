"""Builds and runs the pod's firmware on this machine, playing a recording instead of an IMU."""

import asyncio
import contextlib
import errno
import fcntl
import gzip
import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from tools import ROOT

from . import processes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ESPHOME = ROOT / ".venv" / "firmware" / "bin" / "esphome"
CONFIG = ROOT / "esphome" / "host.yaml"
BUILD = ROOT / "build" / "firmware"
SANITIZERS = "-fsanitize=address,undefined -fno-sanitize-recover=undefined -g -O1"
DEFAULT_MAC = "02:52:45:54:52:4f"  # locally administered; the letters spell RETRO
NAME = "step-pod"
PORTS_TRIED = 5


class PodError(RuntimeError):
    """The firmware cannot be built or does not start; one sentence, the end of a log as its note."""


@dataclass(frozen=True, slots=True)
class HostPod:
    """A running pod; as a context it is stopped in order at the end."""

    process: asyncio.subprocess.Process
    port: int
    mac: str
    log: Path

    @property
    def name(self) -> str:
        """Device name, as the pod tells it."""
        return device_name(self.mac)

    async def stop(self) -> None:
        """Shut down in order, as before a restart: what was counted is saved."""
        await processes.stop(self.process, patience_s=10)

    async def kill(self) -> None:
        """End at once, as when the power is cut."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()


def device_name(mac: str) -> str:
    """Name of the pod with this MAC (the last three bytes are part of it)."""
    return f"{NAME}-{mac.replace(':', '').lower()[6:]}"


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time build in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


async def build(config: Path = CONFIG, *, sanitized: bool = False, **substitutions: str) -> Path:
    """Compile a pod for this machine (10 s, 2 s when nothing changed) and return the program.

    sanitized: with checks of memory and undefined behaviour, which end the program (25 s, slower to run)
    substitutions: other values than those of `config`; they get a build of their own
    Raises PodError with the compiler's words as its note.
    """
    return await asyncio.to_thread(_build, config, sanitized, substitutions)


def _build(config: Path, sanitized: bool, substitutions: dict[str, str]) -> Path:
    if not ESPHOME.exists():
        raise PodError(f"{ESPHOME.relative_to(ROOT)} is missing: run script/setup")
    variant = [f"{key}-{value}" for key, value in sorted(substitutions.items())]
    folder = BUILD / "-".join([config.stem, *variant, *(["sanitized"] if sanitized else [])])
    options = [word for key, value in substitutions.items() for word in ("-s", key, value)]
    compiler = {"CC": f"gcc {SANITIZERS}", "CXX": f"g++ {SANITIZERS}"} if sanitized else {}
    with _alone(folder):
        result = subprocess.run(
            [ESPHOME, *options, "compile", config],
            env={**os.environ, "ESPHOME_DATA_DIR": str(folder), **compiler},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    if result.returncode:
        log = folder / "compile.log"
        log.write_text(result.stdout)
        failed = PodError(f"the pod does not build; what the compiler said is in {log}")
        failed.add_note(result.stdout[-4000:])
        raise failed
    name = substitutions.get("name", NAME)
    return folder / "build" / name / ".pioenvs" / name / "program"


def _plain(recording: Path, folder: Path) -> Path:
    """Make `folder` and return the recording as plain CSV, unpacked into it if it is gzipped."""
    folder.mkdir(parents=True, exist_ok=True)
    if recording.suffix != ".gz":
        return recording
    plain = folder / recording.stem
    with gzip.open(recording) as packed, plain.open("wb") as unpacked:
        shutil.copyfileobj(packed, unpacked)
    return plain


async def start(
    program: Path,
    recording: Path,
    *,
    port: int,
    folder: Path,
    mac: str = DEFAULT_MAC,
    speed: float = 1,
    loop: bool = False,
    wait: bool = False,
    mounting: str = "known",
    after: str = "",
    timeout_s: float = 10,
) -> HostPod:
    """Start the pod and return once it answers on 127.0.0.1:`port`.

    recording: .csv or .csv.gz; played once in real time, or `speed` times as fast in a virtual time that ends
        now; `loop` starts it again and again (real time only); `wait` holds it until a client listens
    folder: the pod's flash and log; the next start with the same folder and MAC goes on from there
    mounting: `known` takes the recording's axes for granted, `auto` lets the pod find them
    after: what its log says before anybody connects: in virtual time that would take the machine's
    Raises PortTakenError if something else has the port, PodError if it ends or does not answer in time.
    """
    plain = _plain(recording, folder)
    log = folder / f"{device_name(mac)}.log"
    environment = {
        **os.environ,
        "MOTION_REPLAY_CSV": str(plain),
        "MOTION_REPLAY_SPEED": str(speed),
        "MOTION_REPLAY_LOOP": str(int(loop)),
        "MOTION_REPLAY_WAIT": str(int(wait)),
        "RETROSTEP_API_PORT": str(port),
        "RETROSTEP_MAC": mac,
        "RETROSTEP_MOUNTING": mounting,
        "ESPHOME_PREFDIR": str(folder / "flash"),
    }
    of_before = log.stat().st_size if log.exists() else 0

    def may_connect() -> bool:
        return after in log.read_bytes()[of_before:].decode(errors="replace")

    process = await processes.start([program], log=log, env=environment)
    pod = HostPod(process, port, mac, log)
    try:
        await processes.wait_for_port(process, port, log, timeout_s, may_connect=may_connect)
    except processes.StageError as error:
        await pod.kill()
        # A pod that can't listen says why and ends with the kernel's error.
        if isinstance(error, processes.PortTakenError) or process.returncode == errno.EADDRINUSE:
            raise processes.PortTakenError(f"port {port} is taken") from error
        failed = PodError(str(error))
        failed.add_note(log.read_text(errors="replace")[-2000:])
        raise failed from error
    return pod


async def start_somewhere(program: Path, recording: Path, *, preferred: int = 0, **options: Any) -> HostPod:
    """Start the pod as `start` does, on `preferred` or, when something else has that, on any free port.

    Between looking for a free port and listening on it, something else may take it: then once more.
    """
    for _ in range(PORTS_TRIED):
        with contextlib.suppress(processes.PortTakenError):
            return await start(program, recording, port=processes.free_port(preferred), **options)
        preferred = 0
    raise PodError(f"{PORTS_TRIED} free ports were taken before the pod could have one")
