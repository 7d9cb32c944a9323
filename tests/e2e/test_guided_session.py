"""The real firmware walks through a guided session and a timed 3 m walk in a real Home Assistant."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tools.gait.generate import generate
from tools.gait.recording import write_recording
from tools.stage import demo, hostpod, processes
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

        async def summary() -> dict[str, Any]:
            answer = await client.call(
                "call_service", domain="retrostep", service="get_summary", return_response=True
            )
            guide: dict[str, Any] = answer["response"].get("guide", {})
            return guide

        async def told(key: str) -> dict[str, Any]:
            async with asyncio.timeout(120):
                while key not in (guide := await summary()):  # noqa: ASYNC110
                    await asyncio.sleep(1)
            found: dict[str, Any] = guide[key]
            return found

        stages = [{"direction": "backward", "steps": 12}, {"direction": "backward", "seconds": 10}]
        await client.call(
            "call_service",
            domain="retrostep",
            service="start_session",
            service_data={"stages": stages, "read_safety_notes": True},
            return_response=True,
        )
        (button,) = [
            entity_id
            for entity_id in await client.states()
            if entity_id.startswith("button.") and entity_id.endswith("_start_3_m_walk")
        ]
        await client.act("button", "press", entity_id=button)
        last = await told("last_session")
        assert last["completed"]
        assert (last["stages_done"], last["stages"]) == (2, 2)
        assert last["backward_steps"] >= 12
        assert last["backward_seconds"] >= 10
        walk = await told("three_metres")
        assert 2 < walk["last_s"] < 6
        assert walk["count"] == 1
