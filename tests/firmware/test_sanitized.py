"""The firmware touches no memory that is not its own and relies on no undefined behaviour."""

import asyncio
import signal
from typing import TYPE_CHECKING, Any

import hostpod
import pytest

from .test_replay import play

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .pod_client import PodClient


@pytest.fixture(scope="session")
def program() -> Path:
    """Build the firmware with checks that end it at the first fault."""
    return asyncio.run(hostpod.build(sanitized=True))


@pytest.mark.parametrize(
    ("scenario", "mounting"),
    [("demo", "known"), ("sideways", "known"), ("turns", "auto"), ("sitting", "auto"), ("mixed", "auto")],
)
async def test_it_plays_recordings_answers_and_stops_without_a_fault(
    scenario: str, mounting: str, recording: Callable[[str], Path], start_pod: Any, client: PodClient
) -> None:
    pod = await play(start_pod, client, recording(scenario), mounting=mounting)
    page = await client.minutes()
    await client.minutes(page["log"], page["next"] - 1, 1)
    client.api.button_command(client.entities["Calibrate: walk 8 steps forward"].key)
    await client.close()
    pod.process.send_signal(signal.SIGTERM)
    assert await pod.process.wait() == 0, pod.log.read_text()[-3000:]
    assert "runtime error" not in pod.log.read_text()
    assert "Sanitizer" not in pod.log.read_text()
