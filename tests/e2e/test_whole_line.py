"""A recording goes through the real firmware into a real Home Assistant."""

from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from tools.stage import demo, hostpod, house, processes
from tools.stage.client import Client
from tools.stage.home_assistant import HomeAssistant

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]


class Line:
    """A pod that has played the demo's walk, a Home Assistant that knows it, and a signed-in client."""

    def __init__(self, folder: Path, pod_port: int, time_zone: str) -> None:
        self.folder = folder
        self.pod_port = pod_port
        self.home = HomeAssistant(folder / "home-assistant", time_zone=time_zone)
        self.expected: dict[str, float] = {}

    async def figures(self, client: Client) -> dict[str, float | None]:
        """Return the walker's figures, once they are the expected ones or a minute has passed."""
        return await house.settled(client, house.slug_of(await client.states()), self.expected)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def line(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Line]:
    folder = tmp_path_factory.mktemp("line")
    recording = demo.make_recording(folder)
    program = await hostpod.build()
    line = Line(folder, processes.free_port(), demo.noon_zone(datetime.now(UTC)))
    line.expected = demo.expected_states(demo.count(recording))
    async with AsyncExitStack() as stack:
        pod = await hostpod.start(
            program, recording, port=line.pod_port, folder=folder, mac=demo.POD_MAC, speed=200
        )
        await stack.enter_async_context(pod)
        await stack.enter_async_context(line.home)
        async with Client(line.home.url) as client:
            await demo.furnish(client, line.pod_port, demo.noon_zone(datetime.now(UTC)))
        yield line


async def _signed_in(line: Line, stack: AsyncExitStack) -> Client:
    client = await stack.enter_async_context(Client(line.home.url))
    await client.sign_in()
    return client


async def test_home_assistant_shows_what_the_recording_holds(line: Line) -> None:
    async with AsyncExitStack() as stack:
        client = await _signed_in(line, stack)
        assert await line.figures(client) == line.expected
        assert line.expected["backward_steps_today"] > 0
        assert line.expected["forward_steps_today"] > 0


async def test_home_assistant_speaks_on_loopback_only(line: Line) -> None:
    async with AsyncExitStack() as stack:
        client = await _signed_in(line, stack)
        network: dict[str, Any] = await client.call("network")
        assert [adapter["name"] for adapter in network["adapters"] if adapter["enabled"]] == ["lo"]


async def test_counts_survive_a_restart_and_nothing_is_counted_twice(line: Line) -> None:
    async with AsyncExitStack() as stack:
        client = await _signed_in(line, stack)
        assert await line.figures(client) == line.expected
    await line.home.stop()
    await line.home.start()
    async with AsyncExitStack() as stack:
        client = await _signed_in(line, stack)
        assert await line.figures(client) == line.expected


async def test_hourly_statistics_hold_the_same_steps(line: Line) -> None:
    async with AsyncExitStack() as stack:
        client = await _signed_in(line, stack)
        slug = house.slug_of(await client.states())
        walked = {key: line.expected[f"{key}_today"] for key in ("backward_steps", "forward_steps")}
        assert await house.statistics(client, slug, walked) == walked
