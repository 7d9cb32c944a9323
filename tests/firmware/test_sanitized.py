"""The firmware touches no memory that is not its own and relies on no undefined behaviour."""

import signal
from typing import TYPE_CHECKING, Any

import pytest

from tools.gait.generate import SCENARIOS

from .test_replay import play

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .pod_client import PodClient

# As fast as the pod takes samples: 5 s of a recording in 10 ms.
FASTEST = 500


@pytest.fixture(scope="session")
def program(bench: Path) -> Path:
    """Take the firmware that is built with checks; nothing of the bench is chosen."""
    return bench


@pytest.mark.parametrize("scenario", SCENARIOS)
async def test_it_plays_every_kind_of_recording_answers_and_stops_without_a_fault(
    scenario: str,
    recording: Callable[[str], Path],
    count: Callable[..., dict[str, Any]],
    start_pod: Any,
    client: PodClient,
) -> None:
    path = recording(scenario)
    # Finding the mounting takes the longest way through the code; a mounting that is known the shortest.
    mounting = "known" if scenario in {"demo", "sideways"} else "auto"
    pod = await play(start_pod, client, path, speed=FASTEST, mounting=mounting)
    total = count(path, mounting)
    assert client.state("Backward steps") == total["backward_steps"]
    assert client.state("Forward steps") == total["forward_steps"]
    page = await client.minutes()
    await client.minutes(page["log"], page["next"] - 1, 1)
    client.api.button_command(client.entities["Calibrate: walk 8 steps forward"].key)
    await client.close()
    pod.process.send_signal(signal.SIGTERM)
    assert await pod.process.wait() == 0, pod.log.read_text()[-3000:]
    assert "runtime error" not in pod.log.read_text()
    assert "Sanitizer" not in pod.log.read_text()
