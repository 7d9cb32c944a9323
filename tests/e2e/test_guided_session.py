"""The real firmware walks through a guided session and a timed 3 m walk in a real Home Assistant."""

from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tools.gait.generate import generate
from tools.gait.recording import write_recording
from tools.stage import demo, hostpod, house, processes
from tools.stage.client import Client
from tools.stage.home_assistant import HomeAssistant

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.timeout(300)


async def test_a_session_and_a_3m_walk_are_followed_as_the_pod_sees_them(tmp_path: Path) -> None:
    """The recording walks backward for 40 s, again and again, in real time."""
    recording = tmp_path / "backward.csv"
    write_recording(recording, generate("backward")[0])
    zone = demo.noon_zone(datetime.now(UTC))
    port = processes.free_port()
    home = HomeAssistant(tmp_path / "home-assistant", time_zone=zone)
    async with AsyncExitStack() as stack:
        pod = await hostpod.start(
            await hostpod.build(), recording, port=port, folder=tmp_path, mac=demo.POD_MAC, loop=True
        )
        await stack.enter_async_context(pod)
        await stack.enter_async_context(home)
        client = await stack.enter_async_context(Client(home.url))
        await demo.furnish(client, port, zone)
        slug = house.slug_of(await client.states())

        async def attributes(key: str) -> dict[str, Any]:
            found: dict[str, Any] = (await client.states())[key]["attributes"]
            return found

        stages = [{"direction": "backward", "steps": 12}, {"direction": "backward", "seconds": 10}]
        await client.call(
            "call_service",
            domain="retrostep",
            service="start_session",
            service_data={"stages": stages},
            return_response=True,
        )
        await client.call(
            "call_service",
            domain="button",
            service="press",
            target={"entity_id": f"button.{slug}_start_3m_walk"},
        )
        progress, walk = f"sensor.{slug}_guided_session_progress", f"sensor.{slug}_walk_3m_time"
        await client.wait_for(
            "the end of the session",
            lambda states: "last_session" in states[progress]["attributes"],
            timeout_s=120,
        )
        last = (await attributes(progress))["last_session"]
        assert last["completed"]
        assert [stage["done"] for stage in last["stages"]] == [12, 10]
        await client.wait_for(
            "the time of the 3 m walk", lambda states: states[walk]["state"] != "unknown", timeout_s=60
        )
        assert 2 < float((await client.states())[walk]["state"]) < 6
        assert (await attributes(walk))["walks"] == 1
