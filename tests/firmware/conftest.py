"""Two host builds of the firmware, recordings for them, and clients that talk to the running pod."""

import asyncio
import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tools.gait.generate import generate
from tools.gait.recording import write_recording
from tools.stage import hostpod, processes

from .configurations import Configurations
from .pod_client import PodClient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# What a pod on the test bench logs when the recording has ended.
REAL_TIME = "Time is the machine's again"


@pytest.fixture(autouse=True)
def _loopback(socket_enabled: None) -> None:
    """Let tests open connections; only to 127.0.0.1."""


@pytest.fixture(scope="session")
def program() -> Path:
    """Build the firmware for this machine."""
    return asyncio.run(hostpod.build())


@pytest.fixture(scope="session")
def bench(root: Path) -> Path:
    """Build the pod on the test bench, with checks that end it at the first fault."""
    return asyncio.run(hostpod.build(root / "tests" / "firmware" / "bench.yaml", sanitized=True))


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Make the recording of a named scenario, once."""
    folder = tmp_path_factory.mktemp("recordings")

    def make(name: str) -> Path:
        path = folder / f"{name}.csv"
        if not path.exists():
            write_recording(path, generate(name)[0])
        return path

    return make


@pytest.fixture(scope="session")
def count(root: Path) -> Callable[..., dict[str, Any]]:
    """Ask script/count for the `total` object of a recording."""

    def run(path: Path, mount: str = "known") -> dict[str, Any]:
        command = [root / "script" / "count", "--json", "--mount", mount, path]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
        total: dict[str, Any] = json.loads(lines[-1])
        return total

    return run


@pytest.fixture
def port() -> int:
    """Find a free port of this machine."""
    return processes.free_port()


@pytest.fixture
async def start_pod(program: Path, tmp_path: Path, port: int) -> Any:
    """Start the pod; the same flash each time, so that a second start is a restart."""
    started: list[hostpod.HostPod] = []

    async def start(recording: Path, **options: Any) -> hostpod.HostPod:
        pod = await hostpod.start(program, recording, port=port, folder=tmp_path, **options)
        started.append(pod)
        return pod

    yield start
    for pod in started:
        await pod.kill()


@pytest.fixture
async def start_bench(
    bench: Path, tmp_path: Path, port: int, client: PodClient, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """Start the pod on the test bench.

    Its environment: what bench.yaml names, besides `driver` (a real one) and `stall` (of the main loop).
    It has played the recording to its end, in virtual time, when it is returned.
    """
    started: list[hostpod.HostPod] = []

    async def start(
        recording: Path, driver: str, stall: str = "", folder: str = "pod", **environment: str
    ) -> hostpod.HostPod:
        chosen = {"I2C_FAKE_DRIVER": driver, "VIRTUAL_CLOCK": stall} | environment
        with monkeypatch.context() as patch:
            for name, value in chosen.items():
                patch.setenv(name, value)
            pod = await hostpod.start(
                bench, recording, port=port, folder=tmp_path / folder, after=REAL_TIME, timeout_s=60
            )
        started.append(pod)
        return pod

    yield start
    for pod in started:
        await pod.kill()


@pytest.fixture
async def client(port: int) -> Any:
    """Make a client, not yet connected."""
    client = PodClient(port)
    yield client
    await client.close()


@pytest.fixture
def configurations(root: Path, tmp_path: Path) -> Iterator[Configurations]:
    """Write and validate configurations."""
    return Configurations(root, tmp_path)
