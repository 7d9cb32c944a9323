"""Ports that something else has, or takes between the look and the start."""

import asyncio
import errno
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.stage import demo, hostpod, processes
from tools.stage.client import Client
from tools.stage.home_assistant import HomeAssistant

pytestmark = [pytest.mark.asyncio, pytest.mark.timeout(240)]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A port on which something else listens, although the first look found it free."""
    with socket.create_server((processes.LOOPBACK, 0)) as squatter:
        port: int = squatter.getsockname()[1]
        looks = iter([port])
        look = processes.free_port
        monkeypatch.setattr(processes, "free_port", lambda preferred=0: next(looks, None) or look(preferred))
        yield port


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.make_recording(tmp_path_factory.mktemp("walk"), "backward")


async def test_only_the_process_that_listens_itself_is_said_to_listen() -> None:
    with socket.create_server((processes.LOOPBACK, 0)) as ours:
        port = ours.getsockname()[1]
        assert processes.listens(os.getpid(), port)
        assert not processes.listens(os.getppid(), port)
        assert not processes.listens(2**22 + 1, port)
    assert not processes.listens(os.getpid(), port)


async def test_a_pod_whose_port_was_taken_meanwhile_starts_on_another(
    taken: int, recording: Path, tmp_path: Path
) -> None:
    program = await hostpod.build()
    async with await hostpod.start_somewhere(program, recording, folder=tmp_path) as pod:
        assert pod.port != taken
        assert processes.listens(pod.process.pid, pod.port)


async def test_another_program_s_port_is_not_taken_for_the_pod_s(
    taken: int, recording: Path, tmp_path: Path
) -> None:
    program = await hostpod.build()
    with pytest.raises(processes.PortTakenError, match=f"^port {taken} is taken$"):
        await hostpod.start(program, recording, port=taken, folder=tmp_path)


@pytest.mark.parametrize("listening", [True, False])
async def test_a_pod_that_can_t_listen_ends_with_the_reason(
    recording: Path, tmp_path: Path, *, listening: bool
) -> None:
    program = await hostpod.build()
    with socket.socket() as squatter:
        squatter.bind((processes.LOOPBACK, 0))
        if listening:
            squatter.listen()
        port = squatter.getsockname()[1]
        settings = {"MOTION_REPLAY_CSV": str(recording), "RETROSTEP_API_PORT": str(port)}
        flash = {"ESPHOME_PREFDIR": str(tmp_path / "flash")}
        log = tmp_path / "pod.log"
        pod = await processes.start([program], log=log, env={**os.environ, **settings, **flash})
        assert await asyncio.wait_for(pod.wait(), 10) == errno.EADDRINUSE

    said = f"The pod can't listen on port {port} of 127.0.0.1: Address already in use"
    assert processes.last_line(log) == said


async def test_a_home_assistant_whose_port_was_taken_meanwhile_starts_on_another(
    taken: int, tmp_path: Path
) -> None:
    async with HomeAssistant(tmp_path / "home-assistant") as home:
        assert home.port != taken
        assert processes.listens(home.pid, home.port)


async def test_two_demos_at_once_show_what_each_recorded(tmp_path: Path) -> None:
    verdicts = await asyncio.gather(demo.check(tmp_path / "one"), demo.check(tmp_path / "other"))

    assert list(verdicts) == [0, 0]


async def test_a_home_assistant_that_is_gone_is_told_in_one_sentence() -> None:
    async with Client(f"http://{processes.LOOPBACK}:1") as client:
        with pytest.raises(
            processes.StageError, match=r"^Home Assistant does not answer GET /api/: [^\n{]+$"
        ):
            await client.rest("GET", "/api/")
